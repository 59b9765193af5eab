"""The tables of each workshop in one place, and on which days it works."""

from dataclasses import dataclass
from datetime import date

from portal.demo.people import DemoShop
from portal.demo.world import brandt_cars, brandt_talks, yilmaz_cars, yilmaz_talks
from portal.demo.world.rows import Car, Person, Talk
from portal.demo.world.scan_plans import SCANS, ScanPlan
from portal.demo.world.workdays import Workdays, months_before


@dataclass(frozen=True)
class ShopPlan:
    customers: list[Person]
    cars: list[Car]
    talks: tuple[Talk, ...]
    scans: tuple[ScanPlan, ...]
    workdays: Workdays

    def first_day(self, today: date, months: int) -> date:
        return self.workdays.on_or_after(months_before(today, months))

    def car(self, plate: str) -> Car:
        return next(car for car in self.cars if car.plate == plate)


_PLANS = {
    "kfz-brandt": ShopPlan(
        brandt_cars.CUSTOMERS,
        brandt_cars.CARS,
        brandt_talks.TALKS,
        SCANS["kfz-brandt"],
        Workdays(open_on=frozenset(range(5)), tests_on=frozenset({1, 3})),
    ),
    "autodienst-yilmaz": ShopPlan(
        yilmaz_cars.CUSTOMERS,
        yilmaz_cars.CARS,
        yilmaz_talks.TALKS,
        SCANS["autodienst-yilmaz"],
        Workdays(open_on=frozenset(range(6)), tests_on=frozenset({0, 2, 4})),
    ),
}


def of_shop(shop: DemoShop) -> ShopPlan:
    return _PLANS[shop.slug]
