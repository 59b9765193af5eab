"""How long somebody counts as a customer, and the texts that customers agree to or are told."""

from typing import Annotated, Any

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect

from portal.campaigns import wordings
from portal.campaigns.forms import RulesForm
from portal.campaigns.models import WordingKind
from portal.kit.db import Db
from portal.kit.errors import Invalid
from portal.kit.pages import page
from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs

Asked = Request[Any, Any, Any]
Form = Annotated[RulesForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
MANAGE = needs(Permission.SETTINGS_MANAGE)


@get("/rules", opt=MANAGE)
async def show(request: Asked, db: DoorDb, done: FromQuery[str] = "") -> Response[str]:
    current = await wordings.current(db)
    draft = RulesForm(
        consent=current[WordingKind.CONSENT].text,
        notice=current[WordingKind.NOTICE].text,
        years=str(await wordings.customer_years(db)),
    )
    return await _form(request, db, draft, done=bool(done))


@post("/rules", opt=MANAGE)
async def change(request: Asked, db: DoorDb, data: Form) -> Response[Any]:
    try:
        await wordings.change(db, consent=data.consent, notice=data.notice, years=data.years)
    except Invalid as problem:
        return await _form(request, db, data, problem)
    return Redirect(f"/w/{member_of(db).slug}/campaigns/rules?done=1", status_code=303)


async def _form(
    request: Asked, db: Db, draft: RulesForm, problem: Invalid | None = None, *, done: bool = False
) -> Response[str]:
    current = await wordings.current(db)
    return page(
        request,
        "campaigns/rules.html",
        status=problem.status if problem else 200,
        draft=draft,
        problem=problem,
        done=done,
        versions={kind.value: current[kind].version for kind in WordingKind},
        home=f"/w/{member_of(db).slug}/campaigns",
    )


ROUTERS = [
    Router(
        "/w/{slug:str}/campaigns",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[show, change],
    )
]
