"""Forms of absences: whole days or hours, single ones or an apprentice's school weeks."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

import msgspec

from portal.bookings import absences, school_weeks
from portal.bookings import resource_labels as labels
from portal.bookings.models import Absence, AbsenceKind, Resource
from portal.bookings.settings_input import Answers, Typed
from portal.kit import clock
from portal.kit.errors import FieldError
from portal.kit.text import _

LONGEST = timedelta(days=800)


class AbsenceDraft(msgspec.Struct, frozen=True):
    resource_id: UUID
    kind: AbsenceKind
    starts_at: datetime
    ends_at: datetime
    note: str


class SchoolDraft(msgspec.Struct, frozen=True):
    """`days`: first and last day of each stretch."""

    resource_id: UUID
    days: list[tuple[date, date]]


def read(typed: Typed, known: Sequence[Resource]) -> AbsenceDraft:
    """Without a last day it is one day; with times it is hours. Raises `Invalid`."""
    answers = Answers(typed)
    resource_id = _resource(answers, known)
    kinds = {value for value, _text in labels.absences()}
    kind = AbsenceKind(answers.choice("kind", kinds, AbsenceKind.OTHER))
    first = answers.calendar_day("first", missing=_("Since when?"))
    last = answers.calendar_day("last") or first
    begins, ends = answers.clock("begins"), answers.clock("ends")
    note = answers.words("note", 200)
    period = _period(answers, first, last, begins, ends) if first and last else None
    answers.end()
    if period is None or resource_id is None:  # `end` has raised then
        raise AssertionError
    return AbsenceDraft(resource_id, kind, *period, note)


def typed_of(absence: Absence) -> dict[str, str]:
    first, last = absences.days_of(absence.starts_at, absence.ends_at)
    typed = {
        "resource": str(absence.resource_id),
        "kind": absence.kind,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "note": absence.note,
    }
    if not absences.is_whole_days(absence.starts_at, absence.ends_at):
        typed["begins"] = f"{clock.local(absence.starts_at):%H:%M}"
        typed["ends"] = f"{clock.local(absence.ends_at):%H:%M}"
    return typed


def read_school(typed: Typed, known: Sequence[Resource], today: date) -> SchoolDraft:
    """A list of calendar weeks, or weekdays between two days. Raises `Invalid`."""
    answers = Answers(typed)
    resource_id = _resource(answers, known)
    by_weekday = typed.get("how") == "weekdays"
    days = _weekdays(answers) if by_weekday else _weeks(answers, today)
    answers.end()
    if resource_id is None:  # `end` has raised then
        raise AssertionError
    return SchoolDraft(resource_id, days)


def _weeks(answers: Answers, today: date) -> list[tuple[date, date]]:
    text = answers.paragraphs("weeks", 600)
    year = answers.number("year", today.year - 1, today.year + 4, default=today.year)
    try:
        found = school_weeks.weeks_in(text, year or today.year)
    except school_weeks.NoSchoolWeek as odd:
        message = _("“%(part)s” is no calendar week.", part=str(odd))
        answers.errors.append(FieldError("weeks", "NO_WEEK", message))
        return []
    if not found or len(found) > 120:
        answers.refuse("weeks", "MISSING", _(school_weeks.NO_WEEK))
    return found


def _weekdays(answers: Answers) -> list[tuple[date, date]]:
    chosen = [day for day in range(7) if answers.ticked(f"on_{day}")]
    first = answers.calendar_day("first", missing=_("Since when?"))
    last = answers.calendar_day("last", missing=_("Until when?"))
    if not chosen:
        answers.refuse("on_0", "MISSING", _("Please choose at least one weekday."))
    if first and last and not first <= last <= first + timedelta(days=370):
        answers.refuse("last", "OUT_OF_RANGE", _("Please choose a day within a year after it."))
        return []
    if not chosen or not first or not last:
        return []
    return [(day, day) for day in school_weeks.weekdays_between(first, last, chosen)]


def _resource(answers: Answers, known: Sequence[Resource]) -> UUID | None:
    ids: Mapping[str, UUID] = {str(one.id): one.id for one in known}
    chosen = answers.typed.get("resource", "")
    if chosen not in ids:
        answers.refuse("resource", "MISSING", _("Who or what is away?"))
    return ids.get(chosen)


def _period(
    answers: Answers, first: date, last: date, begins: time | None, ends: time | None
) -> tuple[datetime, datetime] | None:
    starts_at = datetime.combine(first, begins or time(), clock.BERLIN)
    after = datetime.combine(last, ends, clock.BERLIN) if ends else None
    ends_at = after or absences.day_begins(last + timedelta(days=1))
    if ends_at <= starts_at:
        field = "ends" if first == last else "last"
        answers.refuse(field, "ENDS_BEFORE_IT_STARTS", _("It ends before it begins."))
    elif last - first > LONGEST:
        answers.refuse("last", "TOO_LONG", _("Please enter at most two years at once."))
    else:
        return starts_at, ends_at
    return None
