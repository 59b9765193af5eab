"""From which state a conversation goes to which: one table, one function that changes a state.

The database knows the same table (`check_conversation_move`), and lets no message of the
assistant in while the conversation is not its own (`check_speaker`).
"""

from datetime import datetime

from portal.chat.models import Conversation, State
from portal.kit import clock
from portal.kit.errors import N_, Problem

MOVES: dict[State, frozenset[State]] = {
    State.BOT: frozenset({State.WAITING, State.HUMAN, State.CLOSED}),
    State.WAITING: frozenset({State.HUMAN, State.BOT, State.CLOSED}),
    State.HUMAN: frozenset({State.WAITING, State.BOT, State.CLOSED}),
    State.CLOSED: frozenset({State.BOT, State.WAITING, State.HUMAN}),
}


class MoveNotAllowed(Problem):
    status, code = 409, "STATE_CONFLICT"
    title = N_("The conversation is in another state by now.")


def move(conversation: Conversation, to: State, *, at: datetime | None = None) -> None:
    """The only place that changes a state; the row must be locked. Raises `MoveNotAllowed`."""
    if to not in MOVES[State(conversation.state)]:
        raise MoveNotAllowed
    moment = at or clock.now()
    if conversation.state == State.CLOSED:
        begin_turn(conversation)
    conversation.state = to
    conversation.changed_at = moment
    conversation.waiting_since = moment if to == State.WAITING else None
    conversation.closed_at = moment if to == State.CLOSED else None
    if to in {State.BOT, State.CLOSED}:
        _nobody_is_awaited(conversation)
    if to == State.BOT:
        conversation.handover_reason = ""


def begin_turn(conversation: Conversation) -> None:
    """What was settled stays settled: who answers next starts from here, not from an old wish."""
    conversation.turn += 1
    conversation.turn_began_seq = conversation.last_seq
    conversation.assigned_to, conversation.assigned_name = None, ""


def _nobody_is_awaited(conversation: Conversation) -> None:
    conversation.failures = 0
    answered(conversation)


def answered(conversation: Conversation) -> None:
    """A person has answered, or none is owed an answer any more: the clock stops."""
    conversation.priority, conversation.is_upset = 0, False
    conversation.unanswered_since = conversation.answer_due_at = None
    conversation.answer_spans = []
