"""`faq_search`: the workshop's own answers to frequent questions."""

import msgspec

from portal.chat.assistant.facts import ANSWERS
from portal.chat.assistant.tools.using import Using
from portal.content.search import find_answers
from portal.kit.db import Db

NAME = "faq_search"
DESCRIPTION = "The workshop's own answers to frequent questions. Search in German or English."


class Arguments(msgspec.Struct):
    question: str


class Answer(msgspec.Struct, frozen=True):
    question: str
    answer: str


class Answers(msgspec.Struct, frozen=True):
    """The best first; none when no text of the workshop fits."""

    answers: tuple[Answer, ...]


async def use(db: Db, using: Using, arguments: Arguments) -> Answers:
    found = await find_answers(db, arguments.question[:300], using.reading.language, ANSWERS)
    using.learn(found=(*using.facts.found, *found))
    return Answers(tuple(Answer(one.entry.question, one.entry.answer) for one in found))
