"""Who may send how much: by person, by workshop, and by weight."""

from uuid import UUID

from portal.kit.db import Db
from portal.kit.errors import N_, Forbidden
from portal.kit.limits import Limits, Rate
from portal.tenants.callers import Member
from portal.vehicles import vehicles

OF_WORKSHOP = Rate("uploads", per_minute=60, burst=120)
"""Recordings of one workshop: more than a busy day has, less than what fills a disk."""
OF_PERSON = Rate("uploads.person", per_minute=30, burst=80)
MEGABYTES = Rate("uploads.megabytes", per_minute=60, burst=2000)
"""Weight of one workshop's recordings: two gigabytes at once, then one megabyte a second."""


class QueuedByAnother(Forbidden):
    code = "QUEUED_BY_ANOTHER"
    title = N_("This file was queued by somebody else, who has to sign in to send it.")


async def admit(limits: Limits, member: Member, size: int) -> None:
    """Raises `RateLimited`."""
    await limits.spend(OF_PERSON, member.workshop_id, member.id)
    await limits.spend(OF_WORKSHOP, member.workshop_id)
    megabytes = -(-size // 1_000_000)
    await limits.spend(MEGABYTES, member.workshop_id, units=min(megabytes, MEGABYTES.burst))


def must_be_the_same(member: Member, queued_by: str | None) -> None:
    """What waited on a shared tablet is signed by who chose it. Raises `QueuedByAnother`."""
    if queued_by is not None and queued_by != str(member.id):
        raise QueuedByAnother


async def vehicle_id_of(db: Db, chosen: str) -> UUID | None:
    """Raises `VehicleNotFound`."""
    return (await vehicles.get(db, chosen)).vehicle.id if chosen else None
