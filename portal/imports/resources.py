"""Whose absences a calendar may hold."""

from uuid import UUID

from sqlalchemy import select

from portal.bookings.models import Resource, ResourceKind
from portal.kit.db import Db

_KINDS = (ResourceKind.PERSON, ResourceKind.LIFT, ResourceKind.INSPECTOR, ResourceKind.LOANER)


async def who_can_be_absent(db: Db) -> list[tuple[UUID, str]]:
    """People first, then what else can be out of order or away."""
    query = select(Resource).where(Resource.active, Resource.kind.in_(_KINDS))
    order = (Resource.kind.desc(), Resource.position, Resource.id)
    return [(one.id, one.name) for one in await db.scalars(query.order_by(*order))]


async def known_id(db: Db, wanted: UUID | None) -> UUID | None:
    """The id, when there is such a resource here."""
    if wanted is None:
        return None
    found: UUID | None = await db.scalar(select(Resource.id).where(Resource.id == wanted))
    return found
