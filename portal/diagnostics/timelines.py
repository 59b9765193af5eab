"""The scans of one vehicle over time: which code was there when, what came back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from portal.diagnostics import findings, visits
from portal.diagnostics.models import Scan, ScanCode, ScanState
from portal.diagnostics.rules.case import Visit
from portal.diagnostics.rules.recurrence import CodeHistory, Sight, histories
from portal.diagnostics.shown_codes import printed_words, words_of
from portal.kit.db import Db

SHOWN = 8
"""Visits that stand side by side; older ones are in the list."""


class ShownVisit(msgspec.Struct, frozen=True, kw_only=True):
    """`was_cleared`: codes were cleared shortly before, so that few of them say little."""

    scan_id: UUID
    at: datetime
    odometer_km: float | None
    was_cleared: bool
    runs_back: bool


class ShownHistory(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    text: str
    sights: list[Sight]
    is_recurring: bool
    is_there: bool


class Timeline(msgspec.Struct, frozen=True):
    visits: list[ShownVisit]
    codes: list[ShownHistory]


async def of_scans(db: Db, scans: Sequence[Scan], codes: Sequence[ScanCode]) -> Timeline | None:
    """From rows that the list has loaded; None where nothing can be set side by side."""
    read = [scan for scan in scans if scan.state == ScanState.READ]
    read = sorted(read, key=visits.happened_at)[-SHOWN:]
    if len(read) < 2:
        return None
    seen = [_visit(scan, codes) for scan in read]
    judged = await findings.of_scans(db, [scan.id for scan in read])
    cleared = {
        scan_id
        for scan_id, rows in judged.items()
        if any(row.rule == "recently_cleared" and row.is_found for row in rows)
    }
    printed = printed_words(read)
    return Timeline(_visits(seen, cleared), [_history(one, printed) for one in histories(seen)])


def _visits(seen: Sequence[Visit], cleared: set[UUID]) -> list[ShownVisit]:
    highest, found = 0.0, []
    for visit in seen:
        now = visit.odometer_km
        found.append(
            ShownVisit(
                scan_id=visit.scan_id or UUID(int=0),
                at=visit.at,
                odometer_km=now,
                was_cleared=visit.scan_id in cleared,
                runs_back=now is not None and now < highest,
            )
        )
        highest = max(highest, now or 0.0)
    return found


def _visit(scan: Scan, codes: Sequence[ScanCode]) -> Visit:
    told: dict[str, set[str]] = {}
    for code in codes:
        if code.scan_id == scan.id:
            told.setdefault(code.code, set()).add(code.ecu)
    return visits.of_scan(scan, told)


def _history(one: CodeHistory, printed: Mapping[str, str]) -> ShownHistory:
    return ShownHistory(
        code=one.code,
        text=words_of(one.code, printed),
        sights=list(one.sights),
        is_recurring=one.is_recurring,
        is_there=one.is_there,
    )
