"""Bringing a workshop's texts up to date with their source, and keeping how that went."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from portal.content.directus import DirectusSource
from portal.content.models import ContentSync
from portal.content.sources import ContentSource, Faq
from portal.content.sync import store_faq
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.outbox import later
from portal.kit.settings import Settings
from portal.tenants.models import Workshop
from portal.tenants.owned import keep_only

LONGEST_PROBLEM = 300


def source_of(settings: Settings) -> ContentSource | None:
    """Directus where one is configured; without one texts come from files and staff."""
    if settings.directus_url is None or settings.directus_token is None:
        return None
    return DirectusSource(settings.directus_url, settings.directus_token.get_secret_value())


async def last_of(db: Db) -> ContentSync | None:
    found: ContentSync | None = await db.scalar(select(ContentSync))
    return found


async def record(db: Db, kind: str, faq: Faq) -> int:
    """Store what the source says; how many entries that are."""
    sync = await _row(db, kind)
    count = await store_faq(db, kind, faq)
    sync.entries, sync.problem, sync.synced_at = count, "", sync.tried_at
    return count


async def record_problem(db: Db, kind: str, problem: str) -> None:
    """What is known already stays."""
    (await _row(db, kind)).problem = problem[:LONGEST_PROBLEM]


async def workshops_by_slug(db: Db, slugs: Sequence[str] | None = None) -> list[UUID]:
    return list(await db.scalars(workshops_of(slugs)))


def workshops_of(slugs: Sequence[str] | None = None) -> Select[Any]:
    """Ids of those workshops, or of all; a slug that nobody has is left out."""
    query = select(Workshop.id).where(Workshop.suspended_at.is_(None))
    if slugs is not None:
        query = query.where(Workshop.slug.in_(slugs))
    return query.order_by(Workshop.id)


def ask(db: Db) -> None:
    """Queue a look at the source for the session's workshop."""
    later(db, "content.sync")


async def _row(db: Db, kind: str) -> ContentSync:
    """Of several looks at the same time each waits here for the one before."""
    return await keep_only(db, ContentSync, {"source": kind, "tried_at": clock.now()})
