"""Resources come from a file once; what a service needs comes along with it."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.bookings.models import (
    Absence,
    AbsenceKind,
    LiftKind,
    Resource,
    ResourceKind,
    ResourceSkill,
    Service,
    Shift,
)
from portal.bookings.resources_from_file import load_resources
from portal.bookings.services_from_file import load_services
from portal.content.sources import ContentUnreadable
from portal.tenants.boundary import inside
from tests.makers.bookings import at
from tests.makers.content import FILES, furnished


async def test_a_workshop_gets_its_lifts_and_people(parts):
    shop = await furnished(parts)
    async with inside(parts, shop.id) as db:
        rows = (await db.scalars(select(Resource).order_by(Resource.position))).all()
        lifts = [row for row in rows if row.kind == ResourceKind.LIFT]
        assert [lift.lift_kind for lift in lifts] == [
            "two_post",
            "two_post",
            "scissor",
            "four_post",
        ]
        assert {row.kind for row in rows} == set(ResourceKind)
        lea = next(row for row in rows if row.capacity_percent == 50)
        weeks = await db.scalars(select(Absence).where(Absence.resource_id == lea.id))
        assert {week.kind for week in weeks} == {AbsenceKind.SCHOOL}
        assert await db.scalar(select(func.count()).select_from(ResourceSkill)) >= 8


async def test_a_service_says_what_it_needs(parts):
    shop = await furnished(parts)
    async with inside(parts, shop.id) as db:
        hu = await db.scalar(select(Service).where(Service.source_id == "hu-au"))
        assert (hu.lift, hu.skill, hu.needs_inspector) == (LiftKind.FOUR_POST, "au", True)
        battery = await db.scalar(select(Service).where(Service.source_id == "battery"))
        assert (battery.lift, battery.can_wait) == (LiftKind.NONE, True)


async def test_resources_that_staff_changed_are_left_alone(parts):
    shop = await furnished(parts)
    file = FILES / "kfz-brandt" / "resources.yaml"
    async with inside(parts, shop.id) as db:
        lift = await db.scalar(select(Resource).where(Resource.name == "Bühne 3"))
        lift.name, lift.active = "Räderplatz", False
        await db.flush()
        before = await db.scalar(select(func.count()).select_from(Resource))
        await load_resources(db, file)
        assert await db.scalar(select(func.count()).select_from(Resource)) == before
        assert await db.scalar(select(Resource.name).where(Resource.id == lift.id)) == "Räderplatz"


async def test_a_mechanic_who_signs_in_is_known_by_name(parts, shop, tmp_path):
    file = tmp_path / "resources.yaml"
    async with inside(parts, shop.id) as db:
        somebody = next(iter(shop.people.values()))
        file.write_text(f"people: [{{name: {somebody.name}, shifts: {{mo: ['08:00-12:00']}}}}]")
        await load_resources(db, file)
        row = await db.scalar(select(Resource))
        assert row.staff_id == somebody.id
        shift = await db.scalar(select(Shift))
        assert (shift.weekday, shift.starts.hour, shift.ends.hour) == (0, 8, 12)


async def test_school_weeks_run_from_monday_to_friday(parts, shop, tmp_path):
    file = tmp_path / "resources.yaml"
    file.write_text(
        "people: [{name: Lea, school: {first: 2026-11-25, every_weeks: 2, until: 2026-12-10}}]"
    )
    async with inside(parts, shop.id) as db:
        await load_resources(db, file)
        weeks = (await db.scalars(select(Absence).order_by(Absence.starts_at))).all()
    assert [week.starts_at for week in weeks] == [at("2026-11-23 00:00"), at("2026-12-07 00:00")]
    assert weeks[0].ends_at == at("2026-11-28 00:00")
    assert date(2026, 11, 28).weekday() == 5


@pytest.mark.parametrize(
    "text",
    [
        "people: [{name: A, shifts: {monday: ['08:00-12:00']}}]",
        "people: [{name: A, shifts: {mo: ['12:00-08:00']}}]",
        "people: [{name: A, school: {first: 2026-11-25, every_weeks: 0, until: 2026-12-10}}]",
        "people: [{name: A, skills: {flying: null}}]",
        "robots: []",
    ],
)
async def test_a_file_of_resources_that_makes_no_sense_is_named(text, parts, shop, tmp_path):
    file = tmp_path / "resources.yaml"
    file.write_text(text)
    with pytest.raises(ContentUnreadable, match=r"resources\.yaml"):
        async with inside(parts, shop.id) as db:
            await load_resources(db, file)


async def test_a_set_up_longer_than_the_work_is_named(parts, shop, tmp_path):
    file = tmp_path / "services.yaml"
    file.write_text("- {id: oil, name: Öl, duration_minutes: 10, setup_minutes: 20}")
    with pytest.raises(ContentUnreadable, match="oil"):
        async with inside(parts, shop.id) as db:
            await load_services(db, file)
