"""Reading a recording takes its time: it happens in a worker, never in a request."""

from uuid import UUID

from sqlalchemy import select

from portal.diagnostics import readings, retention
from portal.kit import clock
from portal.kit.outbox import JobFunction, Work, later, later_for_each
from portal.kit.parts import Parts
from portal.tenants.boundary import inside
from portal.tenants.models import Workshop


async def read_scan(work: Work, *, scan_id: str) -> None:
    await readings.read(
        work.parts.blobs, UUID(scan_id), reading=work.reading, finishing=work.finishing
    )


async def forget_old_recordings(work: Work) -> None:
    """Gives up what the workshop no longer wants to keep, some at a time."""
    async with work.finishing() as db:
        if await retention.forget_old(db, clock.now()):
            later(db, "diagnostics.forget_old_recordings")


async def delete_file(work: Work, *, blob_key: str) -> None:
    await work.parts.blobs.delete(blob_key)
    async with work.finishing():
        pass


async def forget_everywhere(parts: Parts) -> None:
    """Every night: one job for each workshop."""
    async with inside(parts, None) as db:
        await later_for_each(db, "diagnostics.forget_old_recordings", select(Workshop.id))


JOBS: dict[str, JobFunction] = {
    "diagnostics.read_scan": read_scan,
    "diagnostics.forget_old_recordings": forget_old_recordings,
    "diagnostics.delete_file": delete_file,
}
