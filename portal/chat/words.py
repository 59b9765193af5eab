"""The words of a conversation, stored so that a search under row-level security finds an index.

Only `=` and ranges of text reach one there; a pattern over all messages would read all of them.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, and_, false, select, union, union_all
from sqlalchemy import text as sql

from portal.chat.models import Author, Conversation, Message
from portal.chat.models_inbox import ConversationNote, ConversationWord
from portal.content.folding import folded
from portal.kit.db import Db, new_id
from portal.vehicles.search import meanings
from portal.vehicles.search_keys import phone_key

LONGEST, SHORTEST = 60, 2
MOST_KEPT = 400
MOST_SOUGHT = 5
BATCH = 10
"""Conversations that are indexed in one transaction: nobody in them waits long for it."""
_WORD = re.compile(r"[^\W_]+")
_BEFORE_DIGITS = re.compile(r"(?<=\d)[-/ ](?=\d)")
_PLATE = re.compile(r"\b[a-z]{1,3}[-. ]?[a-z]{1,2}[-. ]?[0-9]{1,4}[eh]?\b")
_PHONE = re.compile(r"(?:\+|\b0|\(0)[0-9][0-9 ()/.-]{4,18}[0-9]")
_LONGEST_PLATE = 12
_LAST = "\U0010ffff"
_KEEP = sql("""
insert into conversation_words (id, conversation_id, word)
select u.id, :conversation, u.word
  from unnest(cast(:ids as uuid[]), cast(:words as text[])) as u(id, word)
on conflict do nothing
""")


def words_of(text: str) -> list[str]:
    """Folded words without repetition; numbers of phones and plates also in one way of writing."""
    plain = folded(text)
    found = _WORD.findall(plain)
    joined = _WORD.findall(_BEFORE_DIGITS.sub("", plain))
    plates = (_together(plate) for plate in _PLATE.findall(plain))
    phones = (phone_key(phone) or "" for phone in _PHONE.findall(text))
    every = (*found, *joined, *plates, *(phone.removeprefix("+") for phone in phones))
    kept = dict.fromkeys(w[:LONGEST] for w in every if len(w) >= SHORTEST)
    return list(kept)[:MOST_KEPT]


async def note(db: Db, conversation_id: UUID, text: str) -> None:
    """Whoever seeks one of these words finds this conversation."""
    await _keep(db, conversation_id, words_of(text))


async def _keep(db: Db, conversation_id: UUID, words: Iterable[str]) -> None:
    kept = list(words)
    if kept:
        ids = [new_id() for _ in kept]
        await db.execute(_KEEP, {"conversation": conversation_id, "ids": ids, "words": kept})


async def index(db: Db, after: UUID | None) -> UUID | None:
    """Note the words of the next conversations behind `after`; the last of them, None at the end.

    For what was said before words were kept. Doing it twice changes nothing.
    """
    query = select(Conversation).where(Conversation.erased_at.is_(None))
    if after is not None:
        query = query.where(Conversation.id > after)
    # Locked, so that none of them is erased meanwhile.
    query = query.order_by(Conversation.id).limit(BATCH).with_for_update(read=True)
    found = (await db.scalars(query)).all()
    texts = {one.id: [f"{one.visitor_name} {one.email} {one.phone}"] for one in found}
    for conversation_id, text in await db.execute(_said_in(texts)):
        texts[conversation_id].append(text)
    for conversation_id, those in texts.items():
        await _keep(db, conversation_id, {word for text in those for word in words_of(text)})
    return found[-1].id if len(found) == BATCH else None


def _said_in(ids: Collection[UUID]) -> CompoundSelect[Any]:
    """What people said and noted in these conversations, the assistant not."""
    people = Message.author.in_((Author.VISITOR, Author.STAFF))
    said = select(Message.conversation_id, Message.text).where(people)
    noted = select(ConversationNote.conversation_id, ConversationNote.text)
    return union_all(
        said.where(Message.conversation_id.in_(ids)),
        noted.where(ConversationNote.conversation_id.in_(ids)),
    )


def has_words(text: str, conversation_id: Any) -> Any:
    """Whether a conversation has all these words, each at least as the beginning of one.

    A plate or a phone number is found however it was written, there and here.
    """
    sought: Sequence[str] = _WORD.findall(folded(text))[:MOST_SOUGHT]
    if not sought:
        return false()
    ways = [word for word in _in_one_way(text) if [word] != sought]
    if not ways:
        return and_(*(conversation_id.in_(_with(word)) for word in sought))
    # One set of conversations, so that the index and not the list is read first.
    apart = _with(sought[0]).intersect(*(_with(word) for word in sought[1:]))
    return conversation_id.in_(union(apart, *(_with(word) for word in ways)))


def _with(word: str) -> Select[Any]:
    return select(ConversationWord.conversation_id).where(
        ConversationWord.word >= word, ConversationWord.word < word + _LAST
    )


def _in_one_way(typed: str) -> list[str]:
    """What was typed as the one plate or the one number that it may be the beginning of."""
    phones = [phone.removeprefix("+") for phone in meanings(typed).phones]
    whole = _together(folded(typed))
    is_plate = len(whole) <= _LONGEST_PLATE and not whole.isalpha() and not whole.isdigit()
    return [*phones, *([whole] if is_plate else [])]


def _together(text: str) -> str:
    return "".join(_WORD.findall(text))
