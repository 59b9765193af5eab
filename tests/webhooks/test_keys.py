"""Secrets and signatures."""

import base64

import pytest

from portal.webhooks import keys

PORTAL = "a portal's secret that is long enough"


def test_a_secret_is_written_as_the_standard_says():
    secret = keys.new_secret()
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32


def test_a_signature_is_the_one_of_the_standards_libraries():
    """The example that the libraries of Standard Webhooks test with."""
    signed = keys.sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_sealed_secret_opens_only_in_its_place():
    secret = keys.new_secret()
    sealed = keys.seal(secret, PORTAL, "shop/endpoint")
    assert secret.encode() not in sealed
    assert keys.unseal(sealed, PORTAL, "shop/endpoint") == secret
    for portal, place in ((PORTAL, "shop/other"), (PORTAL + "!", "shop/endpoint")):
        with pytest.raises(keys.SecretUnreadable):
            keys.unseal(sealed, portal, place)
    with pytest.raises(keys.SecretUnreadable):
        keys.unseal(b"", PORTAL, "shop/endpoint")
