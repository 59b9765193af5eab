"""The page of figures, `/w/{slug}/bookings/numbers`, and each figure as a file."""

from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import Provide
from litestar.params import FromQuery, QueryParameter

from portal.bookings import numbers, numbers_charts, numbers_period, numbers_sheets
from portal.bookings import numbers_words as words
from portal.bookings.numbers_figures import Numbers
from portal.bookings.numbers_period import DAY, Period, Reach
from portal.kit import sheets, text
from portal.kit.charts import change_of
from portal.kit.db import Db
from portal.kit.pages import page
from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs

READ = needs(Permission.BOOKINGS_READ)
Range = Annotated[Reach, QueryParameter(name="range")]
CSV = "text/csv"


@get("/numbers", opt=READ)
async def show(
    request: Request[Any, Any, Any], db: DoorDb, reach: Range = Reach.FOUR_WEEKS
) -> Response[str]:
    found = await _load(db, reach)
    home = f"/w/{member_of(db).slug}/bookings"
    return page(
        request,
        "bookings/numbers.html",
        numbers=found,
        reach=reach,
        home=home,
        address=f"{home}/numbers",
        ranges=[
            {
                "label": words.reach_label(one),
                "href": f"{home}/numbers?range={one}",
                "current": one is reach,
            }
            for one in Reach
        ],
        charts=numbers_charts,
        words=words,
        change_of=change_of,
        percent=text.percent,
        sheets=numbers_sheets.every_sheet(found),
        shown=sheets.shown,
        is_number=sheets.is_number,
    )


@get("/numbers.csv", opt=READ)
async def download(
    db: DoorDb, figure: FromQuery[str] = "utilisation", reach: Range = Reach.FOUR_WEEKS
) -> Response[str]:
    found = await _load(db, reach)
    sheet = numbers_sheets.sheet_of(found, figure)
    name = f"{sheet.name}-{found.period.first}-{found.period.last}.csv"
    return Response(
        sheets.as_csv(sheet),
        media_type=CSV,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


async def _load(db: Db, reach: Reach) -> Numbers:
    today = numbers_period.today()
    period = numbers_period.period_until(today, reach)
    ahead = Period(today, today + reach.weeks_ahead * 7 * DAY)
    return await numbers.load(db, period, forecast_until=ahead.last)


ROUTERS = [
    Router(
        "/w/{slug:str}/bookings",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[show, download],
    )
]
