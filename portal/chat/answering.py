"""One answer on its way from the assistant to the visitor.

The assistant runs in a task of its own, outside any transaction and without a database
connection; what it says waits in a mailbox until the visitor's stream takes it. When the visitor
goes, the task is cancelled, which ends the provider's stream, and keeps what was said.
"""

import asyncio
from contextlib import aclosing, suppress
from time import monotonic
from typing import Any, cast

import msgspec
import structlog

from portal.ai import budgets
from portal.ai.calls import Call, Purpose, Result, note
from portal.ai.tabs import Tab
from portal.chat import answers, assistant, conversations, live, undisturbed
from portal.chat.answers import Said
from portal.chat.assistant import Calling, Card, Delta, Done, Event, HandOver, Known
from portal.chat.messages import Received
from portal.chat.models import Author, State
from portal.kit.channels import Ear
from portal.kit.db import Db
from portal.kit.errors import Unavailable, body_of
from portal.kit.glances import Glance
from portal.kit.parts import Parts
from portal.kit.streams import HEARTBEAT, HEARTBEAT_S, Frames, frame
from portal.tenants.boundary import channel, glancing, inside

log = structlog.get_logger()

LONGEST_S = 120.0
"""Seconds after which an answer is given up; the assistant has its own, shorter limits."""
RENEW_EVERY_S = 10.0
AT_ONCE = frozenset({"asked", "safety", "complaint"})
"""Reasons that hand over now; any other only offers a person."""


class Answering:
    """The answer to a stored message, which somebody has to ask for."""

    def __init__(self, parts: Parts, received: Received, known: Known | None = None) -> None:
        assert received.question is not None  # noqa: S101  # only who shall answer makes one
        question, reservation = received.question, received.reservation
        self._parts = parts
        self._question = question
        self._message = received.message
        self._tab = Tab(parts, question.workshop_id, reservation) if reservation else None
        self._known = known
        self._has_asked = asyncio.Event()
        self._said = Said()
        self._calls: list[Call] = []
        self._mailbox: list[bytes] = []
        self._news = asyncio.Event()
        self._is_read = asyncio.Event()
        self._is_running = self._is_over = self._is_let_go = False
        self._was_overruled = False
        self._began = self._renewed = monotonic()
        self._task: asyncio.Task[None] | None = None
        self._end: asyncio.Task[bytes] | None = None
        self._failed: asyncio.Task[None] | None = None

    def begin(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="answer")

    async def asked(self) -> None:
        """Begins; waits until a provider has been asked, or something is said without one."""
        self.begin()
        await self._has_asked.wait()

    def let_go(self) -> None:
        """Nobody waits for this answer: its provider is left, and what it has cost so far is paid.

        Once only: a second cancellation would hit the payment.
        """
        if self._is_let_go:
            return
        self._is_let_go = True
        if self._task is not None:
            self._task.cancel()
        if not self._is_running:
            # What is cancelled before its first step never takes one.
            self._task = asyncio.create_task(self._leave(), name="answer")
            self._is_over = True
            self._has_asked.set()
            self._news.set()

    async def frames(self) -> Frames:
        """`delta`s and `card`s as they come, then `done` or `error`."""
        self.begin()
        self._is_read.set()
        loop, beat = asyncio.get_running_loop(), None
        try:
            while not self._is_over or self._mailbox:
                if not self._news.is_set():
                    # One timer for many tokens: it looks whether anything came since it was set.
                    beat = beat or loop.call_later(HEARTBEAT_S, self._news.set)
                    await self._news.wait()
                self._news.clear()
                waiting = b"".join(self._mailbox)
                self._mailbox.clear()
                if beat is not None and beat.when() <= loop.time():
                    beat, waiting = None, waiting or HEARTBEAT
                if waiting:
                    yield waiting
        finally:
            if beat is not None:
                beat.cancel()
            self.let_go()

    async def _run(self) -> None:
        name = channel(self._question.workshop_id, live.topic_of(self._question.conversation_id))
        self._is_running = True
        try:
            async with self._parts.hub.listen(name) as moves, asyncio.timeout(LONGEST_S):
                await self._listen(moves)
            # Whoever reads the answer has been told of the message: its event comes first.
            await self._is_read.wait()
            self._put(await asyncio.shield(self._finishing()))
        except asyncio.CancelledError:
            await self._leave()
            raise
        except Exception:
            log.exception("no answer", conversation=str(self._question.conversation_id))
            await asyncio.shield(self._failing())
            self._put(frame("error", body_of(Unavailable(), "/widget/v1/messages")))
        finally:
            self._is_over = True
            self._has_asked.set()
            self._news.set()

    async def _listen(self, moves: Ear) -> None:
        known = {"known_before": self._known} if self._known else {}
        paid = {"tab": self._tab} if self._tab else {}
        events = cast("Any", assistant.answer)(self._parts, self._question, **known, **paid)
        async with aclosing(events):
            async for event in events:
                if _a_person_speaks(moves.take()):
                    self._was_overruled = True
                    return
                self._take(event)
                if monotonic() - self._renewed > RENEW_EVERY_S:
                    await self._renew()

    def _take(self, event: Event) -> None:
        if not self._has_asked.is_set():
            # A request to a provider leaves with the next step of its code, before ours goes on.
            asyncio.get_running_loop().call_soon(self._has_asked.set)
        if isinstance(event, Delta):
            self._said.text += event.text
            self._put(frame("delta", {"text": event.text}))
        elif isinstance(event, Card):
            card = {"kind": event.kind, **event.data}
            self._said.cards.append(card)
            self._put(frame("card", card))
        elif isinstance(event, HandOver):
            self._said.handover = event.reason if event.reason in AT_ONCE else ""
            self._said.found_nothing = event.reason not in AT_ONCE
        elif isinstance(event, Calling):
            self._calls = event.calls
        else:
            self._said.text = event.text
            self._said.done = event
            self._calls = event.calls

    def _put(self, chunk: bytes) -> None:
        self._mailbox.append(chunk)
        self._news.set()

    def _finishing(self) -> asyncio.Task[bytes]:
        """Begun once, and brought to its end whoever leaves: an answer is stored and paid once."""
        self._end = self._end or asyncio.create_task(self._finish(), name="end of an answer")
        return self._end

    async def _finish(self) -> bytes:
        """Store the answer and what it took, in one transaction; the `done` frame."""
        self._said.done = self._said.done or self._so_far()
        return await self._finish_undisturbed() or await self._finish_under_lock()

    async def _finish_undisturbed(self) -> bytes:
        """Empty, and nothing is stored, when there is more to do than to append the answer."""
        if self._was_overruled or self._said.found_nothing or self._said.handover:
            return b""
        message = undisturbed.message_of(
            self._question.conversation_id,
            self._message.seq + 1,
            Author.BOT,
            self._said.text,
            reply_to=self._message.message_id,
            sources=self._said.sources,
            cards=self._said.cards,
        )
        workshop_id = self._question.workshop_id
        # Of many answers of one workshop that end together none keeps others waiting.
        turn = self._parts.shares.one_for(workshop_id)
        async with turn, glancing(self._parts, workshop_id) as glance:
            line = await undisturbed.append(glance, message)
            if line is None:
                return b""
            await self._settle(glance, Result.ANSWERED)
            live.tell_message(glance, line, message)
        return done_frame(live.message_shown(message), live.state_shown(line))

    async def _finish_under_lock(self) -> bytes:
        conversation_id, message_id = self._question.conversation_id, self._message.message_id
        async with inside(self._parts, self._question.workshop_id) as db:
            stored: live.MessageShown | None = None
            if self._was_overruled:
                await answers.give_up(db, message_id)
                state = live.state_shown(await conversations.get(db, conversation_id))
            else:
                stored, state = await answers.answer(db, conversation_id, message_id, self._said)
            await self._settle(db, Result.ANSWERED if stored else Result.DROPPED)
        return done_frame(stored, state)

    async def _leave(self) -> None:
        """Cancelled: the visitor has gone, or the process ends."""
        if self._failed is not None:
            return
        if self._said.done is not None or self._end is not None:
            try:
                await asyncio.shield(self._finishing())
            except Exception:
                log.exception("no answer", conversation=str(self._question.conversation_id))
                await self._failing()
            return
        async with inside(self._parts, self._question.workshop_id) as db:
            await answers.keep_partial(
                db, self._question.conversation_id, self._message.message_id, self._said
            )
            await self._settle(db, Result.ABORTED)

    def _failing(self) -> asyncio.Task[None]:
        self._failed = self._failed or asyncio.create_task(self._fail(), name="end of an answer")
        return self._failed

    async def _fail(self) -> None:
        with suppress(Exception):
            async with inside(self._parts, self._question.workshop_id) as db:
                await answers.give_up(db, self._message.message_id)
                await self._settle(db, Result.FAILED)

    async def _settle(self, db: Db | Glance, result: Result) -> None:
        """The calls as they went; of an answer that came to nothing, the last one says so."""
        if not self._calls:
            self._calls = [Call(provider="unfinished", total_ms=self._so_far().latency_ms)]
        calls = self._calls
        if result is not Result.ANSWERED:
            calls[-1].result = result
        await note(db, calls, Purpose.CHAT, self._question.conversation_id)
        if self._tab is not None:
            await budgets.settle(db, self._tab.reservation, calls)

    async def _renew(self) -> None:
        self._renewed = monotonic()
        try:
            async with glancing(self._parts, self._question.workshop_id) as glance:
                await answers.renew(glance, self._message.message_id)
        except Exception:
            # The next one is due before the lease has ended.
            log.exception("lease not renewed", conversation=str(self._question.conversation_id))

    def _so_far(self) -> Done:
        """An answer without an end."""
        return Done(
            text=self._said.text,
            sources=[],
            provider="unfinished",
            latency_ms=round((monotonic() - self._began) * 1000),
        )


def replay(stored: live.MessageShown, state: live.StateShown) -> bytes:
    """A stored answer as the visitor would have seen it come."""
    cards = b"".join(frame("card", card) for card in stored.cards)
    return frame("delta", {"text": stored.text}) + cards + done_frame(stored, state)


def done_frame(stored: live.MessageShown | None, state: live.StateShown) -> bytes:
    """Without a `message_id` there is no answer: a person speaks, and what was said is void."""
    body: dict[str, Any] = {
        "message_id": stored.message_id if stored else None,
        "sources": stored.sources if stored else [],
    }
    if stored:
        body |= {"seq": stored.seq, "created_at": stored.created_at}
    return frame("done", body | msgspec.to_builtins(state))


def _a_person_speaks(moves: list[bytes]) -> bool:
    events = (msgspec.json.decode(body, type=live.ToWidget) for body in moves)
    return any(one.event == "state" and one.data["state"] != State.BOT for one in events)
