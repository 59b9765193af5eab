"""A provider's answers to frequent questions, kept for when none answers.

Only what is true for everybody is kept: the first question of a conversation, without anything
that identifies somebody, answered from the workshop's frequent questions alone and checked on its
way out. The key holds the workshop, the language and the facts that the answer was made of: when a
text changes, its old answers are not found any more. Nothing but the answer is stored.
"""

import hashlib

import msgspec
from redis.exceptions import RedisError

from portal.chat.assistant.built_in import must_not_wait
from portal.chat.assistant.facts import Facts
from portal.chat.assistant.reading import Reading
from portal.chat.assistant.redact import redacted
from portal.chat.assistant.replies import Said
from portal.chat.assistant.speech import Question
from portal.kit.parts import Parts
from portal.tenants.boundary import channel

NAME = "kept answer"
PREFIX = "carbot:answer:"
KEPT_S = 7 * 24 * 3600
LONGEST_QUESTION = 300


def may_be_kept(known: Facts, reading: Reading, question: Question, said: Said) -> bool:
    """Whether the answer to this question would be the same for everybody."""
    is_first = all(turn.author == "assistant" for turn in question.turns)
    is_personal = (
        question.verified is not None
        or known.owned
        or known.history is not None
        or redacted(question.text) != question.text
    )
    is_timeless = known.free is None and {source.kind for source in said.sources} == {"faq"}
    is_short = len(question.text) <= LONGEST_QUESTION
    return is_first and is_timeless and is_short and not is_personal and not must_not_wait(reading)


async def keep(
    parts: Parts, known: Facts, reading: Reading, question: Question, answer: str
) -> None:
    """Losing it loses nothing."""
    if redacted(answer) != answer:
        return
    try:
        await parts.redis.set(_key(known, reading, question), answer.encode(), ex=KEPT_S)
    except RedisError:
        return


async def find(parts: Parts, known: Facts, reading: Reading, question: Question) -> str | None:
    try:
        kept = await parts.redis.get(_key(known, reading, question))
    except RedisError:
        return None
    return str(kept, "utf-8") if isinstance(kept, bytes) else kept


def _key(known: Facts, reading: Reading, question: Question) -> str:
    content = msgspec.json.encode(
        (
            question.locale,
            (reading.words, reading.spoken),
            known.about,
            [(found.entry.question, found.entry.answer) for found in known.found],
            known.offers,
        )
    )
    digest = hashlib.sha256(content).hexdigest()[:40]
    return f"{PREFIX}{channel(question.workshop_id, digest)}"
