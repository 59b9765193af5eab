"""An import from the upload to its end, as a person goes through it."""

import pytest

from portal.imports import runs
from portal.imports.kinds import OnDuplicate
from portal.tenants.boundary import inside
from portal.worker import work_off


@pytest.fixture
def take_over(parts):
    """Uploads a file, assigns its columns as guessed, runs it; gives the finished run."""

    async def take(shop, data, name="export.csv", *, kind=None, update=False, resource_id=None):
        raw = data.encode() if isinstance(data, str) else data
        async with inside(parts, shop.id) as db:
            run = await runs.receive(db, parts.blobs, raw, name, by="Inge", limit=10**8)
            if kind is not None:
                sheet = runs.open_sheet(raw)
                await runs.suggest(db, run, kind, runs.samples_of(sheet))
            choice = OnDuplicate.UPDATE if update else OnDuplicate.SKIP
            runs.assign(run, run.mapping, on_duplicate=choice, resource_id=resource_id)
            await runs.start(db, run)
        await work_off(parts)
        return await again(parts, shop, run)

    return take


@pytest.fixture
def take_back(parts):
    async def back(shop, run):
        async with inside(parts, shop.id) as db:
            runs.undo(db, await runs.get(db, run.id))
        await work_off(parts)
        return await again(parts, shop, run)

    return back


async def again(parts, shop, run):
    async with inside(parts, shop.id) as db:
        return await runs.get(db, run.id)
