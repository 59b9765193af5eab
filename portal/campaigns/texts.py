"""What a reminder says: the workshop's text with placeholders, and a foot that the law asks for.

Placeholders stand in braces, `{anrede}`, and are German in every language of the portal: the
letters are. The foot is no part of the text and cannot be left out.
"""

import re
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.policy import Policy
from typing import Any, Self

import msgspec
from babel.dates import format_date

from portal.bookings.greetings import greeting
from portal.bookings.notice_facts import Person
from portal.campaigns.due_list import DueVehicle
from portal.campaigns.models import Basis, Channel
from portal.kit import clock, text
from portal.kit.errors import N_, Invalid
from portal.kit.mail import compose, sender_named
from portal.kit.settings import Settings
from portal.kit.text import _
from portal.tenants.models import Profile
from portal.vehicles.hu import Month
from portal.vehicles.models import Customer, Vehicle
from portal.vehicles.typed import Reading

PLACEHOLDERS = {
    "anrede": N_("Salutation and name, as a letter begins"),
    "name": N_("Name or company"),
    "kennzeichen": N_("Plate"),
    "fahrzeug": N_("Make and model"),
    "faelligkeit": N_("When the HU is due: “due in November 2026”, “overdue since August 2026”"),
    "monat": N_("The month alone"),
    "werkstatt": N_("Name of the workshop"),
    "telefon": N_("Phone number of the workshop"),
    "terminlink": N_("Link to the free times"),
}
LONGEST = {Channel.MAIL: 4000, Channel.SMS: 300, Channel.LETTER: 4000}
_BRACES = re.compile(r"\{([^{}\n]{0,40})\}")


class TextInvalid(Invalid):
    code, title = "INVALID_CAMPAIGN", N_("Some entries about the reminder are not valid.")


class Written(msgspec.Struct, frozen=True):
    """A message before its foot is added."""

    subject: str
    body: str


@dataclass(frozen=True)
class Letterhead:
    """Who writes: what placeholders and the foot say about the workshop."""

    slug: str
    name: str
    phone: str
    email: str
    street: str
    place: str

    @classmethod
    def of(cls, slug: str, profile: Profile) -> "Letterhead":
        place = f"{profile.postcode} {profile.city}".strip()
        return cls(slug, profile.name, profile.phone, profile.email, profile.street, place)


def standard(channel: Channel) -> Written:
    """What stands in the form at first."""
    if channel is Channel.SMS:
        return Written("", _(_SMS))
    return Written(_("HU of your vehicle {kennzeichen}: {monat}"), _(_MAIL))


def check(channel: Channel, *, title: str, subject: str, body: str) -> tuple[str, Written]:
    """Raises `TextInvalid` for what is missing, too long, or no placeholder of ours."""
    reading = Reading(TextInvalid)
    named = reading.line("title", title, 120)
    written = Written(
        reading.line("subject", subject, 150), reading.text("body", body, LONGEST[channel])
    )
    if not named:
        reading.refuse("title", "MISSING", _("Please give the campaign a name."))
    if not written.body:
        reading.refuse("body", "MISSING", _("Please write a text."))
    if channel is not Channel.SMS and not written.subject:
        reading.refuse("subject", "MISSING", _("Please write a subject."))
    for field in ("subject", "body"):
        unknown = set(_BRACES.findall(getattr(written, field))) - PLACEHOLDERS.keys()
        if unknown:
            message = _("Unknown placeholder: %(names)s", names=", ".join(sorted(unknown)))
            reading.refuse(field, "UNKNOWN_PLACEHOLDER", message)
    reading.end()
    return named, written


def written_for(written: Written, one: DueVehicle, head: Letterhead, link: str) -> Written:
    """The text for one keeper, in German: reminders of a German inspection."""
    assert one.keeper is not None  # noqa: S101  # without a keeper there is no basis to write
    with text.speaking(text.DEFAULT):
        values = _values(one.vehicle, one.keeper, Month.read(one.due_month), head, link)
        return Written(_filled(written.subject, values), _filled(written.body, values))


def with_foot(
    body: str, basis: Basis, evidence_on: date | None, head: Letterhead, stop: str
) -> str:
    """§ 7 (3) no. 4 UWG: every message says clearly how to object, at basic cost."""
    with text.speaking(text.DEFAULT):
        ways = [stop, *(part for part in (head.email, head.phone) if part)]
        lines = [
            _why(basis, evidence_on),
            _(
                "You can object to further reminders at any time, without costs other than those "
                "of transmission at basic rates:\n%(ways)s",
                ways="\n".join(ways),
            ),
            ", ".join(part for part in (head.name, head.street, head.place) if part),
        ]
        return "\n\n".join([body, "-- \n" + lines[0], *lines[1:]]) + "\n"


def sms_with_foot(body: str, head: Letterhead, stop: str) -> str:
    with text.speaking(text.DEFAULT):
        return _(
            "%(body)s\n%(name)s. No more reminders: %(stop)s", body=body, name=head.name, stop=stop
        )


def as_mail(
    settings: Settings, head: Letterhead, *, to: str, subject: str, body: str, key: str, stop: str
) -> EmailMessage:
    """With the headers by which mail programs offer one click (RFC 2369, RFC 8058)."""
    message = compose(
        sender=sender_named(head.name, settings.portal_mail_from),
        to=to,
        subject=subject,
        text=body,
        key=key,
        reply_to=head.email,
    )
    message["List-Unsubscribe"] = _OneLine("List-Unsubscribe", f"<{stop}>")
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


class _OneLine(str):
    """A header that is written as it is: Python encodes words of more than 78 characters, and no
    mail program would know the address any more.
    """

    __slots__ = ("name",)
    name: str

    def __new__(cls, name: str, value: str) -> Self:
        made = super().__new__(cls, value)
        made.name = name
        return made

    def fold(self, *, policy: "Policy[Any]") -> str:
        return f"{self.name}: {self}{policy.linesep}"


def month_name(month: Month) -> str:
    """`November 2026`"""
    return format_date(month.first_day, "MMMM y", locale=text.locale.get())


def _values(
    vehicle: Vehicle, keeper: Customer, due: Month, head: Letterhead, link: str
) -> dict[str, str]:
    return {
        "anrede": greeting(
            Person(name=keeper.name, company=keeper.company, salutation=keeper.salutation)
        ),
        "name": keeper.title,
        "kennzeichen": vehicle.plate or vehicle.title or vehicle.vin or "",
        "fahrzeug": vehicle.title or _("vehicle"),
        "faelligkeit": _due(due),
        "monat": month_name(due),
        "werkstatt": head.name,
        "telefon": head.phone,
        "terminlink": link,
    }


def _due(due: Month) -> str:
    is_over = due < Month.of(clock.local(clock.now()).date())
    phrase = _("overdue since %(month)s") if is_over else _("due in %(month)s")
    return phrase % {"month": month_name(due)}


def _why(basis: Basis, evidence_on: date | None) -> str:
    day = text.day(evidence_on) if evidence_on else ""
    if basis is Basis.CONSENT:
        return _("You receive this reminder because you agreed to it on %(day)s.", day=day)
    return _("You receive this reminder as a customer of our workshop.")


def _filled(template: str, values: dict[str, str]) -> str:
    return _BRACES.sub(lambda found: values.get(found.group(1), found.group(0)), template)


_MAIL = N_(
    "{anrede}\n\n"
    "the main inspection (HU) of your {fahrzeug} with the plate {kennzeichen} is {faelligkeit}. We "
    "gladly prepare your vehicle for it and present it to the inspector here in the workshop.\n\n"
    "Choose a time that suits you:\n{terminlink}\n\n"
    "Or call us: {telefon}\n\n"
    "Kind regards\n{werkstatt}"
)
_SMS = N_("HU for {kennzeichen} is {faelligkeit}. Book a time: {terminlink}")
