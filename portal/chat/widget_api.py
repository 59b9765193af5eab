"""The widget's addresses: from the first look to the last word. The token travels in a header."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, delete, get, post
from litestar.di import Provide
from litestar.params import FromQuery, JSONBody
from litestar.response import Stream

from portal.chat import (
    bookings,
    conversations,
    handovers,
    head_starts,
    live,
    messages,
    threads,
    widget_config,
)
from portal.chat.answering import Answering
from portal.chat.forms import (
    HandoverForm,
    OpeningForm,
    RatingForm,
    SeenForm,
    VisitorMessageForm,
)
from portal.chat.identity import verifications
from portal.chat.languages import spoken
from portal.chat.models import Conversation, Message
from portal.chat.purses import purse_for
from portal.chat.widget_config import MEMORY_S, ConsentOutdated
from portal.chat.widget_streams import answer_frames, event_frames
from portal.kit import clock
from portal.kit.errors import RateLimited
from portal.kit.limits import Rate, neighbourhood
from portal.kit.memory import ShortMemory
from portal.kit.streams import event_stream
from portal.tenants import workshops
from portal.tenants.boundary import (
    DoorDb,
    channel,
    parts_of,
    site_db,
    site_key_db,
    unless_done,
    visitor_of,
    workshop_id_of,
)
from portal.tenants.callers import (
    VISITOR_TOKEN_LIFETIME,
    OriginNotAllowed,
    TokenInvalid,
    Visitor,
    visitor_token,
)
from portal.tenants.models import Profile

BEGIN_PER_ADDRESS = Rate("chat-begin-address", per_minute=6, burst=20)
BEGIN_PER_SITE = Rate("chat-begin-site", per_minute=120, burst=240)
SPEAK = Rate("chat-speak", per_minute=12, burst=12)
SPEAK_PER_SITE = Rate("chat-speak-site", per_minute=600, burst=600)
LISTEN = Rate("chat-listen", per_minute=30, burst=30)
MOST_TABS = 20
"""Streams of one conversation in one process: more than anybody has tabs."""
ACT = Rate("chat-act", per_minute=20, burst=20)
READ = Rate("chat-read", per_minute=120, burst=60)

Asked = Request[Any, Any, Any]


class Started(msgspec.Struct):
    token: str
    expires_at: str
    conversation_id: UUID
    state: str
    messages: list[live.MessageShown]


class History(msgspec.Struct, omit_defaults=True):
    """`next` is the `after` of the next page, if there is one. Who has rated is not asked again."""

    items: list[live.MessageShown]
    state: str
    name: str = ""
    next: int | None = None
    is_rated: bool = False


@get("/config")
async def config(request: Asked, db: DoorDb, locale: FromQuery[str] = "") -> Response[bytes]:
    memory: ShortMemory[bytes] = request.app.state.setdefault(
        "widget_memory", ShortMemory(MEMORY_S)
    )

    async def make() -> bytes:
        return msgspec.json.encode(await widget_config.config_of(db, locale))

    key = channel(workshop_id_of(db), f"widget-config:{locale[:8].lower()}")
    return Response(
        await memory.get(key, make),
        media_type="application/json",
        headers={"Cache-Control": "public, max-age=60"},
    )


@post("/conversations")
async def begin(request: Asked, db: DoorDb, data: JSONBody[OpeningForm]) -> Started:
    parts = parts_of(request)
    workshop_id = workshop_id_of(db)
    await parts.limits.spend(BEGIN_PER_ADDRESS, workshop_id, address_of(request))
    profile = await workshops.get_profile(db)
    origin = allowed_origin(request, profile)
    await parts.limits.spend(BEGIN_PER_SITE, workshop_id)
    if data.consent_version != profile.consent_version:
        raise ConsentOutdated
    locale = spoken(profile, data.locale)
    conversation, greeting = await conversations.begin(
        db,
        locale=locale,
        consent_version=data.consent_version,
        greeting=widget_config.greeting_of(profile, locale),
        page_url=_without_secrets(data.page_url),
    )
    visitor = Visitor(workshop_id, conversation.id, origin)
    return Started(
        token=visitor_token(visitor, parts.settings.secret),
        expires_at=clock.rfc3339(clock.now() + VISITOR_TOKEN_LIFETIME),
        conversation_id=conversation.id,
        state=conversation.state,
        messages=[live.message_shown(greeting)],
    )


@post("/messages")
async def speak(request: Asked, db: DoorDb, data: JSONBody[VisitorMessageForm]) -> Stream:
    parts, visitor = parts_of(request), visitor_of(db)
    await parts.limits.spend_each((SPEAK, visitor.subject), (SPEAK_PER_SITE, visitor.workshop_id))
    purse = purse_for(parts, visitor, address_of(request))
    if begun := await head_starts.begin(parts, visitor, data, purse):
        let_go = begun.answering.let_go
        unless_done(db, let_go)
        frames = answer_frames(parts, visitor, data, begun.received, purse, begun.answering)
        return event_stream(frames, let_go)
    with only_own():
        received = await messages.receive(
            db,
            visitor.subject,
            data.client_id,
            data.text,
            purse=purse,
            token_hash=visitor.token_hash,
        )
    if received.question is None:
        return event_stream(answer_frames(parts, visitor, data, received, purse))
    answering = Answering(parts, received)
    frames = answer_frames(parts, visitor, data, received, purse, answering)
    return event_stream(frames, answering.let_go)


@get("/messages")
async def history(request: Asked, db: DoorDb, after: FromQuery[int] = 0) -> History:
    visitor = visitor_of(db)
    await parts_of(request).limits.spend(READ, visitor.subject)
    with only_own():
        conversation = await conversations.get(db, visitor.subject)
    found = await threads.after(db, visitor.subject, after)
    booked = await bookings.as_they_stand(db, found)
    proved_at = None
    if any(card.get("kind") == "verification" for message in found for card in message.cards):
        proved_at = await verifications.proved_at(db, visitor.subject, visitor.token_hash)
    state = live.state_shown(conversation)
    return History(
        items=[_as_it_stands(message, conversation, booked, proved_at) for message in found],
        state=state.state,
        name=state.name,
        next=found[-1].seq if found and found[-1].seq < conversation.last_seq else None,
        is_rated=conversation.rating is not None,
    )


def _as_it_stands(
    message: Message,
    conversation: Conversation,
    booked: dict[str, dict[str, Any]],
    proved_at: datetime | None,
) -> live.MessageShown:
    """Who has left a contact, booked or said a right code is not asked again after a reload, as if
    nothing had arrived; and an appointment is shown as it is by now.
    """
    shown = live.message_shown(message)
    done = {"contact_form"} if conversation.has_contact else set()
    if booked:
        done |= {"slots", "services", "booking_form"}
    if proved_at is not None and message.created_at <= proved_at:
        done |= {"verification"}
    cards = [
        booked.get(card.get("id", ""), card) for card in shown.cards if card.get("kind") not in done
    ]
    return msgspec.structs.replace(shown, cards=cards)


@get("/events")
async def listen(request: Asked, db: DoorDb) -> Stream:
    parts, visitor = parts_of(request), visitor_of(db)
    await parts.limits.spend(LISTEN, visitor.subject)
    if parts.hub.readers(channel(visitor.workshop_id, live.topic_of(visitor.subject))) >= MOST_TABS:
        raise RateLimited(headers={"Retry-After": "60"})
    last = request.headers.get("last-event-id", "")
    with only_own():
        await conversations.get(db, visitor.subject)
    return event_stream(event_frames(parts, visitor, _number(last)))


@post("/handover", status_code=200)
async def hand_over(
    request: Asked, db: DoorDb, data: JSONBody[HandoverForm]
) -> handovers.HandoverAnswer:
    parts, visitor = parts_of(request), visitor_of(db)
    await parts.limits.spend(ACT, visitor.subject)
    with only_own():
        return await handovers.ask_for_person(parts, db, visitor.subject, data)


@post("/typing", status_code=204)
async def type_on(request: Asked, db: DoorDb) -> None:
    """The visitor is writing: told to whoever has the conversation open."""
    visitor = visitor_of(db)
    await parts_of(request).limits.spend(READ, visitor.subject)
    with only_own():
        conversation = await conversations.get(db, visitor.subject)
    live.tell_visitor_types(db, conversation)


@post("/reading", status_code=204)
async def mark_seen(request: Asked, db: DoorDb, data: JSONBody[SeenForm]) -> None:
    visitor = visitor_of(db)
    await parts_of(request).limits.spend(READ, visitor.subject)
    with only_own():
        await conversations.note_read(db, visitor.subject, data.seq)


@post("/ratings", status_code=204)
async def rate(request: Asked, db: DoorDb, data: JSONBody[RatingForm]) -> None:
    visitor = visitor_of(db)
    await parts_of(request).limits.spend(ACT, visitor.subject)
    with only_own():
        await conversations.rate(db, visitor.subject, data.stars, data.comment)


@delete("/conversations/current", status_code=204)
async def erase(request: Asked, db: DoorDb) -> None:
    visitor = visitor_of(db)
    await parts_of(request).limits.spend(ACT, visitor.subject)
    with only_own():
        await verifications.end(db, visitor.subject)
        await conversations.erase(db, visitor.subject)


class only_own:  # noqa: N801  # reads as a word: with only_own()
    """A token whose conversation is erased opens nothing any more: the visitor begins anew."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, conversations.ConversationNotFound):
            raise TokenInvalid from error


def allowed_origin(request: Asked, profile: Profile) -> str:
    origin = request.headers.get("origin", "")
    if origin not in profile.allowed_origins:
        raise OriginNotAllowed
    return origin


def address_of(request: Asked) -> str:
    """Whose network asks; for limits only, never stored."""
    return neighbourhood(request.client.host) if request.client else ""


def _number(last_event_id: str) -> int | None:
    """Digits that a column can hold; whatever else a reader sends begins at the end."""
    return int(last_event_id) if re.fullmatch(r"[0-9]{1,9}", last_event_id) else None


def _without_secrets(page_url: str) -> str:
    """Queries and fragments of the host page may carry anything; the path is enough."""
    is_page = page_url.startswith(("https://", "http://"))
    return page_url.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0] if is_page else ""


ROUTERS = [
    Router(
        "/widget/v1",
        dependencies={"db": Provide(site_key_db)},
        route_handlers=[config, begin],
    ),
    Router(
        "/widget/v1",
        dependencies={"db": Provide(site_db)},
        route_handlers=[speak, history, listen, hand_over, type_on, mark_seen, rate, erase],
    ),
]
