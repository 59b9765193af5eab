"""What may come in, from the widget, the inbox and programs."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from portal.diagnostics.session_forms import Positions

Name = Annotated[str, msgspec.Meta(max_length=120)]
Email = Annotated[str, msgspec.Meta(max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+$")]
Phone = Annotated[str, msgspec.Meta(max_length=40)]


class OpeningForm(msgspec.Struct):
    """The visitor agrees to the consent text of this version and begins."""

    site_key: Annotated[str, msgspec.Meta(max_length=64)]
    consent_version: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    locale: Annotated[str, msgspec.Meta(max_length=8, pattern=r"^[A-Za-z-]*$")] = "de"
    page_url: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class VisitorMessageForm(msgspec.Struct):
    """The same `client_id` is the same message. The length is judged with its own problem."""

    client_id: UUID
    text: str


class ContactForm(msgspec.Struct):
    name: Name = ""
    email: Email = ""
    phone: Phone = ""


class HandoverForm(msgspec.Struct):
    contact: ContactForm | None = None
    note: Annotated[str, msgspec.Meta(max_length=4000)] = ""


class VerificationForm(msgspec.Struct):
    """A plate or a VIN, as somebody typed it; what it cannot be is answered like what it is."""

    plate: Annotated[str, msgspec.Meta(max_length=40)] = ""
    vin: Annotated[str, msgspec.Meta(max_length=60)] = ""
    channel: Literal["email", "sms"] = "email"


class CodeForm(msgspec.Struct):
    code: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class RatingForm(msgspec.Struct):
    stars: Annotated[int, msgspec.Meta(ge=1, le=5)]
    comment: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class SeenForm(msgspec.Struct):
    """The number of the newest message that the visitor has seen."""

    seq: Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]


class GuestForm(msgspec.Struct):
    """Who books; a phone number or an e-mail address has to be among it."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    email: Email = ""
    phone: Phone = ""


class CarForm(msgspec.Struct):
    plate: Annotated[str, msgspec.Meta(max_length=20)] = ""
    make: Annotated[str, msgspec.Meta(max_length=60)] = ""
    model: Annotated[str, msgspec.Meta(max_length=60)] = ""


class BookingForm(msgspec.Struct, kw_only=True):
    """A free time that the visitor has chosen; without `slot_id` only what is to be done.

    `via` is where it was chosen: beside an answer of the assistant, or in the form. `ordered`:
    the button said that it costs money.
    """

    customer: GuestForm
    slot_id: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    vehicle: CarForm = msgspec.field(default_factory=CarForm)
    services: Annotated[list[UUID], msgspec.Meta(max_length=8)] = []
    note: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    waits: bool = False
    via: Literal["chat", "form"] = "chat"
    ordered: bool = False


class ReplyForm(msgspec.Struct):
    """A person's answer, from the inbox or a program.

    The same `client_id` is the same answer. `seen` is the number of the newest message that the
    writer had on the screen; without it nobody asks what was said meanwhile.
    """

    text: str
    client_id: UUID | None = None
    seen: Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)] | None = None


class AssignmentForm(msgspec.Struct):
    """From the menu; an empty word is nobody in particular."""

    staff_id: Annotated[str, msgspec.Meta(max_length=36, pattern=r"^$|^[0-9a-fA-F-]{36}$")] = ""

    @property
    def person(self) -> UUID | None:
        return id_in(self.staff_id)


class AssignmentBody(msgspec.Struct):
    staff_id: UUID | None = None


class LinkForm(msgspec.Struct):
    """Whom a conversation is about: `v:VEHICLE:CUSTOMER`, `v:VEHICLE`, `c:CUSTOMER` or nobody."""

    who: Annotated[str, msgspec.Meta(max_length=80)] = ""

    def chosen(self) -> tuple[UUID | None, UUID | None]:
        """Vehicle and customer; what is no id is none."""
        kind, _, rest = self.who.partition(":")
        first, _, second = rest.partition(":")
        if kind == "c":
            return None, id_in(first)
        return id_in(first), id_in(second)


class CannedReplyForm(msgspec.Struct):
    shortcut: Annotated[str, msgspec.Meta(max_length=60)] = ""
    title: Annotated[str, msgspec.Meta(max_length=200)] = ""
    text: Annotated[str, msgspec.Meta(max_length=8000)] = ""


class InboxSettingsForm(msgspec.Struct):
    answer_minutes: Annotated[int, msgspec.Meta(ge=-100_000, le=100_000)]
    mail_after_minutes: Annotated[int, msgspec.Meta(ge=-100_000, le=100_000)]


def id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class NoForm(msgspec.Struct):
    """Buttons send nothing but themselves."""


class EstimateForm(Positions, kw_only=True):
    """`is_binding` is a box that was ticked; `words` are said before the estimate."""

    words: str = ""
    is_binding: str = ""
    client_id: UUID | None = None
