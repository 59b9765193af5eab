"""Calendars (`.ics`, RFC 5545) as tables: one line for each event, repeated ones spelt out."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from time import thread_time
from typing import Any

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # it ships no types

from portal.imports.kinds import Kind
from portal.imports.sheets import Line, Sheet, SheetUnreadable
from portal.kit import clock
from portal.kit.clock import BERLIN
from portal.kit.text import _

COLUMNS = ("UID", "Beginn", "Ende", "Titel", "Beschreibung", "Kennzeichen")
MAPPINGS: dict[Kind, dict[str, int]] = {
    Kind.BOOKINGS: {"booking_number": 0, "starts_on": 1, "ends_on": 2, "title": 3, "note": 4}
    | {"plate": 5},
    Kind.ABSENCES: {
        "booking_number": 0,
        "starts_on": 1,
        "ends_on": 2,
        "absence_kind": 3,
        "note": 4,
    },
}
BACK = timedelta(days=366)
AHEAD = timedelta(days=366)
MOST_TIMES = 750
"""How often one event may be repeated within those two years."""
MOST_EVENTS = 20_000
PATIENCE_S = 10.0
"""Computing time for one file. A rule for days that never come takes the better part of a second,
and a file may hold thousands of them.
"""
_OFTEN = (
    r"INTERVAL=[1-9]\d{0,2}|COUNT=\d{1,5}|UNTIL=\d{8}(T\d{6}Z?)?|BYDAY=[-+\dA-Z,]+|WKST=[A-Z]{2}"
)
_RARELY = r"BYMONTHDAY=[-\d,]+|BYMONTH=[\d,]+"
_SIMPLE_RULE = re.compile(
    rf"FREQ=(DAILY|WEEKLY)(;({_OFTEN}))*|FREQ=(MONTHLY|YEARLY)(;({_OFTEN}|{_RARELY}))*"
)
"""Rules that end soon: days that never come, looked for daily, would be looked for until 9999."""
_PLATE = re.compile(r"\b([A-ZÄÖÜ]{1,3})[- ]([A-Z]{1,2}) ?(\d{1,4}[EH]?)\b")


def looks_like(data: bytes) -> bool:
    return b"BEGIN:VCALENDAR" in data[:2000].upper()


def read(data: bytes) -> Sheet:
    """Raises `SheetUnreadable`."""
    import icalendar

    try:
        calendars = icalendar.Calendar.from_ical(data, multiple=True)
        rows = list(islice(_all_rows(calendars), MOST_EVENTS + 1))
    except SheetUnreadable:
        raise
    except Exception as error:  # whatever a file contains, the upload must end in a sentence
        raise SheetUnreadable(_("This calendar cannot be read.")) from error
    if not rows:
        raise SheetUnreadable(_("There is no event in this calendar."))
    if len(rows) > MOST_EVENTS:
        raise SheetUnreadable(_("This calendar has more than %(most)s events.", most=MOST_EVENTS))

    def lines() -> Iterator[Line]:
        return (Line(number, cells) for number, cells in enumerate(rows, start=1))

    return Sheet(COLUMNS, lines, "utf-8", "", is_calendar=True)


def _all_rows(calendars: Iterable[Any]) -> Iterator[list[str]]:
    until = thread_time() + PATIENCE_S
    for calendar in calendars:
        yield from _rows(calendar, until)


def _rows(calendar: Any, until: float) -> Iterator[list[str]]:
    """Raises `SheetUnreadable` once it has computed until then, in seconds of this thread."""
    events = [one for one in calendar.walk("VEVENT") if one.get("DTSTART") is not None]
    moved = {
        (str(one.get("UID", "")), _stamp(one["RECURRENCE-ID"].dt))
        for one in events
        if one.get("RECURRENCE-ID") is not None
    }
    for event in events:
        if thread_time() > until:
            raise SheetUnreadable(_("This calendar cannot be read."))
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        yield from _times_of(event, moved)


def _times_of(event: Any, moved: set[tuple[str, str]]) -> Iterator[list[str]]:
    starts = event["DTSTART"].dt
    length = _length(event, starts)
    uid = str(event.get("UID", ""))
    repeated = event.get("RRULE") is not None and event.get("RECURRENCE-ID") is None
    for begin in _repeated(event, starts) if repeated else [starts]:
        if repeated and (uid, _stamp(begin)) in moved:
            continue
        key = uid if not repeated else f"{uid}/{_stamp(begin)}"
        if event.get("RECURRENCE-ID") is not None:
            key = f"{uid}/{_stamp(event['RECURRENCE-ID'].dt)}"
        yield _row(event, key, begin, begin + length)


def _row(event: Any, key: str, begin: date, end: date) -> list[str]:
    title = str(event.get("SUMMARY", ""))
    text = str(event.get("DESCRIPTION", ""))
    place = str(event.get("LOCATION", ""))
    plate = _PLATE.search(f"{title}\n{text}")
    if not isinstance(begin, datetime):
        end -= timedelta(days=1)  # the end of whole days is the day after
    return [
        key,
        _told(begin),
        _told(max(begin, end)),
        title,
        "\n".join(part for part in (text, place) if part.strip()),
        f"{plate[1]}-{plate[2]} {plate[3]}" if plate else "",
    ]


def _length(event: Any, starts: date) -> timedelta:
    if event.get("DTEND") is not None:
        ends = event["DTEND"].dt
        if isinstance(ends, datetime) and isinstance(starts, datetime):
            return _aware(ends) - _aware(starts)
        if not isinstance(ends, datetime) and not isinstance(starts, datetime):
            return timedelta(days=(ends - starts).days)
    if event.get("DURATION") is not None:
        return timedelta(seconds=event["DURATION"].dt.total_seconds())
    return timedelta(hours=1) if isinstance(starts, datetime) else timedelta(days=1)


def _repeated(event: Any, starts: date) -> list[date]:
    """Within a year before and after today; rules that nobody's calendar makes stay single."""
    rule = event["RRULE"].to_ical().decode()
    is_timed = isinstance(starts, datetime)
    wall = (
        _aware(starts).astimezone(BERLIN).replace(tzinfo=None)
        if isinstance(starts, datetime)
        else datetime.combine(starts, time())
    )
    if not _SIMPLE_RULE.fullmatch(rule) or wall.year < 1990:
        return [starts]
    rule = re.sub(r"UNTIL=(\d{8})(T\d{6}Z?)?", r"UNTIL=\1T235959", rule)
    now = clock.local(clock.now()).replace(tzinfo=None)
    left_out = {_stamp(one.dt) for one in _exdates(event)}
    found: list[date] = []
    for at in rrulestr(rule, dtstart=wall):
        if at > now + AHEAD or len(found) >= MOST_TIMES:
            break
        begin: date = at.replace(tzinfo=BERLIN) if is_timed else at.date()
        if at >= now - BACK and _stamp(begin) not in left_out:
            found.append(begin)
    return found


def _exdates(event: Any) -> list[Any]:
    told = event.get("EXDATE", [])
    return [one for group in (told if isinstance(told, list) else [told]) for one in group.dts]


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=BERLIN)


def _stamp(moment: date) -> str:
    if isinstance(moment, datetime):
        return clock.rfc3339(_aware(moment))
    return moment.isoformat()


def _told(moment: date) -> str:
    return _aware(moment).isoformat() if isinstance(moment, datetime) else moment.isoformat()
