"""Resources, their absences and their plans in a few words."""

from portal.bookings import absences
from portal.bookings import resource_labels as labels
from portal.bookings.absence_strip import Day
from portal.bookings.models import Absence, ResourceKind
from portal.bookings.resources import Away, Kept
from portal.bookings.shifts import Plan, plans_of
from portal.kit.text import _, day, ngettext, number, time


def about(kept: Kept) -> str:
    """The line under its name: what kind of lift, how much weight, which hours."""
    one = kept.resource
    parts: list[str] = []
    if one.kind == ResourceKind.LIFT:
        parts.append(labels.of(labels.lifts(), one.lift_kind))
        if one.max_weight_kg:
            parts.append(_("up to %(weight)s kg", weight=number(one.max_weight_kg)))
    if one.kind == ResourceKind.LOANER:
        parts.append(one.plate or _("no plate entered"))
    if one.kind == ResourceKind.PERSON and one.capacity_percent < 100:
        parts.append(_("works at %(percent)s %%", percent=one.capacity_percent))
    if one.kind in {ResourceKind.PERSON, ResourceKind.INSPECTOR}:
        parts.append(_hours(kept))
    return " · ".join(part for part in [*parts, one.note] if part)


def unused(kind: str) -> str:
    """What a badge says of somebody or something that gets no appointments any more."""
    if kind in {ResourceKind.PERSON, ResourceKind.INSPECTOR}:
        return _("no longer planned")
    return _("out of use")


def away(absence: Away) -> str:
    """`Krank bis 03.03.2027`"""
    kind = labels.of(labels.absences(), absence.kind)
    _first, last = absences.days_of(absence.starts_at, absence.ends_at)
    return _("%(kind)s until %(day)s", kind=kind, day=day(last))


def span(absence: Absence) -> str:
    """`01.03.2027 – 05.03.2027` or `01.03.2027, 08:00–12:00`."""
    first, last = absences.days_of(absence.starts_at, absence.ends_at)
    if absences.is_whole_days(absence.starts_at, absence.ends_at):
        return day(first) if first == last else f"{day(first)} – {day(last)}"
    if first == last:
        return f"{day(first)}, {time(absence.starts_at)}–{time(absence.ends_at)}"
    return f"{day(first)}, {time(absence.starts_at)} – {day(last)}, {time(absence.ends_at)}"


def cell(name: str, day_shown: Day, absence: Absence) -> str:
    """What a coloured cell of the strip says to those who cannot see or hover."""
    kind = labels.of(labels.absences(), absence.kind)
    return f"{name}, {day(day_shown.on)}: {kind}"


def letter(kind: str) -> str:
    """One letter in a cell, so that colour is not all there is."""
    return labels.of(labels.absences(), kind)[:1]


def validity(plan: Plan) -> str:
    if plan.valid_from and plan.valid_to:
        return f"{day(plan.valid_from)} – {day(plan.valid_to)}"
    if plan.valid_from:
        return _("from %(day)s", day=day(plan.valid_from))
    if plan.valid_to:
        return _("until %(day)s", day=day(plan.valid_to))
    return _("always")


def weekly(plan: Plan) -> str:
    """`38,5 Stunden die Woche`"""
    hours = plan.minutes / 60
    shown = number(hours, 0 if hours == int(hours) else 1)
    return _("%(hours)s hours a week", hours=shown)


def _hours(kept: Kept) -> str:
    plans = plans_of(kept.shifts)
    if not plans:
        if kept.resource.kind == ResourceKind.INSPECTOR:
            return _("no windows entered yet")
        return _("whenever the workshop is open")
    if kept.resource.kind == ResourceKind.INSPECTOR:
        names = dict(labels.weekdays())
        return ", ".join(
            f"{names[str(one.weekday)]} {one.starts:%H:%M}–{one.ends:%H:%M}"
            for one in plans[-1].spans
        )
    return ngettext("%(num)s shift plan", "%(num)s shift plans", len(plans))
