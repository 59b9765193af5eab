"""Pages before and around the workshop: sign-in, sign-out, the way home, the component page."""

from typing import Annotated, Any

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect

from portal.kit.errors import SignInNeeded
from portal.kit.limits import neighbourhood
from portal.kit.pages import page
from portal.tenants import callers, sign_in
from portal.tenants.boundary import DoorDb, lobby_db, parts_of, staff_db
from portal.tenants.forms import SignInForm
from portal.tenants.permissions import Permission, needs

Form = Annotated[SignInForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/")
async def front(request: Request[Any, Any, Any], db: DoorDb) -> Redirect:
    try:
        account = await callers.signed_in(db, request)
    except SignInNeeded:
        return Redirect("/signin")
    return Redirect(await sign_in.home_of(db, account))


@get("/signin", sync_to_thread=False)
def sign_in_page(request: Request[Any, Any, Any], next: FromQuery[str] = "") -> Response[str]:  # noqa: A002  # the name of the form's field
    return page(request, "tenants/sign_in.html", email="", next=next, problem=None)


@post("/signin", status_code=200)
async def sign_in_submit(request: Request[Any, Any, Any], db: DoorDb, data: Form) -> Response[Any]:
    parts = parts_of(request)
    address = neighbourhood(request.client.host) if request.client else ""
    await sign_in.throttle(parts.limits, data.email, address)
    try:
        account, token = await sign_in.sign_in(db, data.email, data.password)
    except sign_in.WrongCredentials as wrong:
        return page(
            request,
            "tenants/sign_in.html",
            status=wrong.status,
            email=data.email,
            next=data.next,
            problem=wrong,
        )
    await sign_in.sign_out(db, request)  # who signs in anew leaves no older session behind
    target = _own_address(data.next) or await sign_in.home_of(db, account)
    cookie = sign_in.cookie(token, secure=parts.settings.is_secure)
    return Redirect(target, cookies=[cookie], status_code=303)


@post("/signout", status_code=303)
async def sign_out(request: Request[Any, Any, Any], db: DoorDb) -> Redirect:
    await sign_in.sign_out(db, request)
    answer = Redirect("/signin", status_code=303)
    answer.delete_cookie(callers.COOKIE)
    answer.headers["Clear-Site-Data"] = '"storage"'  # files that wait on the device, kept pages
    return answer


@get("/styleguide", opt=needs(Permission.STYLEGUIDE_READ))
async def styleguide(request: Request[Any, Any, Any], db: DoorDb) -> Response[str]:  # noqa: ARG001  # the door
    return page(request, "tenants/styleguide.html")


def _own_address(wanted: str) -> str | None:
    """Only a path of ours may follow a sign-in, never another site."""
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if is_ours else None


lobby = Router(
    "/",
    dependencies={"db": Provide(lobby_db)},
    route_handlers=[front, sign_in_page, sign_in_submit, sign_out],
)
workshop = Router(
    "/w/{slug:str}", dependencies={"db": Provide(staff_db)}, route_handlers=[styleguide]
)
ROUTERS = [lobby, workshop]
