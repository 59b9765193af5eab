"""`/a/stop/{link}`: no more reminders, without signing in.

Opening the address shows a page and changes nothing, because mail scanners open every link. A POST
says stop, at once: from the page's button, or from a mail program that offers one click (RFC 8058,
body `List-Unsubscribe=One-Click`); it is answered with a page and never with a redirect.
"""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.params import FromPath

from portal.bookings.public_shell import (
    LINK_LOOKING,
    NO_TOKEN,
    QUIET,
    only_from_here,
    shopfront,
    spend,
)
from portal.campaigns import labels, stops, wordings
from portal.campaigns.models import WordingKind
from portal.kit.db import Db
from portal.kit.pages import page
from portal.tenants.boundary import DoorDb, recipient_db

Asked = Request[Any, Any, Any]


@get("/")
async def show(request: Asked, db: DoorDb, link: FromPath[str]) -> Response[str]:
    await spend(request, LINK_LOOKING)
    return await _page(request, db, link)


@post("/", status_code=200)
async def stop(request: Asked, db: DoorDb, link: FromPath[str]) -> Response[str]:
    await spend(request, LINK_LOOKING)
    await stops.stop(db, await stops.message_of(db))
    return await _page(request, db, link)


@post("/again", status_code=200)
async def again(request: Asked, db: DoorDb, link: FromPath[str]) -> Response[str]:
    """A new yes is given here on purpose only: no program may give it for somebody."""
    only_from_here(request)
    await spend(request, LINK_LOOKING)
    await stops.resume(db, await stops.message_of(db))
    return await _page(request, db, link)


async def _page(request: Asked, db: Db, link: str) -> Response[str]:
    message = await stops.message_of(db)
    return page(
        request,
        "campaigns/stop.html",
        headers=QUIET,
        workshop=await shopfront(db),
        link=link,
        is_stopped=await stops.is_stopped(db, message),
        wording=(await wordings.current(db))[WordingKind.CONSENT],
        channel=labels.of(labels.channels(), message.channel),
    )


ROUTERS = [
    Router(
        "/a/stop/{link:str}",
        dependencies={"db": Provide(recipient_db)},
        opt=NO_TOKEN,
        route_handlers=[show, stop, again],
    )
]
