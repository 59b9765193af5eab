"""Appointments as calendar files (RFC 5545), for customers' calendars and for people's feeds.

The zone's rules stand in each file: the library's own have the onset of summer time an hour late.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from portal.bookings.notice_facts import Facts
from portal.kit import clock
from portal.kit.clock import BERLIN
from portal.kit.text import _

if TYPE_CHECKING:
    from icalendar import Calendar, Component, Event, Timezone

PRODUCT = "-//CarBot//Bookings//DE"
NAME = "termin.ics"
HANDING_OVER = timedelta(minutes=30)
"""How long dropping a vehicle off takes in a calendar."""
REFRESH = timedelta(minutes=30)


class Method(StrEnum):
    """`publish` for who fetches a file, the others for mails: they change what came before."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch of work in a feed; `uid` stays the same when it is moved."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str = ""
    is_firm: bool = True
    touched_at: datetime
    sequence: int = 0


def invitation(facts: Facts, method: Method, *, organizer: str) -> bytes:
    """The appointment of a mail. `organizer` is an address; the file has no participant without
    a mail address of the customer.
    """
    calendar = _calendar()
    calendar.add("method", method)
    calendar.add_component(_appointment(facts, method, organizer))
    return bytes(calendar.to_ical())


def feed(name: str, works: Iterable[Work]) -> bytes:
    """A person's appointments; the same bytes as long as nothing changed."""
    calendar = _calendar()
    calendar.add("method", Method.PUBLISH)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(BERLIN))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{REFRESH.seconds // 60}M")
    for work in works:
        calendar.add_component(_work(work))
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add_component(_zone())
    return calendar


def _appointment(facts: Facts, method: Method, organizer: str) -> Event:
    from icalendar import Event

    assert facts.arrives_at is not None  # noqa: S101  # nobody makes a file of no time
    event = Event()
    event.add("uid", f"{facts.subject_id}@carbot")
    event.add("dtstamp", facts.touched_at or clock.now())
    event.add("sequence", facts.sequence)
    event.add("dtstart", _shown(facts.arrives_at))
    event.add("dtend", _shown(_leaves_at(facts)))
    event.add("summary", _("Workshop appointment: %(workshop)s", workshop=facts.place.name))
    event.add("description", _description(facts))
    if facts.place.address:
        event.add("location", f"{facts.place.name}, {facts.place.address}")
    event.add("url", facts.address)
    event.add("status", "CANCELLED" if method == Method.CANCEL else "CONFIRMED")
    event.add("transp", "OPAQUE")
    if method != Method.PUBLISH:
        _add_people(event, facts, organizer)
    return event


def _leaves_at(facts: Facts) -> datetime:
    """Who waits stays until the work is done, all others hand over their keys."""
    assert facts.arrives_at is not None  # noqa: S101  # see above
    handed_over = facts.arrives_at.astimezone(UTC) + HANDING_OVER
    return max(facts.ends_at, handed_over) if facts.waits and facts.ends_at else handed_over


def _description(facts: Facts) -> str:
    lines = [
        facts.work,
        _("Vehicle: %(plate)s", plate=facts.plate) if facts.plate else "",
        _("Booking code: %(code)s", code=facts.code) if facts.code else "",
        _("Phone: %(phone)s", phone=facts.place.phone) if facts.place.phone else "",
        _("Move or cancel: %(address)s", address=facts.address),
    ]
    return "\n".join(line for line in lines if line)


def _add_people(event: Event, facts: Facts, organizer: str) -> None:
    """Nobody is asked to answer: the link in the mail does that."""
    from icalendar import vCalAddress

    sender = vCalAddress(f"mailto:{organizer}")
    sender.params["CN"] = facts.place.name
    event.add("organizer", sender)
    if facts.person.email:
        guest = vCalAddress(f"mailto:{facts.person.email}")
        guest.params["CN"] = facts.person.name or facts.person.company or facts.person.email
        guest.params["PARTSTAT"] = "ACCEPTED"
        guest.params["RSVP"] = "FALSE"
        event.add("attendee", guest)


def _work(work: Work) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", work.uid)
    event.add("dtstamp", work.touched_at)
    event.add("last-modified", work.touched_at)
    event.add("sequence", work.sequence)
    event.add("dtstart", _shown(work.starts_at))
    event.add("dtend", _shown(work.ends_at))
    event.add("summary", work.summary)
    if work.description:
        event.add("description", work.description)
    event.add("status", "CONFIRMED" if work.is_firm else "TENTATIVE")
    return event


def _shown(moment: datetime) -> datetime:
    """In the workshop's zone; the hour that autumn repeats is told in UTC the second time."""
    shown = moment.astimezone(BERLIN)
    return moment.astimezone(UTC) if shown.fold else shown


def _zone() -> Timezone:
    """Central European time since 1996: changes on the last Sundays of March and October."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", str(BERLIN))
    summer, winter = timedelta(hours=2), timedelta(hours=1)
    zone.add_component(
        _change(TimezoneDaylight(), "CEST", datetime(1981, 3, 29, 2), 3, (winter, summer))  # noqa: DTZ001  # wall time by definition
    )
    zone.add_component(
        _change(TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, (summer, winter))  # noqa: DTZ001  # see above
    )
    return zone


def _change(
    rule: Component, name: str, first: datetime, month: int, offsets: tuple[timedelta, timedelta]
) -> Component:
    rule.add("tzname", name)
    rule.add("dtstart", first)
    rule.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
    rule.add("tzoffsetfrom", offsets[0])
    rule.add("tzoffsetto", offsets[1])
    return rule
