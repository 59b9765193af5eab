"""The owner's report of a scan: drafted, edited, released, withdrawn; what was seen stays."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.diagnostics import report_drafts
from portal.diagnostics.models import Scan, ScanState
from portal.diagnostics.pages import Shown
from portal.diagnostics.report_models import (
    SENDING,
    Origin,
    OwnerReport,
    PrintState,
    ReportEdition,
    ReportState,
)
from portal.diagnostics.report_texts import ReportContent, Step, checked, stored
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid, NotFound, Problem
from portal.kit.outbox import later
from portal.kit.text import DEFAULT, _, speaking
from portal.tenants.audit import note
from portal.tenants.boundary import member_of, visitor_of
from portal.vehicles import history, vehicles
from portal.vehicles.models import HistoryKind, Provenance, Vehicle

READABLE_FOR = timedelta(days=180)
"""How long the link of an edition works."""
AGAIN_AFTER = timedelta(minutes=1)
"""So long after a mail a second wish to send it is a second click."""


class ReportNotFound(NotFound):
    code, title = "REPORT_NOT_FOUND", N_("We could not find this report.")


class ScanNotReadYet(Problem):
    status, code = 409, "SCAN_NOT_READ"
    title = N_("There is no report about a recording that was not read.")


class ReportChanged(Problem):
    status, code = 409, "REPORT_CHANGED"
    title = N_("Somebody else has changed this report meanwhile. Please look at it again.")


class ReportWithoutVehicle(Invalid):
    code = "REPORT_WITHOUT_VEHICLE"
    title = N_("Please assign the scan to a vehicle first: a report goes to its owner.")


class NotReleased(Problem):
    status, code, title = 409, "REPORT_NOT_RELEASED", N_("This report is not released.")


class Released(msgspec.Struct, frozen=True, kw_only=True):
    """A report that its owner may read, for the chat: link it by `report_links.address`."""

    edition_id: UUID
    report_id: UUID
    scan_id: UUID | None
    number: int
    headline: str
    step: Step
    driving: str
    found: list[str]
    advice: list[str]
    scanned_on: str
    released_at: datetime


async def find(db: Db, scan_id: UUID) -> OwnerReport | None:
    found: OwnerReport | None = await db.scalar(
        select(OwnerReport).where(OwnerReport.scan_id == scan_id)
    )
    return found


async def get(db: Db, scan_id: UUID) -> OwnerReport:
    """Raises `ReportNotFound`."""
    found = await find(db, scan_id)
    if found is None:
        raise ReportNotFound
    return found


async def open_for(db: Db, scan: Scan, shown: Shown) -> OwnerReport:
    """The scan's report, locked; its first draft is made by rule. Raises `ScanNotReadYet`."""
    known = await _locked(db, scan.id)
    if known is not None:
        await _follow_vehicle(db, known, scan, shown)
        return known
    report = begun(scan, shown)
    try:
        async with db.begin_nested():
            db.add(report)
    except IntegrityError:  # somebody began it at the same moment
        known = await _locked(db, scan.id)
        if known is None:
            raise
        return known
    return report


async def edit(
    db: Db, report: OwnerReport, content: ReportContent, *, version: int, origin: Origin
) -> None:
    """Raises `ReportChanged`, `UrgencyLowered`, `PromiseUnsafe`."""
    if version != report.version:
        raise ReportChanged
    report.content = stored(checked(content))
    report.version += 1
    report.origin = origin
    report.edited_by, report.edited_at = _editor(db), clock.now()
    await db.flush()


async def draft_again(db: Db, report: OwnerReport, scan: Scan, shown: Shown) -> None:
    """Back to what the rules say, for instance after the scan was read again."""
    await edit(db, report, draft_by_rule(scan, shown), version=report.version, origin=Origin.RULES)


async def release(db: Db, report: OwnerReport, *, version: int, by: str = "") -> ReportEdition:
    """A new edition that the owner may read, in the history of the vehicle and printed.

    Without `by` the member signs.

    Raises `ReportChanged`, `ReportWithoutVehicle`, `UrgencyLowered`, `PromiseUnsafe`.
    """
    if version != report.version:
        raise ReportChanged
    if report.vehicle_id is None:
        raise ReportWithoutVehicle
    checked(report.text)
    count = select(func.count()).where(ReportEdition.report_id == report.id)
    edition = ReportEdition(
        report_id=report.id,
        number=(await db.scalar(count) or 0) + 1,
        content=report.content,
        released_by=by or member_of(db).name,
        released_at=clock.now(),
        expires_at=clock.now() + READABLE_FOR,
    )
    db.add(edition)
    await db.flush()
    report.state, report.edition_id = ReportState.RELEASED, edition.id
    if report.print_key is not None:
        later(db, "diagnostics.delete_file", blob_key=report.print_key)
    report.withdrawn_at, report.print_state, report.print_key = None, PrintState.WAITING, None
    report.sent_at, report.sending, report.send_asked_at = None, "", None
    report.version += 1
    note(db, "report.released", str(report.id), edition=edition.number)
    vehicle = (await vehicles.get(db, report.vehicle_id)).vehicle
    await _into_history(
        db, vehicle, edition, _("Report for the owner"), edition.text.headline, by=by
    )
    later(db, "diagnostics.print_report", edition_id=edition.id)
    return edition


async def withdraw(db: Db, report: OwnerReport, why: str) -> None:
    """The owner's link says from now on that the report no longer holds. Raises `NotReleased`."""
    if report.state != ReportState.RELEASED or report.edition_id is None:
        raise NotReleased
    report.state, report.withdrawn_at = ReportState.WITHDRAWN, clock.now()
    report.withdrawn_by, report.withdrawn_why = member_of(db).name, " ".join(why.split())[:500]
    report.version += 1
    note(db, "report.withdrawn", str(report.id), why=report.withdrawn_why)
    if report.vehicle_id is not None:
        vehicle = (await vehicles.get(db, report.vehicle_id)).vehicle
        edition = await edition_of(db, report)
        title = _("Report for the owner withdrawn")
        text = _("It no longer holds. Please ask us what has changed.")
        await _into_history(db, vehicle, edition, title, text, kind="report_withdrawn")
    await db.flush()


async def send(db: Db, report: OwnerReport) -> None:
    """Queue the mail with the link to the keeper; a second click sends no second one.

    Raises `NotReleased`.
    """
    await db.refresh(report, with_for_update=True)
    if not report.is_released:
        raise NotReleased
    now = clock.now()
    was_just_sent = report.sent_at is not None and now - report.sent_at < AGAIN_AFTER
    if report.is_being_sent or was_just_sent:
        return
    edition = await edition_of(db, report)
    report.sent_at, report.sending, report.send_asked_at = None, SENDING, now
    note(db, "report.sent", str(report.id), edition=edition.number)
    later(db, "diagnostics.send_report", edition_id=edition.id)
    await db.flush()


async def find_edition(db: Db, report: OwnerReport) -> ReportEdition | None:
    """The newest edition, if there is one."""
    found: ReportEdition | None = await db.scalar(
        select(ReportEdition).where(ReportEdition.id == report.edition_id)
    )
    return found


async def edition_of(db: Db, report: OwnerReport) -> ReportEdition:
    """The newest edition. Raises `NotReleased`."""
    found = await find_edition(db, report)
    if found is None:
        raise NotReleased
    return found


async def behind_link(db: Db) -> tuple[ReportEdition, OwnerReport]:
    """The edition that a signed link names, with its report. Raises `ReportNotFound`."""
    query = (
        select(ReportEdition, OwnerReport)
        .join(OwnerReport, OwnerReport.id == ReportEdition.report_id)
        .where(ReportEdition.id == visitor_of(db).subject)
    )
    row = (await db.execute(query)).one_or_none()
    if row is None:
        raise ReportNotFound
    return row.ReportEdition, row.OwnerReport


async def released_of(db: Db, vehicle_id: UUID) -> Sequence[Released]:
    """What the verified owner of a vehicle may read: the newest edition of each report."""
    query = (
        select(ReportEdition, OwnerReport.scan_id)
        .join(OwnerReport, OwnerReport.edition_id == ReportEdition.id)
        .where(OwnerReport.vehicle_id == vehicle_id, OwnerReport.state == ReportState.RELEASED)
        .where(ReportEdition.expires_at > clock.now())
        .order_by(ReportEdition.released_at.desc())
    )
    return [_released(edition, scan_id) for edition, scan_id in (await db.execute(query)).all()]


async def _locked(db: Db, scan_id: UUID) -> OwnerReport | None:
    """Two who change or release it at once do so one after the other, and see each other."""
    query = select(OwnerReport).where(OwnerReport.scan_id == scan_id).with_for_update()
    found: OwnerReport | None = await db.scalar(query.execution_options(populate_existing=True))
    return found


def draft_by_rule(scan: Scan, shown: Shown) -> ReportContent:
    """What the rules say of the scan, with the facts of the car."""
    with speaking(DEFAULT):
        content = report_drafts.drafted(
            shown.faults,
            shown.findings,
            codes_read=shown.codes_read,
            unread=[one.text for one in shown.unread if one.tone != "neutral"],
        )
    return _with_facts(content, scan, shown.vehicle)


def _released(edition: ReportEdition, scan_id: UUID | None) -> Released:
    content = edition.text
    return Released(
        edition_id=edition.id,
        report_id=edition.report_id,
        scan_id=scan_id,
        number=edition.number,
        headline=content.headline,
        step=content.step,
        driving=content.driving,
        found=[sentence.text for sentence in content.found],
        advice=[sentence.text for sentence in content.advice],
        scanned_on=content.scanned_on,
        released_at=edition.released_at,
    )


def begun(scan: Scan, shown: Shown) -> OwnerReport:
    """The first draft, made by rule and not stored yet. Raises `ScanNotReadYet`."""
    if scan.state != ScanState.READ:
        raise ScanNotReadYet
    return OwnerReport(
        scan_id=scan.id,
        vehicle_id=scan.vehicle_id,
        state=ReportState.DRAFT,
        origin=Origin.RULES,
        content=stored(draft_by_rule(scan, shown)),
        version=1,
        edited_by="",
        print_state=PrintState.NONE,
        sending="",
    )


def _with_facts(content: ReportContent, scan: Scan, vehicle: Vehicle | None) -> ReportContent:
    kilometres = scan.report.get("odometer_km") or scan.stated_odometer_km
    return msgspec.structs.replace(
        content,
        vehicle=vehicle.title if vehicle else "",
        plate=vehicle.plate or "" if vehicle else "",
        scanned_on=clock.local(scan.started_at or scan.uploaded_at).date().isoformat(),
        odometer_km=round(kilometres) if kilometres else None,
    )


async def _follow_vehicle(db: Db, report: OwnerReport, scan: Scan, shown: Shown) -> None:
    """A scan may be assigned to a vehicle after its report was begun."""
    if report.vehicle_id == scan.vehicle_id or report.is_released:
        return
    report.vehicle_id = scan.vehicle_id
    report.content = stored(_with_facts(report.text, scan, shown.vehicle))
    await db.flush()


async def _into_history(
    db: Db,
    vehicle: Vehicle,
    edition: ReportEdition,
    title: str,
    text: str,
    *,
    kind: str = "report",
    by: str = "",
) -> None:
    await history.record(
        db,
        vehicle,
        kind=HistoryKind.DIAGNOSTICS,
        happened_on=clock.local(clock.now()).date(),
        title=title,
        text=text,
        source=history.Source(kind, title, edition.id),
        provenance=Provenance.DOCUMENTED,
        created_by=by,
    )


def _editor(db: Db) -> str:
    member: Any = db.info.get("member")
    return member.name if member else ""
