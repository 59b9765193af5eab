"""Files become customers, vehicles, history, appointments and absences."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select, text

from portal.bookings.models import Absence, Appointment, Reservation, Resource, ResourceKind
from portal.imports import faults, jobs, runs
from portal.imports.kinds import Kind, RunState
from portal.imports.models import ImportFault
from portal.kit.outbox import Job
from portal.tenants.boundary import inside
from portal.vehicles import customers, vehicles
from portal.vehicles.models import Customer, HistoryEntry, Ownership, Vehicle
from portal.worker import work_off
from tests.makers.imports import BOOKINGS, CALENDAR, CUSTOMERS, HISTORY, VEHICLES, many_vehicles
from tests.makers.victims import fingerprint

IMPORTS = ("import_runs", "import_faults", "import_marks", "import_keys", "import_shapes")


async def every(parts, shop, model):
    async with inside(parts, shop.id) as db:
        return (await db.scalars(select(model).order_by(model.id))).all()


async def counts(run):
    return (run.created, run.updated, run.unchanged, run.refused)


async def the_resources(parts, shop):
    async with inside(parts, shop.id) as db:
        db.add(Resource(kind=ResourceKind.LIFT, name="Bühne 1", lift_kind="two_post"))
        person = Resource(kind=ResourceKind.PERSON, name="Murat")
        db.add(person)
        await db.flush()
        return person.id


async def content(parts, shop):
    """All that the workshop knows, without the records of imports and of who did what."""
    lines = []
    async with inside(parts, shop.id) as db:
        for table in ("customers", "customer_words", "vehicles", "ownerships", "history_entries",
                      "appointments", "reservations", "appointment_moves", "absences"):  # fmt: skip
            rows = await db.scalars(
                text(f"select (to_jsonb(t) - 'updated_at')::text from {table} t order by 1")
            )
            lines += [table, *rows]
    return lines


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
async def test_customers_are_taken_over(parts, shop, take_over, encoding):
    run = await take_over(shop, CUSTOMERS.encode(encoding, "replace"))
    assert (run.state, run.kind) == (RunState.DONE, Kind.CUSTOMERS)
    assert await counts(run) == (4, 0, 0, 1)
    first, _second, company, fourth = await every(parts, shop, Customer)
    assert (first.name, first.street, first.phone_key) == (
        "Jörg Grünewald",
        "Hauptstraße 5",
        "+49307654321",
    )
    assert (company.company, company.name) == ("Bäckerei Süßmund GmbH", "")
    assert (fourth.email, "kein-mail" in fourth.note) == ("", True)
    told = await every(parts, shop, ImportFault)
    assert [(one.line, one.weight) for one in told] == [(5, "warning"), (6, "error")]


async def test_vehicles_come_with_their_keepers(parts, shop, take_over):
    await take_over(shop, CUSTOMERS)
    run = await take_over(shop, VEHICLES)
    assert await counts(run) == (4, 0, 0, 1)
    cars = {car.plate: car for car in await every(parts, shop, Vehicle)}
    golf = cars["B-KF 1234"]
    assert (golf.odometer_km, golf.hu_due, golf.hsn, golf.fuel) == (
        184_350,
        "2027-11",
        "0603",
        "diesel",
    )
    assert golf.first_registration == date(2006, 3, 14)
    assert (cars["B-BS 300E"].power_kw, cars["B-BS 300E"].hu_due) == (85, "2027-09")
    assert cars["B-NN 4711"].first_registration is None
    async with inside(parts, shop.id) as db:
        kept = await vehicles.get(db, golf.id)
        assert kept.keeper.name == "Jörg Grünewald"
        assert await db.scalar(select(func.count()).select_from(Customer)) == 5
        assert await db.scalar(select(func.count()).select_from(Ownership)) == 4


async def test_history_is_imported_evidence_of_known_vehicles(parts, shop, take_over):
    await take_over(shop, VEHICLES)
    run = await take_over(shop, HISTORY)
    assert await counts(run) == (3, 0, 0, 2)
    entries = await every(parts, shop, HistoryEntry)
    assert {(one.provenance, one.source_kind) for one in entries} == {("imported", "import")}
    assert [one.kind for one in entries] == ["service", "inspection", "service"]
    assert "389,50" in entries[0].text
    reasons = {one.line: one.reason for one in await every(parts, shop, ImportFault)}
    assert set(reasons) == {5, 6}


async def test_appointments_of_the_past_and_future_take_their_resources(parts, shop, take_over):
    await the_resources(parts, shop)
    run = await take_over(shop, BOOKINGS)
    assert await counts(run) == (4, 0, 0, 1)
    found = {one.title: one for one in await every(parts, shop, Appointment)}
    states = {title: one.state for title, one in found.items()}
    assert states == {"Räderwechsel": "collected", "Inspektion": "no_show",
                      "Klimaservice": "confirmed", "Ölwechsel": "confirmed"}  # fmt: skip
    assert found["Räderwechsel"].starts_at == datetime(2020, 11, 16, 7, tzinfo=UTC)
    assert found["Räderwechsel"].work_minutes == 90
    assert {one.origin for one in found.values()} == {"import"}
    assert len(await every(parts, shop, Reservation)) == 4
    warned = {
        (one.line, one.column_name)
        for one in await every(parts, shop, ImportFault)
        if one.weight == "warning"
    }
    assert warned == {(5, "Hebebühne"), (5, "Mechaniker")}


async def test_nobody_is_told_about_imported_appointments(parts, shop, take_over):
    await take_over(shop, BOOKINGS)
    async with inside(parts, shop.id) as db:
        assert await db.scalar(select(func.count()).select_from(Job)) == 0
        assert await db.scalar(text("select count(*) from booking_notices")) == 0


async def test_a_calendar_becomes_appointments_linked_by_plate(parts, shop, take_over):
    await take_over(shop, VEHICLES)
    run = await take_over(shop, CALENDAR, "termine.ics")
    assert (run.kind, run.is_calendar, run.refused) == (Kind.BOOKINGS, True, 0)
    found = {one.title: one for one in await every(parts, shop, Appointment)}
    one = found["Inspektion B-KF 1234"]
    assert one.starts_at == datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
    assert one.vehicle_id is not None
    assert one.customer_id is not None


async def test_a_calendar_becomes_the_absences_of_a_person(parts, shop, take_over):
    person = await the_resources(parts, shop)
    run = await take_over(shop, CALENDAR, "urlaub.ics", kind=Kind.ABSENCES, resource_id=person)
    assert await counts(run) == (5, 0, 0, 0)
    found = {one.note: one for one in await every(parts, shop, Absence)}
    assert found["Urlaub"].kind == "vacation"
    assert found["Urlaub"].ends_at == datetime(2026, 7, 17, 22, tzinfo=UTC)
    again = await take_over(shop, CALENDAR, "urlaub.ics", kind=Kind.ABSENCES, resource_id=person)
    assert await counts(again) == (0, 0, 5, 0)


async def test_a_repeated_event_leaves_its_exceptions_out():
    sheet = runs.open_sheet(CALENDAR.encode())
    starts = [line.cells[1] for line in sheet.lines() if line.cells[3] == "Berufsschule"]
    assert starts == [
        "2026-09-01T08:00:00+02:00",
        "2026-09-15T08:00:00+02:00",
        "2026-09-22T08:00:00+02:00",
    ]


@pytest.mark.parametrize("update", [False, True])
async def test_the_same_files_again_change_nothing(parts, shop, take_over, update):
    await the_resources(parts, shop)
    files = (CUSTOMERS, VEHICLES, HISTORY, BOOKINGS)
    for file in files:
        await take_over(shop, file)
    before = await content(parts, shop)
    for file in files:
        run = await take_over(shop, file, update=update)
        assert (run.created, run.updated) == (0, 0)
    assert await content(parts, shop) == before


async def test_known_customers_are_left_or_updated_as_wanted(parts, shop, take_over):
    await take_over(shop, CUSTOMERS)
    changed = "Kd-Nr.;Vorname;Name;Telefon;Ort\n10001;Jörg;Grünewald;030 9998887;Potsdam\n"
    run = await take_over(shop, changed)
    assert await counts(run) == (0, 0, 1, 0)
    run = await take_over(shop, changed, update=True)
    assert await counts(run) == (0, 1, 0, 0)
    first = (await every(parts, shop, Customer))[0]
    assert (first.city, first.phone, first.street) == ("Potsdam", "030 9998887", "Hauptstraße 5")


async def test_a_family_with_one_telephone_stays_several_customers(parts, shop, take_over):
    file = (
        "Kundennummer;Vorname;Nachname;Telefon\n"
        "1;Anna;Dorn;030 4445556\n2;Bert;Dorn;030 4445556\n1;Anna;Dorn;030 4445556\n;Anna;Dorn;030 4445556\n"
    )
    run = await take_over(shop, file)
    assert await counts(run) == (2, 0, 2, 0)


async def test_a_plate_on_two_vehicles_is_an_error_of_its_line(parts, shop, take_over):
    file = "Kennzeichen;FIN;Marke\nB-KF 1234;WVWZZZ1KZ6W612305;VW\nB-KF 1234;WVWZZZ1KZ6W612306;VW\n"
    run = await take_over(shop, file)
    assert await counts(run) == (1, 0, 0, 1)


async def test_undo_removes_exactly_what_it_made(parts, shop, take_over, take_back):
    await the_resources(parts, shop)
    await take_over(shop, CUSTOMERS)
    before = await content(parts, shop)
    made = [await take_over(shop, file, update=True) for file in (VEHICLES, HISTORY, BOOKINGS)]
    for one in reversed(made):
        run = await take_back(shop, one)
        assert run.state == RunState.UNDONE
        async with inside(parts, shop.id) as db:
            assert await runs.kept_of(db, run.id) == []
    assert await content(parts, shop) == before
    again = await take_over(shop, VEHICLES)
    assert again.created == 4


async def test_undo_gives_changed_values_back(parts, shop, take_over, take_back):
    await take_over(shop, CUSTOMERS)
    before = await content(parts, shop)
    changed = "Kd-Nr.;Vorname;Name;Telefon\n10001;Jörg;Grünewald-Sommer;030 9998887\n"
    run = await take_over(shop, changed, update=True)
    assert run.updated == 1
    await take_back(shop, run)
    assert sorted(await content(parts, shop)) != []
    after = await every(parts, shop, Customer)
    assert (after[0].name, after[0].phone_key) == ("Jörg Grünewald", "+49307654321")
    assert len(await content(parts, shop)) == len(before)


async def test_undo_leaves_what_somebody_changed_or_used_and_says_why(
    parts, shop, take_over, take_back
):
    await take_over(shop, CUSTOMERS)
    run = await take_over(shop, VEHICLES)
    async with inside(parts, shop.id) as db:
        [golf] = await vehicles.find_by_plate(db, "B-KF 1234")
        draft = vehicles.draft_of(golf)
        draft.color = "rot"
        await vehicles.update(db, golf, draft)
        [corsa] = await vehicles.find_by_plate(db, "B-OY 77")
        from portal.vehicles import history
        from portal.vehicles.models import HistoryKind

        facts = {"kind": HistoryKind.NOTE, "happened_on": date(2026, 1, 1), "title": "Anruf"}
        await history.record(db, corsa, **facts)
        [nina] = await customers.find_by_contact(db, phone="0") or [None]
        assert nina is None
    await take_back(shop, run)
    left = {car.plate for car in await every(parts, shop, Vehicle)}
    assert left == {"B-KF 1234", "B-OY 77"}
    async with inside(parts, shop.id) as db:
        kept = {
            (mark.label, mark.kept)
            for mark in await runs.kept_of(db, run.id)
            if mark.subject == "vehicles"
        }
    assert kept == {("B-KF 1234", "changed"), ("B-OY 77", "in_use")}


async def test_a_stopped_import_can_be_taken_back(parts, shop, take_back):
    async with inside(parts, shop.id) as db:
        run = await runs.receive(db, parts.blobs, CUSTOMERS.encode(), "k.csv", by="", limit=10**6)
        await runs.start(db, run)
        runs.stop(run)
    await work_off(parts)
    assert await every(parts, shop, Customer) == []
    assert (await take_back(shop, run)).state == RunState.UNDONE


async def test_a_worker_that_dies_is_followed_by_one_that_goes_on(parts, shop, monkeypatch):
    monkeypatch.setattr(jobs, "SIZE", 7)
    stored = jobs.running.store
    calls = []

    async def dies_at_third(*args):
        calls.append(args[2])
        if len(calls) == 3:
            raise KeyboardInterrupt
        await stored(*args)

    async with inside(parts, shop.id) as db:
        run = await runs.receive(db, parts.blobs, many_vehicles(40), "f.csv", by="", limit=10**6)
        await runs.start(db, run)
    monkeypatch.setattr(jobs.running, "store", dies_at_third)
    from contextlib import suppress

    with suppress(KeyboardInterrupt):
        async with inside(parts, None) as db:
            from portal.kit import outbox
            from portal.kit.outbox import Work
            from portal.worker import _opener

            [job] = [one for one in await outbox.claim(db) if one.workshop_id == shop.id]
        await jobs.run(Work(parts, job.id, job.lease, shop.id, _opener(parts)), **job.arguments)
    assert len(await every(parts, shop, Vehicle)) == 14
    async with inside(parts, shop.id) as db:
        await db.execute(text("update outbox set leased_until = null"))
    await work_off(parts)
    assert len(await every(parts, shop, Vehicle)) == 40
    async with inside(parts, shop.id) as db:
        assert (await runs.get(db, run.id)).created == 40


async def test_a_line_that_nobody_foresaw_costs_only_itself(parts, shop, take_over, monkeypatch):
    prepare = customers.prepare

    def breaks_for_one(facts):
        if "Yıldız" in facts["name"]:
            facts = {**facts, "postcode": "\0"}
        return prepare(facts)

    monkeypatch.setattr("portal.imports.storing_people.customers.prepare", breaks_for_one)
    run = await take_over(shop, CUSTOMERS)
    assert await counts(run) == (3, 0, 0, 2)


async def test_an_import_stays_in_its_workshop(parts, shop, other_shop, take_over):
    before = await fingerprint(parts, other_shop)
    await take_over(shop, CUSTOMERS)
    assert await fingerprint(parts, other_shop) == before


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-1", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0"])
def test_no_cell_of_the_list_of_errors_is_a_formula(cell):
    fault = ImportFault(line=2, column_name=cell, value=cell, reason="x", weight="error")
    table = faults.as_table([fault]).decode("utf-8-sig")
    for told in table.splitlines()[1].split(";"):
        assert not told.strip('"').startswith(("=", "+", "-", "@", "\t"))
