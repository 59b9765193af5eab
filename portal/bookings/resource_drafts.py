"""Forms of lifts, people, loaner cars, inspectors and seats: typed words to columns and back."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from portal.bookings import resource_labels as labels
from portal.bookings.models import LiftKind, ResourceKind, SkillKind
from portal.bookings.resources import Kept
from portal.bookings.settings_input import Answers, Typed
from portal.bookings.shifts import Plan
from portal.bookings.week_forms import read_week, typed_week
from portal.kit.text import _
from portal.vehicles.plate import plate_text

HEAVIEST = 60_000
MOST_AT_ONCE = 20


class ResourceDraft(msgspec.Struct, frozen=True):
    """`skills` are a person's; `count` is how many alike to make, of seats and lifts."""

    columns: dict[str, Any]
    skills: dict[SkillKind, date | None] = {}
    count: int = 1


def read(kind: ResourceKind, typed: Typed, staff_ids: set[UUID]) -> ResourceDraft:
    """Raises `Invalid` with every mistake beside its field."""
    answers = Answers(typed)
    columns: dict[str, Any] = {
        "name": answers.words("name", 80, missing=_("Please enter a name.")),
        "note": answers.words("note", 300),
        "bookable_online": answers.ticked("bookable_online"),
    }
    skills: dict[SkillKind, date | None] = {}
    if kind == ResourceKind.LIFT:
        columns |= _lift(answers)
    if kind == ResourceKind.LOANER:
        columns["plate"] = plate_text(answers.words("plate", 20))
    if kind == ResourceKind.PERSON:
        columns |= _person(answers, staff_ids)
        skills = _skills(answers)
    count = answers.number("count", 1, MOST_AT_ONCE, default=1) or 1
    answers.end()
    return ResourceDraft(columns, skills, count)


def typed_of(kept: Kept) -> dict[str, str]:
    one = kept.resource
    typed = {
        "name": one.name,
        "note": one.note,
        "bookable_online": "true" if one.bookable_online else "",
        "lift_kind": one.lift_kind,
        "max_weight_kg": str(one.max_weight_kg or ""),
        "plate": one.plate,
        "staff_id": str(one.staff_id or ""),
        "capacity_percent": str(one.capacity_percent),
    }
    for training in kept.skills:
        typed[f"skill_{training.skill}"] = "true"
        until = training.valid_until
        typed[f"until_{training.skill}"] = until.isoformat() if until else ""
    return typed


def read_plan(typed: Typed) -> Plan:
    """A weekly plan with its validity. Raises `Invalid`."""
    answers = Answers(typed)
    since, until = answers.calendar_day("valid_from"), answers.calendar_day("valid_to")
    if since and until and until < since:
        answers.refuse("valid_to", "ENDS_BEFORE_IT_STARTS", _("It ends before it begins."))
    spans = read_week(answers)
    if not spans and not answers.errors:
        answers.refuse("week", "MISSING", _("Please enter at least one day."))
    answers.end()
    return Plan(since, until, tuple(spans))


def typed_plan(plan: Plan) -> dict[str, str]:
    since, until = plan.valid_from, plan.valid_to
    period = {
        "valid_from": since.isoformat() if since else "",
        "valid_to": until.isoformat() if until else "",
    }
    return (
        period | {f"old_{name}": value for name, value in period.items()} | typed_week(plan.spans)
    )


def replaced_plan(typed: Typed) -> Plan | None:
    """The plan that a form was opened with, by its validity; None for a new one."""
    if typed.get("is_new"):
        return None
    answers = Answers(typed)
    return Plan(answers.calendar_day("old_valid_from"), answers.calendar_day("old_valid_to"))


def _lift(answers: Answers) -> dict[str, Any]:
    known = {value for value, _text in labels.lifts()}
    return {
        "lift_kind": answers.choice("lift_kind", known, LiftKind.TWO_POST),
        "max_weight_kg": answers.number("max_weight_kg", 1, HEAVIEST),
    }


def _person(answers: Answers, staff_ids: set[UUID]) -> dict[str, Any]:
    known = {str(one): one for one in staff_ids}
    chosen = answers.choice("staff_id", {"", *known})
    return {
        "staff_id": known.get(chosen),
        "capacity_percent": answers.number("capacity_percent", 10, 100, default=100),
    }


def _skills(answers: Answers) -> dict[SkillKind, date | None]:
    """A day without its tick is a tick forgotten: the skill counts."""
    found = {}
    for skill in SkillKind:
        until = answers.calendar_day(f"until_{skill}")
        if answers.ticked(f"skill_{skill}") or until is not None:
            found[skill] = until
    return found
