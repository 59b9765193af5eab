import asyncio

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from portal.kit.db import new_id
from portal.tenants.audit import note
from portal.tenants.boundary import inside
from portal.tenants.models import AuditEntry, Staff


async def test_a_session_of_no_workshop_sees_no_rows(parts, shop):
    async with inside(parts, None) as db:
        assert await db.scalar(select(func.count()).select_from(Staff)) == 0


async def test_a_session_of_no_workshop_cannot_insert(parts):
    with pytest.raises(DBAPIError):
        async with inside(parts, None) as db:
            note(db, "nobody.writes")


async def test_each_workshop_sees_its_own_rows_only(parts, shop, other_shop):
    async with inside(parts, shop.id) as db:
        found = set(await db.scalars(select(Staff.workshop_id)))
    assert found == {shop.id}


async def test_a_row_fills_in_its_workshop(parts, shop):
    async with inside(parts, shop.id) as db:
        note(db, "door.opened")
        await db.flush()
        entry = (await db.scalars(select(AuditEntry))).one()
    assert entry.workshop_id == shop.id


async def test_a_row_of_another_workshop_is_refused(parts, shop, other_shop):
    with pytest.raises(DBAPIError, match="row-level security"):
        async with inside(parts, shop.id) as db:
            db.add(AuditEntry(workshop_id=other_shop.id, actor="x", action="y"))


async def test_the_workshop_is_gone_with_the_transaction(parts, shop):
    async with inside(parts, shop.id) as db:
        assert await db.scalar(text("select current_setting('app.workshop_id', true)")) == str(
            shop.id
        )
    async with parts.engine.connect() as connection:
        left = await connection.scalar(text("select current_setting('app.workshop_id', true)"))
    assert left in ("", None)


async def test_a_failed_unit_of_work_leaves_nothing(parts, shop):
    with pytest.raises(ZeroDivisionError):
        async with inside(parts, shop.id) as db:
            note(db, "half.done")
            await db.flush()
            raise ZeroDivisionError
    async with inside(parts, shop.id) as db:
        assert await db.scalar(select(func.count()).select_from(AuditEntry)) == 0


async def test_a_workshop_is_named_by_a_uuid_and_nothing_else(parts):
    with pytest.raises(TypeError):
        async with inside(parts, "'; drop table staff; --"):
            pass
    async with inside(parts, new_id()) as db:
        assert await db.scalar(select(func.count()).select_from(Staff)) == 0
    await asyncio.sleep(0)
