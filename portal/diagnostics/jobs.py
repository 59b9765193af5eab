"""Reading a recording takes its time: it happens in a worker, never in a request."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from uuid import UUID

import structlog

from portal.diagnostics import findings, scans
from portal.diagnostics.models import Scan, ScanState
from portal.diagnostics.obd.decoding import decode
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.recording import Recording
from portal.diagnostics.rules.judging import judge
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.outbox import JobFunction, Work
from portal.kit.text import _
from portal.tenants.boundary import tell
from portal.vehicles import history, vehicles
from portal.vehicles.models import HistoryKind, Provenance

log = structlog.get_logger()

_READERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="reader")
"""A recording may take half a gigabyte while it is read: never more than two at once."""


async def read_scan(work: Work, *, scan_id: str) -> None:
    """Decode outside of any transaction, then store the result and the history entry together."""
    async with work.reading() as db:
        scan = await scans.get(db, UUID(scan_id))
    data = await work.parts.blobs.get(scan.blob_key)
    reading = asyncio.get_running_loop().run_in_executor
    recording, state, sentence = await reading(
        _READERS, copy_context().run, _decode, data, scan.file_name
    )
    async with work.finishing() as db:
        scan = await scans.get(db, UUID(scan_id))
        if recording is None:
            await scans.record_refusal(scan, state, sentence)
        else:
            await scans.record_reading(db, scan, recording)
            await findings.record(db, scan, judge(recording))
            await _into_history(db, scan, recording)
        tell(db, f"scan:{scan.id}", b"read")


def _decode(data: bytes, name: str) -> tuple[Recording | None, ScanState, str]:
    try:
        return decode(data, name), ScanState.READ, ""
    except NotARecording as error:
        return None, ScanState.REFUSED, f"{error.code}\n{error.detail}"
    except Exception:  # whatever a file contains, the upload must end in a sentence
        log.exception("recording not read")
        return None, ScanState.FAILED, ""


async def _into_history(db: Db, scan: Scan, recording: Recording) -> None:
    """One entry for each scan, however often it is read again."""
    if scan.vehicle_id is None:
        return
    vehicle = (await vehicles.get(db, scan.vehicle_id)).vehicle
    codes = sorted({code.code for code in recording.trouble_codes})
    await history.record(
        db,
        vehicle,
        kind=HistoryKind.DIAGNOSTICS,
        happened_on=clock.local(scan.started_at or scan.uploaded_at).date(),
        title=_("Trouble codes read") if recording.codes_read != "none" else _("Recording"),
        text=", ".join(codes) or _summary_without_codes(recording),
        odometer_km=_odometer(scan, recording),
        source=history.Source("scan", scan.file_name, scan.id),
        provenance=Provenance.MEASURED,
        created_by=scan.uploaded_by,
    )


def _summary_without_codes(recording: Recording) -> str:
    if recording.codes_read == "complete":
        return _("No trouble codes.")
    return _("Trouble codes were not read completely.")


def _odometer(scan: Scan, recording: Recording) -> int | None:
    if recording.odometer_km is not None:
        return round(recording.odometer_km)
    return scan.stated_odometer_km


JOBS: dict[str, JobFunction] = {"diagnostics.read_scan": read_scan}
