"""The first lines of a file as they would be stored, and what is wrong with the first thousand."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from portal.bookings.models import State
from portal.imports import runs
from portal.imports.entries import Entry, Fault
from portal.imports.kinds import Kind, Weight
from portal.imports.models import ImportRun
from portal.imports.sheets import Sheet
from portal.kit import clock, text
from portal.kit.text import _

CHECKED = 1_000
SHOWN = 8
FAULTS_SHOWN = 12


@dataclass
class Preview:
    """`rows` are (line, cells, faults); `faults` are (line, column, fault)."""

    titles: Sequence[str] = ()
    rows: list[tuple[int, list[str], list[Fault]]] = field(default_factory=list)
    faults: list[tuple[int, str, Fault]] = field(default_factory=list)
    checked: int = 0
    refused: int = 0
    warned: int = 0


async def of(run: ImportRun, data: bytes) -> tuple[Sheet, list[list[str]], Preview]:
    """In a thread: a thousand lines take a moment."""
    language = text.locale.get()

    def work() -> tuple[Sheet, list[list[str]], Preview]:
        with text.speaking(language):
            sheet = runs.open_sheet(data)
            samples = runs.samples_of(sheet)
            return sheet, samples, _check(run, sheet, samples)

    return await asyncio.to_thread(work)


def _check(run: ImportRun, sheet: Sheet, samples: Sequence[Sequence[str]]) -> Preview:
    reader = runs.reader_of(run, samples)
    kind = Kind(run.kind)
    found = Preview(titles=_titles(kind))
    labels = reader.labels()
    for line in islice(sheet.lines(), CHECKED):
        entry = reader.read(line)
        found.checked += 1
        found.refused += entry.is_refused
        found.warned += bool(entry.faults) and not entry.is_refused
        for fault in entry.faults:
            if len(found.faults) < FAULTS_SHOWN:
                at = run.mapping.get(fault.field, -1)
                named = run.columns[at] if 0 <= at < len(run.columns) else labels.get(fault.field)
                found.faults.append((entry.line, named or "", fault))
        if len(found.rows) < SHOWN:
            found.rows.append((entry.line, _cells(kind, entry), entry.faults))
    return found


def worst(faults: Sequence[Fault]) -> str:
    if any(fault.weight is Weight.ERROR for fault in faults):
        return Weight.ERROR
    return Weight.WARNING if faults else ""


def _titles(kind: Kind) -> list[str]:
    return {
        Kind.CUSTOMERS: [_("Customer"), _("Number"), _("Phone"), _("E-mail address"), _("Address")],
        Kind.VEHICLES: [
            _("Plate"),
            _("VIN"),
            _("Vehicle"),
            _("Next HU"),
            _("Odometer"),
            _("Keeper"),
        ],
        Kind.HISTORY: [_("Day"), _("Vehicle"), _("Work"), _("Odometer")],
        Kind.BOOKINGS: [
            _("Begin"),
            _("Finish"),
            _("Customer"),
            _("Vehicle"),
            _("Work"),
            _("State"),
        ],
        Kind.ABSENCES: [_("Person"), _("Begin"), _("Finish"), _("Reason")],
    }[kind]


def _cells(kind: Kind, entry: Entry) -> list[str]:
    customer = entry.customer.facts if entry.customer else {}
    title = (customer.get("company") or customer.get("name") or "") if customer else ""
    car = entry.vehicle.facts if entry.vehicle else {}
    named = f"{car.get('make', '')} {car.get('model', '')}".strip()
    number = entry.customer.number if entry.customer else ""
    if kind is Kind.CUSTOMERS:
        place = f"{customer.get('postcode', '')} {customer.get('city', '')}".strip()
        address = ", ".join(part for part in (customer.get("street", ""), place) if part)
        return [title, number, customer.get("phone", ""), customer.get("email", ""), address]
    if kind is Kind.VEHICLES:
        odometer = car.get("odometer_km")
        kilometres = f"{text.number(odometer)} km" if odometer is not None else ""
        plate, vin = car.get("plate", ""), car.get("vin") or ""
        return [plate, vin, named, car.get("hu_due") or "", kilometres, title or number]
    which = car.get("plate") or car.get("vin") or (entry.vehicle.number if entry.vehicle else "")
    if kind is Kind.HISTORY:
        return _history_cells(entry, which)
    return _time_cells(kind, entry, title, f"{which} {named}".strip())


def _history_cells(entry: Entry, which: str) -> list[str]:
    if entry.history is None:
        return ["", which, "", ""]
    odometer = entry.history.odometer_km
    kilometres = f"{text.number(odometer)} km" if odometer is not None else ""
    return [text.day(entry.history.happened_on), which, entry.history.title, kilometres]


def _time_cells(kind: Kind, entry: Entry, title: str, which: str) -> list[str]:
    part = entry.time
    if part is None:
        return [""] * len(_titles(kind))
    begin, end = (f"{clock.local(at):%d.%m.%Y %H:%M}" for at in (part.starts_at, part.ends_at))
    if kind is Kind.ABSENCES:
        return [part.person, begin, end, part.note or part.kind]
    return [begin, end, title, which, part.title, state_text(part.state) if part.state else ""]


def state_text(state: State) -> str:
    return {
        State.REQUESTED: _("requested"),
        State.CONFIRMED: _("confirmed"),
        State.ARRIVED: _("dropped off"),
        State.IN_WORK: _("in work"),
        State.READY: _("ready"),
        State.COLLECTED: _("collected"),
        State.CANCELLED: _("cancelled"),
        State.NO_SHOW: _("did not come"),
    }[state]
