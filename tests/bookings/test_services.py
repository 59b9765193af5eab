"""What a workshop offers: loaded from files, shown by the API, never next door."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from portal.bookings.from_files import load_hours, load_services, load_services_and_hours
from portal.bookings.hours import close, load_week
from portal.bookings.models import Closure, OpeningHours, Service
from portal.bookings.services import list_services
from portal.content.sources import ContentUnreadable
from portal.kit.clock import now
from portal.tenants.boundary import inside
from tests.makers.bookings import at
from tests.makers.content import FILES, furnished


def path_of(shop):
    return f"/api/v1/workshops/{shop.slug}/services"


async def test_a_program_reads_the_services_with_exact_prices(parts, device):
    shop = await furnished(parts)
    async with device(shop) as program:
        body = (await program.get(path_of(shop))).json()
    oil = body["items"][0]
    assert (oil["name"], oil["price"], oil["currency"]) == ("Ölwechsel mit Filter", "89.00", "EUR")
    assert oil["duration_minutes"] == 45
    assert oil["bookable_online"] is True
    assert oil["price_from"] is True
    assert body["next"] is None


async def test_a_service_without_a_price_says_so(parts, device):
    shop = await furnished(parts, "autodienst-yilmaz")
    async with device(shop) as program:
        items = (await program.get(path_of(shop))).json()["items"]
    assert {item["name"] for item in items if item["price"] is None} == {
        "Auspuff und Endschalldämpfer",
        "Mängel beheben und Nachprüfung",
    }


async def test_pages_hold_every_service_once(parts, device):
    shop = await furnished(parts)
    seen, cursor = [], None
    async with device(shop) as program:
        while True:
            query = {"limit": 5} | ({"after": cursor} if cursor else {})
            body = (await program.get(path_of(shop), params=query)).json()
            seen += [item["id"] for item in body["items"]]
            cursor = body["next"]
            if cursor is None:
                break
    assert len(seen) == len(set(seen)) == 18


@pytest.mark.parametrize("query", [{"after": "x"}, {"after": "1.2"}, {"limit": 0}, {"limit": 501}])
async def test_a_senseless_page_is_refused(query, shop, device):
    async with device(shop) as program:
        answer = await program.get(path_of(shop), params=query)
    assert answer.status_code in {400, 422}


async def test_another_workshops_services_do_not_exist(parts, device):
    ours, theirs = await furnished(parts), await furnished(parts, "autodienst-yilmaz")
    async with device(ours) as program:
        assert (await program.get(path_of(theirs))).status_code == 404
    async with inside(parts, ours.id) as db:
        assert {service.workshop_id for service in await list_services(db)} == {ours.id}


async def test_nobody_without_a_token_reads_them(parts, client, shop):
    assert (await client.get(path_of(shop))).status_code == 401


async def test_loading_twice_changes_nothing(parts):
    shop = await furnished(parts)
    async with inside(parts, shop.id) as db:
        before = await counts(db)
        await load_services_and_hours(db, FILES / "kfz-brandt")
        assert await counts(db) == before


async def test_what_staff_changed_survives_the_next_load(parts):
    shop = await furnished(parts)
    async with inside(parts, shop.id) as db:
        oil = (await list_services(db))[0]
        oil.price, oil.edited_at = Decimal("95.00"), now()
        await db.flush()
        await load_services(db, FILES / "kfz-brandt" / "services.yaml")
        assert (await list_services(db))[0].price == Decimal("95.00")


async def test_a_service_that_left_the_file_is_no_longer_offered(parts, tmp_path):
    shop = await furnished(parts)
    file = tmp_path / "services.yaml"
    file.write_text("- {id: oil-change, name: Ölwechsel, duration_minutes: 30}")
    async with inside(parts, shop.id) as db:
        await load_services(db, file)
        assert [service.name for service in await list_services(db)] == ["Ölwechsel"]


@pytest.mark.parametrize(
    "text",
    [
        "hours: {mo: [08:00]}",
        "hours: {monday: [08:00-12:00]}",
        "hours: {mo: [eight-noon]}",
        "spans: {}",
        "hours: [",
    ],
)
async def test_a_file_of_hours_that_makes_no_sense_is_named(text, parts, shop, tmp_path):
    file = tmp_path / "hours.yaml"
    file.write_text(text)
    with pytest.raises(ContentUnreadable, match=r"hours\.yaml"):
        async with inside(parts, shop.id) as db:
            await load_hours(db, file)


async def test_a_week_has_its_hours_and_the_closures_still_to_come(parts):
    shop = await furnished(parts, "autodienst-yilmaz")
    async with inside(parts, shop.id) as db:
        close(db, date(2026, 1, 1), date(2026, 1, 5), "vorbei")
        await db.flush()
        hours = await load_week(db, "NW", since=at("2026-11-20 10:00").date())
    assert len(hours.spans) == 6
    assert len(hours.spans[0]) == 2
    assert [closed.reason for closed in hours.closures][:2] == [
        "Inventur und Betriebsferien",
        "Rosenmontag",
    ]
    assert "vorbei" not in {closed.reason for closed in hours.closures}


async def counts(db):
    tables = (Service, OpeningHours, Closure)
    return [await db.scalar(select(func.count()).select_from(table)) for table in tables]
