"""The booking page that everybody can open."""

import re
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select

from portal.bookings import campaign_links, rules
from portal.bookings.models import (
    Agreement,
    Answering,
    Appointment,
    Origin,
    State,
    WaitlistEntry,
)
from portal.kit import clock
from portal.tenants import workshops
from portal.tenants.boundary import inside
from portal.vehicles.models import Customer
from tests.makers.bookings import a_calendar, a_service
from tests.makers.public import in_days
from tests.makers.vehicles import a_customer, a_vehicle

SLOT = re.compile(r'name="slot" value="([^"]+)"')
PERSON = {"name": "Petra Neu", "email": "petra@example.de", "plate": "B-PN 77"}


@pytest.fixture
async def service(parts, shop):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        return await a_service(db, can_wait=True)


@pytest.fixture
async def home(shop):
    return f"/b/{shop.slug}"


async def first_slot(client, home, service, **query):
    page = await client.get(home + "/times", params={"service": str(service.id), **query})
    assert page.status_code == 200
    return SLOT.findall(page.text)[0]


async def order(client, home, service, slot=None, **fields):
    data = {"services": str(service.id), "slot": slot or "", **PERSON, **fields}
    return await client.post(home + "/bookings", data=data)


async def appointments_of(parts, shop):
    async with inside(parts, shop.id) as db:
        return (await db.scalars(select(Appointment).order_by(Appointment.id))).all()


async def change(parts, shop, **columns):
    async with inside(parts, shop.id) as db:
        await rules.change(db, **columns)


async def test_a_stranger_requests_an_appointment_in_four_steps(client, parts, shop, home, service):
    page = await client.get(home)
    assert "Ölwechsel" in page.text
    assert "set-cookie" not in page.headers
    assert "<script" not in page.text
    slot = await first_slot(client, home, service)
    details = await client.get(home + "/details", params={"services": service.id, "slot": slot})
    assert details.status_code == 200
    answer = await order(client, home, service, slot, wishes="Bitte auch die Wischer ansehen")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/t/")
    (booked,) = await appointments_of(parts, shop)
    assert (booked.state, booked.origin) == (State.REQUESTED, Origin.FORM)
    assert booked.wishes == "Bitte auch die Wischer ansehen"
    shown = await client.get(answer.headers["location"])
    assert booked.code in shown.text
    assert (
        "B-PN 77" in shown.text.replace("</span>", "").replace("-</span>", "-")
        or "PN 77" in shown.text
    )


async def test_who_speaks_english_is_served_in_english(client, parts, shop, home, service):
    client.headers["accept-language"] = "en-GB,en;q=0.9"
    slot = await first_slot(client, home, service)
    assert "Book an appointment" in (await client.get(home)).text
    booked = await order(client, home, service, slot)
    shown = await client.get(booked.headers["location"], headers={"accept-language": "de"})
    assert '<html lang="en">' in shown.text
    assert [one.locale for one in await appointments_of(parts, shop)] == ["en"]


async def test_what_staff_reads_stays_german(client, parts, shop, home, service):
    await change(parts, shop, answering=Answering.ASK_FIRST)
    client.headers["accept-language"] = "en"
    booked = await order(client, home, service, services="", wishes="It rattles")
    assert booked.status_code == 303, booked.text
    assert [one.title for one in await appointments_of(parts, shop)] == ["Anfrage des Kunden"]


async def test_a_workshop_may_confirm_at_once(client, parts, shop, home, service):
    await change(parts, shop, answering=Answering.AT_ONCE)
    slot = await first_slot(client, home, service)
    await order(client, home, service, slot)
    (booked,) = await appointments_of(parts, shop)
    assert booked.state == State.CONFIRMED


async def test_a_workshop_that_asks_first_gets_a_description_without_a_time(
    client, parts, shop, home, service
):
    await change(parts, shop, answering=Answering.ASK_FIRST)
    moved = await client.get(home + "/times", params={"service": str(service.id)})
    assert moved.status_code == 302
    empty = await client.post(home + "/bookings", data={**PERSON})
    assert empty.status_code == 422
    answer = await order(client, home, service, wishes="Es klappert vorn links")
    assert answer.status_code == 303
    (booked,) = await appointments_of(parts, shop)
    assert (booked.state, booked.starts_at, booked.work_minutes) == (State.REQUESTED, None, None)
    page = await client.get(answer.headers["location"])
    assert "/times" not in page.text


async def test_a_taken_slot_keeps_what_was_typed_and_shows_others(
    client, parts, shop, home, service
):
    slot = await first_slot(client, home, service)
    assert (await order(client, home, service, slot)).status_code == 303
    again = await order(client, home, service, slot, name="Paul Zweit")
    assert again.status_code == 409
    assert "Paul Zweit" in again.text
    assert len(SLOT.findall(again.text)) > 5
    assert len(await appointments_of(parts, shop)) == 1
    other = await order(client, home, service, SLOT.findall(again.text)[0], name="Paul Zweit")
    assert other.status_code == 303


@pytest.mark.parametrize("slot", ["nonsense", "a.b.c"])
async def test_a_slot_that_we_never_offered_is_refused(client, parts, shop, home, service, slot):
    assert (await order(client, home, service, slot)).status_code in {409, 422}
    assert await appointments_of(parts, shop) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("email", ""), ("plate", ""), ("name", "x" * 200), ("email", "keine Adresse")],
)
async def test_missing_entries_are_named_and_nothing_is_lost(
    client, parts, shop, home, service, field, value
):
    slot = await first_slot(client, home, service)
    answer = await order(client, home, service, slot, wishes="bleibt stehen", **{field: value})
    assert answer.status_code == 422
    assert "bleibt stehen" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert await appointments_of(parts, shop) == []
    async with inside(parts, shop.id) as db:
        assert await db.scalar(select(func.count()).select_from(Customer)) == 0


async def test_the_trap_is_told_and_books_nothing(client, parts, shop, home, service):
    slot = await first_slot(client, home, service)
    answer = await order(client, home, service, slot, homepage="https://spam.example")
    assert answer.status_code == 422
    assert await appointments_of(parts, shop) == []


async def test_a_contract_needs_terms_told_and_keeps_them(client, parts, shop, home, service):
    await change(
        parts,
        shop,
        agreement=Agreement.CONTRACT,
        terms="Unsere Bedingungen",
        withdrawal_policy="Widerrufsbelehrung: vierzehn Tage",
    )
    slot = await first_slot(client, home, service)
    details = await client.get(home + "/details", params={"services": service.id, "slot": slot})
    assert "Unsere Bedingungen" in details.text
    assert "vierzehn Tage" in details.text
    refused = await order(client, home, service, slot)
    assert refused.status_code == 422
    answer = await order(client, home, service, slot, begin_early="1")
    assert answer.status_code == 303
    (booked,) = await appointments_of(parts, shop)
    assert booked.is_contract
    assert booked.terms_told.startswith("Unsere Bedingungen\n\nWiderrufsbelehrung")
    assert len(booked.terms_told.split("\n\n")) == 3


async def test_without_a_fixed_price_no_contract_is_closed(client, parts, shop, home):
    async with inside(parts, shop.id) as db:
        await a_calendar(db)
        service = await a_service(db, price_from=True)
        await rules.change(
            db, agreement=Agreement.CONTRACT, terms="AGB", withdrawal_policy="Belehrung"
        )
    slot = await first_slot(client, home, service)
    assert (await order(client, home, service, slot)).status_code == 303
    (booked,) = await appointments_of(parts, shop)
    assert not booked.is_contract


async def test_a_known_customer_is_not_told_from_a_stranger(client, parts, shop, home, service):
    async with inside(parts, shop.id) as db:
        erika = await a_customer(db, name="Erika Geheim", email="erika@example.de")
        await a_vehicle(db, plate="B-EG 1", make="Tesla", model="Geheimwagen", keeper=erika)
    slot = await first_slot(client, home, service)
    fields = {"name": "Erika Falsch", "email": "erika@example.de", "plate": "B-EG 1"}
    answer = await order(client, home, service, slot, **fields)
    assert answer.status_code == 303
    page = await client.get(answer.headers["location"])
    assert "Geheim" not in page.text
    assert "Tesla" not in page.text


async def test_a_reminders_link_is_counted_for_its_campaign(
    client, parts, shop, home, service, settings
):
    from portal.kit.db import new_id

    message = new_id()
    reference = campaign_links.reference_of(message, workshop_id=shop.id, secret=settings.secret)
    page = await client.get(home, params={"c": reference})
    assert reference in page.text
    slot = await first_slot(client, home, service, c=reference)
    await order(client, home, service, slot, c=reference)
    (booked,) = await appointments_of(parts, shop)
    assert (booked.origin, booked.source_id) == (Origin.CAMPAIGN, message)


@pytest.mark.parametrize("suspended", [False, True])
async def test_an_unknown_and_a_suspended_workshop_are_the_same(client, parts, shop, suspended):
    slug = "gibt-es-nicht"
    if suspended:
        await workshops.suspend(parts, shop.slug, "unpaid")
        slug = shop.slug
    for page in ("", "/times", "/details", "/waitlist", "/withdrawal"):
        answer = await client.get(f"/b/{slug}{page}")
        assert answer.status_code == 404
        assert shop.slug not in answer.text


async def test_services_of_another_workshop_are_not_booked(
    client, parts, shop, other_shop, home, service
):
    async with inside(parts, other_shop.id) as db:
        await a_calendar(db)
        foreign = await a_service(db, name="Fremde Leistung")
    page = await client.get(home + "/times", params={"service": str(foreign.id)})
    assert "Fremde Leistung" not in page.text
    answer = await order(client, home, foreign, "", wishes="")
    assert answer.status_code == 422


async def test_bookings_are_limited_by_address(address, parts, shop, home, service):
    async with httpx.AsyncClient(base_url=address, timeout=20) as greedy:
        codes = [
            (await greedy.post(home + "/bookings", data={"name": "x"})).status_code
            for _ in range(10)
        ]
    assert codes[:8] == [422] * 8
    assert codes[-1] == 429


async def test_times_are_leafed_through(client, home, service):
    later = (clock.local(clock.now()).date() + timedelta(days=21)).isoformat()
    query = {"service": str(service.id), "from_day": later}
    page = await client.get(home + "/times", params=query)
    assert page.status_code == 200
    assert "from_day=" in page.text
    far = await client.get(home + "/times", params={**query, "from_day": "2099-01-01"})
    odd = await client.get(home + "/times", params={**query, "from_day": "x"})
    assert (far.status_code, odd.status_code) == (200, 200)


@pytest.mark.parametrize("days", [["0", "3"], ["4"], []])
async def test_a_stranger_joins_the_waiting_list_and_leaves_it(
    client, parts, shop, home, service, days
):
    page = await client.get(home + "/waitlist", params={"services": str(service.id)})
    assert page.status_code == 200
    data = {
        "services": str(service.id),
        "name": "Willi Wartet",
        "email": "willi@example.de",
        "from_day": clock.local(in_days(1, 9)).date().isoformat(),
        "to_day": clock.local(in_days(5, 9)).date().isoformat(),
        "days": days,
        "part": "morning",
    }
    answer = await client.post(home + "/waitlist", data=data)
    assert answer.status_code == 303
    async with inside(parts, shop.id) as db:
        (entry,) = (await db.scalars(select(WaitlistEntry))).all()
    assert (entry.weekdays, entry.latest.hour) == ([int(day) for day in days], 12)
    path = answer.headers["location"].partition("?")[0]
    assert (await client.get(path)).status_code == 200
    assert (await client.post(path + "/leaving")).status_code == 303
    async with inside(parts, shop.id) as db:
        (entry,) = (await db.scalars(select(WaitlistEntry))).all()
    assert entry.state == "withdrawn"


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"email": ""}, {"to_day": "2020-01-01"}, {"homepage": "x"}]
)
async def test_a_waiting_form_with_mistakes_keeps_what_was_typed(
    client, parts, shop, home, service, wrong
):
    data = {"services": str(service.id), "name": "Willi", "email": "w@example.de", **wrong}
    answer = await client.post(home + "/waitlist", data={**data, "wishes": "bleibt stehen"})
    assert answer.status_code == 422
    assert "bleibt stehen" in answer.text
    async with inside(parts, shop.id) as db:
        assert (await db.scalars(select(WaitlistEntry))).all() == []
