"""A worker process for the test that kills it: notes each job once, slowly enough to be hit."""

import asyncio
import random
from datetime import timedelta

from portal import worker
from portal.kit import outbox
from portal.kit.outbox import Work
from portal.kit.settings import Settings
from portal.tenants.audit import note


async def write_down(work: Work, *, number: int) -> None:
    await asyncio.sleep(random.random() * 0.01)
    async with work.finishing() as db:
        note(db, "tests.written_down", str(number))
        await db.flush()
        await asyncio.sleep(random.random() * 0.01)


outbox.LEASE = timedelta(seconds=0.5)
outbox.RENEW_EVERY_S = 0.2
worker.JOBS["tests.write_down"] = write_down
worker.run(Settings())
