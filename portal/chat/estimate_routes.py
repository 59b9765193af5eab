"""A page for an estimate that is sent in the chat."""

from typing import Annotated, Any
from uuid import UUID, uuid4

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath

from portal.chat import conversations, estimates, inbox_replies
from portal.chat.forms import EstimateForm
from portal.kit.db import Db
from portal.kit.errors import Problem
from portal.kit.pages import page
from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs

REPLY = needs(Permission.CONVERSATIONS_REPLY)

Asked = Request[Any, Any, Any]
Form = Annotated[EstimateForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/inbox/{conversation_id:uuid}/estimate", opt=REPLY)
async def begin(request: Asked, db: DoorDb, conversation_id: FromPath[UUID]) -> Response[str]:
    return await _page(request, db, conversation_id, EstimateForm(client_id=uuid4()))


@post("/inbox/{conversation_id:uuid}/estimate", opt=REPLY)
async def send(
    request: Asked, db: DoorDb, conversation_id: FromPath[UUID], data: Form
) -> Response[Any]:
    try:
        await estimates.send(db, conversation_id, member_of(db), data)
    except estimates.EstimateInvalid as problem:
        return await _page(request, db, conversation_id, data, problem)
    return inbox_replies.back(db, conversation_id)


async def _page(
    request: Asked,
    db: Db,
    conversation_id: UUID,
    form: EstimateForm,
    problem: Problem | None = None,
) -> Response[str]:
    conversation = await conversations.get(db, conversation_id)
    return page(
        request,
        "chat/estimate.html",
        status=problem.status if problem else 200,
        talk=f"{inbox_replies.address_of(db)}/{conversation_id}",
        visitor=conversation.visitor_name,
        form=form,
        lines=form.lines(),
        problem=problem,
        errors={error.field: error.message for error in problem.errors} if problem else {},
    )


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[begin, send],
    )
]
