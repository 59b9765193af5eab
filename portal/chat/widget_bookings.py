"""The widget's addresses for appointments; a visitor's token opens them, no assistant is needed."""

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Router, get, post
from litestar.di import Provide
from litestar.params import FromQuery, JSONBody, QueryParameter

from portal.chat import bookings, conversations, free_times
from portal.chat.bookings import Booked
from portal.chat.forms import BookingForm
from portal.chat.free_times import BookingOffer, FreeTimes
from portal.chat.languages import ours
from portal.chat.widget_api import READ, address_of, only_own
from portal.kit import clock
from portal.kit.limits import Rate
from portal.kit.text import speaking
from portal.tenants.boundary import DoorDb, parts_of, site_db, visitor_of

BOOK = Rate("chat-book", per_minute=4, burst=8)
BOOK_PER_ADDRESS = Rate("chat-book-address", per_minute=4, burst=12)
BOOK_PER_SITE = Rate("chat-book-site", per_minute=60, burst=120)
LOOK = Rate("chat-slots", per_minute=60, burst=30)

Asked = Request[Any, Any, Any]
Services = Annotated[list[UUID] | None, QueryParameter(name="service_id")]
First = Annotated[date | None, QueryParameter(name="from")]
Last = Annotated[date | None, QueryParameter(name="to")]


@get("/services")
async def services(request: Asked, db: DoorDb) -> BookingOffer:
    visitor = visitor_of(db)
    await parts_of(request).limits.spend(READ, visitor.subject)
    with only_own():
        conversation = await conversations.get(db, visitor.subject)
    with speaking(ours(conversation.locale)):
        return await free_times.offer(db)


@get("/slots")
async def slots(
    request: Asked,
    db: DoorDb,
    first: First = None,
    last: Last = None,
    service_id: Services = None,
    *,
    waits: FromQuery[bool] = False,
) -> FreeTimes:
    """Free times of a basket, several `service_id` add up; without days those of a week."""
    visitor = visitor_of(db)
    await parts_of(request).limits.spend(LOOK, visitor.subject)
    with only_own():
        await conversations.get(db, visitor.subject)
    since = first or clock.local(clock.now()).date()
    until = last or since + timedelta(days=6)
    return await free_times.between(db, service_id or [], since, until, waits=waits)


@post("/bookings")
async def book(request: Asked, db: DoorDb, data: JSONBody[BookingForm]) -> Booked:
    """Raises `ChosenTimeTaken`: 409 with fresh `slots`."""
    limits, visitor = parts_of(request).limits, visitor_of(db)
    await limits.spend(BOOK, visitor.subject)
    await limits.spend(BOOK_PER_ADDRESS, visitor.workshop_id, address_of(request))
    await limits.spend(BOOK_PER_SITE, visitor.workshop_id)
    with only_own():
        return await bookings.book(db, visitor.subject, data)


ROUTERS = [
    Router(
        "/widget/v1",
        dependencies={"db": Provide(site_db)},
        route_handlers=[services, slots, book],
    )
]
