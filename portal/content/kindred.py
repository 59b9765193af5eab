"""Texts that answer a question in other words: found by vectors, where an endpoint makes them.

A workshop has few texts, so each is compared; no index is needed, and none would be reached under
row-level security. Vectors are made by a job when texts have changed.
"""

import hashlib
from array import array
from collections.abc import Sequence
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from portal.ai.embeddings import embedded, embedder_of
from portal.ai.providers import ProviderFailed
from portal.ai.vectors import Vector, cosine
from portal.content.models import FaqEntry, FaqVector
from portal.content.search import PERHAPS, SURE, Entry, Found
from portal.kit.db import Db, new_id
from portal.kit.outbox import Work, later
from portal.kit.parts import Parts
from portal.tenants.boundary import inside

log = structlog.get_logger()

LONGEST_TEXT = 2_000
BATCH = 64
"""Texts that an endpoint is told at once."""


async def find(
    parts: Parts, workshop_id: UUID, question: str, locale: str, limit: int
) -> list[Found]:
    """The entries nearest to `question`, which holds no personal data; none when the endpoint is
    away: then words alone must do.
    """
    embedder = embedder_of(parts)
    if embedder is None:
        return []
    try:
        (asked,) = await embedded(parts, workshop_id, [question[:LONGEST_TEXT]])
    except ProviderFailed as failed:
        log.warning("no embedding", reason=str(failed))
        return []
    async with inside(parts, workshop_id) as db:
        near = [
            (cosine(asked, vector), entry)
            for entry, vector in await _known(db, embedder.model, locale)
        ]
    near = sorted((one for one in near if one[0] >= embedder.perhaps), key=lambda one: -one[0])
    return [
        Found(
            Entry(str(entry.id), entry.question, entry.answer, entry.locale),
            SURE if score >= embedder.sure else PERHAPS,
            by_meaning=True,
        )
        for score, entry in near[:limit]
    ]


def want(db: Db) -> None:
    """Texts have changed: their vectors shall, too."""
    if embedder_of(db.info["parts"]) is not None:
        later(db, "content.embed")


async def embed(work: Work) -> None:
    """The texts without a vector of today's model; as many jobs as it takes."""
    embedder, workshop_id = embedder_of(work.parts), work.workshop_id
    if embedder is None or workshop_id is None:
        async with work.finishing():
            return
    async with work.reading() as db:
        texts = await _without_vector(db, embedder.model)
    told = [text for _, text in texts]
    found = await embedded(work.parts, workshop_id, told) if texts else []
    async with work.finishing() as db:
        for (entry_id, text), vector in zip(texts, found, strict=True):
            await _keep(db, entry_id, embedder.model, text, vector)
        if len(texts) == BATCH:
            later(db, "content.embed")


async def _known(db: Db, model: str, locale: str) -> list[tuple[FaqEntry, Vector]]:
    """Entries that may be told, with vectors of the text that they have now."""
    query = (
        select(FaqEntry, FaqVector)
        .join(FaqVector, FaqVector.entry_id == FaqEntry.id)
        .where(FaqEntry.locale == locale, FaqEntry.active, FaqVector.model == model)
    )
    return [
        (entry, array("f", kept.vector))
        for entry, kept in await db.execute(query)
        if kept.digest == _digest(_text_of(entry))
    ]


async def _without_vector(db: Db, model: str) -> Sequence[tuple[UUID, str]]:
    query = select(FaqEntry, FaqVector).join(
        FaqVector, (FaqVector.entry_id == FaqEntry.id) & (FaqVector.model == model), isouter=True
    )
    rows = await db.execute(query.where(FaqEntry.active).order_by(FaqEntry.id))
    texts = [(entry.id, _text_of(entry), kept) for entry, kept in rows]
    return [
        (entry_id, text)
        for entry_id, text, kept in texts
        if kept is None or kept.digest != _digest(text)
    ][:BATCH]


async def _keep(db: Db, entry_id: UUID, model: str, text: str, vector: Vector) -> None:
    """Whoever deleted the entry meanwhile has deleted its vector's place, too."""
    if (
        await db.scalar(select(FaqEntry.id).where(FaqEntry.id == entry_id).with_for_update())
        is None
    ):
        return
    values = {"model": model, "digest": _digest(text), "vector": vector.tobytes()}
    row = insert(FaqVector).values(id=new_id(), entry_id=entry_id, **values)
    await db.execute(
        row.on_conflict_do_update(index_elements=["workshop_id", "entry_id"], set_=values)
    )


def _text_of(entry: FaqEntry) -> str:
    words = " ".join(entry.keywords or ())
    return f"{entry.question}\n{words}\n{entry.answer}"[:LONGEST_TEXT]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
