"""What the pages about appointments add to those for customers: words for days, and limits."""

from typing import Any
from uuid import UUID

from litestar import Request, Response

from portal.bookings.public_days import length, long_day, short_day
from portal.kit.db import Db
from portal.kit.limits import Rate
from portal.tenants import public_pages
from portal.tenants.boundary import parts_of, workshop_id_of
from portal.tenants.callers import Visitor, owner_link
from portal.tenants.public_pages import (
    LINK_LOOKING,
    NO_TOKEN,
    PROBLEMS,
    QUIET,
    Shopfront,
    only_from_here,
    shopfront,
    spend,
)

__all__ = [
    "LINK_LOOKING",
    "LOOKING",
    "NO_TOKEN",
    "PROBLEMS",
    "QUIET",
    "Shopfront",
    "link_to",
    "only_from_here",
    "shopfront",
    "show",
    "spend",
    "spend_booking",
]
LOOKING = Rate("public.look", per_minute=60, burst=90)
BOOKING = Rate("public.book", per_minute=0.5, burst=8)
BOOKING_SHOP = Rate("public.book.shop", per_minute=30, burst=120)


def show(
    request: Request[Any, Any, Any],
    template: str,
    front: Shopfront | None,
    *,
    status: int = 200,
    language: str = "",
    **context: Any,
) -> Response[str]:
    """A page about appointments, in their language or in what the browser speaks."""
    return public_pages.show(
        request,
        f"bookings/{template}",
        front,
        status=status,
        language=language,
        long_day=long_day,
        short_day=short_day,
        length=length,
        **context,
    )


async def spend_booking(request: Request[Any, Any, Any], db: Db) -> None:
    """What writes something costs more, for the address and for the whole workshop."""
    shop = workshop_id_of(db)
    await spend(request, BOOKING, shop)
    await parts_of(request).limits.spend(BOOKING_SHOP, shop)


def link_to(db: Db, kind: str, subject: UUID) -> str:
    """The path of a signed page: `t` for an appointment, `o` for the waiting list."""
    secret: str = db.info["parts"].settings.secret
    return f"/{kind}/{owner_link(Visitor(workshop_id_of(db), subject, ''), secret)}"
