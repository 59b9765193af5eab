"""What people read for the words of resources; lists in the order of a form."""

from datetime import date, timedelta

from babel.dates import format_date

from portal.bookings.models import AbsenceKind, LiftKind, ResourceKind, SkillKind
from portal.kit.text import _, locale

Options = list[tuple[str, str]]

ICONS = {
    ResourceKind.LIFT: "wrench",
    ResourceKind.PERSON: "user",
    ResourceKind.LOANER: "car",
    ResourceKind.INSPECTOR: "check-circle",
    ResourceKind.SEAT: "clock",
}


def kinds() -> Options:
    """What there is one of: for a badge or a choice."""
    return [
        (ResourceKind.LIFT, _("Lift")),
        (ResourceKind.PERSON, _("Team member")),
        (ResourceKind.LOANER, _("Loaner car")),
        (ResourceKind.INSPECTOR, _("Inspector")),
        (ResourceKind.SEAT, _("Waiting seat")),
    ]


def groups() -> Options:
    """The same as headings."""
    return [
        (ResourceKind.LIFT, _("Lifts")),
        (ResourceKind.PERSON, _("Team")),
        (ResourceKind.LOANER, _("Loaner cars")),
        (ResourceKind.INSPECTOR, _("Inspector windows")),
        (ResourceKind.SEAT, _("Waiting seats")),
    ]


def lifts() -> Options:
    """What a lift can be."""
    return [
        (LiftKind.TWO_POST, _("Two-post lift")),
        (LiftKind.FOUR_POST, _("Four-post lift")),
        (LiftKind.SCISSOR, _("Scissor lift")),
        (LiftKind.ALIGNMENT, _("Alignment lift")),
        (LiftKind.FLOOR, _("Floor space without lift")),
    ]


def lift_needs() -> Options:
    """What a service can ask for."""
    return [
        (LiftKind.NONE, _("No lift needed")),
        (LiftKind.ANY, _("Any lift")),
        *lifts(),
    ]


def skills() -> Options:
    return [
        (SkillKind.HV_2S, _("HV-2S (high voltage, de-energised)")),
        (SkillKind.HV_3S, _("HV-3S (high voltage, live)")),
        (SkillKind.AIR_CONDITIONING, _("Air-conditioning certificate")),
        (SkillKind.EMISSIONS_TEST, _("AU licence")),
        (SkillKind.BODYWORK, _("Bodywork")),
    ]


def short_skill(skill: str) -> str:
    """What fits into a badge."""
    texts = {
        SkillKind.HV_2S: "HV-2S",
        SkillKind.HV_3S: "HV-3S",
        SkillKind.AIR_CONDITIONING: _("Air conditioning"),
        SkillKind.EMISSIONS_TEST: "AU",
        SkillKind.BODYWORK: _("Bodywork"),
    }
    return texts.get(SkillKind(skill), skill)


def absences() -> Options:
    return [
        (AbsenceKind.VACATION, _("Vacation")),
        (AbsenceKind.SICK, _("Sick")),
        (AbsenceKind.SCHOOL, _("Vocational school")),
        (AbsenceKind.BROKEN, _("Out of order")),
        (AbsenceKind.OTHER, _("Other absence")),
    ]


def weekdays() -> Options:
    """`0` is Monday, as the tables count."""
    monday = date(2026, 1, 5)
    return [
        (str(n), format_date(monday + timedelta(days=n), "EEEE", locale=locale.get()))
        for n in range(7)
    ]


def of(options: Options, value: str) -> str:
    """The text of one word of such a list; the word itself when it is none of them."""
    return dict(options).get(value, value)
