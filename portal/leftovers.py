"""Leftovers: stored files that no row names, because the transaction that would have named them
was never stored. They hold what somebody uploaded, so they may not lie around for ever.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from portal.diagnostics.models import Scan
from portal.diagnostics.report_models import OwnerReport
from portal.diagnostics.session_models import SessionPhoto
from portal.imports.models import ImportRun, VinList
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.parts import Parts
from portal.tenants.boundary import inside
from portal.tenants.models import Workshop

log = structlog.get_logger()

NAMED_BY: tuple[InstrumentedAttribute[Any], ...] = (
    Scan.blob_key,
    SessionPhoto.blob_key,
    SessionPhoto.thumb_key,
    OwnerReport.print_key,
    ImportRun.blob_key,
    VinList.entries_key,
    VinList.result_key,
)
"""Every column that holds the key of a stored file; a test finds one that is missing here."""
OLD = timedelta(days=1)
"""A file that is younger may belong to a transaction that is still open."""
_CHUNK = 500


class Left(NamedTuple):
    """Files of one workshop that nobody names."""

    workshop: str
    keys: list[str]


async def sweep(parts: Parts, *, only_look: bool = False) -> list[Left]:
    """Delete them, workshop by workshop; `only_look` tells what would go."""
    async with inside(parts, None) as db:
        rows = await db.execute(select(Workshop.id, Workshop.slug).order_by(Workshop.slug))
        workshops = [(row.id, row.slug) for row in rows]
    found = [Left(slug, await _unnamed(parts, workshop_id)) for workshop_id, slug in workshops]
    for left in found:
        if left.keys and not only_look:
            log.warning("files that nobody names", workshop=left.workshop, count=len(left.keys))
            for key in left.keys:
                await parts.blobs.delete(key)
    return [left for left in found if left.keys]


async def sweep_at_night(parts: Parts) -> None:
    await sweep(parts)


async def _unnamed(parts: Parts, workshop_id: UUID) -> list[str]:
    unnamed: list[str] = []
    old = await parts.blobs.older_than(workshop_id, clock.now() - OLD)
    for at in range(0, len(old), _CHUNK):
        some = old[at : at + _CHUNK]
        async with inside(parts, workshop_id) as db:
            named = await _named(db, some)
        unnamed += [key for key in some if key not in named]
    return unnamed


async def _named(db: Db, keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for column in NAMED_BY:
        told: Iterable[str] = await db.scalars(select(column).where(column.in_(keys)))
        found.update(told)
    return found
