"""The board as it changes: every viewer is told that something did, and asks for its own view."""

import asyncio
from datetime import datetime
from time import monotonic
from uuid import UUID

from litestar.response import Stream
from sqlalchemy import func, select

from portal.chat.models_inbox import ConciergeTask
from portal.chat.tasks import TOPIC
from portal.kit import clock
from portal.kit.parts import Parts
from portal.kit.streams import HEARTBEAT, HEARTBEAT_S, Frames, event_stream, frame
from portal.tenants import staff
from portal.tenants.boundary import channel, inside
from portal.tenants.callers import Member

LIFETIME_S = 600.0
"""After ten minutes a browser comes back through the door: who has left is turned away."""
BURST_S = 0.1


def stream(parts: Parts, workshop_id: UUID, member: Member, seen: str) -> Stream:
    return event_stream(_frames(parts, workshop_id, member, seen))


async def _frames(parts: Parts, workshop_id: UUID, member: Member, seen: str) -> Frames:
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
            async with inside(parts, workshop_id) as db:
                if not await staff.still_works(db, member.id):
                    return
            yield _changed()


def _changed() -> bytes:
    return frame("changed", {}, id=clock.now().isoformat())


async def _has_missed(parts: Parts, workshop_id: UUID, seen: str) -> bool:
    async with inside(parts, workshop_id) as db:
        newest = await db.scalar(select(func.max(ConciergeTask.changed_at)))
    try:
        return newest is not None and newest > datetime.fromisoformat(seen)
    except (TypeError, ValueError):
        return newest is not None
