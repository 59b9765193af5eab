"""Four statements that count; no row of a booking leaves the database.

Times become local wall times before they are cut into days and hours. Lifts are counted only while
the workshop is open: a car may stand on one overnight.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import Date, DateTime, Integer, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

from portal.bookings.calendar import Closed, Span, Week
from portal.bookings.capacity import ShiftRule
from portal.bookings.models.kinds import Origin, ResourceKind, State
from portal.bookings.numbers_available import Absent, Basis, Bookable, closed_days, opening_cells
from portal.bookings.numbers_period import DAY, Period, midnight, monday_of
from portal.kit.db import Db

_BASIS = text("""
select json_build_object(
  'state', (select federal_state from profiles),
  'local', (select local_holidays from booking_rules),
  'hours', (select coalesce(json_agg(json_build_array(weekday, opens, closes)), '[]')
              from opening_hours),
  'closures', (select coalesce(json_agg(json_build_array(starts_on, ends_on)), '[]')
                 from closures where ends_on >= :first and starts_on <= :last),
  'resources', (select coalesce(json_agg(json_build_array(id, kind, name, active)
                  order by kind, position, id), '[]')
                  from resources where kind in ('lift', 'person')),
  'shifts', (select coalesce(json_agg(json_build_array(resource_id, weekday, starts, ends,
               valid_from, valid_to)), '[]') from shifts),
  'absences', (select coalesce(json_agg(json_build_array(resource_id,
                 starts_at at time zone 'Europe/Berlin', ends_at at time zone 'Europe/Berlin')),
                 '[]') from absences where ends_at > :since and starts_at < :until)
)::text
""")

_TAKEN = text("""
with cell as (
  select 'lift' as kind, * from unnest(:weekdays, :hours, :opens, :closes)
                                as c (weekday, hour, opens, closes)
  union all
  select 'person', weekday, hour, hour * 60, hour * 60 + 60
    from generate_series(0, 6) as weekday, generate_series(0, 23) as hour
), taken as (
  select r.resource_id, s.kind, r.starts_at at time zone 'Europe/Berlin' as starts,
         r.ends_at at time zone 'Europe/Berlin' as ends
    from reservations r join resources s on s.id = r.resource_id
   where r.ends_at > :since and r.starts_at < :until and s.kind in ('lift', 'person')
), piece as materialized (
  select resource_id, kind, day >= :middle_wall as is_now,
         date_part('isodow', day)::int - 1 as weekday,
         greatest(date_part('epoch', starts - day) / 60, 0)::int as starts,
         least(date_part('epoch', ends - day) / 60, 1440)::int as ends,
         count(*) as times
    from taken, generate_series(date_trunc('day', starts), ends - interval '1 microsecond',
                                interval '1 day') as day
   where day >= :first_wall and day < :end_wall
     and (kind = 'person' or day::date <> all(:closed))
   group by 1, 2, 3, 4, 5, 6
)
select resource_id, is_now, weekday, hour,
       sum((least(ends, closes) - greatest(starts, opens)) * times)::int
  from piece join cell using (kind, weekday)
 where closes > starts and opens < ends
 group by 1, 2, 3, 4
""").bindparams(
    *(bindparam(name, type_=ARRAY(Integer)) for name in ("weekdays", "hours", "opens", "closes")),
    bindparam("closed", type_=ARRAY(Date)),
    *(bindparam(f"{name}_wall", type_=DateTime()) for name in ("first", "middle", "end")),
)

_OUTCOMES = text("""
select is_now, state, origin, lead_days, count(*)
  from (select starts_at >= :middle as is_now, state, origin,
               case when state <> 'cancelled' and origin <> 'import' then greatest(0,
                 (starts_at at time zone 'Europe/Berlin')::date
                 - (created_at at time zone 'Europe/Berlin')::date) end as lead_days
          from appointments where starts_at >= :since and starts_at < :until) as counted
 group by grouping sets ((is_now, state, origin), (is_now, lead_days))
""")

_REVENUE = text("""
select date_trunc('week', a.starts_at at time zone 'Europe/Berlin')::date,
       case a.state when 'collected' then 'done' when 'requested' then 'asked' else 'booked' end,
       count(distinct a.id),
       coalesce(sum(s.price) filter (where not s.price_from), 0),
       coalesce(sum(s.price) filter (where s.price_from), 0),
       count(distinct a.id) filter (where s.price is null)
  from appointments a left join appointment_services s on s.appointment_id = a.id
 where a.starts_at >= :since and a.starts_at < :until and a.state not in ('cancelled', 'no_show')
 group by 1, 2
""")


class Taken(NamedTuple):
    """Minutes that a resource was reserved in one hour of the week, in a whole period."""

    resource_id: UUID
    is_now: bool
    weekday: int
    hour: int
    minutes: int


class Counted(NamedTuple):
    """Appointments of a state and origin (`lead_days` is None), or of a lead time (`state` is)."""

    is_now: bool
    state: State | None
    origin: Origin | None
    lead_days: int | None
    how_many: int


class Earned(NamedTuple):
    """What the services of one week cost; `least` sums up the prices "from"."""

    week: date
    stage: str
    visits: int
    fixed: Decimal
    least: Decimal
    unpriced: int


async def load_basis(db: Db, period: Period) -> Basis:
    """For this period and the one before it."""
    bounds = {
        "first": period.before.first,
        "last": period.last,
        "since": period.before.since,
        "until": period.until,
    }
    loaded = _decode((await db.execute(_BASIS, bounds)).scalar_one())
    spans: dict[int, list[Span]] = {}
    for weekday, opens, closes in loaded.hours:
        spans.setdefault(weekday, []).append(Span(opens, closes))
    week = Week(
        {day: tuple(sorted(found)) for day, found in spans.items()},
        tuple(Closed(*one) for one in sorted(loaded.closures)),
        loaded.state or "",
        tuple(loaded.local or ()),
    )
    return Basis(week=week, resources=tuple(_bookable(loaded)))


async def count_taken(db: Db, basis: Basis, period: Period) -> list[Taken]:
    both = Period(period.before.first, period.last)
    cells = list(zip(*opening_cells(basis.week), strict=True)) or [(), (), (), ()]
    values: dict[str, Any] = {
        "since": both.since,
        "until": both.until,
        "first_wall": _wall(both.first),
        "middle_wall": _wall(period.first),
        "end_wall": _wall(both.last + DAY),
        "closed": closed_days(basis.week, both),
        **{name: list(column) for name, column in zip(_CELL, cells, strict=True)},
    }
    return [Taken(*row) for row in await db.execute(_TAKEN, values)]


async def count_outcomes(db: Db, period: Period) -> list[Counted]:
    bounds = {"since": period.before.since, "middle": period.since, "until": period.until}
    return [Counted(*row) for row in await db.execute(_OUTCOMES, bounds)]


async def sum_revenue(db: Db, first: date, last: date) -> Sequence[Earned]:
    """By whole weeks, from the one of `first` to the one of `last`."""
    bounds = {
        "since": midnight(monday_of(first)),
        "until": midnight(monday_of(last) + 7 * DAY),
    }
    return [Earned(*row) for row in await db.execute(_REVENUE, bounds)]


_CELL = ("weekdays", "hours", "opens", "closes")


class _Loaded(msgspec.Struct):
    state: str | None
    local: list[str] | None
    hours: list[tuple[int, time, time]]
    closures: list[tuple[date, date]]
    resources: list[tuple[UUID, ResourceKind, str, bool]]
    shifts: list[tuple[UUID, int, time, time, date | None, date | None]]
    absences: list[tuple[UUID, datetime, datetime]]


_decode = msgspec.json.Decoder(_Loaded).decode


def _bookable(loaded: _Loaded) -> list[Bookable]:
    shifts: dict[UUID, list[ShiftRule]] = {}
    absences: dict[UUID, list[Absent]] = {}
    for owner, weekday, starts_at, ends_at, since, until in loaded.shifts:
        rule = ShiftRule(weekday, starts_at, ends_at, since, until)
        shifts.setdefault(owner, []).append(rule)
    for owner, starts, ends in loaded.absences:
        absences.setdefault(owner, []).append(Absent(starts, ends))
    return [
        Bookable(
            id=id_,
            kind=kind,
            name=name,
            active=active,
            shifts=tuple(shifts.get(id_, ())),
            absences=tuple(absences.get(id_, ())),
        )
        for id_, kind, name, active in loaded.resources
    ]


def _wall(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  # a wall time on purpose
