"""Reading a recording takes its time: it happens in a worker, never in a request."""

import asyncio
from uuid import UUID

import structlog

from portal.diagnostics import obd, scans
from portal.diagnostics.models import ScanState
from portal.kit.errors import N_
from portal.kit.outbox import JobFunction, Work
from portal.tenants.boundary import tell

log = structlog.get_logger()

FAILED = N_("The diagnosis failed. The file has been kept and we have been told.")


async def read_scan(work: Work, *, scan_id: str) -> None:
    """Decode outside of any transaction, then store the result and the history entry together."""
    async with work.reading() as db:
        scan = await scans.get(db, UUID(scan_id))
    data = await work.parts.blobs.get(scan.blob_key)
    recording, state, sentence = await asyncio.to_thread(_decode, data, scan.file_name)
    async with work.finishing() as db:
        scan = await scans.get(db, UUID(scan_id))
        if recording is None:
            await scans.record_refusal(scan, state, sentence)
        else:
            await scans.record_reading(db, scan, recording)
            await _into_history(db, scan)
        tell(db, f"scan:{scan.id}", b"read")


def _decode(data: bytes, name: str) -> tuple[obd.Recording | None, ScanState, str]:
    try:
        return obd.decode(data, name), ScanState.READ, ""
    except obd.NotARecording as error:
        return None, ScanState.REFUSED, f"{error.code}\n{error.detail}"
    except Exception:  # whatever a file contains, the upload must end in a sentence
        log.exception("recording not read")
        return None, ScanState.FAILED, ""


JOBS: dict[str, JobFunction] = {"diagnostics.read_scan": read_scan}
