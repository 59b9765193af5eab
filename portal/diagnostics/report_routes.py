"""Staff's pages of the owner's report: read the draft, change it, release it, take it back."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect

from portal.ai import completing
from portal.diagnostics import (
    pages,
    report_ai_jobs,
    report_links,
    report_prints,
    reports,
    scans,
)
from portal.diagnostics.models import Scan
from portal.diagnostics.report_forms import (
    ReportForm,
    VersionForm,
    WithdrawalForm,
    content_from,
    version_of,
)
from portal.diagnostics.report_letters import can_be_written_to
from portal.diagnostics.report_models import Origin, OwnerReport, PrintState
from portal.diagnostics.report_texts import STEPS, closing_text, driving_text, driving_title
from portal.kit import text
from portal.kit.db import Db
from portal.kit.errors import NotFound, Problem
from portal.kit.outbox import later
from portal.kit.pages import page
from portal.kit.text import speaking
from portal.tenants.boundary import DoorDb, member_of, parts_of, staff_db, workshop_id_of
from portal.tenants.permissions import Permission, needs
from portal.tenants.public_pages import shopfront
from portal.vehicles import vehicles
from portal.vehicles.models import Vehicle

Asked = Request[Any, Any, Any]
Typed = Annotated[ReportForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
Seen = Annotated[VersionForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
TakenBack = Annotated[WithdrawalForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
READ = needs(Permission.SCANS_READ)
RELEASE = needs(Permission.REPORTS_RELEASE)


@get("/", opt=READ)
async def show(request: Asked, db: DoorDb, scan_id: FromPath[UUID]) -> Response[str]:
    """Looking changes nothing: a first draft is stored when somebody works on it."""
    scan, vehicle = await scans.get_with_vehicle(db, scan_id)
    report = await reports.find(db, scan.id)
    if report is None:
        report = reports.begun(scan, await _shown(db, scan, vehicle))
    return await _page(request, db, scan, report)


@post("/", opt=RELEASE)
async def save(request: Asked, db: DoorDb, scan_id: FromPath[UUID], data: Typed) -> Response[Any]:
    scan, report = await _open(db, scan_id)
    try:
        content = content_from(data, report.text)
        await reports.edit(
            db, report, content, version=version_of(data.version), origin=Origin.PERSON
        )
    except Problem as problem:
        return await _page(request, db, scan, report, typed=data, problem=problem)
    return _back(db, scan)


@post("/draft", opt=RELEASE, status_code=303)
async def draft_again(db: DoorDb, scan_id: FromPath[UUID]) -> Redirect:
    scan, vehicle = await scans.get_with_vehicle(db, scan_id)
    shown = await _shown(db, scan, vehicle)
    report = await reports.open_for(db, scan, shown)
    await reports.draft_again(db, report, scan, shown)
    return _back(db, scan)


@post("/ai", opt=RELEASE)
async def draft_by_ai(request: Asked, db: DoorDb, scan_id: FromPath[UUID]) -> Response[Any]:
    """A job asks the model; the page looks again until it is there."""
    scan, report = await _open(db, scan_id)
    if not completing.is_available(parts_of(request)):
        return await _page(request, db, scan, report, problem=completing.NoAiAvailable())
    await report_ai_jobs.ask(db, report)
    return _back(db, scan)


@post("/release", opt=RELEASE)
async def release(request: Asked, db: DoorDb, scan_id: FromPath[UUID], data: Seen) -> Response[Any]:
    scan, report = await _open(db, scan_id)
    try:
        await reports.release(db, report, version=version_of(data.version))
    except Problem as problem:
        return await _page(request, db, scan, report, problem=problem)
    return _back(db, scan)


@post("/withdrawal", opt=RELEASE, status_code=303)
async def withdraw(db: DoorDb, scan_id: FromPath[UUID], data: TakenBack) -> Redirect:
    scan, report = await _open(db, scan_id)
    await reports.withdraw(db, report, data.why)
    return _back(db, scan)


@post("/dispatch", opt=RELEASE, status_code=303)
async def send(db: DoorDb, scan_id: FromPath[UUID]) -> Redirect:
    """By mail to the keeper's address on file."""
    scan, report = await _open(db, scan_id)
    await reports.send(db, report)
    return _back(db, scan)


@post("/print", opt=RELEASE, status_code=303)
async def print_again(db: DoorDb, scan_id: FromPath[UUID]) -> Redirect:
    scan, report = await _open(db, scan_id)
    edition = await reports.edition_of(db, report)
    report.print_state = PrintState.WAITING
    later(db, "diagnostics.print_report", edition_id=edition.id)
    return _back(db, scan)


@get("/report.pdf", opt=READ)
async def pdf(request: Asked, db: DoorDb, scan_id: FromPath[UUID]) -> Response[Any]:
    """While there is none, the page of the report says why."""
    scan = await scans.get(db, scan_id)
    report = await reports.find(db, scan.id)
    if report is None or report.print_key is None:
        return _back(db, scan)
    return await pdf_answer(request, report)


async def pdf_answer(request: Asked, report: OwnerReport) -> Response[bytes]:
    """Raises `NotFound` while there is none."""
    if report.print_key is None:
        raise NotFound
    name = quote(f"{report.text.scanned_on}-{report.text.plate or 'report'}.pdf")
    return Response(
        await parts_of(request).blobs.get(report.print_key),
        media_type="application/pdf",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Cache-Control": "private, no-store",
        },
    )


async def _open(db: Db, scan_id: UUID) -> tuple[Scan, OwnerReport]:
    scan, vehicle = await scans.get_with_vehicle(db, scan_id)
    return scan, await reports.open_for(db, scan, await _shown(db, scan, vehicle))


async def _shown(db: Db, scan: Scan, vehicle: Vehicle | None) -> pages.Shown:
    """Reports are written in German, whatever language the screen speaks."""
    with speaking(text.DEFAULT):
        return await pages.shown(db, scan, vehicle)


def _back(db: Db, scan: Scan) -> Redirect:
    home = f"/w/{member_of(db).slug}/diagnostics/{scan.id}/report"
    return Redirect(home, status_code=303)


async def _page(
    request: Asked,
    db: Db,
    scan: Scan,
    report: OwnerReport,
    *,
    typed: ReportForm | None = None,
    problem: Problem | None = None,
) -> Response[str]:
    edition = await reports.find_edition(db, report)
    kept = await vehicles.get(db, report.vehicle_id) if report.vehicle_id else None
    settings = parts_of(request).settings
    link = report_links.address(settings, workshop_id_of(db), edition.id) if edition else ""
    return page(
        request,
        "diagnostics/report.html",
        status=problem.status if problem else 200,
        scan=scan,
        report=report,
        content=report.text,
        edition=edition,
        is_changed=edition is not None and edition.content != report.content,
        typed=typed,
        problem=problem,
        errors={one.field: one.message for one in problem.errors} if problem else {},
        link=link,
        vehicle=kept.vehicle if kept else None,
        keeper=kept.keeper if kept else None,
        can_mail=can_be_written_to(kept.keeper if kept else None),
        has_ai=completing.is_available(parts_of(request)),
        can_print=report_prints.can_print(),
        steps=[
            (step, driving_title(step)) for step in STEPS[: STEPS.index(report.text.least_step) + 1]
        ],
        front=await shopfront(db),
        driving_title=driving_title,
        driving_text=driving_text,
        closing=closing_text(),
    )


ROUTERS = [
    Router(
        "/w/{slug:str}/diagnostics/{scan_id:uuid}/report",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[
            show,
            save,
            draft_again,
            draft_by_ai,
            release,
            withdraw,
            send,
            print_again,
            pdf,
        ],
    )
]
