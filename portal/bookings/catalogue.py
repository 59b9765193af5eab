"""The catalogue of services as staff edits it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from portal.bookings.models import Service
from portal.bookings.services import ServiceUnknown, list_services
from portal.kit import clock
from portal.kit.db import Db
from portal.tenants import audit


async def everything(db: Db) -> Sequence[Service]:
    """All services, those that are no longer offered behind the others."""
    query = select(Service).order_by(Service.active.desc(), Service.position, Service.id)
    return (await db.scalars(query)).all()


async def get(db: Db, service_id: UUID) -> Service:
    service = await db.scalar(select(Service).where(Service.id == service_id))
    if service is None:
        raise ServiceUnknown
    return service


async def add(db: Db, columns: Mapping[str, Any]) -> Service:
    """A new service, behind all others; it is staff's own, files leave it alone."""
    last = await db.scalar(select(func.max(Service.position)))
    place = 0 if last is None else last + 1
    service = Service(**{"position": place, "edited_at": clock.now(), **columns})
    db.add(service)
    await db.flush()
    audit.note(db, "service.added", str(service.id), name=service.name)
    return service


async def edit(db: Db, service: Service, columns: Mapping[str, Any]) -> None:
    """Once staff changed it, it is theirs. Appointments keep what was agreed on their day."""
    changed = {name: value for name, value in columns.items() if getattr(service, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(service, name, value)
    service.edited_at = clock.now()
    await db.flush()
    shown = {name: _shown(value) for name, value in changed.items()}
    audit.note(db, "service.edited", str(service.id), name=service.name, changed=shown)


async def shift_place(db: Db, service: Service, step: int) -> None:
    """One place up (-1) or down (1) among those that are offered."""
    row = list(await list_services(db))
    if service not in row:
        return
    at = row.index(service)
    to = min(max(at + step, 0), len(row) - 1)
    row.insert(to, row.pop(at))
    for position, other in enumerate(row):
        if other.position != position:
            other.position, other.edited_at = position, clock.now()
    audit.note(db, "service.moved", str(service.id), name=service.name, place=to)


def _shown(value: Any) -> Any:
    """As the trail keeps it: figures as they are, everything else in words."""
    return value if isinstance(value, int | bool | str | None) else str(value)
