"""Conversations for programs: `/api/v1/conversations`."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Router, get, post
from litestar.di import Provide
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from portal.chat import conversations, inbox, live, messages, threads
from portal.chat.forms import ReplyForm
from portal.chat.inbox import Show
from portal.chat.models import Conversation
from portal.kit import clock
from portal.tenants.boundary import DoorDb, device_db, member_of
from portal.tenants.permissions import Permission, needs

READ = needs(Permission.CONVERSATIONS_READ)
REPLY = needs(Permission.CONVERSATIONS_REPLY)

Limit = Annotated[int, QueryParameter(ge=1, le=500)]


class Summary(msgspec.Struct):
    """A line of the list. Times are RFC 3339 in UTC."""

    id: UUID
    state: str
    name: str
    locale: str
    preview: str
    unread: int
    assigned_name: str
    last_message_at: str


class Detail(msgspec.Struct):
    id: UUID
    state: str
    name: str
    email: str
    phone: str
    locale: str
    page_url: str
    assigned_name: str
    handover_reason: str
    rating: int | None
    created_at: str
    last_message_at: str
    closed_at: str | None


class SummaryPage(msgspec.Struct):
    items: list[Summary]
    next: str | None


class MessagePage(msgspec.Struct):
    """`next` is the `after` of the next page."""

    items: list[live.MessageShown]
    next: int | None


@get("/", opt=READ)
async def index(
    db: DoorDb,
    show: FromQuery[Show] = Show.OPEN,
    q: FromQuery[str] = "",
    after: FromQuery[str] = "",
    limit: Limit = 100,
) -> SummaryPage:
    found = await inbox.lines(db, member_of(db), show, q=q[:100], before=after, limit=limit)
    return SummaryPage([_summary(thread) for thread in found.items], found.next)


@get("/{conversation_id:uuid}", opt=READ)
async def detail(db: DoorDb, conversation_id: FromPath[UUID]) -> Detail:
    return _detail(await conversations.get(db, conversation_id))


@get("/{conversation_id:uuid}/messages", opt=READ)
async def list_messages(
    db: DoorDb, conversation_id: FromPath[UUID], after: FromQuery[int] = 0, limit: Limit = 100
) -> MessagePage:
    conversation = await conversations.get(db, conversation_id)
    found = await threads.after(db, conversation_id, after, limit=limit)
    has_more = bool(found) and found[-1].seq < conversation.last_seq
    return MessagePage(
        [live.message_shown(message) for message in found], found[-1].seq if has_more else None
    )


@post("/{conversation_id:uuid}/messages", opt=REPLY)
async def reply(
    db: DoorDb, conversation_id: FromPath[UUID], data: JSONBody[ReplyForm]
) -> live.MessageShown:
    _, message = await messages.reply(
        db,
        conversation_id,
        member_of(db),
        data.text,
        client_id=data.client_id,
        seen=data.seen,
    )
    return live.message_shown(message)


@post("/{conversation_id:uuid}/handover", opt=REPLY, status_code=200)
async def hand_over(db: DoorDb, conversation_id: FromPath[UUID]) -> Detail:
    return _detail(await conversations.hand_over(db, conversation_id, "staff"))


@post("/{conversation_id:uuid}/closure", opt=REPLY, status_code=200)
async def close(db: DoorDb, conversation_id: FromPath[UUID]) -> Detail:
    return _detail(await conversations.close(db, conversation_id))


def _summary(thread: live.Thread) -> Summary:
    return Summary(
        id=thread.id,
        state=thread.state,
        name=thread.name,
        locale=thread.locale,
        preview=thread.preview,
        unread=thread.unread,
        assigned_name=thread.assigned_name,
        last_message_at=clock.rfc3339(thread.last_message_at),
    )


def _detail(conversation: Conversation) -> Detail:
    return Detail(
        id=conversation.id,
        state=conversation.state,
        name=conversation.visitor_name,
        email=conversation.email,
        phone=conversation.phone,
        locale=conversation.locale,
        page_url=conversation.page_url,
        assigned_name=conversation.assigned_name,
        handover_reason=conversation.handover_reason,
        rating=conversation.rating,
        created_at=clock.rfc3339(conversation.created_at),
        last_message_at=clock.rfc3339(conversation.last_message_at),
        closed_at=_shown(conversation.closed_at),
    )


def _shown(moment: datetime | None) -> str | None:
    return clock.rfc3339(moment) if moment else None


ROUTERS: list[Any] = [
    Router(
        "/api/v1/conversations",
        dependencies={"db": Provide(device_db)},
        route_handlers=[index, detail, list_messages, reply, hand_over, close],
    )
]
