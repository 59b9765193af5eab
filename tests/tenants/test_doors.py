"""Doors that no route uses yet, and corners of the others."""

from datetime import timedelta
from types import SimpleNamespace

import httpx
import pytest
from sqlalchemy import func, select

from portal.kit.errors import NotFound
from portal.tenants import callers
from portal.tenants.boundary import (
    feed_db,
    feed_of,
    inside,
    owner_db,
    visitor_of,
    workshop_id_of,
)
from portal.tenants.callers import Feed, TokenInvalid, Visitor
from portal.tenants.models import Staff
from portal.tenants.permissions import Role


def request_to(parts):
    return SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(parts=parts)))


async def test_a_signed_link_opens_its_own_workshop(parts, shop, other_shop):
    customer = shop.people[Role.OWNER].id
    link = callers.owner_link(Visitor(shop.id, customer, ""), parts.settings.secret)
    async for db in owner_db(request_to(parts), link):
        assert workshop_id_of(db) == shop.id
        assert visitor_of(db).subject == customer
        assert await db.scalar(select(func.count()).select_from(Staff)) == len(Role)


async def test_a_link_that_was_changed_or_made_for_something_else_opens_nothing(parts, shop):
    secret = parts.settings.secret
    visitor = Visitor(shop.id, shop.id, "https://example.de")
    link = callers.owner_link(visitor, secret)
    for wrong in (link[:-2], link + "x", "", callers.visitor_token(visitor, secret)):
        with pytest.raises(TokenInvalid):
            async for _db in owner_db(request_to(parts), wrong):
                pytest.fail("the door opened")


async def test_a_signed_link_ends_one_day_and_is_short_until_then(parts, shop, monkeypatch):
    secret = parts.settings.secret
    link = callers.owner_link(Visitor(shop.id, shop.id, ""), secret)
    assert len(link) <= 80
    assert callers.owner_of(link, secret).workshop_id == shop.id
    monkeypatch.setattr(callers, "OWNER_LINK_LIFETIME", timedelta(seconds=-1))
    with pytest.raises(TokenInvalid):
        callers.owner_of(link, secret)


async def test_a_calendars_address_opens_its_own_workshop_and_says_what_it_claims(parts, shop):
    claim = Feed(shop.id, shop.people[Role.OWNER].id, "a key")
    token = callers.feed_token(claim, parts.settings.secret)
    async for db in feed_db(request_to(parts), f"{token}.ics"):
        assert workshop_id_of(db) == shop.id
        assert feed_of(db) == claim
        assert await db.scalar(select(func.count()).select_from(Staff)) == len(Role)
    owner = callers.owner_link(Visitor(shop.id, shop.id, ""), parts.settings.secret)
    for wrong in (token[:-2], f"x{token}", "", owner):
        with pytest.raises(NotFound):
            async for _db in feed_db(request_to(parts), wrong):
                pytest.fail("the door opened")


async def test_a_revoked_token_opens_nothing_at_once(parts, device, shop):
    from portal.kit import clock
    from portal.tenants.models import ApiToken

    async with device(shop) as program:
        services = f"/api/v1/workshops/{shop.slug}/services"
        assert (await program.get(services)).status_code == 200
        async with inside(parts, shop.id) as db:
            (await db.scalars(select(ApiToken))).one().revoked_at = clock.now()
        assert (await program.get(services)).status_code == 401


async def test_a_session_may_use_the_api_from_our_own_pages_only(signed_in, shop, address):
    browser = await signed_in(shop)
    assert (await browser.get("/api/v1/vehicles")).status_code == 200
    body = {"make": "VW", "model": "Golf"}
    assert (await browser.post("/api/v1/vehicles", json=body)).status_code == 201
    elsewhere = {"origin": "https://evil.example"}
    refused = await browser.post("/api/v1/vehicles", json=body, headers=elsewhere)
    assert refused.status_code == 403


async def test_whoever_works_at_two_workshops_says_which(signed_in, parts, shop, other_shop):
    from portal.tenants import workshops

    account = shop.accounts[Role.OWNER]
    async with inside(parts, other_shop.id) as db:
        await workshops.employ(db, account, Role.ADVISOR)
    browser: httpx.AsyncClient = await signed_in(shop)
    assert (await browser.get("/api/v1/vehicles")).status_code == 404
    for slug in (shop.slug, other_shop.slug):
        answer = await browser.get("/api/v1/vehicles", headers={"x-workshop": slug})
        assert answer.status_code == 200


async def test_losing_redis_loses_no_job_and_no_answer(parts, shop, monkeypatch):
    from portal.kit.outbox import Job, later

    async def away(*_arguments, **_options):
        raise ConnectionError

    monkeypatch.setattr(parts.queue, "enqueue", away)
    async with inside(parts, shop.id) as db:
        later(db, "tests.later")
    async with inside(parts, shop.id) as db:
        assert await db.scalar(select(func.count()).select_from(Job)) == 1
