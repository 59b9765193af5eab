"""One attempt: a signed POST to an address that has been judged, within limits."""

import asyncio
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from yarl import URL

from portal.kit import clock
from portal.vehicles.typed import clean
from portal.webhooks.addresses import AddressRefused, is_refused_number
from portal.webhooks.keys import sign

PATIENCE_S = 15.0
CONNECT_S = 5.0
MOST_READ = 2_000
"""Bytes of an answer that are looked at; whoever sends more is hung up on."""
LONGEST_PAUSE_S = 3600


@dataclass(frozen=True)
class Outcome:
    """`code` is None when there was no answer at all; `pause_s` what the receiver asked for."""

    code: int | None
    error: str
    ms: int
    pause_s: int | None = None

    @property
    def is_success(self) -> bool:
        return self.code is not None and 200 <= self.code < 300

    @property
    def is_gone(self) -> bool:
        return self.code == 410


def headers_of(
    message_id: str, at: datetime, body: bytes, secrets: Sequence[str]
) -> dict[str, str]:
    """As Standard Webhooks names them; several secrets give several signatures."""
    timestamp = int(at.timestamp())
    signatures = [sign(secret, message_id, timestamp, body) for secret in secrets]
    return {
        "content-type": "application/json",
        "user-agent": "CarBot-Webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


async def post(url: str, body: bytes, headers: dict[str, str], *, at_home: bool) -> Outcome:
    """Whatever the other side does, this ends within `PATIENCE_S` and raises nothing."""
    import aiohttp  # by the worker alone, and there with the first webhook

    started = time.monotonic()
    try:
        async with asyncio.timeout(PATIENCE_S):
            code, excerpt, pause = await _post(url, body, headers, at_home=at_home)
    except TimeoutError:
        return Outcome(None, "timeout", _since(started))
    except AddressRefused as error:
        return Outcome(None, f"refused: {error}", _since(started))
    except (aiohttp.ClientError, ssl.SSLError, OSError, ValueError) as error:
        return Outcome(None, _told(error), _since(started))
    told = "" if 200 <= code < 300 else f"HTTP {code} {excerpt}".strip()
    return Outcome(code, told[:300], _since(started), pause)


async def _post(
    url: str, body: bytes, headers: dict[str, str], *, at_home: bool
) -> tuple[int, str, int | None]:
    import aiohttp

    from portal.webhooks.resolving import PublicResolver

    target = URL(url)
    if is_refused_number(target, at_home=at_home):
        raise AddressRefused("no public address")
    connector = aiohttp.TCPConnector(
        resolver=PublicResolver(at_home=at_home), use_dns_cache=False, force_close=True, limit=1
    )
    timeout = aiohttp.ClientTimeout(total=PATIENCE_S, sock_connect=CONNECT_S)
    async with (
        aiohttp.ClientSession(
            connector=connector,
            timeout=timeout,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
        ) as session,
        session.post(target, data=body, headers=headers, allow_redirects=False) as answer,
    ):
        read = await answer.content.read(MOST_READ)
        text = " ".join(clean(read.decode("utf-8", "replace")).split())[:200]
        return answer.status, text, _pause(answer.headers.get("retry-after"))


def _pause(value: str | None) -> int | None:
    """`Retry-After` as seconds or as a date; nonsense is nothing."""
    if not value:
        return None
    if value.strip().isdecimal() and value.isascii():
        return min(int(value[:9]), LONGEST_PAUSE_S)
    try:
        at = parsedate_to_datetime(value)
        seconds = (at - clock.now()).total_seconds()
    except (ValueError, TypeError):
        return None
    return max(0, min(int(seconds), LONGEST_PAUSE_S))


def _told(error: BaseException) -> str:
    """What may be shown: the kind of trouble, without addresses of our own."""
    cause = getattr(error, "os_error", None) or error
    if isinstance(cause, AddressRefused):
        return f"refused: {cause}"
    return f"{type(error).__name__}: {cause}"[:300]


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
