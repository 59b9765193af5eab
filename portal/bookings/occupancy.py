"""Loads everything that a search for free times reads, in one statement.

Reservations and absences are found by their end: under row-level security only plain comparisons
reach an index, and what has ended is never read.
"""

from datetime import date, time, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import text

from portal.bookings import capacity
from portal.bookings.calendar import Closed, Span, Week
from portal.bookings.capacity import Capacity, Interval, Occupancy, ShiftRule, Taken
from portal.bookings.models.kinds import LiftKind, ResourceKind
from portal.kit.db import Db

LONGEST_SEARCH = timedelta(days=100)

_EVERYTHING = text("""
select json_build_object(
  'state', (select federal_state from profiles),
  'rules', (select json_build_array(step_minutes, lead_minutes, horizon_days, local_holidays)
              from booking_rules),
  'hours', (select coalesce(json_agg(json_build_array(weekday, opens, closes)), '[]')
              from opening_hours),
  'closures', (select coalesce(json_agg(json_build_array(starts_on, ends_on, reason, reason_en)),
                '[]') from closures where ends_on >= :first and starts_on <= :last),
  'resources', (select coalesce(json_agg(json_build_array(id, kind, name, lift_kind,
                  max_weight_kg, capacity_percent, bookable_online)
                  order by kind, position, id), '[]') from resources where active),
  'skills', (select coalesce(json_agg(json_build_array(resource_id, skill, valid_until)), '[]')
               from resource_skills),
  'shifts', (select coalesce(json_agg(json_build_array(resource_id, weekday, starts, ends,
               valid_from, valid_to)), '[]') from shifts),
  'absences', (select coalesce(json_agg(json_build_array(resource_id,
                 extract(epoch from starts_at)::bigint, extract(epoch from ends_at)::bigint)), '[]')
                 from absences where ends_at > :since and starts_at < :until),
  'taken', (select coalesce(json_agg(json_build_array(resource_id,
              extract(epoch from starts_at)::bigint, extract(epoch from ends_at)::bigint,
              appointment_id)), '[]')
              from reservations where ends_at > :since and starts_at < :until
               and (appointment_id is null or appointment_id is distinct from :except))
)::text
""")


async def load(db: Db, first: date, last: date, *, without: UUID | None = None) -> Occupancy:
    """The days from `first` to `last`; `without` leaves out what one appointment occupies."""
    last = min(last, first + LONGEST_SEARCH)
    bounds = {
        "first": first,
        "last": last,
        "since": capacity.moment(capacity.at(first, time())),
        "until": capacity.moment(capacity.at(last + capacity.DAY, time())),
        "except": without,
    }
    loaded = _decode((await db.execute(_EVERYTHING, bounds)).scalar_one())
    step, lead, horizon, local = loaded.rules or (30, 240, 60, [])
    return Occupancy(
        first=first,
        last=last,
        week=_week(loaded, tuple(local)),
        resources=tuple(_resources(loaded)),
        step_minutes=step,
        lead_minutes=lead,
        horizon_days=horizon,
    )


class _Loaded(msgspec.Struct):
    state: str | None
    rules: tuple[int, int, int, list[str]] | None
    hours: list[tuple[int, time, time]]
    closures: list[tuple[date, date, str, str]]
    resources: list[tuple[UUID, ResourceKind, str, LiftKind, int | None, int, bool]]
    skills: list[tuple[UUID, str, date | None]]
    shifts: list[tuple[UUID, int, time, time, date | None, date | None]]
    absences: list[tuple[UUID, int, int]]
    taken: list[tuple[UUID, int, int, UUID | None]]


_decode = msgspec.json.Decoder(_Loaded).decode


def _week(loaded: _Loaded, local: tuple[str, ...]) -> Week:
    spans: dict[int, list[Span]] = {}
    for weekday, opens, closes in loaded.hours:
        spans.setdefault(weekday, []).append(Span(opens, closes))
    ordered = {day: tuple(sorted(found)) for day, found in spans.items()}
    closures = tuple(Closed(*one) for one in sorted(loaded.closures))
    return Week(ordered, closures, loaded.state or "", local)


def _resources(loaded: _Loaded) -> list[Capacity]:
    skills: dict[UUID, dict[str, date | None]] = {}
    shifts: dict[UUID, list[ShiftRule]] = {}
    absences: dict[UUID, list[Interval]] = {}
    taken: dict[UUID, list[Taken]] = {}
    for owner, skill, valid_until in loaded.skills:
        skills.setdefault(owner, {})[skill] = valid_until
    for owner, weekday, starts, ends, since, until in loaded.shifts:
        rule = ShiftRule(weekday, starts, ends, since, until)
        shifts.setdefault(owner, []).append(rule)
    for owner, start, end in loaded.absences:
        absences.setdefault(owner, []).append((start, end))
    for owner, start, end, appointment_id in loaded.taken:
        taken.setdefault(owner, []).append(Taken(start, end, appointment_id))
    return [
        Capacity(
            id=id_,
            kind=kind,
            name=name,
            lift_kind=lift_kind,
            max_weight_kg=weight,
            percent=percent,
            online=online,
            skills=skills.get(id_, {}),
            shifts=tuple(shifts.get(id_, ())),
            absences=tuple(sorted(absences.get(id_, ()))),
            taken=tuple(sorted(taken.get(id_, ()), key=lambda one: one.start)),
        )
        for id_, kind, name, lift_kind, weight, percent, online in loaded.resources
    ]
