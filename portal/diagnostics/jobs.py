"""Reading a recording takes its time: it happens in a worker, never in a request."""

from uuid import UUID

from portal.diagnostics import readings
from portal.kit.outbox import JobFunction, Work


async def read_scan(work: Work, *, scan_id: str) -> None:
    await readings.read(
        work.parts.blobs, UUID(scan_id), reading=work.reading, finishing=work.finishing
    )


JOBS: dict[str, JobFunction] = {"diagnostics.read_scan": read_scan}
