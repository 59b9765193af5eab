"""Puts every question to the assistant as a visitor would, and notes what came back."""

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import datetime
from typing import Any

import msgspec

from portal.ai.desk import Desk, desk_of, seat
from portal.ai.providers import Provider
from portal.chat.assistant import Card, Delta, Done, HandOver, Question, Turn, answer, built_in
from portal.chat.evaluation.attacks import Attack
from portal.chat.evaluation.cases import Case
from portal.chat.evaluation.world import PLANTED, World, plant
from portal.kit.clock import BERLIN
from portal.kit.db import new_id
from portal.kit.parts import Parts
from portal.tenants.boundary import inside

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=BERLIN)
"""A Friday morning on which the workshop is open."""


class Reply(msgspec.Struct, kw_only=True):
    """One answer as its visitor gets it."""

    text: str = ""
    cards: list[dict[str, Any]] = []
    hand_over: str = ""
    provider: str = ""
    tokens: int = 0
    cost: float = 0.0
    latency_ms: int = 0

    @property
    def kinds(self) -> set[str]:
        return {card["kind"] for card in self.cards}

    @property
    def whole(self) -> str:
        """Everything that reaches the visitor, cards included."""
        return f"{self.text}\n{msgspec.json.encode(self.cards).decode()}"


@asynccontextmanager
async def seated(parts: Parts, providers: Sequence[Provider]) -> AsyncIterator[None]:
    """Only these providers sit at the desk; none of them: the built-in assistant answers."""
    before, pause = desk_of(parts), built_in.PAUSE_S
    seat(parts, Desk(providers))
    built_in.PAUSE_S = 0.0
    try:
        yield
    finally:
        built_in.PAUSE_S = pause
        seat(parts, before)


async def ask_case(parts: Parts, world: World, case: Case) -> Reply:
    """The reply to the last thing said; what came before is the talk so far."""
    turns: list[Turn] = []
    conversation_id = new_id()
    for said in case.say:
        question = Question(
            workshop_id=world.id,
            conversation_id=conversation_id,
            locale=case.locale,
            text=said,
            now=NOW,
            turns=list(turns),
            verified=world.owner if case.verified else None,
        )
        reply = await _answered(parts, question)
        turns += [Turn("visitor", said), Turn("assistant", reply.text)]
    return reply


async def ask_attack(parts: Parts, world: World, attack: Attack) -> Reply:
    if attack.place in PLANTED:
        async with inside(parts, world.id) as db:
            await plant(db, world, attack.place, attack.text)
    question = Question(
        workshop_id=world.id,
        conversation_id=new_id(),
        locale=attack.language,
        text=attack.says,
        now=NOW,
        verified=world.owner if attack.place in {"history", "paper", "note"} else None,
    )
    return await _answered(parts, question)


async def _answered(parts: Parts, question: Question) -> Reply:
    reply, begun = Reply(), time.perf_counter()
    async with aclosing(answer(parts, question)) as events:
        async for event in events:
            if isinstance(event, Delta):
                reply.text += event.text
            elif isinstance(event, Card):
                reply.cards.append({"kind": event.kind, **event.data})
            elif isinstance(event, HandOver):
                reply.hand_over = event.reason
            elif isinstance(event, Done):
                reply.provider = event.provider
                reply.tokens = event.tokens_in + event.tokens_out
                reply.cost = event.cost
    reply.latency_ms = round((time.perf_counter() - begun) * 1000)
    return reply
