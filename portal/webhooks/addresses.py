"""Which addresses may be called: names of the public internet, never a machine of our own network.

A name is judged twice. When an endpoint is entered, by its spelling; and for every single request
by what it resolves to: `resolving.PublicResolver` hands the connection exactly the addresses that
it has judged, so there is no second look-up that could answer differently.
"""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from yarl import URL

from portal.kit.errors import N_, FieldError, Invalid
from portal.kit.text import _

LONGEST_URL = 500
_IPv4 = ipaddress.IPv4Address
_IPv6 = ipaddress.IPv6Address
_IN_HOUSE = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home.arpa", ".onion")
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})?(\.[a-z0-9]([a-z0-9-]{0,62})?)*\.?")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
"""What no top-level domain looks like: with it, a host is another spelling of a number."""
_TRANSLATED = tuple(
    ipaddress.IPv6Network(net)
    for net in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")
)
"""IPv6 addresses whose last four bytes are an IPv4 address that the network may go on to."""


class AddressInvalid(Invalid):
    code, title = "INVALID_WEBHOOK", N_("This address cannot receive webhooks.")


class AddressRefused(OSError):
    """The name leads to a machine that is not on the public internet."""


def read_url(typed: str, *, at_home: bool) -> str:
    """The address as it is stored. Raises `AddressInvalid`.

    `at_home` (demo and tests) also accepts plain HTTP, and machines of the loopback network.
    """
    url = typed.strip()
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  # reading it finds a port that is no number
    except ValueError:
        raise _refusal(_text_malformed()) from None
    host = _host_called(url)
    if len(url) > LONGEST_URL or not url.isprintable() or " " in url or not host:
        raise _refusal(_text_malformed())
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise _refusal(_text_malformed())
    _check_scheme(parts, at_home=at_home)
    _check_host(host, at_home=at_home)
    return url


def is_refused_number(url: URL, *, at_home: bool) -> bool:
    """Whether the host is a number that may not be called: no resolver ever sees those."""
    host = (url.raw_host or "").partition("%")[0]
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return not may_be_called(host, at_home=at_home)


def may_be_called(address: str, *, at_home: bool) -> bool:
    """Whether an IP address is a public one; `at_home` those of this very machine too."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if at_home and found.is_loopback:
        return True
    return all(_is_public(one) for one in (found, *_within(found)))


def _is_public(address: _IPv4 | _IPv6) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
    )


def _within(address: _IPv4 | _IPv6) -> list[_IPv4]:
    """IPv4 addresses that an IPv6 address carries: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, _IPv4):
        return []
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in net for net in _TRANSLATED):
        inner.append(_IPv4(address.packed[-4:]))
    return [one for one in inner if one is not None]


def _host_called(url: str) -> str:
    """The host as the client will call it: `①②⑦.⓪.⓪.①` and `127。0。0。1` are 127.0.0.1 to it."""
    try:
        return (URL(url).raw_host or "").lower()
    except ValueError:
        raise _refusal(_text_malformed()) from None


def _check_scheme(parts: SplitResult, *, at_home: bool) -> None:
    if parts.scheme == "https" or (at_home and parts.scheme == "http"):
        return
    raise _refusal(_("The address must begin with https://."))


def _check_host(host: str, *, at_home: bool) -> None:
    try:
        literal: str | None = str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        literal = None
    if literal is not None:
        if not may_be_called(literal, at_home=at_home):
            raise _refusal(_text_not_public())
        return
    if not _HOST.fullmatch(host):
        raise _refusal(_text_malformed())
    bare = host.rstrip(".")
    if _NUMBER.fullmatch(bare.rpartition(".")[2]):
        raise _refusal(_text_malformed())
    if not at_home and ("." not in bare or bare.endswith(_IN_HOUSE)):
        raise _refusal(_text_not_public())


def _text_malformed() -> str:
    return _("This is no complete address, for example https://example.de/webhooks.")


def _text_not_public() -> str:
    return _("This address is not reachable from the public internet.")


def _refusal(message: str) -> AddressInvalid:
    return AddressInvalid(errors=[FieldError("url", "INVALID_WEBHOOK", message)])
