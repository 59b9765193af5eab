"""The booking settings in a browser: what is typed is kept, what is wrong is said beside it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, select

from portal.bookings import rules
from portal.bookings.models import (
    Absence,
    AbsenceKind,
    Closure,
    OpeningHours,
    Resource,
    ResourceKind,
    ResourceSkill,
    Service,
    Shift,
)
from portal.kit import clock
from portal.kit.outbox import Job
from portal.tenants.boundary import inside
from portal.tenants.models import AuditEntry, Profile
from portal.tenants.permissions import Role
from tests.makers.bookings import a_calendar, a_service, an_absence, an_appointment

WEEK = {
    f"d{day}_{part}": value
    for day in range(5)
    for part, value in (("from", "7:30"), ("to", "12"), ("from2", "1300"), ("to2", "17.30"))
}
OIL = {
    "name": "Ölwechsel",
    "duration_minutes": "45",
    "pricing": "from",
    "price": "1.089,90 €",
    "lift": "any",
    "bookable_online": "true",
}
RULES = {
    "step_minutes": "15",
    "lead_minutes": "1440",
    "horizon_days": "90",
    "hold_minutes": "60",
    "answering": "at_once",
    "agreement": "request",
    "units_per_hour": "12",
    "reminder_hours": "2, 24",
    "hourly_rate": "119,00",
}


@pytest.fixture
def home(shop):
    return f"{shop.home}/bookings/settings"


@pytest.fixture
async def owner(signed_in, shop):
    return await signed_in(shop)


async def only(parts, shop, table):
    async with inside(parts, shop.id) as db:
        return (await db.scalars(select(table).order_by(table.id))).all()


async def trail(parts, shop):
    return [entry.action for entry in await only(parts, shop, AuditEntry)]


PAGES = [
    "",
    "/hours",
    "/resources",
    "/resources/new?kind=person",
    "/absences",
    "/services",
    "/services/new",
    "/rules",
]


@pytest.mark.parametrize("path", PAGES)
async def test_a_new_workshop_is_guided(owner, home, path):
    answer = await owner.get(home + path)
    assert answer.status_code == 200
    if path == "":
        assert "Noch 5 Schritte" in answer.text or "5 steps left" in answer.text


@pytest.mark.parametrize("path", ["", "/hours", "/resources", "/absences", "/services", "/rules"])
async def test_pages_stay_within_six_statements(parts, shop, owner, home, path):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        await a_service(db)
        start = clock.now() + timedelta(days=3)
        await an_appointment(db, start, on=[calendar.lift, calendar.person])
        await an_absence(
            db, calendar.person, start - timedelta(hours=1), start + timedelta(hours=3)
        )
    counted = []

    def count(_connection, _cursor, statement, *_rest):
        counted.append(statement)

    engine = parts.engine.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        assert (await owner.get(home + path)).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert len(counted) <= 6, "\n".join(s[:90] for s in counted)


@pytest.mark.parametrize("role", [Role.MECHANIC, Role.BOOKKEEPER, Role.ADVISOR])
async def test_only_owners_change_settings_and_advisors_take_sick_calls(
    signed_in, shop, home, role
):
    browser = await signed_in(shop, role)
    assert (await browser.get(home)).status_code == 403
    assert (await browser.post(f"{home}/rules", data=RULES)).status_code == 403
    allowed = 200 if role == Role.ADVISOR else 403
    assert (await browser.get(f"{home}/absences")).status_code == allowed


async def test_opening_hours_are_read_as_people_write_them(parts, shop, owner, home):
    assert (await owner.post(f"{home}/hours", data=WEEK)).status_code == 303
    rows = await only(parts, shop, OpeningHours)
    assert len(rows) == 10
    assert {f"{row.opens:%H:%M}-{row.closes:%H:%M}" for row in rows} == {
        "07:30-12:00",
        "13:00-17:30",
    }
    assert await trail(parts, shop) == ["hours.changed"]
    await owner.post(f"{home}/hours", data=WEEK)
    assert await trail(parts, shop) == ["hours.changed"]


@pytest.mark.parametrize(
    ("field", "value", "marked"),
    [
        ("d0_from", "halb acht", "d0_from"),
        ("d0_to", "25:00", "d0_to"),
        ("d0_to", "", "d0_to"),
        ("d0_to", "07:00", "d0_to"),
        ("d0_from2", "11:00", "d0_from2"),
    ],
)
async def test_wrong_hours_come_back_as_they_were_typed(
    parts, shop, owner, home, field, value, marked
):
    answer = await owner.post(f"{home}/hours", data={**WEEK, field: value, "d4_to2": "16:59"})
    assert answer.status_code == 422
    assert f'id="{marked}-error"' in answer.text
    assert 'value="16:59"' in answer.text
    assert (value and f'value="{value}"') in answer.text
    assert await only(parts, shop, OpeningHours) == []


async def test_local_holidays_belong_to_their_bundesland(parts, shop, owner, home):
    data = {"federal_state": "BY", "local_assumption": "true", "local_corpus_christi": "true"}
    preview = await owner.get(f"{home}/hours/holidays", params=data)
    assert "Himmelfahrt" in preview.text
    assert (await owner.post(f"{home}/hours/holidays", data=data)).status_code == 303
    async with inside(parts, shop.id) as db:
        assert (await rules.load(db)).local_holidays == ["assumption"]
        assert (await db.scalars(select(Profile))).one().federal_state == "BY"
    await owner.post(f"{home}/hours/holidays", data={"federal_state": "BE"})
    async with inside(parts, shop.id) as db:
        assert (await rules.load(db)).local_holidays == []
    assert (
        await owner.post(f"{home}/hours/holidays", data={"federal_state": "XX"})
    ).status_code == 422


async def test_a_closure_is_entered_and_removed(parts, shop, owner, home):
    data = {"first": "2099-12-24", "last": "31.12.2099", "reason": "Betriebsferien"}
    assert (await owner.post(f"{home}/closures", data=data)).status_code == 303
    (closure,) = await only(parts, shop, Closure)
    assert (closure.starts_on, closure.ends_on) == (date(2099, 12, 24), date(2099, 12, 31))
    assert "Betriebsferien" in (await owner.get(f"{home}/hours")).text
    await owner.post(f"{home}/closures/{closure.id}/removal")
    assert await only(parts, shop, Closure) == []
    backwards = {**data, "last": "2099-12-01"}
    answer = await owner.post(f"{home}/closures", data=backwards)
    assert answer.status_code == 422
    assert 'id="field-last-error"' in answer.text


async def test_a_person_is_added_with_skills_and_shifts(parts, shop, owner, home):
    data = {
        "kind": "person",
        "name": "Aylin Demir",
        "capacity_percent": "50",
        "staff_id": str(shop.people[Role.MECHANIC].id),
        "skill_au": "true",
        "until_hv_2s": "2099-01-31",
        "bookable_online": "true",
    }
    answer = await owner.post(f"{home}/resources", data=data)
    (person,) = await only(parts, shop, Resource)
    assert answer.headers["location"] == f"{home}/resources/{person.id}?saved=1"
    assert (person.capacity_percent, person.staff_id) == (50, shop.people[Role.MECHANIC].id)
    found = {(one.skill, one.valid_until) for one in await only(parts, shop, ResourceSkill)}
    assert found == {("au", None), ("hv_2s", date(2099, 1, 31))}
    here = f"{home}/resources/{person.id}"
    assert (await owner.post(f"{here}/shifts", data={"is_new": "1", **WEEK})).status_code == 303
    assert len(await only(parts, shop, Shift)) == 10
    empty = await owner.post(f"{here}/shifts", data={"is_new": "1"})
    assert empty.status_code == 422
    await owner.post(f"{here}/shifts/removal", data={"old_valid_from": ""})
    assert await only(parts, shop, Shift) == []


async def test_somebody_elses_sign_in_is_no_choice(parts, other_shop, shop, owner, home):
    data = {"kind": "person", "name": "X", "staff_id": str(other_shop.people[Role.OWNER].id)}
    answer = await owner.post(f"{home}/resources", data=data)
    assert answer.status_code == 422
    assert await only(parts, shop, Resource) == []


async def test_several_seats_are_made_at_once_and_one_can_be_deleted(parts, shop, owner, home):
    await owner.post(f"{home}/resources", data={"kind": "seat", "name": "Platz", "count": "3"})
    rows = await only(parts, shop, Resource)
    assert [row.name for row in rows] == ["Platz 1", "Platz 2", "Platz 3"]
    await owner.post(f"{home}/resources/{rows[0].id}/deletion")
    await owner.post(f"{home}/resources/{rows[1].id}/retirement")
    rows = await only(parts, shop, Resource)
    assert [(row.name, row.active) for row in rows] == [("Platz 2", False), ("Platz 3", True)]
    await owner.post(f"{home}/resources/{rows[0].id}/return")
    assert all(row.active for row in await only(parts, shop, Resource))


async def test_a_lift_with_appointments_says_why_it_stays(parts, shop, owner, home):
    async with inside(parts, shop.id) as db:
        lift = (await a_calendar(db)).lift
        await an_appointment(db, "2099-03-02 09:00", on=[lift])
    answer = await owner.post(f"{home}/resources/{lift.id}/deletion")
    assert answer.status_code == 409
    assert "Bühne 1" in answer.text
    assert lift.id in {one.id for one in await only(parts, shop, Resource)}


async def test_moving_a_lift_answers_with_the_list(parts, shop, owner, home):
    async with inside(parts, shop.id) as db:
        lifts = (await a_calendar(db)).lifts
    headers = {"hx-request": "true", "hx-target": "resource-list"}
    path = f"{home}/resources/{lifts[1].id}/place"
    answer = await owner.post(path, data={"step": "up"}, headers=headers)
    assert answer.is_success
    assert answer.text.index("Bühne 2") < answer.text.index("Bühne 1")
    assert "<html" not in answer.text


async def test_a_sick_call_lists_whom_to_phone(parts, shop, signed_in, home):
    advisor = await signed_in(shop, Role.ADVISOR)
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        await an_appointment(db, "2099-03-02 09:00", on=[calendar.person], title="Zahnriemen")
        await an_appointment(db, "2099-03-02 09:00", on=[calendar.people[1]], title="Ölwechsel")
    data = {"resource": str(calendar.person.id), "kind": "sick", "first": "2099-03-02"}
    answer = await advisor.post(f"{home}/absences", data=data, follow_redirects=True)
    assert answer.status_code == 200
    assert "Zahnriemen" in answer.text
    assert "Ölwechsel" not in answer.text
    (absence,) = await only(parts, shop, Absence)
    assert (absence.kind, absence.ends_at - absence.starts_at) == (
        AbsenceKind.SICK,
        timedelta(days=1),
    )
    changed = {**data, "last": "2099-03-03", "begins": "12", "ends": "1300"}
    await advisor.post(f"{home}/absences/{absence.id}", data=changed)
    (absence,) = await only(parts, shop, Absence)
    assert f"{clock.local(absence.ends_at):%d.%m. %H:%M}" == "03.03. 13:00"
    await advisor.post(f"{home}/absences/{absence.id}/removal")
    assert await only(parts, shop, Absence) == []
    wanted = ["absence.entered", "absence.edited", "absence.removed"]
    assert [one for one in await trail(parts, shop) if one.startswith("absence")] == wanted


@pytest.mark.parametrize(
    ("change", "marked"),
    [
        ({"resource": ""}, "field-resource-error"),
        ({"first": ""}, "field-first-error"),
        ({"first": "morgen"}, "field-first-error"),
        ({"last": "2099-03-01"}, "field-last-error"),
        ({"begins": "12:00", "ends": "8:00"}, "field-ends-error"),
        ({"kind": "bored"}, "field-kind-error"),
    ],
)
async def test_an_absence_that_makes_no_sense_keeps_its_note(
    parts, shop, owner, home, change, marked
):
    async with inside(parts, shop.id) as db:
        person = (await a_calendar(db)).person
    data = {
        "resource": str(person.id),
        "kind": "other",
        "first": "2099-03-02",
        "note": "Zahnarzt 7b",
    }
    answer = await owner.post(f"{home}/absences", data={**data, **change})
    assert answer.status_code == 422
    assert marked in answer.text
    assert "Zahnarzt 7b" in answer.text
    assert await only(parts, shop, Absence) == []


async def test_school_weeks_and_school_days_are_entered(parts, shop, owner, home):
    async with inside(parts, shop.id) as db:
        person = (await a_calendar(db)).person
    weeks = {"resource": str(person.id), "how": "weeks", "weeks": "KW 3, 5-6", "year": "2027"}
    assert (await owner.post(f"{home}/absences/school", data=weeks)).status_code == 303
    days = {
        "resource": str(person.id),
        "how": "weekdays",
        "on_1": "true",
        "first": "2027-03-01",
        "last": "2027-03-31",
    }
    assert (await owner.post(f"{home}/absences/school", data=days)).status_code == 303
    assert len(await only(parts, shop, Absence)) == 3 + 5
    answer = await owner.post(f"{home}/absences/school", data={**weeks, "weeks": "Woche drei"})
    assert answer.status_code == 422
    assert "Woche drei" in answer.text
    assert 'id="field-weeks-error"' in answer.text


async def test_a_service_is_added_by_price_and_edited(parts, shop, owner, home):
    assert (await owner.post(f"{home}/services", data=OIL)).status_code == 303
    (service,) = await only(parts, shop, Service)
    assert (str(service.price), service.price_from, service.duration_minutes) == (
        "1089.90",
        True,
        45,
    )
    assert service.edited_at is not None
    here = f"{home}/services/{service.id}"
    changed = {
        "name": "Ölwechsel",
        "labour_units": "7,5",
        "pricing": "on_sight",
        "lift": "",
        "can_wait": "true",
    }
    await owner.post(here, data=changed)
    (service,) = await only(parts, shop, Service)
    assert (service.price, service.duration_minutes, service.lift) == (None, 45, "")
    assert service.can_wait
    assert not service.bookable_online
    await owner.post(f"{here}/retirement")
    assert not (await only(parts, shop, Service))[0].active
    await owner.post(f"{here}/return")
    assert [one for one in await trail(parts, shop) if "service" in one] == [
        "service.added",
        *["service.edited"] * 3,
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"duration_minutes": ""}, "duration_minutes"),
        ({"duration_minutes": "0"}, "duration_minutes"),
        ({"duration_minutes": "eine Stunde"}, "duration_minutes"),
        ({"labour_units": "viel"}, "labour_units"),
        ({"price": ""}, "price"),
        ({"price": "-5"}, "price"),
        ({"price": "1,234"}, "price"),
        ({"setup_minutes": "46"}, "setup_minutes"),
        ({"lift": "crane"}, "lift"),
        ({"skill": "magic"}, "skill"),
        ({"pricing": "free"}, "pricing"),
        ({"keywords": ", ".join(str(n) for n in range(30))}, "keywords"),
    ],
)
async def test_a_wrong_service_is_refused_beside_its_field(parts, shop, owner, home, change, field):
    answer = await owner.post(
        f"{home}/services", data={**OIL, "description": "bleibt stehen", **change}
    )
    assert answer.status_code == 422
    assert f'id="field-{field}-error"' in answer.text
    assert "bleibt stehen" in answer.text
    assert await only(parts, shop, Service) == []


async def test_services_change_their_order(parts, shop, owner, home):
    async with inside(parts, shop.id) as db:
        made = [await a_service(db, name, position=n) for n, name in enumerate(("A", "B", "C"))]
    await owner.post(f"{home}/services/{made[2].id}/place", data={"step": "up"})
    rows = sorted(await only(parts, shop, Service), key=lambda one: one.position)
    assert [row.name for row in rows] == ["A", "C", "B"]


async def planned_anew(parts, shop):
    async with inside(parts, shop.id) as db:
        jobs = select(func.count()).select_from(Job).where(Job.name == "bookings.plan_reminders")
        return await db.scalar(jobs.where(Job.workshop_id == shop.id))


async def test_rules_are_stored_and_shown_again(parts, shop, owner, home):
    assert (await owner.post(f"{home}/rules", data=RULES)).status_code == 303
    async with inside(parts, shop.id) as db:
        kept = await rules.load(db)
    assert (kept.step_minutes, kept.lead_minutes, kept.units_per_hour) == (15, 1440, 12)
    assert kept.reminder_hours == [24, 2]
    assert await planned_anew(parts, shop) == 1
    await owner.post(f"{home}/rules", data={**RULES, "step_minutes": "30"})
    assert await planned_anew(parts, shop) == 1
    assert str(kept.hourly_rate) == "119.00"
    assert "booking_rules.changed" in await trail(parts, shop)
    assert 'value="24, 2"' in (await owner.get(f"{home}/rules")).text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"agreement": "contract"}, "withdrawal_policy"),
        ({"reminder_hours": "bald"}, "reminder_hours"),
        ({"reminder_hours": "1, 2, 3, 4"}, "reminder_hours"),
        ({"reminder_hours": "999"}, "reminder_hours"),
        ({"units_per_hour": "11"}, "units_per_hour"),
        ({"hourly_rate": "teuer"}, "hourly_rate"),
        ({"step_minutes": "1"}, "step_minutes"),
        ({"lead_minutes": "99999999"}, "lead_minutes"),
    ],
)
async def test_wrong_rules_keep_what_was_typed(parts, shop, owner, home, change, field):
    answer = await owner.post(f"{home}/rules", data={**RULES, "terms": "Unsere AGB 7c", **change})
    assert answer.status_code == 422
    assert f'id="field-{field}-error"' in answer.text
    assert "Unsere AGB 7c" in answer.text


@pytest.mark.parametrize("table", ["resources", "services", "absences"])
async def test_another_workshops_rows_do_not_exist(parts, other_shop, owner, home, table):
    async with inside(parts, other_shop.id) as db:
        calendar = await a_calendar(db)
        service = await a_service(db)
        absence = await an_absence(db, calendar.person, "2099-01-01 00:00", "2099-01-02 00:00")
    ids = {"resources": calendar.lift.id, "services": service.id, "absences": absence.id}
    assert (await owner.get(f"{home}/{table}/{ids[table]}")).status_code == 404
    assert (await owner.post(f"{home}/{table}/{ids[table]}", data={"name": "x"})).status_code == 404


async def test_a_script_as_a_name_is_shown_as_text(parts, shop, owner, home):
    async with inside(parts, shop.id) as db:
        db.add(Resource(kind=ResourceKind.LIFT, name="<script>alert(1)</script>"))
    answer = await owner.get(f"{home}/resources")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
