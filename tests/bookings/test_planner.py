"""The staff calendar: what it shows, what it refuses and how it says so."""

import json
from datetime import date, datetime, timedelta

import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range

from portal.bookings import planner_board, planner_lists, planner_view
from portal.bookings.models import Appointment, Reservation, State
from portal.bookings.planner_cards import Card
from portal.bookings.planner_forms import MinutesUnclear, read_minutes
from portal.bookings.planner_lists import Standing, Why
from portal.bookings.planner_new import fresh
from portal.bookings.planner_view import Look
from portal.kit import clock
from portal.kit.db import new_id
from portal.kit.text import speaking
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.makers.bookings import a_calendar, a_service, an_absence, an_appointment, at, week
from tests.makers.public import next_monday
from tests.makers.vehicles import a_customer, a_vehicle, counted_statements

DAY = next_monday()
HTMX = {"hx-request": "true"}


def hour(wall, day=None):
    return at(f"{day or DAY} {wall}")


@pytest.fixture
async def made(parts, shop):
    """A workshop with two lifts, two people, a service and one appointment at nine."""
    async with inside(parts, shop.id) as db:
        there = await a_calendar(db)
        service = await a_service(db)
        keeper = await a_customer(db, name="Horst Krause", phone="0171 5550101")
        car = await a_vehicle(db, keeper=keeper)
        one = await an_appointment(
            db,
            hour("09:00"),
            on=(there.lift, there.person),
            services=(service,),
            customer_id=keeper.id,
            vehicle_id=car.id,
        )
    return there, service, keeper, car, one


async def the(parts, shop, one):
    async with inside(parts, shop.id) as db:
        return await db.scalar(select(Appointment).where(Appointment.id == one.id))


# What is shown


@pytest.mark.parametrize("look", ["day", "week", "month"])
async def test_a_page_shows_the_appointment_with_at_most_six_statements(
    parts, shop, made, signed_in, look
):
    browser = await signed_in(shop, Role.ADVISOR)
    path = f"{shop.home}/bookings?view={look}&date={DAY}"
    with counted_statements(parts) as sent:
        answer = await browser.get(path)
    assert answer.status_code == 200
    assert "B-KF 1234" in answer.text
    assert " style=" not in answer.text
    assert len(sent) <= 6, sent


@pytest.mark.parametrize("page", ["requests", "stuck", "affected", f"print?date={DAY}", "new"])
async def test_the_lists_and_the_print_out_answer(shop, made, signed_in, page):
    browser = await signed_in(shop, Role.ADVISOR)
    assert (await browser.get(f"{shop.home}/bookings/{page}")).status_code == 200


async def test_a_mechanic_says_how_far_the_work_is(parts, shop, made, signed_in):
    one = made[-1]
    browser = await signed_in(shop, Role.MECHANIC)
    path = f"{shop.home}/bookings/{one.id}"
    for state in ("arrived", "in_work", "ready", "in_work"):
        answer = await browser.post(f"{path}/state", data={"to": state}, headers=HTMX)
        assert answer.status_code == 200, answer.text
        assert (await the(parts, shop, one)).state == state


@pytest.mark.parametrize("deed", ["state", "time", "copy", "duration", "replanning"])
async def test_a_mechanic_plans_nothing(parts, shop, made, signed_in, deed):
    one = made[-1]
    browser = await signed_in(shop, Role.MECHANIC)
    page = await browser.get(f"{shop.home}/bookings?view=day&date={DAY}")
    assert "data-may-edit" not in page.text
    data = {"to": "cancelled", "date": DAY.isoformat(), "time": "11:00", "minutes": "30"}
    path = f"{shop.home}/bookings/{one.id}/{deed}"
    assert (await browser.post(path, data=data, headers=HTMX)).status_code == 403
    kept = await the(parts, shop, one)
    assert (kept.state, kept.starts_at) == (State.CONFIRMED, hour("09:00"))


async def test_a_mechanic_writes_the_note_and_leaves_the_customers_words(
    parts, shop, made, signed_in
):
    one = made[-1]
    browser = await signed_in(shop, Role.MECHANIC)
    path = f"{shop.home}/bookings/{one.id}/texts"
    data = {"note": "Bremsscheiben auch fällig", "wishes": "anders", "title": "anders"}
    assert (await browser.post(path, data=data, headers=HTMX)).status_code == 200
    kept = await the(parts, shop, one)
    assert (kept.note, kept.wishes, kept.title) == (data["note"], one.wishes, one.title)


async def test_a_mechanic_is_offered_only_the_next_step_of_the_work(shop, made, signed_in):
    browser = await signed_in(shop, Role.MECHANIC)
    page = await browser.get(f"{shop.home}/bookings/{made[-1].id}")
    assert 'value="arrived"' in page.text
    assert 'value="cancelled"' not in page.text
    assert 'value="no_show"' not in page.text


async def test_a_bookkeeper_changes_nothing(shop, made, signed_in):
    browser = await signed_in(shop, Role.BOOKKEEPER)
    path = f"{shop.home}/bookings/{made[-1].id}/state"
    assert (await browser.post(path, data={"to": "arrived"}, headers=HTMX)).status_code == 403


async def test_work_over_several_days_leaves_the_days_between_free(parts, shop, made, signed_in):
    there, *_ = made
    friday, monday = DAY + timedelta(days=4), DAY + timedelta(days=7)
    async with inside(parts, shop.id) as db:
        long = await an_appointment(db, hour("15:00", friday), minutes=67 * 60, title="Kupplung")
        for start, end in (("15:00", "17:30"), ("07:30", "10:00")):
            day = friday if start == "15:00" else monday
            during = Range(hour(start, day), hour(end, day), bounds="[)")
            for one in (there.lift, there.person):
                db.add(Reservation(appointment_id=long.id, resource_id=one.id, during=during))
    browser = await signed_in(shop, Role.ADVISOR)
    for day, shown in ((friday, True), (friday + timedelta(days=1), False), (monday, True)):
        page = await browser.get(f"{shop.home}/bookings?view=day&date={day}")
        assert (str(long.id) in page.text) is shown, day
        paper = await browser.get(f"{shop.home}/bookings/print?date={day}")
        assert (long.code in paper.text) is shown, day
    assert "<b>07:30</b><br>10:00" in page.text


@pytest.mark.parametrize("date", ["", "nonsense", "0001-01-01", "9999-12-31"])
async def test_an_odd_date_shows_today(shop, signed_in, date):
    browser = await signed_in(shop, Role.ADVISOR)
    answer = await browser.get(f"{shop.home}/bookings?view=month&date={date}&by=nobody")
    assert answer.status_code == 200


# Moving


async def test_a_move_to_a_free_time_is_kept(parts, shop, made, signed_in):
    one = made[-1]
    browser = await signed_in(shop, Role.ADVISOR)
    answer = await browser.post(
        f"{shop.home}/bookings/{one.id}/time",
        data={"date": DAY.isoformat(), "time": "11:00", "minutes": "90"},
        headers={"hx-request": "true"},
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["hx-reswap"] == "none"
    kept = await the(parts, shop, one)
    assert (kept.starts_at, kept.work_minutes) == (hour("11:00"), 90)


async def test_who_only_makes_it_longer_is_told_the_length(parts, shop, made, signed_in):
    one = made[-1]
    browser = await signed_in(shop, Role.ADVISOR)
    data = {"date": DAY.isoformat(), "time": "09:00", "minutes": "90"}
    answer = await browser.post(f"{shop.home}/bookings/{one.id}/time", data=data, headers=HTMX)
    said = json.loads(answer.headers["hx-trigger"])["toast"]["text"]
    assert "1 Std. 30 Min." in said
    assert "09:00" not in said
    assert (await the(parts, shop, one)).work_minutes == 90


async def test_a_refused_move_says_why_and_changes_nothing(parts, shop, made, signed_in):
    there, *_, one = made
    async with inside(parts, shop.id) as db:
        await an_appointment(db, hour("13:00"), on=(*there.lifts, *there.people))
    browser = await signed_in(shop, Role.ADVISOR)
    answer = await browser.post(
        f"{shop.home}/bookings/{one.id}/time",
        data={"date": DAY.isoformat(), "time": "13:30"},
        headers={"hx-request": "true"},
    )
    assert answer.status_code == 409
    assert there.person.name in answer.text
    assert 'name="force"' not in answer.text
    assert (await the(parts, shop, one)).starts_at == hour("09:00")


async def test_staff_may_decide_against_opening_hours(parts, shop, made, signed_in):
    one = made[-1]
    browser = await signed_in(shop, Role.ADVISOR)
    path, sunday = f"{shop.home}/bookings/{one.id}/time", DAY + timedelta(days=6)
    wish = {"date": sunday.isoformat(), "time": "10:00"}
    refused = await browser.post(path, data=wish, headers={"hx-request": "true"})
    assert refused.status_code == 409
    assert 'name="force"' in refused.text
    kept = await browser.post(path, data={**wish, "force": "1"}, headers={"hx-request": "true"})
    assert kept.status_code == 200, kept.text
    assert (await the(parts, shop, one)).starts_at == hour("10:00", sunday)


async def test_a_copy_stands_beside_the_first(parts, shop, made, signed_in):
    one = made[-1]
    browser = await signed_in(shop, Role.ADVISOR)
    answer = await browser.post(
        f"{shop.home}/bookings/{one.id}/copy",
        data={"date": DAY.isoformat(), "time": "14:00"},
        headers={"hx-request": "true"},
    )
    assert answer.status_code == 200, answer.text
    async with inside(parts, shop.id) as db:
        found = (await db.scalars(select(Appointment).order_by(Appointment.starts_at))).all()
        assert [row.starts_at for row in found] == [hour("09:00"), hour("14:00")]
        assert len({row.vehicle_id for row in found}) == 1


@pytest.mark.parametrize(
    "wish", [{"date": "x", "time": "9"}, {"minutes": "0"}, {"minutes": "9" * 9}]
)
async def test_a_time_that_cannot_be_read_is_refused(shop, made, signed_in, wish):
    browser = await signed_in(shop, Role.ADVISOR)
    answer = await browser.post(
        f"{shop.home}/bookings/{made[-1].id}/time", data=wish, headers={"hx-request": "true"}
    )
    assert answer.status_code == 422


# States and texts


async def test_the_sheet_offers_only_legal_moves(shop, made, signed_in):
    browser = await signed_in(shop, Role.ADVISOR)
    path = f"{shop.home}/bookings/{made[-1].id}"
    sheet = (await browser.get(path, headers={"hx-target": "sheet"})).text
    assert 'value="arrived"' in sheet
    assert 'value="ready"' not in sheet
    after = await browser.post(
        f"{path}/state", data={"to": "arrived"}, headers={"hx-request": "true"}
    )
    assert 'value="in_work"' in after.text


async def test_a_cancellation_keeps_its_reason_and_frees_the_lift(parts, shop, made, signed_in):
    browser = await signed_in(shop, Role.ADVISOR)
    path = f"{shop.home}/bookings/{made[-1].id}/state"
    answer = await browser.post(
        path, data={"to": "cancelled", "why": "Kunde hat abgesagt"}, headers={"hx-request": "true"}
    )
    assert "Kunde hat abgesagt" in answer.text
    async with inside(parts, shop.id) as db:
        assert (await db.scalars(select(Reservation))).all() == []


async def test_a_note_is_stored_and_escaped(parts, shop, made, signed_in):
    browser = await signed_in(shop, Role.ADVISOR)
    answer = await browser.post(
        f"{shop.home}/bookings/{made[-1].id}/texts",
        data={"note": "<script>x</script>"},
        headers={"hx-request": "true"},
    )
    assert "<script>x" not in answer.text
    assert (await the(parts, shop, made[-1])).note == "<script>x</script>"


# Booking on the telephone


async def test_a_plate_finds_vehicle_and_keeper_in_one_choice(shop, made, signed_in):
    *_, keeper, car, _one = made
    browser = await signed_in(shop, Role.ADVISOR)
    found = await browser.get(f"{shop.home}/bookings/new/people?q=kf1234")
    assert f'value="v:{car.id}:{keeper.id}"' in found.text


async def test_a_known_car_is_booked_into_the_first_free_time(parts, shop, made, signed_in):
    _there, service, keeper, car, _one = made
    browser = await signed_in(shop, Role.ADVISOR)
    times = await browser.get(f"{shop.home}/bookings/new/times?services={service.id}")
    slot = times.text.split('value="slot:')[1].split('"')[0]
    answer = await browser.post(
        f"{shop.home}/bookings",
        data={"who": f"v:{car.id}:{keeper.id}", "services": str(service.id), "at": f"slot:{slot}"},
        headers={"hx-request": "true"},
    )
    assert answer.status_code == 200, answer.text
    async with inside(parts, shop.id) as db:
        newest = await db.scalar(select(Appointment).order_by(Appointment.id.desc()).limit(1))
        assert (newest.vehicle_id, newest.customer_id) == (car.id, keeper.id)
        assert newest.state == State.CONFIRMED


async def test_an_unknown_caller_becomes_a_customer(parts, shop, made, signed_in):
    browser = await signed_in(shop, Role.ADVISOR)
    new = {"who": "new", "name": "Paula Neu", "phone": "0160 777", "plate": "B-PN 77"}
    answer = await browser.post(
        f"{shop.home}/bookings",
        data={**new, "at": "own", "own_date": DAY.isoformat(), "own_time": "15:00"},
        headers={"hx-request": "true"},
    )
    assert answer.status_code == 200, answer.text
    page = await browser.get(f"{shop.home}/bookings?view=day&date={DAY}")
    assert "Paula Neu" in page.text


async def test_a_booking_for_nobody_or_at_no_time_comes_back_with_words(shop, made, signed_in):
    browser = await signed_in(shop, Role.ADVISOR)
    for wrong in (
        {"at": "later"},
        {"who": "new", "name": "X"},
        {"who": "new", "name": "X", "at": "own"},
    ):
        answer = await browser.post(
            f"{shop.home}/bookings", data=wrong, headers={"hx-request": "true"}
        )
        assert answer.status_code == 422
        assert "alert" in answer.text


# What cannot stay


async def test_an_ill_person_s_appointments_are_re_planned_by_one_click(
    parts, shop, made, signed_in
):
    there, *_, one = made
    async with inside(parts, shop.id) as db:
        for person in there.people:
            await an_absence(db, person, hour("00:00"), hour("23:00"))
    browser = await signed_in(shop, Role.ADVISOR)
    listed = await browser.get(f"{shop.home}/bookings/affected")
    assert f"case-{one.id}" in listed.text
    answer = await browser.post(
        f"{shop.home}/bookings/{one.id}/replanning", headers={"hx-request": "true"}
    )
    assert answer.status_code == 200, answer.text
    kept = await the(parts, shop, one)
    assert kept.starts_at > hour("23:00")
    assert clock.local(kept.starts_at).hour == 9
    listed = await browser.get(f"{shop.home}/bookings/affected")
    assert f"case-{one.id}" not in listed.text


NOON = at("2026-11-24 12:00")


@pytest.mark.parametrize(
    ("state", "since", "more", "why"),
    [
        (State.REQUESTED, "2026-11-24 07:30", {}, Why.UNANSWERED),
        (State.REQUESTED, "2026-11-23 17:00", {}, Why.UNANSWERED),
        (State.REQUESTED, "2026-11-24 09:00", {}, None),
        (State.ARRIVED, "2026-11-24 09:30", {}, Why.NOT_STARTED),
        (State.ARRIVED, "2026-11-24 10:30", {}, None),
        (State.IN_WORK, "2026-11-24 10:30", {"minutes": 60}, Why.OVER_TIME),
        (State.IN_WORK, "2026-11-23 17:00", {"minutes": 600}, None),
        (
            State.IN_WORK,
            "2026-11-24 11:30",
            {"minutes": 60, "ends_at": at("2026-11-24 10:30")},
            Why.PAST_ITS_END,
        ),
        (
            State.IN_WORK,
            "2026-11-24 10:30",
            {
                "minutes": 60,
                "starts_at": at("2026-11-24 10:30"),
                "ends_at": at("2026-11-24 12:30"),
            },
            None,
        ),
        (
            State.IN_WORK,
            "2026-11-24 11:30",
            {"minutes": 60, "ends_at": at("2026-11-24 12:30")},
            None,
        ),
        (State.READY, "2026-11-21 12:00", {}, Why.NOT_COLLECTED),
        (State.READY, "2026-11-23 12:00", {}, None),
        (
            State.CONFIRMED,
            "2026-11-20 12:00",
            {"starts_at": at("2026-11-24 11:00")},
            Why.DID_NOT_COME,
        ),
        (State.CONFIRMED, "2026-11-20 12:00", {"starts_at": at("2026-11-24 13:00")}, None),
    ],
)
def test_a_visit_is_stuck_when_nothing_happens_for_too_long(state, since, more, why):
    known = {"starts_at": None, "ends_at": None, "minutes": None, **more}
    assert planner_lists.why_stuck(Standing(state, at(since), **known), week(), NOON) == why


# Pure parts


@pytest.mark.parametrize(
    ("typed", "minutes"), [("", None), ("90", 90), ("1:30", 90), ("1,5 h", 90), ("45 min", 45)]
)
def test_a_length_is_read_as_people_write_it(typed, minutes):
    assert read_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["x", "-5", "0", "1:2:3", "99999999"])
def test_what_is_no_length_is_refused(typed):
    with pytest.raises(MinutesUnclear):
        read_minutes(typed)


def test_a_week_is_titled_with_its_number():
    with speaking("de"):
        shown = planner_view.View(Look.WEEK, date(2026, 11, 25))
        assert shown.title.startswith("23. – 29. Nov. 2026")
        assert shown.title.endswith("48")


def test_a_month_shows_whole_weeks_and_turns_by_months():
    shown = planner_view.View(Look.MONTH, date(2026, 1, 31))
    assert len(shown.days) % 7 == 0
    assert (shown.later.day, shown.earlier.day) == (date(2026, 2, 1), date(2025, 12, 1))


def test_what_overlaps_stands_side_by_side():
    blocks = [_block("09:00", 60), _block("09:30", 60), _block("10:30", 30)]
    shown = planner_board._in_lanes(blocks)
    assert [(one.lane, one.lanes) for one in shown] == [(0, 2), (1, 2), (0, 1)]


def test_a_card_over_several_days_names_the_days():
    with speaking("de"):
        short = _block("09:00", 60).card
        long = msgspec.structs.replace(
            short, starts_at=hour("15:00"), ends_at=hour("10:00", DAY + timedelta(days=1))
        )
        assert long.span == "Mo. 15:00 – Di. 10:00"


def test_words_go_into_the_field_where_they_belong():
    assert fresh("b kf 1234").plate == "B KF 1234"
    assert fresh("0171 5550101").phone == "0171 5550101"
    assert fresh("Erika Muster").name == "Erika Muster"


def _block(wall, minutes):
    begin = int(datetime.timestamp(hour(wall)))
    card = Card(
        id=new_id(), code="A", state=State.CONFIRMED, title="", customer="", phone="", plate="",
        vehicle="", services=(), starts_at=None, ends_at=None, start=begin,
        end=begin + minutes * 60, minutes=minutes, waits=False, loaner=False,
        is_nearly_done=False, names={}, resources={},
    )  # fmt: skip
    return planner_board._block(card, card.start, card.end, DAY)
