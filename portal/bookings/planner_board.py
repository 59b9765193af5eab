"""The calendar as it is drawn: columns, blocks, shades and how full each day is. Pure.

A block's place is made of wall-clock hours and steps of five minutes, which the style sheet turns
into positions: nothing on the page needs a style attribute, and nothing moves once it is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

import msgspec

from portal.bookings import capacity
from portal.bookings.calendar import why_closed
from portal.bookings.capacity import Capacity, Interval, Occupancy
from portal.bookings.models import ResourceKind, State
from portal.bookings.planner_cards import Card
from portal.kit import clock

STEP = 5
MOST_LANES = 4
USUAL_HOURS = (7, 18)


class Place(msgspec.Struct, frozen=True):
    """Where a stretch of a day is drawn: from `hour:minute`, `hours` and `minutes` long."""

    hour: int
    minute: int
    hours: int
    minutes: int


class Block(msgspec.Struct):
    """One stretch of an appointment in one column; `lane` of `lanes` beside each other."""

    card: Card
    start: int
    end: int
    place: Place
    is_first: bool = True
    is_last: bool = True
    lane: int = 0
    lanes: int = 1


class Shade(msgspec.Struct, frozen=True):
    """A stretch in which nothing can be planned; `why` is `closed`, `off` or `absent`."""

    why: str
    place: Place
    start: int
    end: int


class Column(msgspec.Struct):
    """`id` is None for what occupies no resource of this kind."""

    id: UUID | None
    name: str
    note: str
    blocks: list[Block]
    shades: list[Shade]


class Load(msgspec.Struct, frozen=True):
    """How full a day is: minutes that people are planned for, of those they are there."""

    day: date
    booked: int
    available: int
    count: int
    closed: str | None = None

    @property
    def percent(self) -> int:
        if self.available:
            return round(self.booked * 100 / self.available)
        return 100 if self.booked else 0

    @property
    def tone(self) -> str:
        if self.percent > 100:
            return "danger"
        return "warning" if self.percent >= 90 else "accent"


class Cell(msgspec.Struct):
    """One resource on one day of a week; `state` is empty, `closed`, `off` or `absent`."""

    day: date
    blocks: list[Block]
    state: str = ""


class Row(msgspec.Struct):
    id: UUID | None
    name: str
    note: str
    cells: list[Cell]


def day_columns(
    occupancy: Occupancy, cards: Mapping[UUID, Card], kind: ResourceKind, day: date
) -> list[Column]:
    """One column for each resource of the kind, and one for what needs none."""
    found = [
        _column(occupancy, cards, resource, day)
        for resource in occupancy.of(kind)
        if kind != ResourceKind.INSPECTOR or _works_on(occupancy, resource, day)
    ]
    rest = _unassigned(occupancy, cards, kind, day)
    if rest or not found:
        found.append(Column(None, "", "", _in_lanes(rest), _closed_shades(occupancy, day)))
    return found


def week_rows(
    occupancy: Occupancy, cards: Mapping[UUID, Card], kind: ResourceKind, days: Sequence[date]
) -> list[Row]:
    found = []
    for resource in occupancy.of(kind):
        cells = [
            Cell(day, _blocks(cards, resource, day), _cell_state(occupancy, resource, day))
            for day in days
        ]
        found.append(Row(resource.id, resource.name, _note(resource), cells))
    rest = [Cell(day, _unassigned(occupancy, cards, kind, day)) for day in days]
    if not found or any(cell.blocks for cell in rest):
        found.append(Row(None, "", "", rest))
    return found


def agenda(cards: Iterable[Card], day: date) -> list[Card]:
    """What happens on that day, in the order of the clock."""
    first, last = _bounds(day)
    there = [(card.within(first, last), card) for card in cards if card.is_planned]
    here = [(times[0][0], card.plate, card) for times, card in there if times]
    return [card for _start, _plate, card in sorted(here, key=lambda one: one[:2])]


def part_of(card: Card, day: date) -> Interval:
    """From when to when it is worked on that day."""
    times = card.within(*_bounds(day))
    return (times[0][0], times[-1][1]) if times else (card.start, card.end)


def over(cards: Iterable[Card], day: date) -> list[Card]:
    """What was planned for that day and will not happen."""
    first, last = _bounds(day)
    return [
        card
        for card in cards
        if card.state in {State.CANCELLED, State.NO_SHOW} and first <= card.start < last
    ]


def loads(
    occupancy: Occupancy, cards: Iterable[Card], days: Sequence[date], language: str
) -> list[Load]:
    """How full these days are; without people the lifts in opening hours are the measure."""
    team = occupancy.of(ResourceKind.PERSON) or occupancy.of(ResourceKind.LIFT)
    times = {one.id: capacity.work_times(occupancy, one) for one in team}
    known = list(cards)
    return [_load(occupancy, team, times, known, day, language) for day in days]


def hours_of(occupancy: Occupancy, columns: Iterable[Column], day: date) -> tuple[int, int]:
    """The hours that a day shows: when it is open, and whatever lies outside."""
    spans = [*capacity.open_times(occupancy.week, day)]
    spans += [(block.start, block.end) for column in columns for block in column.blocks]
    if not spans:
        return USUAL_HOURS
    first, last = _bounds(day)
    begins = clock.local(capacity.moment(max(first, min(start for start, _end in spans))))
    latest = min(last, max(end for _start, end in spans))
    ends = clock.local(capacity.moment(latest))
    until = 24 if latest >= last else ends.hour + (1 if ends.minute or ends.second else 0)
    return begins.hour, min(24, max(until, begins.hour + 4))


def cut(columns: Iterable[Column], day: date, first_hour: int, last_hour: int) -> None:
    """Shades end where the shown hours do."""
    since, until = _wall(day, first_hour), _wall(day, last_hour)
    for column in columns:
        column.shades = [
            _shade(shade.why, max(shade.start, since), min(shade.end, until))
            for shade in column.shades
            if shade.start < until and shade.end > since
        ]


def _wall(day: date, hour: int) -> int:
    return _bounds(day)[1] if hour >= 24 else capacity.at(day, time(hour))


def _column(
    occupancy: Occupancy, cards: Mapping[UUID, Card], resource: Capacity, day: date
) -> Column:
    blocks = _in_lanes(_blocks(cards, resource, day))
    return Column(
        resource.id, resource.name, _note(resource), blocks, _shades(occupancy, resource, day)
    )


def _blocks(cards: Mapping[UUID, Card], resource: Capacity, day: date) -> list[Block]:
    first, last = _bounds(day)
    found = []
    for taken in resource.taken:
        card = cards.get(taken.appointment_id) if taken.appointment_id else None
        if card is None or taken.end <= first or taken.start >= last or not card.is_planned:
            continue
        found.append(_block(card, taken.start, min(taken.end, card.end), day))
    return sorted(found, key=lambda block: block.start)


def _unassigned(
    occupancy: Occupancy, cards: Mapping[UUID, Card], kind: ResourceKind, day: date
) -> list[Block]:
    """Appointments that occupy nothing of this kind, where another resource says when."""
    if kind not in {ResourceKind.LIFT, ResourceKind.PERSON}:
        return []
    shown = {one.id for one in occupancy.of(kind)}
    return [
        _block(card, start, end, day)
        for card in agenda(cards.values(), day)
        if card.resources.get(kind) not in shown
        for start, end in card.within(*_bounds(day))
    ]


def _block(card: Card, start: int, end: int, day: date) -> Block:
    first, last = _bounds(day)
    begin, finish = max(start, first), max(min(end, last), max(start, first) + STEP * 60)
    return Block(
        card,
        begin,
        finish,
        _place(begin, finish),
        is_first=begin <= card.start,
        is_last=finish >= card.end,
    )


def _in_lanes(blocks: list[Block]) -> list[Block]:
    """Side by side where they overlap; lanes of one cluster have the same width."""
    cluster: list[Block] = []
    ends: list[int] = []
    for block in sorted(blocks, key=lambda one: (one.start, -one.end)):
        if cluster and block.start >= max(ends):
            _share(cluster, len(ends))
            cluster, ends = [], []
        free = next((lane for lane, end in enumerate(ends) if end <= block.start), len(ends))
        if free == len(ends):
            ends.append(0)
        ends[free] = block.end
        block.lane = free
        cluster.append(block)
    _share(cluster, len(ends))
    return blocks


def _share(cluster: list[Block], lanes: int) -> None:
    for block in cluster:
        block.lanes = min(max(lanes, 1), MOST_LANES)
        block.lane = min(block.lane, MOST_LANES - 1)


def _shades(occupancy: Occupancy, resource: Capacity, day: date) -> list[Shade]:
    first, last = _bounds(day)
    works = _of_day(capacity.work_times(occupancy, resource), day)
    is_open = capacity.open_times(occupancy.week, day)
    closed = capacity.without([(first, last)], is_open)
    away = _of_day(sorted(resource.absences), day)
    off = capacity.without(capacity.without([(first, last)], works), [*closed])
    found = [("closed", one) for one in closed] if not resource.shifts else []
    found += [("off", one) for one in (off if not resource.shifts else _not(works, day))]
    found += [("absent", one) for one in away]
    return [_shade(why, *one) for why, one in found]


def _closed_shades(occupancy: Occupancy, day: date) -> list[Shade]:
    closed = _not(capacity.open_times(occupancy.week, day), day)
    return [_shade("closed", *one) for one in closed]


def _not(times: Sequence[Interval], day: date) -> list[Interval]:
    return capacity.without([_bounds(day)], sorted(times))


def _shade(why: str, start: int, end: int) -> Shade:
    return Shade(why, _place(start, end), start, end)


def _cell_state(occupancy: Occupancy, resource: Capacity, day: date) -> str:
    """Empty when the resource can be planned at least for a part of the day."""
    is_open = capacity.open_times(occupancy.week, day)
    if not is_open and not resource.shifts:
        return "closed"
    works = _of_day(capacity.work_times(occupancy, resource), day)
    if not works:
        return "off" if is_open else "closed"
    measured = works if resource.shifts else is_open
    return "" if capacity.without(measured, sorted(resource.absences)) else "absent"


def _works_on(occupancy: Occupancy, resource: Capacity, day: date) -> bool:
    first, last = _bounds(day)
    taken = any(one.start < last and one.end > first for one in resource.taken)
    return taken or bool(_of_day(capacity.work_times(occupancy, resource), day))


def _load(
    occupancy: Occupancy,
    team: Sequence[Capacity],
    times: Mapping[UUID, Sequence[Interval]],
    cards: Sequence[Card],
    day: date,
    language: str,
) -> Load:
    available = booked = 0
    is_open = capacity.open_times(occupancy.week, day)
    for one in team:
        works = _of_day(times[one.id], day) if one.kind == ResourceKind.PERSON else is_open
        there = capacity.without(works, sorted(one.absences))
        available += _minutes(there) * one.percent // 100
        planned = [(t.start, t.end) for t in one.taken if t.appointment_id]
        booked += _minutes(_of_day(sorted(planned), day)) * one.percent // 100
    count = len(agenda(cards, day))
    return Load(day, booked, available, count, why_closed(occupancy.week, day, language))


def _of_day(times: Iterable[Interval], day: date) -> list[Interval]:
    first, last = _bounds(day)
    cut = ((max(start, first), min(end, last)) for start, end in times)
    return [one for one in cut if one[0] < one[1]]


def _minutes(times: Iterable[Interval]) -> int:
    return sum(end - start for start, end in times) // 60


def _note(resource: Capacity) -> str:
    if resource.kind == ResourceKind.PERSON and resource.percent < 100:
        return f"{resource.percent} %"
    if resource.kind == ResourceKind.LIFT and resource.max_weight_kg:
        return f"{resource.max_weight_kg / 1000:.1f} t".replace(".", ",")
    return ""


def _place(start: int, end: int) -> Place:
    begins = clock.local(capacity.moment(start))
    minute = begins.minute // STEP * STEP
    steps = -(-(end - start) // (STEP * 60))
    length = max(steps, 1) * STEP
    return Place(begins.hour, minute, length // 60, length % 60)


def _bounds(day: date) -> Interval:
    return capacity.at(day, time()), capacity.at(day + timedelta(days=1), time())


def local_time(seconds: int) -> datetime:
    return clock.local(capacity.moment(seconds))
