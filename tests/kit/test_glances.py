"""Hot reads carry nothing from one caller to the next."""

import pytest
from sqlalchemy import func, select, text

from portal.kit.errors import NotFound
from portal.kit.glances import Sentence

SETTING = Sentence(select(func.current_setting("app.workshop_id", True).label("workshop")))
BROKEN = Sentence(select(text("1 / 0")))


async def test_the_scope_of_a_glance_ends_with_it(parts):
    for _ in range(8):
        async with parts.glances.one("SET LOCAL app.workshop_id = 'mine'", {}) as glance:
            assert (await glance.one_or_none(SETTING)).workshop == "mine"
        async with parts.glances.one("SELECT 1", {}) as glance:
            assert not (await glance.one_or_none(SETTING)).workshop


async def test_a_glance_that_fails_hands_its_connection_to_nobody(parts):
    for _ in range(8):
        with pytest.raises(Exception, match="division by zero"):
            async with parts.glances.one("SET LOCAL app.workshop_id = 'mine'", {}) as glance:
                await glance.one_or_none(BROKEN)
        async with parts.glances.one("SELECT 1", {}) as glance:
            assert not (await glance.one_or_none(SETTING)).workshop


async def test_a_refusal_is_undone_and_keeps_its_connection(parts):
    backend = Sentence(select(func.pg_backend_pid().label("pid")))
    seen = set()
    for _ in range(8):
        with pytest.raises(NotFound):
            async with parts.glances.one("SET LOCAL app.workshop_id = 'mine'", {}) as glance:
                seen.add((await glance.one_or_none(backend)).pid)
                raise NotFound
        async with parts.glances.one("SELECT 1", {}) as glance:
            assert not (await glance.one_or_none(SETTING)).workshop
    assert len(seen) == 1


async def test_a_row_without_the_column_says_so(parts):
    async with parts.glances.one("SELECT 1", {}) as glance:
        row = await glance.one_or_none(SETTING)
    with pytest.raises(AttributeError, match="nothing"):
        _ = row.nothing
