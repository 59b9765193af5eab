# ruff: noqa: E501  # tables: one row a line
"""Customers who are in the books for their appointments only: names, cars, plates by chance."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from portal.demo.people import DemoShop
from portal.demo.world.bookings_shapes import Guest
from portal.demo.world.models import MODELS
from portal.demo.world.numbers import vin_of
from portal.demo.world.rows import Model
from portal.demo.world.workdays import months_before, next_hu
from portal.kit.clock import BERLIN
from portal.kit.db import Db
from portal.vehicles import customers, vehicle_facts
from portal.vehicles.forms import CustomerDraft, VehicleDraft
from portal.vehicles.models import Customer, CustomerWord, Ownership, OwnershipRole, Vehicle
from portal.vehicles.search_keys import name_words

FIRST = {
    "ms": [
        "Anna",
        "Britta",
        "Carla",
        "Doris",
        "Eva",
        "Franziska",
        "Gabi",
        "Hanna",
        "Ines",
        "Jana",
        "Kirsten",
        "Laura",
        "Maja",
        "Nadine",
        "Olga",
        "Paula",
        "Regina",
        "Sandra",
        "Tamara",
        "Ursula",
        "Vera",
        "Yvonne",
        "Zoe",
        "Aylin",
        "Elif",
        "Ewa",
        "Natalia",
        "Selin",
    ],
    "mr": [
        "Achim",
        "Bernd",
        "Carsten",
        "Daniel",
        "Erik",
        "Florian",
        "Georg",
        "Henning",
        "Ingo",
        "Jörg",
        "Kai",
        "Lars",
        "Manfred",
        "Nils",
        "Olaf",
        "Patrick",
        "Ralf",
        "Sven",
        "Thorsten",
        "Uwe",
        "Volker",
        "Wolfgang",
        "Adem",
        "Can",
        "Hasan",
        "Mateusz",
        "Pavel",
        "Yusuf",
    ],
}
LAST = [
    "Albrecht",
    "Arnold",
    "Bachmann",
    "Baumann",
    "Behrens",
    "Bergmann",
    "Brandes",
    "Busch",
    "Conrad",
    "Dahlke",
    "Ebert",
    "Eckert",
    "Falk",
    "Fiedler",
    "Franke",
    "Friedrich",
    "Gärtner",
    "Geiger",
    "Graf",
    "Groß",
    "Haase",
    "Hahn",
    "Harms",
    "Hein",
    "Henke",
    "Herrmann",
    "Horn",
    "Jahn",
    "Janssen",
    "Jung",
    "Kaiser",
    "Karabulut",
    "Keller",
    "Kern",
    "Kiefer",
    "Koch",
    "Köhler",
    "Kolb",
    "Kraft",
    "Kuhn",
    "Lange",
    "Lehmann",
    "Lindner",
    "Ludwig",
    "Maier",
    "Marx",
    "Meinhardt",
    "Möller",
    "Nagel",
    "Neubauer",
    "Nowak",
    "Otto",
    "Paulsen",
    "Pfeiffer",
    "Pohl",
    "Reuter",
    "Ritter",
    "Roth",
    "Sauer",
    "Scholz",
    "Seidel",
    "Sommer",
    "Stein",
    "Szymański",
    "Thiel",
    "Ulrich",
    "Vogt",
    "Walter",
    "Weiß",
    "Wendt",
    "Wolff",
    "Yıldız",
    "Ziegler",
    "Zimmer",
]
STREETS = [
    "Lindenallee",
    "Gartenstraße",
    "Schillerstraße",
    "Bahnhofstraße",
    "Ahornweg",
    "Mühlenstraße",
    "Kastanienallee",
    "Rosenweg",
    "Bergstraße",
    "Hauptstraße",
]
COLORS = ["Weiß", "Schwarz", "Grau", "Silber", "Blau", "Rot", "Grün"]
COUNTS = {"kfz-brandt": 230, "autodienst-yilmaz": 160}
PLACES = {"kfz-brandt": ("B", "1308", "Berlin", "030 23125"), "autodienst-yilmaz": ("K", "5082", "Köln", "0221 4710")}  # fmt: skip
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
OLDEST = 8
"""Years; who drives a classic stands in the tables."""


async def invite(db: Db, shop: DemoShop, today: date) -> list[Guest]:
    """Everybody who may book: those from the tables and those made here."""
    known = [
        Guest(row.customer_id, row.vehicle_id, is_planned=True)
        for row in await db.execute(
            select(Ownership.customer_id, Ownership.vehicle_id)
            .where(Ownership.valid_to.is_(None))
            .order_by(Ownership.vehicle_id)
        )
    ]
    chance = random.Random(f"{shop.slug} guests {today}")
    taken = {*await db.scalars(select(Vehicle.plate)), *await db.scalars(select(Customer.phone))}
    return known + await _make(db, list(_drafts(shop, today, chance, taken)), chance)


async def _make(
    db: Db, drafts: list[tuple[CustomerDraft, VehicleDraft, datetime]], chance: random.Random
) -> list[Guest]:
    """In four statements: verbs of the rooms would take one after the other."""
    people, words, cars, keepers, guests = [], [], [], [], []
    for customer, vehicle, since in drafts:
        guest = Guest(_id(since, chance), _id(since, chance))
        times = {"created_at": since, "updated_at": since}
        people.append({"id": guest.customer_id, **customers.read(customer), **times})
        cars.append({"id": guest.vehicle_id, **vehicle_facts.read(vehicle), **times})
        words += [
            {"id": _id(since, chance), "customer_id": guest.customer_id, "word": word}
            for word in set(name_words(customer.name))
        ]
        keepers.append(
            {
                "id": _id(since, chance),
                "customer_id": guest.customer_id,
                "vehicle_id": guest.vehicle_id,
                "role": OwnershipRole.KEEPER,
                "valid_from": since.date(),
            }
        )
        guests.append(guest)
    rows: tuple[tuple[type[Any], list[dict[str, Any]]], ...] = (
        (Customer, people),
        (CustomerWord, words),
        (Vehicle, cars),
        (Ownership, keepers),
    )
    for table, values in rows:
        await db.execute(insert(table), values)
    return guests


def _drafts(
    shop: DemoShop, today: date, chance: random.Random, taken: set[str]
) -> Iterator[tuple[CustomerDraft, VehicleDraft, datetime]]:
    district, postcode, city, phone = PLACES[shop.slug]
    names = [(title, f"{first} {last}") for title, firsts in FIRST.items() for first in firsts for last in LAST]  # fmt: skip
    models = [model for model in MODELS.values() if model.vin and model.tsn != "445"]
    numbers = [f"{phone} {number}" for number in range(150, 999)]
    free = (number for number in numbers if number not in taken)
    for title, name in chance.sample(names, COUNTS[shop.slug]):
        email = f"{_ascii(name)}@post.example" if chance.random() < 0.75 else ""
        first_day = today - timedelta(days=chance.randrange(20, 720))
        since = datetime.combine(first_day, datetime.min.time(), BERLIN).replace(hour=9)
        person = CustomerDraft(
            salutation=title,
            name=name,
            email=email,
            phone=next(free),
            street=f"{chance.choice(STREETS)} {chance.randrange(1, 140)}",
            postcode=f"{postcode}{chance.choice('569' if shop.slug == 'kfz-brandt' else '357')}",
            city=city,
        )
        plate = _plate(district, chance, taken)
        yield person, _car(chance, chance.choice(models), plate, today), since


def _car(chance: random.Random, model: Model, plate: str, today: date) -> VehicleDraft:
    age = chance.randrange(18, 12 * OLDEST)
    registered = months_before(today, age) + timedelta(days=chance.randrange(28))
    electric = model.fuel == "electric"
    return VehicleDraft(
        vin=vin_of(model.vin, registered, chance) if chance.random() < 0.8 else "",
        plate=f"{plate}E" if electric and len(plate) < 9 else plate,
        make=model.make,
        model=model.name,
        first_registration=registered.isoformat(),
        fuel=model.fuel,
        power_kw=str(model.kw),
        color=chance.choice(COLORS),
        hu_due=f"{next_hu(registered, today):%Y-%m}",
        odometer_km=str(chance.randrange(900, 1600) * age),
    )


def _plate(district: str, chance: random.Random, taken: set[str]) -> str:
    while True:
        marks = "".join(chance.choices(LETTERS, k=2))
        plate = f"{district}-{marks} {chance.randrange(1, 9999)}"
        if plate not in taken:
            taken.add(plate)
            return plate


def _id(since: datetime, chance: random.Random) -> UUID:
    """A UUIDv7 of that moment: lists that are sorted by id show who was there first last."""
    millis = int(since.timestamp() * 1000)
    value = (millis << 80) | (7 << 76) | (chance.getrandbits(12) << 64)
    return UUID(int=value | (2 << 62) | chance.getrandbits(62))


def _ascii(name: str) -> str:
    plain = name.lower().translate(str.maketrans("äöüßıń ", "aousin."))
    return "".join(letter for letter in plain if letter.isascii())
