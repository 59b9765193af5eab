"""The demo's appointments: believable, in opening hours, the same again, at whatever hour."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from portal import migrate
from portal.bookings import hours, numbers
from portal.bookings.calendar import spans_on
from portal.bookings.models import (
    Absence,
    AbsenceKind,
    Appointment,
    AppointmentMove,
    Origin,
    Reservation,
    Resource,
    ResourceKind,
    State,
    WaitlistEntry,
)
from portal.bookings.numbers_period import Reach, period_until
from portal.demo.people import SHOPS
from portal.demo.world import bookings, founding, garage
from portal.kit.clock import BERLIN
from portal.kit.embedded import PostgresServer, RedisServer
from portal.kit.parts import running
from portal.kit.settings import Settings
from portal.tenants.boundary import inside
from portal.vehicles.models import HistoryEntry

OPEN_HOUR = datetime(2026, 11, 24, 11, 20, tzinfo=BERLIN)
JUST_OPENED = datetime(2026, 11, 25, 8, 5, tzinfo=BERLIN)
SUNDAY_NIGHT = datetime(2026, 11, 22, 23, 40, tzinfo=BERLIN)
WORLDS = {
    "brandt open": (SHOPS[0], OPEN_HOUR),
    "brandt closed": (SHOPS[0], SUNDAY_NIGHT),
    "yilmaz just opened": (SHOPS[1], JUST_OPENED),
}


@pytest.fixture(scope="module")
async def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("demo")
    with (
        PostgresServer(home / "pg", durable=False) as database,
        RedisServer(home / "redis", durable=False) as redis,
    ):
        await migrate.prepare(database.url("postgres"), database="demo", owner="o", app="a")
        owner = database.url("demo", user="carbot_owner", password="o")
        await asyncio.to_thread(migrate.upgrade, owner)
        settings = Settings(
            database_url=database.url("demo", user="carbot_app", password="a"),
            redis_url=redis.url(),
            portal_secret="tests only, and long enough to be accepted",
            portal_home=home,
            portal_mode="demo",
        )
        async with running(settings) as parts:
            yield parts


async def founded(parts, shop, now, name):
    """The shop under a name of its own, so that one server holds it at several moments."""
    workshop_id = await founding.workshops.found(
        parts, slug=name, site_key=f"key-{name}", name=shop.name
    )
    async with inside(parts, workshop_id) as db:
        await founding.load_workshop_files(db, shop.content)
        await founding.load_services_and_hours(db, shop.content)
        await garage.fill(db, shop, now.date())
        await bookings.fill(db, shop, now)
    return workshop_id


@pytest.fixture(scope="module", params=WORLDS.values(), ids=WORLDS.keys())
async def filled(request, server):
    shop, now = request.param
    name = f"{shop.slug}-{now:%d%H}"
    return server, await founded(server, shop, now, name), now


async def rows(filled, query):
    parts, workshop_id, _ = filled
    async with inside(parts, workshop_id) as db:
        return (await db.execute(query)).all()


async def test_two_years_of_all_origins_and_outcomes(filled):
    _, _, now = filled
    states = Counter(dict(await rows(filled, grouped(Appointment.state))))
    origins = dict(await rows(filled, grouped(Appointment.origin)))
    whole = states.total()
    assert set(origins) == set(Origin)
    assert 0.03 < states[State.CANCELLED] / whole < 0.12
    assert 0.01 < states[State.NO_SHOW] / whole < 0.05
    ((first, last),) = await rows(
        filled, select(func.min(Appointment.starts_at), func.max(Appointment.starts_at))
    )
    assert first < now - timedelta(days=715)
    assert last > now + timedelta(days=18)


async def test_lifts_and_people_are_well_used(filled):
    parts, workshop_id, now = filled
    async with inside(parts, workshop_id) as db:
        found = await numbers.load(db, period_until(now.date(), Reach.YEAR))
    assert 0.42 < found.all_lifts.share < 0.8
    assert 0.55 < found.all_people.share < 0.85


async def test_work_lies_in_opening_hours(filled):
    parts, workshop_id, now = filled
    async with inside(parts, workshop_id) as db:
        state = (await founding.workshops.get_profile(db)).federal_state
        week = await hours.load_week(db, state, since=now.date() - timedelta(days=740))
        query = (
            select(Reservation.starts_at, Reservation.ends_at)
            .join(Resource, Resource.id == Reservation.resource_id)
            .where(Resource.kind == ResourceKind.INSPECTOR)
        )
        visits = [*await db.execute(query)]
        visits += await db.execute(
            select(Appointment.starts_at, Appointment.starts_at).where(
                Appointment.starts_at.is_not(None)
            )
        )
    for starts_at, _ends_at in visits:
        local = starts_at.astimezone(BERLIN)
        spans = spans_on(week, local.date())
        assert any(span.opens <= local.time() < span.closes for span in spans), local


async def test_nobody_works_while_absent_unless_it_is_news(filled):
    _, _, now = filled
    query = (
        select(Absence.kind, Absence.starts_at)
        .join(Reservation, Reservation.resource_id == Absence.resource_id)
        .where(Reservation.starts_at < Absence.ends_at, Reservation.ends_at > Absence.starts_at)
    )
    clashes = await rows(filled, query)
    assert {kind for kind, _ in clashes} >= {AbsenceKind.SICK}
    assert all(starts_at > now for _, starts_at in clashes), clashes


async def test_today_and_the_coming_weeks_are_full_of_life(filled):
    _, _, now = filled
    open_ones = [
        row[0]
        for row in await rows(
            filled,
            select(Appointment).where(
                Appointment.state.not_in([State.COLLECTED, State.CANCELLED, State.NO_SHOW])
            ),
        )
    ]
    without_time = [one for one in open_ones if one.starts_at is None]
    assert len(without_time) == 3
    nearly = [one for one in open_ones if one.nearly_done_at]
    assert [one.state for one in nearly] == [State.IN_WORK]
    assert nearly[0].nearly_done_at <= now
    working = [one for one in open_ones if one.state == State.IN_WORK]
    assert any(one.state_since < now - timedelta(days=3) for one in working)
    assert any(one.state == State.READY for one in open_ones)
    ahead = [one for one in open_ones if one.starts_at and one.starts_at > now]
    assert len(ahead) > 60
    assert {one.state for one in ahead} >= {State.CONFIRMED, State.REQUESTED}
    assert any(one.wants_loaner for one in ahead)
    assert not [one for one in open_ones if one.created_at > now]
    assert len(await rows(filled, select(WaitlistEntry))) == 4


async def test_somebody_who_comes_soon_has_been_missed_before(filled):
    _, _, now = filled
    missed = select(Appointment.customer_id).where(Appointment.state == State.NO_SHOW)
    query = (
        select(Appointment.customer_id)
        .where(Appointment.starts_at > now, Appointment.customer_id.in_(missed))
        .limit(1)
    )
    assert await rows(filled, query)


async def test_services_of_the_history_had_their_appointments(filled):
    entries = await rows(
        filled,
        select(HistoryEntry.vehicle_id, HistoryEntry.happened_on).where(
            HistoryEntry.kind == "service", HistoryEntry.source_kind == "order"
        ),
    )
    day = func.date(text("starts_at at time zone 'Europe/Berlin'"))
    there = set(
        await rows(
            filled,
            select(Appointment.vehicle_id, day).where(Appointment.state == State.COLLECTED),
        )
    )
    kept = [entry for entry in entries if tuple(entry) in {tuple(one) for one in there}]
    assert len(kept) > 0.85 * len(entries)


async def test_the_way_of_recent_appointments_is_told(filled):
    ends = await rows(
        filled, select(AppointmentMove.to_state, func.count()).group_by(AppointmentMove.to_state)
    )
    assert set(dict(ends)) == set(State)


async def test_the_same_moment_gives_the_same_plan(server):
    queries = select(Appointment.code, Appointment.title, Appointment.starts_at, Appointment.state)
    found = []
    for name in ("once", "twice"):
        workshop_id = await founded(server, SHOPS[1], OPEN_HOUR, name)
        async with inside(server, workshop_id) as db:
            found.append(sorted(map(str, await db.execute(queries))))
    assert found[0] == found[1]


def grouped(column):
    return select(column, func.count()).group_by(column)
