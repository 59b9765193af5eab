"""Photos of a case: taken in, shown to staff, removed."""

import asyncio
import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.diagnostics import sessions
from portal.diagnostics.session_models import DiagnosticSession, SessionPhoto
from portal.kit.blobs import Blobs
from portal.kit.db import Db
from portal.kit.errors import N_, NotFound, Problem
from portal.kit.limits import Rate
from portal.tenants.boundary import after_commit, workshop_id_of
from portal.vehicles.typed import clean

MOST = 40
TAKEN = Rate("photos", per_minute=30, burst=60)
"""Photos of one person."""

_DARKROOM = ThreadPoolExecutor(max_workers=2, thread_name_prefix="photos")
"""A large picture takes 120 MB while it is decoded: never more than two at once."""


class PhotoNotFound(NotFound):
    code, title = "PHOTO_NOT_FOUND", N_("We could not find this photo.")


class TooManyPhotos(Problem):
    status, code, title = 409, "TOO_MANY_PHOTOS", N_("A case may have up to 40 photos.")


async def take(
    db: Db,
    blobs: Blobs,
    case: DiagnosticSession,
    data: bytes,
    *,
    by: str,
    caption: str = "",
) -> SessionPhoto:
    """Store a picture; the same file twice is one photo.

    Raises `PictureUnreadable`, `PictureTooLarge`, `TooManyPhotos`.
    """
    digest = hashlib.sha256(data).hexdigest()
    mine = select(SessionPhoto).where(SessionPhoto.session_id == case.id)
    known: SessionPhoto | None = await db.scalar(mine.where(SessionPhoto.content_hash == digest))
    if known is not None:
        return known
    if (await db.scalar(select(func.count()).select_from(mine.subquery())) or 0) >= MOST:
        raise TooManyPhotos
    from portal.diagnostics.pictures import made_safe  # Pillow waits for the first photo

    made = await asyncio.get_running_loop().run_in_executor(_DARKROOM, made_safe, data)
    workshop_id = workshop_id_of(db)
    keys = await blobs.put(workshop_id, made.full), await blobs.put(workshop_id, made.thumb)
    photo = SessionPhoto(
        session_id=case.id,
        blob_key=keys[0],
        thumb_key=keys[1],
        content_hash=digest,
        width=made.width,
        height=made.height,
        size=len(made.full),
        caption=" ".join(clean(caption).split())[:200],
        taken_by=by,
    )
    try:
        async with db.begin_nested():
            db.add(photo)
    except IntegrityError:  # sent twice at the same moment: the first one is the photo
        for key in keys:
            await blobs.delete(key)
        return (await db.scalars(mine.where(SessionPhoto.content_hash == digest))).one()
    sessions.note_photo(db, case, "", _told(photo), by=by)
    return photo


async def get(db: Db, session_id: UUID, photo_id: UUID) -> SessionPhoto:
    query = select(SessionPhoto).where(SessionPhoto.session_id == session_id)
    photo = await db.scalar(query.where(SessionPhoto.id == photo_id))
    if photo is None:
        raise PhotoNotFound
    return photo


async def of_session(db: Db, session_id: UUID) -> Sequence[SessionPhoto]:
    query = select(SessionPhoto).where(SessionPhoto.session_id == session_id)
    return (await db.scalars(query.order_by(SessionPhoto.id))).all()


async def remove(
    db: Db, blobs: Blobs, case: DiagnosticSession, photo: SessionPhoto, *, by: str
) -> None:
    """The row now, the bytes once that is certain."""
    keys = (photo.blob_key, photo.thumb_key)
    await db.delete(photo)
    sessions.note_photo(db, case, _told(photo), "", by=by)

    async def forget() -> None:
        for key in keys:
            await blobs.delete(key)

    after_commit(db, forget)


def _told(photo: SessionPhoto) -> str:
    return photo.caption or f"{photo.width} × {photo.height}"
