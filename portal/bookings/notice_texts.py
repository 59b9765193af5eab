"""What customers read: letters and text messages, in the language of the moment.

Nothing in here advertises: a request for a rating in such a mail would be advertising too (BGH,
10.07.2018, VI ZR 225/17).
"""

from collections.abc import Callable
from datetime import datetime

import msgspec
from babel.dates import format_date

from portal.bookings.greetings import greeting
from portal.bookings.models import NoticeKind, State
from portal.bookings.notice_facts import Facts
from portal.kit import clock, text
from portal.kit.letters import Letter, plain
from portal.kit.text import _

__all__ = ["Letter", "duration", "letter", "moment", "plain", "sms"]
LONGEST_DIRECTIONS = 800
LONGEST_SMS_NAME = 30
_FULL = {"de": "EEEE, dd.MM.yyyy", "en": "EEEE, d MMMM y"}
_SHORT = {"de": "EEE, dd.MM.yyyy", "en": "EEE, d MMM y"}


class _Words(msgspec.Struct, frozen=True, kw_only=True):
    subject: str
    title: str
    opening: tuple[str, ...]
    action: str = ""
    closing: tuple[str, ...] = ()


def letter(kind: NoticeKind, facts: Facts, *, hint: str = "") -> Letter:
    """`hint` is a sentence about the opening hours, for whoever fetches a car."""
    words = _WORDS[kind](facts)
    opening = (*words.opening, hint) if hint else words.opening
    return Letter(
        subject=words.subject,
        title=words.title,
        greeting=greeting(facts.person),
        opening=opening,
        facts=tuple(_rows(kind, facts)),
        action=(words.action, facts.address) if words.action else None,
        closing=words.closing,
        terms=facts.terms.strip() if facts.is_contract and kind in _WITH_TERMS else "",
        sender=_sender(facts),
    )


def sms(kind: NoticeKind, facts: Facts) -> str:
    """Short enough for two parts with its link; only letters that all telephones have."""
    when = moment(facts.arrives_at, _SHORT) if facts.arrives_at else ""
    known = {
        NoticeKind.RECEIVED: _("We have received your request and will get back to you."),
        NoticeKind.CONFIRMED: _("Your appointment is confirmed: %(when)s.", when=when),
        NoticeKind.MOVED: _("New time of your appointment: %(when)s.", when=when),
        NoticeKind.CANCELLED: _("Your appointment is cancelled."),
        NoticeKind.REMINDER: _("Reminder of your appointment: %(when)s.", when=when),
        NoticeKind.CHOICE: _("Please choose a time for your request."),
        NoticeKind.READY: _("Your vehicle is ready to be picked up."),
        NoticeKind.OFFER: _("A time has become free: %(when)s.", when=when),
        NoticeKind.WITHDRAWN: _("We have received your withdrawal."),
    }
    name = facts.place.name[:LONGEST_SMS_NAME].strip()
    parts = [f"{name}: {known[kind]}"]
    if facts.plate and kind in {NoticeKind.REMINDER, NoticeKind.READY}:
        parts.append(_("Vehicle: %(plate)s.", plate=facts.plate))
    if kind in _SMS_LINKS:
        parts.append(facts.address)
    return " ".join(parts)


def moment(value: datetime, patterns: dict[str, str] | None = None) -> str:
    """`Montag, 23.11.2026, 08:00 Uhr`"""
    language = text.locale.get()
    shown = (patterns or _FULL).get(language, _FULL["en"])
    named = format_date(clock.local(value), shown, locale=language)
    return _("%(day)s, %(time)s hrs", day=named, time=text.time(value))


def duration(minutes: int) -> str:
    """`45 Minuten`, `1 Stunde`, `2,5 Stunden`"""
    if minutes < 60:
        return text.ngettext("%(num)s minute", "%(num)s minutes", minutes)
    if minutes == 60:
        return _("1 hour")
    digits = 0 if minutes % 60 == 0 else 1
    return _("%(hours)s hours", hours=text.number(minutes / 60, digits))


def _rows(kind: NoticeKind, facts: Facts) -> list[tuple[str, str]]:
    bare = kind in {NoticeKind.READY, NoticeKind.WITHDRAWN}
    rows = [] if bare else _times(kind, facts)
    car = ", ".join(part for part in (facts.car, facts.plate) if part)
    rows += [(_("Vehicle"), car)] if car else []
    rows += [(_("Work"), facts.work)] if facts.work else []
    rows += [(_("Where"), facts.place.address)] if facts.place.address else []
    rows += [(_("Phone"), facts.place.phone)] if facts.place.phone else []
    rows += [(_("Booking code"), facts.code)] if facts.code else []
    return rows


def _times(kind: NoticeKind, facts: Facts) -> list[tuple[str, str]]:
    if facts.arrives_at is None:
        return []
    name = _("Appointment") if facts.waits else _("Drop-off")
    rows = [(name, moment(facts.arrives_at))]
    if kind == NoticeKind.MOVED and facts.was_at is not None:
        rows.append((_("Former time"), moment(facts.was_at)))
    told = {NoticeKind.CONFIRMED, NoticeKind.MOVED, NoticeKind.REMINDER}
    if kind in told and facts.pick_up_at is not None and facts.pick_up_at > facts.arrives_at:
        rows.append((_("Expected to be ready"), moment(facts.pick_up_at)))
    return rows


def _sender(facts: Facts) -> tuple[str, ...]:
    place = facts.place
    return tuple(line for line in (place.name, place.address, place.phone, place.email) if line)


def _received(facts: Facts) -> _Words:
    next_step = (
        _("We look at it and confirm the appointment as soon as we can.")
        if facts.arrives_at
        else _(
            "We estimate how long the work takes. Then we send you a link to choose a time that "
            "suits you."
        )
    )
    return _Words(
        subject=_("Your request for an appointment at %(workshop)s", workshop=facts.place.name),
        title=_("We have received your request"),
        opening=(_("Thank you for your request."), next_step),
        action=_("See or cancel your request"),
        closing=_unbinding(facts),
    )


def _confirmed(facts: Facts) -> _Words:
    return _Words(
        subject=_("Appointment confirmed: %(when)s", when=_when(facts)),
        title=_("Your appointment is confirmed"),
        opening=(_("We have reserved this time for you:"),),
        action=_("Move or cancel the appointment"),
        closing=(*_to_bring(facts), *_directions(facts), *_unbinding(facts)),
    )


def _moved(facts: Facts) -> _Words:
    if facts.state == State.REQUESTED:
        return _Words(
            subject=_("Your request is now for %(when)s", when=_when(facts)),
            title=_("Your request has a new time"),
            opening=(_("Your request is now for this time. We confirm it as soon as we can."),),
            action=_("See or cancel your request"),
            closing=_unbinding(facts),
        )
    return _Words(
        subject=_("New time of your appointment: %(when)s", when=_when(facts)),
        title=_("Your appointment has a new time"),
        opening=(_("Your appointment has been moved. It is now at this time:"),),
        action=_("Move or cancel the appointment"),
        closing=(*_to_bring(facts), *_directions(facts), *_unbinding(facts)),
    )


def _cancelled(facts: Facts) -> _Words:
    return _Words(
        subject=_("Appointment cancelled: %(when)s", when=_when(facts))
        if facts.arrives_at
        else _("Your request at %(workshop)s is cancelled", workshop=facts.place.name),
        title=_("Your appointment is cancelled"),
        opening=(_("This appointment is cancelled. You need not do anything else."),),
        closing=(_("If you need another time, please call us or reply to this mail."),),
    )


def _reminder(facts: Facts) -> _Words:
    return _Words(
        subject=_("Reminder of your appointment: %(when)s", when=_when(facts)),
        title=_("Your appointment is coming up"),
        opening=(_("This is a reminder of your appointment with us:"),),
        action=_("Move or cancel the appointment"),
        closing=(*_to_bring(facts), *_directions(facts)),
    )


def _choice(facts: Facts) -> _Words:
    seen = (
        _("We have looked at your request. The work takes about %(time)s.",
          time=duration(facts.minutes))
        if facts.minutes
        else _("We have looked at your request.")
    )  # fmt: skip
    return _Words(
        subject=_("Please choose a time at %(workshop)s", workshop=facts.place.name),
        title=_("Choose a time for your request"),
        opening=(seen, _("Please choose a time that suits you:")),
        action=_("Choose a time"),
        closing=_unbinding(facts),
    )


def _ready(facts: Facts) -> _Words:
    subject = _("Your vehicle is ready")
    return _Words(
        subject=f"{subject}: {facts.plate}" if facts.plate else subject,
        title=subject,
        opening=(_("Your vehicle is ready. You can pick it up."),),
    )


def _offer(facts: Facts) -> _Words:
    kept = _(
        "We keep it for you until %(until)s. Others on the waiting list may have been asked too: "
        "whoever accepts first gets it.",
        until=moment(facts.hold_until) if facts.hold_until else "",
    )
    return _Words(
        subject=_("A time has become free: %(when)s", when=_when(facts)),
        title=_("A time has become free"),
        opening=(_("You are on our waiting list. This time has become free:"),),
        action=_("Take or decline this time"),
        closing=(kept, _("If it does not suit you, you stay on the waiting list.")),
    )


def _withdrawn(facts: Facts) -> _Words:
    when = moment(facts.withdrawn_at) if facts.withdrawn_at else ""
    who = _("Declared by: %(name)s", name=facts.withdrawn_by) if facts.withdrawn_by else ""
    contract = _("Contract: booking %(code)s", code=facts.code)
    return _Words(
        subject=_("Receipt of your withdrawal: booking %(code)s", code=facts.code),
        title=_("We have received your withdrawal"),
        opening=(
            _("We have received your withdrawal from the contract on %(when)s.", when=when),
            "\n".join(line for line in (contract, who) if line),
        ),
        closing=(_("Please keep this mail as a receipt."),),
    )


def _unbinding(facts: Facts) -> tuple[str, ...]:
    if facts.is_contract:
        return ()
    return (
        _(
            "Booking a time binds nobody: a contract for work comes about only when you hand over "
            "the vehicle and place the order with us."
        ),
    )


def _to_bring(facts: Facts) -> tuple[str, ...]:
    papers = _("Please bring the registration certificate (Zulassungsbescheinigung Teil I).")
    if facts.loaner:
        loaner = _("For the loaner car we need your driving licence and your identity card.")
        return (f"{papers} {loaner}",)
    return (papers,)


def _directions(facts: Facts) -> tuple[str, ...]:
    words = facts.place.directions[:LONGEST_DIRECTIONS].strip()
    return (_("How to find us: %(directions)s", directions=words),) if words else ()


def _when(facts: Facts) -> str:
    return moment(facts.arrives_at, _SHORT) if facts.arrives_at else ""


_WORDS: dict[NoticeKind, Callable[[Facts], _Words]] = {
    NoticeKind.RECEIVED: _received,
    NoticeKind.CONFIRMED: _confirmed,
    NoticeKind.MOVED: _moved,
    NoticeKind.CANCELLED: _cancelled,
    NoticeKind.REMINDER: _reminder,
    NoticeKind.CHOICE: _choice,
    NoticeKind.READY: _ready,
    NoticeKind.OFFER: _offer,
    NoticeKind.WITHDRAWN: _withdrawn,
}
_WITH_TERMS = frozenset({NoticeKind.RECEIVED, NoticeKind.CONFIRMED})
"""What the law wants in the customer's hands when a contract is closed at a distance."""
_NO_LINK = {NoticeKind.CANCELLED, NoticeKind.READY, NoticeKind.WITHDRAWN}
_SMS_LINKS = frozenset(set(NoticeKind) - _NO_LINK)
