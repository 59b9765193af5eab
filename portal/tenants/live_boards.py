"""A board as it changes: every viewer is told that something did, and asks for its own view."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from litestar.response import Stream

from portal.kit import clock
from portal.kit.db import Db
from portal.kit.parts import Parts
from portal.kit.streams import HEARTBEAT, HEARTBEAT_S, Frames, event_stream, frame
from portal.tenants import staff
from portal.tenants.boundary import channel, inside
from portal.tenants.callers import Member

LIFETIME_S = 600.0
"""After ten minutes a browser comes back through the door: who has left is turned away."""
BURST_S = 0.15
"""Several changes of one deed are told once."""
SLACK = timedelta(seconds=2)
"""What was stored after the page may bear an earlier time: its transaction began before."""
EARLIEST = 2000

HasChanged = Callable[[Db, datetime], Awaitable[bool]]
"""Whether anything changed since that moment: between the page and its stream, or while a
connection was broken.
"""


def stream(
    parts: Parts, workshop_id: UUID, member: Member, topic: str, seen: str, has_changed: HasChanged
) -> Stream:
    """`changed` for each burst of events on `topic`. `seen`: how new the viewer's board is."""
    return event_stream(_frames(parts, workshop_id, member, topic, seen, has_changed))


async def _frames(
    parts: Parts, workshop_id: UUID, member: Member, topic: str, seen: str, has_changed: HasChanged
) -> Frames:
    """No connection to the database is held between two events."""
    ends = monotonic() + LIFETIME_S
    async with parts.hub.listen(channel(workshop_id, topic)) as ear:
        yield b"retry: 1500\n\n"
        since = moment_of(seen)
        if since is None or await _asked(parts, workshop_id, since - SLACK, has_changed):
            yield _changed()
        while monotonic() < ends:
            if not await ear.within(HEARTBEAT_S):
                yield HEARTBEAT
                continue
            await asyncio.sleep(BURST_S)
            ear.take()
            async with inside(parts, workshop_id) as db:
                if not await staff.still_works(db, member.id):
                    return
            yield _changed()


def moment_of(seen: str) -> datetime | None:
    """The moment that a page or a browser's last event names; None for anything else."""
    try:
        moment = datetime.fromisoformat(seen)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None and moment.year >= EARLIEST else None


async def _asked(parts: Parts, workshop_id: UUID, since: datetime, has_changed: HasChanged) -> bool:
    async with inside(parts, workshop_id) as db:
        return await has_changed(db, since)


def _changed() -> bytes:
    return frame("changed", {}, id=clock.now().isoformat())
