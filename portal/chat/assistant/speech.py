"""What goes into the assistant and what comes out of it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from portal.ai.calls import Call

Author = Literal["visitor", "assistant", "staff"]


class Turn(msgspec.Struct, frozen=True):
    """One earlier message of the conversation, oldest first in a list."""

    author: Author
    text: str


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """The visitor has proved to be this contact on file of this vehicle."""

    vehicle_id: UUID
    customer_id: UUID


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A visitor's message with what came before it.

    `locale` is the conversation's language; the answer may come in another (`language.voice_of`).
    `turns` do not contain `text` itself. `now` is an aware time. Without `budget_left` the
    built-in assistant answers, which costs nothing. `verified` is whose car may be spoken of,
    `names` are known to be the visitor's, and `book` is how the chat books in this conversation
    (`tools.book_appointment.Book`).
    """

    workshop_id: UUID
    conversation_id: UUID
    locale: str
    text: str
    now: datetime
    turns: list[Turn] = []
    budget_left: bool = True
    verified: Verified | None = None
    names: tuple[str, ...] = ()
    book: Callable[..., Awaitable[Any]] | None = None


class Source(msgspec.Struct, frozen=True):
    """Where a statement comes from: `kind` is `hours`, `service`, `faq`, `profile`, `rule`,
    `history` or `booking`.
    """

    kind: str
    label: str


class Delta(msgspec.Struct, frozen=True):
    """The next piece of text; all pieces joined are the text of `Done`."""

    text: str


class Card(msgspec.Struct, frozen=True):
    """A form or a thing to show below the text; `kind` as in the widget's contract."""

    kind: str
    data: dict[str, Any] = {}


class HandOver(msgspec.Struct, frozen=True):
    """The visitor wants, or should have, a person.

    `reason` is `asked`, `safety`, `complaint` (hand over now) or `unknown` (offer it).
    """

    reason: str


class Calling(msgspec.Struct, frozen=True):
    """A model is asked. `calls` grows and is filled in while it speaks, for whoever keeps books."""

    calls: list[Call]


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """The end, always the last event. `calls` is what was asked for it, the built-in one included.

    `provider` is who said the last word.
    """

    text: str
    sources: list[Source]
    provider: str
    calls: list[Call] = []
    latency_ms: int = 0

    @property
    def tokens_in(self) -> int:
        return sum(call.tokens_in for call in self.calls)

    @property
    def tokens_out(self) -> int:
        return sum(call.tokens_out for call in self.calls)

    @property
    def cost(self) -> float:
        """In euro."""
        return sum(call.micros for call in self.calls) / 1_000_000


Event = Delta | Card | HandOver | Calling | Done
