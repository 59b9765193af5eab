"""The page behind the signed link: an edition of the report, as its owner was given it."""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.di import Provide
from litestar.params import FromPath

from portal.diagnostics import report_links, reports
from portal.diagnostics.report_jobs import facts_of
from portal.diagnostics.report_models import ReportState
from portal.diagnostics.report_routes import pdf_answer
from portal.diagnostics.report_texts import driving_title
from portal.kit import text
from portal.kit.errors import NotFound
from portal.tenants.boundary import DoorDb, owner_db, parts_of, workshop_id_of
from portal.tenants.public_pages import (
    LINK_LOOKING,
    NO_TOKEN,
    PROBLEMS,
    QUIET,
    shopfront,
    show,
    spend,
)

Asked = Request[Any, Any, Any]


@get("/")
async def report_page(request: Asked, db: DoorDb, link: FromPath[str]) -> Response[str]:
    """Withdrawn or expired ones say so; one that was followed by a newer one leads there."""
    await spend(request, LINK_LOOKING)
    front = await shopfront(db)
    request.scope.setdefault("state", {})["shopfront"] = front
    edition, report = await reports.behind_link(db)
    if report.state == ReportState.WITHDRAWN or edition.is_expired:
        return show(
            request,
            "diagnostics/report_gone.html",
            front,
            status=410,
            language=text.DEFAULT,
            is_withdrawn=report.state == ReportState.WITHDRAWN,
        )
    newer = None
    if report.edition_id is not None and report.edition_id != edition.id:
        settings = parts_of(request).settings
        newer = report_links.path(settings, workshop_id_of(db), report.edition_id)
    with text.speaking(text.DEFAULT):
        facts = facts_of(edition)
    return show(
        request,
        "diagnostics/report_public.html",
        front,
        language=text.DEFAULT,
        report=edition.text,
        edition=edition,
        facts=facts,
        newer=newer,
        link=link,
        has_pdf=report.print_key is not None and newer is None,
        driving_title=driving_title,
        closing=facts["closing"],
        scanned_day=facts["scanned_on"],
    )


@get("/report.pdf")
async def report_pdf(request: Asked, db: DoorDb) -> Response[bytes]:
    await spend(request, LINK_LOOKING)
    edition, report = await reports.behind_link(db)
    if not report.is_released or report.edition_id != edition.id or edition.is_expired:
        raise NotFound
    answer = await pdf_answer(request, report)
    for name, value in QUIET.items():
        answer.headers[name] = value
    return answer


ROUTERS = [
    Router(
        "/r/{link:str}",
        dependencies={"db": Provide(owner_db)},
        opt=NO_TOKEN,
        exception_handlers=PROBLEMS,
        route_handlers=[report_page, report_pdf],
    )
]
