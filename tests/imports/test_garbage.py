"""Files that are broken on purpose: no exception, and the bytes stay as they came."""

import random
from time import thread_time

import pytest

from portal.imports import calendars, preview, runs
from portal.imports.kinds import Kind, RunState
from portal.imports.sheets import SheetUnreadable
from portal.tenants.boundary import inside
from tests.makers.imports import BOOKINGS, CALENDAR, CUSTOMERS, HISTORY, VEHICLES

FILES = [text.encode("cp1252", "replace") for text in (CUSTOMERS, VEHICLES, HISTORY, BOOKINGS)]
PIECES = (
    b"\x00", b'"', b";", b"\r", b"\n", b"\xff\xfe", b"\xef\xbb\xbf", b"=1+1", b"9" * 400, b"\t", b",",
    b"\xe2\x80\xae", b"31.02.2024", b"00.00.0000", b"\x80\x81\xfe", b"'", b"A" * 6000, b"-1", b"1e999",
    b"9999-12-31T23:59:59+14:00", b"0001-01-01", b"\xed\xa0\x80", b"NaN", b"\\", b"sep=,\n", b"24:61",
)  # fmt: skip


def mutated(data, pick):
    """A few random injuries: pieces put in, bytes taken out, turned around or doubled."""
    raw = bytearray(data)
    for _injury in range(pick.randint(1, 12)):
        at = pick.randrange(len(raw) + 1)
        injury = pick.randrange(5)
        if injury < 2:
            raw[at:at] = pick.choice(PIECES)
        elif injury == 2:
            del raw[at : at + pick.randint(1, 60)]
        elif injury == 3 and at < len(raw):
            raw[at] = pick.randrange(256)
        else:
            raw[at:at] = raw[at : at + pick.randint(1, 400)]
    return bytes(raw)


@pytest.mark.parametrize("seed", range(6))
async def test_300_broken_files_are_read_or_refused(parts, shop, take_over, seed):
    """Fifty a time: every kind reads every file, some are run to the end."""
    pick = random.Random(seed)
    for number in range(50):
        data = mutated(pick.choice(FILES), pick)
        try:
            async with inside(parts, shop.id) as db:
                run = await runs.receive(db, parts.blobs, data, "kaputt.csv", by="", limit=10**7)
                assert await parts.blobs.get(run.blob_key) == data
                for kind in Kind:
                    await runs.suggest(db, run, kind, runs.samples_of(runs.open_sheet(data)))
                    await preview.of(run, data)
        except SheetUnreadable:
            continue
        if number % 3 == 0:
            await run_to_its_end(shop, take_over, data, pick.choice(list(Kind)))


async def run_to_its_end(shop, take_over, data, kind):
    try:
        done = await take_over(shop, data, kind=kind)
    except runs.MappingIncomplete:
        return
    assert done.state == RunState.DONE
    assert done.position == done.lines
    assert done.created + done.updated + done.unchanged + done.refused == done.lines


@pytest.mark.parametrize("seed", range(3))
async def test_100_broken_calendars_are_read_or_refused(seed):
    pick = random.Random(seed)
    for _number in range(100):
        data = b"BEGIN:VCALENDAR\r\n" + mutated(CALENDAR.encode(), pick)
        try:
            sheet = runs.open_sheet(data)
            for line in sheet.lines():
                assert len(line.cells) == len(sheet.columns)
        except SheetUnreadable:
            continue


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
     "FREQ=DAILY;COUNT=99999999999", "FREQ=DAILY;UNTIL=99991231", "FREQ=MONTHLY;BYDAY=9MO", "X=1",
     "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "FREQ=HOURLY;COUNT=5", "FREQ=WEEKLY;BYDAY=XX"],
)  # fmt: skip
def test_rules_that_never_end_do_end(rule):
    text = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260101T080000Z\nSUMMARY:x\n"
        f"RRULE:{rule}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    try:
        assert len(list(runs.open_sheet(text.encode()).lines())) <= 750
    except SheetUnreadable:
        return


def a_calendar(rule, events):
    event = f"BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260101T080000Z\r\nRRULE:{rule}\r\nEND:VEVENT\r\n"
    return f"BEGIN:VCALENDAR\r\n{event * events}END:VCALENDAR\r\n".encode()


@pytest.mark.parametrize(
    "rule", ["FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"]
)
def test_days_that_never_come_are_not_looked_for_all_day(monkeypatch, rule):
    monkeypatch.setattr(calendars, "PATIENCE_S", 0.5)
    began = thread_time()
    with pytest.raises(SheetUnreadable):
        calendars.read(a_calendar(rule, 200))
    assert thread_time() - began < 5


def test_a_calendar_of_endless_series_is_refused_before_it_fills_the_memory():
    began = thread_time()
    with pytest.raises(SheetUnreadable):
        calendars.read(a_calendar("FREQ=DAILY", 3000))
    assert thread_time() - began < 8
