"""One click and it is over; a mail scanner clicks nothing."""

import pytest
from sqlalchemy import func, select

from portal.campaigns import legal_facts, permits
from portal.campaigns.basis import Why
from portal.campaigns.models import CampaignMessage, Channel, Consent, Objection
from portal.kit.db import new_id
from portal.tenants.boundary import inside
from portal.tenants.callers import Visitor, owner_link, stop_link
from portal.tenants.models import AuditEntry
from tests.makers.campaigns import a_campaign, a_due_vehicle, agreed


@pytest.fixture
async def reminded(parts, shop):
    """A keeper with a message on its way, and the address of its link."""
    async with inside(parts, shop.id) as db:
        _car, keeper = await a_due_vehicle(db)
        await agreed(db, keeper)
        campaign = await a_campaign(db, shop)
        query = select(CampaignMessage).where(CampaignMessage.campaign_id == campaign.id)
        message = (await db.scalars(query)).one()
    link = stop_link(Visitor(shop.id, message.id, ""), parts.settings.secret)
    return keeper, message, f"/a/stop/{link}"


async def decided(parts, shop, keeper):
    async with inside(parts, shop.id) as db:
        return (await legal_facts.read(db, [keeper.id])).decide(keeper, Channel.MAIL)


async def test_looking_changes_nothing(parts, shop, client, reminded):
    keeper, _message, address = reminded
    for _time in range(3):
        answer = await client.get(address)
        assert answer.status_code == 200
        assert answer.headers["referrer-policy"] == "no-referrer"
    assert keeper.email not in answer.text
    assert (await decided(parts, shop, keeper)).is_lawful
    assert (await client.head(address)).status_code in {200, 405}


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"List-Unsubscribe": "One-Click"}},
        {"files": {"List-Unsubscribe": (None, "One-Click")}},
        {},
    ],
)
async def test_a_mail_program_unsubscribes_with_one_post(parts, shop, client, reminded, sent):
    keeper, message, address = reminded
    answer = await client.post(address, **sent)
    assert answer.status_code == 200
    assert (await decided(parts, shop, keeper)).why is Why.OBJECTED
    async with inside(parts, shop.id) as db:
        stored = await db.get_one(CampaignMessage, (shop.id, message.id))
        assert stored.opted_out_at is not None
        assert (await db.scalars(select(Consent.withdrawn_at))).one() is not None
        actions = (await db.scalars(select(AuditEntry.action))).all()
        assert "reminders.objected" in actions


async def test_saying_stop_twice_is_one_no(parts, shop, client, reminded):
    _keeper, _message, address = reminded
    for _time in range(2):
        assert (await client.post(address)).status_code == 200
    async with inside(parts, shop.id) as db:
        assert await db.scalar(select(func.count()).select_from(Objection)) == 1


async def test_who_changes_their_mind_agrees_anew(parts, shop, client, reminded):
    keeper, _message, address = reminded
    await client.post(address)
    elsewhere = {"origin": "https://evil.example"}
    assert (await client.post(f"{address}/again", headers=elsewhere)).status_code == 403
    assert (await decided(parts, shop, keeper)).why is Why.OBJECTED
    assert (await client.post(f"{address}/again")).status_code == 200
    assert (await decided(parts, shop, keeper)).is_lawful


async def test_a_link_for_something_else_stops_nothing(parts, shop, client, reminded):
    keeper, message, address = reminded
    secret = parts.settings.secret
    wrong = owner_link(Visitor(shop.id, message.id, ""), secret)
    for link in (wrong, address.rpartition("/")[2][:-1], "x"):
        assert (await client.post(f"/a/stop/{link}")).status_code == 401
    gone = stop_link(Visitor(shop.id, new_id(), ""), secret)
    assert (await client.get(f"/a/stop/{gone}")).status_code == 404
    assert (await decided(parts, shop, keeper)).is_lawful


async def test_a_no_on_one_way_withdraws_that_consent_only(parts, shop):
    async with inside(parts, shop.id) as db:
        _car, keeper = await a_due_vehicle(db, phone="0171 5550123")
        await agreed(db, keeper)
        await agreed(db, keeper, Channel.SMS)
        assert await permits.object_to(db, keeper.id, how="am Telefon", channel=Channel.SMS)
        assert not await permits.object_to(db, keeper.id, how="am Telefon", channel=Channel.SMS)
        judge = await legal_facts.read(db, [keeper.id])
        assert judge.decide(keeper, Channel.SMS).why is Why.OBJECTED
        assert judge.decide(keeper, Channel.MAIL).is_lawful
