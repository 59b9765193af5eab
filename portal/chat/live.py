"""What readers are told when a conversation changes: the visitor's widget and every open inbox.

Each change goes to two topics of the workshop: the conversation's own, which the widget of that
visitor reads, and the inbox. Events are hints; whoever missed one reads the database.
"""

from datetime import datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

import msgspec

from portal.chat.models import Author, Completeness, Conversation, Message, State
from portal.chat.moments import soon
from portal.chat.priorities import place_of
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.glances import Glance
from portal.tenants.boundary import tell

INBOX = "inbox"


def topic_of(conversation_id: UUID) -> str:
    return f"conversation:{conversation_id}"


class MessageShown(msgspec.Struct, omit_defaults=True, kw_only=True):
    """A message as the widget, the inbox and the REST API show it."""

    message_id: UUID
    seq: int
    author: Author
    text: str
    created_at: str
    name: str = ""
    cards: list[dict[str, Any]] = []
    sources: list[dict[str, Any]] = []
    client_id: UUID | None = None
    is_partial: bool = False

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.created_at)


class MessageForStaff(MessageShown, omit_defaults=True, kw_only=True):
    """The same with its German translation, where there is one; the widget is not told it."""

    translation: str = ""
    is_note: ClassVar[bool] = False


class NoteShown(msgspec.Struct, kw_only=True):
    """What colleagues tell each other, between the messages behind which it was written."""

    is_note: ClassVar[bool] = True

    note_id: UUID
    after_seq: int
    text: str
    name: str
    created_at: str

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.created_at)


class StateShown(msgspec.Struct, omit_defaults=True):
    """Who answers. `name` is the person in state `human`, `note` a sentence for the visitor."""

    state: State
    name: str = ""
    note: str = ""


class Thread(msgspec.Struct, kw_only=True):
    """A conversation as one line of the inbox."""

    id: UUID
    state: State
    name: str
    locale: str
    preview: str
    preview_author: str
    unread: int
    last_message_at: datetime
    changed_at: datetime
    waiting_since: datetime | None
    assigned_to: UUID | None
    assigned_name: str
    handover_reason: str
    priority: int = 0
    is_upset: bool = False
    unanswered_since: datetime | None = None
    answer_due_at: datetime | None = None
    answer_spans: list[list[int]] = []
    visitor_read_seq: int = 0
    last_seq: int = 0

    @property
    def due(self) -> str:
        """Until when a person should have answered, as short as it can be said."""
        return soon(self.answer_due_at) if self.answer_due_at is not None else ""

    @property
    def place(self) -> str:
        """Sorts as text as `priorities.place_of` sorts as a number."""
        number = place_of(self.priority, self.unanswered_since, self.changed_at)
        return f"{number:018}"

    @property
    def number(self) -> str:
        """A short mark that tells visitors without a name apart."""
        return self.id.hex[-4:].upper()


class ToWidget(msgspec.Struct, omit_defaults=True):
    """An event on a conversation's topic. `seq` is there for messages only."""

    event: Literal["message", "state", "typing"]
    data: Any
    seq: int = 0


class ToInbox(msgspec.Struct, omit_defaults=True):
    """An event on the inbox topic: always with the line of the list as it is now."""

    event: Literal["message", "state", "typing", "read", "seen", "note", "translated", "erased"]
    thread: Thread
    message: MessageForStaff | None = None
    note: NoteShown | None = None
    name: str = ""


def tell_message(db: Db | Glance, conversation: Any, message: Message) -> None:
    """`conversation` may be a row that has its `LINE`."""
    shown = message_shown(message)
    _to_widget(db, conversation, ToWidget("message", shown, message.seq))
    for_staff = message_for_staff(message)
    _to_inbox(db, ToInbox("message", thread_of(conversation), message=for_staff))


def tell_state(db: Db, conversation: Conversation, *, note: str = "") -> None:
    _to_widget(db, conversation, ToWidget("state", state_shown(conversation, note=note)))
    _to_inbox(db, ToInbox("state", thread_of(conversation)))


def tell_typing(db: Db, conversation: Conversation, name: str) -> None:
    _to_widget(db, conversation, ToWidget("typing", {"name": name}))
    _to_inbox(db, ToInbox("typing", thread_of(conversation), name=name))


def tell_visitor_types(db: Db, conversation: Conversation) -> None:
    """To the team alone: the visitor knows."""
    _to_inbox(db, ToInbox("typing", thread_of(conversation)))


def tell_seen(db: Db, conversation: Conversation) -> None:
    _to_inbox(db, ToInbox("seen", thread_of(conversation)))


def tell_note(db: Db, conversation: Conversation, note: NoteShown) -> None:
    """To the inbox alone: the conversation's own topic, which the widget reads, hears nothing."""
    _to_inbox(db, ToInbox("note", thread_of(conversation), note=note))


def tell_read(db: Db, conversation: Conversation) -> None:
    _to_inbox(db, ToInbox("read", thread_of(conversation)))


def tell_erased(db: Db, conversation: Conversation) -> None:
    _to_widget(db, conversation, ToWidget("state", state_shown(conversation)))
    _to_inbox(db, ToInbox("erased", thread_of(conversation)))


def tell_translated(db: Db, conversation: Conversation, message: Message) -> None:
    for_staff = message_for_staff(message)
    _to_inbox(db, ToInbox("translated", thread_of(conversation), message=for_staff))


def message_for_staff(message: Message) -> MessageForStaff:
    shown = msgspec.structs.asdict(message_shown(message))
    return MessageForStaff(**shown, translation=message.translation)


def message_shown(message: Message) -> MessageShown:
    return MessageShown(
        message_id=message.id,
        seq=message.seq,
        author=message.author,
        text=message.text,
        created_at=clock.rfc3339(message.created_at),
        name=message.staff_name,
        cards=message.cards,
        sources=message.sources,
        client_id=message.client_id if message.author == Author.VISITOR else None,
        is_partial=message.state == Completeness.PARTIAL,
    )


def state_shown(conversation: Any, *, note: str = "") -> StateShown:
    is_human = conversation.state == State.HUMAN
    return StateShown(
        State(conversation.state), conversation.assigned_name if is_human else "", note
    )


LINE = (
    "id",
    "state",
    "visitor_name",
    "locale",
    "preview",
    "preview_author",
    "unread",
    "last_message_at",
    "changed_at",
    "waiting_since",
    "assigned_to",
    "assigned_name",
    "handover_reason",
    "priority",
    "is_upset",
    "unanswered_since",
    "answer_due_at",
    "answer_spans",
    "visitor_read_seq",
    "last_seq",
)
"""The columns of which a line is made."""


def thread_of(conversation: Any) -> Thread:
    """From a conversation, or a row that has its `LINE`."""
    return Thread(
        id=conversation.id,
        state=State(conversation.state),
        name=conversation.visitor_name,
        locale=conversation.locale,
        preview=conversation.preview,
        preview_author=conversation.preview_author,
        unread=conversation.unread,
        last_message_at=conversation.last_message_at,
        changed_at=conversation.changed_at,
        waiting_since=conversation.waiting_since,
        assigned_to=conversation.assigned_to,
        assigned_name=conversation.assigned_name,
        handover_reason=conversation.handover_reason,
        priority=conversation.priority,
        is_upset=conversation.is_upset,
        unanswered_since=conversation.unanswered_since,
        answer_due_at=conversation.answer_due_at,
        answer_spans=conversation.answer_spans,
        visitor_read_seq=conversation.visitor_read_seq,
        last_seq=conversation.last_seq,
    )


def _to_widget(db: Db | Glance, conversation: Any, event: ToWidget) -> None:
    tell(db, topic_of(conversation.id), msgspec.json.encode(event))


def _to_inbox(db: Db | Glance, event: ToInbox) -> None:
    tell(db, INBOX, msgspec.json.encode(event))
