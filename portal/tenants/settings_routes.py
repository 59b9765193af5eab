"""The settings of a workshop: who it is, how and where its chat appears, who works here."""

from typing import Annotated, Any
from uuid import UUID

from babel import Locale
from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect

from portal.kit import text
from portal.kit.errors import Invalid
from portal.kit.pages import page
from portal.tenants import profiles, staff, workshops
from portal.tenants.boundary import DoorDb, member_of, parts_of, staff_db
from portal.tenants.forms import ProfileForm
from portal.tenants.models import Profile
from portal.tenants.permissions import Permission, needs, role_text

Form = Annotated[ProfileForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
MANAGE = needs(Permission.SETTINGS_MANAGE)
STAFF = needs(Permission.STAFF_MANAGE)


@get("/settings", opt=MANAGE)
async def show(request: Request[Any, Any, Any], db: DoorDb) -> Response[str]:
    profile = await workshops.get_profile(db)
    return await _page(request, db, _form_of(profile))


@post("/settings", opt=MANAGE)
async def save(request: Request[Any, Any, Any], db: DoorDb, data: Form) -> Response[Any]:
    try:
        await profiles.edit(db, await workshops.get_profile(db), data)
    except Invalid as problem:
        return await _page(request, db, data, problem)
    return Redirect(_home(db), status_code=303)


@post("/settings/staff/{staff_id:uuid}/dismissal", opt=STAFF, status_code=303)
async def dismiss(db: DoorDb, staff_id: FromPath[UUID]) -> Redirect:
    await staff.dismiss(db, await staff.get(db, staff_id))
    return Redirect(_home(db), status_code=303)


@post("/settings/staff/{staff_id:uuid}/readmission", opt=STAFF, status_code=303)
async def readmit(db: DoorDb, staff_id: FromPath[UUID]) -> Redirect:
    await staff.readmit(db, await staff.get(db, staff_id))
    return Redirect(_home(db), status_code=303)


async def _page(
    request: Request[Any, Any, Any], db: DoorDb, form: ProfileForm, problem: Invalid | None = None
) -> Response[str]:
    workshop = await workshops.get_workshop(db)
    base = parts_of(request).settings.base_url
    return page(
        request,
        "tenants/settings.html",
        status=problem.status if problem else 200,
        form=form,
        errors={error.field: error.message for error in problem.errors} if problem else {},
        role_text=role_text,
        languages=[(one, _in_german(one)) for one in profiles.LANGUAGES],
        people=await staff.everybody(db),
        embed=f'<script src="{base}/widget/v1/carbot.js" data-site-key="{workshop.site_key}"'
        " async></script>",
    )


def _form_of(profile: Profile) -> ProfileForm:
    names = set(ProfileForm.__struct_fields__) - {"allowed_origins"}
    known = {name: getattr(profile, name) for name in names}
    return ProfileForm(**known, allowed_origins="\n".join(profile.allowed_origins))


def _in_german(language: str) -> str:
    return str(Locale.parse(language).get_display_name(text.locale.get())).capitalize()


def _home(db: DoorDb) -> str:
    return f"/w/{member_of(db).slug}/settings"


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[show, save, dismiss, readmit],
    )
]
