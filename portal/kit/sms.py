"""Text messages: through a gateway where one is configured, otherwise into the demo's folder.

The gateway is seven.io (https://docs.seven.io/en/rest-api/endpoints/sms), or one that takes the
same: `POST` of JSON {`to`, `text`, `from`?, `foreign_id`} with the header `X-Api-Key`, answered
by JSON {`success`: code, …}. Neither numbers nor texts appear in what is raised here: errors are
logged.
"""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import httpx
import msgspec
import phonenumbers
from phonenumbers import PhoneNumberType

from portal.kit import clock
from portal.kit.db import new_id

TIMEOUT_S = 10.0
LONGEST_KEY = 64
HOME = "DE"

SENT, SENT_BEFORE = 100, 402
"""402 is the gateway's lock against repetition: the same text went to the same number just now."""
WORTH_ANOTHER_TRY = frozenset({11, 500, 600, 700})
"""Carrier away, account empty (somebody fills it up), not delivered, unknown."""
REFUSALS = {
    201: "sender not valid",
    202: "number not valid",
    305: "text not valid",
    401: "text too long",
    403: "daily limit of this number",
    900: "key not valid",
    902: "access not released",
    903: "address not released",
}


class SmsDelayed(Exception):
    """The gateway could not take it now; the text says why, without number and message."""


class SmsRefused(Exception):
    """The gateway will never take it; the text says why, without number and message."""


@dataclass(frozen=True)
class Sms:
    """`to` is E.164 (`+491711234567`); `key` is the same on every attempt."""

    to: str = field(repr=False)
    text: str = field(repr=False)
    key: str


class SmsSender(Protocol):
    async def send(self, sms: Sms) -> None:
        """Hand it over. Raises `SmsDelayed` when it is worth trying again, else `SmsRefused`."""


class SevenSms:
    def __init__(self, url: str, token: str, *, sender: str = "") -> None:
        self._url = url
        self._token = token
        self._sender = sender

    async def send(self, sms: Sms) -> None:
        body = {"to": sms.to, "text": sms.text, "foreign_id": sms.key[:LONGEST_KEY]}
        if self._sender:
            body["from"] = self._sender
        headers = {"X-Api-Key": self._token, "Accept": "application/json"}
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT_S) as client:
                answer = await client.post(self._url, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise SmsDelayed(type(error).__name__) from None
        _judge_status(answer.status_code)
        _judge_code(_code_of(answer.content))


class FolderSms:
    """Each message becomes a file beside the mails."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def send(self, sms: Sms) -> None:
        await asyncio.to_thread(self._write, sms)

    def _write(self, sms: Sms) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        content = {"to": sms.to, "text": sms.text, "sent_at": clock.now(), "key": sms.key}
        (self.folder / f"{new_id()}.sms.json").write_bytes(msgspec.json.encode(content))


class NoSms:
    async def send(self, sms: Sms) -> None:  # noqa: ARG002  # the protocol's
        raise SmsRefused("not set up")


def mobile_number(typed: str) -> str | None:
    """E.164 of a number that can receive text messages, dialled from Germany; otherwise None.

    Where a country numbers landlines and mobiles alike (USA), the number counts as a mobile.
    """
    try:
        number = phonenumbers.parse(typed, HOME)
    except phonenumbers.NumberParseException:
        return None
    kinds = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in kinds:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _judge_status(status: int) -> None:
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= 500:
        raise SmsDelayed(f"HTTP {status}")
    if status in {401, 403}:
        raise SmsRefused(REFUSALS[900])
    if status >= 300:
        raise SmsRefused(f"HTTP {status}")


def _judge_code(code: int | None) -> None:
    if code in {SENT, SENT_BEFORE}:
        return
    if code is None or code in WORTH_ANOTHER_TRY:
        raise SmsDelayed("no answer that we understand" if code is None else f"code {code}")
    raise SmsRefused(REFUSALS.get(code, f"code {code}"))


def _code_of(content: bytes) -> int | None:
    """`{"success": "100", "messages": [{"success": true, "error": null}]}`, or the bare code.

    101 says that one of several recipients got nothing; we have one, and its own code says why.
    """
    try:
        found: Any = msgspec.json.decode(content)
        code = int(found["success"] if isinstance(found, dict) else found)
        if code == 101 and isinstance(found, dict):
            code = int(found["messages"][0]["error"] or code)
    except (msgspec.DecodeError, KeyError, IndexError, TypeError, ValueError):
        return None
    return code
