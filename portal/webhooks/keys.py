"""Signing secrets: made, sealed for the table, used for signatures.

A signature needs the secret itself, so no hash will do. It is encrypted (AES-256-GCM) with a key
derived from `PORTAL_SECRET`, and bound to its endpoint: copied into another row it opens nothing.
"""

import base64
import binascii
import hashlib
import hmac
import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PREFIX = "whsec_"
_BYTES = 32
_NONCE = 12
_FIRST_FORM = b"\x01"


class SecretUnreadable(Exception):
    """Sealed under another `PORTAL_SECRET`: the endpoint needs a new secret."""


def new_secret() -> str:
    """`whsec_…` as Standard Webhooks writes secrets: base64 of 32 random bytes."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def seal(secret: str, portal_secret: str, bound_to: str) -> bytes:
    nonce = os.urandom(_NONCE)
    sealed = _cipher(portal_secret).encrypt(nonce, secret.encode(), bound_to.encode())
    return _FIRST_FORM + nonce + sealed


def unseal(sealed: bytes, portal_secret: str, bound_to: str) -> str:
    """Raises `SecretUnreadable`."""
    nonce, rest = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        return _cipher(portal_secret).decrypt(nonce, rest, bound_to.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise SecretUnreadable from error


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """`v1,<base64>` over `id.timestamp.body` (Standard Webhooks 1.0.0, symmetric)."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise SecretUnreadable from error
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def _cipher(portal_secret: str) -> AESGCM:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"carbot.webhooks.secret")
    return AESGCM(derive.derive(portal_secret.encode()))
