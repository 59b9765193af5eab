"""Owners who prove to be the contact on file, with the post office that their codes go to."""

import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from typing import Any

import httpx

from portal.chat.verification_models import Verification
from portal.kit.parts import Parts
from portal.kit.sms import Sms
from portal.tenants.boundary import inside
from portal.vehicles import history
from portal.vehicles.history import Source
from portal.vehicles.models import Customer, HistoryKind, Vehicle
from portal.worker import work_off
from tests.makers.chat import Guest, a_guest
from tests.makers.post import Postbox, Telephones, postbox, with_post
from tests.makers.shops import Shop
from tests.makers.vehicles import a_customer, a_vehicle, any_vin

CODE = re.compile(r"\b\d{6}\b")


@dataclass
class Desk:
    """The post office of one workshop: what left for its customers, and the worker that sends it.

    Jobs of other tests may leave through it too; their workshops have other names.
    """

    parts: Parts
    box: Postbox
    mark: str
    telephones: Telephones = field(default_factory=Telephones)

    @property
    def mails(self) -> list[EmailMessage]:
        return [mail for mail in self.box.messages if self.mark in mail["subject"]]

    @property
    def texts(self) -> list[Sms]:
        return [sms for sms in self.telephones.messages if self.mark in sms.text]

    async def deliver(self) -> None:
        await work_off(self.parts)

    @property
    def mail_code(self) -> str:
        return _code(self.mails[-1].get_content())

    @property
    def sms_code(self) -> str:
        return _code(self.texts[-1].text)


@asynccontextmanager
async def post_office(parts: Parts, shop: Shop):
    async with postbox() as box:
        telephones = Telephones()
        mark = shop.slug.removeprefix("shop-")
        yield Desk(with_post(parts, box, telephones), box, mark, telephones)


@dataclass
class Owner:
    customer: Customer
    vehicle: Vehicle


async def an_owner(parts: Parts, shop: Shop, *, plate: str = "B-KF 1234", **contact: Any) -> Owner:
    facts = {"email": f"erika@{shop.slug}.example", "phone": "0171 2345678"} | contact
    async with inside(parts, shop.id) as db:
        customer = await a_customer(db, **facts)
        vehicle = await a_vehicle(db, plate=plate, vin=any_vin(), keeper=customer)
    return Owner(customer, vehicle)


async def entered(
    parts: Parts, shop: Shop, vehicle: Vehicle, on: date, title: str, **facts: Any
) -> None:
    """An entry of the vehicle's history; `source` is the paper that it stands on."""
    source = Source("staff", facts.pop("source", "Rechnung 2026-113"))
    kind = facts.pop("kind", HistoryKind.SERVICE)
    async with inside(parts, shop.id) as db:
        await history.record(
            db, vehicle, kind=kind, happened_on=on, title=title, source=source, **facts
        )


async def asks_for_code(guest: Guest, desk: Desk, **asked: str) -> httpx.Response:
    answer = await guest.post("verifications", {"plate": "B-KF 1234"} | asked)
    await desk.deliver()
    return answer


async def a_verified_guest(
    client: httpx.AsyncClient, shop: Shop, desk: Desk, plate: str = "B-KF 1234"
) -> Guest:
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk, plate=plate)
    answer = await guest.post("verifications/confirm", {"code": desk.mail_code})
    assert answer.status_code == 200, answer.text
    return guest


async def stored(parts: Parts, shop: Shop) -> list[Verification]:
    from sqlalchemy import select

    async with inside(parts, shop.id) as db:
        found = await db.scalars(select(Verification).order_by(Verification.created_at))
        return list(found)


def _code(text: str) -> str:
    found = CODE.search(text)
    assert found, text
    return found[0]
