"""Makes appointments of placed work: who came, how it was booked, what became of it."""

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from portal.bookings.models import Origin, ResourceKind, State
from portal.demo.world import bookings_works as works
from portal.demo.world.bookings_days import Diary, Placed
from portal.demo.world.bookings_shapes import Guest, Job, Visit, at

KNOWN_DAYS = 45
"""How far back visits name who came; older ones have outlived the time for which names are kept."""
STAYS_NAMED = 0.1
LONG_MINUTES = 180
VISITS_A_DAY = 18
ANSWERED_WITHIN = timedelta(hours=20)
RUNS_LATE = timedelta(minutes=25)


class Visits:
    """Everything that is drawn by chance about an appointment, the same on the same day."""

    def __init__(
        self, diary: Diary, guests: Sequence[Guest], now: datetime, chance: random.Random
    ) -> None:
        self._diary, self._now, self._chance = diary, now, chance
        strangers = [guest for guest in guests if not guest.is_planned]
        everybody = list(guests)
        chance.shuffle(strangers)
        chance.shuffle(everybody)
        self._past, self._ahead = deque(strangers), deque(everybody)

    def make(self, job: Job, placed: Placed, day: date, guest: Guest | None = None) -> Visit:
        """With its origin, its state at this moment, and perhaps a loaner car or a seat."""
        start, end, held = placed
        begins, ends = at(day, start), at(day, end)
        origin = self._origin(begins)
        visit = Visit(
            job=job,
            starts_at=begins,
            ends_at=ends,
            guest=guest or self._guest(begins),
            origin=origin,
            created_at=self._booked(origin, begins),
            held=held,
        )
        self._add_comfort(visit, day, start, end)
        self._settle(visit)
        return visit

    def missed(self, day: date, job: Job, fullness: float) -> list[Visit]:
        """Appointments of a past day that nobody kept; they occupy nothing."""
        opening = self._diary.opening(day)
        if not opening:
            return []
        found = []
        for state, rate in ((State.CANCELLED, works.CANCELLED), (State.NO_SHOW, works.MISSED)):
            expected = rate * VISITS_A_DAY * fullness
            count = int(expected) + (self._chance.random() < expected % 1)
            for _ in range(count):
                begin, end = self._chance.choice(opening)
                minute = self._chance.randrange(begin, end - 60, 30)
                visit = self._unkept(job, day, minute, state)
                if visit.origin != Origin.WALK_IN:
                    found.append(visit)
        return found

    def _unkept(self, job: Job, day: date, minute: int, state: State) -> Visit:
        begins = at(day, minute)
        origin = self._origin(begins)
        created = self._booked(origin, begins)
        since = begins + timedelta(minutes=90)
        reason = ""
        if state == State.CANCELLED:
            since = created + (begins - created) * self._chance.uniform(0.3, 0.95)
            reason = self._chance.choice(works.REASONS)
        return Visit(
            job=job,
            starts_at=begins,
            ends_at=begins + timedelta(minutes=job.need.minutes),
            guest=self._guest(begins),
            origin=origin,
            created_at=created,
            state=state,
            state_since=min(since, self._now),
            reason=reason,
        )

    def _origin(self, begins: datetime) -> Origin:
        """Chat and forms grow; what was there before the portal has been taken over."""
        age = (self._now - begins).days
        if age > 670:
            return Origin.IMPORT
        online = max(0.35, 1 - max(age, 0) / 900)
        weights = [
            weight * (online if origin in {Origin.CHAT, Origin.FORM, Origin.CAMPAIGN} else 1)
            for origin, weight in works.ORIGINS.items()
        ]
        origin = self._chance.choices(list(works.ORIGINS), weights)[0]
        return Origin.PHONE if origin == Origin.WALK_IN and begins > self._now else origin

    def _booked(self, origin: Origin, begins: datetime) -> datetime:
        """Before it begins and not after now, during the day."""
        mean = works.LEAD_DAYS[origin]
        if not mean:
            return min(begins - timedelta(minutes=self._chance.randrange(2, 20)), self._now)
        days = min(self._chance.expovariate(1 / mean), 55)
        created = (begins - timedelta(days=days)).replace(
            hour=self._chance.randrange(7, 21), minute=self._chance.randrange(60)
        )
        latest = min(begins - timedelta(hours=1), self._now - timedelta(minutes=4))
        if created > latest:
            created = latest - timedelta(minutes=self._chance.randrange(60 * 36))
        return created

    def _guest(self, begins: datetime) -> Guest | None:
        age = (self._now - begins).days
        if age > KNOWN_DAYS and self._chance.random() > STAYS_NAMED:
            return None
        line = self._ahead if begins > self._now else self._past
        guest = line.popleft()
        line.append(guest)
        return guest

    def _add_comfort(self, visit: Visit, day: date, start: int, end: int) -> None:
        need, diary, chance = visit.job.need, self._diary, self._chance
        can_wait = bool(visit.job.services) and all(one.can_wait for one in visit.job.services)
        if can_wait and chance.random() < 0.25:
            seats = diary.take_any(ResourceKind.SEAT, day, start, end)
            visit.held += seats
            visit.waits = bool(seats)
        elif need.minutes >= LONG_MINUTES and chance.random() < 0.3:
            loaners = diary.take_any(ResourceKind.LOANER, day, start, end)
            visit.held += loaners
            visit.loaner = bool(loaners)
        online = visit.origin in {Origin.CHAT, Origin.FORM, Origin.LINK}
        if online and chance.random() < 0.35:
            visit.wishes = chance.choice(works.WISHES)

    def _settle(self, visit: Visit) -> None:
        """The state that this appointment has by now."""
        now, chance = self._now, self._chance
        if visit.starts_at > now:
            asked = visit.origin in {Origin.FORM, Origin.CHAT, Origin.API}
            if asked and now - visit.created_at < ANSWERED_WITHIN and chance.random() < 0.6:
                visit.state = State.REQUESTED
            visit.state_since = visit.created_at
            if visit.state == State.CONFIRMED and visit.starts_at - now < RUNS_LATE:
                visit.state, visit.state_since = State.ARRIVED, now - timedelta(minutes=6)
        elif visit.ends_at > now:
            visit.state, visit.state_since = State.IN_WORK, visit.starts_at
        else:
            waited = timedelta(minutes=chance.randrange(20, 180))
            done = visit.ends_at + waited
            visit.state = State.COLLECTED if done <= now else State.READY
            visit.state_since = done if done <= now else visit.ends_at


def renamed(job: Job, title: str) -> Job:
    return replace(job, title=title[:200])
