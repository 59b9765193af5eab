"""The inbox: conversations as lines, filtered, searched and counted."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from portal.chat import live, words
from portal.chat.live import Thread
from portal.chat.models import OPEN, Conversation, State
from portal.chat.priorities import place_column
from portal.kit.db import Db
from portal.tenants.callers import Member

PAGE = 40
_FARTHEST = 2**63 - 1
NEEDS_PERSON = (State.WAITING, State.HUMAN)


_COLUMNS = tuple(getattr(Conversation, name) for name in live.LINE)
"""A line needs no whole row of the ORM: forty of them were a fifth of the page's time."""


class Show(StrEnum):
    """What the list shows; each name is a filter of the page."""

    OPEN = "open"
    WAITING = "waiting"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    CLOSED = "closed"


class Counts(msgspec.Struct):
    """`unread`: conversations in which a person has not seen the visitor's last word.

    `newest`: when anything changed last; what happens after it, the live stream tells.
    """

    open: int
    waiting: int
    mine: int
    unassigned: int
    unread: int
    newest: datetime | None


class Lines(msgspec.Struct):
    """A page of the list, the urgent first; `next` begins the page after it."""

    items: list[Thread]
    next: str | None = None


async def lines(
    db: Db, member: Member, show: Show, *, q: str = "", before: str = "", limit: int = PAGE
) -> Lines:
    query = _shown(select(*_COLUMNS), member, show)
    if q.strip():
        query = query.where(words.has_words(q, Conversation.id))
    if before:
        query = query.where(_behind(before, show))
    ordered = query.order_by(_place(show).desc(), Conversation.id.desc())
    found = (await db.execute(ordered.limit(limit + 1))).all()
    return _page(found, limit)


async def counts(db: Db, member: Member) -> Counts:
    mine = Conversation.assigned_to == member.id
    query = (
        select(
            func.count(),
            func.count().filter(Conversation.unanswered_since.is_not(None)),
            func.count().filter(mine),
            func.count().filter(_is_unassigned()),
            func.count().filter(Conversation.unread > 0),
            select(func.max(Conversation.changed_at)).scalar_subquery(),
        )
        .select_from(Conversation)
        .where(Conversation.state.in_(OPEN), Conversation.erased_at.is_(None))
    )
    return Counts(*(await db.execute(query)).one())


def matches(thread: Thread, member_id: UUID, show: Show) -> bool:
    """The same as the list's condition, for a line that has just changed."""
    if show is Show.CLOSED:
        return thread.state == State.CLOSED
    if thread.state == State.CLOSED:
        return False
    if show is Show.WAITING:
        return thread.unanswered_since is not None
    if show is Show.UNASSIGNED:
        return thread.state in NEEDS_PERSON and thread.assigned_to is None
    return show is Show.OPEN or thread.assigned_to == member_id


def _shown(query: Select[Any], member: Member, show: Show) -> Select[Any]:
    present = query.where(Conversation.erased_at.is_(None))
    if show is Show.CLOSED:
        return present.where(Conversation.state == State.CLOSED)
    still_open = present.where(Conversation.state.in_(OPEN))
    if show is Show.WAITING:
        return still_open.where(Conversation.unanswered_since.is_not(None))
    if show is Show.MINE:
        return still_open.where(Conversation.assigned_to == member.id)
    return still_open.where(_is_unassigned()) if show is Show.UNASSIGNED else still_open


def _is_unassigned() -> ColumnElement[bool]:
    return and_(Conversation.state.in_(NEEDS_PERSON), Conversation.assigned_to.is_(None))


def _place(show: Show) -> Any:
    """What is over has no urgency left: there the index of changes gives the order."""
    return Conversation.changed_at if show is Show.CLOSED else place_column()


def _behind(cursor: str, show: Show) -> ColumnElement[bool]:
    """A cursor that nobody made of ours begins at the end."""
    place, _, mark = cursor.partition("_")
    try:
        here: Any = min(max(int(place), -_FARTHEST), _FARTHEST)
        if show is Show.CLOSED:
            here = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=here)
        last = UUID(mark)
    except (ValueError, OverflowError):
        return Conversation.id.is_(None)
    column = _place(show)
    return or_(column < here, and_(column == here, Conversation.id < last))


def _page(found: Sequence[Any], limit: int) -> Lines:
    items = [live.thread_of(conversation) for conversation in found[:limit]]
    if len(found) <= limit:
        return Lines(items)
    return Lines(items, next=f"{items[-1].place}_{items[-1].id}")
