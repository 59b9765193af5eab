"""Photos of a case: taken with the phone's camera or chosen, shown only to staff."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect

from portal.diagnostics import photos, sessions
from portal.diagnostics.session_forms import PHOTO_BODY_LIMIT, PhotosForm
from portal.kit.errors import Problem
from portal.kit.pages import fragment
from portal.tenants.boundary import DoorDb, member_of, parts_of, staff_db
from portal.tenants.permissions import Permission, needs

Asked = Request[Any, Any, Any]
Form = Annotated[PhotosForm, Body(media_type=RequestEncodingType.MULTI_PART)]
READ = needs(Permission.SCANS_READ)
WRITE = needs(Permission.SCANS_UPLOAD)
_OF_SESSION = "/diagnostics/sessions/{session_id:uuid}/photos"
_HEADERS = {
    "Content-Disposition": "inline",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@post(_OF_SESSION, opt=WRITE, request_max_body_size=PHOTO_BODY_LIMIT)
async def take(request: Asked, db: DoorDb, session_id: FromPath[UUID], data: Form) -> Response[Any]:
    """Each picture for itself: one that cannot be read does not stop the others."""
    parts, case = parts_of(request), await sessions.get(db, session_id)
    refused: list[tuple[str, Problem]] = []
    for file in data.photo:
        try:
            await parts.limits.spend(photos.TAKEN, member_of(db).id)
            picture = await file.read()
            by = member_of(db).name
            await photos.take(db, parts.blobs, case, picture, by=by, caption=data.caption)
        except Problem as problem:
            refused.append((file.filename, problem))
    if not request.headers.get("hx-request") and not refused:
        return Redirect(_case(db, session_id), status_code=303)
    return fragment(
        request,
        "diagnostics/_photos.html",
        case=case,
        photos=await photos.of_session(db, case.id),
        refused=refused,
    )


@get(_OF_SESSION + "/{photo_id:uuid}", opt=READ)
async def show(
    request: Asked, db: DoorDb, session_id: FromPath[UUID], photo_id: FromPath[UUID]
) -> Response[bytes]:
    photo = await photos.get(db, session_id, photo_id)
    return await _picture(request, photo.blob_key)


@get(_OF_SESSION + "/{photo_id:uuid}/thumb", opt=READ)
async def thumb(
    request: Asked, db: DoorDb, session_id: FromPath[UUID], photo_id: FromPath[UUID]
) -> Response[bytes]:
    photo = await photos.get(db, session_id, photo_id)
    return await _picture(request, photo.thumb_key)


@post(_OF_SESSION + "/{photo_id:uuid}/removal", opt=WRITE)
async def remove(
    request: Asked, db: DoorDb, session_id: FromPath[UUID], photo_id: FromPath[UUID]
) -> Response[Any]:
    case = await sessions.get(db, session_id)
    photo = await photos.get(db, session_id, photo_id)
    await photos.remove(db, parts_of(request).blobs, case, photo, by=member_of(db).name)
    if not request.headers.get("hx-request"):
        return Redirect(_case(db, session_id), status_code=303)
    left = await photos.of_session(db, case.id)
    return fragment(request, "diagnostics/_photos.html", case=case, photos=left, refused=[])


async def _picture(request: Asked, key: str) -> Response[bytes]:
    data = await parts_of(request).blobs.get(key)
    return Response(data, media_type="image/jpeg", headers=_HEADERS)


def _case(db: DoorDb, session_id: UUID) -> str:
    return f"/w/{member_of(db).slug}/diagnostics/sessions/{session_id}"


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[take, show, thumb, remove],
    )
]
