"""How a customer can be reached, by mail and by text message, as the workshop wants it."""

import re

import msgspec

from portal.bookings.models import Channel, NoticeKind
from portal.kit import text
from portal.kit.errors import N_
from portal.kit.sms import mobile_number
from portal.kit.text import _
from portal.vehicles.models import Customer

ALSO_BY_SMS = frozenset({NoticeKind.REMINDER, NoticeKind.READY, NoticeKind.OFFER})
"""What is urgent enough for a text message although there is a mail too."""
_ONE_ADDRESS = re.compile(r"[^@\s,;:<>\"()\[\]\\]+@[^@\s,;:<>\"()\[\]\\]+")


class Way(msgspec.Struct, frozen=True):
    """Where a message goes; one with a problem goes nowhere, staff reads why."""

    channel: Channel
    to: str
    problem: str = ""


def ways_to(
    customer: Customer | None, kind: NoticeKind, *, by_sms: bool, to: str = ""
) -> list[Way]:
    """At least one. `to` is a mail address that goes before the customer's own."""
    address = to or (customer.email.strip() if customer else "")
    phone = customer.phone.strip() if customer else ""
    ways = [Way(Channel.MAIL, address)] if is_mail_address(address) else []
    if by_sms and phone and (kind in ALSO_BY_SMS or not ways):
        ways.append(_by_sms(phone))
    return ways or [Way(Channel.MAIL, address, for_staff(_NO_ADDRESS))]


def is_mail_address(address: str) -> bool:
    """Exactly one, so that no comma makes two recipients."""
    return _ONE_ADDRESS.fullmatch(address) is not None


def for_staff(message: str) -> str:
    """A problem in the language of the team, which keeps it as it was told."""
    with text.speaking(text.DEFAULT):
        return _(message)


def _by_sms(phone: str) -> Way:
    mobile = mobile_number(phone)
    return Way(Channel.SMS, mobile or phone, "" if mobile else for_staff(_LANDLINE))


_NO_ADDRESS = N_("no address – please call")
_LANDLINE = N_("landline – please call")
