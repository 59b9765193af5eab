"""What the workshop's assistant may speak of: loaded once per message, in four statements."""

from datetime import datetime
from decimal import Decimal

import msgspec

from portal.bookings.calendar import Week
from portal.bookings.hours import load_week
from portal.bookings.models import Service
from portal.bookings.services import list_services
from portal.chat.assistant.reading import Reading, read
from portal.chat.assistant.speech import Question
from portal.content.search import Entry, Found, find_answers
from portal.kit.clock import BERLIN
from portal.kit.db import Db
from portal.tenants.models import Profile
from portal.tenants.workshops import get_profile

ANSWERS = 3


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
    profile = await get_profile(db)
    offers = tuple(_offer(service) for service in await list_services(db))
    today = question.now.astimezone(BERLIN).date()
    week = await load_week(db, profile.federal_state, since=today)
    reading = read(question, offers, week.federal_state)
    found = await find_answers(db, reading.open_words, reading.language, ANSWERS)
    facts = Facts(
        about=_about(profile), offers=offers, week=week, found=tuple(found), now=question.now
    )
    return facts, reading


def _offer(service: Service) -> Offer:
    return Offer(
        name=service.name,
        name_en=service.name_en,
        description=service.description,
        description_en=service.description_en,
        keywords=tuple(service.keywords),
        duration_minutes=service.duration_minutes,
        price=service.price,
        price_from=service.price_from,
        currency=service.currency,
        bookable_online=service.bookable_online,
    )


def _about(profile: Profile) -> About:
    return About(
        name=profile.name,
        street=profile.street,
        postcode=profile.postcode,
        city=profile.city,
        phone=profile.phone,
        email=profile.email,
        website=profile.website,
        about=profile.about,
        directions=profile.directions,
        assistant_name=profile.assistant_name,
    )


__all__ = ["About", "Entry", "Facts", "Found", "Offer", "load"]
