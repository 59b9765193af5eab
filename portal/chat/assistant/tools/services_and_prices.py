"""`services_and_prices`: what the workshop offers, at which price, and how long it takes."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from portal.chat.assistant.facts import Offer
from portal.chat.assistant.offers import named_in
from portal.chat.assistant.tools.using import Using
from portal.chat.assistant.words import plain
from portal.kit.db import Db

NAME = "services_and_prices"
DESCRIPTION = "Services of this workshop with gross prices and durations. Names none: all of them."


class Arguments(msgspec.Struct):
    """`named`: how the visitor calls the work, in German or English."""

    named: str = ""


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """`price` is gross; None: after a look at the car. `is_from`: it may become more."""

    name: str
    price: Decimal | None
    is_from: bool
    currency: str
    minutes: int
    description: str
    bookable_online: bool


class Services(msgspec.Struct, frozen=True):
    services: tuple[Service, ...]


def find(offers: Sequence[Offer], named: str) -> Services:
    """Those that `named` speaks of; all when it is empty, none when nothing is called so."""
    if not named.strip():
        return Services(tuple(_shown(offer) for offer in offers))
    return Services(tuple(_shown(offers[place]) for place in named_in(plain(named), offers)))


async def use(_db: Db, using: Using, arguments: Arguments) -> Services:
    return find(using.facts.offers, arguments.named)


def _shown(offer: Offer) -> Service:
    return Service(
        name=offer.name,
        price=offer.price,
        is_from=offer.price_from,
        currency=offer.currency,
        minutes=offer.duration_minutes,
        description=offer.description,
        bookable_online=offer.bookable_online,
    )
