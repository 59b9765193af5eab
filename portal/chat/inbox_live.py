"""The inbox as it changes: each event becomes the pieces of the page that it touches."""

from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

import msgspec

from portal.chat import conversations, drawn, entries, inbox, live, presence
from portal.chat.conversations import ConversationNotFound
from portal.chat.inbox import Show
from portal.chat.live import ToInbox
from portal.chat.models import Author
from portal.kit import clock
from portal.kit.pages import rendered
from portal.kit.parts import Parts
from portal.kit.streams import HEARTBEAT, HEARTBEAT_S, Frames, html_frame
from portal.tenants import staff
from portal.tenants.boundary import channel, inside
from portal.tenants.callers import Member
from portal.tenants.permissions import Permission

STREAM_LIFETIME_S = 600.0
"""After ten minutes a browser comes back through the door: who has left is turned away."""


SETTLED = timedelta(seconds=2)

QUIET = frozenset({"read"})
"""What changes a line and does not bring it forward."""


class View(msgspec.Struct):
    """What one browser looks at."""

    member: Any
    show: Show
    q: str
    current: UUID | None


async def frames(parts: Parts, workshop_id: UUID, view: View, seen: str) -> Frames:
    """Changes from `seen` on, the time of the newest change that the browser knows."""
    ends = monotonic() + STREAM_LIFETIME_S
    async with parts.hub.listen(channel(workshop_id, live.INBOX)) as ear:
        yield b"retry: 1500\n\n" + await _caught_up(parts, workshop_id, view, seen)
        while monotonic() < ends:
            await presence.say_here(parts, workshop_id)
            events = await ear.within(HEARTBEAT_S)
            if not events:
                yield HEARTBEAT
                continue
            told = await _told(parts, workshop_id, view, events)
            if told is None:
                return
            yield told


def context(view: View, counts: inbox.Counts | None) -> dict[str, Any]:
    """What the templates of the inbox need, on the page as in an event."""
    member: Member = view.member
    inbox_address = f"/w/{member.slug}/inbox"
    sees_bookings = member.can(Permission.BOOKINGS_READ)
    return {
        "draw_line": drawn.lines_of(inbox_address, view.show.value, view.q, view.current),
        "draw_entry": drawn.entries_of(inbox_address, sees_bookings=sees_bookings),
        "member": member,
        "can": member.can,
        "workshop_name": member.profile.name if member.profile else "",
        "inbox": inbox_address,
        "show": view.show.value,
        "q": view.q,
        "current": view.current,
        "counts": counts,
    }


async def _told(parts: Parts, workshop_id: UUID, view: View, bodies: list[bytes]) -> bytes | None:
    """The changed pieces; None for who does not work here any more."""
    events = [msgspec.json.decode(body, type=ToInbox) for body in bodies]
    counts = None
    async with inside(parts, workshop_id) as db:
        if not await staff.still_works(db, view.member.id):
            return None
        if any(event.event not in {"typing", "seen", "translated"} for event in events):
            counts = await inbox.counts(db, view.member)
    known = context(view, counts)
    chunks = [_event_frame(view, event, known) for event in events]
    if counts is not None:
        chunks.append(html_frame("inbox", rendered("chat/_counts.html", **known)))
    return b"".join(chunks)


def _event_frame(view: View, event: ToInbox, known: dict[str, Any]) -> bytes:
    html = rendered(
        "chat/conversation_changed.html",
        **known,
        event=event.event,
        thread=event.thread,
        message=event.message,
        note=event.note,
        typing=event.name,
        live=_way(view, event),
        is_news=_is_news(view, event),
        is_open_here=view.current == event.thread.id,
    )
    return html_frame("inbox", html, id=event.thread.changed_at.isoformat())


def _way(view: View, event: ToInbox) -> str:
    """How the line changes in this browser's list: `move` to the top, `update`, or `gone`."""
    if event.event in {"typing", "seen", "note", "translated"}:
        return ""
    if event.event == "erased" or not inbox.matches(event.thread, view.member.id, view.show):
        return "gone"
    return "update" if event.event in QUIET or view.q else "move"


def _is_news(view: View, event: ToInbox) -> bool:
    """Whether this person is called: a visitor waits, and no colleague has taken it on."""
    if event.event != "message" or event.message is None or not event.thread.unread:
        return False
    is_said_to_team = event.message.author in {Author.VISITOR, Author.SYSTEM}
    return is_said_to_team and event.thread.assigned_to in {None, view.member.id}


async def _caught_up(parts: Parts, workshop_id: UUID, view: View, seen: str) -> bytes:
    """The counts always; list and thread anew when something has happened since `seen`."""
    async with inside(parts, workshop_id) as db:
        counts = await inbox.counts(db, view.member)
        known = context(view, counts)
        if counts.newest is None or _is_known(counts.newest, seen):
            return html_frame("inbox", rendered("chat/_counts.html", **known))
        found = await inbox.lines(db, view.member, view.show, q=view.q)
        thread, shown = None, entries.Page([])
        if view.current is not None:
            try:
                thread = live.thread_of(await conversations.get(db, view.current))
                shown = await entries.latest(db, view.current)
            except ConversationNotFound:
                thread = None
    html = rendered(
        "chat/inbox_caught_up.html",
        **known,
        lines=found,
        thread=thread,
        shown=shown,
    )
    return html_frame("inbox", html, id=counts.newest.isoformat())


def _is_known(newest: datetime, seen: str) -> bool:
    """What has just happened may have been stored in another order than it began."""
    try:
        return newest <= datetime.fromisoformat(seen) and clock.now() - newest > SETTLED
    except (TypeError, ValueError):
        return False
