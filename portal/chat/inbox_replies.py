"""What the inbox answers to a deed: all regions that it touches, or the page again."""

from typing import Any
from uuid import UUID

from litestar import Request, Response
from litestar.response import Redirect

from portal.chat import inbox_live, live
from portal.chat.inbox import Show
from portal.chat.inbox_live import View
from portal.chat.live import NoteShown
from portal.chat.models import Conversation, Message
from portal.kit.db import Db
from portal.kit.pages import fragment
from portal.tenants.boundary import member_of


def changed(
    request: Request[Any, Any, Any],
    db: Db,
    conversation: Conversation,
    message: Message | None = None,
    *,
    note: NoteShown | None = None,
) -> Response[Any]:
    """The line, the head, the new message or note; without script, the page again."""
    if not request.headers.get("hx-request"):
        return back(db, conversation.id)
    view = View(member_of(db), Show.OPEN, "", conversation.id)
    return fragment(
        request,
        "chat/conversation_changed.html",
        status=200,
        **inbox_live.context(view, None),
        event="message" if message else "note" if note else "state",
        thread=live.thread_of(conversation),
        message=live.message_for_staff(message) if message else None,
        note=note,
        typing="",
        live="",
        is_open_here=True,
    )


def back(db: Db, conversation_id: UUID) -> Redirect:
    return Redirect(f"{address_of(db)}/{conversation_id}", status_code=303)


def address_of(db: Db) -> str:
    return f"/w/{member_of(db).slug}/inbox"
