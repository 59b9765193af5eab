"""Lines and entries of the inbox, drawn once as long as nothing in them changes.

Every click shows forty lines again of which one is new. What a piece looks like follows from its
facts, its address, the language and the day alone; all of them are the key, the address with the
workshop in it.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from markupsafe import Markup

from portal.chat.entries import Entry
from portal.chat.live import MessageForStaff, NoteShown, Thread
from portal.kit import clock, text
from portal.kit.pages import rendered
from portal.tenants.permissions import Permission

KEPT_LINES, KEPT_ENTRIES = 4_000, 4_000
"""Some 6 MB each at most."""

DrawLine = Callable[[Thread], Markup]
DrawEntry = Callable[[Entry, Thread], Markup]


class _Line(NamedTuple):
    """All that a line's looks follow from."""

    body: bytes
    inbox: str
    show: str
    q: str
    is_current: bool
    language: str
    day: str


class _Entry(NamedTuple):
    """The same of a message or a note; `whose` is the visitor's name, number and language."""

    body: bytes
    is_note: bool
    whose: tuple[str, str, str]
    inbox: str
    sees_bookings: bool
    language: str
    day: str


def lines_of(inbox: str, show: str, q: str, current: Any) -> DrawLine:
    """How this browser sees a line of the list."""

    def draw(thread: Thread) -> Markup:
        body = msgspec.json.encode(thread)
        return _line(_Line(body, inbox, show, q, thread.id == current, *_now()))

    return draw


def entries_of(inbox: str, *, sees_bookings: bool) -> DrawEntry:
    """How who may see bookings, or may not, sees a message or a note."""

    def draw(entry: Entry, thread: Thread) -> Markup:
        whose = (thread.name, thread.number, thread.locale)
        body = msgspec.json.encode(entry)
        return _entry(_Entry(body, entry.is_note, whose, inbox, sees_bookings, *_now()))

    return draw


@lru_cache(KEPT_LINES)
def _line(key: _Line) -> Markup:
    thread = msgspec.json.decode(key.body, type=Thread)
    html = rendered(
        "chat/_thread.html",
        thread=thread,
        inbox=key.inbox,
        show=key.show,
        q=key.q,
        current=thread.id if key.is_current else None,
        live="",
    )
    return Markup(html)  # noqa: S704  # rendered with escaping


@lru_cache(KEPT_ENTRIES)
def _entry(key: _Entry) -> Markup:
    kind: Any = NoteShown if key.is_note else MessageForStaff
    name, number, locale = key.whose
    html = rendered(
        "chat/_entry.html",
        entry=msgspec.json.decode(key.body, type=kind),
        thread={"name": name, "number": number, "locale": locale},
        inbox=key.inbox,
        can=lambda permission: permission == Permission.BOOKINGS_READ and key.sees_bookings,
    )
    return Markup(html)  # noqa: S704  # rendered with escaping


def _now() -> tuple[str, str]:
    """Times of today are said without their day."""
    return text.locale.get(), clock.local(clock.now()).date().isoformat()
