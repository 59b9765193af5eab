"""Drafts of owner's reports by the AI: asked for in a request, written by a job, never released.

Whatever goes wrong, the text that stood there stays, and `ai_remark` tells why.
"""

from uuid import UUID

import msgspec
from sqlalchemy import select

from portal.ai.calls import Purpose
from portal.ai.completing import AiBudgetSpent, NoAiAvailable, complete
from portal.diagnostics import pages, report_ai, reports, scans
from portal.diagnostics.report_ai import Draft, DraftRefused, Fact
from portal.diagnostics.report_models import Origin, OwnerReport
from portal.diagnostics.report_texts import STEPS, PromiseUnsafe, ReportContent, UrgencyLowered
from portal.kit import clock, text
from portal.kit.db import Db
from portal.kit.errors import N_
from portal.kit.outbox import Work, later
from portal.kit.text import _, ngettext, speaking
from portal.tenants.audit import note
from portal.vehicles import vehicles

CHANGED = N_("Meanwhile somebody has changed the report: the AI's draft was thrown away.")
REFUSED = N_("The AI's draft said more than the findings and was thrown away. The text stays.")
NOTHING = N_("There is no code and no finding that the AI could write about.")


async def ask(db: Db, report: OwnerReport) -> None:
    """Queue a draft of what stands now; asked twice, it is written once."""
    if report.is_being_drafted:
        return
    report.ai_asked_at, report.ai_remark = clock.now(), ""
    note(db, "report.ai_asked", str(report.id))
    later(db, "diagnostics.draft_report", report_id=report.id, version=report.version)
    await db.flush()


async def draft_report(work: Work, *, report_id: str, version: int) -> None:
    async with work.reading() as db:
        prepared = await _prepared(db, UUID(report_id), version)
    remark, reason, draft = CHANGED, "changed", None
    if prepared is not None:
        by_rule, facts = prepared
        try:
            draft, remark, reason = (
                await _written(work, UUID(report_id), by_rule, facts),
                "",
                "stored",
            )
        except (NoAiAvailable, AiBudgetSpent) as problem:
            remark, reason = problem.title, problem.code
        except DraftRefused as refused:
            remark, reason = (REFUSED if facts else NOTHING), str(refused)
    async with work.finishing() as db:
        report = await _find(db, UUID(report_id))
        if report is not None:
            await _store(db, report, version, draft, remark, reason)


async def _prepared(
    db: Db, report_id: UUID, version: int
) -> tuple[ReportContent, list[Fact]] | None:
    """The rules' draft of today and its facts; None when the report has moved on."""
    report = await _find(db, report_id)
    if report is None or report.scan_id is None or report.version != version:
        return None
    scan = await scans.get(db, report.scan_id)
    vehicle = (await vehicles.get(db, scan.vehicle_id)).vehicle if scan.vehicle_id else None
    with speaking(text.DEFAULT):
        shown = await pages.shown(db, scan, vehicle)
        by_rule = reports.draft_by_rule(scan, shown)
        facts = report_ai.facts_from(by_rule, shown.faults, shown.findings)
    stricter = min(by_rule.step, report.text.step, key=STEPS.index)
    return msgspec.structs.replace(by_rule, step=stricter), facts


async def _written(work: Work, about_id: UUID, by_rule: ReportContent, facts: list[Fact]) -> Draft:
    """Raises `DraftRefused`, `NoAiAvailable`, `AiBudgetSpent`."""
    if not facts or work.workshop_id is None:
        raise DraftRefused("nothing to say")
    done = await complete(
        work.parts,
        work.workshop_id,
        Purpose.REPORT,
        report_ai.question(facts),
        about_id=about_id,
        most_tokens=report_ai.MOST_TOKENS,
    )
    return report_ai.draft_from(done.text, by_rule, facts)


async def _store(
    db: Db, report: OwnerReport, version: int, draft: Draft | None, remark: str, reason: str
) -> None:
    if draft is not None:
        try:
            await reports.edit(db, report, draft.content, version=version, origin=Origin.AI)
        except reports.ReportChanged as problem:
            remark, reason, draft = CHANGED, problem.code, None
        except (UrgencyLowered, PromiseUnsafe) as problem:
            remark, reason, draft = REFUSED, problem.code, None
    report.ai_asked_at = None
    with speaking(text.DEFAULT):
        report.ai_remark = _(remark) if remark else _dropped(draft.dropped if draft else 0)
    note(
        db,
        "report.ai_drafted" if draft else "report.ai_refused",
        str(report.id),
        reason=reason,
        dropped=draft.dropped if draft else 0,
    )


def _dropped(count: int) -> str:
    return (
        ngettext(
            "%(num)s sentence of the AI was left out: no finding supports it.",
            "%(num)s sentences of the AI were left out: no finding supports them.",
            count,
        )
        if count
        else ""
    )


async def _find(db: Db, report_id: UUID) -> OwnerReport | None:
    """Locked, so that whoever changes it at the same moment and the draft see each other."""
    query = select(OwnerReport).where(OwnerReport.id == report_id).with_for_update()
    found: OwnerReport | None = await db.scalar(query)
    return found
