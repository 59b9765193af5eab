"""What makes today and the coming weeks worth looking at, whatever day and hour it is.

One job that is nearly done, one that got stuck, one that nobody collects, one over several days,
a customer who has been missed before, and requests without a time.
"""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from portal.bookings.models import Origin, ResourceKind, State
from portal.bookings.progress import nearly_done_at
from portal.demo.world.bookings_days import Diary, next_days, place_somewhere
from portal.demo.world.bookings_shapes import Guest, Job, Spot, Visit, at, days_of
from portal.demo.world.bookings_works import LONG_JOBS, Repair, repair_job
from portal.kit.clock import BERLIN

NEARLY = 0.87
LONG_DAYS = 4
OPEN_FOR = 75
"""Minutes that the workshop must have been open for work of today to be nearly done."""


class Present:
    """Puts the special appointments into the diary before the ordinary ones fill it."""

    def __init__(self, diary: Diary, now: datetime, chance: random.Random) -> None:
        self._diary, self._now, self._chance = diary, now, chance
        self._today = now.astimezone(BERLIN).date()
        self._people = [spot for spot in diary.of(ResourceKind.PERSON) if spot.percent == 100]

    def visits(self, guests: Sequence[Guest], inspection: Job) -> list[Visit]:
        found = [
            self._nearly_done(guests[0]),
            self._stuck(guests[1], inspection),
            self._waiting_to_be_collected(guests[2], inspection),
            self._over_days(guests[3], self._working_days(-1)[0]),
            *self._missed_before(guests[4], inspection),
        ]
        return [visit for visit in found if visit is not None]

    def past_long_jobs(self, guests: Sequence[Guest | None]) -> list[Visit]:
        """Two a month, so that utilisation is not made of small work alone."""
        found = []
        for number, guest in enumerate(guests):
            day = self._today - timedelta(days=18 + 15 * number)
            visit = self._over_days(guest, next_days(self._diary.week, day, 1)[0])
            if visit is not None:
                visit.state, visit.state_since = State.COLLECTED, visit.ends_at
                found.append(visit)
        return found

    def _nearly_done(self, guest: Guest) -> Visit | None:
        """Begun so long ago that four fifths of its time are over; overnight when it is closed."""
        today = self._diary.opening(self._today)
        minute = _minute(self._now.astimezone(BERLIN))
        span = next((span for span in today if span[0] + OPEN_FOR <= minute <= span[1] - 40), None)
        if span is not None:
            start = max(span[0], minute - 150) // 15 * 15
            minutes = int((minute - start) / NEARLY) // 5 * 5 + 5
            pieces = [(self._today, start, start + minutes)]
        else:
            last = self._working_days(-1, before=at(self._today, minute))[0]
            following = next_days(self._diary.week, last + timedelta(days=1), 1)[0]
            begin, close = self._diary.opening(last)[-1]
            start, opens = max(begin, close - 195), self._diary.opening(following)[0][0]
            rest = (close - start) * 3 // 20 // 5 * 5
            pieces = [(last, start, close), (following, opens, opens + rest)]
        job = repair_job(Repair("Querlenker und Koppelstangen erneuern", _sum(pieces), 1))
        visit = self._held(job, pieces, guest, Origin.PHONE)
        if visit is not None:
            visit.state, visit.state_since = State.IN_WORK, visit.starts_at
            visit.nearly_done_at = nearly_done_at(
                self._diary.week, visit.starts_at, job.need.minutes
            )
        return visit

    def _stuck(self, guest: Guest, job: Job) -> Visit | None:
        visit = self._on(self._working_days(-4)[0], job, guest, Origin.FORM)
        if visit is not None:
            visit.state, visit.state_since = State.IN_WORK, visit.starts_at
            visit.note = "Traggelenk ist bestellt, Liefertermin verschoben. Fahrzeug steht im Hof."
        return visit

    def _waiting_to_be_collected(self, guest: Guest, job: Job) -> Visit | None:
        visit = self._on(self._working_days(-3)[0], job, guest, Origin.CHAT)
        if visit is not None:
            visit.state, visit.state_since = State.READY, visit.ends_at
            visit.note = "Mailbox besprochen, Kunde ist bis Ende der Woche verreist."
        return visit

    def _missed_before(self, guest: Guest, job: Job) -> list[Visit]:
        """Two appointments that were not kept, and one to come."""
        found = []
        for days in (40, 160):
            day = next_days(self._diary.week, self._today - timedelta(days=days), 1)[0]
            begins = at(day, 10 * 60)
            found.append(
                Visit(
                    job=job,
                    starts_at=begins,
                    ends_at=begins + timedelta(minutes=job.need.minutes),
                    guest=guest,
                    origin=Origin.FORM,
                    created_at=begins - timedelta(days=6, hours=2),
                    state=State.NO_SHOW,
                    state_since=begins + timedelta(hours=1),
                )
            )
        coming = next_days(self._diary.week, self._today + timedelta(days=2), 1)[0]
        visit = self._on(coming, job, guest, Origin.FORM)
        return [*found, *([visit] if visit is not None else [])]

    def _over_days(self, guest: Guest | None, first: date) -> Visit | None:
        title, minutes = self._chance.choice(LONG_JOBS)
        job = repair_job(Repair(title, minutes, 1))
        for person in self._chance.sample(self._people, len(self._people)):
            pieces, left = [], minutes
            for day in next_days(self._diary.week, first, LONG_DAYS):
                for begin, end in self._diary.shifts(person, day, self._diary.opening(day)):
                    if left > 0:
                        pieces.append((day, begin, min(end, begin + left)))
                        left -= min(end - begin, left)
            if left:
                continue
            visit = self._held(job, pieces, guest, Origin.PHONE, person)
            if visit is not None:
                begun = visit.starts_at <= self._now
                visit.state = State.IN_WORK if begun else State.CONFIRMED
                visit.state_since = visit.starts_at if begun else visit.created_at
                visit.loaner = self._loaner(visit)
                return visit
        return None

    def _loaner(self, visit: Visit) -> bool:
        """A loaner car is away overnight, too."""
        diary = self._diary
        days = days_of(visit.starts_at.date(), visit.ends_at.date())
        for spot in diary.of(ResourceKind.LOANER):
            if all(diary.is_free(spot, day, 0, 24 * 60) for day in days):
                for day in days:
                    diary.block(spot, day)
                visit.held.append((spot.id, visit.starts_at, visit.ends_at))
                return True
        return False

    def _held(
        self,
        job: Job,
        pieces: Sequence[tuple[date, int, int]],
        guest: Guest | None,
        origin: Origin,
        person: Spot | None = None,
    ) -> Visit | None:
        """Lift and person for each piece of the work."""
        diary = self._diary
        wanted = []
        for kind, choice in ((ResourceKind.LIFT, None), (ResourceKind.PERSON, person)):
            candidates = [choice] if choice else self._candidates(kind)
            free = next(
                (
                    spot
                    for spot in candidates
                    if all(diary.is_free(spot, *piece) for piece in pieces)
                ),
                None,
            )
            if free is None:
                return None
            wanted.append(free)
        held = [diary.take(spot, *piece) for spot in wanted for piece in pieces]
        begins, ends = at(pieces[0][0], pieces[0][1]), at(pieces[-1][0], pieces[-1][2])
        created = begins - timedelta(days=5, hours=3)
        return Visit(job, begins, ends, guest, origin, min(created, self._now), held=held)

    def _candidates(self, kind: ResourceKind) -> list[Spot]:
        if kind == ResourceKind.PERSON:
            return self._people[1:] + self._people[:1]
        return [spot for spot in self._diary.of(kind) if spot.lift_kind != "floor"][:2]

    def _on(self, day: date, job: Job, guest: Guest, origin: Origin) -> Visit | None:
        placed = place_somewhere(self._diary, day, job, self._people, self._chance)
        if placed is None:
            return None
        start, end, held = placed
        begins = at(day, start)
        created = min(begins - timedelta(days=4, hours=5), self._now - timedelta(hours=3))
        return Visit(
            job, begins, at(day, end), guest, origin, created, held=held, state_since=created
        )

    def _working_days(self, count: int, *, before: datetime | None = None) -> list[date]:
        """The day so many working days ago; with `before` one that was over by then."""
        found: list[date] = []
        day = self._today if before is not None else self._today - timedelta(days=1)
        while len(found) < -count:
            opening = self._diary.opening(day)
            if opening and (before is None or at(day, opening[-1][1]) <= before):
                found.append(day)
            day -= timedelta(days=1)
        return found[::-1]


def _sum(pieces: Sequence[tuple[date, int, int]]) -> int:
    return sum(end - start for _day, start, end in pieces)


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
