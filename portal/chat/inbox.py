"""The inbox: conversations as lines, filtered, searched and counted."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from portal.chat import live
from portal.chat.live import Thread
from portal.chat.models import OPEN, Conversation, Message, State
from portal.kit import clock
from portal.kit.db import Db
from portal.tenants.callers import Member

PAGE = 40
SEARCH_BACK = timedelta(days=366)
MOST_FOUND = 500


class Show(StrEnum):
    """What the list shows; each name is a filter of the page."""

    OPEN = "open"
    WAITING = "waiting"
    MINE = "mine"
    CLOSED = "closed"


class Counts(msgspec.Struct):
    """`unread`: conversations in which a person has not seen the visitor's last word.

    `newest`: when anything changed last; what happens after it, the live stream tells.
    """

    open: int
    waiting: int
    mine: int
    unread: int
    newest: datetime | None


class Lines(msgspec.Struct):
    """A page of the list, newest change first; `next` begins the page after it."""

    items: list[Thread]
    next: str | None = None


async def lines(
    db: Db, member: Member, show: Show, *, q: str = "", before: str = "", limit: int = PAGE
) -> Lines:
    query = _shown(select(Conversation), member, show)
    if q.strip():
        query = query.where(_contains(q.strip()))
    if before:
        query = query.where(_behind(before))
    ordered = query.order_by(Conversation.changed_at.desc(), Conversation.id.desc())
    found = (await db.scalars(ordered.limit(limit + 1))).all()
    return _page(list(found), limit)


async def counts(db: Db, member: Member) -> Counts:
    mine = Conversation.assigned_to == member.id
    query = (
        select(
            func.count(),
            func.count().filter(Conversation.state == State.WAITING),
            func.count().filter(mine),
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
        return thread.state == State.WAITING
    return show is Show.OPEN or thread.assigned_to == member_id


def _shown(query: Select[Conversation], member: Member, show: Show) -> Select[Conversation]:
    present = query.where(Conversation.erased_at.is_(None))
    if show is Show.CLOSED:
        return present.where(Conversation.state == State.CLOSED)
    if show is Show.WAITING:
        return present.where(Conversation.state == State.WAITING)
    still_open = present.where(Conversation.state.in_(OPEN))
    return (
        still_open.where(Conversation.assigned_to == member.id)
        if show is Show.MINE
        else (still_open)
    )


def _contains(words: str) -> ColumnElement[bool]:
    """In a name, a contact, or what was said in the last year."""
    pattern = f"%{_literally(words)}%"
    said = (
        select(Message.conversation_id)
        .where(Message.created_at >= clock.now() - SEARCH_BACK, Message.text.ilike(pattern))
        .limit(MOST_FOUND)
    )
    columns = (Conversation.visitor_name, Conversation.email, Conversation.phone)
    return or_(Conversation.id.in_(said), *(column.ilike(pattern) for column in columns))


def _literally(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _behind(cursor: str) -> ColumnElement[bool]:
    """A cursor that nobody made of ours begins at the end."""
    moment, _, mark = cursor.partition("_")
    try:
        changed_at, last = datetime.fromisoformat(moment), UUID(mark)
    except ValueError:
        return Conversation.id.is_(None)
    here = Conversation.changed_at == changed_at
    return or_(Conversation.changed_at < changed_at, and_(here, Conversation.id < last))


def _page(found: list[Conversation], limit: int) -> Lines:
    items = [live.thread_of(conversation) for conversation in found[:limit]]
    if len(found) <= limit:
        return Lines(items)
    return Lines(items, next=f"{items[-1].changed_at.isoformat()}_{items[-1].id}")
