"""What a workshop's own website says: its texts, prices and hours from the same files as the chat.

A price that the chat names and one that the website shows cannot differ.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from portal.demo.people import DemoShop

DAYS = {
    "mo": "Montag",
    "tu": "Dienstag",
    "we": "Mittwoch",
    "th": "Donnerstag",
    "fr": "Freitag",
    "sa": "Samstag",
    "su": "Sonntag",
}

T = TypeVar("T")


class Profile(msgspec.Struct, frozen=True):
    name: str
    street: str
    postcode: str
    city: str
    phone: str
    email: str
    about: str
    directions: str
    accent: str


class Service(msgspec.Struct, frozen=True):
    id: str
    name: str
    category: str
    duration_minutes: int
    price: str | None = None
    price_from: bool = False


class Asked(msgspec.Struct, frozen=True):
    id: str
    question: str
    answer: str


class Closure(msgspec.Struct, frozen=True, rename={"first": "from", "last": "to"}):
    first: date
    last: date
    reason: str = ""


class Hours(msgspec.Struct, frozen=True):
    hours: dict[str, list[str]]
    closures: list[Closure] = []


@dataclass(frozen=True)
class Day:
    """One line of the opening hours; no spans means closed."""

    name: str
    number: int
    spans: list[str]


@dataclass(frozen=True)
class Storefront:
    shop: DemoShop
    profile: Profile
    services: dict[str, Service]
    faq: dict[str, Asked]
    week: list[Day]
    closures: list[Closure]

    @property
    def categories(self) -> dict[str, list[Service]]:
        """The services under their headings, in the order of the file."""
        grouped: dict[str, list[Service]] = {}
        for service in self.services.values():
            grouped.setdefault(service.category, []).append(service)
        return grouped

    @property
    def phone_link(self) -> str:
        return "tel:+49" + self.profile.phone.replace(" ", "").removeprefix("0")

    def next_closures(self, today: date, count: int = 2) -> list[Closure]:
        return [closure for closure in self.closures if closure.last >= today][:count]


def load(shop: DemoShop) -> Storefront:
    services = _read(shop.content / "services.yaml", list[Service])
    faq = _read(shop.content / "faq.de.yaml", list[Asked])
    hours = _read(shop.content / "hours.yaml", Hours)
    return Storefront(
        shop=shop,
        profile=_read(shop.content / "profile.yaml", Profile),
        services={service.id: service for service in services},
        faq={entry.id: entry for entry in faq},
        week=[
            Day(name, number, [_spoken(span) for span in hours.hours.get(key, [])])
            for number, (key, name) in enumerate(DAYS.items())
        ],
        closures=sorted(hours.closures, key=lambda closure: closure.first),
    )


def price(service: Service) -> str:
    """`ab 89,00 €`, or that it depends."""
    if service.price is None:
        return "nach Aufwand"
    return f"{'ab ' if service.price_from else ''}{service.price.replace('.', ',')} €"


def duration(minutes: int) -> str:
    """`45 Min.`, `2 Std.`, `3,5 Std.`"""
    if minutes < 60:
        return f"{minutes} Min."
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",") + " Std."


def day_and_month(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _read(path: Path, shape: type[T]) -> T:
    return msgspec.yaml.decode(path.read_bytes(), type=shape)


def _spoken(span: str) -> str:
    opens, _, closes = span.partition("-")
    return f"{opens} – {closes}"
