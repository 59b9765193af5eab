"""Who was, is and will be away: vacations, illness, a lift that is broken."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from portal.bookings.models import Absence, AbsenceKind, ResourceKind
from portal.demo.world.bookings_days import Diary, next_days
from portal.demo.world.bookings_shapes import Spot, at, days_of
from portal.kit.clock import BERLIN

SUMMER_WEEK, AUTUMN_WEEK = 27, 41
SICK_A_YEAR = 5


def planned(spots: Sequence[Spot], today: date, chance: random.Random) -> Iterator[Absence]:
    """Known when people booked: nobody is planned in for these days."""
    people = [spot for spot in spots if spot.kind == ResourceKind.PERSON]
    for number, person in enumerate(people):
        for year in (today.year - 2, today.year - 1, today.year, today.year + 1):
            summer = date.fromisocalendar(year, SUMMER_WEEK + 2 * number, 1)
            yield _away(person, summer, 12, AbsenceKind.VACATION, "Sommerurlaub")
            autumn = date.fromisocalendar(year, min(AUTUMN_WEEK + 2 * number, 46), 1)
            yield _away(person, autumn, 5, AbsenceKind.VACATION, "Urlaub")
            for later in sorted(chance.sample(range(340), SICK_A_YEAR)):
                day = date(year, 1, 7) + timedelta(days=later)
                if day < today - timedelta(days=7):
                    length = chance.choice((1, 1, 2, 3))
                    yield _away(person, day, length, AbsenceKind.SICK, "Krank gemeldet")
    if len(people) > 1:
        monday = today + timedelta(days=14 - today.weekday())
        yield _away(people[-2], monday, 5, AbsenceKind.VACATION, "Resturlaub")


def sudden(diary: Diary, person: Spot, today: date) -> list[Absence]:
    """Known since this morning: the appointments of these days have to be planned anew."""
    ahead = next_days(diary.week, today + timedelta(days=1), 5)
    sick = _away(
        person, ahead[0], (ahead[2] - ahead[0]).days + 1, AbsenceKind.SICK, "Krank, AU folgt"
    )
    lift = diary.of(ResourceKind.LIFT)[0]
    opening = diary.opening(ahead[4])
    broken = Absence(
        resource_id=lift.id,
        kind=AbsenceKind.BROKEN,
        starts_at=at(ahead[4], opening[0][0]),
        ends_at=at(ahead[4], opening[0][0] + 4 * 60),
        note="Hydraulik undicht, Monteur kommt am Vormittag",
        source_id=f"demo broken {ahead[4]}",
    )
    return [sick, broken]


def block(diary: Diary, spots: Sequence[Spot], absences: Sequence[Absence]) -> None:
    """Whole days only: that is all there is in the past."""
    by_id = {spot.id: spot for spot in spots}
    for absence in absences:
        first = absence.starts_at.astimezone(BERLIN).date()
        last = (absence.ends_at.astimezone(BERLIN) - timedelta(minutes=1)).date()
        for day in days_of(first, last):
            diary.block(by_id[absence.resource_id], day)


def _away(spot: Spot, first: date, days: int, kind: AbsenceKind, note: str) -> Absence:
    return Absence(
        resource_id=spot.id,
        kind=kind,
        starts_at=datetime.combine(first, time(), BERLIN),
        ends_at=datetime.combine(first + timedelta(days=days), time(), BERLIN),
        note=note,
        source_id=f"demo {kind} {first}",
    )
