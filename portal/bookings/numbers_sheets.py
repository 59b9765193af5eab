"""Each figure as a table: below its chart, and as a file for a spreadsheet."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import cast

import msgspec

from portal.bookings import numbers_words as words
from portal.bookings.models.kinds import ResourceKind
from portal.bookings.numbers_figures import Numbers, Outcome, Usage
from portal.kit import money, text
from portal.kit.errors import NotFound
from portal.kit.text import _

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""A spreadsheet calculates with a text that begins so, whoever has written it."""


class Share(float):
    """A part of one, shown in percent."""


Cell = str | int | Share | Decimal | date | None


class Sheet(msgspec.Struct, frozen=True):
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def title(self) -> str:
        return _(words.TITLES[self.name])

    @property
    def formula(self) -> str:
        return _(words.FORMULAS[self.name])


def sheet_of(numbers: Numbers, name: str) -> Sheet:
    """Raises `NotFound` for a name that no figure has."""
    if name not in _SHEETS:
        raise NotFound
    columns, rows = _SHEETS[name](numbers)
    return Sheet(name, tuple(columns), tuple(rows))


def every_sheet(numbers: Numbers) -> dict[str, Sheet]:
    return {name: sheet_of(numbers, name) for name in _SHEETS}


def as_csv(sheet: Sheet) -> str:
    """Semicolons, decimal commas and a byte order mark: what German spreadsheets open."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([_safe(column) for column in sheet.columns])
    writer.writerows([_in_file(cell) for cell in row] for row in sheet.rows)
    return f"\ufeff{written.getvalue()}"


def shown(cell: Cell) -> str:
    """A cell as people read it."""
    if cell is None:
        return "–"
    if isinstance(cell, Share):
        return words.percent(cell, 1)
    if isinstance(cell, Decimal):
        return text.euro(cell)
    if isinstance(cell, date):
        return text.day(cell)
    return text.number(cell) if isinstance(cell, int) else cell


def is_number(cell: Cell) -> bool:
    return cell is None or isinstance(cell, int | float | Decimal)


def _in_file(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Share):
        return f"{cell * 100:.1f}".replace(".", ",")
    if isinstance(cell, Decimal):
        return money.as_json(cell).replace(".", ",")
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return str(cell) if isinstance(cell, int) else _safe(cell)


def _safe(cell: str) -> str:
    """A leading apostrophe makes a formula a text again."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(FORMULA_STARTS) else cell


def _share(value: float | None) -> Share | None:
    return None if value is None else Share(value)


Table = tuple[Sequence[str], Sequence[tuple[Cell, ...]]]


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
    shares = _share(line.share), _share(line.share_before)
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
            _share(cell.share),
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
        (_("Cancellation rate"), _share(now.cancelled_share), _share(before.cancelled_share)),
        (_("No-show rate"), _share(now.no_show_share), _share(before.no_show_share)),
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
    rates = _share(now.cancelled_share), _share(now.no_show_share)
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
