"""What the workshop offers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import String, bindparam, cast, select, tuple_

from portal.bookings.models import Service
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid, NotFound
from portal.kit.glances import Glance, Sentence


class ServiceUnknown(NotFound):
    code, title = "SERVICE_NOT_FOUND", N_("The workshop does not offer this service.")


class NotBookableOnline(Invalid):
    code = "NOT_BOOKABLE_ONLINE"
    title = N_("This service can only be agreed with the workshop in person.")


async def list_services(db: Db) -> Sequence[Service]:
    """All active services in the order that the workshop gave them."""
    query = select(Service).where(Service.active)
    return (await db.scalars(query.order_by(Service.position, Service.id))).all()


async def chosen(db: Db, service_ids: Sequence[UUID], *, online: bool = False) -> list[Service]:
    """These active services in this order. Raises `ServiceUnknown`, `NotBookableOnline`."""
    wanted = list(dict.fromkeys(service_ids))
    if not wanted:
        return []
    query = select(Service).where(Service.id.in_(wanted), Service.active)
    found = {service.id: service for service in (await db.scalars(query)).all()}
    if len(found) < len(wanted):
        raise ServiceUnknown
    if online and not all(service.bookable_online for service in found.values()):
        raise NotBookableOnline
    return [found[one] for one in wanted]


async def still_offered(db: Db, service_ids: Sequence[UUID]) -> list[UUID]:
    """What the workshop still has of what somebody chose some time ago, in the same order."""
    query = select(Service.id).where(Service.id.in_(service_ids), Service.active)
    there = set(await db.scalars(query))
    return [one for one in service_ids if one in there]


async def page_of_services(
    glance: Glance, *, after: str | None, limit: int
) -> tuple[Sequence[Any], str | None]:
    """One page of the active services, each as `SHOWN` has it, and the cursor of the next page,
    None on the last.
    """
    if after is None:
        found = await glance.all(_FIRST_PAGE, most=limit + 1)
    else:
        position, last = _place(after)
        found = await glance.all(_NEXT_PAGE, position=position, last=last, most=limit + 1)
    page = [row[1:] for row in found[:limit]]
    more = len(found) > limit
    return page, f"{found[limit - 1].position}.{found[limit - 1].id}" if more else None


def _place(cursor: str) -> tuple[int, UUID]:
    position, _, last = cursor.partition(".")
    try:
        return int(position), UUID(last)
    except ValueError as error:
        raise Invalid from error


SHOWN = (
    Service.id,
    Service.name,
    Service.name_en,
    Service.description,
    Service.category,
    Service.duration_minutes,
    cast(Service.price, String),
    Service.price_from,
    Service.currency,
    Service.bookable_online,
)
_PAGE = (
    select(Service.position, *SHOWN)
    .where(Service.active)
    .order_by(Service.position, Service.id)
    .limit(bindparam("most"))
)
_BEHIND = tuple_(Service.position, Service.id) > tuple_(
    bindparam("position", type_=Service.position.type), bindparam("last", type_=Service.id.type)
)
_FIRST_PAGE, _NEXT_PAGE = Sentence(_PAGE), Sentence(_PAGE.where(_BEHIND))
