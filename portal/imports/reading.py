"""From the cells of a line to an entry.

A value that is no use (half an e-mail address) does not keep a customer out: it goes into the
note, and the line is reported with a warning. Without a name, a plate or a day there is an error.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from portal.imports import values
from portal.imports.entries import CustomerPart, Entry, HistoryPart, TimePart, VehiclePart
from portal.imports.fields import FIELDS
from portal.imports.kinds import Kind, Weight
from portal.imports.sheets import LONGEST_CELL, Line
from portal.kit import clock
from portal.kit.errors import FieldError, Invalid
from portal.kit.text import _
from portal.vehicles import customers, vehicle_facts
from portal.vehicles.forms import CustomerDraft, VehicleDraft
from portal.vehicles.typed import clean

LONGEST_APPOINTMENT = timedelta(days=60)
LONGEST_ABSENCE = timedelta(days=800)
USUAL_MINUTES = 60
USUAL_BEGIN = "08:00"


@dataclass(frozen=True)
class Reader:
    """How the lines of one file are read."""

    kind: Kind
    mapping: Mapping[str, int]
    month_first: bool = False
    default_person: bool = False

    def read(self, line: Line) -> Entry:
        cells = {
            key: values.plain(clean(line.cells[at])[: LONGEST_CELL + 1])
            for key, at in self.mapping.items()
            if 0 <= at < len(line.cells)
        }
        entry = Entry(line.number, _digest(self.kind, cells))
        if line.problem:
            entry.refuse("", "", line.problem)
            return entry
        for key, value in cells.items():
            if len(value) > LONGEST_CELL:
                entry.refuse(
                    key, value[:80], _("This entry is too long; is a quotation mark open?")
                )
        if not entry.is_refused:
            _READERS[self.kind](self, entry, cells)
        if entry.is_refused:  # what was put aside went nowhere
            entry.faults = [one for one in entry.faults if one.weight is Weight.ERROR]
        return entry

    def labels(self) -> dict[str, str]:
        return {one.key: one.text for one in FIELDS[self.kind]}


def _customers(reader: Reader, entry: Entry, cells: dict[str, str]) -> None:
    _read_customer(reader, entry, cells, needed=True)


def _vehicles(reader: Reader, entry: Entry, cells: dict[str, str]) -> None:
    _read_vehicle(reader, entry, cells)
    _read_customer(reader, entry, cells)
    if entry.vehicle is None and not entry.is_refused:
        entry.refuse("plate", "", _("Neither a plate nor a VIN stands in this line."))


def _history(reader: Reader, entry: Entry, cells: dict[str, str]) -> None:
    _read_vehicle(reader, entry, cells)
    if entry.vehicle is None and not entry.is_refused:
        entry.refuse("plate", "", _("Neither a plate nor a VIN stands in this line."))
    typed = cells.get("happened_on", "")
    day = values.as_day(typed, month_first=reader.month_first)
    if day is None or day.year < 1950:
        entry.refuse("happened_on", typed, _("Please enter a day like 14.03.2016."))
    elif day > clock.local(clock.now()).date():
        entry.refuse("happened_on", typed, _("This day is in the future."))
    title, text = cells.get("title", ""), cells.get("text", "")
    if not (title or text):
        entry.refuse("title", "", _("Please say what was done."))
    if entry.is_refused or day is None:
        return
    extra = [
        f"{reader.labels()[key]}: {cells[key]}"
        for key in ("document_number", "amount")
        if cells.get(key)
    ]
    if not title or len(title) > 200:
        title, text = _short(title or text), "\n".join(part for part in (title, text) if part)
    entry.history = HistoryPart(
        happened_on=day,
        kind=values.history_kind(cells.get("entry_kind", ""), title),
        title=title,
        text="\n".join(part for part in (text if text != title else "", *extra) if part),
        odometer_km=_odometer(entry, cells),
    )


def _bookings(reader: Reader, entry: Entry, cells: dict[str, str]) -> None:
    _read_vehicle(reader, entry, cells, needed=False)
    _read_customer(reader, entry, cells)
    _read_time(reader, entry, cells)
    if entry.time is None:
        return
    if not values.has_time(cells.get("starts_on", ""), cells.get("starts_time", "")):
        entry.warn("starts_time", "", _("No time given: entered at %(time)s.", time=USUAL_BEGIN))
    typed = cells.get("state", "")
    entry.time.state = values.state(typed) if typed else None
    if typed and entry.time.state is None:
        entry.warn("state", typed, _("This state is unknown; it was chosen by the day."))
    entry.time.lift, entry.time.person = cells.get("lift", ""), cells.get("person", "")


def _absences(reader: Reader, entry: Entry, cells: dict[str, str]) -> None:
    person = cells.get("person", "")
    if not person and not reader.default_person:
        entry.refuse("person", "", _("Whose absence is this? Please choose a person."))
    _read_time(reader, entry, cells, whole_days=True)
    if entry.time is not None:
        entry.time.person = person
        told = cells.get("absence_kind", "")
        entry.time.kind = values.absence_kind(told, cells.get("note", ""))
        entry.time.note = ", ".join(part for part in (told, cells.get("note", "")) if part)[:200]


_READERS: dict[Kind, Callable[[Reader, Entry, dict[str, str]], None]] = {
    Kind.CUSTOMERS: _customers,
    Kind.VEHICLES: _vehicles,
    Kind.HISTORY: _history,
    Kind.BOOKINGS: _bookings,
    Kind.ABSENCES: _absences,
}


def _read_customer(
    reader: Reader, entry: Entry, cells: dict[str, str], *, needed: bool = False
) -> None:
    draft = _customer_draft(reader, cells)
    number = cells.get("customer_number", "")[:100]
    if not (draft.name or draft.company):
        has_more = bool(draft.phone or draft.email)
        if needed or (has_more and reader.kind is not Kind.BOOKINGS):
            entry.refuse("last_name", "", _("Please enter a name or a company."))
        elif number:
            entry.customer = CustomerPart(draft, {}, number)
        elif has_more:
            entry.warn("name", "", _("A contact without a name is not taken over."))
        return
    facts = _settle(entry, reader, draft, customers.read, cells)
    if facts is not None:
        entry.customer = CustomerPart(draft, facts, number)


def _customer_draft(reader: Reader, cells: dict[str, str]) -> CustomerDraft:
    get = cells.get
    street = f"{get('street', '')} {get('house_number', '')}".strip()
    phone, mobile = get("phone", ""), get("mobile", "")
    note = get("customer_note", "")
    if phone and mobile and phone != mobile:
        note = "\n".join(part for part in (note, f"{reader.labels()['mobile']}: {mobile}") if part)
    return CustomerDraft(
        salutation=values.salutation(get("salutation", "")),
        name=_full_name(cells),
        company=get("company", ""),
        email=get("email", "").removeprefix("mailto:"),
        phone=phone or mobile,
        street=street,
        postcode=get("postcode", ""),
        city=get("city", ""),
        note=note,
    )


def _full_name(cells: dict[str, str]) -> str:
    """`Müller, Hans` is Hans Müller."""
    first, last = cells.get("first_name", ""), cells.get("last_name", "")
    whole = cells.get("name", "")
    if first or last:
        return f"{first} {last or whole}".strip()
    before, comma, behind = whole.partition(", ")
    return f"{behind} {before}" if comma and before and "," not in behind else whole


def _read_vehicle(
    reader: Reader, entry: Entry, cells: dict[str, str], *, needed: bool = True
) -> None:
    number = cells.get("vehicle_number", "")[:100]
    draft = _vehicle_draft(reader, cells)
    if not (draft.plate or draft.vin):
        if number and (reader.kind is Kind.HISTORY or not needed):
            entry.vehicle = VehiclePart(draft, {}, number)
        return
    facts = _settle(entry, reader, draft, vehicle_facts.read, cells, needed=needed)
    if facts is not None and (facts["vin"] or facts["plate"]):
        entry.vehicle = VehiclePart(draft, facts, number)
    elif facts is not None and needed:
        entry.refuse("plate", cells.get("plate", ""), _("Neither plate nor VIN can be read."))


def _vehicle_draft(reader: Reader, cells: dict[str, str]) -> VehicleDraft:
    get = cells.get
    if reader.kind in {Kind.HISTORY, Kind.BOOKINGS}:
        names = ("plate", "vin", "make", "model")
        return VehicleDraft(**{name: get(name, "") for name in names})
    hsn, tsn = get("hsn", ""), get("tsn", "")
    if kba := get("kba", "").replace(" ", ""):
        front, _mark, behind = kba.replace("-", "/").partition("/")
        hsn, tsn = hsn or front[:4], tsn or behind or front[4:]
    power = get("power_kw", "")
    return VehicleDraft(
        vin=get("vin", ""),
        plate=get("plate", ""),
        plate_country=get("plate_country", "") or "D",
        make=get("make", ""),
        model=get("model", ""),
        hsn=hsn.zfill(4) if hsn.isdecimal() else hsn,
        tsn=tsn,
        first_registration=values.day(
            get("first_registration", ""), month_first=reader.month_first
        ),
        fuel=values.fuel(get("fuel", "")),
        power_kw=values.kilowatts(power or get("power_hp", ""), in_ps=not power),
        displacement_ccm=values.whole(get("displacement_ccm", "")),
        tyre_size=get("tyre_size", ""),
        color=get("color", ""),
        hu_due=values.month(get("hu_due", ""), month_first=reader.month_first),
        odometer_km=values.whole(get("odometer_km", "")),
        note=get("vehicle_note", ""),
    )


def _settle(
    entry: Entry,
    reader: Reader,
    draft: Any,
    read: Callable[[Any], dict[str, Any]],
    cells: dict[str, str],
    *,
    needed: bool = True,
) -> dict[str, Any] | None:
    """The columns; what they cannot hold moves into the note, unless nothing else is left."""
    try:
        return read(draft)
    except Invalid as problem:
        errors = problem.errors
    for error in errors:
        if error.field == "note" or not hasattr(draft, error.field):
            entry.refuse(error.field, "", error.message)
            return None
        _put_aside(entry, reader, draft, error, cells)
    try:
        return read(draft)
    except Invalid as problem:
        for error in problem.errors if needed else []:
            entry.refuse(error.field, cells.get(error.field, ""), error.message)
        return None


def _put_aside(
    entry: Entry, reader: Reader, draft: Any, error: FieldError, cells: dict[str, str]
) -> None:
    value = str(getattr(draft, error.field))
    label = reader.labels().get(error.field, error.field)
    reason = _("%(reason)s The value went into the note.", reason=error.message)
    entry.warn(error.field, cells.get(error.field) or value, reason)
    setattr(draft, error.field, "D" if error.field == "plate_country" else "")
    draft.note = "\n".join(part for part in (draft.note, f"{label}: {value[:200]}") if part)[:5000]


def _read_time(
    reader: Reader, entry: Entry, cells: dict[str, str], *, whole_days: bool = False
) -> None:
    day, at = cells.get("starts_on", ""), cells.get("starts_time", "")
    timed = values.has_time(day, at)
    usual = "" if whole_days else USUAL_BEGIN
    starts = values.moment(day, at if timed else usual, month_first=reader.month_first)
    if starts is None:
        entry.refuse("starts_on", day, _("Please enter a day like 14.03.2016."))
        return
    ends = _end(reader, entry, cells, starts, whole_days=whole_days and not timed)
    longest = LONGEST_ABSENCE if whole_days else LONGEST_APPOINTMENT
    if ends is None or not starts < ends or ends - starts > longest:
        entry.refuse("ends_on", cells.get("ends_on", ""), _("The end does not fit the beginning."))
        return
    entry.time = TimePart(
        starts_at=starts,
        ends_at=ends,
        title=_short(cells.get("title", "") or cells.get("note", "")),
        note=cells.get("note", ""),
        number=cells.get("booking_number", ""),
    )


def _end(
    reader: Reader, entry: Entry, cells: dict[str, str], starts: datetime, *, whole_days: bool
) -> datetime | None:
    day, at = cells.get("ends_on", ""), cells.get("ends_time", "")
    if whole_days and not values.has_time(day, at):
        last = values.as_day(day, month_first=reader.month_first) if day else None
        if day and last is None:
            return None
        last = last or clock.local(starts).date()
        after = last + timedelta(days=1) if last < date(2100, 1, 1) else None
        return values.moment(after.isoformat(), "") if after else None
    if day or at:
        if not day:
            day = clock.local(starts).date().isoformat()
        elif values.as_day(day) is None and values.clock_time(day) is not None and not at:
            day, at = clock.local(starts).date().isoformat(), day
        found = values.moment(day, at, month_first=reader.month_first)
        if found is None or values.has_time(day, at):
            return found
    told = cells.get("minutes", "")
    minutes = values.minutes(told) if told else None
    if told and minutes is None:
        entry.warn("minutes", told, _("This duration cannot be read; one hour was entered."))
    return starts + timedelta(minutes=minutes or USUAL_MINUTES)


def _odometer(entry: Entry, cells: dict[str, str]) -> int | None:
    typed = values.whole(cells.get("odometer_km", ""))
    if not typed:
        return None
    if not typed.isdecimal() or int(typed[:9]) > 9_999_999 or len(typed) > 7:
        entry.warn("odometer_km", typed, _("Please enter a whole number."))
        return None
    return int(typed)


def _short(text: str) -> str:
    first = text.strip().split("\n", 1)[0].strip()
    return first if len(first) <= 200 else first[:199] + "…"


def _digest(kind: Kind, cells: Mapping[str, str]) -> str:
    told = "\x1f".join(f"{key}={cells[key]}" for key in sorted(cells) if cells[key])
    return hashlib.sha256(f"{kind}\x1e{told}".encode("utf-8", "replace")).hexdigest()
