"""The words of a conversation, stored so that a search under row-level security finds an index.

Only `=` and ranges of text reach one there; a pattern over all messages would read all of them.
"""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, false, select
from sqlalchemy.dialects.postgresql import insert

from portal.chat.models_inbox import ConversationWord
from portal.content.folding import folded
from portal.kit.db import Db, new_id

LONGEST, SHORTEST = 60, 2
MOST_KEPT = 400
MOST_SOUGHT = 5
_WORD = re.compile(r"[^\W_]+")
_BEFORE_DIGITS = re.compile(r"(?<=\d)[-/ ](?=\d)")
_LAST = "\U0010ffff"


def words_of(text: str) -> list[str]:
    """Folded words without repetition; numbers of phones and plates also written together."""
    found = _WORD.findall(folded(text))
    joined = _WORD.findall(_BEFORE_DIGITS.sub("", folded(text)))
    kept = dict.fromkeys(w[:LONGEST] for w in (*found, *joined) if len(w) >= SHORTEST)
    return list(kept)[:MOST_KEPT]


async def note(db: Db, conversation_id: UUID, text: str) -> None:
    """Whoever seeks one of these words finds this conversation."""
    rows = [
        {"id": new_id(), "conversation_id": conversation_id, "word": word}
        for word in words_of(text)
    ]
    if rows:
        await db.execute(insert(ConversationWord).on_conflict_do_nothing(), rows)


def has_words(text: str, conversation_id: Any) -> Any:
    """Whether a conversation has all these words, each at least as the beginning of one."""
    sought: Sequence[str] = _WORD.findall(folded(text))[:MOST_SOUGHT]
    if not sought:
        return false()
    return and_(
        *(
            conversation_id.in_(
                select(ConversationWord.conversation_id).where(
                    ConversationWord.word >= word, ConversationWord.word < word + _LAST
                )
            )
            for word in sought
        )
    )
