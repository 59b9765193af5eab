"""Looking at the source of texts: for one workshop, for those that a change names, for all."""

from datetime import timedelta

import structlog

from portal.content import kindred, syncing
from portal.content.sources import ContentUnreadable
from portal.kit.outbox import JobFunction, Work, later_for_each
from portal.kit.parts import Parts
from portal.tenants import workshops
from portal.tenants.boundary import inside

log = structlog.get_logger()

SPREAD = timedelta(minutes=50)
"""Thousands of workshops look once an hour: not all in the same second."""


async def sync(work: Work) -> None:
    """Raises `ContentUnavailable`: the outbox tries again, later each time."""
    source = syncing.source_of(work.parts.settings)
    if source is None:
        async with work.finishing():
            return
    async with work.reading() as db:
        slug = (await workshops.get_workshop(db)).slug
    try:
        faq = await source.faq(slug)
    except ContentUnreadable as error:
        log.warning("content unreadable", error=str(error))
        async with work.finishing() as db:
            await syncing.record_problem(db, source.kind, str(error))
        return
    async with work.finishing() as db:
        await syncing.record(db, source.kind, faq)


async def find_changed(work: Work, *, ids: list[str]) -> None:
    """A webhook names entries; whose they are is asked here, and each workshop is told."""
    source = syncing.source_of(work.parts.settings)
    slugs = await source.changed(ids) if source else set()
    async with work.finishing() as db:
        await later_for_each(db, "content.sync", syncing.workshops_of(sorted(slugs)))


async def look_at_all(parts: Parts) -> None:
    """Once an hour: what no webhook told, deleted entries among it."""
    if syncing.source_of(parts.settings) is None:
        return
    async with inside(parts, None) as db:
        await later_for_each(db, "content.sync", syncing.workshops_of(), spread=SPREAD)


JOBS: dict[str, JobFunction] = {
    "content.sync": sync,
    "content.find_changed": find_changed,
    "content.embed": kindred.embed,
}
