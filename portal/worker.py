"""The worker: takes jobs from the outbox and does them, one list of all jobs and crons.

SAQ wakes it up; every second it looks for itself. What is done stands in the database alone.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID

import structlog
from saq import CronJob, Worker

from portal.bookings.jobs import JOBS as BOOKINGS_JOBS
from portal.bookings.waitlist_jobs import JOBS as WAITLIST_JOBS
from portal.campaigns.sending import JOBS as CAMPAIGN_JOBS
from portal.chat.identity.jobs import JOBS as IDENTITY_JOBS
from portal.chat.jobs import JOBS as CHAT_JOBS
from portal.content.jobs import JOBS as CONTENT_JOBS
from portal.content.jobs import look_at_all
from portal.diagnostics.jobs import JOBS as DIAGNOSTICS_JOBS
from portal.diagnostics.jobs import forget_everywhere
from portal.diagnostics.report_jobs import JOBS as REPORT_JOBS
from portal.imports.jobs import JOBS as IMPORT_JOBS
from portal.imports.jobs import forget_lists_everywhere
from portal.kit import outbox
from portal.kit.logs import set_up
from portal.kit.outbox import JobFunction, LeaseLost, Work
from portal.kit.parts import Parts, running
from portal.kit.settings import Settings
from portal.leftovers import sweep_at_night
from portal.tenants.boundary import inside
from portal.webhooks.jobs import JOBS as WEBHOOK_JOBS

log = structlog.get_logger()

Cron = Callable[[Parts], Awaitable[None]]

JOBS: dict[str, JobFunction] = {
    **BOOKINGS_JOBS,
    **WAITLIST_JOBS,
    **CHAT_JOBS,
    **IDENTITY_JOBS,
    **CONTENT_JOBS,
    **CAMPAIGN_JOBS,
    **DIAGNOSTICS_JOBS,
    **REPORT_JOBS,
    **WEBHOOK_JOBS,
    **IMPORT_JOBS,
}
"""Every job of the house by the name that `later` uses."""

CRONS: dict[str, list[Cron]] = {
    "13 * * * *": [look_at_all],
    "37 2 * * *": [forget_everywhere, forget_lists_everywhere],
    "7 3 * * *": [sweep_at_night],
}
"""What begins by the clock (UTC): it queues jobs in the outbox, so that none is lost."""

BATCH = 10
TOGETHER = 4
CRON_S = 600


async def work_off(parts: Parts, jobs: dict[str, JobFunction] | None = None) -> int:
    """Do all due jobs; how many were done."""
    known = JOBS if jobs is None else jobs
    done = 0
    while True:
        async with inside(parts, None) as db:
            batch = await outbox.claim(db, limit=BATCH)
        if not batch:
            return done
        gate = asyncio.Semaphore(TOGETHER)
        results = await asyncio.gather(*(_one(parts, known, job, gate) for job in batch))
        done += sum(results)


async def _one(
    parts: Parts, known: dict[str, JobFunction], job: outbox.Job, gate: asyncio.Semaphore
) -> bool:
    async with gate:
        assert job.lease is not None  # noqa: S101  # claim has just set it
        work = Work(parts, job.id, job.lease, job.workshop_id, _opener(parts))
        with structlog.contextvars.bound_contextvars(job=job.name, job_id=str(job.id)):
            try:
                async with _kept(parts, job):
                    await known[job.name](work, **job.arguments)
            except LeaseLost:
                log.warning("lease lost")
                return False
            except Exception as error:
                log.exception("job failed", attempt=job.attempts)
                async with inside(parts, None) as db:
                    await outbox.give_back(db, job, error)
                return False
            return True


@asynccontextmanager
async def _kept(parts: Parts, job: outbox.Job) -> AsyncIterator[None]:
    """The job's lease is renewed while it runs."""

    async def renew() -> None:
        while True:
            await asyncio.sleep(outbox.RENEW_EVERY_S)
            async with inside(parts, None) as db:
                await outbox.renew(db, job)

    renewing = asyncio.create_task(renew())
    try:
        yield
    finally:
        renewing.cancel()
        with suppress(asyncio.CancelledError):
            await renewing


def _opener(parts: Parts) -> outbox.OpenSession:
    def open_session(workshop_id: UUID | None) -> Any:
        return inside(parts, workshop_id)

    return open_session


def run(settings: Settings) -> None:
    set_up()
    asyncio.run(_run(settings))


async def _run(settings: Settings) -> None:
    async with running(settings) as parts:

        async def wake(_context: dict[str, Any]) -> None:
            await work_off(parts)

        wake.__qualname__ = wake.__name__ = "work_off"
        worker: Worker[Any] = Worker(
            parts.queue,
            functions=[("work_off", wake)],
            cron_jobs=[
                CronJob(_by_the_clock(parts, cron), cron=times, timeout=CRON_S)
                for times, crons in CRONS.items()
                for cron in crons
            ],
            concurrency=2,
            dequeue_timeout=1.0,
        )
        looking = asyncio.create_task(_look_every_second(parts))
        try:
            await worker.start()
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking


def _by_the_clock(parts: Parts, cron: Cron) -> Callable[[dict[str, Any]], Awaitable[None]]:
    """As SAQ wants it: known by its name, so that of several workers one begins it."""

    async def begin(_context: dict[str, Any]) -> None:
        await cron(parts)

    begin.__qualname__ = begin.__name__ = f"{cron.__module__}.{cron.__name__}"
    return begin


async def _look_every_second(parts: Parts) -> None:
    while True:
        try:
            await work_off(parts)
        except Exception:
            log.exception("worker cannot reach its queue")
        await asyncio.sleep(1)
