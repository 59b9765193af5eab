"""The board of tasks as it changes."""

from datetime import datetime
from uuid import UUID

from litestar.response import Stream
from sqlalchemy import exists, select

from portal.chat.models_inbox import ConciergeTask
from portal.chat.tasks import TOPIC
from portal.kit.db import Db
from portal.kit.parts import Parts
from portal.tenants import live_boards
from portal.tenants.callers import Member


def stream(parts: Parts, workshop_id: UUID, member: Member, seen: str) -> Stream:
    return live_boards.stream(parts, workshop_id, member, TOPIC, seen, _has_changed)


async def _has_changed(db: Db, since: datetime) -> bool:
    return bool(await db.scalar(select(exists().where(ConciergeTask.changed_at > since))))
