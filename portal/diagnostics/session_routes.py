"""Pages of diagnostic cases: the list, one case, its form, and its piece on the page of a scan."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from portal.diagnostics import estimates, photos, scans, session_texts, sessions
from portal.diagnostics.session_forms import CaseForm, StateForm
from portal.diagnostics.session_models import DiagnosticSession, SessionState
from portal.kit.db import Db
from portal.kit.errors import Problem
from portal.kit.pages import fragment, page
from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs
from portal.vehicles import search, vehicles

Asked = Request[Any, Any, Any]
Form = Annotated[CaseForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
State = Annotated[StateForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
READ = needs(Permission.SCANS_READ)
WRITE = needs(Permission.SCANS_UPLOAD)


@get("/diagnostics/sessions", opt=READ)
async def index(
    request: Asked, db: DoorDb, show: FromQuery[str] = "", before: FromQuery[UUID | None] = None
) -> Response[str]:
    chosen = SessionState(show) if show in set(SessionState) else None
    found = await sessions.recent(db, state=chosen, before=before)
    return page(
        request,
        "diagnostics/sessions.html",
        rows=await _rows(db, found),
        state=chosen or "",
        next=found[-1].id if len(found) == sessions.PAGE else None,
        texts=session_texts,
    )


@get("/diagnostics/sessions/new", opt=WRITE)
async def new(
    request: Asked,
    db: DoorDb,
    kind: FromQuery[str] = "",
    vehicle_id: FromQuery[str] = "",
    scan_id: FromQuery[str] = "",
) -> Response[str]:
    return await _form(request, db, CaseForm(kind=kind, vehicle_id=vehicle_id, scan_id=scan_id))


@post("/diagnostics/sessions", opt=WRITE)
async def create(request: Asked, db: DoorDb, data: Form) -> Response[Any]:
    try:
        case = await sessions.begin(db, data, by=member_of(db).name)
    except sessions.CaseInvalid as problem:
        return await _form(request, db, data, problem=problem)
    return _to(db, case)


@get("/diagnostics/sessions/{session_id:uuid}", opt=READ)
async def show(request: Asked, db: DoorDb, session_id: FromPath[UUID]) -> Response[str]:
    case, vehicle = await sessions.with_vehicle(db, session_id)
    return page(
        request,
        "diagnostics/session.html",
        **await _about(db, case),
        vehicle=vehicle,
        changes=await sessions.changes_of(db, case),
    )


@get("/diagnostics/sessions/{session_id:uuid}/edit", opt=WRITE)
async def edit(request: Asked, db: DoorDb, session_id: FromPath[UUID]) -> Response[str]:
    case = await sessions.get(db, session_id)
    return await _form(request, db, await _form_of(db, case), case=case)


@post("/diagnostics/sessions/{session_id:uuid}", opt=WRITE)
async def change(
    request: Asked, db: DoorDb, session_id: FromPath[UUID], data: Form
) -> Response[Any]:
    case = await sessions.get(db, session_id)
    try:
        await sessions.change(db, case, data, by=member_of(db).name)
    except (sessions.CaseInvalid, sessions.ChangedMeanwhile) as problem:
        return await _form(request, db, data, case=case, problem=problem)
    return _to(db, case)


@post("/diagnostics/sessions/{session_id:uuid}/state", opt=WRITE)
async def move(db: DoorDb, session_id: FromPath[UUID], data: State) -> Redirect:
    case = await sessions.get(db, session_id)
    await sessions.move(db, case, data.state, by=member_of(db).name)
    return _to(db, case)


@get("/diagnostics/{scan_id:uuid}/session", opt=READ)
async def of_scan(request: Asked, db: DoorDb, scan_id: FromPath[UUID]) -> Response[str]:
    """The piece that the page of a scan loads: its case, or how to begin one."""
    scan = await scans.get(db, scan_id)
    case = await sessions.find_of_scan(db, scan.id)
    about = await _about(db, case) if case else {"case": None}
    return fragment(request, "diagnostics/session_card.html", scan=scan, **about)


@get("/vehicles/{vehicle_id:uuid}/cases", opt=READ)
async def of_vehicle(request: Asked, db: DoorDb, vehicle_id: FromPath[UUID]) -> Response[str]:
    vehicle = (await vehicles.get(db, vehicle_id)).vehicle
    found = await sessions.of_vehicle(db, vehicle.id)
    return fragment(
        request,
        "diagnostics/vehicle_cases.html",
        rows=await _rows(db, found),
        vehicle=vehicle,
        texts=session_texts,
    )


@get("/diagnostics/vehicle-choices", opt=READ)
async def vehicle_choices(
    request: Asked, db: DoorDb, q: FromQuery[str] = "", chosen: FromQuery[str] = ""
) -> Response[str]:
    found = (await search.find(db, q)).vehicles if q.strip() else []
    return fragment(
        request, "diagnostics/_vehicle_choices.html", q=q.strip(), found=found, chosen=chosen
    )


async def _form(
    request: Asked,
    db: Db,
    form: CaseForm,
    *,
    case: DiagnosticSession | None = None,
    problem: Problem | None = None,
) -> Response[str]:
    scan = await scans.get(db, UUID(form.scan_id)) if _is_id(form.scan_id) else None
    vehicle_id = str(scan.vehicle_id or "") if scan and not form.vehicle_id else form.vehicle_id
    vehicle = (await vehicles.get(db, vehicle_id)).vehicle if vehicle_id else None
    return page(
        request,
        "diagnostics/session_form.html",
        status=problem.status if problem else 200,
        form=form,
        lines=form.lines(),
        case=case,
        scan=scan,
        vehicle=vehicle,
        problem=problem,
        errors={error.field: error.message for error in problem.errors} if problem else {},
        kinds=[kind for kind in session_texts.kinds() if kind[0] != "obd2"],
    )


async def _form_of(db: Db, case: DiagnosticSession) -> CaseForm:
    lines = await sessions.lines_of(db, case)
    return CaseForm(
        kind=case.kind,
        vehicle_id=str(case.vehicle_id or ""),
        scan_id=str(case.scan_id or ""),
        odometer_km="" if case.odometer_km is None else str(case.odometer_km),
        symptoms=case.symptoms,
        notes=case.notes,
        version=str(case.version),
        line_title=[line.title for line in lines],
        line_quantity=[f"{line.quantity.normalize():f}".replace(".", ",") for line in lines],
        line_price=[f"{line.unit_price:.2f}".replace(".", ",") for line in lines],
        line_source=["catalogue" if line.from_catalogue else "" for line in lines],
    )


async def _about(db: Db, case: DiagnosticSession) -> dict[str, Any]:
    """What the pieces of a case need."""
    lines = await sessions.lines_of(db, case)
    return {
        "case": case,
        "lines": lines,
        "total": estimates.total(lines),
        "photos": await photos.of_session(db, case.id),
        "texts": session_texts,
    }


async def _rows(db: Db, found: Any) -> list[dict[str, Any]]:
    cars = await scans.vehicles_of(db, found)
    totals = await sessions.totals_of(db, [case.id for case in found])
    return [
        {"case": case, "vehicle": cars.get(case.vehicle_id), "total": totals.get(case.id)}
        for case in found
    ]


def _to(db: Db, case: DiagnosticSession) -> Redirect:
    home = f"/w/{member_of(db).slug}/diagnostics"
    return Redirect(f"{home}/sessions/{case.id}", status_code=303)


def _is_id(typed: str) -> bool:
    try:
        return bool(UUID(typed))
    except ValueError:
        return False


ROUTERS = [
    Router(
        "/w/{slug:str}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[
            index,
            new,
            create,
            show,
            edit,
            change,
            move,
            of_scan,
            of_vehicle,
            vehicle_choices,
        ],
    )
]
