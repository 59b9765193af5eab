"""The booking tool of the assistant: what a visitor said becomes the form that visitors send."""

from datetime import datetime
from uuid import UUID

from portal.bookings import slots
from portal.chat import bookings
from portal.chat.assistant.tools.book_appointment import Booked, Wanted
from portal.chat.forms import BookingForm, CarForm, GuestForm
from portal.kit.db import Db


async def book(db: Db, conversation_id: UUID, wanted: Wanted) -> Booked:
    """Raises what `bookings.book` raises: the time may be gone by now."""
    form = BookingForm(
        customer=GuestForm(name=wanted.name, email=wanted.email, phone=wanted.phone),
        slot_id=wanted.slot_id,
        vehicle=CarForm(plate=wanted.plate),
        services=list(slots.open_slot(db, wanted.slot_id).service_ids),
        note=wanted.note,
    )
    made = await bookings.book(db, conversation_id, form)
    return Booked(
        code=made.code,
        state=made.state,
        title=made.title,
        starts_at=_moment(made.starts_at),
        ends_at=_moment(made.ends_at),
    )


def _moment(rfc3339: str | None) -> datetime | None:
    return datetime.fromisoformat(rfc3339) if rfc3339 else None
