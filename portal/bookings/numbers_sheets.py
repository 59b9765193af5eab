"""Each figure as a table: below its chart, and as a file for a spreadsheet."""

from collections.abc import Callable, Sequence
from typing import cast

from portal.bookings import numbers_words as words
from portal.bookings.models.kinds import ResourceKind
from portal.bookings.numbers_figures import Numbers, Outcome, Usage
from portal.kit.errors import NotFound
from portal.kit.sheets import Cell, Share, Sheet, Table, share
from portal.kit.text import _


class BookingSheet(Sheet, frozen=True):
    @property
    def title(self) -> str:
        return _(words.TITLES[self.name])

    @property
    def formula(self) -> str:
        return _(words.FORMULAS[self.name])


def sheet_of(numbers: Numbers, name: str) -> BookingSheet:
    """Raises `NotFound` for a name that no figure has."""
    if name not in _SHEETS:
        raise NotFound
    columns, rows = _SHEETS[name](numbers)
    return BookingSheet(name, tuple(columns), tuple(rows))


def every_sheet(numbers: Numbers) -> dict[str, BookingSheet]:
    return {name: sheet_of(numbers, name) for name in _SHEETS}


def _utilisation(numbers: Numbers) -> Table:
    columns = [
        *(_("Kind"), _("Name"), _("Reserved minutes"), _("Available minutes")),
        *(_("Utilisation in %"), _("Before in %")),
    ]
    lifts = [*numbers.lifts, numbers.all_lifts] if numbers.lifts else []
    people = [*numbers.people, numbers.all_people] if numbers.people else []
    rows = [_usage(_("Lift"), line) for line in lifts]
    return columns, rows + [_usage(_("Person"), line) for line in people]


def _usage(kind: str, line: Usage) -> tuple[Cell, ...]:
    shares = share(line.share), share(line.share_before)
    return (kind, line.name, line.reserved, line.available, *shares)


def _hours(numbers: Numbers) -> Table:
    of_lifts = numbers.hours_of == ResourceKind.LIFT
    columns = [
        *(_("Weekday"), _("Hour"), _("Reserved minutes"), _("Available minutes")),
        _("Lifts in use, %") if of_lifts else _("People at work, %"),
    ]
    names = words.weekday_names()
    rows = [
        (
            names[cell.weekday],
            f"{cell.hour:02}:00",
            cell.reserved,
            cell.available,
            share(cell.share),
        )
        for cell in numbers.hours
    ]
    return columns, rows


def _lead(numbers: Numbers) -> Table:
    columns = [_("Time between booking and appointment"), _("Appointments"), _("Before")]
    lead = numbers.lead
    rows: list[tuple[Cell, ...]] = list(
        zip(words.lead_labels(), lead.counts, lead.counts_before, strict=True)
    )
    return columns, [*rows, (_("Median in days"), lead.median, lead.median_before)]


def _outcomes(numbers: Numbers) -> Table:
    columns = [_("Outcome"), _("Period"), _("Before")]
    now, before = numbers.outcome, numbers.outcome_before
    rows: list[tuple[Cell, ...]] = [
        (_("Appointments"), now.booked, before.booked),
        (_("Arrived"), now.kept, before.kept),
        (_("Cancelled"), now.cancelled, before.cancelled),
        (_("Not shown up"), now.no_show, before.no_show),
        (_("Cancellation rate"), share(now.cancelled_share), share(before.cancelled_share)),
        (_("No-show rate"), share(now.no_show_share), share(before.no_show_share)),
    ]
    return columns, rows


def _origins(numbers: Numbers) -> Table:
    columns = [
        *(_("Origin"), _("Appointments"), _("Share in %"), _("Before")),
        *(_("Cancellation rate"), _("No-show rate")),
    ]
    whole = numbers.outcome.booked
    rows = [
        (words.origin_label(line.origin), *_origin(line.outcome, line.before, whole))
        for line in numbers.origins
    ]
    return columns, rows


def _origin(now: Outcome, before: Outcome, whole: int) -> tuple[Cell, ...]:
    part = Share(now.booked / whole) if whole else None
    rates = share(now.cancelled_share), share(now.no_show_share)
    return (now.booked, part, before.booked, *rates)


def _revenue(numbers: Numbers) -> Table:
    columns = [
        *(_("Week from"), _("Done"), _("Booked"), _("Requested"), _("Sum")),
        *(_('Thereof prices "from"'), _("Appointments"), _("Without a price")),
    ]
    rows = [
        (
            *(week.monday, week.done, week.booked, week.asked, week.total),
            *(week.least, week.visits, week.unpriced),
        )
        for week in numbers.weeks
    ]
    return columns, cast("Sequence[tuple[Cell, ...]]", rows)


_SHEETS: dict[str, Callable[[Numbers], Table]] = {
    "utilisation": _utilisation,
    "hours": _hours,
    "lead": _lead,
    "outcomes": _outcomes,
    "origins": _origins,
    "revenue": _revenue,
}
NAMES = tuple(_SHEETS)
