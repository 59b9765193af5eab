"""What a workshop keeps of its recordings, and for how long."""

from typing import Annotated, Any

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from portal.diagnostics import retention
from portal.diagnostics.forms import RetentionForm
from portal.kit.db import Db
from portal.kit.errors import Problem
from portal.kit.pages import page
from portal.kit.text import _, ngettext
from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs

MANAGE = needs(Permission.SETTINGS_MANAGE)
FOR_GOOD = "0"

Asked = Request[Any, Any, Any]
Typed = Annotated[RetentionForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/diagnostics/settings", opt=MANAGE)
async def show(request: Asked, db: DoorDb) -> Response[str]:
    kept = await retention.settings_of(db)
    return _page(request, RetentionForm(str(kept.keep_months or FOR_GOOD), kept.keep_position))


@post("/diagnostics/settings", opt=MANAGE)
async def save(request: Asked, db: DoorDb, data: Typed) -> Response[Any]:
    try:
        await retention.change(db, keep_months=data.months, keep_position=data.keep_position)
    except Problem as problem:
        return _page(request, data, problem)
    return Redirect(f"{_address(db)}?saved=1", status_code=303)


def _page(request: Asked, typed: RetentionForm, problem: Problem | None = None) -> Response[str]:
    return page(
        request,
        "diagnostics/settings.html",
        status=problem.status if problem else 200,
        typed=typed,
        choices=[(str(months or FOR_GOOD), _time(months)) for months in retention.CHOICES],
        errors={error.field: error.message for error in problem.errors} if problem else {},
    )


def _time(months: int | None) -> str:
    if months is None:
        return _("for good")
    return ngettext("%(num)s month", "%(num)s months", months)


def _address(db: Db) -> str:
    return f"/w/{member_of(db).slug}/diagnostics/settings"


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[show, save],
    )
]
