"""`/api/v1/workshops/{slug}/resources`: what appointments can occupy."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Router, get
from litestar.di import Provide
from litestar.params import QueryParameter

from portal.bookings import resources
from portal.bookings.models import LiftKind, ResourceKind
from portal.bookings.resources import Kept
from portal.kit import clock
from portal.kit.errors import Invalid
from portal.tenants.boundary import DoorDb, device_db
from portal.tenants.permissions import Permission, needs

Kind = Annotated[str, QueryParameter(max_length=12)]
Limit = Annotated[int, QueryParameter(ge=1, le=500)]
After = Annotated[str | None, QueryParameter(max_length=60)]


class ResourceShown(msgspec.Struct, frozen=True, kw_only=True):
    """`skills` are those valid today; `is_absent` is true while it is away or out of order."""

    id: UUID
    kind: ResourceKind
    name: str
    lift_kind: str | None
    max_weight_kg: int | None
    plate: str | None
    skills: list[str]
    bookable_online: bool
    is_absent: bool


class ResourcePage(msgspec.Struct, frozen=True):
    items: list[ResourceShown]
    next: str | None


@get("/resources", opt=needs(Permission.BOOKINGS_READ))
async def show_resources(
    db: DoorDb, kind: Kind = "", limit: Limit = 100, after: After = None
) -> ResourcePage:
    """Those in use, in the workshop's order; `kind` is `lift`, `person`, `loaner`, …"""
    known = [one for one in await resources.load(db) if one.resource.active]
    if kind:
        if kind not in set(ResourceKind):
            raise Invalid
        known = [one for one in known if one.resource.kind == kind]
    first = _place(known, after)
    page = known[first : first + limit]
    more = len(known) > first + limit
    return ResourcePage([_shown(one) for one in page], str(page[-1].resource.id) if more else None)


def _place(known: list[Kept], after: str | None) -> int:
    """Behind the resource that the cursor names; workshops have dozens, never thousands."""
    if after is None:
        return 0
    ids = [str(one.resource.id) for one in known]
    if after not in ids:
        raise Invalid
    return ids.index(after) + 1


def _shown(kept: Kept) -> ResourceShown:
    one, now = kept.resource, clock.now()
    today = clock.local(now).date()
    return ResourceShown(
        id=one.id,
        kind=ResourceKind(one.kind),
        name=one.name,
        lift_kind=one.lift_kind if one.lift_kind != LiftKind.NONE else None,
        max_weight_kg=one.max_weight_kg,
        plate=one.plate or None,
        skills=[str(each.skill) for each in kept.skills if each.holds_on(today)],
        bookable_online=one.bookable_online,
        is_absent=kept.absence_at(now) is not None,
    )


ROUTERS = [
    Router(
        "/api/v1/workshops/{slug:str}",
        dependencies={"db": Provide(device_db)},
        route_handlers=[show_resources],
    )
]
