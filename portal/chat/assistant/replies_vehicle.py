"""What the built-in assistant says about a visitor's own car: nothing before it is proved whose.

Each statement names the record that it comes from. All functions speak the language of the moment.
"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from portal.bookings.models import State
from portal.chat.assistant.facts import Facts
from portal.chat.assistant.own_orders import Order
from portal.chat.assistant.own_vehicle import Record, ReleasedReport, VehicleHistory
from portal.chat.assistant.reading import Reading
from portal.chat.assistant.replies import Said, when_back
from portal.chat.assistant.speech import Card, Source
from portal.chat.assistant.words import telling
from portal.chat.moments import when
from portal.content.folding import folded
from portal.kit.text import _, number
from portal.kit.text import day as date_text

MOST_ROWS = 8
MOST_REPORTS = 2
MOST_TOLD = 3
SHORTEST_WORD = 4
_CARD = Card("verification")
_ASKING = frozenset(
    """
    wurde wurden letzte letzten letztes letzter mal zuletzt gemacht gewechselt erneuert getauscht
    repariert hatte besuch werkstattbesuch historie servicehistorie fahrzeughistorie serviceheft
    wartungshistorie reparaturhistorie werkstatthistorie verlauf daten arbeiten bisher kennzeichen
    done last time visit changed replaced serviced repaired were history records
    """.split()  # noqa: SIM905  # a table of words, not a list of calls
)
"""Words that ask for the history without saying for what."""


def history(facts: Facts, reading: Reading) -> Said:
    """The last visit, or what the question names; the whole list on the card."""
    known = facts.history
    if known is None:
        return prove_first()
    if _asks_for_hu(reading):
        return _hu(known)
    reports = known.reports[:MOST_REPORTS]
    if not known.records and not reports:
        return Said(_("There is no entry about your vehicle with us yet."))
    named = _named(known, reading) if known.records else []
    if named is None:
        told = _("Our records hold nothing about that. This is what we have done:")
        return Said(told, _sources(known.records[:MOST_TOLD]), (vehicle_card(known),))
    told = " ".join(_line(record) for record in named)
    told = "\n".join([told, *map(_report_line, reports)]).strip()
    sources = (*_sources(named), *map(_report_source, reports))
    return Said(told, sources, (vehicle_card(known),))


def order_status(facts: Facts) -> Said:
    """Verified: the state of the appointment. Otherwise: prove first, or a person answers."""
    if facts.status is None:
        return prove_first()
    if not facts.status.orders:
        told = _("For your vehicle no appointment is open with us at the moment.")
        return Said(f"{told} {when_back(facts)}".strip(), (_calendar(),))
    told = " ".join(_order_line(order) for order in facts.status.orders)
    return Said(told, (_calendar(),))


def prove_first() -> Said:
    """The same for every car, known or not."""
    told = _(
        "I may only tell that to the person whose car it is. Please enter the licence plate or "
        "VIN below: if we have a contact on file for it, a code goes there, and with it I can "
        "answer."
    )
    return Said(told, (Source("rule", _("Protection of your data")),), (_CARD,))


def vehicle_card(known: VehicleHistory) -> Card:
    """`rows` are for reading, `records` carry the ids that the statements rest on."""
    shown = known.records[:MOST_ROWS]
    data: dict[str, Any] = {
        "title": " · ".join(part for part in (known.title, known.plate) if part),
        "rows": [{"label": _moment(record), "value": _value(record)} for record in shown],
        "records": [msgspec.to_builtins(record) for record in shown],
        "reports": [msgspec.to_builtins(report) for report in known.reports[:MOST_REPORTS]],
    }
    return Card("vehicle", data)


def _line(record: Record) -> str:
    """„Am 12.03.2026 bei 84.200 km: Inspektion – … (Rechnung 2026-113).“"""
    said = f"{record.title} – {_flat(record.text)}" if record.text else record.title
    proof = f" ({record.source})" if record.source else ""
    on = date_text(record.happened_on)
    if record.odometer_km is None:
        return _("On %(day)s: %(what)s%(proof)s.", day=on, what=said, proof=proof)
    km = number(record.odometer_km)
    return _("On %(day)s at %(km)s km: %(what)s%(proof)s.", day=on, km=km, what=said, proof=proof)


def _report_line(report: ReleasedReport) -> str:
    on = date_text(report.released_on)
    return _(
        "Diagnostic report of %(day)s: %(headline)s [Open the report](%(address)s)",
        day=on,
        headline=report.headline,
        address=report.address,
    )


def _report_source(report: ReleasedReport) -> Source:
    on = date_text(report.released_on)
    return Source("report", _("Diagnostic report, %(day)s", day=on))


def _hu(known: VehicleHistory) -> Said:
    if not known.hu_due:
        told = _(
            "We have no date of the next HU on file; it stands on the plate and in the papers."
        )
        return Said(told)
    year, _dash, month = known.hu_due.partition("-")
    told = _("By our records the next HU is due in %(month)s/%(year)s.", month=month, year=year)
    return Said(told, (Source("history", _("Vehicle record")),))


def _named(known: VehicleHistory, reading: Reading) -> Sequence[Record] | None:
    """The entries that the question names; the last visit when it names nothing; else None."""
    records, car = known.records, folded(known.title)
    asked = telling(reading.words.split())
    words = [word for word in asked if _says_what(word) and word not in car]
    if not words:
        last = records[0].happened_on
        return [record for record in records if record.happened_on == last][:MOST_TOLD]
    found = [one for one in records if any(word[:9] in folded(_whole(one)) for word in words)]
    return found[:MOST_TOLD] or None


def _says_what(word: str) -> bool:
    return len(word) >= SHORTEST_WORD and word not in _ASKING and "." not in word


def _order_line(order: Order) -> str:
    said = STATES[order.state](order)
    title = f" ({order.title})" if order.title else ""
    return f"{order.code}{title}: {said}"


def _ready_by(order: Order) -> str:
    if order.pick_up_at is None:
        return _("we tell you as soon as it is ready.")
    return _("planned to be ready: %(when)s.", when=when(order.pick_up_at))


def _planned(order: Order) -> str:
    return when(order.starts_at) if order.starts_at else _("time still open")


STATES: dict[State, Callable[[Order], str]] = {
    State.REQUESTED: lambda one: _(
        "requested for %(when)s, not confirmed by us yet.", when=_planned(one)
    ),
    State.CONFIRMED: lambda one: _("appointment on %(when)s, confirmed.", when=_planned(one)),
    State.ARRIVED: lambda one: (
        _("your vehicle is with us, work has not begun yet") + f"; {_ready_by(one)}"
    ),
    State.IN_WORK: lambda one: _("your vehicle is being worked on") + f"; {_ready_by(one)}",
    State.READY: lambda _one: _("your vehicle is ready to be collected."),
}


def _asks_for_hu(reading: Reading) -> bool:
    return any(f" {word} " in reading.words for word in ("fallig", "ablauft", "due", "expire"))


def _sources(records: Sequence[Record]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(Source("history", _label(record)) for record in records))


def _label(record: Record) -> str:
    on = date_text(record.happened_on)
    return f"{record.source or record.title}, {on}"


def _moment(record: Record) -> str:
    return date_text(record.happened_on)


def _value(record: Record) -> str:
    """A number of a paper keeps together: „2026-113“ is read out in one piece."""
    km = f"{number(record.odometer_km)} km" if record.odometer_km is not None else ""
    facts = ", ".join(part for part in (km, record.source.replace("-", "\u2011")) if part)
    return f"{record.title} ({facts})" if facts else record.title


def _whole(record: Record) -> str:
    return f"{record.title} {record.text}"


def _flat(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _calendar() -> Source:
    return Source("booking", _("Calendar"))
