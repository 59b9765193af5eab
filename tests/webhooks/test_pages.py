"""Setting webhooks up: by page and by program."""

import re

import pytest
from sqlalchemy import text

from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.makers.receivers import a_receiver
from tests.makers.vehicles import counted_statements

API = "/api/v1/integrations/webhooks"
FORM = {"url": "http://127.0.0.1:9/x", "events": ["booking.created", "booking.moved"]}


async def test_the_secret_is_shown_once(parts, shop, signed_in):
    browser = await signed_in(shop)
    created = await browser.post(f"{shop.home}/settings/webhooks", data=FORM)
    assert created.status_code == 200
    [secret] = re.findall(r"whsec_[A-Za-z0-9+/=]+", created.text.replace("&#43;", "+"))
    [address] = set(re.findall(rf"{shop.home}/settings/webhooks/[0-9a-f-]{{36}}", created.text))
    for page in (f"{shop.home}/settings/webhooks", address, f"{address}/edit"):
        shown = await browser.get(page)
        assert shown.status_code == 200
        assert "whsec_" not in shown.text
    async with inside(parts, shop.id) as db:
        rows = await db.scalars(text("select t::text from webhook_endpoints t"))
        notes = await db.scalars(text("select t::text from audit_entries t"))
        assert secret not in "".join([*rows, *notes])


async def test_a_refused_address_is_told_beside_its_field(shop, signed_in):
    browser = await signed_in(shop)
    form = {"url": "https://10.0.0.1/x", "description": "Telefon"}
    answer = await browser.post(f"{shop.home}/settings/webhooks", data=form)
    assert answer.status_code == 422
    assert "https://10.0.0.1/x" in answer.text
    assert answer.text.count('aria-invalid="true"') == 2


async def test_only_who_manages_settings_sees_webhooks(shop, signed_in):
    for role in (Role.ADVISOR, Role.MECHANIC, Role.BOOKKEEPER):
        browser = await signed_in(shop, role)
        assert (await browser.get(f"{shop.home}/settings/webhooks")).status_code == 403


async def test_a_webhook_is_changed_switched_off_and_deleted(shop, signed_in, device):
    browser = await signed_in(shop)
    async with device(shop) as program:
        made = (await program.post(API, json={**FORM, "description": "Anlage"})).json()
        home = f"{shop.home}/settings/webhooks/{made['id']}"
        changed = await browser.post(home, data={**FORM, "events": "booking.ready"})
        assert changed.status_code == 303
        now = (await program.get(f"{API}/{made['id']}")).json()
        assert (now["events"], now["active"], now["stopped"]) == (
            ["booking.ready"],
            False,
            "by_hand",
        )
        assert (await program.post(f"{API}/{made['id']}/test")).status_code == 409
        assert (await browser.post(f"{home}/activation")).status_code == 303
        assert (await program.get(f"{API}/{made['id']}")).json()["active"]
        assert (await browser.post(f"{home}/deletion")).status_code == 303
        assert (await program.get(f"{API}/{made['id']}")).status_code == 404
        assert (await program.get(API)).json()["items"] == []


async def test_a_program_sets_up_its_own_webhook(parts, shop, device):
    async with a_receiver() as receiver, device(shop) as program:
        answer = await program.post(API, json={"url": receiver.url, "events": ["booking.ready"]})
        assert answer.status_code == 201
        made = answer.json()
        assert made["secret"].startswith("whsec_")
        assert "secret" not in (await program.get(f"{API}/{made['id']}")).json()
        fresh = (await program.post(f"{API}/{made['id']}/secret")).json()["secret"]
        assert fresh != made["secret"]
        assert (await program.post(f"{API}/{made['id']}/test")).status_code == 202
        await work_off(parts)
        [told] = (await program.get(f"{API}/{made['id']}/deliveries")).json()["items"]
        assert (told["state"], told["event"]) == ("done", "webhook.test")
        assert receiver.ids == {told["message_id"]: 1}
        patched = await program.patch(f"{API}/{made['id']}", json={"active": False})
        assert patched.json()["active"] is False
        assert (await program.delete(f"{API}/{made['id']}")).status_code == 204


@pytest.mark.parametrize(
    "body",
    [
        {"url": "https://example.de/", "events": []},
        {"url": "https://example.de/", "events": ["booking.unknown"]},
        {"url": "javascript:alert(1)", "events": ["booking.ready"]},
        {"url": "https://a\0b.de/", "events": ["booking.ready"]},
        {"url": "https://example.de/", "events": "booking.ready"},
    ],
)
async def test_nonsense_is_refused(shop, device, body):
    async with device(shop) as program:
        assert (await program.post(API, json=body)).status_code in {400, 422}


async def test_there_is_an_end_to_webhooks(shop, device):
    async with device(shop) as program:
        for number in range(20):
            body = {**FORM, "url": f"http://127.0.0.1:9/{number}"}
            assert (await program.post(API, json=body)).status_code == 201
        assert (await program.post(API, json=FORM)).status_code == 409


async def test_pages_ask_the_database_little(parts, shop, signed_in, device):
    browser = await signed_in(shop)
    async with device(shop) as program:
        made = (await program.post(API, json=FORM)).json()
    for page in ("", f"/{made['id']}"):
        with counted_statements(parts) as sent:
            await browser.get(f"{shop.home}/settings/webhooks{page}")
        assert len(sent) <= 6
