"""The widget's two streams: the answer to a message, and everything that others say."""

from contextlib import aclosing
from time import monotonic

import msgspec

from portal.ai.budgets import Purse
from portal.chat import conversations, live, messages, threads
from portal.chat.answering import Answering, done_frame, replay
from portal.chat.conversations import ConversationNotFound
from portal.chat.forms import VisitorMessageForm
from portal.chat.messages import Received
from portal.kit.errors import Unavailable, body_of
from portal.kit.parts import Parts
from portal.kit.streams import HEARTBEAT, HEARTBEAT_S, Frames, frame
from portal.tenants.boundary import channel, inside
from portal.tenants.callers import Visitor

STREAM_LIFETIME_S = 3600.0
"""A stream ends after an hour and comes back through the door, where the token is judged again."""
OTHERS_ANSWER_S = 150.0


async def answer_frames(
    parts: Parts,
    visitor: Visitor,
    form: VisitorMessageForm,
    received: Received,
    purse: Purse | None,
    begun: Answering | None = None,
) -> Frames:
    """`accepted`, then the answer as it comes, the stored one, or silence."""
    shown = received.message
    accepted = {
        "message_id": shown.message_id,
        "seq": shown.seq,
        "created_at": shown.created_at,
        "state": received.state.state,
    }
    yield frame("accepted", accepted)
    if received.is_being_answered:
        async with aclosing(_followed(parts, visitor, form, purse)) as frames:
            async for chunk in frames:
                yield chunk
    else:
        async with aclosing(_answered(parts, received, begun)) as frames:
            async for chunk in frames:
                yield chunk


async def event_frames(parts: Parts, visitor: Visitor, last_seq: int | None) -> Frames:
    """What happens in the conversation; from `last_seq` on where the reader had been before."""
    name = channel(visitor.workshop_id, live.topic_of(visitor.subject))
    ends = monotonic() + STREAM_LIFETIME_S
    async with parts.hub.listen(name) as ear:
        first, seen = await _missed(parts, visitor, last_seq, with_state=True)
        yield b"retry: 2000\n\n" + first
        while monotonic() < ends:
            bodies = await ear.within(HEARTBEAT_S)
            if not bodies:
                yield HEARTBEAT
            for body in bodies:
                event = msgspec.json.decode(body, type=live.ToWidget)
                if event.event != "message":
                    yield frame(event.event, event.data)
                elif event.seq == seen + 1:
                    seen = event.seq
                    yield frame("message", event.data, id=seen)
                elif event.seq > seen:
                    chunk, seen = await _missed(parts, visitor, seen)
                    yield chunk


async def _answered(parts: Parts, received: Received, begun: Answering | None = None) -> Frames:
    if received.answer is not None:
        yield replay(received.answer, received.state)
    elif received.question is None:
        yield done_frame(None, received.state)
    else:
        answering = begun or Answering(parts, received)
        async with aclosing(answering.frames()) as frames:
            async for chunk in frames:
                yield chunk


async def _followed(
    parts: Parts, visitor: Visitor, form: VisitorMessageForm, purse: Purse | None
) -> Frames:
    """Another attempt of the same message fetches the answer: wait for it, or take its place."""
    name = channel(visitor.workshop_id, live.topic_of(visitor.subject))
    ends = monotonic() + OTHERS_ANSWER_S
    async with parts.hub.listen(name) as ear:
        while monotonic() < ends:
            async with inside(parts, visitor.workshop_id) as db:
                received = await messages.receive(
                    db,
                    visitor.subject,
                    form.client_id,
                    form.text,
                    purse=purse,
                    token_hash=visitor.token_hash,
                )
            if not received.is_being_answered:
                async with aclosing(_answered(parts, received)) as frames:
                    async for chunk in frames:
                        yield chunk
                return
            if not await ear.within(2):
                yield HEARTBEAT
    yield frame("error", body_of(Unavailable(), "/widget/v1/messages"))


async def _missed(
    parts: Parts, visitor: Visitor, seen: int | None, *, with_state: bool = False
) -> tuple[bytes, int]:
    """Messages behind `seen` as events, and the number of the last one."""
    try:
        async with inside(parts, visitor.workshop_id) as db:
            conversation = await conversations.get(db, visitor.subject)
            known = conversation.last_seq if seen is None else seen
            found = await threads.after(db, visitor.subject, known)
    except ConversationNotFound:
        return b"", seen or 0
    state = frame("state", live.state_shown(conversation)) if with_state else b""
    shown = [frame("message", live.message_shown(one), id=one.seq) for one in found]
    return state + b"".join(shown), found[-1].seq if found else known
