"""Diagnostic cases: begun, described, estimated, finished; every change signed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from portal.diagnostics import estimates, scans
from portal.diagnostics.estimates import Line
from portal.diagnostics.models import Scan
from portal.diagnostics.session_forms import CaseForm
from portal.diagnostics.session_models import (
    DiagnosticSession,
    EstimateLine,
    SessionChange,
    SessionKind,
    SessionState,
)
from portal.diagnostics.session_texts import kind_text, state_text
from portal.kit import clock, text
from portal.kit.db import Db
from portal.kit.errors import N_, FieldError, Invalid, NotFound, Problem
from portal.kit.text import _
from portal.vehicles import history, vehicles
from portal.vehicles.models import HistoryKind, Provenance, Vehicle
from portal.vehicles.typed import Reading

PAGE = 50


class SessionNotFound(NotFound):
    code, title = "SESSION_NOT_FOUND", N_("We could not find this case.")


class CaseInvalid(Invalid):
    code, title = "INVALID_CASE", N_("Some entries of this case are not valid.")


class ChangedMeanwhile(Problem):
    status, code = 409, "CHANGED_MEANWHILE"
    title = N_("Somebody else has changed this case meanwhile. Your text is still here.")


class _Facts(NamedTuple):
    odometer_km: int | None
    symptoms: str
    notes: str
    lines: list[Line]


async def begin(db: Db, form: CaseForm, *, by: str) -> DiagnosticSession:
    """A new case; a scan has one, which is returned when it exists. Raises `CaseInvalid`."""
    scan = await _scan(db, form.scan_id)
    if scan is not None and (known := await find_of_scan(db, scan.id)) is not None:
        return known
    reading = Reading(CaseInvalid)
    kind = reading.one_of("kind", form.kind, SessionKind, SessionKind.VISUAL)
    vehicle = await _vehicle(db, form.vehicle_id)
    if vehicle is None and scan is None:
        reading.refuse("vehicle_id", "VEHICLE_MISSING", _("Please choose the vehicle."))
    facts = _read(reading, form)
    case = DiagnosticSession(
        vehicle_id=vehicle.id if vehicle else scan.vehicle_id if scan else None,
        scan_id=scan.id if scan else None,
        kind=SessionKind.OBD2 if scan else kind,
        odometer_km=facts.odometer_km,
        symptoms=facts.symptoms,
        notes=facts.notes,
        created_by=by,
    )
    try:
        async with db.begin_nested():
            db.add(case)
    except IntegrityError:  # somebody began the case of this scan at the same moment
        known = await find_of_scan(db, scan.id) if scan is not None else None
        if known is None:
            raise
        return known
    await _replace_lines(db, case, facts.lines)
    _sign(db, case, by, {"begun": ("", kind_text(case.kind))})
    if vehicle is not None and scan is None:
        await _into_history(db, case, vehicle)
    return case


async def change(db: Db, case: DiagnosticSession, form: CaseForm, *, by: str) -> None:
    """Raises `CaseInvalid`, and `ChangedMeanwhile` when the form is older than the case."""
    await _lock(db, case)
    if form.version != str(case.version):
        raise ChangedMeanwhile
    facts = _read(Reading(CaseInvalid), form)
    before = _said(case, await lines_of(db, case))
    case.odometer_km, case.symptoms, case.notes = facts.odometer_km, facts.symptoms, facts.notes
    await _replace_lines(db, case, facts.lines)
    after = _said(case, facts.lines)
    case.version += before != after
    _sign(db, case, by, {name: (before[name], after[name]) for name in after})
    await _keep_highest_odometer(db, case)


async def move(db: Db, case: DiagnosticSession, state: str, *, by: str) -> None:
    """Open, in work or done; done enters what was found into the vehicle's history, once."""
    if state not in set(SessionState):
        told = _("Please choose one of the entries.")
        raise CaseInvalid(errors=[FieldError("state", "UNKNOWN_CHOICE", told)])
    await _lock(db, case)
    before, case.state = case.state, SessionState(state)
    _sign(db, case, by, {"state": (state_text(before), state_text(case.state))})
    if case.state == SessionState.DONE and case.vehicle_id is not None:
        vehicle = (await vehicles.get(db, case.vehicle_id)).vehicle
        await _result_into_history(db, case, vehicle, by)


async def get(db: Db, session_id: UUID) -> DiagnosticSession:
    query = select(DiagnosticSession).where(DiagnosticSession.id == session_id)
    found = await db.scalar(query)
    if found is None:
        raise SessionNotFound
    return found


async def with_vehicle(db: Db, session_id: UUID) -> tuple[DiagnosticSession, Vehicle | None]:
    """The case and its vehicle; a scan may have found one after its case was begun."""
    whose = func.coalesce(DiagnosticSession.vehicle_id, Scan.vehicle_id)
    query = (
        select(DiagnosticSession, Vehicle)
        .outerjoin(Scan, Scan.id == DiagnosticSession.scan_id)
        .outerjoin(Vehicle, Vehicle.id == whose)
        .where(DiagnosticSession.id == session_id)
    )
    row = (await db.execute(query)).one_or_none()
    if row is None:
        raise SessionNotFound
    return row.DiagnosticSession, row.Vehicle


async def find_of_scan(db: Db, scan_id: UUID) -> DiagnosticSession | None:
    query = select(DiagnosticSession).where(DiagnosticSession.scan_id == scan_id)
    found: DiagnosticSession | None = await db.scalar(query)
    return found


async def recent(
    db: Db, *, state: SessionState | None = None, before: UUID | None = None
) -> Sequence[DiagnosticSession]:
    """The newest first; `before` is the id that the last page ended with."""
    query = select(DiagnosticSession).order_by(DiagnosticSession.id.desc()).limit(PAGE)
    if state is not None:
        query = query.where(DiagnosticSession.state == state)
    return (await db.scalars(query.where(DiagnosticSession.id < before) if before else query)).all()


async def of_vehicle(db: Db, vehicle_id: UUID) -> Sequence[DiagnosticSession]:
    query = select(DiagnosticSession).where(DiagnosticSession.vehicle_id == vehicle_id)
    return (await db.scalars(query.order_by(DiagnosticSession.id.desc()).limit(PAGE))).all()


async def lines_of(db: Db, case: DiagnosticSession) -> Sequence[EstimateLine]:
    query = select(EstimateLine).where(EstimateLine.session_id == case.id)
    return (await db.scalars(query.order_by(EstimateLine.position))).all()


async def totals_of(db: Db, ids: Sequence[UUID]) -> dict[UUID, Decimal]:
    """The estimate's sum of each case that has one."""
    amount = func.sum(func.round(EstimateLine.quantity * EstimateLine.unit_price, 2))
    query = select(EstimateLine.session_id, amount).where(EstimateLine.session_id.in_(ids))
    rows = await db.execute(query.group_by(EstimateLine.session_id))
    return {row[0]: row[1] for row in rows}


async def changes_of(db: Db, case: DiagnosticSession) -> Sequence[SessionChange]:
    """The newest first."""
    query = select(SessionChange).where(SessionChange.session_id == case.id)
    return (await db.scalars(query.order_by(SessionChange.id.desc()).limit(PAGE))).all()


def note_photo(db: Db, case: DiagnosticSession, before: str, after: str, *, by: str) -> None:
    """A photo came or went: it belongs to the case and has a noun of its own."""
    _sign(db, case, by, {"photo": (before, after)})


async def _lock(db: Db, case: DiagnosticSession) -> None:
    """As it stands by now; whoever else changes it waits until this is stored."""
    await db.refresh(case, with_for_update=True)


def _read(reading: Reading, form: CaseForm) -> _Facts:
    facts = _Facts(
        odometer_km=reading.whole("odometer_km", form.odometer_km, 9_999_999),
        symptoms=reading.text("symptoms", form.symptoms),
        notes=reading.text("notes", form.notes),
        lines=estimates.read_lines(reading, form.lines()),
    )
    reading.end()
    return facts


async def _vehicle(db: Db, vehicle_id: str) -> Vehicle | None:
    return (await vehicles.get(db, vehicle_id)).vehicle if vehicle_id else None


async def _scan(db: Db, scan_id: str) -> Scan | None:
    if not scan_id:
        return None
    try:
        return await scans.get(db, UUID(scan_id))
    except ValueError as error:
        raise scans.ScanNotFound from error


async def _replace_lines(db: Db, case: DiagnosticSession, lines: Sequence[Line]) -> None:
    await db.execute(delete(EstimateLine).where(EstimateLine.session_id == case.id))
    db.add_all(
        EstimateLine(
            session_id=case.id,
            position=position,
            title=line.title,
            quantity=line.quantity,
            unit_price=line.unit_price,
            from_catalogue=line.from_catalogue,
        )
        for position, line in enumerate(lines)
    )
    await db.flush()


def _said(case: DiagnosticSession, lines: Sequence[Line | EstimateLine]) -> dict[str, str]:
    """What can change, as words, for the trail of changes."""
    km = "" if case.odometer_km is None else f"{text.number(case.odometer_km)} km"
    positions = [
        f"{text.number(line.quantity, 2)} × {line.title}: {text.euro(line.unit_price)}"
        for line in lines
    ]
    return {
        "odometer_km": km,
        "symptoms": case.symptoms,
        "notes": case.notes,
        "estimate": "\n".join(positions),
    }


def _sign(db: Db, case: DiagnosticSession, by: str, said: Mapping[str, tuple[str, str]]) -> None:
    changed = {name: both for name, both in said.items() if both[0] != both[1]}
    if not changed:
        return
    case.changed_at = clock.now()
    for name, (before, after) in changed.items():
        db.add(
            SessionChange(
                session_id=case.id,
                field=name,
                before=before,
                after=after,
                changed_by=by,
            )
        )


async def _into_history(db: Db, case: DiagnosticSession, vehicle: Vehicle) -> None:
    await history.record(
        db,
        vehicle,
        kind=HistoryKind.DIAGNOSTICS,
        happened_on=clock.local(clock.now()).date(),
        title=kind_text(case.kind),
        text=case.symptoms or case.notes,
        odometer_km=case.odometer_km,
        source=history.Source("diagnostic_session", kind_text(case.kind), case.id),
        provenance=Provenance.REPORTED if case.symptoms else Provenance.DOCUMENTED,
        created_by=case.created_by,
    )


async def _result_into_history(db: Db, case: DiagnosticSession, vehicle: Vehicle, by: str) -> None:
    lines = await lines_of(db, case)
    told = [case.notes]
    if lines:
        told.append(_("Estimate: %(amount)s", amount=text.euro(estimates.total(lines))))
    await history.record(
        db,
        vehicle,
        kind=HistoryKind.DIAGNOSTICS,
        happened_on=clock.local(clock.now()).date(),
        title=_("%(kind)s finished", kind=kind_text(case.kind)),
        text="\n".join(part for part in told if part),
        odometer_km=case.odometer_km,
        source=history.Source("diagnostic_result", kind_text(case.kind), case.id),
        provenance=Provenance.DOCUMENTED,
        created_by=by,
    )


async def _keep_highest_odometer(db: Db, case: DiagnosticSession) -> None:
    """A corrected reading of the odometer becomes the vehicle's when it is the newest one."""
    if case.vehicle_id is None or case.odometer_km is None:
        return
    vehicle = (await vehicles.get(db, case.vehicle_id)).vehicle
    vehicle.odometer_km = max(vehicle.odometer_km or 0, case.odometer_km)
