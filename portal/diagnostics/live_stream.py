"""A live recording as a browser sees it: what was just measured, then each value as it arrives."""

from time import monotonic
from typing import Any
from uuid import UUID

import msgspec

from portal.diagnostics.live_store import LiveStore, Point, topic
from portal.diagnostics.obd.signals import KNOWN
from portal.diagnostics.signal_texts import signal_text, unit_text
from portal.kit import text
from portal.kit.errors import N_, Problem
from portal.kit.parts import Parts
from portal.kit.streams import HEARTBEAT, HEARTBEAT_S, Frames, frame
from portal.tenants import staff
from portal.tenants.boundary import channel, inside
from portal.tenants.callers import Member

STREAM_LIFETIME_S = 600.0
"""After ten minutes a browser comes back through the door."""
RECHECK_S = 5.0
"""Values come twenty times a second: whether the reader still works here is asked this often."""
MOST_READERS = 30
"""Of one recording in one process: a workshop has no more screens."""


class TooManyReaders(Problem):
    status, code = 429, "TOO_MANY_READERS"
    title = N_("Too many screens show this recording at the same time.")


class Told(msgspec.Struct):
    """An event of the recorder's line."""

    event: str
    points: list[Point] = []
    running: bool = True
    reason: str = ""


def admit(parts: Parts, workshop_id: UUID, recording_id: UUID) -> None:
    """Raises `TooManyReaders`."""
    if parts.hub.readers(channel(workshop_id, topic(recording_id))) >= MOST_READERS:
        raise TooManyReaders


async def frames(parts: Parts, member: Member, recording_id: UUID, *, running: bool) -> Frames:
    workshop_id = member.workshop_id
    assert workshop_id is not None  # noqa: S101  # a member of staff
    ends, checked = monotonic() + STREAM_LIFETIME_S, monotonic()
    named: set[str] = set()
    async with parts.hub.listen(channel(workshop_id, topic(recording_id))) as ear:
        recent = await LiveStore(parts.redis).recent(workshop_id, recording_id)
        yield b"retry: 1000\n\n" + frame("state", {"running": running, "reason": ""})
        yield _points(recent, named)
        while monotonic() < ends:
            bodies = await ear.within(HEARTBEAT_S)
            if not bodies:
                yield HEARTBEAT
            if monotonic() - checked > RECHECK_S:
                if not await _still_works(parts, workshop_id, member.id):
                    return
                checked = monotonic()
            if bodies:
                yield b"".join(_frame(body, named) for body in bodies)


def _frame(body: bytes, named: set[str]) -> bytes:
    told = msgspec.json.decode(body, type=Told)
    if told.event == "state":
        return frame("state", {"running": told.running, "reason": told.reason})
    return _points(told.points, named)


def _points(points: list[Point], named: set[str]) -> bytes:
    """The points; what a signal is called is said once to each reader."""
    new = {point[1] for point in points} - named
    named |= new
    signals = {key: _named(key) for key in sorted(new)}
    return frame("points", {"signals": signals, "points": points})


def _named(key: str) -> dict[str, Any]:
    known = KNOWN.get(key)
    with text.speaking(text.DEFAULT):
        return {"label": signal_text(key), "unit": unit_text(known.unit) if known else ""}


async def _still_works(parts: Parts, workshop_id: UUID, staff_id: UUID) -> bool:
    async with inside(parts, workshop_id) as db:
        return await staff.still_works(db, staff_id)
