"""A campaign from the list to the mailbox: basis, once only, stops, attribution, numbers."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest
from aiosmtplib.email import flatten_message
from sqlalchemy import select, update

from portal.bookings.campaign_links import SOURCE_KIND, reference_of
from portal.bookings.models import Origin, State
from portal.campaigns import campaigns, permits, sending
from portal.campaigns.attribution import source_of
from portal.campaigns.campaigns import CampaignNotFound, NothingToSend
from portal.campaigns.models import CampaignMessage, Channel, Delivery
from portal.campaigns.texts import TextInvalid
from portal.kit import clock
from portal.kit.db import new_id
from portal.kit.mail import MailDelayed, MailRefused
from portal.kit.outbox import Job
from portal.tenants.boundary import inside
from portal.worker import work_off
from tests.makers.bookings import a_service, an_appointment
from tests.makers.campaigns import TODAY, a_campaign, a_due_vehicle, agreed, served


class Postbox:
    """Takes mail and text messages; raises what it is told to."""

    def __init__(self):
        self.mails, self.texts, self.trouble = [], [], None

    async def send(self, message):
        if self.trouble is not None:
            raise self.trouble
        (self.mails if hasattr(message, "get_content") else self.texts).append(message)


@pytest.fixture
def postbox(parts, monkeypatch):
    box = Postbox()
    monkeypatch.setattr(parts.mailer.__class__, "send", lambda _self, message: box.send(message))
    monkeypatch.setattr(parts.sms.__class__, "send", lambda _self, message: box.send(message))
    return box


def mine(postbox, keeper):
    return [mail for mail in postbox.mails if mail["To"] == keeper.email]


async def messages_of(db, campaign):
    query = select(CampaignMessage).where(CampaignMessage.campaign_id == campaign.id)
    return (await db.scalars(query.order_by(CampaignMessage.id))).all()


async def test_each_message_goes_out_with_its_own_basis_and_the_others_say_why_not(
    parts, shop, postbox
):
    async with inside(parts, shop.id) as db:
        _car, yes = await a_due_vehicle(db, plate="B-A 1", name="Yıldız Öz")
        served_car, told = await a_due_vehicle(db, plate="B-A 2")
        await served(db, served_car)
        await permits.told(db, told, Channel.MAIL, how="Auftrag", told_on=TODAY)
        _other, _nobody = await a_due_vehicle(db, plate="B-A 3")
        await agreed(db, yes)
        campaign = await a_campaign(db, shop)
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        found = {m.basis: m for m in await messages_of(db, campaign)}
        assert {b: m.state for b, m in found.items()} == {
            "consent": "sent", "existing_customer": "sent", "": "blocked",
        }  # fmt: skip
        assert found[""].reason == "no_service"
        assert found["consent"].evidence_on == TODAY
        assert found["consent"].sent_at is not None
        count = await campaigns.numbers(db, campaign.id)
        assert (count.sent, count.blocked, count.queued, count.failed) == (2, 1, 0, 0)
    (mail,) = mine(postbox, yes)
    assert mail["Subject"] == "HU B-A 1"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = mail["List-Unsubscribe"].strip("<>")
    assert f"List-Unsubscribe: <{stop}>\r\n".encode() in flatten_message(mail)
    assert all(len(line) < 998 for line in flatten_message(mail).splitlines())
    text = mail.get_content()
    assert stop.rsplit(".", 2)[0] in text  # behind the dots is the second it was made
    assert f"/b/{shop.slug}?c=" in text
    assert "Yıldız Öz" in text or "Öz" in text
    assert "basic rates" in text or "Basistarifen" in text


async def test_a_vehicle_is_reminded_of_a_month_once(parts, shop, postbox):
    async with inside(parts, shop.id) as db:
        _car, keeper = await a_due_vehicle(db)
        await agreed(db, keeper)
        await a_campaign(db, shop)
    async with inside(parts, shop.id) as db:
        with pytest.raises(NothingToSend):
            await a_campaign(db, shop)
    await work_off(parts)
    assert len(mine(postbox, keeper)) == 1


async def test_two_campaigns_at_once_send_one_message(parts, shop, postbox):
    async with inside(parts, shop.id) as db:
        _car, keeper = await a_due_vehicle(db)
        await agreed(db, keeper)

    async def start():
        async with inside(parts, shop.id) as db:
            await a_campaign(db, shop)

    await asyncio.gather(start(), start(), start(), return_exceptions=True)
    await work_off(parts)
    assert len(mine(postbox, keeper)) == 1


async def test_a_no_between_writing_and_sending_holds(parts, shop, postbox):
    async with inside(parts, shop.id) as db:
        _car, keeper = await a_due_vehicle(db)
        await agreed(db, keeper)
        campaign = await a_campaign(db, shop)
        await permits.object_to(db, keeper.id, how="am Telefon")
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        (message,) = await messages_of(db, campaign)
        assert (message.state, message.reason) == (Delivery.BLOCKED, "objected")
    assert mine(postbox, keeper) == []


async def test_a_changed_address_gets_nothing(parts, shop, postbox):
    async with inside(parts, shop.id) as db:
        _car, keeper = await a_due_vehicle(db)
        await agreed(db, keeper)
        campaign = await a_campaign(db, shop)
        keeper.email = "neu@kunde.example"
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        (message,) = await messages_of(db, campaign)
        assert (message.state, message.reason) == (Delivery.BLOCKED, "other_address")


async def test_what_the_server_refuses_has_failed(parts, shop, postbox):
    async with inside(parts, shop.id) as db:
        _car, keeper = await a_due_vehicle(db)
        await agreed(db, keeper)
        campaign = await a_campaign(db, shop)
    postbox.trouble = MailRefused("550 no such mailbox")
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        (message,) = await messages_of(db, campaign)
        assert (message.state, message.problem) == (Delivery.FAILED, "550 no such mailbox")


async def test_a_server_that_is_away_is_tried_again_and_then_given_up(parts, shop, postbox):
    async with inside(parts, shop.id) as db:
        _car, keeper = await a_due_vehicle(db)
        await agreed(db, keeper)
        campaign = await a_campaign(db, shop)
    postbox.trouble = MailDelayed("450 later")
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        (message,) = await messages_of(db, campaign)
        assert message.state == Delivery.QUEUED
        await db.execute(update(Job).values(run_at=clock.now()))
        await db.execute(
            update(CampaignMessage).values(created_at=clock.now() - sending.GIVE_UP_AFTER)
        )
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        (message,) = await messages_of(db, campaign)
        assert (message.state, message.problem) == (Delivery.FAILED, "450 later")


async def test_a_text_message_goes_to_the_mobile_number_with_a_way_out(parts, shop, postbox):
    async with inside(parts, shop.id) as db:
        _car, keeper = await a_due_vehicle(db, phone="0171 5550123")
        await agreed(db, keeper, Channel.SMS)
        await a_campaign(db, shop, channel=Channel.SMS, body="HU {kennzeichen}: {terminlink}")
    await work_off(parts)
    sms = next(one for one in postbox.texts if one.to == "+491715550123")
    assert "/a/stop/" in sms.text
    assert sms.text.startswith("HU B-KF 1234: ")


async def test_letters_are_sent_with_their_list(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_due_vehicle(db, street="Hauptstr. 1", city="Berlin", postcode="10115")
        campaign = await a_campaign(db, shop, channel=Channel.LETTER)
        (message,) = await messages_of(db, campaign)
        assert (message.state, message.basis) == (Delivery.SENT, "legitimate_interest")


async def test_only_chosen_vehicles_get_a_row(parts, shop):
    async with inside(parts, shop.id) as db:
        car, keeper = await a_due_vehicle(db, plate="B-A 1")
        _other, other_keeper = await a_due_vehicle(db, plate="B-A 2")
        for one in (keeper, other_keeper):
            await agreed(db, one)
        campaign = await a_campaign(db, shop, vehicles=[car])
        await a_due_vehicle(db, plate="B-A 3")
        assert [m.vehicle_id for m in await messages_of(db, campaign)] == [car.id]
        with pytest.raises(NothingToSend):
            await a_campaign(db, shop, vehicles=[])


@pytest.mark.parametrize("body", ["", "{unbekannt}", "x" * 4001])
async def test_a_text_that_cannot_be_sent_is_refused(parts, shop, body):
    async with inside(parts, shop.id) as db:
        with pytest.raises(TextInvalid):
            await a_campaign(db, shop, body=body)


async def test_appointments_are_counted_by_link_or_by_vehicle(parts, shop):
    async with inside(parts, shop.id) as db:
        inspection = await a_service(db, "HU/AU mit Vorführung", price="25.00")
        oil = await a_service(db, "Ölwechsel", price="79.00")
        cars = []
        for number in range(5):
            car, keeper = await a_due_vehicle(db, plate=f"B-A {number + 1}")
            await agreed(db, keeper)
            cars.append(car)
        campaign = await a_campaign(db, shop)
        found = {m.vehicle_id: m for m in await messages_of(db, campaign)}
        now = clock.now()
        for message in found.values():
            message.state, message.sent_at = Delivery.SENT, now - timedelta(hours=1)
        await db.flush()
        soon = now + timedelta(days=2)
        by_link = {"source_kind": SOURCE_KIND, "source_id": found[cars[0].id].id}
        await an_appointment(
            db, soon, services=[oil], vehicle_id=cars[0].id, origin=Origin.CAMPAIGN, **by_link
        )
        await an_appointment(db, soon, services=[inspection, oil], vehicle_id=cars[1].id)
        await an_appointment(db, soon, services=[oil], vehicle_id=cars[2].id)
        await an_appointment(
            db, soon, services=[inspection], vehicle_id=cars[3].id, state=State.CANCELLED
        )
        await an_appointment(
            db,
            now - timedelta(days=1),
            services=[inspection],
            vehicle_id=cars[4].id,
            created_at=now - timedelta(days=3),
        )
        count = await campaigns.numbers(db, campaign.id)
        assert (count.booked, count.revenue) == (2, Decimal("183.00"))
        rows = (await campaigns.list_messages(db, campaign.id)).items
        booked = {row.CampaignMessage.vehicle_id for row in rows if row.is_booked}
        assert booked == {cars[0].id, cars[1].id}
        (listed,) = (await campaigns.list_campaigns(db)).items
        assert (listed.sent, listed.blocked, listed.booked) == (5, 0, 2)


def test_a_reference_names_its_message_in_its_own_workshop_only():
    secret, message, here, there = "s" * 40, new_id(), new_id(), new_id()
    reference = reference_of(message, workshop_id=here, secret=secret)
    assert len(reference) < 64
    assert source_of(reference, workshop_id=here, secret=secret) == message
    assert source_of(reference, workshop_id=there, secret=secret) is None
    for wrong in ("", "x", reference[:-1], f"A{reference}", "ä.b.c", reference * 50):
        assert source_of(wrong, workshop_id=here, secret=secret) is None


async def test_a_campaign_of_another_workshop_is_none(parts, shop, other_shop):
    async with inside(parts, shop.id) as db:
        _car, keeper = await a_due_vehicle(db)
        await agreed(db, keeper)
        campaign = await a_campaign(db, shop)
    async with inside(parts, other_shop.id) as db:
        with pytest.raises(CampaignNotFound):
            await campaigns.get(db, campaign.id)
