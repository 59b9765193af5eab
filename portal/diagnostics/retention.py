"""Retention: how long a workshop keeps raw recordings, and whether it keeps where a car was.

After the chosen months the raw file and its signals go, photos of cases and live recordings too;
codes, findings and the report stay, so that the history of a car remains readable. 24 months are
what holds as long as nobody chose: the time in which a customer may claim defects of a repair
(§ 634a BGB).
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from portal.diagnostics.live_models import LiveRecording
from portal.diagnostics.models import DiagnosticsSettings, Scan, ScanSignal, ScanState
from portal.diagnostics.obd.aliases import is_position
from portal.diagnostics.session_models import SessionPhoto
from portal.kit.db import Db
from portal.kit.errors import FieldError, Invalid
from portal.kit.outbox import later
from portal.kit.text import _
from portal.tenants import audit
from portal.tenants.owned import keep_only

DEFAULT_MONTHS = 24
CHOICES: tuple[int | None, ...] = (6, 12, 24, 36, 60, 120, None)
"""Months; None keeps for good."""
DAYS_OF_A_MONTH = 31
BATCH = 100


async def settings_of(db: Db) -> DiagnosticsSettings:
    """Those of the workshop, or what holds as long as nobody has chosen."""
    found = await db.scalar(select(DiagnosticsSettings))
    return found or DiagnosticsSettings(keep_months=DEFAULT_MONTHS, keep_position=False)


async def change(db: Db, *, keep_months: int | None, keep_position: bool) -> DiagnosticsSettings:
    """Raises `Invalid` for a time that is not among `CHOICES`."""
    if keep_months not in CHOICES:
        message = _("Please choose one of the offered times.")
        raise Invalid(errors=[FieldError("keep_months", "NOT_OFFERED", message)])
    chosen: dict[str, Any] = {"keep_months": keep_months, "keep_position": keep_position}
    kept = await keep_only(db, DiagnosticsSettings, chosen)
    audit.note(db, "diagnostics.settings_changed", **chosen)
    return kept


async def forget_old(db: Db, now: datetime) -> bool:
    """Give up what is older than the workshop wants, some at a time; whether more remain.

    Raw files and signals, photos of cases, live recordings; and where a car was, as soon as the
    workshop no longer keeps that. The bytes go in jobs of their own, after this is stored.
    """
    kept = await settings_of(db)
    if not kept.keep_position:
        await _forget_positions(db)
    if kept.keep_months is None:
        return False
    before = now - timedelta(days=DAYS_OF_A_MONTH * kept.keep_months)
    steps = [await step(db, now, before) for step in (_forget_files, _forget_photos, _forget_live)]
    return any(steps)


async def _forget_files(db: Db, now: datetime, before: datetime) -> bool:
    old = (
        select(Scan)
        .where(Scan.uploaded_at < before, Scan.raw_deleted_at.is_(None))
        .where(Scan.state != ScanState.RECEIVED)
        .order_by(Scan.uploaded_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    scans = (await db.scalars(old)).all()
    await db.execute(delete(ScanSignal).where(ScanSignal.scan_id.in_([one.id for one in scans])))
    for scan in scans:
        scan.raw_deleted_at = now
        later(db, "diagnostics.delete_file", blob_key=scan.blob_key)
    await db.flush()
    return len(scans) == BATCH


async def _forget_photos(db: Db, _now: datetime, before: datetime) -> bool:
    """The words of a case stay; what its history says of a photo stays too."""
    old = select(SessionPhoto).where(SessionPhoto.taken_at < before).limit(BATCH)
    photos = (await db.scalars(old)).all()
    for photo in photos:
        await db.delete(photo)
        later(db, "diagnostics.delete_file", blob_key=photo.blob_key)
        later(db, "diagnostics.delete_file", blob_key=photo.thumb_key)
    await db.flush()
    return len(photos) == BATCH


async def _forget_live(db: Db, _now: datetime, before: datetime) -> bool:
    """Who recorded where and when; the scan that came of it is kept by its own rule."""
    old = select(LiveRecording.id).where(LiveRecording.seen_at < before).limit(BATCH)
    ids = (await db.scalars(old)).all()
    await db.execute(delete(LiveRecording).where(LiveRecording.id.in_(ids)))
    return len(ids) == BATCH


async def _forget_positions(db: Db) -> None:
    """Signals that were read while the workshop still kept where its cars were."""
    keys = (await db.scalars(select(ScanSignal.key).distinct())).all()
    places = [key for key in keys if is_position(key)]
    if places:
        await db.execute(delete(ScanSignal).where(ScanSignal.key.in_(places)))
