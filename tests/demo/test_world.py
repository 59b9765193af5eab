"""The invented world is believable, and filling it twice changes nothing."""

import asyncio
import dataclasses
import re
from datetime import date, timedelta

import asyncpg
import pytest
from sqlalchemy import select

from portal import migrate
from portal.bookings.from_files import ServiceInFile
from portal.campaigns import due_list
from portal.campaigns.models import Channel
from portal.chat.models import Conversation, Message, State
from portal.content.sources import FaqText
from portal.content.sync import read_file
from portal.demo import world
from portal.demo.people import SHOPS
from portal.demo.world import garage, plans, talks
from portal.demo.world.workdays import months_before
from portal.diagnostics.models import Scan, ScanState
from portal.kit import clock
from portal.kit.embedded import PostgresServer, RedisServer
from portal.kit.parts import running
from portal.kit.settings import Settings
from portal.tenants.boundary import inside
from portal.tenants.models import Profile, Workshop
from portal.vehicles import plate as plates
from portal.vehicles import vin as vins
from portal.vehicles.models import HistoryEntry, HuState, Vehicle

BRANDT = SHOPS[0]
DAYS = [date(2026, 11, 21), date(2027, 3, 1), date(2028, 2, 29)]
every_shop = pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: shop.slug)
every_day = pytest.mark.parametrize("today", DAYS, ids=str)


def lives(shop, today):
    return [garage.life_of(shop, car, today) for car in plans.of_shop(shop).cars]


@every_shop
@every_day
def test_every_vin_is_in_order(shop, today):
    numbers = [garage.vin_of_life(life) for life in lives(shop, today)]
    present = [number for number in numbers if number]

    assert len(set(present)) == len(present) >= 34
    for number in present:
        report = vins.decode(number, this_year=today.year)
        assert (report.severity, bool(report.manufacturer)) == ("ok", True), number


@every_shop
def test_every_plate_reads_in_one_way_only(shop):
    for car in plans.of_shop(shop).cars:
        assert [plate.text for plate in plates.candidates(car.plate)] == [car.plate]


@every_shop
def test_customers_have_numbers_that_nobody_has(shop):
    fiction = re.compile(r"030 23125 \d{3}|0221 4710 \d{3}|0171 39200\d\d|0176 040690\d\d")
    customers = plans.of_shop(shop).customers

    assert len(customers) == 32
    for person in customers:
        assert fiction.fullmatch(person.phone), person
        assert not person.email or person.email.endswith(".example")


@every_shop
@every_day
def test_the_odometer_only_counts_up(shop, today):
    for life in lives(shop, today):
        readings = [event.km for event in garage.events_of(life)]
        assert readings == sorted(readings)
        assert readings[-1] <= life.car.km


@every_shop
@every_day
def test_work_is_done_on_working_days_that_have_passed(shop, today):
    for life in lives(shop, today):
        events = garage.events_of(life)
        assert len(events) >= 2, life.car
        for event in events:
            assert event.day <= today
            assert event.day >= life.known_since - timedelta(days=6)
            assert life.days.on_or_before(event.day) == event.day, event


@every_shop
@every_day
def test_no_work_is_done_twice_in_a_car(shop, today):
    for life in lives(shop, today):
        titles = [event.title for event in garage.events_of(life)]
        repairs = [title for title in titles if "erneuert" in title]
        assert len(set(repairs)) == len(repairs)


@every_shop
@every_day
def test_no_text_has_a_gap_left(shop, today):
    told = [event for life in lives(shop, today) for event in garage.events_of(life)]

    assert not [event for event in told if "{" in event.title + event.text]


@every_shop
@every_day
def test_hu_dates_follow_the_rules(shop, today):
    seen = set()
    for life in lives(shop, today):
        assert life.hu_due >= months_before(life.registered, -36)
        vehicle = Vehicle(hu_due=f"{life.hu_due:%Y-%m}")
        seen.add(vehicle.hu_state(today))

    assert seen == {HuState.FINE, HuState.SOON, HuState.OVERDUE}


@every_shop
def test_papers_have_keys_in_shape(shop):
    for life in lives(shop, DAYS[0]):
        assert re.fullmatch(r"\d{4}", life.model.hsn)
        assert re.fullmatch(r"[A-Z0-9]{3}", life.model.tsn)


@every_shop
def test_the_same_day_gives_the_same_world(shop):
    def told():
        return [(garage.vin_of_life(life), garage.events_of(life)) for life in lives(shop, DAYS[0])]

    assert told() == told()


@every_shop
def test_no_message_is_said_in_the_future(shop):
    now = clock.now()
    for talk in plans.of_shop(shop).talks:
        lasts = timedelta(seconds=sum(say.after for say in talk.says))
        assert talks.begun_at(shop, talk, now) + lasts < now, talk.name


@every_shop
def test_staff_who_answer_work_there(shop):
    people = {
        say.text for talk in plans.of_shop(shop).talks for say in talk.says if say.who == "takes"
    }

    assert people <= set(shop.people.values())


@every_shop
def test_answers_name_sources_that_exist(shop):
    services = read_file(shop.content / "services.yaml", list[ServiceInFile])
    faq = [
        entry
        for locale in ("de", "en")
        for entry in read_file(shop.content / f"faq.{locale}.yaml", list[FaqText])
    ]
    there = {
        "service": {name for service in services for name in (service.name, service.name_en)},
        "faq": {entry.question for entry in faq},
    }
    for talk in plans.of_shop(shop).talks:
        for say in talk.says:
            for kind, label in say.sources:
                assert label in there.get(kind, {label}), label


@pytest.fixture(scope="module")
async def filled(tmp_path_factory):
    """Kfz-Meisterbetrieb Brandt in servers of its own: its keys must not meet other tests."""
    home = tmp_path_factory.mktemp("demo")
    with (
        PostgresServer(home / "pg", durable=False) as database,
        RedisServer(home / "redis", durable=False) as redis,
    ):
        superuser = database.url("postgres")
        await migrate.prepare(superuser, database="demo", owner="o", app="a")
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
            await world.fill(parts, [BRANDT], lambda _line: None)
            yield parts, database.url("demo")


async def test_filling_again_changes_nothing(filled):
    parts, superuser = filled
    before = await content_of(superuser)
    said = []

    await world.fill(parts, [BRANDT], said.append)

    assert await content_of(superuser) == before
    assert not said
    assert not await inside_shop(parts, select(Vehicle).where(Vehicle.odometer_km.is_(None)))


async def test_a_website_on_another_port_may_chat_too(filled):
    parts, _ = filled
    moved = parts.settings.model_copy(update={"portal_site_port": 4711})

    await world.fill(replaced(parts, moved), [BRANDT], print)

    (profile,) = await inside_shop(parts, select(Profile))
    assert {"http://127.0.0.1:4711", "http://127.0.0.1:8001"} <= set(profile.allowed_origins)
    assert profile.privacy_url == "http://127.0.0.1:4711/kfz-brandt/datenschutz"
    await world.fill(parts, [BRANDT], print)


async def test_some_may_be_reminded_and_some_may_not(filled):
    parts, _ = filled
    async with inside(parts, await workshop_of(parts)) as db:
        months = [await due_list.load(db, due_list.Filter(due=due)) for due in due_list.Due]
    lawful = [one.decision(Channel.MAIL).is_lawful for month in months for one in month]
    assert 5 < sum(lawful) < len(lawful)


async def test_vehicles_have_lived(filled):
    parts, _ = filled
    vehicles = await inside_shop(parts, select(Vehicle))
    entries = await inside_shop(parts, select(HistoryEntry))

    planned = {car.plate for car in plans.of_shop(BRANDT).cars}
    assert len(planned) == 40
    for vehicle in (one for one in vehicles if one.plate in planned):
        mine = sorted(
            (entry.happened_on, entry.odometer_km)
            for entry in entries
            if entry.vehicle_id == vehicle.id and entry.odometer_km is not None
        )
        assert len(mine) >= 2
        assert [km for _, km in mine] == sorted(km for _, km in mine)
        assert vehicle.odometer_km == mine[-1][1]


async def test_conversations_are_in_all_states(filled):
    parts, _ = filled
    conversations = await inside_shop(parts, select(Conversation))
    messages = await inside_shop(parts, select(Message))

    assert {State(one.state) for one in conversations} == set(State)
    assert sum(one.unread > 0 for one in conversations) >= 3
    assert {"de", "en"} <= {one.locale for one in conversations}
    assert all(message.created_at <= clock.now() for message in messages)


async def test_recordings_were_read_by_the_real_job(filled):
    parts, _ = filled
    scans = await inside_shop(parts, select(Scan))

    assert {scan.state for scan in scans} == {ScanState.READ}
    assert all(scan.vehicle_id for scan in scans)
    assert {scan.format for scan in scans} == {"torque_pro", "obd_auto_doctor_wide", "elm327"}
    assert {scan.report["codes_read"] for scan in scans} == {"complete", "partial", "none"}
    assert any(scan.report["freeze_frames"] for scan in scans)


def replaced(parts, settings):
    return dataclasses.replace(parts, settings=settings)


async def workshop_of(parts):
    async with inside(parts, None) as db:
        return await db.scalar(select(Workshop.id).where(Workshop.slug == BRANDT.slug))


async def inside_shop(parts, query):
    async with inside(parts, await workshop_of(parts)) as db:
        return (await db.scalars(query)).all()


async def content_of(superuser):
    """Every table and a digest of all its rows, seen without row-level security."""
    connection = await asyncpg.connect(superuser)
    try:
        names = await connection.fetch(
            "select tablename from pg_tables where schemaname = 'public'"
        )
        digest = "select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {} t"
        return {name: await connection.fetchval(digest.format(name)) for (name,) in names}
    finally:
        await connection.close()


def test_a_working_day_is_found_backwards():
    days = plans.of_shop(BRANDT).workdays
    saturday = date(2026, 11, 21)

    assert days.back(saturday, 1) == date(2026, 11, 20)
    assert days.test_day(saturday) == date(2026, 11, 24)
