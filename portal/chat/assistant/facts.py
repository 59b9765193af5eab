"""What the workshop's assistant may speak of: loaded once per message, in two statements, and
for a booking in those that find free times.

Everything that does not depend on the question comes as one JSON value: on the way to the first
token a round trip and thirty mapped objects cost more than the query itself.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace
from sqlalchemy import text

from portal.bookings.calendar import Closed, Span, Week
from portal.bookings.models import Answering
from portal.chat.assistant import foreign_texts, own_orders, own_vehicle
from portal.chat.assistant.free import Free, look_for
from portal.chat.assistant.intents import Intent
from portal.chat.assistant.own_bookings import Own
from portal.chat.assistant.own_orders import OrderStatus
from portal.chat.assistant.own_vehicle import VehicleHistory
from portal.chat.assistant.phrase_book import in_german
from portal.chat.assistant.reading import Reading, read
from portal.chat.assistant.speech import Question
from portal.content.search import SURE, Entry, Found, find_answers
from portal.kit.clock import BERLIN
from portal.kit.db import Db
from portal.kit.glances import Glance, Sentence, rows_of
from portal.kit.parts import Parts
from portal.kit.settings import Settings

ANSWERS = 3

STANDING = """
json_build_object(
  'about', (select to_json(p) from profiles p),
  'offers', (select coalesce(json_agg(s order by s.position, s.id), '[]') from services s
              where s.active),
  'hours', (select coalesce(json_agg(h), '[]') from opening_hours h),
  'closures', (select coalesce(json_agg(c order by c.starts_on), '[]') from closures c
                where c.ends_on >= :today),
  'rules', (select to_json(r) from booking_rules r),
  'slug', (select w.slug from workshops w where w.id = :workshop),
  'owned', (select coalesce(json_agg(a order by a.created_at), '[]') from appointments a
             where a.source_id = :conversation and a.source_kind = 'conversation')
)::text
"""
"""What does not depend on the question, as one value; binds `today`, `workshop`, `conversation`."""
_STANDING = Sentence(text(f"select {STANDING} as standing"))  # of ours


class Ways(msgspec.Struct, frozen=True, kw_only=True):
    """How the workshop takes bookings; the defaults hold where nobody changed any."""

    answering: Answering = Answering.BY_STAFF
    horizon_days: int = 60

    @property
    def is_asked_first(self) -> bool:
        """The customer describes, staff say how long it takes; nobody picks a time before."""
        return self.answering == Answering.ASK_FIRST


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A service as the assistant may name it; `price` is gross, None when it depends on the car."""

    id: UUID | None = None
    name: str
    name_en: str = ""
    description: str = ""
    description_en: str = ""
    keywords: tuple[str, ...] = ()
    duration_minutes: int
    price: Decimal | None = None
    price_from: bool = False
    currency: str = "EUR"
    bookable_online: bool = True

    def name_in(self, language: str) -> str:
        return (self.name_en or self.name) if language == "en" else self.name

    def description_in(self, language: str) -> str:
        return (self.description_en or self.description) if language == "en" else self.description


class About(msgspec.Struct, frozen=True, kw_only=True):
    """The workshop's own words about itself."""

    name: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    federal_state: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    about: str = ""
    directions: str = ""
    assistant_name: str = ""

    @property
    def address(self) -> str:
        place = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.street, place) if part)


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one answer may be made of. `found` are FAQ entries for this message, `free` what
    is free for it (None: not asked), `owned` what was booked in this conversation, `page` the
    public page with the waiting list; `history` and `status` are about a verified visitor's car.
    """

    about: About
    offers: tuple[Offer, ...]
    week: Week
    found: tuple[Found, ...] = ()
    now: datetime
    ways: Ways = Ways()
    owned: tuple[Own, ...] = ()
    free: Free | None = None
    page: str = ""
    history: VehicleHistory | None = None
    status: OrderStatus | None = None


async def load(db: Db, question: Question, *, about_the_car: bool = False) -> tuple[Facts, Reading]:
    """The facts for this question, and the question as understood with their help.

    A verified visitor's own car is looked up when the question is about it, or `about_the_car`.
    """
    rows = await rows_of(db, _STANDING, **asked_for(question))
    facts, reading = understood(question, rows[0].standing, db.info["parts"].settings)
    facts = await with_answers(db, facts, reading)
    verified = question.verified
    if verified and (about_the_car or reading.wants(Intent.HISTORY)):
        facts = replace(facts, history=await own_vehicle.find(db, verified))
    if verified and reading.wants(Intent.ORDER_STATUS):
        facts = replace(facts, status=await own_orders.find(db, verified))
    if wanted := _to_be_free(facts, reading):
        free = await look_for(db, wanted, reading.wish, question.now, facts.ways.horizon_days)
        facts = replace(facts, free=free)
    return facts, reading


def understood(question: Question, standing: str, settings: Settings) -> tuple[Facts, Reading]:
    """What `STANDING` found, and the question as it is read with that; nothing is searched yet."""
    about = _decode(standing)
    week = _week(about)
    reading = read(question, about.offers, week)
    facts = Facts(
        about=about.about,
        offers=about.offers,
        week=week,
        now=question.now,
        ways=about.rules or Ways(),
        owned=about.owned,
        page=f"{settings.base_url}/b/{about.slug}",
    )
    return facts, reading


def are_seen_at_a_glance(question: Question, facts: Facts, reading: Reading) -> bool:
    """Whether nothing but texts is missing: free times and a car on file want a session."""
    return question.verified is None and not _to_be_free(facts, reading)


async def with_answers(db: Db | Glance, facts: Facts, reading: Reading) -> Facts:
    """With the texts that fit: in the visitor's language; where that has none that fits well, in
    German.
    """
    searches = [(reading.open_words, reading.language)]
    if reading.is_foreign:
        searches.insert(0, (reading.spoken, reading.voice))
    elif reading.voice != "de":
        searches.append((in_german(reading.spoken, reading.voice), "de"))
    first: Sequence[Found] = ()
    for words, language in searches:
        found = await find_answers(db, words, language, ANSWERS)
        first = first or found
        if found and found[0].score >= SURE:
            first = found
            break
    return replace(facts, found=tuple(first))


async def spoken(parts: Parts, workshop_id: UUID, known: Facts, voice: str) -> Facts:
    """With the kept translation of texts that are surely meant. To be called outside transactions;
    a model gets the workshop's own words all the same.
    """
    entries = [one.entry for one in known.found]
    if not entries or known.found[0].score < SURE or entries[0].locale == voice:
        return known
    told = await foreign_texts.with_translations(parts, workshop_id, entries, voice)
    found = (replace(one, entry=entry) for entry, one in zip(told, known.found, strict=True))
    return replace(known, found=tuple(found))


def asked_for(question: Question) -> dict[str, Any]:
    return {
        "today": question.now.astimezone(BERLIN).date(),
        "workshop": question.workshop_id,
        "conversation": question.conversation_id,
    }


def _to_be_free(facts: Facts, reading: Reading) -> list[UUID]:
    """The services of the tool `find_slots`: used when an appointment is wanted and it is clear
    what for; none otherwise.
    """
    chosen = [facts.offers[place] for place in reading.meant.places]
    ids = [offer.id for offer in chosen if offer.id is not None and offer.bookable_online]
    is_clear = reading.meant.is_clear and len(ids) == len(chosen)
    is_wanted = reading.wants(Intent.BOOKING) and not facts.ways.is_asked_first
    return ids if is_clear and is_wanted else []


class _Hours(msgspec.Struct):
    weekday: int
    opens: time
    closes: time


class _Closure(msgspec.Struct):
    starts_on: date
    ends_on: date
    reason: str
    reason_en: str


class _Standing(msgspec.Struct):
    about: About
    offers: tuple[Offer, ...]
    hours: list[_Hours]
    closures: list[_Closure]
    rules: Ways | None
    slug: str
    owned: tuple[Own, ...]


_decode = msgspec.json.Decoder(_Standing).decode


def _week(standing: _Standing) -> Week:
    spans: dict[int, tuple[Span, ...]] = {}
    for hours in standing.hours:
        so_far = spans.get(hours.weekday, ())
        spans[hours.weekday] = (*so_far, Span(hours.opens, hours.closes))
    closures = tuple(
        Closed(one.starts_on, one.ends_on, one.reason, one.reason_en) for one in standing.closures
    )
    return Week(spans, closures, standing.about.federal_state)


__all__ = ["About", "Entry", "Facts", "Found", "Offer", "Ways", "load"]
