"""Diagnostic cases: begun, changed by several people, estimated, finished, in the history."""

import asyncio
from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.diagnostics import estimates, sessions
from portal.diagnostics.session_forms import CaseForm
from portal.diagnostics.session_models import DiagnosticSession
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.vehicles.typed import Reading
from portal.worker import work_off
from tests.diagnostics.test_scans import transcript, upload
from tests.makers.cases import a_case
from tests.makers.vehicles import a_vehicle, counted_statements


@pytest.fixture
async def vehicle(parts, shop):
    async with inside(parts, shop.id) as db:
        return await a_vehicle(db)


@pytest.fixture
async def case(parts, shop, vehicle):
    async with inside(parts, shop.id) as db:
        return await a_case(db, vehicle, symptoms="Klappert beim Bremsen")


async def history_of(device, shop, vehicle):
    async with device(shop) as program:
        return (await program.get(f"/api/v1/vehicles/{vehicle.id}/history")).json()["items"]


def estimate(*lines):
    titles, quantities, prices, sources = zip(*lines, strict=True)
    return {
        "line_title": list(titles),
        "line_quantity": list(quantities),
        "line_price": list(prices),
        "line_source": list(sources),
    }


async def test_a_test_drive_is_noted_and_stands_in_the_vehicles_history(
    signed_in, device, shop, vehicle
):
    browser = await signed_in(shop, Role.MECHANIC)
    form = {
        "kind": "test_drive",
        "vehicle_id": str(vehicle.id),
        "symptoms": "Zieht nach rechts",
        "notes": "Querlenker vorn rechts ausgeschlagen",
        "odometer_km": "123.456",
    }
    answer = await browser.post(f"{shop.home}/diagnostics/sessions", data=form)
    assert answer.status_code == 303
    html = (await browser.get(answer.headers["location"])).text
    assert "Probefahrt" in html
    assert "Querlenker vorn rechts ausgeschlagen" in html
    [entry] = await history_of(device, shop, vehicle)
    assert (entry["kind"], entry["title"], entry["odometer_km"]) == (
        "diagnostics",
        "Probefahrt",
        123456,
    )


async def test_an_estimate_adds_up_as_on_paper(signed_in, shop, vehicle):
    browser = await signed_in(shop, Role.ADVISOR)
    lines = estimate(
        ("Querlenker", "2", "89,95", ""),
        ("Achsvermessung", "1", "99,00", "catalogue"),
        ("", "1", "", ""),
    )
    form = {"kind": "visual", "vehicle_id": str(vehicle.id), **lines}
    answer = await browser.post(f"{shop.home}/diagnostics/sessions", data=form)
    html = (await browser.get(answer.headers["location"])).text
    assert "278,90\xa0€" in html
    assert "Preisliste" in html


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("89,90", "89.90"),
        ("1.234,56 €", "1234.56"),
        ("89.90", "89.90"),
        ("1.234", "1234"),
        ("50", "50"),
        ("=1+1", None),
        ("-5", None),
        ("1e9", None),
        ("NaN", None),
        ("٣", None),
        ("9" * 30, None),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, amount):
    reading = Reading()
    [line] = estimates.read_lines(reading, [("Teil", "1", typed, "")])
    assert bool(reading.errors) == (amount is None)
    assert amount is None or line.unit_price == Decimal(amount)


async def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(signed_in, shop, vehicle):
    browser = await signed_in(shop, Role.MECHANIC)
    form = {
        "vehicle_id": str(vehicle.id),
        "notes": "Bleibt stehen",
        "odometer_km": "viele",
        **estimate(("Teil", "1", "teuer", "")),
    }
    answer = await browser.post(f"{shop.home}/diagnostics/sessions", data=form)
    assert answer.status_code == 422
    assert "Bleibt stehen" in answer.text
    assert "teuer" in answer.text
    assert "89,90" in answer.text  # the example of an amount
    assert answer.text.count('aria-invalid="true"') == 2


async def test_a_case_needs_a_vehicle(signed_in, shop):
    browser = await signed_in(shop, Role.MECHANIC)
    answer = await browser.post(f"{shop.home}/diagnostics/sessions", data={"kind": "visual"})
    assert answer.status_code == 422
    assert "Bitte wählen Sie das Fahrzeug" in answer.text


async def test_every_change_is_signed_and_the_former_text_is_kept(parts, shop, case):
    async with inside(parts, shop.id) as db:
        found = await sessions.get(db, case.id)
        form = CaseForm(version=str(found.version), symptoms="Quietscht", notes="Beläge 2 mm")
        await sessions.change(db, found, form, by="Karl Kraft")
    async with inside(parts, shop.id) as db:
        found = await sessions.get(db, case.id)
        changes = {c.field: c for c in await sessions.changes_of(db, found)}
    assert changes["symptoms"].before == "Klappert beim Bremsen"
    assert changes["symptoms"].after == "Quietscht"
    assert changes["symptoms"].changed_by == "Karl Kraft"
    assert "estimate" not in changes


async def test_the_trail_of_changes_cannot_be_altered(parts, shop, case):
    with pytest.raises(Exception, match="permission denied"):
        async with inside(parts, shop.id) as db:
            found = await sessions.get(db, case.id)
            (await sessions.changes_of(db, found))[0].changed_by = "Niemand"


async def test_who_writes_over_somebody_elses_change_is_told_and_loses_nothing(
    parts, signed_in, shop, case
):
    browser = await signed_in(shop, Role.MECHANIC)
    async with inside(parts, shop.id) as db:
        found = await sessions.get(db, case.id)
        await sessions.change(
            db, found, CaseForm(version=str(found.version), notes="Zuerst"), by="Karl Kraft"
        )
    address = f"{shop.home}/diagnostics/sessions/{case.id}"
    answer = await browser.post(address, data={"version": "1", "notes": "Danach"})
    assert answer.status_code == 409
    assert "Danach" in answer.text
    assert "Zuerst" in (await browser.get(address)).text


async def test_of_two_who_save_at_the_same_moment_one_is_told(parts, signed_in, shop, case):
    browser = await signed_in(shop, Role.MECHANIC)
    line = estimate(("Bremsbeläge", "1", "120,00", ""))
    forms = [
        {"version": str(case.version), "kind": "visual", "notes": f"Notiz {n}", **line}
        for n in range(4)
    ]
    answers = await asyncio.gather(
        *(browser.post(f"{shop.home}/diagnostics/sessions/{case.id}", data=form) for form in forms)
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409]
    async with inside(parts, shop.id) as db:
        assert len(await sessions.lines_of(db, case)) == 1


async def test_a_finished_case_enters_its_result_once(
    parts, signed_in, device, shop, vehicle, case
):
    browser = await signed_in(shop, Role.MECHANIC)
    address = f"{shop.home}/diagnostics/sessions/{case.id}"
    for state in ("in_work", "done", "open", "done"):
        assert (await browser.post(f"{address}/state", data={"state": state})).status_code == 303
    titles = [entry["title"] for entry in await history_of(device, shop, vehicle)]
    assert titles == ["Sichtprüfung abgeschlossen", "Sichtprüfung"]
    assert (await browser.post(f"{address}/state", data={"state": "weg"})).status_code == 422


async def test_a_scan_has_one_case_however_often_it_is_begun(parts, signed_in, device, shop):
    scan_id = (await upload(device, shop, transcript(), "scan.txt")).json()["id"]
    await work_off(parts)
    browser = await signed_in(shop, Role.MECHANIC)
    piece = (await browser.get(f"{shop.home}/diagnostics/{scan_id}/session")).text
    assert "Fall anlegen" in piece
    form = {"scan_id": scan_id, "symptoms": "Ruckelt"}
    answers = [await browser.post(f"{shop.home}/diagnostics/sessions", data=form) for _ in range(2)]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    async with inside(parts, shop.id) as db:
        kinds = (await db.scalars(select(DiagnosticSession.kind))).all()
    assert kinds == ["obd2"]
    assert "Ruckelt" in (await browser.get(f"{shop.home}/diagnostics/{scan_id}/session")).text


async def test_the_list_shows_cases_by_their_state(signed_in, shop, case):
    browser = await signed_in(shop, Role.MECHANIC)
    assert "Klappert" in (await browser.get(f"{shop.home}/diagnostics/sessions?show=open")).text
    assert "Klappert" not in (await browser.get(f"{shop.home}/diagnostics/sessions?show=done")).text


async def test_cases_stand_on_the_page_of_their_vehicle(signed_in, shop, vehicle, case):
    browser = await signed_in(shop, Role.ADVISOR)
    assert "Klappert" in (await browser.get(f"{shop.home}/vehicles/{vehicle.id}/cases")).text


@pytest.mark.parametrize(
    "place",
    ["sessions", "sessions/{case}", "sessions/{case}/edit", "sessions/new", "upload", "live"],
)
async def test_pages_ask_the_database_six_times_at_most(parts, signed_in, shop, case, place):
    browser = await signed_in(shop, Role.MECHANIC)
    await browser.get(f"{shop.home}/diagnostics/upload")  # the sign-in notes its first use
    with counted_statements(parts) as sent:
        answer = await browser.get(f"{shop.home}/diagnostics/{place.format(case=case.id)}")
    assert answer.status_code == 200
    assert len(sent) <= 6, sent


async def test_a_vehicle_is_found_by_its_plate(signed_in, shop, vehicle):
    browser = await signed_in(shop, Role.MECHANIC)
    address = f"{shop.home}/diagnostics/vehicle-choices"
    assert str(vehicle.id) in (await browser.get(address, params={"q": "B-KF 1234"})).text
    assert str(vehicle.id) not in (await browser.get(address, params={"q": "M-XX 9"})).text
