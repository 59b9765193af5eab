"""Two years in the life of a car: services, inspections, tyres, repairs, in an order that holds."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.demo.world import works
from portal.demo.world.rows import Car, Model
from portal.demo.world.workdays import Workdays, months_before
from portal.demo.world.works import Work
from portal.vehicles.models import HistoryKind, Provenance

YEARS_KNOWN = 2
MARGIN = 14
CLASSIC_FROM = 390
"""Months, after which a car is looked after with other words."""


@dataclass(frozen=True)
class Event:
    """One entry of the history, before it is stored."""

    day: date
    kind: HistoryKind
    title: str
    text: str
    km: int
    by: str
    source: str
    label: str = ""
    provenance: Provenance = Provenance.DOCUMENTED


@dataclass(frozen=True)
class Life:
    """A car, the dates that its papers name, and who works on it."""

    car: Car
    model: Model
    registered: date
    hu_due: date
    today: date
    days: Workdays
    mechanics: tuple[str, ...]
    advisor: str

    @property
    def known_since(self) -> date:
        return max(
            months_before(self.today, min(self.car.known, 12 * YEARS_KNOWN)),
            self.registered + timedelta(days=30),
        )

    @property
    def is_classic(self) -> bool:
        return self.car.age > CLASSIC_FROM

    def km_on(self, day: date) -> int:
        """The odometer runs evenly from zero on the first day to what it shows today."""
        share = (day - self.registered).days / max((self.today - self.registered).days, 1)
        return int(self.car.km * min(share, 1.0))


def of_life(life: Life, chance: random.Random) -> list[Event]:
    """The entries in the order of their days; at most one of a kind of work on a day."""
    events = [*_services(life, chance), *_inspections(life, chance)]
    if not life.car.all_season:
        events += _wheels(life, chance)
    events += _repairs(life, chance)
    events += _taken_over(life)
    if chance.random() < 0.3:
        events += _reported(life, chance)
    return sorted(events, key=lambda event: (event.day, event.km))


def _services(life: Life, chance: random.Random) -> Iterator[Event]:
    """Once a year, electric cars every second year; each second service is a large one."""
    electric = life.model.fuel == "electric"
    every = 730 if electric else 365
    day = life.today - timedelta(days=chance.randrange(20, every - 10))
    number = chance.randrange(2)
    while day > life.known_since:
        choice = _service(life, large=bool(number % 2))
        yield _done(life, chance, _fitting(life, chance, choice, life.km_on(day)), day)
        day -= timedelta(days=every + chance.randrange(-25, 26))
        number += 1


def _service(life: Life, *, large: bool) -> list[Work]:
    if life.is_classic:
        return works.CLASSIC_SERVICE
    if life.model.fuel == "electric":
        return works.ELECTRIC_SERVICE
    return works.LARGE_SERVICE if large else works.SMALL_SERVICE


def _inspections(life: Life, chance: random.Random) -> Iterator[Event]:
    """The HU that gave the present sticker, perhaps at the second attempt."""
    month = months_before(life.hu_due, 24)
    day = life.days.test_day(month + timedelta(days=chance.randrange(24)))
    first = life.hu_due <= months_before(life.registered, -36)
    if first or not life.known_since < day < life.today:
        return
    inspector = chance.choice(works.INSPECTORS)
    due = f"Plakette bis {life.hu_due:%m/%Y}"
    failed = day.day < 13 and life.car.km > 70_000 and chance.random() < 0.4
    report = f"Prüfbericht {inspector} {chance.randrange(10**5, 10**6)}"
    if not failed:
        text = f"{inspector}: {chance.choice(works.HU_HINTS)}. AU bestanden. {due}."
        yield _inspected(life, "HU/AU bestanden", text, day, report)
        return
    defects, mended = chance.choice(works.HU_DEFECTS)
    text = f"{inspector}: erhebliche Mängel: {defects}. Nachprüfung binnen eines Monats."
    yield _inspected(life, "HU nicht bestanden", text, day, report)
    again = life.days.test_day(day + timedelta(days=chance.randrange(5, 12)))
    if again < life.today:
        yield _inspected(life, "HU-Nachprüfung bestanden", f"{mended} {due}.", again, report)


def _inspected(life: Life, title: str, text: str, day: date, report: str) -> Event:
    return Event(
        day,
        HistoryKind.INSPECTION,
        title,
        text,
        life.km_on(day),
        life.advisor,
        "report",
        report,
    )


def _wheels(life: Life, chance: random.Random) -> Iterator[Event]:
    """Each spring and autumn; whoever comes late comes in November."""
    for year in range(life.known_since.year, life.today.year + 1):
        for month, choice in ((4, works.TO_SUMMER), (10, works.TO_WINTER)):
            day = life.days.on_or_after(date(year, month, 1) + timedelta(chance.randrange(40)))
            if life.known_since < day < life.today and chance.random() < 0.85:
                yield _done(life, chance, chance.choice(choice), day)


def _repairs(life: Life, chance: random.Random) -> Iterator[Event]:
    """One to four, none twice; old cars with many kilometres come more often."""
    wanted = 1 + (life.car.km > 70_000) + (life.car.km > 120_000) + (life.car.km > 180_000)
    known_days = (life.today - life.known_since).days - MARGIN
    if known_days < MARGIN:
        return
    choice = works.CLASSIC_REPAIRS if life.is_classic else works.REPAIRS
    for work in chance.sample(choice, k=len(choice)):
        day = life.today - timedelta(days=chance.randrange(7, known_days))
        if life.model.fuel not in work.fuels or life.km_on(day) < work.from_km:
            continue
        yield _done(life, chance, work, day)
        wanted -= 1
        if not wanted:
            return


def _taken_over(life: Life) -> Iterator[Event]:
    """A customer who is new brings the service book along."""
    if life.car.known >= 12 * YEARS_KNOWN:
        return
    day = life.days.on_or_after(life.known_since)
    earlier = life.km_on(day - timedelta(days=300))
    yield Event(
        day,
        HistoryKind.NOTE,
        "Serviceheft übernommen",
        f"Letzter Eintrag der vorigen Werkstatt: Inspektion bei {_km(earlier)} km. Scheckheft"
        " lückenlos, Kopie in der Akte.",
        life.km_on(day),
        life.advisor,
        "service_book",
        "Serviceheft",
        Provenance.IMPORTED,
    )


def _reported(life: Life, chance: random.Random) -> Iterator[Event]:
    title, text = chance.choice(works.REPORTED)
    day = life.days.on_or_before(life.today - timedelta(days=chance.randrange(3, 160)))
    if day > life.known_since:
        yield Event(
            day,
            HistoryKind.NOTE,
            title,
            text,
            life.km_on(day),
            life.advisor,
            "customer",
            "Gespräch an der Annahme",
            Provenance.REPORTED,
        )


def _done(life: Life, chance: random.Random, work: Work, day: date) -> Event:
    day = life.days.on_or_before(day)
    values = _measured(chance, life.model)
    return Event(
        day,
        HistoryKind.SERVICE,
        work.title.format(**values),
        work.text.format(**values),
        life.km_on(day),
        chance.choice(life.mechanics),
        "order",
    )


def _fitting(life: Life, chance: random.Random, choice: list[Work], km: int) -> Work:
    fits = [work for work in choice if life.model.fuel in work.fuels and km >= work.from_km]
    return chance.choice(fits)


def _measured(chance: random.Random, model: Model) -> dict[str, str]:
    """What a mechanic reads off: German decimals, plausible for a car in service."""
    litres = chance.uniform(4.0, 5.5) if model.kw > 60 else chance.uniform(3.2, 4.0)
    front, tread = chance.uniform(5.5, 10.0), chance.uniform(4.5, 7.8)
    grade = chance.choice(("5W-30", "5W-30", "0W-20", "0W-30"))
    return {
        "oil": f"{_comma(litres)} l {grade}",
        "front": _comma(front),
        "rear": _comma(front - chance.uniform(0.5, 2.0)),
        "worn": _comma(chance.uniform(1.8, 3.2)),
        "tread_f": _comma(tread - 0.6),
        "tread_r": _comma(tread),
        "volt": f"{chance.uniform(12.4, 12.8):.2f}".replace(".", ","),
        "low": _comma(chance.uniform(11.2, 12.0)),
        "boil": str(chance.randrange(236, 262)),
        "wet": str(chance.randrange(148, 172)),
        "frost": f"−{chance.randrange(26, 36)}",
        "bar": _comma(chance.choice((2.2, 2.3, 2.4, 2.5))),
        "torque": str(chance.choice((110, 120, 120, 140))),
        "shelf": f"{chance.choice('ABCD')}{chance.randrange(1, 40)}",
        "gas": str(chance.randrange(180, 420)),
        "cylinder": str(chance.randrange(1, 4)),
        "classic": f"{_comma(chance.uniform(2.5, 3.8))} l 15W-40",
        "soh": str(chance.randrange(88, 97)),
    }


def _comma(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _km(value: int) -> str:
    return f"{value:,}".replace(",", ".")
