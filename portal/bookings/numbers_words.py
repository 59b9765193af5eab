"""What the figures are called, and how each is worked out, in words that people check."""

from babel.dates import get_day_names

from portal.bookings.models.kinds import Origin
from portal.bookings.numbers_figures import LEAD_STEPS
from portal.bookings.numbers_period import Reach
from portal.kit import text
from portal.kit.errors import N_
from portal.kit.text import _, ngettext

TITLES = {
    "utilisation": N_("Utilisation"),
    "hours": N_("Busiest hours"),
    "lead": N_("Lead time"),
    "outcomes": N_("Cancellations and no-shows"),
    "origins": N_("Where bookings come from"),
    "revenue": N_("Revenue by week"),
}
FORMULAS = {
    "utilisation": N_(
        "Reserved minutes ÷ available minutes. Available are the opening hours, for people their"
        " shifts, without holidays, closures and absences. Set-up and buffer times count as"
        " reserved; of cars that stay on a lift overnight only the opening hours count."
    ),
    "hours": N_(
        "Reserved minutes ÷ available minutes of each hour of the week, of all lifts together"
        " (of all people where there is no lift)."
    ),
    "lead": N_(
        "Calendar days from the booking to the beginning of the appointment. Cancelled and"
        " imported appointments do not count. The median is the day in the middle."
    ),
    "outcomes": N_(
        "Cancellation rate: cancelled ÷ all appointments of the period. No-show rate: not shown up"
        " ÷ (not shown up + arrived); cancelled appointments are left out."
    ),
    "origins": N_(
        "Appointments that begin in the period, by the way in which they were booked; the rates"
        " are worked out as above."
    ),
    "revenue": N_(
        "Sum of the prices of all booked services, gross, as they were shown at the time of the"
        ' booking. Prices "from" count with their lowest amount: those sums are a lower bound.'
        " Services without a price, cancellations and no-shows are not contained."
    ),
}
_ORIGINS = {
    Origin.CHAT: N_("Chat assistant"),
    Origin.FORM: N_("Booking form"),
    Origin.PHONE: N_("Phone"),
    Origin.WALK_IN: N_("Walk-in"),
    Origin.API: N_("API"),
    Origin.LINK: N_("Link"),
    Origin.WAITLIST: N_("Waiting list"),
    Origin.CAMPAIGN: N_("Campaign"),
    Origin.IMPORT: N_("Import"),
}
_REACHES = {
    Reach.FOUR_WEEKS: N_("4 weeks"),
    Reach.TWELVE_WEEKS: N_("12 weeks"),
    Reach.YEAR: N_("1 year"),
}


def origin_label(origin: Origin) -> str:
    return _(_ORIGINS[origin])


def reach_label(reach: Reach) -> str:
    return _(_REACHES[reach])


def lead_labels() -> list[str]:
    """`Same day`, `1 day`, `2–3 days`, … in the order of `LEAD_STEPS`."""
    return [_lead(low, high) for low, high in LEAD_STEPS]


def lead_marks() -> list[str]:
    """The same, as short as below a column."""
    return [
        str(low) if low == high else f"{low}+" if high is None else f"{low}–{high}"
        for low, high in LEAD_STEPS
    ]


def weekday_names() -> list[str]:
    """From Monday on."""
    names = get_day_names("wide", locale=text.locale.get())
    return [str(names[day]) for day in range(7)]


def weekday_marks() -> list[str]:
    names = get_day_names("abbreviated", locale=text.locale.get())
    return [str(names[day]).rstrip(".") for day in range(7)]


def days(count: int | None) -> str:
    return "–" if count is None else ngettext("%(num)s day", "%(num)s days", count)


def _lead(low: int, high: int | None) -> str:
    if high is None:
        return _("More than %(count)s days", count=low - 1)
    if low == high:
        return _("Same day") if low == 0 else days(low)
    return _("%(low)s to %(high)s days", low=low, high=high)
