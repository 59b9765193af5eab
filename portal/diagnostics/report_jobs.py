"""Owner's reports behind the scenes: printed and mailed, outside of any transaction."""

import asyncio
from datetime import date
from email.message import EmailMessage
from uuid import UUID

from sqlalchemy import select

from portal.diagnostics import report_links, report_prints
from portal.diagnostics.report_ai_jobs import draft_report
from portal.diagnostics.report_letters import can_be_written_to, letter_of
from portal.diagnostics.report_models import OwnerReport, PrintState, ReportEdition
from portal.diagnostics.report_texts import closing_text, driving_title
from portal.kit import clock, text
from portal.kit.db import Db
from portal.kit.errors import N_
from portal.kit.mail import MailDelayed, MailRefused
from portal.kit.outbox import JobFunction, Work, later
from portal.kit.text import _
from portal.tenants.boundary import workshop_id_of
from portal.tenants.public_pages import shopfront
from portal.vehicles import vehicles

_NO_ADDRESS = N_("The owner has no mail address on file.")
_REFUSED = N_("The mail server refuses this address.")
_OUTDATED = N_("The report was changed or withdrawn before the mail left.")


class ReportMailDelayed(Exception):
    """Worth another try. It names no address: errors of jobs are logged."""


async def print_report(work: Work, *, edition_id: str) -> None:
    """The PDF of the present edition; an edition that was overtaken is not printed any more."""
    async with work.reading() as db:
        edition, _report = await _edition(db, UUID(edition_id))
        front = await shopfront(db)
    key, state = None, PrintState.UNAVAILABLE
    if edition is not None and report_prints.can_print():
        with text.speaking(text.DEFAULT):  # the language that reports are written in
            page = report_prints.html_of(edition.text, front, facts_of(edition))
        data = await asyncio.to_thread(report_prints.pdf_of, page)
        key, state = await work.parts.blobs.put(work.workshop_id, data), PrintState.READY
    async with work.finishing() as db:
        _edition_now, report = await _edition(db, UUID(edition_id), locked=True)
        unused = key
        if report is not None and report.edition_id == UUID(edition_id):
            unused = report.print_key
            report.print_key, report.print_state = key, state
        if unused is not None:
            later(db, "diagnostics.delete_file", blob_key=unused)


async def send_report(work: Work, *, edition_id: str) -> None:
    """To the keeper's address on file, in the keeper's language, with the link."""
    message, problem = None, ""
    async with work.reading() as db:
        edition, report = await _edition(db, UUID(edition_id))
        if edition is None or report is None or not _is_present(edition, report):
            problem = _OUTDATED
        else:
            message = await _message(db, work, edition, report)
            problem = "" if message else _NO_ADDRESS
    if message is not None:
        problem = await _hand_over(work, message)
    async with work.finishing() as db:
        edition, report = await _edition(db, UUID(edition_id), locked=True)
        if report is not None:
            _store(report, problem)


def facts_of(edition: ReportEdition) -> dict[str, str]:
    """What a printed report says of itself."""
    content = edition.text
    return {
        "scanned_on": text.day(date.fromisoformat(content.scanned_on)),
        "driving": driving_title(content.step),
        "closing": closing_text(),
        "number": str(edition.number),
        "released_on": text.day(edition.released_at),
        "released_by": edition.released_by,
    }


async def _hand_over(work: Work, message: EmailMessage) -> str:
    """Empty when it went; raises `ReportMailDelayed` when the outbox should come back to it."""
    try:
        await work.parts.mailer.send(message)
    except MailRefused:
        return _REFUSED
    except MailDelayed as delayed:
        raise ReportMailDelayed from delayed
    return ""


async def _message(
    db: Db, work: Work, edition: ReportEdition, report: OwnerReport
) -> EmailMessage | None:
    keeper = (await vehicles.get(db, report.vehicle_id)).keeper if report.vehicle_id else None
    if keeper is None or not can_be_written_to(keeper):
        return None
    front = await shopfront(db)
    settings = work.parts.settings
    link = report_links.address(settings, workshop_id_of(db), edition.id)
    with text.speaking(keeper.locale):
        return letter_of(edition, keeper, front, link=link, sender=settings.portal_mail_from)


def _store(report: OwnerReport, problem: str) -> None:
    with text.speaking(text.DEFAULT):
        report.sending = _(problem) if problem else ""
    if not problem:
        report.sent_at = clock.now()


def _is_present(edition: ReportEdition, report: OwnerReport) -> bool:
    return report.is_released and report.edition_id == edition.id


async def _edition(
    db: Db, edition_id: UUID, *, locked: bool = False
) -> tuple[ReportEdition | None, OwnerReport | None]:
    query = (
        select(ReportEdition, OwnerReport)
        .join(OwnerReport, OwnerReport.id == ReportEdition.report_id)
        .where(ReportEdition.id == edition_id)
    )
    if locked:
        query = query.with_for_update(of=OwnerReport)
    row = (await db.execute(query)).one_or_none()
    return (row.ReportEdition, row.OwnerReport) if row else (None, None)


JOBS: dict[str, JobFunction] = {
    "diagnostics.print_report": print_report,
    "diagnostics.send_report": send_report,
    "diagnostics.draft_report": draft_report,
}
