"""The inbox of a workshop: all conversations, and one of them with its thread."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect, Stream

from portal.ai import completing
from portal.chat import (
    assignments,
    conversations,
    entries,
    inbox,
    inbox_live,
    inbox_replies,
    live,
    messages,
    notices,
    visitor_bookings,
)
from portal.chat.forms import ReplyForm
from portal.chat.inbox import Show
from portal.chat.inbox_live import View
from portal.kit.pages import fragment, page
from portal.kit.streams import event_stream
from portal.kit.text import language_name
from portal.tenants.boundary import DoorDb, member_of, parts_of, staff_db, workshop_id_of
from portal.tenants.permissions import Permission, needs

READ = needs(Permission.CONVERSATIONS_READ)
REPLY = needs(Permission.CONVERSATIONS_REPLY)

Asked = Request[Any, Any, Any]
Words = FromQuery[str]
Said = Annotated[ReplyForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/", opt=needs(Permission.VEHICLES_READ))
async def home(db: DoorDb) -> Redirect:
    """Where people begin: with those who ask, or with the cars."""
    member = member_of(db)
    place = "inbox" if member.can(Permission.CONVERSATIONS_READ) else "vehicles"
    return Redirect(f"/w/{member.slug}/{place}")


@get("/inbox", opt=READ)
async def index(
    request: Asked,
    db: DoorDb,
    show: FromQuery[Show] = Show.OPEN,
    q: Words = "",
    before: Words = "",
    conversation: FromQuery[UUID | None] = None,
) -> Response[str]:
    """The list; with `before` its next page, for a search field the list alone."""
    is_search = request.headers.get("hx-target") == "threads"
    view = View(member_of(db), show, q[:100], conversation if is_search else None)
    if before:
        found = await inbox.lines(db, view.member, show, q=view.q, before=before)
        known = inbox_live.context(view, None)
        return fragment(request, "chat/_lines.html", **known, lines=found)
    known = inbox_live.context(view, await inbox.counts(db, view.member))
    found = await inbox.lines(db, view.member, show, q=view.q)
    if is_search:
        return fragment(request, "chat/lines_found.html", **known, lines=found)
    return page(request, "chat/inbox.html", **known, lines=found, conversation=None)


@get("/inbox/events", opt=READ)
async def listen(
    request: Asked,
    db: DoorDb,
    show: FromQuery[Show] = Show.OPEN,
    q: Words = "",
    seen: Words = "",
    conversation: FromQuery[UUID | None] = None,
) -> Stream:
    view = View(member_of(db), show, q[:100], conversation)
    known = request.headers.get("last-event-id") or seen
    return event_stream(inbox_live.frames(parts_of(request), workshop_id_of(db), view, known))


@get("/inbox/{conversation_id:uuid}", opt=READ)
async def show_one(
    request: Asked,
    db: DoorDb,
    conversation_id: FromPath[UUID],
    show: FromQuery[Show] = Show.OPEN,
    q: Words = "",
    before: FromQuery[int | None] = None,
) -> Response[str]:
    view = View(member_of(db), show, q[:100], conversation_id)
    counts = await inbox.counts(db, view.member) if before is None else None
    known = inbox_live.context(view, counts)
    conversation = await conversations.get(db, conversation_id)
    shown = await entries.latest(db, conversation_id, before=before)
    thread: dict[str, Any] = {"thread": live.thread_of(conversation), "shown": shown}
    if before is not None:
        return fragment(request, "chat/_earlier.html", **known, **thread)
    return page(
        request,
        "chat/inbox.html",
        **known,
        **thread,
        lines=await inbox.lines(db, view.member, show, q=view.q),
        conversation=conversation,
        language=language_name(conversation.locale),
        translates=completing.is_available(parts_of(request)),
        reason=notices.reason_shown(conversation.handover_reason),
    )


@get("/inbox/{conversation_id:uuid}/bookings", opt=READ)
async def show_bookings(
    request: Asked, db: DoorDb, conversation_id: FromPath[UUID]
) -> Response[str]:
    """The visitor's appointments, for the panel beside the thread."""
    member = member_of(db)
    member.must(Permission.BOOKINGS_READ)
    conversation = await conversations.get(db, conversation_id)
    return fragment(
        request,
        "chat/_bookings.html",
        can=member.can,
        calendar=f"/w/{member.slug}/bookings",
        begin=f"/w/{member.slug}/inbox/{conversation_id}/booking",
        lines=await visitor_bookings.of_conversation(db, conversation),
    )


@post("/inbox/{conversation_id:uuid}/messages", opt=REPLY)
async def reply(
    request: Asked, db: DoorDb, conversation_id: FromPath[UUID], data: Said
) -> Response[Any]:
    conversation, message = await messages.reply(
        db,
        conversation_id,
        member_of(db),
        data.text,
        client_id=data.client_id,
        seen=data.seen,
    )
    return inbox_replies.changed(request, db, conversation, message)


@post("/inbox/{conversation_id:uuid}/takeover", opt=REPLY)
async def take_over(request: Asked, db: DoorDb, conversation_id: FromPath[UUID]) -> Response[Any]:
    conversation = await assignments.take_over(db, conversation_id, member_of(db))
    return inbox_replies.changed(request, db, conversation)


@post("/inbox/{conversation_id:uuid}/handback", opt=REPLY)
async def hand_back(request: Asked, db: DoorDb, conversation_id: FromPath[UUID]) -> Response[Any]:
    return inbox_replies.changed(request, db, await assignments.hand_back(db, conversation_id))


@post("/inbox/{conversation_id:uuid}/closure", opt=REPLY)
async def close(request: Asked, db: DoorDb, conversation_id: FromPath[UUID]) -> Response[Any]:
    return inbox_replies.changed(request, db, await conversations.close(db, conversation_id))


@post("/inbox/{conversation_id:uuid}/reading", opt=REPLY, status_code=204)
async def mark_read(db: DoorDb, conversation_id: FromPath[UUID]) -> None:
    await conversations.mark_read(db, conversation_id)


@post("/inbox/{conversation_id:uuid}/typing", opt=REPLY, status_code=204)
async def type_on(db: DoorDb, conversation_id: FromPath[UUID]) -> None:
    conversation = await conversations.get(db, conversation_id)
    live.tell_typing(db, conversation, member_of(db).name)


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[
            home,
            index,
            listen,
            show_one,
            show_bookings,
            reply,
            take_over,
            hand_back,
            close,
            mark_read,
            type_on,
        ],
    )
]
