"""The clock of an answer, how urgent it is, and what sounds angry."""

from datetime import UTC, datetime, time

import pytest
from sqlalchemy import select

from portal.bookings.calendar import Closed, Span, Week
from portal.chat import answer_clock, conversations, priorities
from portal.chat.models import Conversation
from portal.chat.priorities import Level
from portal.chat.tempers import is_upset
from portal.tenants.boundary import inside

WORKDAYS = {day: (Span(time(8), time(12)), Span(time(13), time(17))) for day in range(5)}
WEEK = Week(WORKDAYS, (), "BE")


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "minutes", "due"),
    [
        ("2026-11-27 08:00", 30, "2026-11-27 08:30"),
        ("2026-11-27 10:50", 30, "2026-11-27 12:20"),
        ("2026-11-27 15:50", 30, "2026-11-30 07:20"),
        ("2026-11-28 12:00", 30, "2026-11-30 07:30"),
        ("2026-11-27 11:30", 480, "2026-11-30 11:00"),
        ("2026-12-24 15:30", 60, "2026-12-28 07:30"),
    ],
)
def test_it_runs_while_the_workshop_is_open(since, minutes, due):
    runs = answer_clock.clock_from(WEEK, utc(since), minutes)
    assert runs.due_at == utc(due)
    assert answer_clock.target_s(runs.spans) == minutes * 60


def test_closures_stand_still_and_unknown_hours_do_not():
    holiday = Week(WORKDAYS, (Closed(utc("2026-11-30 00:00").date(), utc("2026-12-04 00:00").date(),
                                     "Betriebsferien", ""),), "BE")  # fmt: skip
    since = utc("2026-11-27 15:45")
    assert answer_clock.clock_from(holiday, since, 30).due_at == utc("2026-12-07 07:15")
    assert answer_clock.clock_from(Week({}, (), "BE"), since, 30).due_at == utc("2026-11-27 16:15")


def test_what_is_left_does_not_shrink_at_night():
    spans = answer_clock.clock_from(WEEK, utc("2026-11-27 15:50"), 30).spans
    left = [
        answer_clock.left_s(spans, utc(moment))
        for moment in ("2026-11-27 15:50", "2026-11-27 16:00", "2026-11-29 03:00",
                       "2026-11-30 07:10", "2026-11-30 09:00")
    ]  # fmt: skip
    assert left == [1800, 1200, 1200, 600, 0]


def test_danger_comes_before_anger_before_appointments_before_waiting():
    levels = [
        priorities.level_of(reason="safety", is_upset=True, has_booking=True),
        priorities.level_of(reason="asked", is_upset=True, has_booking=True),
        priorities.level_of(reason="complaint", is_upset=False, has_booking=True),
        priorities.level_of(reason="asked", is_upset=False, has_booking=True),
        priorities.level_of(reason="asked", is_upset=False, has_booking=False),
    ]
    assert levels == [Level.SAFETY, Level.UPSET, Level.UPSET, Level.BOOKING, Level.WAITS]


async def test_the_place_in_the_list_is_the_same_in_sql_and_in_the_browser(parts, shop):
    waits = utc("2026-11-27 08:00")
    async with inside(parts, shop.id) as db:
        for priority, since in ((0, None), (1, waits), (4, waits), (4, utc("2026-11-27 07:59"))):
            one, _ = await conversations.begin(
                db, locale="de", consent_version="1", greeting="Hallo"
            )
            one.priority, one.unanswered_since = priority, since
        await db.flush()
        query = select(Conversation, priorities.place_column()).order_by(
            priorities.place_column().desc()
        )
        rows = (await db.execute(query)).all()
    assert [row[1] for row in rows] == [
        priorities.place_of(row[0].priority, row[0].unanswered_since, row[0].changed_at)
        for row in rows
    ]
    assert [row[0].priority for row in rows] == [4, 4, 1, 0]
    assert rows[0][0].unanswered_since < rows[1][0].unanswered_since


@pytest.mark.parametrize(
    "text",
    [
        "Das ist eine Unverschämtheit.",
        "SO GEHT DAS WIRKLICH NICHT WEITER",
        "Wo bleibt mein Auto?!!",
        "Ich gehe zum Anwalt",
        "Mir reichts jetzt",
        "This is unacceptable",
    ],
)
def test_anger_is_marked(text):
    assert is_upset(text)


@pytest.mark.parametrize(
    "text",
    [
        "Guten Tag, was kostet ein Ölwechsel?",
        "Mein Kennzeichen ist B-AP 4417, HU und AU bitte",
        "VW Golf, TÜV, ABS",
        "Danke!",
        "Reicht der Ölstand?",
    ],
)
def test_a_plain_question_is_not_anger(text):
    assert not is_upset(text)
