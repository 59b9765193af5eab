"""What may come in, from the widget, the inbox and programs."""

from typing import Annotated
from uuid import UUID

import msgspec

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


class RatingForm(msgspec.Struct):
    stars: Annotated[int, msgspec.Meta(ge=1, le=5)]
    comment: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class ReplyForm(msgspec.Struct):
    """A person's answer, from the inbox or a program."""

    text: str


class NoForm(msgspec.Struct):
    """Buttons send nothing but themselves."""
