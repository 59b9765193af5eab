"""The calendar as it changes: every viewer is told that something did, and asks for its own view.

What was missed between the page and its stream, or while a connection was broken, is found by the
evidence: each booking, move and change of state writes a row whose id tells the time.
"""

import asyncio
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from litestar.response import Stream
from sqlalchemy import exists, select

from portal.bookings.models import AppointmentMove
from portal.kit import clock
from portal.kit.parts import Parts
from portal.kit.streams import HEARTBEAT, HEARTBEAT_S, Frames, event_stream, frame
from portal.tenants import staff
from portal.tenants.boundary import channel, inside
from portal.tenants.callers import Member

TOPIC = "calendar"
LIFETIME_S = 600.0
"""After ten minutes a browser comes back through the door: who has left is turned away."""
BURST_S = 0.15
"""Several changes of one deed are told once."""
SLACK = timedelta(seconds=2)


def stream(parts: Parts, workshop_id: UUID, member: Member, seen: str) -> Stream:
    return event_stream(_frames(parts, workshop_id, member, seen))


async def _frames(parts: Parts, workshop_id: UUID, member: Member, seen: str) -> Frames:
    """No connection to the database is held between two events."""
    ends = monotonic() + LIFETIME_S
    async with parts.hub.listen(channel(workshop_id, TOPIC)) as queue:
        yield b"retry: 1500\n\n"
        if await _has_missed(parts, workshop_id, seen):
            yield _changed()
        while monotonic() < ends:
            try:
                async with asyncio.timeout(HEARTBEAT_S):
                    await queue.get()
            except TimeoutError:
                yield HEARTBEAT
                continue
            await asyncio.sleep(BURST_S)
            while not queue.empty():
                queue.get_nowait()
            if not await _still_works(parts, workshop_id, member):
                return
            yield _changed()


def _changed() -> bytes:
    return frame("changed", {}, id=clock.now().isoformat())


async def _has_missed(parts: Parts, workshop_id: UUID, seen: str) -> bool:
    try:
        since = datetime.fromisoformat(seen) - SLACK
    except ValueError:
        return True
    first = UUID(int=int(since.timestamp() * 1000) << 80)
    async with inside(parts, workshop_id) as db:
        query = select(exists().where(AppointmentMove.id > first))
        return bool(await db.scalar(query))


async def _still_works(parts: Parts, workshop_id: UUID, member: Member) -> bool:
    async with inside(parts, workshop_id) as db:
        return await staff.still_works(db, member.id)
