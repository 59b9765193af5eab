"""Questions to the assistant, and what came of them."""

from collections.abc import Sequence
from contextlib import aclosing, contextmanager
from datetime import datetime
from typing import Any

from portal.ai.desk import Desk, desk_of, seat
from portal.chat.assistant import (
    Card,
    Delta,
    Done,
    Event,
    HandOver,
    Question,
    Turn,
    answer,
    built_in,
    facts,
)
from portal.chat.assistant.reading import Reading
from portal.chat.assistant.replies import Said
from portal.kit.clock import BERLIN
from portal.kit.db import new_id
from portal.kit.parts import Parts
from portal.tenants.boundary import inside
from tests.makers.shops import Shop

FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=BERLIN)
"""Both workshops are open then."""


def question(shop: Shop, text: str, **more: Any) -> Question:
    facts = {"locale": "de", "now": FRIDAY, "conversation_id": new_id()} | more
    return Question(workshop_id=shop.id, text=text, **facts)


async def built_in_reply(parts: Parts, shop: Shop, text: str, **more: Any) -> tuple[Said, Reading]:
    """What the built-in assistant says, without streaming."""
    async with inside(parts, shop.id) as db:
        known, reading = await facts.load(db, question(shop, text, **more))
    known = await facts.spoken(parts, shop.id, known, reading.voice)
    return built_in.reply(known, reading), reading


async def facts_of(parts: Parts, shop: Shop, text: str, **more: Any) -> facts.Facts:
    """What an answer to this may be made of."""
    async with inside(parts, shop.id) as db:
        return (await facts.load(db, question(shop, text, **more)))[0]


class Heard:
    """The events of one answer, sorted."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.events = list(events)
        self.text = "".join(event.text for event in events if isinstance(event, Delta))
        self.cards = [event for event in events if isinstance(event, Card)]
        self.hand_over = next((e.reason for e in events if isinstance(e, HandOver)), None)
        last = events[-1]
        assert isinstance(last, Done)
        self.done = last


async def hear(parts: Parts, asked: Question) -> Heard:
    async with aclosing(answer(parts, asked)) as events:
        return Heard([event async for event in events])


@contextmanager
def staffed(parts: Parts, *providers: Any):
    """These providers sit at the desk for a while."""
    before = desk_of(parts)
    seat(parts, Desk(providers))
    try:
        yield
    finally:
        seat(parts, before)


def turns(*texts: str) -> list[Turn]:
    """Visitor and assistant in turn, the visitor first."""
    authors = ("visitor", "assistant")
    return [Turn(authors[place % 2], text) for place, text in enumerate(texts)]
