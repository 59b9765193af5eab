"""What appointments occupy: added, put in order, out of use, never deleted under an appointment."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from portal.bookings import absences, resource_drafts, resources, school_weeks, shifts, skills
from portal.bookings.models import Absence, AbsenceKind, Resource, ResourceKind, SkillKind
from portal.bookings.shifts import Plan
from portal.bookings.week_forms import WeekSpan
from portal.kit.errors import Invalid
from portal.tenants.boundary import inside
from portal.tenants.models import AuditEntry
from tests.makers.bookings import a_calendar, an_absence, an_appointment, at


async def names(db):
    return [one.name for one in await resources.active_of(db)]


async def actions(db):
    return list(await db.scalars(select(AuditEntry.action).order_by(AuditEntry.happened_at)))


async def test_a_new_lift_stands_behind_the_others_and_can_move_up(parts, shop):
    async with inside(parts, shop.id) as db:
        for name in ("A", "B", "C"):
            await resources.add(db, ResourceKind.LIFT, name)
        last = (await resources.load(db))[-1].resource
        await resources.shift_place(db, last, -1)
        await resources.shift_place(db, last, -1)
        await resources.shift_place(db, last, -1)
        await db.flush()
        assert await names(db) == ["C", "A", "B"]
        assert "resource.moved" in await actions(db)


async def test_what_has_appointments_is_not_deleted_but_can_be_put_out_of_use(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db, lifts=2)
        await an_appointment(db, "2027-03-01 09:00", on=[calendar.lift])
        with pytest.raises(resources.ResourceInUse):
            await resources.delete(db, calendar.lift)
        await resources.set_in_use(db, calendar.lift, active=False)
        await resources.delete(db, calendar.lifts[1])
        await db.flush()
        assert "Bühne 1" not in await names(db)
        assert [one.name for one in await db.scalars(select(Resource))].count("Bühne 1") == 1


async def test_loading_brings_skills_shifts_and_coming_absences_in_one_go(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        await an_absence(db, calendar.person, "2027-03-01 00:00", "2027-03-02 00:00")
        await an_absence(db, calendar.person, "2026-01-01 00:00", "2026-01-02 00:00")
        kept = resources.find(
            await resources.load(db, since=at("2027-01-01 00:00")), calendar.person.id
        )
    assert [one.skill for one in kept.skills] == list(SkillKind)
    assert len(kept.absences) == 1
    assert kept.absence_at(at("2027-03-01 12:00")).kind == AbsenceKind.VACATION
    assert kept.absence_at(at("2027-03-02 00:00")) is None


async def test_a_certificate_is_warned_of_sixty_days_before_it_ends(parts, shop):
    today = date(2027, 3, 1)
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db, people=2)
        kept = resources.find(await resources.load(db), calendar.person.id)
        ends = {
            SkillKind.HV_2S: today + timedelta(days=60),
            SkillKind.HV_3S: today + timedelta(days=61),
            SkillKind.EMISSIONS_TEST: today - timedelta(days=1),
            SkillKind.BODYWORK: None,
        }
        await skills.replace(db, kept, ends)
        found = skills.expiring(await resources.load(db), today)
        assert [(one.skill, one.days) for one in found] == [
            (SkillKind.EMISSIONS_TEST, -1),
            (SkillKind.HV_2S, 60),
        ]
        calendar.person.active = False
        await db.flush()
        assert skills.expiring(await resources.load(db), today) == []


def plan(since=None, until=None, *days):
    spans = tuple(WeekSpan(day, time(7), time(16)) for day in days or (0,))
    return Plan(since, until, spans)


async def test_a_new_plan_ends_the_open_one_the_day_before(parts, shop):
    async with inside(parts, shop.id) as db:
        person = (await a_calendar(db)).person
        await shifts.store_plan(db, await resources.get(db, person.id), plan())
        later = plan(date(2027, 3, 1), None, 0, 1)
        await shifts.store_plan(db, await resources.get(db, person.id), later)
        found = shifts.plans_of((await resources.get(db, person.id)).shifts)
    assert [(one.valid_from, one.valid_to) for one in found] == [
        (None, date(2027, 2, 28)),
        (date(2027, 3, 1), None),
    ]
    assert found[1].minutes == 18 * 60


async def test_plans_that_overlap_are_refused_beside_their_field(parts, shop):
    async with inside(parts, shop.id) as db:
        person = (await a_calendar(db)).person
        first = plan(date(2027, 2, 1), date(2027, 3, 31))
        await shifts.store_plan(db, await resources.get(db, person.id), first)
        with pytest.raises(Invalid) as refused:
            late = plan(date(2027, 3, 1), None)
            await shifts.store_plan(db, await resources.get(db, person.id), late)
    assert [error.field for error in refused.value.errors] == ["valid_from"]


async def test_a_plan_is_changed_in_its_place_and_removed(parts, shop):
    async with inside(parts, shop.id) as db:
        person = (await a_calendar(db)).person
        await shifts.store_plan(db, await resources.get(db, person.id), plan())
        kept = await resources.get(db, person.id)
        await shifts.store_plan(db, kept, plan(None, None, 2, 3), instead_of=plan())
        kept = await resources.get(db, person.id)
        assert [one.weekday for one in kept.shifts] == [2, 3]
        await shifts.remove_plan(db, kept, plan())
        assert (await resources.get(db, person.id)).shifts == []


def test_school_weeks_are_read_as_schools_write_them():
    def found(text, year=2027):
        return [monday.isocalendar()[:2] for monday, _friday in school_weeks.weeks_in(text, year)]

    assert found("KW 3, 5, 7-9") == [(2027, 3), (2027, 5), (2027, 7), (2027, 8), (2027, 9)]
    assert found("40/2026; 2/27 und 3") == [(2026, 40), (2027, 2), (2027, 3)]
    assert found("52-2/2026", 2020) == [(2026, 52), (2026, 53), (2027, 1), (2027, 2)]
    assert found("") == []
    for nonsense in ("Woche drei", "0", "54", "53/2027", "3 bis 5"):
        with pytest.raises(school_weeks.NoSchoolWeek):
            school_weeks.weeks_in(nonsense, 2027)


def test_school_days_are_the_weekdays_between_two_days():
    found = school_weeks.weekdays_between(date(2027, 3, 1), date(2027, 3, 14), {1, 3})
    assert [day.isoformat() for day in found] == [
        "2027-03-02",
        "2027-03-04",
        "2027-03-09",
        "2027-03-11",
    ]


async def test_school_entered_twice_stands_there_once(parts, shop):
    weeks = school_weeks.weeks_in("3, 13", 2027)
    async with inside(parts, shop.id) as db:
        person = (await a_calendar(db)).person
        assert await absences.enter_school(db, person, weeks) == 2
        assert await absences.enter_school(db, person, weeks) == 0
        found = list(await db.scalars(select(Absence).order_by(Absence.starts_at)))
    assert [absences.days_of(one.starts_at, one.ends_at) for one in found] == weeks
    assert found[1].starts_at == at("2027-03-29 00:00")  # the week in which summer time begins


def test_a_plate_is_written_as_on_the_car():
    typed = {"name": "Polo", "plate": "b-lw1234", "bookable_online": "true"}
    draft = resource_drafts.read(ResourceKind.LOANER, typed, set())
    assert draft.columns["plate"] == "B-LW 1234"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "B", "lift_kind": "crane"}, "lift_kind"),
        ({"name": "B", "max_weight_kg": "-3"}, "max_weight_kg"),
        ({"name": "B", "max_weight_kg": "drei Tonnen"}, "max_weight_kg"),
        ({"name": "B", "count": "21"}, "count"),
    ],
)
def test_a_lift_that_makes_no_sense_is_refused_beside_its_field(typed, field):
    with pytest.raises(Invalid) as refused:
        resource_drafts.read(ResourceKind.LIFT, typed, set())
    assert [error.field for error in refused.value.errors] == [field]


async def test_the_api_shows_resources_in_use(parts, shop, device):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        calendar.lifts[1].active = False
    path = f"/api/v1/workshops/{shop.slug}/resources"
    async with device(shop) as program:
        lifts = (await program.get(path, params={"kind": "lift"})).json()
        first = (await program.get(path, params={"limit": 1})).json()
        rest = (await program.get(path, params={"after": first["next"]})).json()
        assert (await program.get(path, params={"kind": "crane"})).status_code == 422
        assert (await program.get(path, params={"after": "x"})).status_code == 422
    assert [(one["name"], one["lift_kind"], one["max_weight_kg"]) for one in lifts["items"]] == [
        ("Bühne 1", "two_post", 3500)
    ]
    assert len(first["items"]) + len(rest["items"]) == 6
    assert rest["next"] is None


async def test_another_workshops_resources_do_not_exist(parts, shop, other_shop):
    async with inside(parts, shop.id) as db:
        lift = (await a_calendar(db)).lift
    async with inside(parts, other_shop.id) as db:
        assert await resources.load(db) == []
        with pytest.raises(resources.ResourceNotFound):
            await resources.get(db, lift.id)
