"""What a workshop's own website says: its texts, prices and hours from the same files as the chat.

A price that the chat names and one that the website shows cannot differ.
"""

from dataclasses import dataclass
from datetime import date

from portal.bookings.from_files import WEEKDAYS, ClosureInFile, HoursInFile, ServiceInFile
from portal.content.sync import FaqInFile, ProfileInFile, read_file
from portal.demo.people import DemoShop

DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


@dataclass(frozen=True)
class Day:
    """One line of the opening hours; no spans means closed."""

    name: str
    number: int
    spans: list[str]


@dataclass(frozen=True)
class Storefront:
    shop: DemoShop
    profile: ProfileInFile
    services: dict[str, ServiceInFile]
    faq: dict[str, FaqInFile]
    week: list[Day]
    closures: list[ClosureInFile]

    @property
    def categories(self) -> dict[str, list[ServiceInFile]]:
        """The services under their headings, in the order of the file."""
        grouped: dict[str, list[ServiceInFile]] = {}
        for service in self.services.values():
            grouped.setdefault(service.category, []).append(service)
        return grouped

    @property
    def phone_link(self) -> str:
        return "tel:+49" + self.profile.phone.replace(" ", "").removeprefix("0")

    def next_closures(self, today: date, count: int = 2) -> list[ClosureInFile]:
        return [closure for closure in self.closures if closure.last >= today][:count]


def load(shop: DemoShop) -> Storefront:
    """Raises `ContentUnreadable`."""
    services = read_file(shop.content / "services.yaml", list[ServiceInFile])
    faq = read_file(shop.content / "faq.de.yaml", list[FaqInFile])
    hours = read_file(shop.content / "hours.yaml", HoursInFile)
    return Storefront(
        shop=shop,
        profile=read_file(shop.content / "profile.yaml", ProfileInFile),
        services={service.id: service for service in services},
        faq={entry.id: entry for entry in faq},
        week=[
            Day(name, number, [_spoken(span) for span in hours.hours.get(key, [])])
            for number, (key, name) in enumerate(zip(WEEKDAYS, DAYS, strict=True))
        ],
        closures=sorted(hours.closures, key=lambda closure: closure.first),
    )


def price(service: ServiceInFile) -> str:
    """`ab 89,00 €`, or that it depends."""
    if service.price is None:
        return "nach Aufwand"
    euros, cents = f"{service.price:.2f}".split(".")
    return f"{'ab ' if service.price_from else ''}{euros},{cents} €"


def duration(minutes: int) -> str:
    """`45 Min.`, `2 Std.`, `3,5 Std.`"""
    if minutes < 60:
        return f"{minutes} Min."
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",") + " Std."


def day_and_month(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _spoken(span: str) -> str:
    opens, _, closes = span.partition("-")
    return f"{opens} – {closes}"
