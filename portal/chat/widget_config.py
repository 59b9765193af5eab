"""What a workshop's widget shows before anybody has said anything."""

from typing import Literal

import msgspec
from sqlalchemy import select

from portal.bookings import calendar, hours, opening_texts, rules
from portal.bookings.models import Agreement, Answering, Service
from portal.chat.languages import addressed, spoken
from portal.content.models import FaqEntry
from portal.kit import clock, text
from portal.kit.db import Db
from portal.kit.errors import N_, Problem
from portal.kit.text import _
from portal.tenants import workshops
from portal.tenants.boundary import workshop_id_of
from portal.tenants.models import Profile, Workshop

MEMORY_S = 20.0
"""Seconds that a changed profile or opening time may be seen late."""


class ConsentOutdated(Problem):
    status, code = 409, "CONSENT_OUTDATED"
    title = N_("Our privacy notice has changed. Please read it again.")


class Consent(msgspec.Struct):
    version: str
    text: str


class OpenNow(msgspec.Struct):
    """`is_open` is null where no hours are known."""

    is_open: bool | None
    text: str


class BookingWays(msgspec.Struct):
    """How appointments are made here. `mode`: the visitor picks a time (`slots`), or describes
    the work and gets times later (`describe`). `agreement` is `request` or `contract`. `page` is
    the public page, which has the waiting list.
    """

    mode: Literal["slots", "describe"]
    agreement: str
    page: str


class WidgetConfig(msgspec.Struct):
    """`booking` is null where nothing can be booked online."""

    name: str
    color: str
    greeting: str
    languages: list[str]
    locale: str
    ai_notice: str
    consent: Consent
    privacy_url: str
    phone: str
    open: OpenNow
    assistant_name: str
    booking: BookingWays | None
    faq: bool
    """Whether there are frequent questions to show."""


async def config_of(db: Db, wanted_locale: str) -> WidgetConfig:
    profile = await workshops.get_profile(db)
    locale = spoken(profile, wanted_locale)
    with text.speaking(addressed(locale)):
        return WidgetConfig(
            name=profile.name,
            color=profile.accent,
            greeting=greeting_of(profile, locale),
            languages=profile.languages,
            locale=locale,
            ai_notice=_(
                "An AI assistant answers here. It can make mistakes. "
                "You can ask for a person at any time."
            ),
            consent=Consent(profile.consent_version, _consent_text(profile)),
            privacy_url=profile.privacy_url,
            phone=profile.phone,
            open=await open_now(db, profile),
            assistant_name=profile.assistant_name,
            booking=await booking_ways(db),
            faq=await db.scalar(select(FaqEntry.id).where(FaqEntry.active).limit(1)) is not None,
        )


def greeting_of(profile: Profile, locale: str) -> str:
    """The workshop's own greeting is written in German; others get ours."""
    if profile.greeting and locale == text.DEFAULT:
        return profile.greeting
    with text.speaking(addressed(locale)):
        return _("Hello and welcome to %(name)s. How can we help you?", name=profile.name)


async def open_now(db: Db, profile: Profile) -> OpenNow:
    now = clock.now()
    week = await hours.load_week(db, profile.federal_state, since=clock.local(now).date())
    if not week.spans:
        return OpenNow(is_open=None, text="")
    is_open = calendar.opening_at(week, now).is_open
    return OpenNow(is_open=is_open, text=opening_texts.state_sentence(week, now))


async def booking_ways(db: Db) -> BookingWays | None:
    known = await rules.load(db)
    is_described = known.answering == Answering.ASK_FIRST
    bookable = select(Service.id).where(Service.active, Service.bookable_online).limit(1)
    if not is_described and await db.scalar(bookable) is None:
        return None
    own = select(Workshop.slug).where(Workshop.id == workshop_id_of(db))
    page = f"{db.info['parts'].settings.base_url}/b/{await db.scalar(own)}"
    agreement = Agreement.CONTRACT if rules.closes_contracts(known) else Agreement.REQUEST
    return BookingWays("describe" if is_described else "slots", agreement, page)


def _consent_text(profile: Profile) -> str:
    return _(
        "With “Start chat” you agree that %(name)s processes your messages to answer your "
        "request, with an AI service where it is needed. You can delete the conversation at any "
        "time.",
        name=profile.name,
    )
