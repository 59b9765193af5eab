"""`book_appointment`: the only thing that makes a booking, and so the only thing to confirm one.

A model may ask for it, but the visitor decides: the time has to be one that was found for this
very answer and that the visitor's own words choose; name and contact have to be the visitor's
words, too. Whatever is missing is said, and the card for choosing is there instead.
"""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import msgspec

from portal.bookings.slots import OfferedSlot
from portal.chat.assistant.own_bookings import Own
from portal.chat.assistant.tools.said import has_mail, has_name, has_phone
from portal.chat.assistant.tools.using import Refused, Using
from portal.kit.clock import BERLIN
from portal.kit.db import Db
from portal.kit.errors import Problem

NAME = "book_appointment"
DESCRIPTION = (
    "Books a free time that find_slots gave for this answer and that the visitor has chosen. "
    "Needs the visitor's name and a phone number or e-mail, in the visitor's own words."
)


class Arguments(msgspec.Struct):
    """`slot` is a name that `find_slots` gave."""

    slot: str
    name: str
    phone: str = ""
    email: str = ""
    plate: str = ""
    note: str = ""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What the bookings of the chat are asked for; words are the visitor's own."""

    slot_id: str
    name: str
    phone: str
    email: str
    plate: str
    note: str


class Booked(msgspec.Struct, frozen=True, kw_only=True):
    """An appointment or a request, as it is stored. Its card stands in the conversation by then."""

    code: str
    state: str
    title: str
    starts_at: datetime | None
    ends_at: datetime | None


class Told(msgspec.Struct, frozen=True):
    """What a model learns of a booking. `requested`: somebody still has to confirm it."""

    code: str
    state: str


Book = Callable[[Db, UUID, Wanted], Awaitable[Booked]]
"""How the chat books in a conversation; given with the question, so that nothing here knows it."""


async def use(db: Db, using: Using, arguments: Arguments) -> Told | Refused:
    slot, book = using.slots.get(arguments.slot), using.question.book
    if book is None or slot is None:
        return Refused("No such free time was found for this answer: use find_slots first.")
    said = [turn.text for turn in using.question.turns if turn.author == "visitor"]
    said.append(using.question.text)
    if not _chooses(using.question.text, slot):
        return Refused("The visitor has not chosen this time: let them choose in the card.")
    wanted = _wanted(using, slot, arguments)
    if not _comes_from(said, wanted):
        return Refused("Name and phone or e-mail have to come from the visitor: ask for them.")
    try:
        booked = await book(db, using.question.conversation_id, wanted)
    except Problem as problem:
        return Refused(f"{problem.code}: the booking did not work.")
    return _noted(using, booked)


def _noted(using: Using, booked: Booked) -> Told:
    own = Own(
        code=booked.code,
        state=booked.state,
        title=booked.title,
        starts_at=booked.starts_at,
        ends_at=booked.ends_at,
    )
    using.learn(owned=(*using.facts.owned, own))
    using.cards = [card for card in using.cards if card.kind != "slots"]
    return Told(booked.code, booked.state)


def _wanted(using: Using, slot: OfferedSlot, arguments: Arguments) -> Wanted:
    restore = using.redaction.restore
    return Wanted(
        slot_id=slot.slot_id,
        name=restore(arguments.name).strip()[:120],
        phone=restore(arguments.phone).strip()[:40],
        email=restore(arguments.email).strip()[:254],
        plate=restore(arguments.plate).strip()[:20],
        note=restore(arguments.note).strip()[:500],
    )


def _chooses(text: str, slot: OfferedSlot) -> bool:
    """„Den um 9 nehme ich“, „Montag 9:00 passt“: the hour has to be there."""
    local = slot.starts_at.astimezone(BERLIN)
    minutes = rf"[:.]{local.minute:02}\b" if local.minute else r"(?:[:.]00)?\b(?![:.]\d)"
    return (
        re.search(rf"(?<![\d:.]){local.hour}{minutes}|\b0{local.hour}{minutes}", text) is not None
    )


def _comes_from(said: list[str], wanted: Wanted) -> bool:
    """Whether name and at least one way to reach the visitor are theirs, and nothing is made up."""
    is_reachable = bool(wanted.phone or wanted.email)
    return (
        is_reachable
        and has_name(wanted.name, said)
        and (not wanted.phone or has_phone(wanted.phone, said))
        and (not wanted.email or has_mail(wanted.email, said))
    )
