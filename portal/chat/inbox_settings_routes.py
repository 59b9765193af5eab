"""The inbox's settings: prepared answers, and how soon the workshop wants to answer."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect

from portal.chat import canned_replies, inbox_settings
from portal.chat.forms import CannedReplyForm, InboxSettingsForm
from portal.kit.db import Db
from portal.kit.errors import Problem
from portal.kit.pages import page
from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs

EDIT = needs(Permission.CONTENT_EDIT)
MANAGE = needs(Permission.SETTINGS_MANAGE)

Asked = Request[Any, Any, Any]
Reply = Annotated[CannedReplyForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
Pace = Annotated[InboxSettingsForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/inbox/settings", opt=EDIT)
async def show(request: Asked, db: DoorDb) -> Response[str]:
    return await _page(request, db)


@post("/inbox/settings", opt=MANAGE)
async def save_pace(request: Asked, db: DoorDb, data: Pace) -> Response[Any]:
    try:
        await inbox_settings.change(
            db,
            answer_minutes=data.answer_minutes,
            mail_after_minutes=data.mail_after_minutes,
        )
    except Problem as problem:
        return await _page(request, db, problem=problem, pace=data)
    return _saved(db)


@post("/inbox/settings/replies", opt=EDIT)
async def add(request: Asked, db: DoorDb, data: Reply) -> Response[Any]:
    return await _save(request, db, data, None)


@get("/inbox/settings/replies/{reply_id:uuid}", opt=EDIT)
async def edit(request: Asked, db: DoorDb, reply_id: FromPath[UUID]) -> Response[str]:
    reply = await canned_replies.get(db, reply_id)
    typed = CannedReplyForm(shortcut=reply.shortcut, title=reply.title, text=reply.text)
    return await _page(request, db, typed=typed, edited=reply_id)


@post("/inbox/settings/replies/{reply_id:uuid}", opt=EDIT)
async def save(request: Asked, db: DoorDb, reply_id: FromPath[UUID], data: Reply) -> Response[Any]:
    return await _save(request, db, data, reply_id)


@post("/inbox/settings/replies/{reply_id:uuid}/removal", opt=EDIT)
async def remove(db: DoorDb, reply_id: FromPath[UUID]) -> Redirect:
    await canned_replies.remove(db, reply_id)
    return _saved(db)


async def _save(
    request: Asked, db: Db, data: CannedReplyForm, reply_id: UUID | None
) -> Response[Any]:
    reply = await canned_replies.get(db, reply_id) if reply_id else None
    try:
        await canned_replies.save(
            db, reply, shortcut=data.shortcut, title=data.title, text=data.text
        )
    except Problem as problem:
        if reply is not None:
            db.expunge(reply)
        return await _page(request, db, typed=data, edited=reply_id, problem=problem)
    return _saved(db)


async def _page(
    request: Asked,
    db: Db,
    *,
    typed: CannedReplyForm | None = None,
    edited: UUID | None = None,
    pace: InboxSettingsForm | None = None,
    problem: Problem | None = None,
) -> Response[str]:
    """With a problem it says what is to be mended, and nothing typed is lost."""
    return page(
        request,
        "chat/inbox_settings.html",
        status=problem.status if problem else 200,
        here=_address(db),
        replies=await canned_replies.all_of_them(db),
        typed=typed or CannedReplyForm(),
        edited=edited,
        pace=pace or await inbox_settings.get(db),
        names=canned_replies.places(),
        problem=problem,
        errors={error.field: error.message for error in problem.errors} if problem else {},
    )


def _saved(db: Db) -> Redirect:
    return Redirect(f"{_address(db)}?saved=1", status_code=303)


def _address(db: Db) -> str:
    return f"/w/{member_of(db).slug}/inbox/settings"


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[show, save_pace, add, edit, save, remove],
    )
]
