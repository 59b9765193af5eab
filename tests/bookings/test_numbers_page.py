"""The page of figures, its files and the same for programs."""

import csv
import io
from datetime import timedelta

import pytest

from portal.bookings import numbers_charts, numbers_sheets
from portal.bookings.models import Origin, State
from portal.bookings.numbers_period import Reach, period_until, today
from portal.kit import clock
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.makers.bookings import a_calendar, a_service, an_appointment
from tests.makers.vehicles import counted_statements


def page_of(shop, **query):
    shown = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{shop.home}/bookings/numbers" + (f"?{shown}" if shown else "")


async def busy(parts, shop):
    """A few appointments of the last weeks and one to come."""
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        service = await a_service(db, price="1234.50", price_from=True)
        now = clock.now().replace(hour=9, minute=0, second=0, microsecond=0)
        for number, state in enumerate([State.COLLECTED, State.NO_SHOW, State.CANCELLED]):
            await an_appointment(
                db,
                now - timedelta(days=7 + number),
                state=state,
                origin=Origin.CHAT,
                on=[calendar.lift],
                services=[service],
                created_at=now - timedelta(days=12),
            )
        await an_appointment(db, now + timedelta(days=7), services=[service])


async def test_the_page_shows_every_figure_with_its_formula(parts, shop, signed_in):
    await busy(parts, shop)
    browser = await signed_in(shop, Role.MECHANIC)
    answer = await browser.get(page_of(shop))
    assert answer.status_code == 200
    for name in numbers_sheets.NAMES:
        assert f'id="figure-{name}"' in answer.text
        assert f"numbers.csv?figure={name}&amp;range=4w" in answer.text
    assert answer.text.count("numbers__formula") == len(numbers_sheets.NAMES)
    assert " style=" not in answer.text.split("</head>")[1]


@pytest.mark.parametrize("reach", list(Reach))
async def test_every_range_needs_six_statements_at_most(reach, parts, shop, signed_in):
    await busy(parts, shop)
    browser = await signed_in(shop)
    with counted_statements(parts) as sent:
        answer = await browser.get(page_of(shop, range=reach))
    assert answer.status_code == 200
    assert len(sent) <= 6


async def test_a_workshop_without_anything_is_told_what_to_do(shop, signed_in):
    browser = await signed_in(shop)
    answer = await browser.get(page_of(shop))
    assert answer.status_code == 200
    assert f'href="{shop.home}/bookings"' in answer.text
    assert 'id="figure-' not in answer.text


async def test_a_range_that_nobody_offers_is_refused(shop, signed_in):
    browser = await signed_in(shop)
    assert (await browser.get(page_of(shop, range="forever"))).status_code in {400, 422}


@pytest.mark.parametrize("name", numbers_sheets.NAMES)
async def test_each_figure_is_a_file_for_german_spreadsheets(name, parts, shop, signed_in):
    await busy(parts, shop)
    browser = await signed_in(shop)
    answer = await browser.get(f"{shop.home}/bookings/numbers.csv?figure={name}&range=12w")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    assert f'filename="{name}-' in answer.headers["content-disposition"]
    assert answer.content.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


async def test_money_and_shares_have_decimal_commas_in_a_file(parts, shop, signed_in):
    await busy(parts, shop)
    browser = await signed_in(shop)
    revenue = (await browser.get(f"{shop.home}/bookings/numbers.csv?figure=revenue")).text
    origins = (await browser.get(f"{shop.home}/bookings/numbers.csv?figure=origins")).text
    assert ";1234,50;" in revenue
    assert ";3;100,0;" in origins


async def test_a_figure_that_does_not_exist_is_not_found(shop, signed_in):
    browser = await signed_in(shop)
    assert (await browser.get(f"{shop.home}/bookings/numbers.csv?figure=x")).status_code == 404


@pytest.mark.parametrize("name", ['=HYPERLINK("x")', "+1", "-1", "@x", "\t=1", " =1"])
async def test_a_formula_as_a_name_stays_a_text(name, parts, shop, signed_in):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db, lifts=1, people=0)
        calendar.lift.name = name
    browser = await signed_in(shop)
    text = (await browser.get(f"{shop.home}/bookings/numbers.csv?figure=utilisation")).text
    row = list(csv.reader(io.StringIO(text), delimiter=";"))[1]
    assert row[1] == f"'{name}"


async def test_a_name_with_markup_is_shown_as_it_is_written(parts, shop, signed_in):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db, lifts=1, people=0)
        calendar.lift.name = "<b>Bühne</b>"
    browser = await signed_in(shop)
    text = (await browser.get(page_of(shop))).text
    assert "&lt;b&gt;Bühne&lt;/b&gt;" in text
    assert "<b>Bühne" not in text


async def test_programs_read_the_same_figures(parts, shop, device):
    await busy(parts, shop)
    async with device(shop) as program:
        answer = await program.get(f"/api/v1/workshops/{shop.slug}/analytics")
    body = answer.json()
    period = period_until(today(), Reach.FOUR_WEEKS)
    assert answer.status_code == 200
    assert (body["first_day"], body["last_day"]) == (str(period.first), str(period.last))
    assert body["outcome"]["bookings"] == 3
    assert body["outcome"]["no_show_rate"] == 0.5
    assert body["origins"][0]["origin"] == "chat"
    assert body["lead_time"]["steps"][3]["bookings"] == 2
    assert "1234.50" in {week["done"] for week in body["revenue"]}
    assert len(body["lifts"]) == len(body["people"]) == 2


async def test_programs_choose_the_days(parts, shop, device):
    await busy(parts, shop)
    path = f"/api/v1/workshops/{shop.slug}/analytics"
    async with device(shop) as program:
        ahead = today() + timedelta(days=20)
        body = (await program.get(path, params={"from": str(today()), "to": str(ahead)})).json()
        assert body["outcome"]["bookings"] == 1
        assert body["revenue"][-1]["week_from"] <= str(ahead)
        for query in ({"from": "2026-02-01", "to": "2026-01-01"}, {"from": "soon"}):
            refused = await program.get(path, params=query)
            assert refused.status_code in {400, 422}


async def test_another_workshops_figures_do_not_exist(shop, other_shop, device, signed_in):
    async with device(shop) as program:
        path = f"/api/v1/workshops/{other_shop.slug}/analytics"
        assert (await program.get(path)).status_code == 404
    browser = await signed_in(shop)
    assert (await browser.get(page_of(other_shop))).status_code == 404


def test_the_axis_ends_at_a_round_figure():
    tops = [numbers_charts.nice_top(value) for value in (0, 0.4, 1, 7, 34, 41, 7500, 10001)]
    assert tops == [1, 1, 1, 8, 40, 50, 8000, 12000]


def test_a_change_is_told_in_points_and_judged_by_what_is_good():
    assert numbers_charts.change_of(0.5, 0.4)[1] == "success"
    assert numbers_charts.change_of(0.5, 0.4, more_is_good=False)[1] == "danger"
    assert numbers_charts.change_of(0.4, 0.4)[1] == "neutral"
    assert numbers_charts.change_of(None, 0.4) == ("", "neutral")
