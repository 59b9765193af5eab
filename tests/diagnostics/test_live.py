"""Live recordings: the line, its numbers, its readers, and nobody else's."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from portal.diagnostics import live, live_socket, live_stream
from portal.diagnostics.live_models import LiveRecording
from portal.diagnostics.live_store import MOST_POINTS, LiveStore
from portal.kit import clock
from portal.tenants import workshops
from portal.tenants.boundary import inside
from portal.tenants.models import ApiToken
from portal.tenants.permissions import Permission, Role
from tests.diagnostics.test_recorder import LINES_OF_VIN
from tests.diagnostics.test_scans import VIN, transcript
from tests.makers.patience import PATIENCE_S
from tests.makers.vehicles import a_vehicle

RPM = ["7E8 04 41 0C 1A F8"]
"""1726 revolutions a minute"""


def entry(number, lines=RPM, request="010C"):
    return [number, number / 10, request, lines]


def hello(recording_id, **facts):
    started = datetime.now(UTC).isoformat()
    return {"type": "hello", "recording": str(recording_id), "started_at": started, **facts}


@pytest.fixture
def line_to(address, shop):
    @asynccontextmanager
    async def open_line(token=None, **headers):
        url = address.replace("http", "ws") + "/api/v1/integrations/obd/live"
        given = {"Authorization": f"Bearer {shop.token if token is None else token}", **headers}
        given = {name: value for name, value in given.items() if value}
        async with connect(url, additional_headers=given, proxy=None) as socket:
            yield socket

    return open_line


async def say(socket, message):
    await socket.send(json.dumps(message))
    return json.loads(await socket.recv())


async def begun(socket, recording_id, **facts):
    return await say(socket, hello(recording_id, **{"device": "Werkstatt-PC", **facts}))


async def refusal(socket, message):
    """The last word and the code of the close."""
    said = await say(socket, message)
    with pytest.raises(ConnectionClosed) as closed:
        await socket.recv()
    return said["code"], closed.value.rcvd.code


@asynccontextmanager
async def reader(browser, path):
    """The events of a page as (event, data)."""
    queue: asyncio.Queue = asyncio.Queue()

    async def read():
        async with browser.stream("GET", path) as answer:
            assert answer.status_code == 200
            event = ""
            async for row in answer.aiter_lines():
                if row.startswith("event: "):
                    event = row[7:]
                elif row.startswith("data: "):
                    queue.put_nowait((event, json.loads(row[6:])))
        queue.put_nowait(("gone", {}))

    task = asyncio.create_task(read())
    try:
        yield lambda: asyncio.wait_for(queue.get(), PATIENCE_S)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def the_recording(parts, shop, recording_id):
    async with inside(parts, shop.id) as db:
        return await live.get(db, recording_id)


async def test_values_reach_the_browser_as_they_are_measured(line_to, signed_in, shop):
    recording_id = uuid4()
    browser = await signed_in(shop, Role.MECHANIC)
    async with line_to() as socket:
        assert await begun(socket, recording_id) == {
            "type": "welcome",
            "recording": str(recording_id),
            "acknowledged": 0,
        }
        path = f"{shop.home}/diagnostics/live/{recording_id}/events"
        async with reader(browser, path) as heard:
            assert await heard() == ("state", {"running": True, "reason": ""})
            assert (await heard())[0] == "points"
            answer = await say(socket, {"type": "entries", "items": [entry(1)]})
            assert answer == {"type": "acknowledged", "number": 1}
            event, told = await heard()
            assert event == "points"
            assert told["points"] == [[0.1, "engine_rpm", 1726.0]]
            assert told["signals"]["engine_rpm"]["label"] == "Motordrehzahl"
            assert await say(socket, {"type": "end", "reason": "asked"}) == {"type": "ended"}
            assert await heard() == ("state", {"running": False, "reason": "asked"})


async def test_who_comes_later_sees_what_was_just_measured(line_to, signed_in, shop):
    recording_id = uuid4()
    async with line_to() as socket:
        await begun(socket, recording_id)
        await say(socket, {"type": "entries", "items": [entry(n) for n in range(1, 6)]})
    browser = await signed_in(shop, Role.ADVISOR)
    async with reader(browser, f"{shop.home}/diagnostics/live/{recording_id}/events") as heard:
        await heard()
        _event, told = await heard()
    assert [point[0] for point in told["points"]] == [0.1, 0.2, 0.3, 0.4, 0.5]


async def test_after_a_broken_line_nothing_is_lost_and_nothing_doubled(line_to, parts, shop):
    recording_id, store = uuid4(), LiveStore(parts.redis)
    async with line_to() as socket:
        await begun(socket, recording_id)
        await say(socket, {"type": "entries", "items": [entry(n) for n in range(1, 4)]})
    async with line_to() as socket:
        assert (await begun(socket, recording_id))["acknowledged"] == 3
        await say(socket, {"type": "entries", "items": [entry(n) for n in range(2, 7)]})
    points = await store.recent(shop.id, recording_id)
    assert [point[0] for point in points] == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]


async def test_two_lines_of_one_recording_never_double_a_value(line_to, parts, shop):
    recording_id, store = uuid4(), LiveStore(parts.redis)
    items = [entry(n) for n in range(1, 101)]
    async with line_to() as one, line_to() as other:
        await begun(one, recording_id)
        await begun(other, recording_id)
        await asyncio.gather(
            *(say(socket, {"type": "entries", "items": items}) for socket in (one, other))
        )
    assert len(await store.recent(shop.id, recording_id)) == 100


async def test_the_backlog_is_bounded(line_to, parts, shop):
    recording_id, store = uuid4(), LiveStore(parts.redis)
    async with line_to() as socket:
        await begun(socket, recording_id)
        for start in range(0, 2000, 500):
            items = [entry(start + n) for n in range(1, 501)]
            await say(socket, {"type": "entries", "items": items})
    assert len(await store.recent(shop.id, recording_id)) == MOST_POINTS
    head, log = (f"carbot:live:{shop.id}:live:{recording_id}:{part}" for part in ("head", "log"))
    assert await parts.redis.llen(log) <= MOST_POINTS
    assert await parts.redis.pttl(head) > 0
    assert await parts.redis.pttl(log) > 0


async def test_a_vin_finds_the_vehicle(line_to, parts, shop):
    async with inside(parts, shop.id) as db:
        vehicle = await a_vehicle(db, vin=VIN)
    recording_id = uuid4()
    async with line_to() as socket:
        await begun(socket, recording_id)
        await say(socket, {"type": "entries", "items": [entry(1, LINES_OF_VIN, "0902")]})
        await say(socket, {"type": "entries", "items": [entry(2)]})
    recording = await the_recording(parts, shop, recording_id)
    assert (recording.vin, recording.vehicle_id) == (VIN, vehicle.id)


async def test_the_uploaded_transcript_belongs_to_its_recording(line_to, device, parts, shop):
    recording_id = uuid4()
    async with line_to() as socket:
        await begun(socket, recording_id)
        await say(socket, {"type": "end", "reason": "asked"})
    async with device(shop) as program:
        answer = await program.post(
            "/api/v1/integrations/obd/sessions",
            files={"file": ("scan.txt", transcript())},
            data={"recording_id": str(recording_id)},
        )
    recording = await the_recording(parts, shop, recording_id)
    assert str(recording.scan_id) == answer.json()["id"]


# who may


async def test_the_token_may_come_in_the_first_message(line_to, shop):
    async with line_to(token="") as socket:
        assert (await begun(socket, uuid4(), token=shop.token))["type"] == "welcome"


@pytest.mark.parametrize("token", ["wrong", "A" * 5000])
async def test_a_wrong_token_is_turned_away(line_to, token):
    async with line_to(token=token) as socket:
        assert await refusal(socket, hello(uuid4())) == ("TOKEN_INVALID", 4401)


async def test_a_token_in_the_address_opens_nothing(address, shop):
    url = address.replace("http", "ws") + f"/api/v1/integrations/obd/live?token={shop.token}"
    async with connect(url, proxy=None) as socket:
        assert (await refusal(socket, hello(uuid4())))[0] == "TOKEN_INVALID"


async def test_a_session_cookie_opens_nothing(line_to, signed_in, shop):
    """So no other website can use a browser that is signed in."""
    browser = await signed_in(shop)
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    async with line_to(token="", Cookie=cookie) as socket:
        assert (await refusal(socket, hello(uuid4())))[0] == "TOKEN_INVALID"


async def test_a_token_without_the_right_is_turned_away(line_to, parts, shop):
    async with inside(parts, shop.id) as db:
        scopes = frozenset({Permission.SCANS_READ})
        await workshops.issue_token(db, name="reads", token="reads-only", scopes=scopes)
    async with line_to(token="reads-only") as socket:
        assert await refusal(socket, hello(uuid4())) == ("FORBIDDEN", 4403)


async def test_a_revoked_token_ends_an_open_line(line_to, parts, shop, monkeypatch):
    monkeypatch.setattr(live_socket, "RECHECK_S", 0.0)
    async with line_to() as socket:
        await begun(socket, uuid4())
        await say(socket, {"type": "entries", "items": [entry(1)]})
        async with inside(parts, shop.id) as db:
            await db.execute(update(ApiToken).values(revoked_at=clock.now()))
        await socket.send(json.dumps({"type": "entries", "items": [entry(2)]}))
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                await socket.recv()
    assert closed.value.rcvd.code == 4401


async def test_another_workshops_recording_is_another_recording(
    line_to, parts, shop, other_shop, signed_in
):
    """Even under the same id: neither its values nor its page."""
    recording_id = uuid4()
    async with line_to() as mine, line_to(token=other_shop.token) as theirs:
        await begun(mine, recording_id)
        await say(mine, {"type": "entries", "items": [entry(1), entry(2)]})
        assert (await begun(theirs, recording_id))["acknowledged"] == 0
        await say(theirs, {"type": "entries", "items": [entry(1, ["7E8 04 41 0C 00 00"])]})
    store = LiveStore(parts.redis)
    assert [p[2] for p in await store.recent(shop.id, recording_id)] == [1726.0, 1726.0]
    assert [p[2] for p in await store.recent(other_shop.id, recording_id)] == [0.0]
    async with line_to() as socket:
        only_here = uuid4()
        await begun(socket, only_here)
    browser = await signed_in(other_shop)
    for place in ("", "/events"):
        path = f"{other_shop.home}/diagnostics/live/{only_here}{place}"
        assert (await browser.get(path)).status_code == 404


async def test_a_reader_who_is_dismissed_hears_nothing_more(
    line_to, parts, signed_in, shop, monkeypatch
):
    monkeypatch.setattr(live_stream, "RECHECK_S", 0.0)
    recording_id = uuid4()
    browser = await signed_in(shop, Role.MECHANIC)
    async with line_to() as socket:
        await begun(socket, recording_id)
        path = f"{shop.home}/diagnostics/live/{recording_id}/events"
        async with reader(browser, path) as heard:
            await heard()
            await heard()
            async with inside(parts, shop.id) as db:
                (await db.merge(shop.people[Role.MECHANIC])).is_active = False
            await say(socket, {"type": "entries", "items": [entry(1)]})
            assert (await heard())[0] == "gone"


async def test_a_recording_has_so_many_readers(line_to, signed_in, shop, monkeypatch):
    monkeypatch.setattr(live_stream, "MOST_READERS", 1)
    recording_id = uuid4()
    browser = await signed_in(shop, Role.MECHANIC)
    async with line_to() as socket:
        await begun(socket, recording_id)
        path = f"{shop.home}/diagnostics/live/{recording_id}/events"
        async with reader(browser, path) as heard:
            await heard()
            assert (await browser.get(path)).status_code == 429


# garbage


@pytest.mark.parametrize(
    "message",
    [
        "kein JSON",
        "[]",
        '{"type": "entries"}',
        '{"type": "hello"}',
        '{"type": "hello", "recording": "x"}',
        '{"type": "hello", "recording": "' + str(uuid4()) + '", "started_at": "gestern"}',
        "x" * 300_000,
        "[" * 50_000,
    ],
)
async def test_what_is_no_greeting_is_refused(line_to, message):
    async with line_to() as socket:
        await socket.send(message)
        assert json.loads(await socket.recv())["code"] == "BAD_REQUEST"


@pytest.mark.parametrize(
    "items",
    [
        [[1, 0.1, "010C"]],
        [["eins", 0.1, "010C", []]],
        [entry(n) for n in range(1, 502)],
        [[10**30, 0.1, "010C", RPM]],
        [[-1, 0.1, "010C", RPM]],
        [[1, 1e400, "010C", RPM]],
    ],
)
async def test_what_is_no_entry_never_breaks_the_house(line_to, items):
    async with line_to() as socket:
        await begun(socket, uuid4())
        said = await say(socket, {"type": "entries", "items": items})
        assert said.get("code", "BAD_REQUEST") == "BAD_REQUEST"


async def test_lines_of_garbage_hold_no_values(line_to, parts, shop):
    recording_id = uuid4()
    lines = ["\x00\xff", "ELM327", "7E8 04 41 0C", "7E8 10 FF 41", "=cmd|' /C calc'!A0", "9" * 4000]
    async with line_to() as socket:
        await begun(socket, recording_id, device="<b>\x00" + "x" * 500)
        answer = await say(socket, {"type": "entries", "items": [entry(1, lines)]})
    assert answer["type"] == "acknowledged"
    assert await LiveStore(parts.redis).recent(shop.id, recording_id) == []
    assert len((await the_recording(parts, shop, recording_id)).device) == 120


async def test_a_clock_in_the_future_is_not_believed(line_to, parts, shop):
    recording_id = uuid4()
    async with line_to() as socket:
        await begun(socket, recording_id, started_at="2099-01-01T00:00:00Z")
    started = (await the_recording(parts, shop, recording_id)).started_at
    assert abs(started - clock.now()) < timedelta(minutes=1)


async def test_a_workshop_records_so_many_cars_at_once(line_to, parts, shop, monkeypatch):
    monkeypatch.setattr(live, "MOST_AT_ONCE", 1)
    async with line_to() as one, line_to() as other:
        await begun(one, uuid4())
        code = (await refusal(other, hello(uuid4())))[0]
    assert code == "TOO_MANY_LIVE_RECORDINGS"
    async with inside(parts, shop.id) as db:
        assert len((await db.scalars(select(LiveRecording))).all()) == 1


# pages


async def test_without_recordings_the_page_says_how_to_make_one(signed_in, shop):
    browser = await signed_in(shop, Role.MECHANIC)
    html = (await browser.get(f"{shop.home}/diagnostics/live")).text
    assert "carbot obd record" in html


async def test_the_list_says_what_runs_and_who_records(line_to, signed_in, shop):
    recording_id = uuid4()
    browser = await signed_in(shop, Role.MECHANIC)
    async with line_to() as socket:
        await begun(socket, recording_id)
        html = (await browser.get(f"{shop.home}/diagnostics/live")).text
    assert "Werkstatt-PC" in html
    assert str(recording_id) in html
