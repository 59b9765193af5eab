"""Calendar files, read back by a program that knows the standard and not our code."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from icalendar import Calendar

from portal.bookings.calendar_files import Method, Work, feed, invitation
from portal.bookings.notice_facts import Facts, Person, Place
from portal.kit.clock import BERLIN
from tests.makers.bookings import at

SUBJECT = uuid4()


def the_facts(**changes):
    known = {
        "place": Place(
            name="KFZ Brandt, Söhne; Töchter", street="Lindenstr. 4", city="10969 Berlin"
        ),
        "person": Person(name="Erika Mustermann", email="erika@example.de"),
        "subject_id": SUBJECT,
        "code": "K7RQ2M",
        "address": "https://portal.example/t/" + "x" * 78,
        "arrives_at": at("2026-11-23 08:00"),
        "sequence": 2,
        "touched_at": at("2026-11-21 08:00"),
    }
    return Facts(**{**known, **changes})


def read(content):
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def utc_of(content, name):
    """What a program makes of a time and the zone's rules in the file: by hand, from RFC 5545."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    line = next(line for line in lines if line.startswith(name))
    value = line.partition(":")[2]
    if value.endswith("Z"):
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    wall = datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007  # wall time
    rules = {}
    for rule in content.decode().split("BEGIN:")[1:]:
        facts = dict(entry.split(":", 1) for entry in rule.split("\r\n") if ":" in entry)
        if "RRULE" in facts:
            month = int(facts["RRULE"].rpartition("BYMONTH=")[2])
            last = max(d for d in range(24, 32) if _is_sunday(wall.year, month, d))
            hour = int(facts["DTSTART"][9:11])
            rules[datetime(wall.year, month, last, hour)] = (  # noqa: DTZ001  # wall time
                int(facts["TZOFFSETFROM"][:3]),
                int(facts["TZOFFSETTO"][:3]),
            )
    offset = 1
    for onset in sorted(rules):
        # An onset counts in the time that was before it.
        before, after = rules[onset]
        if wall >= onset + timedelta(hours=max(after - before, 0)):
            offset = after
    return (wall - timedelta(hours=offset)).replace(tzinfo=UTC)


def _is_sunday(year, month, day):
    try:
        return datetime(year, month, day, tzinfo=UTC).weekday() == 6
    except ValueError:
        return False


@pytest.mark.parametrize(
    "moment",
    [
        "2026-03-28 08:00",
        "2026-03-29 01:30",
        "2026-03-29 03:30",
        "2026-03-29 08:00",
        "2026-07-01 08:00",
        "2026-10-24 17:00",
        "2026-10-25 01:30",
        "2026-10-25 04:00",
        "2026-10-26 08:00",
        "2027-01-04 08:00",
    ],
)
def test_every_program_reads_the_same_moment_around_both_changes_of_the_clock(moment):
    begins = at(moment)
    content = invitation(the_facts(arrives_at=begins), Method.REQUEST, organizer="w@example.de")
    assert utc_of(content, "DTSTART;") == begins.astimezone(UTC)
    _calendar, event = read(content)
    assert event["dtstart"].dt == begins
    assert str(event["dtstart"].params["TZID"]) == "Europe/Berlin"
    assert event["dtend"].dt.astimezone(UTC) - begins.astimezone(UTC) == timedelta(minutes=30)


def test_the_repeated_hour_of_autumn_is_told_twice_apart():
    first, second = (
        datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    for moment in (first, second):
        content = invitation(the_facts(arrives_at=moment), Method.REQUEST, organizer="w@example.de")
        assert read(content)[1]["dtstart"].dt.astimezone(UTC) == moment


def test_moving_and_cancelling_speak_of_the_same_event_in_order():
    sent = [
        read(invitation(the_facts(sequence=number), method, organizer="w@example.de"))
        for number, method in ((2, Method.REQUEST), (3, Method.REQUEST), (4, Method.CANCEL))
    ]
    assert {event["uid"] for _calendar, event in sent} == {f"{SUBJECT}@carbot"}
    assert [event["sequence"] for _calendar, event in sent] == [2, 3, 4]
    assert [calendar["method"] for calendar, _event in sent] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [event["status"] for _calendar, event in sent] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_an_invitation_names_place_link_and_people_without_asking_for_answers():
    content = invitation(the_facts(), Method.REQUEST, organizer="post@brandt.example")
    _calendar, event = read(content)
    assert event["location"] == "KFZ Brandt, Söhne; Töchter, Lindenstr. 4, 10969 Berlin"
    assert event["url"].startswith("https://portal.example/t/")
    assert event["organizer"] == "mailto:post@brandt.example"
    assert event["attendee"].params["RSVP"] == "FALSE"
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_published_file_names_nobody():
    content = invitation(the_facts(person=Person()), Method.PUBLISH, organizer="")
    assert b"ATTENDEE" not in content
    assert b"ORGANIZER" not in content


def test_who_waits_is_there_until_the_work_is_done():
    facts = the_facts(waits=True, ends_at=at("2026-11-23 09:15"))
    _calendar, event = read(invitation(facts, Method.REQUEST, organizer="w@example.de"))
    assert event["dtend"].dt == at("2026-11-23 09:15")


def test_a_feed_stays_the_same_bytes_until_something_changes():
    work = Work(
        uid="a-1@carbot",
        starts_at=at("2026-11-23 08:00"),
        ends_at=at("2026-11-23 09:00"),
        summary="B-KF 1234 · Ölwechsel",
        touched_at=at("2026-11-20 12:00"),
    )
    assert feed("Jonas", [work]) == feed("Jonas", [work])
    calendar, event = read(feed("Jonas", [work]))
    assert event["summary"] == "B-KF 1234 · Ölwechsel"
    assert calendar["x-wr-calname"] == "Jonas"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT30M" in feed("Jonas", [work])
    assert len(Calendar.from_ical(feed("Jonas", [])).walk("VEVENT")) == 0
