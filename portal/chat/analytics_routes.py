"""The page of the chat's figures, `/w/{slug}/inbox/numbers`, its files, and both for programs."""

from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import Provide
from litestar.params import FromQuery, QueryParameter

from portal.ai import allowances
from portal.bookings import numbers_period
from portal.bookings import numbers_words as period_words
from portal.bookings.numbers_api import From, To
from portal.bookings.numbers_period import Reach
from portal.chat import analytics, analytics_charts, analytics_sheets
from portal.chat import analytics_words as words
from portal.chat.analytics_api import ChatAnalytics, shown
from portal.kit import sheets, text
from portal.kit.charts import change_of
from portal.kit.pages import page
from portal.tenants.boundary import DoorDb, device_db, member_of, parts_of, staff_db
from portal.tenants.permissions import Permission, needs

READ = needs(Permission.CONVERSATIONS_READ)
Range = Annotated[Reach, QueryParameter(name="range")]
CSV = "text/csv"


@get("/numbers", opt=READ)
async def show(
    request: Request[Any, Any, Any], db: DoorDb, reach: Range = Reach.FOUR_WEEKS
) -> Response[str]:
    found = await analytics.load(db, numbers_period.period_until(numbers_period.today(), reach))
    home = f"/w/{member_of(db).slug}/inbox"
    return page(
        request,
        "chat/analytics.html",
        numbers=found,
        unpriced=allowances.unpriced_of(parts_of(request).settings),
        reach=reach,
        home=home,
        address=f"{home}/numbers",
        ranges=[
            {
                "label": period_words.reach_label(one),
                "href": f"{home}/numbers?range={one}",
                "current": one is reach,
            }
            for one in Reach
        ],
        charts=analytics_charts,
        change_of=change_of,
        words=words,
        percent=text.percent,
        sheets=analytics_sheets.every_sheet(found),
        shown=sheets.shown,
        is_number=sheets.is_number,
    )


@get("/numbers.csv", opt=READ)
async def download(
    db: DoorDb, figure: FromQuery[str] = "conversations", reach: Range = Reach.FOUR_WEEKS
) -> Response[str]:
    period = numbers_period.period_until(numbers_period.today(), reach)
    sheet = analytics_sheets.sheet_of(await analytics.load(db, period), figure)
    name = f"chat-{sheet.name}-{period.first}-{period.last}.csv"
    return Response(
        sheets.as_csv(sheet),
        media_type=CSV,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


@get("/analytics/chat", opt=READ)
async def show_chat_analytics(db: DoorDb, first: From = None, last: To = None) -> ChatAnalytics:
    """Figures of the chat from `from` to `to`, at most 400 days; four weeks when none is given."""
    return shown(await analytics.load(db, numbers_period.chosen(first, last)))


ROUTERS = [
    Router(
        "/w/{slug:str}/inbox",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[show, download],
    ),
    Router(
        "/api/v1/workshops/{slug:str}",
        dependencies={"db": Provide(device_db)},
        route_handlers=[show_chat_analytics],
    ),
]
