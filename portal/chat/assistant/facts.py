"""What the workshop's assistant may speak of: loaded once per message, in two statements.

Everything that does not depend on the question comes as one JSON value: on the way to the first
token a round trip and thirty mapped objects cost more than the query itself.
"""

from datetime import date, datetime, time
from decimal import Decimal

import msgspec
from sqlalchemy import text

from portal.bookings.calendar import Closed, Span, Week
from portal.chat.assistant.reading import Reading, read
from portal.chat.assistant.speech import Question
from portal.content.search import Entry, Found, find_answers
from portal.kit.clock import BERLIN
from portal.kit.db import Db

ANSWERS = 3

_STANDING = text("""
select json_build_object(
  'about', (select to_json(p) from profiles p),
  'offers', (select coalesce(json_agg(s order by s.position, s.id), '[]') from services s
              where s.active),
  'hours', (select coalesce(json_agg(h), '[]') from opening_hours h),
  'closures', (select coalesce(json_agg(c order by c.starts_on), '[]') from closures c
                where c.ends_on >= :today)
)::text
""")


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A service as the assistant may name it; `price` is gross, None when it depends on the car."""

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
    """Everything one answer may be made of. `found` are FAQ entries for this message."""

    about: About
    offers: tuple[Offer, ...]
    week: Week
    found: tuple[Found, ...] = ()
    now: datetime


async def load(db: Db, question: Question) -> tuple[Facts, Reading]:
    """The facts for this question, and the question as understood with their help."""
    today = question.now.astimezone(BERLIN).date()
    standing = _decode((await db.execute(_STANDING, {"today": today})).scalar_one())
    week = _week(standing)
    reading = read(question, standing.offers, week)
    found = await find_answers(db, reading.open_words, reading.language, ANSWERS)
    facts = Facts(
        about=standing.about,
        offers=standing.offers,
        week=week,
        found=tuple(found),
        now=question.now,
    )
    return facts, reading


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


__all__ = ["About", "Entry", "Facts", "Found", "Offer", "load"]
