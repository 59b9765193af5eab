"""What could not be taken over, line by line: on the page, and as a table to mend."""

import csv
import io
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from portal.imports.entries import Entry
from portal.imports.kinds import Weight
from portal.imports.models import ImportFault, ImportRun
from portal.kit.db import Db
from portal.kit.text import _

MOST_KEPT = 5_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def note(db: Db, run: ImportRun, entry: Entry, labels: dict[str, str]) -> None:
    for fault in entry.faults:
        at = run.mapping.get(fault.field)
        named = at is not None and 0 <= at < len(run.columns)
        column = run.columns[at] if named and at is not None else labels.get(fault.field, "")
        db.add(
            ImportFault(
                run_id=run.id,
                line=entry.line,
                column_name=column[:120],
                value=fault.value[:300],
                reason=fault.reason,
                weight=fault.weight,
            )
        )


async def first(db: Db, run_id: UUID, limit: int = 100) -> Sequence[ImportFault]:
    query = select(ImportFault).where(ImportFault.run_id == run_id)
    order = (ImportFault.line, ImportFault.id)
    return (await db.scalars(query.order_by(*order).limit(limit))).all()


async def count(db: Db, run_id: UUID) -> dict[str, int]:
    """How many errors and how many warnings."""
    by = ImportFault.weight
    query = select(by, func.count()).where(ImportFault.run_id == run_id).group_by(by)
    return {str(weight): number for weight, number in (await db.execute(query)).all()}


def as_table(faults: Sequence[ImportFault]) -> bytes:
    """A CSV that German Excel opens. No cell is a formula: what looks like one is quoted."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", quoting=csv.QUOTE_MINIMAL)
    table.writerow([_("Line"), _("Column"), _("Value"), _("Reason"), _("Result")])
    for fault in faults:
        kept_out = fault.weight == Weight.ERROR
        told: list[Any] = [
            fault.line,
            harmless(fault.column_name),
            harmless(fault.value),
            harmless(fault.reason),
            _("not taken over") if kept_out else _("taken over without this value"),
        ]
        table.writerow(told)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
