"""The calendar as it changes.

What was missed is found by the evidence: each booking, move and change of state writes a row whose
id tells the time.
"""

from datetime import datetime
from uuid import UUID

from litestar.response import Stream
from sqlalchemy import exists, select

from portal.bookings.models import AppointmentMove
from portal.kit.db import Db
from portal.kit.parts import Parts
from portal.tenants import live_boards
from portal.tenants.callers import Member

TOPIC = "calendar"


def stream(parts: Parts, workshop_id: UUID, member: Member, seen: str) -> Stream:
    return live_boards.stream(parts, workshop_id, member, TOPIC, seen, _has_changed)


async def _has_changed(db: Db, since: datetime) -> bool:
    first = UUID(int=int(since.timestamp() * 1000) << 80)
    return bool(await db.scalar(select(exists().where(AppointmentMove.id > first))))
