"""Frequent questions: written, changed, put in order and put out of sight by staff."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from sqlalchemy import func, select

from portal.content import kindred
from portal.content.models import FaqEntry
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, FieldError, Invalid, NotFound
from portal.kit.outbox import later
from portal.kit.text import GUESTS, LANGUAGES, _
from portal.tenants.audit import note

LOCALES = (*LANGUAGES, *GUESTS)
"""Languages that texts are written and searched in."""
BY_STAFF = "staff"
MOST_ENTRIES = 500
LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_KEYWORD = 300, 4_000, 60
MOST_KEYWORDS = 40


class FaqNotFound(NotFound):
    code, title = "FAQ_NOT_FOUND", N_("We do not know this question.")


class FaqInvalid(Invalid):
    code, title = "FAQ_INVALID", N_("Please check what you typed.")


class TooManyEntries(Invalid):
    code, title = "TOO_MANY_FAQ_ENTRIES", N_("No more than 500 questions for each language.")


class FaqDraft(msgspec.Struct, kw_only=True):
    """What a form sends. `keywords` are separated by commas or lines."""

    question: str = ""
    answer: str = ""
    keywords: str = ""
    locale: str = "de"
    open_question: str = ""
    """The id of the visitor's question that this entry answers, or empty."""


async def of_locale(db: Db, locale: str) -> Sequence[FaqEntry]:
    """All entries of a language, hidden ones too, in the workshop's order."""
    query = select(FaqEntry).where(FaqEntry.locale == locale)
    return (await db.scalars(query.order_by(FaqEntry.position, FaqEntry.id))).all()


async def languages_of(db: Db) -> list[str]:
    """Those that texts are written in; German and English always."""
    written = set(await db.scalars(select(FaqEntry.locale).distinct()))
    return [locale for locale in LOCALES if locale in written or locale in LANGUAGES]


async def for_visitors(db: Db, locale: str) -> tuple[str, Sequence[FaqEntry]]:
    """What is shown, and in which language: German where the wanted one has nothing."""
    for language in dict.fromkeys((locale, "de")):
        found = [entry for entry in await of_locale(db, language) if entry.active]
        if found:
            return language, found
    return "de", []


async def get(db: Db, entry_id: UUID) -> FaqEntry:
    """Raises `FaqNotFound`."""
    found = await db.scalar(select(FaqEntry).where(FaqEntry.id == entry_id))
    if found is None:
        raise FaqNotFound
    return found


async def write(db: Db, draft: FaqDraft) -> FaqEntry:
    """A new entry, the last of its language. Raises `FaqInvalid`, `TooManyEntries`."""
    values = _values(draft)
    here = FaqEntry.locale == draft.locale
    count, last = (
        await db.execute(select(func.count(), func.max(FaqEntry.position)).where(here))
    ).one()
    if count >= MOST_ENTRIES:
        raise TooManyEntries
    entry = FaqEntry(locale=draft.locale, source=BY_STAFF, position=(last or 0) + 1, **values)
    db.add(entry)
    await db.flush()
    kindred.want(db)
    note(db, "faq.written", str(entry.id))
    if asked := _as_id(draft.open_question):
        later(db, "chat.settle_question", question_id=asked)
    return entry


def change(db: Db, entry: FaqEntry, draft: FaqDraft) -> None:
    """From now on no file and no Directus overwrites this entry. Raises `FaqInvalid`."""
    for name, value in _values(draft).items():
        setattr(entry, name, value)
    _touched(db, entry, "faq.changed")


def hide(db: Db, entry: FaqEntry) -> None:
    """Nobody is told this answer any more; it can be shown again."""
    entry.active = False
    _touched(db, entry, "faq.hidden")


def show(db: Db, entry: FaqEntry) -> None:
    entry.active = True
    _touched(db, entry, "faq.shown")


async def remove(db: Db, entry: FaqEntry) -> None:
    """What staff wrote is deleted; what came from elsewhere stays hidden, or it would return."""
    if entry.source == BY_STAFF:
        await db.delete(entry)
        note(db, "faq.removed", str(entry.id))
    else:
        hide(db, entry)


async def move(db: Db, entry: FaqEntry, *, up: bool) -> None:
    """One place up or down among the entries of its language."""
    entries = list(await of_locale(db, entry.locale))
    place = entries.index(entry)
    other = place - 1 if up else place + 1
    if 0 <= other < len(entries):
        entries[place], entries[other] = entries[other], entries[place]
    for position, one in enumerate(entries):
        one.position = position


def draft_of(entry: FaqEntry) -> FaqDraft:
    return FaqDraft(
        question=entry.question,
        answer=entry.answer,
        keywords=", ".join(entry.keywords),
        locale=entry.locale,
    )


def _as_id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _touched(db: Db, entry: FaqEntry, action: str) -> None:
    entry.edited_at = clock.now()
    kindred.want(db)
    note(db, action, str(entry.id))


def _values(draft: FaqDraft) -> dict[str, object]:
    question, answer = " ".join(draft.question.split()), draft.answer.strip()
    keywords = list(dict.fromkeys(_split(draft.keywords)))
    errors = [
        *_length("question", question, LONGEST_QUESTION),
        *_length("answer", answer, LONGEST_ANSWER),
    ]
    if len(keywords) > MOST_KEYWORDS or any(len(one) > LONGEST_KEYWORD for one in keywords):
        sentence = _("At most 40 search words of up to 60 characters.")
        errors.append(FieldError("keywords", "TOO_LONG", sentence))
    if draft.locale not in LOCALES:
        errors.append(FieldError("locale", "UNKNOWN", _("Please choose a language.")))
    if errors:
        raise FaqInvalid(errors=errors)
    return {"question": question, "answer": answer, "keywords": keywords}


def _length(field: str, value: str, longest: int) -> list[FieldError]:
    if not value:
        return [FieldError(field, "REQUIRED", _("Please fill this in."))]
    if len(value) > longest or "\0" in value:
        sentence = _("No more than %(count)s characters.", count=longest)
        return [FieldError(field, "TOO_LONG", sentence)]
    return []


def _split(typed: str) -> list[str]:
    parts = typed.replace("\0", "").replace("\n", ",").split(",")
    return [word for part in parts if (word := " ".join(part.split()))]
