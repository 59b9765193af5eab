"""Directus says what has changed: believed with its secret only, and looked up by ourselves."""

from contextlib import asynccontextmanager

import httpx
import pytest

from portal.app import create_app
from portal.content import faq
from portal.tenants.boundary import inside
from portal.worker import work_off
from tests.makers.directus import SECRET, a_directus

PATH = "/api/v1/integrations/directus/webhook"


@pytest.fixture
async def directus():
    async with a_directus() as running:
        yield running


async def test_a_change_reaches_the_workshop_that_it_belongs_to(directus, parts, shop):
    item = directus.put(shop.slug, "Parken?", "Im Hof.")
    beside = directus.beside(parts)
    async with serving(beside) as portal:
        answer = await portal.post(
            PATH, json={"keys": [item["id"]]}, headers={"authorization": f"Bearer {SECRET}"}
        )
    assert (answer.status_code, answer.json()) == (202, {"accepted": 1})
    await work_off(beside)
    async with inside(parts, shop.id) as db:
        assert [e.question for e in await faq.of_locale(db, "de")] == ["Parken?"]


@pytest.mark.parametrize("header", [{}, {"authorization": "Bearer wrong"}, {"authorization": "x"}])
async def test_without_the_secret_nothing_is_believed(header, directus, parts):
    async with serving(directus.beside(parts)) as portal:
        answer = await portal.post(PATH, json={"keys": [1]}, headers=header)
    assert (answer.status_code, answer.json()["code"]) == (401, "WEBHOOK_REFUSED")


async def test_without_a_directus_there_is_no_such_address(client):
    answer = await client.post(PATH, json={"keys": [1]}, headers={"authorization": "Bearer x"})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "body", [{"keys": []}, {"keys": [1], "collection": "directus_users"}, {"keys": [1] * 201}, {}]
)
async def test_what_is_none_of_ours_is_left_alone(body, directus, parts):
    async with serving(directus.beside(parts)) as portal:
        headers = {"authorization": f"Bearer {SECRET}"}
        answer = await portal.post(PATH, json=body, headers=headers)
    assert answer.status_code in {202, 400, 422}
    if answer.status_code == 202:
        assert answer.json() == {"accepted": 0}


@asynccontextmanager
async def serving(beside):
    app = create_app(beside.settings, beside)
    app.state.parts = beside
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://portal") as portal:
        yield portal
