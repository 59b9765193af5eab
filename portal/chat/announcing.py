"""What other programs are told of conversations and tasks: that it happened, not what was said."""

from portal.chat.models import Conversation
from portal.chat.models_inbox import ConciergeTask
from portal.kit import clock
from portal.kit.db import Db
from portal.webhooks import announcements


async def handed_over(db: Db, conversation: Conversation) -> None:
    due = conversation.answer_due_at
    await announcements.announce(
        db,
        "conversation.handed_over",
        {
            "id": str(conversation.id),
            "reason": conversation.handover_reason,
            "answer_due_at": clock.rfc3339(due) if due else None,
        },
    )


async def closed(db: Db, conversation: Conversation) -> None:
    await announcements.announce(db, "conversation.closed", {"id": str(conversation.id)})


async def task(db: Db, event: str, one: ConciergeTask) -> None:
    """`event`: `task.created` or `task.moved`."""
    body = {
        "id": str(one.id),
        "kind": one.kind,
        "priority": one.priority,
        "state": one.state,
        "conversation_id": str(one.conversation_id) if one.conversation_id else None,
    }
    await announcements.announce(db, event, body)
