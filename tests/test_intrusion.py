"""Every route, asked as another workshop: nothing answers, nothing changes, nothing leaks.

The same questions asked by the workshop itself do answer, so that the proof can fail.
"""

import asyncio
import re
from uuid import uuid4

import httpx
import pytest
from litestar.routes import HTTPRoute

from portal.tenants.boundary import (
    device_db,
    device_glance,
    inside,
    owner_db,
    public_db,
    site_db,
    site_key_db,
    staff_db,
)
from portal.tenants.callers import COOKIE, Visitor, owner_link
from portal.tenants.permissions import Role
from tests.makers.chat import a_guest
from tests.makers.victims import CANARY, fill_victim, fingerprint, owned_tables

TABLES = {
    "campaign_id": "campaigns",
    "absence_id": "absences",
    "closure_id": "closures",
    "resource_id": "resources",
    "service_id": "services",
    "conversation_id": "conversations",
    "customer_id": "customers",
    "delivery_id": "webhook_deliveries",
    "endpoint_id": "webhook_endpoints",
    "entry_id": "history_entries",
    "faq_id": "faq_entries",
    "list_id": "vin_lists",
    "open_question_id": "open_questions",
    "message_id": "messages",
    "ownership_id": "ownerships",
    "appointment_id": "appointments",
    "waiting_id": "waitlist_entries",
    "withdrawal_id": "withdrawals",
    "run_id": "import_runs",
    "scan_id": "scans",
    "session_id": "diagnostic_sessions",
    "recording_id": "live_recordings",
    "photo_id": "session_photos",
    "staff_id": "staff",
    "vehicle": "vehicles",
    "vehicle_id": "vehicles",
    "reference": "vehicles",
    "reply_id": "canned_replies",
    "task_id": "concierge_tasks",
}
"""Which table a parameter of an address names; a new parameter has to be entered here."""

FILES = {"file_name", "file_path", "name", "path"}


def routes_of(app, *doors):
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                provided = handler.resolve_dependencies().get("db")
                if provided is not None and provided.dependency in doors:
                    for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
                        yield method, route.path_format


def filled(path, slug, ids):
    def value(match):
        name = match.group(1)
        return slug if name == "slug" else str(ids[TABLES[name]])

    return re.sub(r"{(\w+)}", value, path)


def names_a_row(path):
    return any(name in TABLES for name in re.findall(r"{(\w+)}", path))


async def ask(client, method, path):
    """Status and the beginning of the body; an event stream is left after a moment."""
    body = {}
    if method in {"POST", "PUT", "PATCH"} and ("/api/" in path or "/widget/" in path):
        body = {"files": {"file": b"x"}} if path.endswith("/sessions") else {"json": {}}
    async with client.stream(method, path, **body) as answer:
        if "event-stream" not in answer.headers.get("content-type", ""):
            return answer.status_code, (await answer.aread()).decode(errors="replace")
        seen = b""
        try:
            async with asyncio.timeout(0.3):
                async for chunk in answer.aiter_bytes():
                    seen += chunk
        except TimeoutError:
            pass
        return answer.status_code, seen.decode()


@pytest.fixture
async def victim(parts, client):
    return await fill_victim(parts, client)


@pytest.fixture
async def intruder(signed_in, other_shop):
    return await signed_in(other_shop, Role.OWNER)


def test_the_victim_fills_every_parameter_that_an_address_can_name(app):
    doors = (staff_db, device_db, device_glance, site_db, site_key_db)
    named = {n for _m, path in routes_of(app, *doors) for n in re.findall(r"{(\w+)}", path)}
    assert named - set(TABLES) - {"slug"} - FILES == set()


async def test_the_victim_has_a_row_in_every_table_that_has_routes(victim):
    assert set(TABLES.values()) & set(owned_tables()) <= set(victim.ids)


async def test_the_workshop_itself_gets_answers(app, victim, signed_in, parts):
    """The control: without it, a wrong address would pass for a closed door."""
    owner = await signed_in(victim.shop, Role.OWNER)
    leaks, failed = 0, []
    for method, path in routes_of(app, staff_db):
        if method == "GET":
            status, body = await ask(owner, method, filled(path, victim.shop.slug, victim.ids))
            leaks += CANARY in body
            if status not in {200, 302, 303, 307}:
                failed.append((path, status))
    assert failed == []
    assert leaks >= 6


@pytest.mark.parametrize("whose_slug", ["victim", "intruder"])
async def test_staff_of_another_workshop_reach_no_page(
    app, victim, intruder, other_shop, parts, whose_slug
):
    before = await fingerprint(parts, victim.shop)
    slug = victim.shop.slug if whose_slug == "victim" else other_shop.slug
    odd = []
    for method, path in routes_of(app, staff_db):
        if whose_slug == "intruder" and not names_a_row(path):
            continue
        status, body = await ask(intruder, method, filled(path, slug, victim.ids))
        closed = {404} if method == "GET" or whose_slug == "victim" else {404, 400, 422}
        if status not in closed or CANARY in body:
            odd.append((method, path, status))
    assert odd == []
    assert await fingerprint(parts, victim.shop) == before


async def test_a_token_of_another_workshop_opens_nothing(app, victim, other_shop, device, parts):
    before = await fingerprint(parts, victim.shop)
    odd = []
    async with device(other_shop) as program:
        for method, path in routes_of(app, device_db, device_glance):
            status, body = await ask(program, method, filled(path, victim.shop.slug, victim.ids))
            closed = {404} if method == "GET" or "{slug}" in path else {404, 400, 422}
            if (names_a_row(path) or "{slug}" in path) and status not in closed:
                odd.append((method, path, status))
            if CANARY in body or status >= 500:
                odd.append((method, path, status))
    assert odd == []
    assert await fingerprint(parts, victim.shop) == before


async def test_a_visitor_of_another_website_sees_nothing(app, victim, other_shop, client, parts):
    before = await fingerprint(parts, victim.shop)
    guest = await a_guest(client, other_shop)
    odd = []
    headers = {**guest.headers}
    async with httpx.AsyncClient(base_url=client.base_url, headers=headers) as visitor:
        for method, path in routes_of(app, site_db):
            status, body = await ask(visitor, method, filled(path, victim.shop.slug, victim.ids))
            if CANARY in body or status >= 500:
                odd.append((method, path, status))
    assert odd == []
    assert await fingerprint(parts, victim.shop) == before


@pytest.mark.parametrize("table", ["appointments", "waitlist_entries", "waitlist_invitations"])
async def test_a_signed_link_of_another_workshop_finds_nothing(
    app, victim, other_shop, client, parts, table
):
    before = await fingerprint(parts, victim.shop)
    visitor = Visitor(other_shop.id, victim.ids[table], "")
    link = owner_link(visitor, parts.settings.secret)
    odd = []
    for method, path in routes_of(app, owner_db):
        status, body = await ask(client, method, path.replace("{link}", link))
        closed = status in {302, 303, 307, 400, 404} if path.endswith("/offer") else status == 404
        if CANARY in body or status >= 500 or (method == "GET" and not closed):
            odd.append((method, path, status))
    assert odd == []
    assert await fingerprint(parts, victim.shop) == before


async def test_another_workshops_booking_page_tells_nothing(app, victim, other_shop, client, parts):
    before = await fingerprint(parts, victim.shop)
    odd = []
    query = f"service={victim.ids['services']}&services={victim.ids['services']}"
    for method, path in routes_of(app, public_db):
        address = path.replace("{slug}", other_shop.slug)
        status, body = await ask(client, method, f"{address}?{query}")
        if CANARY in body or status >= 500:
            odd.append((method, path, status))
    assert odd == []
    assert await fingerprint(parts, victim.shop) == before


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer nonsense"},
        {"authorization": "Bearer " + "A" * 5000},
        {"authorization": "Basic YTpi"},
        {"cookie": f"{COOKIE}=nonsense"},
        {"cookie": f"{COOKIE}={uuid4()}"},
    ],
)
async def test_nobody_reaches_anything_without_proof(app, victim, address, parts, headers):
    before = await fingerprint(parts, victim.shop)
    odd = []
    async with httpx.AsyncClient(base_url=address, headers=headers) as stranger:
        for method, path in routes_of(app, staff_db, device_db, device_glance, site_db):
            status, body = await ask(stranger, method, filled(path, victim.shop.slug, victim.ids))
            if status not in {302, 307, 401, 403} or CANARY in body:
                odd.append((method, path, status))
    assert odd == []
    assert await fingerprint(parts, victim.shop) == before


async def test_stored_files_lie_in_the_folder_of_their_workshop(victim, parts):
    from portal.diagnostics.models import Scan

    async with inside(parts, victim.shop.id) as db:
        scan = await db.get_one(Scan, (victim.shop.id, victim.ids["scans"]))
    assert scan.blob_key.startswith(f"{victim.shop.id}/")
