"""Days on which the workshop is closed although it would be open: Betriebsferien, bridge days."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.bookings.models import Closure
from portal.kit.db import Db
from portal.kit.errors import N_, NotFound
from portal.tenants import audit


class ClosureNotFound(NotFound):
    code, title = "CLOSURE_NOT_FOUND", N_("We do not know this closure.")


async def coming(db: Db, since: date) -> Sequence[Closure]:
    """Closures that end on that day or later, the next first."""
    query = select(Closure).where(Closure.ends_on >= since)
    return (await db.scalars(query.order_by(Closure.starts_on, Closure.id))).all()


async def get(db: Db, closure_id: UUID) -> Closure:
    closure = await db.scalar(select(Closure).where(Closure.id == closure_id))
    if closure is None:
        raise ClosureNotFound
    return closure


async def add(db: Db, first: date, last: date, reason: str, reason_en: str = "") -> Closure:
    closure = Closure(starts_on=first, ends_on=last, reason=reason, reason_en=reason_en)
    db.add(closure)
    await db.flush()
    _note(db, "closure.added", closure)
    return closure


async def remove(db: Db, closure: Closure) -> None:
    await db.delete(closure)
    _note(db, "closure.removed", closure)


def _note(db: Db, action: str, closure: Closure) -> None:
    days = {"first": closure.starts_on.isoformat(), "last": closure.ends_on.isoformat()}
    audit.note(db, action, str(closure.id), reason=closure.reason, **days)
