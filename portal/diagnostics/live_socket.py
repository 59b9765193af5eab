"""The recorder's line: numbered answers come in, acknowledgements go out, readers are told.

The token travels in the `Authorization` header or in the first message, never in the address.
Messages are JSON: `hello` → `welcome`, `entries` → `acknowledged`, `end` → `ended`.
"""

import asyncio
from contextlib import suppress
from time import monotonic
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import msgspec
import structlog
from litestar import Router, WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect, WebSocketException
from redis.exceptions import RedisError

from portal.diagnostics import live
from portal.diagnostics.live_store import Answer, LiveStore, topic
from portal.diagnostics.live_values import values_of, vin_of
from portal.kit import text
from portal.kit.errors import Problem
from portal.kit.parts import Parts
from portal.kit.text import _
from portal.tenants.boundary import channel, device_at_socket, inside
from portal.tenants.callers import Member
from portal.tenants.permissions import Permission

log = structlog.get_logger()

Socket = WebSocket[Any, Any, Any]
HELLO_WITHIN_S = 10.0
SILENCE_S = 60.0
"""A recorder says at least `{"type": "here"}` this often, or its line is closed."""
RECHECK_S = 15.0
MOST_BYTES = 256_000
MOST_ENTRIES = 500
LONGEST_S = 31 * 86_400
PER_SECOND = 500
"""Answers of one line that are taken in a second, back-fill included: whoever has more waits."""


class Entry(msgspec.Struct, array_like=True):
    """`number` counts the answers of a recording from 1, `at_s` the seconds since its start."""

    number: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    at_s: Annotated[float, msgspec.Meta(ge=0, le=LONGEST_S)]
    request: str
    lines: list[str]


class Said(msgspec.Struct, kw_only=True):
    """Any message of a recorder."""

    type: str
    token: str = ""
    recording: UUID | None = None
    started_at: Any = None
    device: str = ""
    protocol: str = ""
    items: list[Entry] = []
    reason: str = ""


class Line(NamedTuple):
    """One open line: whose, and of which recording."""

    parts: Parts
    member: Member
    workshop_id: UUID
    recording_id: UUID
    token: str
    store: LiveStore


@websocket("/integrations/obd/live", opt={"permission": Permission.SCANS_UPLOAD})
async def record(socket: Socket) -> None:
    await socket.accept()
    language = text.preferred(socket.headers.get("accept-language"))
    with text.speaking(language), suppress(WebSocketDisconnect):
        try:
            line, known = await _opened(socket)
            await _say(socket, "welcome", recording=str(line.recording_id), acknowledged=known)
            await _listen(socket, line)
        except Problem as problem:
            await _refuse(socket, problem.status, problem.code, _(problem.title))
        except (msgspec.MsgspecError, UnicodeDecodeError, WebSocketException, ValueError):
            await _refuse(socket, 400, "BAD_REQUEST", _("This message could not be understood."))
        except TimeoutError:
            await _refuse(socket, 408, "TOO_SILENT", _("Nothing was heard for too long."))
        except RedisError:
            await _refuse(socket, 503, "UNAVAILABLE", _("This is not available at the moment."))


async def _opened(socket: Socket) -> tuple[Line, int]:
    parts: Parts = socket.app.state.parts
    said = await _heard(socket, HELLO_WITHIN_S)
    if said.type != "hello" or said.recording is None:
        raise ValueError(said.type)
    token = _token(socket) or said.token
    member = await device_at_socket(parts, token, Permission.SCANS_UPLOAD)
    opening = msgspec.convert(
        {
            "recording": said.recording,
            "started_at": said.started_at,
            "device": said.device,
            "protocol": said.protocol,
        },
        type=live.Opening,
    )
    workshop_id = member.workshop_id
    assert workshop_id is not None  # noqa: S101  # a token belongs to a workshop
    async with inside(parts, workshop_id) as db:
        recording = await live.open_line(db, opening, by=member.name)
        line = Line(parts, member, workshop_id, recording.id, token, LiveStore(parts.redis))
    await _tell(line, "state", running=True)
    return line, await line.store.number(workshop_id, line.recording_id)


async def _listen(socket: Socket, line: Line) -> None:
    checked, free_at, vin = monotonic(), 0.0, None
    while True:
        said = await _heard(socket, SILENCE_S)
        if said.type == "entries":
            vin = await _take(socket, line, said.items) or vin
            free_at = max(free_at, monotonic()) + len(said.items) / PER_SECOND
            await asyncio.sleep(max(0.0, free_at - monotonic() - 1.0))
        elif said.type == "end":
            await _end(line, said.reason, vin)
            await _say(socket, "ended")
            return
        if vin is not None or monotonic() - checked > RECHECK_S:
            await _check(line, vin)
            checked, vin = monotonic(), None


async def _take(socket: Socket, line: Line, entries: list[Entry]) -> str | None:
    """Decode, keep, tell the readers, acknowledge; the VIN if one was among them."""
    if len(entries) > MOST_ENTRIES:
        raise ValueError(len(entries))
    answers, vin = [], None
    for entry in entries:
        values = values_of(entry.lines)
        answers.append(Answer(entry.number, [(entry.at_s, v.key, v.value) for v in values]))
        if entry.request.startswith("0902"):
            vin = vin_of(entry.lines) or vin
    points = [point for answer in answers for point in answer.points]
    event = _event("points", points=points) if points else b""
    new = await line.store.append(line.workshop_id, line.recording_id, answers, event)
    if new:
        await _tell(line, "points", points=new)
    if entries:
        await _say(socket, "acknowledged", number=max(entry.number for entry in entries))
    return vin


async def _check(line: Line, vin: str | None) -> None:
    """Whether the token still may, and a mark that the line is alive. Raises `Problem`."""
    await device_at_socket(line.parts, line.token, Permission.SCANS_UPLOAD)
    async with inside(line.parts, line.workshop_id) as db:
        await live.seen(db, line.recording_id, vin=vin)


async def _end(line: Line, reason: str, vin: str | None) -> None:
    async with inside(line.parts, line.workshop_id) as db:
        await live.seen(db, line.recording_id, vin=vin)
        await live.end(db, line.recording_id, reason)
    await _tell(line, "state", running=False, reason=reason[:40])


async def _tell(line: Line, event: str, **body: Any) -> None:
    """Straight to the readers, past the database: live values are told, not kept."""
    name = channel(line.workshop_id, topic(line.recording_id))
    await line.parts.hub.publish([(name, _event(event, **body))])


def _event(event: str, **body: Any) -> bytes:
    return msgspec.json.encode({"event": event, **body})


async def _heard(socket: Socket, within_s: float) -> Said:
    async with asyncio.timeout(within_s):
        raw = await socket.receive_data("text")
    if len(raw) > MOST_BYTES:
        raise ValueError(len(raw))
    return msgspec.json.decode(raw, type=Said)


async def _say(socket: Socket, kind: str, **facts: Any) -> None:
    await socket.send_data(msgspec.json.encode({"type": kind, **facts}).decode(), mode="text")


async def _refuse(socket: Socket, status: int, code: str, title: str) -> None:
    """A last word, then the line is closed with 4000 + status."""
    with suppress(WebSocketDisconnect, RuntimeError):
        await _say(socket, "error", status=status, code=code, title=title)
        await socket.close(code=4000 + status, reason=code)


def _token(socket: Socket) -> str:
    scheme, _blank, token = socket.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


ROUTERS = [Router("/api/v1", route_handlers=[record])]
