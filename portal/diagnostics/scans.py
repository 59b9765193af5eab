"""Scans: keep what was uploaded, read it, show it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import undefer

from portal.diagnostics.models import Scan, ScanCode, ScanSignal, ScanState
from portal.diagnostics.obd.recording import Recording
from portal.diagnostics.obd.version import DECODER_VERSION
from portal.kit import clock
from portal.kit.blobs import Blobs
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid, NotFound, Problem, TooLarge
from portal.kit.outbox import later
from portal.kit.text import _
from portal.tenants.boundary import workshop_id_of
from portal.vehicles import vehicles
from portal.vehicles import vin as vins
from portal.vehicles.models import Vehicle

PAGE = 50


def report_of(recording: Recording) -> dict[str, Any]:
    """The recording without signals and findings, which have rows of their own."""
    report: dict[str, Any] = msgspec.to_builtins(recording)
    report.pop("signals")
    report.pop("findings")
    return report


class ScanNotFound(NotFound):
    code, title = "SCAN_NOT_FOUND", N_("We could not find this scan.")


class RecordingTooLarge(TooLarge):
    code, title = "RECORDING_TOO_LARGE", N_("This recording is too large.")


class RawFileDeleted(Problem):
    status, code = 410, "RAW_FILE_DELETED"
    title = N_("The time for which your workshop keeps recordings is over: the file is gone.")


class ScanAssigned(Problem):
    status, code = 409, "SCAN_ASSIGNED"
    title = N_("This scan already belongs to a vehicle.")


class ScanOfAnotherCar(Problem):
    status, code = 409, "SCAN_OF_ANOTHER_CAR"
    title = N_("This recording names another VIN than the vehicle has.")


class NoVehicleChosen(Invalid):
    code, title = "NO_VEHICLE_CHOSEN", N_("Please find and choose a vehicle first.")


class RecordingEmpty(Invalid):
    code, title = "RECORDING_EMPTY", N_("This file is empty.")


class KeyReused(Problem):
    status, code = 409, "IDEMPOTENCY_KEY_REUSED"
    title = N_("This Idempotency-Key already belongs to another file.")


@dataclass(frozen=True)
class Upload:
    """A file as it came, and what the uploader says about it."""

    data: bytes
    file_name: str
    uploaded_by: str
    vehicle_id: UUID | None = None
    vin: str | None = None
    odometer_km: int | None = None
    idempotency_key: str | None = None


async def receive(db: Db, blobs: Blobs, upload: Upload, *, limit: int) -> Scan:
    """Keep the bytes untouched and queue the reading; the same key twice is one scan.

    Raises `RecordingTooLarge`, `RecordingEmpty`, `KeyReused`.
    """
    if not upload.data:
        raise RecordingEmpty
    if len(upload.data) > limit:
        raise RecordingTooLarge
    digest = hashlib.sha256(upload.data).hexdigest()
    known = await _by_key(db, upload.idempotency_key)
    if known is not None:
        return _assigned(db, _same(known, digest), upload)
    scan = Scan(
        vehicle_id=upload.vehicle_id,
        state=ScanState.RECEIVED,
        file_name=PurePath(upload.file_name.replace("\\", "/")).name[:200] or "recording",
        size=len(upload.data),
        content_hash=digest,
        blob_key=await blobs.put(workshop_id_of(db), upload.data),
        idempotency_key=upload.idempotency_key,
        uploaded_by=upload.uploaded_by,
        stated_vin=upload.vin,
        stated_odometer_km=upload.odometer_km,
    )
    return await _stored(db, scan, digest)


async def get(db: Db, scan_id: UUID) -> Scan:
    scan = await db.scalar(select(Scan).where(Scan.id == scan_id))
    if scan is None:
        raise ScanNotFound
    return scan


async def locked(db: Db, scan_id: UUID) -> Scan:
    """As it is now, and nobody else changes it meanwhile. Raises `ScanNotFound`."""
    query = select(Scan).where(Scan.id == scan_id).with_for_update()
    scan: Scan | None = await db.scalar(query.execution_options(populate_existing=True))
    if scan is None:
        raise ScanNotFound
    return scan


async def get_with_vehicle(db: Db, scan_id: UUID) -> tuple[Scan, Vehicle | None]:
    """In one statement. Raises `ScanNotFound`."""
    both = select(Scan, Vehicle).outerjoin(Vehicle, Vehicle.id == Scan.vehicle_id)
    row = (await db.execute(both.where(Scan.id == scan_id))).one_or_none()
    if row is None:
        raise ScanNotFound
    return row.Scan, row.Vehicle


async def get_with_file(db: Db, scan_id: UUID) -> Scan:
    """Raises `ScanNotFound`, or `RawFileDeleted` when the workshop no longer keeps its file."""
    scan = await get(db, scan_id)
    if scan.raw_deleted_at is not None:
        raise RawFileDeleted
    return scan


async def recent(db: Db, *, before: UUID | None = None, limit: int = PAGE) -> Sequence[Scan]:
    """The newest first; `before` is the id that the last page ended with."""
    query = select(Scan).order_by(Scan.id.desc()).limit(limit)
    return (await db.scalars(query.where(Scan.id < before) if before else query)).all()


async def of_vehicle(db: Db, vehicle_id: UUID) -> Sequence[Scan]:
    query = select(Scan).where(Scan.vehicle_id == vehicle_id).order_by(Scan.uploaded_at.desc())
    return (await db.scalars(query.limit(PAGE))).all()


async def codes_of(db: Db, scan_ids: Sequence[UUID]) -> Sequence[ScanCode]:
    query = select(ScanCode).where(ScanCode.scan_id.in_(scan_ids)).order_by(ScanCode.code)
    return (await db.scalars(query)).all() if scan_ids else []


async def vehicles_of(db: Db, scans: Sequence[Any]) -> dict[UUID | None, Vehicle]:
    ids = {scan.vehicle_id for scan in scans if scan.vehicle_id is not None}
    if not ids:
        return {}
    found = await db.scalars(select(Vehicle).where(Vehicle.id.in_(ids)))
    return {vehicle.id: vehicle for vehicle in found}


async def signals_of(db: Db, scan: Scan) -> Sequence[ScanSignal]:
    query = select(ScanSignal).where(ScanSignal.scan_id == scan.id).order_by(ScanSignal.key)
    return (await db.scalars(query)).all()


async def traces_of(db: Db, scan: Scan, keys: Sequence[str]) -> Sequence[ScanSignal]:
    """The signals of these keys with their packed points, in the order of the keys."""
    query = select(ScanSignal).where(ScanSignal.scan_id == scan.id, ScanSignal.key.in_(keys))
    found = (await db.scalars(query.options(undefer(ScanSignal.packed)))).all()
    return sorted(found, key=lambda signal: keys.index(signal.key))


async def record_reading(
    db: Db, scan: Scan, recording: Recording, packed: Mapping[str, bytes]
) -> None:
    """Store what was read. Reading again replaces what an older decoder had found."""
    await db.execute(delete(ScanCode).where(ScanCode.scan_id == scan.id))
    await db.execute(delete(ScanSignal).where(ScanSignal.scan_id == scan.id))
    scan.state, scan.read_at, scan.problem = ScanState.READ, clock.now(), None
    scan.format, scan.vin = recording.format, recording.vin
    scan.started_at, scan.decoder_version = in_time(recording.started_at), DECODER_VERSION
    scan.report = report_of(recording)
    scan.vehicle_id = await _whose(db, scan, recording.vin)
    db.add_all(_codes(scan, recording))
    db.add_all(_signals(scan, recording, packed))
    await db.flush()


async def record_refusal(scan: Scan, state: ScanState, sentence: str) -> None:
    """The file could not be read; it stays, and the sentence says why."""
    scan.state, scan.read_at, scan.problem = state, clock.now(), sentence
    scan.decoder_version = DECODER_VERSION


async def read_again(db: Db, scan: Scan) -> None:
    """Raises `RawFileDeleted`."""
    if scan.raw_deleted_at is not None:
        raise RawFileDeleted
    scan.state = ScanState.RECEIVED
    later(db, "diagnostics.read_scan", scan_id=scan.id)


async def assign(db: Db, scan: Scan, vehicle_id: UUID | None) -> None:
    """Whose car it was, said afterwards: it is read again, beside that car's earlier visits.

    Raises `NoVehicleChosen`, `ScanAssigned` when it has one, `ScanOfAnotherCar`, `RawFileDeleted`.
    """
    if vehicle_id is None:
        raise NoVehicleChosen
    if scan.vehicle_id is not None:
        raise ScanAssigned
    its_own = await db.scalar(select(Vehicle.vin).where(Vehicle.id == vehicle_id))
    if scan.vin and its_own and vins.normalize(scan.vin).vin != its_own:
        raise ScanOfAnotherCar(
            _("Recording: %(scan)s, vehicle: %(vehicle)s.", scan=scan.vin, vehicle=its_own)
        )
    await read_again(db, scan)
    scan.vehicle_id = vehicle_id


async def _whose(db: Db, scan: Scan, vin: str | None) -> UUID | None:
    """What was chosen by hand, unless the car itself says that it is another one.

    So no history gets the trouble codes of somebody else's car.
    """
    told = vins.normalize(vin or "").vin
    if scan.vehicle_id is not None:
        chosen = await db.scalar(select(Vehicle.vin).where(Vehicle.id == scan.vehicle_id))
        if told is None or not chosen or chosen == told:
            return scan.vehicle_id
    vehicle = await vehicles.find_by_vin(db, told or scan.stated_vin or "")
    return vehicle.id if vehicle else None


def in_time(moment: datetime | None) -> datetime | None:
    """Phones and adapters write the time of the wall, which hangs in Germany."""
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=clock.BERLIN)


async def _by_key(db: Db, key: str | None) -> Scan | None:
    if key is None:
        return None
    found: Scan | None = await db.scalar(select(Scan).where(Scan.idempotency_key == key))
    return found


def _same(scan: Scan, digest: str) -> Scan:
    if scan.content_hash != digest:
        raise KeyReused
    return scan


def _assigned(db: Db, scan: Scan, upload: Upload) -> Scan:
    """Who sends a file again and now says whose car it is means the first scan."""
    may_be_read = scan.raw_deleted_at is None
    if scan.vehicle_id is None and upload.vehicle_id is not None and may_be_read:
        scan.vehicle_id = upload.vehicle_id
        later(db, "diagnostics.read_scan", scan_id=scan.id)
    return scan


async def _stored(db: Db, scan: Scan, digest: str) -> Scan:
    """Two uploads with one key at the same moment: the second becomes the first."""
    try:
        async with db.begin_nested():
            db.add(scan)
    except IntegrityError:
        known = await _by_key(db, scan.idempotency_key)
        if known is None:
            raise
        return _same(known, digest)
    later(db, "diagnostics.read_scan", scan_id=scan.id)
    return scan


def _codes(scan: Scan, recording: Recording) -> list[ScanCode]:
    return [
        ScanCode(
            scan_id=scan.id,
            code=found.code,
            status=found.status,
            ecu=found.ecu,
            origin=found.origin,
            maker_code=found.maker_code,
        )
        for found in recording.trouble_codes
    ]


def _signals(scan: Scan, recording: Recording, packed: Mapping[str, bytes]) -> list[ScanSignal]:
    facts = {signal.key: signal for signal in recording.signals}
    return [
        ScanSignal(
            scan_id=scan.id,
            key=key,
            facts=msgspec.to_builtins(facts[key]),
            packed=body,
        )
        for key, body in packed.items()
        if key in facts
    ]
