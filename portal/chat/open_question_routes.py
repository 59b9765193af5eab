"""The page of unanswered questions, beside the frequent ones."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from portal.chat import open_questions
from portal.kit.pages import page
from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs


@get("/unanswered", opt=needs(Permission.CONVERSATIONS_READ))
async def show(
    request: Request[Any, Any, Any], db: DoorDb, done: FromQuery[str] = ""
) -> Response[str]:
    return page(
        request,
        "chat/open_questions.html",
        asked=await open_questions.open_ones(db),
        home=f"/w/{member_of(db).slug}/faq",
        inbox=f"/w/{member_of(db).slug}/inbox",
        language="open",
        done=done,
    )


@post(
    "/unanswered/{open_question_id:uuid}/settling",
    opt=needs(Permission.CONTENT_EDIT),
    status_code=303,
)
async def settle(db: DoorDb, open_question_id: FromPath[UUID]) -> Redirect:
    await open_questions.settle(db, open_question_id)
    return Redirect(f"/w/{member_of(db).slug}/faq/unanswered?done=1", status_code=303)


ROUTERS = [
    Router(
        "/w/{slug:str}/faq",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[show, settle],
    )
]
