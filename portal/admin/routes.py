"""Pages of the platform's own staff."""

from datetime import timedelta
from typing import Any

from litestar import Request, Response, Router, get
from litestar.di import Provide
from litestar.params import FromQuery

from portal.admin import ai_costs, workshops
from portal.ai import allowances
from portal.kit import clock, outbox
from portal.kit.pages import page
from portal.tenants.boundary import DoorDb, parts_of, platform_db
from portal.tenants.permissions import Permission, needs


@get("/", opt=needs(Permission.PLATFORM_READ))
async def index(
    request: Request[Any, Any, Any], db: DoorDb, after: FromQuery[str] = ""
) -> Response[str]:
    found = await workshops.listed(db, after=after)
    waiting, dead = await outbox.depth(db)
    return page(
        request,
        "admin/workshops.html",
        workshops=found,
        next=found[-1][0].slug if len(found) == workshops.PAGE else None,
        waiting=waiting,
        dead=dead,
    )


@get("/ai", opt=needs(Permission.PLATFORM_READ))
async def show_ai_costs(request: Request[Any, Any, Any], db: DoorDb) -> Response[str]:
    """The last thirty days, today included."""
    since = clock.local(clock.now()).date() - timedelta(days=29)
    return page(
        request,
        "admin/ai_costs.html",
        since=since,
        bill=await ai_costs.together(db, since),
        shops=await ai_costs.by_workshop(db, since),
        unpriced=allowances.unpriced_of(parts_of(request).settings),
    )


ROUTERS = [
    Router(
        "/admin", dependencies={"db": Provide(platform_db)}, route_handlers=[index, show_ai_costs]
    ),
]
