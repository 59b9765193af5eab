"""What people read for states, reasons and legal bases."""

from portal.campaigns.basis import Decision, Why
from portal.campaigns.due_list import Due, month_of
from portal.campaigns.models import Basis, Channel, Delivery
from portal.campaigns.texts import month_name
from portal.kit import text
from portal.kit.text import _

Options = list[tuple[str, str]]


def dues() -> Options:
    return [
        (Due.OVERDUE, _("Overdue")),
        (Due.THIS, month_name(month_of(Due.THIS))),
        (Due.NEXT, month_name(month_of(Due.NEXT))),
        (Due.LATER, month_name(month_of(Due.LATER))),
        (Due.RETEST, _("Re-test")),
    ]


def channels() -> Options:
    return [
        (Channel.MAIL, _("E-mail")),
        (Channel.SMS, _("Text message")),
        (Channel.LETTER, _("Letter")),
    ]


def ways(found: list[Channel]) -> str:
    """`Text message, Letter`"""
    return ", ".join(of(channels(), channel) for channel in found)


def contacts() -> Options:
    return [
        (Channel.MAIL, _("may be reminded by e-mail")),
        (Channel.SMS, _("may be reminded by text message")),
        (Channel.LETTER, _("may be reminded by letter")),
        ("none", _("may not be reminded")),
    ]


def basis(value: str) -> str:
    known = {
        Basis.CONSENT: _("Consent"),
        Basis.EXISTING_CUSTOMER: _("Existing customer, § 7 (3) UWG"),
        Basis.LEGITIMATE_INTEREST: _("Letter, Art. 6 (1) f GDPR"),
    }
    return known[Basis(value)] if value else ""


def why(value: str) -> str:
    known = {
        Why.NO_KEEPER: _("No keeper is entered."),
        Why.NO_ADDRESS: _("No address for this way."),
        Why.OBJECTED: _("Does not want reminders."),
        Why.NO_SERVICE: _("No work of ours in the history: not an existing customer."),
        Why.TOO_LONG_AGO: _("Our last work was too long ago."),
        Why.NOT_TOLD: _("No consent, and no note that the right to object was explained."),
        Why.OTHER_ADDRESS: _("The right to object was explained for another address."),
        Why.REMINDED: _("Has been reminded of this month."),
        Why.BOOKED: _("Has an appointment."),
    }
    return known[Why(value)] if value else ""


def decision(found: Decision) -> str:
    """The basis or the reason, with its day."""
    said = basis(found.basis) if found.basis else why(found.why or "")
    return f"{said} ({text.day(found.evidence_on)})" if found.evidence_on else said


def delivery(state: str) -> str:
    known = {
        Delivery.QUEUED: _("waits"),
        Delivery.SENT: _("sent"),
        Delivery.FAILED: _("failed"),
        Delivery.BLOCKED: _("blocked"),
    }
    return known[Delivery(state)]


def tone(state: str) -> str:
    tones = {"sent": "success", "failed": "danger", "blocked": "warning"}
    return tones.get(state, "info")


def of(options: Options, value: str) -> str:
    return dict(options).get(value, value)
