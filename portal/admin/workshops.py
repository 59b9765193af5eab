"""The platform's view of its workshops: the directory, and nothing of what is inside."""

from collections.abc import Sequence

from sqlalchemy import func, select

from portal.kit.db import Db
from portal.tenants.models import Seat, Workshop

PAGE = 100


async def listed(db: Db, *, after: str = "", limit: int = PAGE) -> Sequence[tuple[Workshop, int]]:
    """Workshops by slug with their number of seats."""
    seats = (
        select(Seat.workshop_id, func.count().label("seats")).group_by(Seat.workshop_id).subquery()
    )
    query = (
        select(Workshop, func.coalesce(seats.c.seats, 0))
        .outerjoin(seats, seats.c.workshop_id == Workshop.id)
        .where(Workshop.slug > after)
        .order_by(Workshop.slug)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in await db.execute(query)]
