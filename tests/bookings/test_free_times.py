"""What is free: lifts, people, lunch, nights, inspectors, and reasons when nothing is."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from portal.bookings.calendar import Week, opening_at
from portal.bookings.capacity import Capacity, Occupancy, ShiftRule, Taken, open_time
from portal.bookings.conflicts import Obstacle
from portal.bookings.free_times import conflicts, free_slots, place
from portal.bookings.models import Service
from portal.bookings.models.kinds import LiftKind, ResourceKind
from portal.bookings.planning import Need, need_of
from tests.makers.bookings import at, on, span, week

MONDAY = on("2026-11-23")


def lift(name="Bühne 1", *, of=LiftKind.TWO_POST, **more):
    return Capacity(id=uuid4(), kind=ResourceKind.LIFT, name=name, lift_kind=of, **more)


def person(name="Jonas", **more):
    return Capacity(id=uuid4(), kind=ResourceKind.PERSON, name=name, **more)


def there(*resources, days=1, hours=None):
    return Occupancy(
        first=MONDAY,
        last=MONDAY + timedelta(days=days - 1),
        week=hours or week(),
        resources=resources,
    )


def from_to(start, end, appointment=None):
    return Taken(int(at(start).timestamp()), int(at(end).timestamp()), appointment)


def away(start, end):
    return (int(at(start).timestamp()), int(at(end).timestamp()))


def starts(slots):
    return [
        slot.starts_at.astimezone(at("2026-11-23 00:00").tzinfo).strftime("%H:%M") for slot in slots
    ]


def slots(occupancy, need, **more):
    return free_slots(occupancy, need, since=at("2026-11-01 00:00"), **more)


def test_a_free_day_offers_every_start_that_leaves_time_for_the_work():
    found = slots(there(lift(), person()), Need(minutes=120), step_minutes=60)
    assert starts(found) == [
        "07:30",
        "08:30",
        "09:30",
        "10:30",
        "11:30",
        "12:30",
        "13:30",
        "14:30",
        "15:30",
    ]


def test_a_taken_lift_is_not_offered_and_another_one_is():
    taken = lift(taken=(from_to("2026-11-23 07:30", "2026-11-23 12:00"),))
    other = lift("Bühne 2")
    only = slots(there(taken, person()), Need(minutes=60), step_minutes=60)
    both = slots(there(taken, other, person()), Need(minutes=60), step_minutes=60)
    assert starts(only)[0] == "12:30"
    assert starts(both)[0] == "07:30"
    assert both[0].lift == other.id


def test_one_person_works_at_one_car_at_a_time():
    busy = person(taken=(from_to("2026-11-23 07:30", "2026-11-23 17:30"),))
    assert slots(there(lift(), busy), Need(minutes=60)) == []


def test_work_goes_on_after_lunch_on_the_same_day():
    hours = week(mo="08:00-12:00 13:00-17:00")
    slot = place(there(lift(), person(), hours=hours), Need(minutes=120), at("2026-11-23 11:00"))
    assert [(end - begin) for begin, end in slot.parts] == [timedelta(hours=1)] * 2
    assert slot.ends_at == at("2026-11-23 14:00")


def test_the_car_stays_on_the_lift_over_lunch():
    hours = week(mo="08:00-12:00 13:00-17:00")
    bay = lift()
    slot = place(there(bay, person(), hours=hours), Need(minutes=120), at("2026-11-23 11:00"))
    assert slot.held[bay.id] == ((at("2026-11-23 11:00"), at("2026-11-23 14:00")),)


def test_short_work_is_not_torn_apart_by_the_night():
    found = place(there(lift(), person(), days=2), Need(minutes=120), at("2026-11-23 16:30"))
    assert found is None


def test_work_longer_than_a_day_goes_on_the_next_day():
    slot = place(there(lift(), person(), days=3), Need(minutes=900), at("2026-11-23 07:30"))
    assert len(slot.parts) == 2
    assert slot.ends_at == at("2026-11-24 12:30")


def test_a_buffer_keeps_lift_and_person_free_afterwards():
    bay = lift(taken=(from_to("2026-11-23 09:00", "2026-11-23 10:00"),))
    crew = person()
    assert place(there(bay, crew), Need(minutes=60), at("2026-11-23 08:00"))
    need = Need(minutes=60, buffer_minutes=15)
    assert place(there(bay, crew), need, at("2026-11-23 08:00")) is None
    slot = place(there(bay, crew), need, at("2026-11-23 07:45"))
    assert slot.ends_at == at("2026-11-23 08:45")


def test_an_apprentice_takes_longer():
    slot = place(there(lift(), person(percent=50)), Need(minutes=60), at("2026-11-23 08:00"))
    assert slot.ends_at == at("2026-11-23 10:00")


def test_a_job_for_trained_people_is_theirs_until_the_certificate_expires():
    need = Need(minutes=60, skills=frozenset({"air_con"}))
    trained = person("Katrin", skills={"air_con": date(2026, 11, 23)})
    occupancy = there(lift(), person(), trained, days=2)
    assert place(occupancy, need, at("2026-11-23 08:00")).person == trained.id
    assert place(occupancy, need, at("2026-11-24 08:00")) is None


def test_the_trained_are_kept_free_for_what_needs_them():
    trained, other = person("Katrin", skills={"hv_2s": None}), person("Jonas")
    slot = place(there(lift(), trained, other), Need(minutes=60), at("2026-11-23 08:00"))
    assert slot.person == other.id


def test_an_absent_person_and_a_broken_lift_are_not_offered():
    ill = person(absences=(away("2026-11-23 00:00", "2026-11-24 00:00"),))
    broken = lift(absences=(away("2026-11-23 00:00", "2026-11-24 00:00"),))
    assert slots(there(lift(), ill), Need(minutes=60)) == []
    assert slots(there(broken, person()), Need(minutes=60)) == []


def test_shifts_say_when_a_person_works():
    early = person(shifts=(ShiftRule(0, span("06:00-12:00").opens, span("06:00-12:00").closes),))
    found = slots(there(lift(), early), Need(minutes=60), step_minutes=60)
    assert starts(found) == ["07:30", "08:30", "09:30", "10:30"]


def test_the_inspection_waits_for_the_inspector():
    window = ShiftRule(0, span("13:00-15:00").opens, span("13:00-15:00").closes)
    inspector = Capacity(id=uuid4(), kind=ResourceKind.INSPECTOR, name="TÜV", shifts=(window,))
    need = Need(minutes=60, inspector=True)
    found = slots(there(lift(), person(), inspector), need, step_minutes=60)
    assert starts(found) == ["12:30", "13:30", "14:30"]
    assert found[0].held[inspector.id] == ((at("2026-11-23 13:00"), at("2026-11-23 13:30")),)


def test_a_loaner_car_is_away_as_long_as_the_work_lasts():
    car = Capacity(
        id=uuid4(),
        kind=ResourceKind.LOANER,
        name="Polo",
        taken=(from_to("2026-11-24 08:00", "2026-11-24 10:00"),),
    )
    occupancy = there(lift(), person(), car, days=3)
    need = Need(minutes=900, loaner=True)
    assert place(occupancy, need, at("2026-11-23 07:30")) is None
    assert place(occupancy, need, at("2026-11-24 10:00")) is not None


def test_a_heavy_van_needs_a_strong_lift():
    weak, strong = lift(max_weight_kg=3000), lift("Bühne 2", max_weight_kg=5000)
    need = Need(minutes=60, min_lift_kg=3500)
    assert place(there(weak, strong, person()), need, at("2026-11-23 08:00")).lift == strong.id
    assert place(there(weak, person()), need, at("2026-11-23 08:00")) is None


def test_any_lift_is_not_a_place_on_the_floor():
    floor = lift("Stellplatz", of=LiftKind.FLOOR)
    assert place(there(floor, person()), Need(minutes=60), at("2026-11-23 08:00")) is None
    washing = Need(minutes=60, lift=LiftKind.FLOOR)
    assert place(there(floor, person()), washing, at("2026-11-23 08:00")).lift == floor.id


def test_a_workshop_that_never_entered_lifts_is_not_held_up_by_them():
    assert place(there(person()), Need(minutes=60), at("2026-11-23 08:00")).lift is None


def test_staff_may_insist_against_hours_but_not_against_what_is_taken():
    bay, crew = lift(), person()
    late = at("2026-11-23 19:00")
    assert place(there(bay, crew), Need(minutes=60), late) is None
    assert place(there(bay, crew), Need(minutes=60), late, force=True).ends_at == at(
        "2026-11-23 20:00"
    )
    taken = lift(taken=(from_to("2026-11-23 19:00", "2026-11-23 20:00"),))
    assert place(there(taken, crew), Need(minutes=60), late, force=True) is None


def test_customers_are_not_offered_what_is_for_staff_only():
    private = lift(online=False)
    assert slots(there(private, person()), Need(minutes=60)) == []
    assert slots(there(private, person()), Need(minutes=60), online=False)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-11-23 06:00", Obstacle.OUTSIDE_HOURS),
        ("2026-12-25 08:00", Obstacle.CLOSED),
    ],
)
def test_the_workshops_hours_are_named_first(when, expected):
    occupancy = there(lift(), person(), days=40)
    assert conflicts(occupancy, Need(minutes=60), at(when))[0].what == expected


def test_a_conflict_names_who_has_taken_it():
    other = UUID(int=7)
    taken = lift(taken=(from_to("2026-11-23 08:00", "2026-11-23 10:00", other),))
    found = conflicts(there(taken, person()), Need(minutes=60), at("2026-11-23 09:00"))
    assert [(one.what, one.name, one.appointment_id) for one in found] == [
        (Obstacle.TAKEN, "Bühne 1", other)
    ]


def test_what_fits_has_no_conflicts():
    assert conflicts(there(lift(), person()), Need(minutes=60), at("2026-11-23 09:00")) == []


def test_spring_and_autumn_nights_keep_wall_times():
    for day in ("2026-10-25", "2027-03-28"):
        sunday = on(day)
        occupancy = Occupancy(
            first=sunday,
            last=sunday,
            week=week(su="01:00-06:00"),
            resources=(lift(), person()),
        )
        found = free_slots(occupancy, Need(minutes=60), since=at("2026-01-01 00:00"))
        real_hours = {"2026-10-25": 6, "2027-03-28": 4}[day]
        assert len(found) == real_hours * 2 - 1
        assert len({slot.starts_at for slot in found}) == len(found)


@pytest.mark.parametrize(
    ("resources", "need", "expected"),
    [
        ([person()], Need(minutes=60, skills=frozenset({"au"})), Obstacle.UNSKILLED),
        ([lift(of=LiftKind.FLOOR), person()], Need(minutes=60), Obstacle.WRONG_LIFT),
        (
            [lift(max_weight_kg=2000), person()],
            Need(minutes=60, min_lift_kg=3000),
            Obstacle.TOO_HEAVY,
        ),
        (
            [lift(), person(absences=(away("2026-11-23 00:00", "2026-11-24 00:00"),))],
            Need(minutes=60),
            Obstacle.ABSENT,
        ),
        (
            [
                lift(),
                person(
                    shifts=(ShiftRule(1, span("08:00-12:00").opens, span("08:00-12:00").closes),)
                ),
            ],
            Need(minutes=60),
            Obstacle.OUTSIDE_SHIFT,
        ),
    ],
)
def test_every_reason_has_its_name(resources, need, expected):
    found = conflicts(there(*resources), need, at("2026-11-23 09:00"))
    assert expected in {one.what for one in found}


def test_a_wanted_resource_that_is_gone_is_named_as_missing():
    wanted = {ResourceKind.LIFT: uuid4()}
    found = conflicts(
        there(lift(), person()), Need(minutes=60), at("2026-11-23 09:00"), wanted=wanted
    )
    assert [(one.what, one.kind) for one in found] == [(Obstacle.NONE_THERE, ResourceKind.LIFT)]


def test_shifts_rest_on_holidays():
    every_day = tuple(
        ShiftRule(day, span("08:00-16:00").opens, span("08:00-16:00").closes) for day in range(7)
    )
    occupancy = Occupancy(
        first=on("2026-12-24"),
        last=on("2026-12-28"),
        week=week(),
        resources=(lift(), person(shifts=every_day)),
    )
    days = {slot.starts_at.date() for slot in slots(occupancy, Need(minutes=60))}
    assert days == {on("2026-12-24"), on("2026-12-28")}


def test_a_slot_names_what_it_takes():
    bay, crew = lift(), person()
    slot = place(there(bay, crew), Need(minutes=60), at("2026-11-23 09:00"))
    assert slot.resources == {ResourceKind.LIFT: bay.id, ResourceKind.PERSON: crew.id}


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ([], LiftKind.ANY),
        ([LiftKind.NONE], LiftKind.NONE),
        ([LiftKind.NONE, LiftKind.ANY], LiftKind.ANY),
        ([LiftKind.ANY, LiftKind.ALIGNMENT], LiftKind.ALIGNMENT),
    ],
)
def test_a_basket_takes_the_most_particular_lift_and_sets_up_once(wishes, expected):
    basket = [
        Service(
            duration_minutes=60, setup_minutes=20, buffer_minutes=10, lift=wish, skill="",
            min_lift_kg=None, needs_inspector=False,
        )
        for wish in wishes
    ]  # fmt: skip
    need = need_of(basket)
    assert need.lift == expected
    assert need.minutes == (40 * len(basket) + 20 if basket else 60)


def test_open_time_leaves_out_nights_and_counts_the_clock_without_hours():
    friday, monday = at("2026-11-20 16:30"), at("2026-11-23 08:30")
    assert open_time(week(), friday, monday) == timedelta(hours=2)
    assert open_time(Week({}), friday, monday) == monday - friday


def test_hours_that_spring_leaves_out_are_no_opening():
    hours = week(su="02:00-03:00")
    assert opening_at(hours, at("2027-03-28 01:30")).opens_at == at("2027-04-04 02:00")
