"""Texts from files: `cms/content/<slug>/profile.yaml`, `faq.de.yaml`, `faq.en.yaml`.

Loading twice changes nothing. What staff changed stays as they left it, and an entry that left
the file is put out of sight.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy import select

from portal.content.models import FaqEntry
from portal.kit.clock import now
from portal.kit.db import Db
from portal.tenants import workshops
from portal.tenants.models import Profile

FROM_FILE = "file"
LOCALES = ("de", "en")

T = TypeVar("T")


class ContentUnreadable(Exception):
    """A file of texts does not have the expected shape; the text names file and place."""


class FaqInFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    question: str
    answer: str
    keywords: list[str] = []


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
    wanted = {entry.id: entry for entry in read_file(path, list[FaqInFile])}
    query = select(FaqEntry).where(FaqEntry.locale == locale, FaqEntry.source == FROM_FILE)
    known = {entry.source_id: entry for entry in await db.scalars(query)}
    for position, (source_id, entry) in enumerate(wanted.items()):
        values = {
            "question": entry.question,
            "answer": entry.answer.strip(),
            "keywords": entry.keywords,
            "position": position,
            "active": True,
        }
        row = known.get(source_id)
        if row is None:
            db.add(FaqEntry(locale=locale, source=FROM_FILE, source_id=source_id, **values))
        elif row.edited_at is None:
            _set(row, values)
    for row in known.values():
        if row.source_id not in wanted and row.edited_at is None:
            row.active = False
    await db.flush()


def edit(entry: FaqEntry, **values: object) -> None:
    """A change by staff: from now on no file overwrites this entry."""
    _set(entry, values)
    entry.edited_at = now()


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
