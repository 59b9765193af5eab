"""„Vertrag widerrufen“: two steps, no sign-in, and a receipt at once (§ 356a BGB).

The answer is the same whether there is such a contract or not.
"""

from typing import Annotated, Any

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery

from portal.bookings import withdrawals
from portal.bookings.public_booking import enter
from portal.bookings.public_forms import WithdrawalForm
from portal.bookings.public_orders import errors_by_field
from portal.bookings.public_shell import (
    NO_TOKEN,
    PROBLEMS,
    Shopfront,
    only_from_here,
    show,
    spend_booking,
)
from portal.kit import clock
from portal.kit.errors import Invalid
from portal.tenants.boundary import DoorDb, public_db

Asked = Request[Any, Any, Any]
Declared = Annotated[WithdrawalForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/")
async def form_page(request: Asked, db: DoorDb, code: FromQuery[str] = "") -> Response[str]:
    front = await enter(request, db)
    return _form(request, front, WithdrawalForm(reference=code[:200]))


@post("/", status_code=200)
async def check(request: Asked, db: DoorDb, data: Declared) -> Response[str]:
    """The first step: nothing is declared yet, what was typed is shown once more."""
    only_from_here(request)
    front = await enter(request, db)
    try:
        data.name, data.reference, data.email = _read(data)
    except Invalid as wrong:
        return _form(request, front, data, status=wrong.status, errors=errors_by_field(wrong))
    return show(request, "public_withdrawal_check.html", front, form=data)


@post("/confirmation", status_code=200)
async def declare(request: Asked, db: DoorDb, data: Declared) -> Response[str]:
    """The second step declares it."""
    only_from_here(request)
    front = await enter(request, db)
    await spend_booking(request, db)
    try:
        _read(data)
        declared = await withdrawals.declare(db, data.name, data.reference, data.email)
    except Invalid as wrong:
        return _form(request, front, data, status=wrong.status, errors=errors_by_field(wrong))
    received = declared.received_at or clock.now()
    return show(request, "public_withdrawn.html", front, declared=declared, received=received)


def _read(form: WithdrawalForm) -> tuple[str, str, str]:
    """Raises `WithdrawalInvalid`. A filled trap counts as a missing entry."""
    if form.homepage:
        raise withdrawals.WithdrawalInvalid
    return withdrawals.read(form.name, form.reference, form.email)


def _form(
    request: Asked,
    front: Shopfront,
    form: WithdrawalForm,
    *,
    status: int = 200,
    errors: dict[str, Any] | None = None,
) -> Response[str]:
    return show(
        request,
        "public_withdrawal.html",
        front,
        status=status,
        form=form,
        errors=errors or {},
    )


withdrawal = Router(
    "/b/{slug:str}/withdrawal",
    dependencies={"db": Provide(public_db)},
    opt=NO_TOKEN,
    exception_handlers=PROBLEMS,
    route_handlers=[form_page, check, declare],
)
ROUTERS = [withdrawal]
