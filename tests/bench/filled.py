"""Workshops with something in them: services, vehicles with keepers, conversations."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from portal.bookings.models import Service
from portal.chat import conversations
from portal.chat.models import Conversation
from portal.kit.db import Db
from portal.tenants.boundary import inside
from tests.bench.world import Bench
from tests.makers.shops import Shop
from tests.makers.vehicles import a_customer, a_vehicle, any_vin

SERVICES = 25


@dataclass(frozen=True)
class Filled:
    shop: Shop
    vehicle_id: UUID


async def filled_shops(bench: Bench, count: int, *, vehicles: int, talks: int) -> list[Filled]:
    return [
        await _fill(bench, shop, vehicles=vehicles, talks=talks)
        for shop in await bench.shops(count)
    ]


async def begin_talk(db: Db) -> Conversation:
    conversation, _ = await conversations.begin(
        db, locale="de", consent_version="1", greeting="Guten Tag! Wie können wir helfen?"
    )
    return conversation


async def _fill(bench: Bench, shop: Shop, *, vehicles: int, talks: int) -> Filled:
    async with inside(bench.parts, shop.id) as db:
        db.add_all(_service(number) for number in range(SERVICES))
        for _ in range(talks):
            await begin_talk(db)
        for number in range(vehicles):
            keeper = await a_customer(db, name=f"Erika Mustermann {number}")
            plate = f"B-CB {number + 1}"
            vehicle = await a_vehicle(db, keeper=keeper, plate=plate, vin=any_vin())
        return Filled(shop, vehicle.id)


def _service(number: int) -> Service:
    return Service(
        name=f"Ölwechsel {number}",
        description="Öl und Filter, Entsorgung inbegriffen.",
        duration_minutes=45,
        price=Decimal("89.00"),
        category="Wartung",
        position=number,
    )
