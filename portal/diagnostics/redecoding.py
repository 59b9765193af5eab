"""Redecoding: stored recordings read again after the decoder or the rules have learned something.

One scan is one short pair of transactions; whoever stops in between goes on where it stopped,
because a scan that is done carries the new version.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from typing import NamedTuple
from uuid import UUID

import structlog
from sqlalchemy import select

from portal.diagnostics import readings
from portal.diagnostics.models import Scan, ScanState
from portal.diagnostics.obd.version import DECODER_VERSION
from portal.kit.blobs import BlobMissing
from portal.kit.parts import Parts
from portal.kit.text import _
from portal.tenants.boundary import inside
from portal.tenants.callers import WorkshopNotFound
from portal.tenants.models import Workshop

log = structlog.get_logger()


class Redecoded(NamedTuple):
    """What became of one scan; `state` is None where its file is missing."""

    workshop: str
    scan_id: UUID
    state: ScanState | None


async def run(
    parts: Parts, slug: str | None, version: int | None, tell: Callable[[str], None]
) -> bool:
    """All workshops or one; a line of progress for each scan. False if a file was missing.

    Raises `WorkshopNotFound`.
    """
    lost = 0
    for workshop in await workshops(parts, slug):
        ids = await due(parts, workshop[0], DECODER_VERSION if version is None else version)
        done = 0
        async for one in redecode(parts, workshop, ids):
            done += 1
            lost += one.state is None
            state = one.state or _("missing")
            tell(f"{one.workshop}  {done}/{len(ids)}  {one.scan_id}  {state}")
    return not lost


async def workshops(parts: Parts, slug: str | None) -> Sequence[tuple[UUID, str]]:
    """All workshops, or the one of this slug. Raises `WorkshopNotFound`."""
    query = select(Workshop.id, Workshop.slug).order_by(Workshop.slug)
    if slug is not None:
        query = query.where(Workshop.slug == slug)
    async with inside(parts, None) as db:
        found = [(one.id, one.slug) for one in await db.execute(query)]
    if slug is not None and not found:
        raise WorkshopNotFound
    return found


async def due(parts: Parts, workshop_id: UUID, older_than: int = DECODER_VERSION) -> list[UUID]:
    """Scans that an older decoder has read (or refused), whose file is still there."""
    query = (
        select(Scan.id)
        .where(Scan.decoder_version < older_than, Scan.raw_deleted_at.is_(None))
        .where(Scan.state != ScanState.RECEIVED)
        .order_by(Scan.id)
    )
    async with inside(parts, workshop_id) as db:
        return list(await db.scalars(query))


async def redecode(
    parts: Parts, workshop: tuple[UUID, str], scan_ids: Sequence[UUID]
) -> AsyncIterator[Redecoded]:
    """Read these scans again, oldest first, and tell each."""
    workshop_id, slug = workshop

    open_session = partial(inside, parts, workshop_id)
    for scan_id in scan_ids:
        try:
            state = await readings.read(
                parts.blobs, scan_id, reading=open_session, finishing=open_session
            )
        except BlobMissing:
            log.warning("file of a scan is missing", scan_id=str(scan_id))
            yield Redecoded(slug, scan_id, None)
        else:
            yield Redecoded(slug, scan_id, state)
