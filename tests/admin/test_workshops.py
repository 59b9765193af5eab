from datetime import date

import httpx
import pytest
from msgspec import structs
from sqlalchemy import update
from sqlalchemy.exc import ProgrammingError

from portal.ai.calls import Call, Purpose, Result, note
from portal.ai.models import AiCost
from portal.kit.settings import AiProvider, Settings
from portal.tenants.boundary import inside
from portal.tenants.callers import COOKIE
from portal.tenants.models import Account
from portal.tenants.permissions import Role
from tests.makers.shops import session_of


@pytest.fixture
async def platform_person(parts, shop, address):
    """The bookkeeper's account, made platform staff, so that it has both."""
    account = shop.accounts[Role.BOOKKEEPER]
    async with inside(parts, None) as db:
        made = update(Account).where(Account.id == account.id).values(is_platform_staff=True)
        await db.execute(made)
    cookies = {COOKIE: await session_of(parts, account)}
    async with httpx.AsyncClient(base_url=address, cookies=cookies) as client:
        yield client


async def test_platform_staff_see_the_directory_of_workshops(platform_person, shop):
    answer = await platform_person.get("/admin", params={"after": shop.slug[:-1]})
    assert answer.status_code == 200
    assert shop.slug in answer.text


async def test_platform_staff_have_no_way_into_a_workshop_where_they_have_no_seat(
    platform_person, other_shop
):
    assert (await platform_person.get(f"{other_shop.home}/styleguide")).status_code == 404


async def test_for_everybody_else_the_platform_does_not_exist(signed_in, shop, client):
    assert (await (await signed_in(shop)).get("/admin")).status_code == 404
    assert (await client.get("/admin")).headers["location"].startswith("/signin")


async def test_platform_staff_see_what_ai_costs_each_workshop(platform_person, shop, parts):
    paid = Call(provider="p", model="m", price_in=2_000_000, tokens_in=7, result=Result.ANSWERED)
    async with inside(parts, shop.id) as db:
        await note(db, [paid], Purpose.CHAT)
    answer = await platform_person.get("/admin/ai")
    assert answer.status_code == 200
    assert shop.slug in answer.text
    assert "14,00" in answer.text


async def test_a_provider_without_prices_is_told_where_its_cost_stands(
    platform_person, monkeypatch
):
    free = AiProvider(name="eu", base_url="http://a", api_key="k", model="m")
    paid = structs.replace(free, name="spare", price_out=0.6)
    for providers, is_told in (([free, paid], True), ([paid], False)):
        monkeypatch.setattr(Settings, "ai_providers", providers)
        answer = await platform_person.get("/admin/ai")
        assert ("Für eu sind keine Preise eingetragen" in answer.text) is is_told


async def test_a_workshop_cannot_write_on_the_bill_of_another(parts, shop, other_shop):
    forged = AiCost(
        workshop_id=other_shop.id,
        day=date(2026, 1, 1),
        calls=1,
        failed=0,
        tokens_in=0,
        tokens_out=0,
        tokens_cached=0,
        micros=1,
    )
    with pytest.raises(ProgrammingError):
        async with inside(parts, shop.id) as db:
            db.add(forged)
