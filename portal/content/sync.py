"""Texts from files: `cms/content/<slug>/profile.yaml`, `faq.de.yaml`, `faq.en.yaml`.

Loading twice changes nothing. What staff changed stays as they left it, and an entry that left
the file is put out of sight.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy import select

from portal.content import kindred
from portal.content.faq import LOCALES
from portal.content.models import FaqEntry
from portal.content.sources import ContentUnreadable, Faq, FaqText
from portal.kit.db import Db
from portal.tenants import workshops
from portal.tenants.models import Profile

FROM_FILE = "file"

T = TypeVar("T")


class ProfileInFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that a profile file may say; what is missing stays as it is."""

    name: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    federal_state: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    about: str = ""
    directions: str = ""
    accent: str = ""
    greeting: str = ""
    assistant_name: str = ""
    privacy_url: str = ""
    languages: list[str] = []


async def load_workshop_files(db: Db, folder: Path) -> None:
    """Profile and frequent questions of one workshop; its session says which."""
    await load_profile(db, folder / "profile.yaml")
    for locale in LOCALES:
        path = folder / f"faq.{locale}.yaml"
        if path.exists():
            await load_faq(db, path, locale)


async def load_profile(db: Db, path: Path) -> Profile:
    """Fill what the profile does not say yet; what stands there is the workshop's own."""
    wanted = read_file(path, ProfileInFile)
    profile = await workshops.get_profile(db)
    untouched = {column.name: column.server_default for column in Profile.__table__.columns}
    for name, value in msgspec.structs.asdict(wanted).items():
        if value and _is_default(getattr(profile, name), untouched[name]):
            setattr(profile, name, value)
    await db.flush()
    return profile


async def load_faq(db: Db, path: Path, locale: str) -> None:
    await store_faq(db, FROM_FILE, {locale: read_file(path, list[FaqText])})


async def store_faq(db: Db, kind: str, faq: Faq) -> int:
    """Bring the entries of one source up to date; how many are shown now."""
    for locale, entries in faq.items():
        wanted = {entry.id: entry for entry in entries}
        query = select(FaqEntry).where(FaqEntry.locale == locale, FaqEntry.source == kind)
        known = {entry.source_id: entry for entry in await db.scalars(query)}
        for position, (source_id, entry) in enumerate(wanted.items()):
            _store(db, kind, locale, known.get(source_id), entry, position)
        for row in known.values():
            if row.source_id not in wanted and row.edited_at is None:
                row.active = False
    await db.flush()
    kindred.want(db)
    return sum(map(len, faq.values()))


def _store(
    db: Db, kind: str, locale: str, row: FaqEntry | None, entry: FaqText, position: int
) -> None:
    values = {
        "question": entry.question,
        "answer": entry.answer.strip(),
        "keywords": entry.keywords,
        "position": position,
        "active": True,
    }
    if row is None:
        db.add(FaqEntry(locale=locale, source=kind, source_id=entry.id, **values))
    elif row.edited_at is None:
        _set(row, values)


def read_file(path: Path, shape: type[T]) -> T:
    """The file's content in that shape. Raises `ContentUnreadable`."""
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=shape)
    except (OSError, msgspec.DecodeError) as error:
        raise ContentUnreadable(f"{path.name}: {error}") from error


def _set(row: FaqEntry, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _is_default(value: object, server_default: object) -> bool:
    """Whether a column still holds what an empty profile begins with."""
    if not value:
        return True
    begins_with = getattr(server_default, "arg", None)
    return value == begins_with or (isinstance(value, list) and str(begins_with) == "'{de,en}'")
