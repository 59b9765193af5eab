"""The workshop's own AI budget: what it may cost, and what is used of it."""

import re
from decimal import Decimal
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from portal.ai import allowances, completing
from portal.kit.db import Db
from portal.kit.errors import N_, FieldError, Invalid
from portal.kit.pages import page
from portal.kit.text import _
from portal.tenants.audit import note
from portal.tenants.boundary import DoorDb, member_of, parts_of, staff_db
from portal.tenants.permissions import Permission, needs

MANAGE = needs(Permission.SETTINGS_MANAGE)
_AMOUNT = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?")


class BudgetForm(msgspec.Struct, forbid_unknown_fields=False):
    daily: Annotated[str, msgspec.Meta(max_length=20)] = ""
    monthly: Annotated[str, msgspec.Meta(max_length=20)] = ""


class BudgetInvalid(Invalid):
    code, title = "AI_BUDGET_INVALID", N_("Please enter amounts in euro, for example 25,00.")


Form = Annotated[BudgetForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/budget", opt=MANAGE)
async def show(request: Request[Any, Any, Any], db: DoorDb) -> Response[str]:
    standing = await allowances.standing(db, parts_of(request).settings)
    form = BudgetForm(_written(standing.own_daily), _written(standing.own_monthly))
    return _page(request, db, standing, form)


@post("/budget", opt=MANAGE)
async def save(request: Request[Any, Any, Any], db: DoorDb, data: Form) -> Response[Any]:
    try:
        daily, monthly = _amounts(data)
    except BudgetInvalid as problem:
        standing = await allowances.standing(db, parts_of(request).settings)
        return _page(request, db, standing, data, problem)
    await allowances.allow(db, daily=daily, monthly=monthly)
    note(db, "ai.budget_changed", "workshop", daily=str(daily), monthly=str(monthly))
    return Redirect(f"{_home(db)}/budget?saved", status_code=303)


def _page(
    request: Request[Any, Any, Any],
    db: Db,
    standing: allowances.Standing,
    form: BudgetForm,
    problem: BudgetInvalid | None = None,
) -> Response[str]:
    return page(
        request,
        "chat/budget.html",
        status=problem.status if problem else 200,
        standing=standing,
        form=form,
        errors={error.field: error.message for error in problem.errors} if problem else {},
        home=_home(db),
        has_provider=completing.is_available(parts_of(request)),
    )


def _amounts(form: BudgetForm) -> tuple[Decimal | None, Decimal | None]:
    """Raises `BudgetInvalid` for each field that is no amount."""
    typed = {"daily": form.daily.strip(), "monthly": form.monthly.strip()}
    wrong = [
        FieldError(name, "AMOUNT_INVALID", _("An amount in euro, for example 25,00."))
        for name, text in typed.items()
        if text and not _AMOUNT.fullmatch(text)
    ]
    if wrong:
        raise BudgetInvalid(errors=wrong)
    daily, monthly = (Decimal(t.replace(",", ".")) if t else None for t in typed.values())
    return daily, monthly


def _written(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}".replace(".", ",")


def _home(db: Db) -> str:
    return f"/w/{member_of(db).slug}/inbox"


ROUTERS = [
    Router(
        "/w/{slug:str}/inbox",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[show, save],
    )
]
