"""What the figures of the chat are called, and how each is worked out."""

from decimal import Decimal

from portal.chat.assistant import built_in
from portal.kit import text
from portal.kit.errors import N_
from portal.kit.text import _

TITLES = {
    "conversations": N_("Conversations by week"),
    "cost": N_("AI cost by week"),
    "topics": N_("What is asked most"),
    "ratings": N_("Ratings of the chat"),
    "answers": N_("Time until the answer"),
    "providers": N_("AI providers"),
}
FORMULAS = {
    "conversations": N_(
        "Conversations in which a visitor wrote, in the week in which they began. Resolved by the"
        " assistant: nobody of the team was asked for or answered. Bookings: appointments made"
        " through the chat in that week."
    ),
    "cost": N_(
        "Tokens × price of the provider, as billed by the million, for all calls: answered, broken"
        " off and tried in vain. The built-in assistant costs nothing."
    ),
    "topics": N_(
        "Conversations in which the assistant's answer was based on this text, service or rule."
    ),
    "ratings": N_("Stars that visitors gave after a conversation; the mean of all."),
    "answers": N_(
        "Assistant: from the question to the whole answer. Team: from the visitor's first message"
        " that nobody had answered to the first word of a person, in every conversation in which"
        " one answered; nights and weekends count. Slow: nine of ten were faster."
    ),
    "providers": N_(
        "All calls of the period. Cached tokens are those of the input that the provider still"
        " knew and charges less for."
    ),
}
_KINDS = {
    "hours": N_("Opening hours"),
    "service": N_("Service"),
    "faq": N_("Frequent question"),
    "profile": N_("About the workshop"),
    "rule": N_("Safety rule"),
    "history": N_("Vehicle history"),
    "booking": N_("Appointment"),
}


def kind_label(kind: str) -> str:
    return _(_KINDS[kind]) if kind in _KINDS else kind


def small_money(amount: Decimal | None) -> str:
    """Below ten cents in cents: an answer costs less than one. A dash where there is no figure."""
    if amount is None:
        return "–"
    if Decimal(0) < amount < Decimal("0.1"):
        return f"{text.number(amount * 100, 1)} ct"
    return text.euro(amount)


def duration(seconds: float | None) -> str:
    """`0,8 s`, `12 s`, `4 min`, `1 h 20 min`; a dash when nothing was measured."""
    if seconds is None:
        return "–"
    if seconds < 10:
        return f"{text.number(seconds, 1)} s"
    if seconds < 90:
        return f"{text.number(seconds)} s"
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {rest:02} min" if rest else f"{hours} h"


def provider_name(name: str) -> str:
    """Providers have names of their own; ours is a word."""
    return _("Built-in assistant") if name == built_in.NAME else name
