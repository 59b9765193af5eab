"""The tenant boundary, proven by what the catalogue and the application say about themselves."""

import asyncio
import random
from contextlib import asynccontextmanager

import asyncpg
import pytest
from litestar.routes import HTTPRoute, WebSocketRoute
from sqlalchemy import event, select

from portal.kit.channels import PREFIX
from portal.tenants import boundary
from portal.tenants.audit import note
from portal.tenants.boundary import (
    DOORS,
    channel,
    device_db,
    device_glance,
    inside,
    platform_db,
    staff_db,
)
from portal.tenants.models import AuditEntry, Staff
from tests.makers.catalogue import faults
from tests.makers.patience import PATIENCE_S
from tests.makers.shops import found_shop

PUBLIC = {
    "/widget/v1/{file}",
    "/health/live",
    "/health/ready",
    "/static/{file_path}",
    "/api/v1/schema",
    "/api/v1/schema/openapi.json",
    "/api/v1/schema/{path}",
}
"""Addresses that read no table of a workshop."""


def handlers(app):
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                if handler.http_methods != {"OPTIONS"}:
                    yield route.path_format, handler


def door_of(handler):
    provided = handler.resolve_dependencies().get("db")
    return provided.dependency if provided else None


@asynccontextmanager
async def as_owner(settings):
    """The role that owns the tables, in a transaction that is always undone."""
    connection = await asyncpg.connect(settings.database_owner_url.get_secret_value())
    try:
        await connection.execute("BEGIN")
        yield connection
    finally:
        await connection.execute("ROLLBACK")
        await connection.close()


async def test_every_table_is_protected_in_the_catalogue(settings):
    async with as_owner(settings) as connection:
        assert await faults(connection) == []


@pytest.mark.parametrize(
    "mutation",
    [
        "DROP POLICY own_rows ON staff",
        "ALTER TABLE staff NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE staff DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own_rows ON staff; CREATE POLICY own_rows ON staff USING (true)",
        "ALTER TABLE staff DROP CONSTRAINT pk_staff CASCADE; ALTER TABLE staff ADD PRIMARY KEY (id)",
        "ALTER TABLE staff ADD UNIQUE (id)",
        "CREATE UNIQUE INDEX loose ON staff (id)",
        "DROP POLICY own_insert ON seats",
        "CREATE TABLE forgotten (id uuid)",
        "CREATE POLICY second ON staff USING (true)",
    ],
)
async def test_the_catalogue_proof_notices_a_hole(settings, mutation):
    async with as_owner(settings) as connection:
        await connection.execute(mutation)
        assert await faults(connection)


async def test_the_proof_notices_when_the_setting_is_not_made(parts, shop, monkeypatch):
    """Without the listener the workshop's own rows are gone: nothing works instead of leaking."""
    listener = boundary._enter_workshop
    event.remove(boundary._WorkshopSession, "after_begin", listener)
    try:
        async with inside(parts, shop.id) as db:
            assert (await db.scalars(select(Staff))).all() == []
    finally:
        event.listen(boundary._WorkshopSession, "after_begin", listener)


def test_every_route_goes_through_a_door_or_is_public(app):
    loose = {path for path, handler in handlers(app) if door_of(handler) not in DOORS}
    assert loose == PUBLIC & loose, f"no door: {sorted(loose - PUBLIC)}"


def test_every_route_for_members_names_its_permission(app):
    unnamed = [
        path
        for path, handler in handlers(app)
        if door_of(handler) in (staff_db, device_db, device_glance, platform_db)
        and "permission" not in handler.opt
    ]
    assert unnamed == []


def test_every_websocket_is_known_to_ask_for_a_token_itself(app):
    """It has no door of its own: `tests/diagnostics/test_live.py` tries it as everybody else."""
    found = {route.path_format for route in app.routes if isinstance(route, WebSocketRoute)}
    assert found == {"/api/v1/integrations/obd/live"}


@pytest.mark.slow
async def test_interleaved_requests_on_a_small_pool_never_see_foreign_rows(parts):
    shops = [await found_shop(parts) for _ in range(10)]

    async def look(shop):
        async with inside(parts, shop.id) as db:
            return shop.id, set(await db.scalars(select(Staff.workshop_id)))

    chosen = random.choices(shops, k=2000)
    for start in range(0, len(chosen), 200):
        seen = await asyncio.gather(*(look(shop) for shop in chosen[start : start + 200]))
        assert all(found == {shop_id} for shop_id, found in seen)


async def test_an_event_reaches_readers_of_its_own_workshop_only(parts, shop, other_shop):
    mine, theirs = channel(shop.id, "inbox"), channel(other_shop.id, "inbox")
    async with parts.hub.listen(mine) as here, parts.hub.listen(theirs) as there:
        await asyncio.sleep(0.05)
        async with inside(parts, shop.id) as db:
            boundary.tell(db, "inbox", b"hello")
        assert await here.within(PATIENCE_S) == [b"hello"]
        assert there.take() == []
    assert PREFIX + mine != PREFIX + theirs


async def test_an_event_of_a_failed_transaction_is_never_sent(parts, shop):
    async with parts.hub.listen(channel(shop.id, "inbox")) as here:
        with pytest.raises(ZeroDivisionError):
            async with inside(parts, shop.id) as db:
                boundary.tell(db, "inbox", b"never")
                raise ZeroDivisionError
        await asyncio.sleep(0.05)
        assert here.take() == []


async def test_evidence_cannot_be_changed(parts, shop):
    async with inside(parts, shop.id) as db:
        note(db, "deed")
    with pytest.raises(Exception, match="permission denied"):
        async with inside(parts, shop.id) as db:
            entry = (await db.scalars(select(AuditEntry))).one()
            entry.action = "another"
