"""Lists of bookings, page by page."""

from datetime import date, time
from uuid import UUID

from sqlalchemy import select, tuple_

from portal.bookings import capacity, diary
from portal.bookings.diary import DiaryEntry
from portal.bookings.models import Appointment, State
from portal.kit.db import Db
from portal.kit.errors import Invalid


async def page(
    db: Db,
    *,
    first: date | None = None,
    last: date | None = None,
    state: State | None = None,
    after: str | None = None,
    limit: int = 100,
) -> tuple[list[DiaryEntry], str | None]:
    """By time of creation, the oldest first; `first` and `last` are days of work."""
    query = select(Appointment.id)
    if first is not None:
        query = query.where(Appointment.ends_at > capacity.moment(capacity.at(first, time())))
    if last is not None:
        end = capacity.moment(capacity.at(last + capacity.DAY, time()))
        query = query.where(Appointment.starts_at < end)
    if state is not None:
        query = query.where(Appointment.state == state)
    if after is not None:
        query = query.where(tuple_(Appointment.id) > tuple_(_cursor(after)))
    ids = (await db.scalars(query.order_by(Appointment.id).limit(limit + 1))).all()
    shown = ids[:limit]
    found = {entry.appointment.id: entry for entry in await diary.those(db, shown)}
    entries = [found[one] for one in shown if one in found]
    return entries, str(shown[-1]) if len(ids) > limit else None


def _cursor(after: str) -> UUID:
    try:
        return UUID(after)
    except ValueError as error:
        raise Invalid from error
