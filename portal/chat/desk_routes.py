"""What the team does beside the thread: notes, assignment, prepared answers, whom it is about."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Stream

from portal.bookings import planner_new
from portal.chat import (
    assignments,
    canned_replies,
    conversations,
    desk_bookings,
    hints,
    inbox_replies,
    links,
    notes,
    suggestions,
    task_words,
    tasks,
    translations,
    visitor_bookings,
)
from portal.chat.forms import AssignmentForm, LinkForm, ReplyForm
from portal.chat.identity import shown
from portal.kit.db import Db
from portal.kit.outbox import later
from portal.kit.pages import fragment, page
from portal.kit.text import _
from portal.tenants.boundary import DoorDb, member_of, parts_of, staff_db
from portal.tenants.permissions import Permission, needs

MOST_LIKELY = 3
READ = needs(Permission.CONVERSATIONS_READ)
REPLY = needs(Permission.CONVERSATIONS_REPLY)

Asked = Request[Any, Any, Any]
Said = Annotated[ReplyForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
Whose = Annotated[AssignmentForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
Whom = Annotated[LinkForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@post("/inbox/{conversation_id:uuid}/notes", opt=REPLY)
async def add_note(
    request: Asked, db: DoorDb, conversation_id: FromPath[UUID], data: Said
) -> Response[Any]:
    conversation, note = await notes.add(db, conversation_id, member_of(db), data.text)
    return inbox_replies.changed(request, db, conversation, note=note)


@get("/inbox/{conversation_id:uuid}/assignment", opt=REPLY)
async def choose_person(
    request: Asked, db: DoorDb, conversation_id: FromPath[UUID]
) -> Response[str]:
    """The people to whom it can be given, for the menu."""
    return fragment(
        request,
        "chat/_assign_menu.html",
        inbox=inbox_replies.address_of(db),
        conversation=await conversations.get(db, conversation_id),
        people=await assignments.who_answer(db),
    )


@post("/inbox/{conversation_id:uuid}/assignment", opt=REPLY)
async def assign(
    request: Asked, db: DoorDb, conversation_id: FromPath[UUID], data: Whose
) -> Response[Any]:
    conversation = await assignments.assign(db, conversation_id, data.person)
    return inbox_replies.changed(request, db, conversation)


@get("/inbox/{conversation_id:uuid}/replies", opt=REPLY)
async def list_replies(
    request: Asked, db: DoorDb, conversation_id: FromPath[UUID]
) -> Response[str]:
    """The prepared answers as they would be sent to this visitor."""
    member = member_of(db)
    conversation = await conversations.get(db, conversation_id)
    return fragment(
        request,
        "chat/_replies.html",
        inbox=inbox_replies.address_of(db),
        can=member.can,
        replies=await canned_replies.filled(db, conversation, member),
    )


@get("/inbox/{conversation_id:uuid}/context", opt=READ)
async def show_context(
    request: Asked, db: DoorDb, conversation_id: FromPath[UUID]
) -> Response[str]:
    """Customer, vehicles, history and scans of whoever is verified or linked, or may be."""
    return fragment(
        request,
        "chat/_known.html",
        **await _known(db, conversation_id),
        proof=await shown.of_conversation(db, conversation_id),
    )


@get("/inbox/{conversation_id:uuid}/plans", opt=READ)
async def show_plans(request: Asked, db: DoorDb, conversation_id: FromPath[UUID]) -> Response[str]:
    """What somebody shall do, and the visitor's appointments."""
    member = member_of(db)
    member.must(Permission.BOOKINGS_READ)
    conversation = await conversations.get(db, conversation_id)
    home = f"/w/{member.slug}"
    return fragment(
        request,
        "chat/_plans.html",
        can=member.can,
        inbox=inbox_replies.address_of(db),
        words=task_words,
        found=await tasks.of_conversation(db, conversation_id),
        calendar=f"{home}/bookings",
        begin=f"{home}/inbox/{conversation_id}/booking",
        lines=await visitor_bookings.of_conversation(db, conversation),
    )


@get("/inbox/{conversation_id:uuid}/people", opt=REPLY)
async def find_people(
    request: Asked, db: DoorDb, conversation_id: FromPath[UUID], q: FromQuery[str] = ""
) -> Response[str]:
    """Customers and vehicles that fit what was typed, to link one of them."""
    member_of(db).must(Permission.CUSTOMERS_READ)
    await conversations.get(db, conversation_id)
    return fragment(
        request,
        "chat/_people.html",
        inbox=inbox_replies.address_of(db),
        conversation_id=conversation_id,
        q=q[:80].strip(),
        found=await planner_new.candidates(db, q[:80]),
    )


@post("/inbox/{conversation_id:uuid}/link", opt=REPLY)
async def link(
    request: Asked, db: DoorDb, conversation_id: FromPath[UUID], data: Whom
) -> Response[Any]:
    """The choice is `v:VEHICLE:CUSTOMER`, `v:VEHICLE` or `c:CUSTOMER`; nothing ends the link."""
    member_of(db).must(Permission.CUSTOMERS_READ)
    if data.who:
        vehicle, customer = data.chosen()
        await links.link(db, conversation_id, customer_id=customer, vehicle_id=vehicle)
    else:
        await links.unlink(db, conversation_id)
    if not request.headers.get("hx-request"):
        return inbox_replies.back(db, conversation_id)
    known = await _known(db, conversation_id)
    return fragment(request, "chat/_context.html", status=200, **known)


@get("/inbox/{conversation_id:uuid}/booking", opt=needs(Permission.BOOKINGS_EDIT))
async def begin_booking(
    request: Asked, db: DoorDb, conversation_id: FromPath[UUID]
) -> Response[str]:
    """A new appointment with what is known of the visitor; no address carries any of it."""
    member_of(db).must(Permission.CONVERSATIONS_READ)
    return page(
        request,
        "bookings/planner/new.html",
        **await desk_bookings.begun(db, conversation_id),
        leave=f"{inbox_replies.address_of(db)}/{conversation_id}",
        leave_label=_("Conversation"),
    )


@post("/inbox/{conversation_id:uuid}/suggestion", opt=REPLY, status_code=200)
async def suggest(request: Asked, db: DoorDb, conversation_id: FromPath[UUID]) -> Stream:
    """A draft of an answer, as plain text; written after the door is closed."""
    wish = await suggestions.wish_of(db, conversation_id, member_of(db))
    return Stream(suggestions.pieces(parts_of(request), wish), media_type="text/plain")


@post("/inbox/{conversation_id:uuid}/translation", opt=REPLY, status_code=202)
async def translate(db: DoorDb, conversation_id: FromPath[UUID]) -> None:
    """What was said in another language arrives in German as soon as a provider has it."""
    conversation = await conversations.get(db, conversation_id)
    translations.must_be_possible(db.info["parts"])
    later(db, "chat.translate", conversation_id=conversation.id)


async def _known(db: Db, conversation_id: UUID) -> dict[str, Any]:
    """Three statements at most."""
    member = member_of(db)
    said = await hints.of_talk(db, conversation_id)
    behind = await links.behind(db, said.conversation, said.proved)
    is_known = behind.customer or behind.vehicle
    return {
        "home": f"/w/{member.slug}",
        "inbox": inbox_replies.address_of(db),
        "conversation_id": conversation_id,
        "can": member.can,
        "known": behind,
        "likely": [] if is_known else (await hints.likely(db, said))[:MOST_LIKELY],
    }


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[
            add_note,
            choose_person,
            assign,
            list_replies,
            show_context,
            show_plans,
            find_people,
            begin_booking,
            link,
            suggest,
            translate,
        ],
    )
]
