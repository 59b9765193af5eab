"""Calendar feeds: the file for calendar programs, and the buttons that open and close one."""

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.params import FromPath
from litestar.response import Redirect

from portal.bookings import feeds
from portal.bookings.models import Resource
from portal.kit.db import Db
from portal.kit.limits import Rate
from portal.kit.pages import fragment
from portal.kit.text import DEFAULT, speaking
from portal.tenants.boundary import DoorDb, feed_db, feed_of, member_of, parts_of, staff_db
from portal.tenants.permissions import Permission, needs

Asked = Request[Any, Any, Any]
READING = Rate("calendar_feed", per_minute=4, burst=12)
"""Programs come every quarter of an hour; one person has several of them."""
EDIT = needs(Permission.BOOKINGS_EDIT)


@get("/calendar/{feed:str}")
async def feed_file(request: Asked, db: DoorDb) -> Response[bytes]:
    await parts_of(request).limits.spend(READING, feed_of(db).resource_id)
    with speaking(DEFAULT):
        shown = await feeds.show(db)
    tag = f'"{hashlib.sha256(shown.content).hexdigest()[:32]}"'
    headers = {
        "Cache-Control": "private, max-age=300",
        "ETag": tag,
        "Last-Modified": format_datetime(shown.changed_at.astimezone(UTC), usegmt=True),
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
    }
    if _knows(request, tag, shown.changed_at):
        return Response(b"", status_code=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="termine.ics"'
    return Response(shown.content, media_type="text/calendar", headers=headers)


@post("/bookings/people/{resource_id:uuid}/feed", opt=EDIT, status_code=200)
async def open_feed(request: Asked, db: DoorDb, resource_id: FromPath[UUID]) -> Response[Any]:
    resource = await feeds.resource_of(db, resource_id)
    await feeds.open(db, resource)
    return _answer(request, db, resource)


@post("/bookings/people/{resource_id:uuid}/feed/revoke", opt=EDIT, status_code=200)
async def revoke_feed(request: Asked, db: DoorDb, resource_id: FromPath[UUID]) -> Response[Any]:
    resource = await feeds.resource_of(db, resource_id)
    await feeds.revoke(db, resource)
    return _answer(request, db, resource)


def _answer(request: Asked, db: Db, resource: Resource) -> Response[Any]:
    """The piece for htmx; without scripts the page of the person."""
    if request.headers.get("hx-request"):
        address = feeds.address(db, resource)
        return fragment(request, "bookings/_feed.html", resource=resource, feed_address=address)
    home = f"/w/{member_of(db).slug}/bookings/settings/resources/{resource.id}"
    return Redirect(home, status_code=303)


def _knows(request: Asked, tag: str, changed_at: datetime) -> bool:
    """Whether the program has it already; its mark of the content goes before its date."""
    marks = request.headers.get("if-none-match")
    if marks is not None:
        return any(mark.strip().removeprefix("W/") in {tag, "*"} for mark in marks.split(","))
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return changed_at.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


calendar = Router("/", dependencies={"db": Provide(feed_db)}, route_handlers=[feed_file])
pages = Router(
    "/w/{slug:str}",
    dependencies={"db": Provide(staff_db)},
    route_handlers=[open_feed, revoke_feed],
)
ROUTERS = [calendar, pages]
