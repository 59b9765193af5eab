"""Only machines of the public internet are called."""

import pytest

from portal.webhooks import sending
from portal.webhooks.addresses import AddressInvalid, may_be_called, read_url
from portal.webhooks.resolving import PublicResolver


@pytest.mark.parametrize(
    "url",
    [
        "https://example.de/webhooks",
        "https://example.de:8443/a?b=c",
        "https://münchen.example/x",
        "https://93.184.216.34/x",
        "https://[2606:2800:220:1:248:1893:25c8:1946]/x",
    ],
)
def test_a_public_address_is_taken(url):
    assert read_url(f" {url} ", at_home=False) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.de/webhooks",
        "http://example.de/",
        "ftp://example.de/",
        "file:///etc/passwd",
        "https://",
        "https:///x",
        "https://user:pw@example.de/",
        "https://@example.de/",
        "https://example.de:99999/",
        "https://example.de:x/",
        "https://exa mple.de/",
        "https://example.de/\nHost: x",
        "https://example.de/#top",
        "https://" + "a" * 600 + ".de",
        "https://localhost/",
        "https://server/",
        "https://drucker.local/",
        "https://a.internal./",
        "https://127.0.0.1/",
        "https://10.0.0.8/",
        "https://192.168.178.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fd00::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://0.0.0.0/",
        "https://[",
        "https://ex\u2024ample..de/",
        "https://exa_mple!.de/",
    ],
)
def test_an_address_that_leads_elsewhere_is_refused(url):
    with pytest.raises(AddressInvalid):
        read_url(url, at_home=False)


@pytest.mark.parametrize(
    "host",
    [
        "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460",
        "\uff11\uff12\uff17.0.0.1",
        "127\u30020\u30020\u30021",
        "1\u24617.0.0.1.",
        "169.254.169.254.",
        "127.1",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "127.0.0.0x1",
        "xn--",
    ],
)
def test_a_number_in_another_spelling_is_refused(host):
    """The client reads all digits of Unicode as digits, and calls a number without a look-up."""
    with pytest.raises(AddressInvalid):
        read_url(f"https://{host}/x", at_home=False)


def test_the_demo_may_call_this_machine_but_not_its_neighbours():
    assert read_url("http://127.0.0.1:8080/x", at_home=True)
    assert read_url("http://localhost:8080/x", at_home=True)
    for neighbour in ("http://10.0.0.1/", "https://169.254.169.254/", "http://[fe80::1]/"):
        with pytest.raises(AddressInvalid):
            read_url(neighbour, at_home=True)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.1.1", "100.64.0.1", "0.0.0.0",
     "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1",
     "fc00::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1",
     "2002:a00:1::", "2001:0:a00:1::", "::127.0.0.1", "2001:db8::1", "fe80::1%eth0", "nonsense"],
)  # fmt: skip
def test_no_address_of_a_network_of_our_own_is_called(address):
    assert not may_be_called(address, at_home=False)


@pytest.mark.parametrize("name", ["localhost", "2130706433", "0x7f.1", "127.1", "0177.0.0.1"])
async def test_names_that_resolve_to_this_machine_are_refused(name):
    with pytest.raises(OSError):
        await PublicResolver(at_home=False).resolve(name, 443)


async def test_one_private_address_among_public_ones_refuses_the_name(monkeypatch):
    import asyncio
    import socket

    async def answers(*_args, **_more):
        places = ["93.184.216.34", "10.0.0.1"]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, 443)) for place in places]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", answers)
    with pytest.raises(OSError):
        await PublicResolver(at_home=False).resolve("rebind.example", 443)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "http://localhost:9/",
        "http://[::1]:9/",
        "http://2130706433:9/",
        "http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460:9/",
        "http://127\u30020\u30020\u30021:9/",
    ],
)
async def test_the_request_itself_is_refused_too(url):
    """An address may have been public when it was entered."""
    outcome = await sending.post(url, b"{}", {}, at_home=False)
    assert outcome.code is None
    assert outcome.error.startswith(("refused", "InvalidUrl"))
