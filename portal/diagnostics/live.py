"""Live recordings: opened by a recorder, seen by the workshop, ended, become a scan."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from portal.diagnostics.live_models import LiveRecording, LiveState
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, NotFound, Problem
from portal.vehicles import vehicles
from portal.vehicles.typed import clean

QUIET = timedelta(seconds=90)
"""Without a word for so long a recording counts as interrupted."""
MOST_AT_ONCE = 100
PAGE = 30


class RecordingNotFound(NotFound):
    code, title = "RECORDING_NOT_FOUND", N_("We could not find this live recording.")


class TooManyAtOnce(Problem):
    status, code = 429, "TOO_MANY_LIVE_RECORDINGS"
    title = N_("Too many live recordings of this workshop run at the same time.")


class Opening(msgspec.Struct, kw_only=True):
    """What a recorder says of itself."""

    recording: UUID
    started_at: datetime
    device: str = ""
    protocol: str = ""


async def open_line(db: Db, opening: Opening, *, by: str) -> LiveRecording:
    """The recording of this id, new or found again, also if its recorder says hello twice at once.

    Raises `TooManyAtOnce`.
    """
    known = await find(db, opening.recording)
    if known is None:
        if await _running(db) >= MOST_AT_ONCE:
            raise TooManyAtOnce
        await _open(db, opening, by)
        known = await get(db, opening.recording)
    known.state, known.ended_at, known.seen_at = LiveState.LIVE, None, clock.now()
    return known


async def _open(db: Db, opening: Opening, by: str) -> None:
    row = insert(LiveRecording).values(
        id=opening.recording,
        device=" ".join(clean(opening.device).split())[:120],
        recorded_by=by,
        protocol=" ".join(clean(opening.protocol).split())[:80],
        started_at=_believable(opening.started_at),
        seen_at=clock.now(),
        state=LiveState.LIVE,
    )
    await db.execute(row.on_conflict_do_nothing(index_elements=["workshop_id", "id"]))


async def find(db: Db, recording_id: UUID) -> LiveRecording | None:
    query = select(LiveRecording).where(LiveRecording.id == recording_id)
    found: LiveRecording | None = await db.scalar(query)
    return found


async def get(db: Db, recording_id: UUID) -> LiveRecording:
    found = await find(db, recording_id)
    if found is None:
        raise RecordingNotFound
    return found


async def recent(db: Db) -> Sequence[LiveRecording]:
    """Those that run first, then the latest."""
    order = (LiveRecording.state.desc(), LiveRecording.seen_at.desc())
    return (await db.scalars(select(LiveRecording).order_by(*order).limit(PAGE))).all()


async def seen(db: Db, recording_id: UUID, *, vin: str | None) -> None:
    """The line is alive; a VIN that was heard finds the vehicle."""
    recording = await get(db, recording_id)
    recording.seen_at = clock.now()
    if vin is not None and recording.vin is None:
        recording.vin = vin
        vehicle = await vehicles.find_by_vin(db, vin)
        recording.vehicle_id = vehicle.id if vehicle else None


async def end(db: Db, recording_id: UUID, reason: str) -> None:
    recording = await get(db, recording_id)
    recording.state, recording.ended_at = LiveState.ENDED, clock.now()
    recording.stop_reason = " ".join(clean(reason).split())[:40]


async def became(db: Db, recording_id: UUID, scan_id: UUID) -> None:
    """The transcript has been uploaded. A recording that nobody knows is no error."""
    recording = await find(db, recording_id)
    if recording is not None:
        recording.scan_id = scan_id


def is_running(recording: LiveRecording) -> bool:
    return recording.state == LiveState.LIVE and clock.now() - recording.seen_at < QUIET


async def _running(db: Db) -> int:
    query = select(func.count()).select_from(LiveRecording)
    query = query.where(LiveRecording.seen_at > clock.now() - QUIET)
    return await db.scalar(query.where(LiveRecording.state == LiveState.LIVE)) or 0


def _believable(moment: datetime) -> datetime:
    """A recorder's clock may be off; nothing has begun in the future or before yesterday."""
    now = clock.now()
    if moment.tzinfo is None or not now - timedelta(days=1) < moment <= now:
        return now
    return moment
