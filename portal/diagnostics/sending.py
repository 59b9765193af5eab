"""Send recordings to a workshop from the command line: the same key for every try."""

import hashlib
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx

from portal.kit import text
from portal.kit.text import _

ADDRESS = "/api/v1/integrations/obd/sessions"
WAITS_S = (1.0, 3.0, 8.0, 20.0, 45.0)
"""Seconds before each further try; a server that names a time is believed up to five minutes."""
LONGEST_WAIT_S = 300.0

Progress = Callable[[int, int], None]
"""Told bytes sent and bytes in all."""


class NotSent(Exception):
    """The server refused the file, or could not be reached until the tries were used up."""


class _Counted(BytesIO):
    """Bytes that tell how far they were read."""

    def __init__(self, data: bytes, progress: Progress) -> None:
        super().__init__(data)
        self._all, self._progress = len(data), progress

    def read(self, size: int | None = -1) -> bytes:
        chunk = super().read(-1 if size is None else size)
        self._progress(self.tell(), self._all)
        return chunk


def key_of(data: bytes) -> str:
    """The Idempotency-Key of a content, the same that the upload page uses."""
    return f"sha256-{hashlib.sha256(data).hexdigest()}"


def send(
    client: httpx.Client,
    path: Path,
    *,
    vin: str = "",
    odometer_km: str = "",
    recording_id: str = "",
    progress: Progress = lambda _sent, _all: None,
    waiting: Callable[[str], None] = lambda _told: None,
    sleep: Callable[[float], None] = time.sleep,
) -> dict[str, Any]:
    """{`id`, `status`} of the stored scan. Raises `NotSent` with a sentence.

    `waiting` is told why there will be a further try, and when.
    """
    data = path.read_bytes()
    said = {"vin": vin, "odometer_km": odometer_km, "recording_id": recording_id}
    fields = {name: value for name, value in said.items() if value}
    for wait in (*WAITS_S, None):
        told, after = _try(client, path.name, data, fields, progress)
        if isinstance(told, dict):
            return told
        if wait is None or after is None:
            raise NotSent(told)
        pause = max(wait, min(after, LONGEST_WAIT_S))
        waiting(_("%(why)s Next try in %(seconds)s s.", why=told, seconds=text.number(pause)))
        sleep(pause)
    raise AssertionError


def _try(
    client: httpx.Client, name: str, data: bytes, fields: dict[str, str], progress: Progress
) -> tuple[dict[str, Any] | str, float | None]:
    """The answer; or why not, with seconds until a further try, or None when it is final."""
    try:
        answer = client.post(
            ADDRESS,
            data=fields,
            files={"file": (name, _Counted(data, progress), "application/octet-stream")},
            headers={"Idempotency-Key": key_of(data)},
        )
    except (httpx.UnsupportedProtocol, httpx.InvalidURL):
        return _("This is no address of a portal: %(url)s", url=str(client.base_url)), None
    except httpx.TransportError as error:
        return _("The portal cannot be reached (%(error)s).", error=str(error)), 0.0
    if answer.status_code == 202:
        found: dict[str, Any] = answer.json()
        return found, None
    told = _sentence(answer)
    if answer.status_code == 429 or answer.status_code >= 500:
        named = answer.headers.get("Retry-After", "")
        return told, float(named) if named.isdecimal() else 0.0  # a proxy may name a date
    return told, None


def _sentence(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
        first = (problem.get("errors") or [{}])[0].get("message")
        return str(first or problem.get("detail") or problem["title"])
    except (ValueError, KeyError, AttributeError):
        return _("The portal answered with status %(status)s.", status=answer.status_code)
