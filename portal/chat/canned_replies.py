"""Prepared answers: kept per workshop, filled in with what is known about the conversation."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ScalarSelect, Select, or_, select
from sqlalchemy.exc import IntegrityError

from portal.bookings.models import Appointment
from portal.bookings.models import State as AppointmentState
from portal.chat import links
from portal.chat.models import Conversation
from portal.chat.models_inbox import CannedReply
from portal.chat.moments import when
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, FieldError, Invalid, NotFound, Problem
from portal.kit.text import _, locale
from portal.tenants import audit
from portal.tenants.callers import Member

NAMES = ("name", "plate", "vehicle", "appointment", "workshop", "phone", "me")
GERMAN = {
    "name": "name",
    "kennzeichen": "plate",
    "fahrzeug": "vehicle",
    "termin": "appointment",
    "werkstatt": "workshop",
    "telefon": "phone",
    "ich": "me",
}
"""What may stand in braces, by its English or its German word."""
MOST = 100
LONGEST = 4000
_PLACE = re.compile(r"\{(" + "|".join((*NAMES, *GERMAN)) + r")\}")
_SHORTCUT = re.compile(r"[a-z0-9äöüß-]{1,30}")


class ReplyNotFound(NotFound):
    code, title = "CANNED_REPLY_NOT_FOUND", N_("We could not find this prepared answer.")


class ReplyInvalid(Invalid):
    code, title = "CANNED_REPLY_INVALID", N_("Please check the marked fields.")


class TooManyReplies(Problem):
    status, code = 409, "TOO_MANY_REPLIES"
    title = N_("There are a hundred prepared answers already. Please remove one first.")


class PlaceholderLeft(Invalid):
    code, title = "PLACEHOLDER_LEFT", N_("Please fill in what stands in braces.")


class Filled(msgspec.Struct):
    """`missing`: labels of what nothing is known about; it still stands in braces in the text."""

    shortcut: str
    title: str
    text: str
    missing: list[str]


def places() -> tuple[str, ...]:
    """What may stand in braces, in the language of the moment."""
    return tuple(GERMAN) if locale.get() == "de" else NAMES


async def all_of_them(db: Db) -> Sequence[CannedReply]:
    return (await db.scalars(_in_order(select(CannedReply)))).all()


async def get(db: Db, reply_id: UUID) -> CannedReply:
    """Raises `ReplyNotFound`."""
    found = await db.scalar(select(CannedReply).where(CannedReply.id == reply_id))
    if found is None:
        raise ReplyNotFound
    return found


async def save(
    db: Db, reply: CannedReply | None, *, shortcut: str, title: str, text: str
) -> CannedReply:
    """A new one, or this one as it shall be. Raises `ReplyInvalid` and `TooManyReplies`."""
    read = _read(shortcut, title, text)
    if reply is None:
        if len(await all_of_them(db)) >= MOST:
            raise TooManyReplies
        reply = CannedReply()
    for name, value in read.items():
        setattr(reply, name, value)
    try:
        async with db.begin_nested():
            db.add(reply)
            await db.flush()
    except IntegrityError as error:
        said = _("Another prepared answer has this shortcut.")
        raise ReplyInvalid(errors=[FieldError("shortcut", "TAKEN", said)]) from error
    audit.note(db, "canned_reply.saved", str(reply.id))
    return reply


async def remove(db: Db, reply_id: UUID) -> None:
    await db.delete(await get(db, reply_id))
    audit.note(db, "canned_reply.removed", str(reply_id))


async def filled(db: Db, conversation: Conversation, member: Member) -> list[Filled]:
    """All of them as they would be sent to this visitor."""
    query = select(CannedReply, _next_appointment(conversation).label("starts_at"))
    rows = (await db.execute(_in_order(query))).all()
    if not rows:
        return []
    values = await _values(db, conversation, member)
    values["appointment"] = when(rows[0].starts_at) if rows[0].starts_at else ""
    return [_filled(row.CannedReply, values) for row in rows]


def must_be_filled(text: str) -> None:
    """Raises `PlaceholderLeft`: no visitor shall read „Guten Tag {name}“."""
    left = _PLACE.search(text)
    if left is not None:
        raise PlaceholderLeft(_("Please fill in %(place)s first.", place=left[0]))


def _filled(reply: CannedReply, values: dict[str, str]) -> Filled:
    text = _PLACE.sub(lambda place: values.get(_meant(place[1])) or place[0], reply.text)
    missing = [_label(name) for name in dict.fromkeys(map(_meant, _PLACE.findall(text)))]
    return Filled(reply.shortcut, reply.title, text, missing)


def _meant(place: str) -> str:
    return GERMAN.get(place, place)


def _label(name: str) -> str:
    return {
        "name": _("Name"),
        "plate": _("Plate"),
        "vehicle": _("Vehicle"),
        "appointment": _("Appointment"),
        "workshop": _("Workshop"),
        "phone": _("Phone"),
        "me": _("Your name"),
    }[name]


async def _values(db: Db, conversation: Conversation, member: Member) -> dict[str, str]:
    """Of whoever is linked or has proved who it is."""
    known = await links.who(db, conversation)
    customer, vehicle, profile = known.customer, known.vehicle, member.profile
    return {
        "name": (customer.title if customer else "") or conversation.visitor_name,
        "plate": (vehicle.plate if vehicle else "") or "",
        "vehicle": vehicle.title if vehicle else "",
        "workshop": profile.name if profile else "",
        "phone": profile.phone if profile else "",
        "me": member.name,
    }


def _in_order(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.order_by(CannedReply.shortcut).limit(MOST)


def _next_appointment(conversation: Conversation) -> ScalarSelect[datetime | None]:
    theirs = Appointment.source_id == conversation.id
    if conversation.customer_id is not None:
        theirs = or_(theirs, Appointment.customer_id == conversation.customer_id)
    open_states = (AppointmentState.REQUESTED, AppointmentState.CONFIRMED)
    query = (
        select(Appointment.starts_at)
        .where(theirs, Appointment.state.in_(open_states), Appointment.starts_at >= clock.now())
        .order_by(Appointment.starts_at)
        .limit(1)
    )
    return query.scalar_subquery()


def _read(shortcut: str, title: str, text: str) -> dict[str, str]:
    typed = {
        "shortcut": shortcut.strip().lower().removeprefix("/"),
        "title": " ".join(title.split())[:80],
        "text": text.replace("\r\n", "\n").strip(),
    }
    faults = []
    if not _SHORTCUT.fullmatch(typed["shortcut"]):
        said = _("Up to 30 small letters, digits and hyphens, without blanks.")
        faults.append(FieldError("shortcut", "INVALID", said))
    if not typed["title"]:
        faults.append(FieldError("title", "REQUIRED", _("Please give it a name.")))
    if not typed["text"] or len(typed["text"]) > LONGEST:
        said = _("Please write 1 to %(most)s characters.", most=LONGEST)
        faults.append(FieldError("text", "INVALID", said))
    unknown = sorted(set(re.findall(r"\{(\w+)\}", typed["text"])) - {*NAMES, *GERMAN})
    if unknown:
        said = _("We do not know {%(name)s}.", name=unknown[0])
        faults.append(FieldError("text", "UNKNOWN_PLACEHOLDER", said))
    if faults:
        raise ReplyInvalid(errors=faults)
    return typed
