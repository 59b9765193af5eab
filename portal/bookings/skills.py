"""Training of people: what they may do, and until when."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec
from sqlalchemy import delete

from portal.bookings.models import Resource, ResourceSkill, SkillKind
from portal.bookings.resources import Kept
from portal.kit.db import Db
from portal.tenants import audit

WARN = timedelta(days=60)
"""So long before its end a certificate is warned of: courses are booked out for weeks."""


class Expiring(msgspec.Struct, frozen=True):
    """A certificate that ends soon or has ended; `days` are negative when it has."""

    resource: Resource
    skill: SkillKind
    valid_until: date
    days: int


def expiring(kept: Iterable[Kept], today: date) -> list[Expiring]:
    """Certificates of people in use that end within 60 days or are over, the first first."""
    found = [
        Expiring(one.resource, each.skill, each.valid_until, (each.valid_until - today).days)
        for one in kept
        if one.resource.active
        for each in one.skills
        if each.valid_until is not None and each.valid_until <= today + WARN
    ]
    return sorted(found, key=lambda one: one.valid_until)


async def replace(db: Db, kept: Kept, skills: Mapping[SkillKind, date | None]) -> None:
    """The person has exactly these skills; nothing happens when that is so already."""
    if {one.skill: one.valid_until for one in kept.skills} == dict(skills):
        return
    resource = kept.resource
    await db.execute(delete(ResourceSkill).where(ResourceSkill.resource_id == resource.id))
    db.add_all(
        ResourceSkill(resource_id=resource.id, skill=skill, valid_until=until)
        for skill, until in skills.items()
    )
    await db.flush()
    shown = {skill: until.isoformat() if until else "" for skill, until in skills.items()}
    audit.note(db, "resource.skills_changed", str(resource.id), skills=shown)
