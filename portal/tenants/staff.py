"""The people of a workshop."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select

from portal.kit.db import Db
from portal.kit.errors import N_, NotFound, Problem
from portal.tenants import audit
from portal.tenants.boundary import member_of
from portal.tenants.models import Seat, Staff, Workshop


class StaffNotFound(NotFound):
    code, title = "STAFF_NOT_FOUND", N_("We could not find this person.")


class OwnSeat(Problem):
    status, code, title = 409, "OWN_SEAT", N_("You cannot end your own access.")


async def everybody(db: Db) -> Sequence[Staff]:
    return (await db.scalars(select(Staff).order_by(Staff.is_active.desc(), Staff.name))).all()


async def get(db: Db, staff_id: UUID) -> Staff:
    person = await db.scalar(select(Staff).where(Staff.id == staff_id))
    if person is None:
        raise StaffNotFound
    return person


async def still_works(db: Db, staff_id: UUID) -> bool:
    """For streams that outlive a request: nobody is told anything after their access has ended."""
    query = (
        select(Staff.id)
        .join(Workshop, Workshop.id == Staff.workshop_id)
        .where(Staff.id == staff_id, Staff.is_active, Workshop.suspended_at.is_(None))
    )
    return await db.scalar(query) is not None


async def dismiss(db: Db, person: Staff) -> None:
    """Access ends with the next request; what the person did stays. Raises `OwnSeat`."""
    if person.id == member_of(db).id:
        raise OwnSeat
    person.is_active = False
    await db.execute(delete(Seat).where(Seat.account_id == person.account_id))
    audit.note(db, "staff.dismissed", str(person.id))


async def readmit(db: Db, person: Staff) -> None:
    if not person.is_active:
        person.is_active = True
        db.add(Seat(account_id=person.account_id))
        audit.note(db, "staff.readmitted", str(person.id))
