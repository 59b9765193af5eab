import os
import random
import signal
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import ProgrammingError

from portal.kit import clock, outbox
from portal.kit.outbox import Job, later, later_for_each
from portal.tenants.audit import note
from portal.tenants.boundary import inside
from portal.tenants.models import AuditEntry, Workshop
from portal.worker import work_off
from tests.makers.workers import until, worker_process

WORKER = Path(__file__).parent / "stubborn_worker.py"
JOBS = 500
KILLS = 6


async def written(parts, shop):
    async with inside(parts, shop.id) as db:
        entries = await db.scalars(
            select(AuditEntry.subject).where(AuditEntry.action == "tests.written_down")
        )
        return Counter(entries)


async def test_a_job_is_stored_with_its_cause_or_not_at_all(parts, shop):
    with pytest.raises(ZeroDivisionError):
        async with inside(parts, shop.id) as db:
            later(db, "tests.never")
            await db.flush()
            raise ZeroDivisionError
    async with inside(parts, shop.id) as db:
        assert await db.scalar(select(func.count()).select_from(Job)) == 0


async def test_a_job_runs_inside_the_workshop_that_asked_for_it(parts, shop):
    async def write_down(work, *, number):
        async with work.finishing() as db:
            note(db, "tests.written_down", str(number))

    async with inside(parts, shop.id) as db:
        later(db, "tests.here", number=7)
    await work_off(parts, {"tests.here": write_down})
    assert await written(parts, shop) == {"7": 1}
    async with inside(parts, shop.id) as db:
        assert await outbox.depth(db) == (0, 0)


async def test_a_failing_job_is_tried_again_and_then_buried_visibly(parts, shop):
    async def fails(work):
        raise RuntimeError("no luck")

    async with inside(parts, shop.id) as db:
        later(db, "tests.fails")
    for _attempt in range(len(outbox.BACK_OFF) + 1):
        await work_off(parts, {"tests.fails": fails})
        async with inside(parts, shop.id) as db:
            await db.execute(update(Job).values(run_at=clock.now() - timedelta(seconds=1)))
    async with inside(parts, shop.id) as db:
        job = (await db.scalars(select(Job))).one()
    assert job.dead_at is not None
    assert job.last_error == "RuntimeError: no luck"
    assert job.attempts == len(outbox.BACK_OFF) + 1


async def test_work_whose_lease_was_lost_is_not_stored(parts, shop):
    async def too_slow(work):
        async with work.finishing() as db:
            note(db, "tests.written_down", "late")
            async with inside(parts, shop.id) as thief:
                await thief.execute(update(Job).values(lease=shop.id))

    async with inside(parts, shop.id) as db:
        later(db, "tests.slow")
    await work_off(parts, {"tests.slow": too_slow})
    assert await written(parts, shop) == {}


async def test_a_workshop_cannot_queue_or_see_another_ones_jobs(parts, shop, other_shop):
    async with inside(parts, shop.id) as db:
        later(db, "tests.mine", run_at=clock.now() + timedelta(days=1))
    async with inside(parts, other_shop.id) as db:
        assert await db.scalar(select(func.count()).select_from(Job)) == 0
    async with inside(parts, shop.id) as db:
        assert await db.scalar(select(func.count()).select_from(Job)) == 1


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_one_statement_queues_a_job_for_each_workshop(parts, shop, other_shop):
    both = select(Workshop.id).where(Workshop.id.in_([shop.id, other_shop.id]))

    async def write_down(work):
        async with work.finishing() as db:
            note(db, "tests.written_down", "here")

    for _ in range(2):
        async with inside(parts, None) as db:
            await later_for_each(db, "tests.each", both)
    await work_off(parts, {"tests.each": write_down})
    assert await written(parts, shop) == await written(parts, other_shop) == {"here": 1}


async def test_a_job_that_waits_for_later_does_not_hold_up_one_that_is_wanted_now(parts, shop):
    async def moments():
        async with inside(parts, shop.id) as db:
            return list(await db.scalars(select(Job.run_at).order_by(Job.run_at)))

    mine = select(Workshop.id).where(Workshop.id == shop.id)
    async with inside(parts, shop.id) as db:
        later(db, "tests.wanted", run_at=clock.now() + timedelta(hours=2))
    for spread in (timedelta(hours=1), timedelta(hours=1), timedelta(hours=3)):
        async with inside(parts, None) as db:
            await later_for_each(db, "tests.wanted", mine, spread=spread)
    one, two = await moments()
    assert one < clock.now() + timedelta(hours=1) < two
    async with inside(parts, shop.id) as db:
        await db.execute(delete(Job))


async def test_a_session_of_a_workshop_queues_for_no_other(parts, shop, other_shop):
    other = select(Workshop.id).where(Workshop.id == other_shop.id)
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with inside(parts, shop.id) as db:
            await later_for_each(db, "tests.forged", other)


async def test_killing_workers_loses_and_doubles_no_job(parts, shop, settings):
    async with inside(parts, shop.id) as db:
        for number in range(JOBS):
            later(db, "tests.write_down", number=number)
    done_at_each_kill = []
    for _kill in range(KILLS):
        before = len(await written(parts, shop))
        async with worker_process(WORKER, settings) as worker:
            await until_written(parts, shop, before + random.randint(5, 60), worker)
            os.kill(worker.pid, signal.SIGKILL)
            await worker.wait()
        done_at_each_kill.append(len(await written(parts, shop)))
    async with worker_process(WORKER, settings) as worker:
        await until_written(parts, shop, JOBS, worker)
    assert await written(parts, shop) == {str(number): 1 for number in range(JOBS)}
    assert sum(0 < done < JOBS for done in done_at_each_kill) >= KILLS // 2


async def until_written(parts, shop, number, worker):
    async def are_written():
        return len(await written(parts, shop)) >= min(number, JOBS)

    await until(are_written, worker)
