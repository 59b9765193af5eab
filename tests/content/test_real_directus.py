"""The adapter, the rights and the flows on a real Directus; `make test-directus` starts one."""

import asyncio
import os
from dataclasses import replace

import httpx
import pytest
import uvicorn
from pydantic import SecretStr

from portal.app import create_app
from portal.content import faq
from portal.content.directus import DirectusSource
from portal.content.sources import FaqText
from portal.content.sync import read_file
from portal.tenants.boundary import inside
from portal.worker import work_off
from tests.makers.chat import until
from tests.makers.content import FILES
from tests.makers.shops import found_shop

pytestmark = pytest.mark.skipif(
    "DIRECTUS_TESTED" not in os.environ, reason="make test-directus starts a Directus"
)


@pytest.fixture
def source():
    return DirectusSource(os.environ["DIRECTUS_URL"], os.environ["DIRECTUS_TOKEN"])


@pytest.fixture
async def admin():
    password = os.environ["DIRECTUS_ADMIN_PASSWORD"]
    async with httpx.AsyncClient(base_url=os.environ["DIRECTUS_URL"], timeout=20) as client:
        who = {"email": os.environ["DIRECTUS_TEST_ADMIN"], "password": password}
        signed_in = (await client.post("/auth/login", json=who)).json()["data"]
        client.headers["authorization"] = f"Bearer {signed_in['access_token']}"
        yield client


@pytest.fixture
async def portal(parts):
    """The portal where Directus' flows look for it."""
    told = {
        "directus_url": os.environ["DIRECTUS_URL"],
        "directus_token": SecretStr(os.environ["DIRECTUS_TOKEN"]),
        "directus_webhook_secret": SecretStr(os.environ["DIRECTUS_WEBHOOK_SECRET"]),
    }
    beside = replace(parts, settings=parts.settings.model_copy(update=told))
    port = int(os.environ["DIRECTUS_TEST_PORTAL_PORT"])
    config = uvicorn.Config(create_app(beside.settings, beside), port=port, log_level="error")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    yield beside
    server.should_exit = True
    await serving


@pytest.mark.parametrize("slug", ["kfz-brandt", "autodienst-yilmaz"])
async def test_the_imported_texts_come_back_as_the_files_have_them(slug, source):
    found = await source.faq(slug)
    for locale in ("de", "en"):
        written = read_file(FILES / slug / f"faq.{locale}.yaml", list[FaqText])
        assert [(t.question, t.answer, t.keywords) for t in found[locale]] == [
            (t.question, t.answer.strip(), t.keywords) for t in written
        ]


async def test_drafts_and_texts_of_others_are_not_seen(source, admin):
    draft = {"workshop": "draft-shop", "question": "Geheim?", "answer": "Ja."}
    made = (await admin.post("/items/faq", json=draft)).json()["data"]
    assert made["status"] == "draft"
    assert await source.faq("draft-shop") == {"de": [], "en": []}
    assert await source.changed([str(made["id"]), "999999"]) == {"draft-shop"}


async def test_the_portals_token_reads_texts_and_nothing_else(source):
    headers = {"authorization": f"Bearer {os.environ['DIRECTUS_TOKEN']}"}
    async with httpx.AsyncClient(base_url=os.environ["DIRECTUS_URL"], headers=headers) as client:
        for path in ("/users", "/roles", "/flows", "/files", "/settings"):
            answer = await client.get(path)
            told = answer.json().get("data") if answer.is_success else None
            assert "email" not in str(told)
            assert path == "/settings" or not told or len(told) <= 1, path
        written = await client.post("/items/faq", json={"question": "?", "answer": "!"})
        assert written.status_code == 403


async def test_a_text_changed_in_directus_is_the_assistants_answer_soon(portal, parts, admin):
    shop = await found_shop(parts)
    entry = {"workshop": shop.slug, "status": "published", "question": "Parken?", "answer": "Hof."}
    made = (await admin.post("/items/faq", json=entry)).json()["data"]

    async def answers():
        await work_off(portal)
        async with inside(parts, shop.id) as db:
            return [one.answer for one in await faq.of_locale(db, "de") if one.active]

    async def are(expected):
        return await answers() == expected

    await until(lambda: are(["Hof."]), seconds=15)
    await admin.patch(f"/items/faq/{made['id']}", json={"answer": "Vor der Halle."})
    await until(lambda: are(["Vor der Halle."]), seconds=15)
    await admin.patch(f"/items/faq/{made['id']}", json={"status": "archived"})
    await until(lambda: are([]), seconds=15)
