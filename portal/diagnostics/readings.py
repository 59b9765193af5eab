"""Readings: what becomes of a stored file when it is decoded and judged.

Decoding, packing and judging take seconds of computing: they run in threads of their own, between
short transactions, so that neither the event loop nor a connection waits for them.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from contextvars import copy_context
from typing import NamedTuple, ParamSpec, TypeVar
from uuid import UUID

import structlog

from portal.diagnostics import findings, retention, scans
from portal.diagnostics.models import Scan, ScanState
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.packing import pack
from portal.diagnostics.obd.recording import Recording
from portal.diagnostics.packed_files import unpacked
from portal.diagnostics.rules.case import Background
from portal.diagnostics.rules.judging import judge
from portal.diagnostics.rules.verdicts import Verdict
from portal.kit import clock
from portal.kit.blobs import Blobs
from portal.kit.db import Db
from portal.kit.text import _
from portal.tenants.boundary import tell
from portal.vehicles import history, vehicles
from portal.vehicles.models import HistoryKind, Provenance

log = structlog.get_logger()
P = ParamSpec("P")
T = TypeVar("T")

_READERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="reader")
"""A recording may take half a gigabyte while it is read: never more than two at once."""

Opening = Callable[[], AbstractAsyncContextManager[Db]]


class Reading(NamedTuple):
    """A recording with its signals packed, or None and the sentence that says why not."""

    recording: Recording | None
    packed: dict[str, bytes]
    state: ScanState
    problem: str


async def read(blobs: Blobs, scan_id: UUID, *, reading: Opening, finishing: Opening) -> ScanState:
    """Read the kept bytes and store what they say; doing it again replaces the result.

    `reading` and `finishing` open transactions inside the workshop. What the workshop has given up
    meanwhile does not come back. Raises `BlobMissing`.
    """
    async with reading() as db:
        scan = await scans.get(db, scan_id)
        kept = await retention.settings_of(db)
    if scan.raw_deleted_at is not None:
        return scan.state
    data = await blobs.get(scan.blob_key)
    told = await in_thread(_decode, data, scan.file_name, keep_positions=kept.keep_position)
    verdicts: list[Verdict] = []
    if told.recording is not None:
        async with reading() as db:
            background = await findings.background_of(db, scan, told.recording)
        verdicts = await in_thread(_judge, told.recording, background)
    async with finishing() as db:
        await _store(db, await scans.locked(db, scan_id), told, verdicts)
    return told.state


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """With the reader's language, which a thread of its own would not know."""
    loop = asyncio.get_running_loop()
    context = copy_context()
    return await loop.run_in_executor(_READERS, lambda: context.run(work, *args, **kwargs))


def _decode(data: bytes, name: str, *, keep_positions: bool) -> Reading:
    from portal.diagnostics.obd.decoding import decode  # Polars waits for the first recording

    try:
        recording = decode(*unpacked(data, name), keep_positions=keep_positions)
        packed = {key: pack(trace) for key, trace in recording.traces.items()}
    except NotARecording as error:
        return Reading(None, {}, ScanState.REFUSED, f"{error.code}\n{error.detail}")
    except Exception:  # whatever a file contains, the upload must end in a sentence
        log.exception("recording not read")
        return Reading(None, {}, ScanState.FAILED, "")
    return Reading(recording, packed, ScanState.READ, "")


def _judge(recording: Recording, background: Background) -> list[Verdict]:
    """A rule that fails costs its verdicts, never what was read."""
    try:
        return judge(recording, background)
    except Exception:
        log.exception("recording not judged")
        return []


async def _store(db: Db, scan: Scan, told: Reading, verdicts: Sequence[Verdict]) -> None:
    if scan.raw_deleted_at is not None:
        return
    if told.recording is None:
        await scans.record_refusal(scan, told.state, told.problem)
    else:
        await scans.record_reading(db, scan, told.recording, told.packed)
        await findings.record(db, scan, verdicts)
        await _into_history(db, scan, told.recording)
    tell(db, f"scan:{scan.id}", b"read")


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
        text=_told(codes, recording),
        odometer_km=_odometer(scan, recording),
        source=history.Source("scan", scan.file_name, scan.id),
        provenance=Provenance.MEASURED,
        created_by=scan.uploaded_by,
    )


def _told(codes: Sequence[str], recording: Recording) -> str:
    """The codes, and whether there may be more."""
    if codes and recording.codes_read == "complete":
        return ", ".join(codes)
    if codes:
        return _("%(codes)s (read incompletely: there may be more)", codes=", ".join(codes))
    if recording.codes_read == "complete":
        return _("No trouble codes.")
    return _("Trouble codes were not read completely.")


def _odometer(scan: Scan, recording: Recording) -> int | None:
    if recording.odometer_km is not None:
        return round(recording.odometer_km)
    return scan.stated_odometer_km
