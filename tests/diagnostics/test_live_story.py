"""From the adapter to the page: recorded, streamed, broken, caught up, uploaded."""

import asyncio
import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from portal.diagnostics import live_commands
from portal.diagnostics.live_models import LiveRecording
from portal.diagnostics.live_store import LiveStore
from portal.diagnostics.models import Scan
from portal.diagnostics.recorder import adapter, streaming
from portal.tenants.boundary import inside
from portal.worker import work_off
from tests.diagnostics.test_recorder import a_car, hurry
from tests.diagnostics.test_scans import VIN
from tests.makers.elm327 import FakeAdapter, Faults
from tests.makers.patience import PATIENCE_S
from tests.makers.wires import a_wire

__all__ = ["hurry"]


class Recorder:
    """`carbot obd record` in a thread, as its own process would run it."""

    def __init__(self, wish, monkeypatch):
        self.said, self.values, self._stop = [], [], threading.Event()
        monkeypatch.setattr(live_commands, "_until_told", self._until_told)
        self._call = asyncio.create_task(
            asyncio.to_thread(
                live_commands.record, wish, on_values=self._hear, say=self.said.append
            )
        )

    @contextmanager
    def _until_told(self, _seconds):
        yield self._stop

    def _hear(self, at_s, values):
        self.values += [(at_s, value) for value in values]

    async def until(self, count):
        async with asyncio.timeout(PATIENCE_S):
            while len(self.values) < count and not self._call.done():  # noqa: ASYNC110  # a thread
                await asyncio.sleep(0.02)

    async def ended(self):
        self._stop.set()
        return await asyncio.wait_for(self._call, PATIENCE_S)


@pytest.fixture
def wish_for(tmp_path, shop):
    def make(tcp, url, **more):
        port = adapter.Port.tcp(tcp)
        return live_commands.Wish(port, tmp_path, 10_000, url, more.get("token", shop.token))

    return make


async def the_recording(parts, shop):
    async with inside(parts, shop.id) as db:
        return (await db.scalars(select(LiveRecording))).one()


async def shown(parts, shop):
    recording = await the_recording(parts, shop)
    return await LiveStore(parts.redis).recent(shop.id, recording.id)


async def test_a_car_is_recorded_shown_and_becomes_a_scan(
    parts, shop, address, wish_for, monkeypatch, tmp_path
):
    with FakeAdapter(a_car(), Faults(delay_s=0.005)).over_tcp() as tcp:
        recorder = Recorder(wish_for(tcp, address), monkeypatch)
        await recorder.until(60)
        assert await recorder.ended() == 0
    assert {key for _at, key, _value in await shown(parts, shop)} >= {"engine_rpm"}
    await work_off(parts)
    recording = await the_recording(parts, shop)
    async with inside(parts, shop.id) as db:
        scan = (await db.scalars(select(Scan))).one()
    assert (recording.state, recording.stop_reason) == ("ended", "asked")
    assert (recording.vin, recording.scan_id) == (VIN, scan.id)
    assert (scan.state, scan.vin) == ("read", VIN)
    [file] = tmp_path.glob("*.txt")
    assert await parts.blobs.get(scan.blob_key) == file.read_bytes()


async def test_what_a_broken_line_held_back_is_sent_when_it_is_mended(
    parts, shop, address, wish_for, monkeypatch
):
    monkeypatch.setattr(streaming, "BACK_OFF_S", (0.05,))
    async with a_wire(address) as wire:
        with FakeAdapter(a_car(), Faults(delay_s=0.01)).over_tcp() as tcp:
            recorder = Recorder(wish_for(tcp, wire.address), monkeypatch)
            await recorder.until(30)
            wire.cut()
            await recorder.until(90)
            wire.mend()
            await recorder.until(110)
            assert await recorder.ended() == 0
    points = await shown(parts, shop)
    assert [round(at, 3) for at, _key, _v in points] == [at for at, _value in recorder.values]
    assert [value for _at, _key, value in points] == [v.value for _at, v in recorder.values]
    assert any("Keine Verbindung" in sentence for sentence in recorder.said)


async def test_without_a_portal_the_file_is_safe_and_the_way_to_send_it_is_told(
    wish_for, monkeypatch, tmp_path
):
    monkeypatch.setattr(streaming, "BACK_OFF_S", (0.05,))
    monkeypatch.setattr(live_commands, "CATCH_UP_S", 0.2)
    monkeypatch.setattr(live_commands.sending, "WAITS_S", ())
    with FakeAdapter(a_car(), Faults(delay_s=0.005)).over_tcp() as tcp:
        recorder = Recorder(wish_for(tcp, "http://127.0.0.1:9"), monkeypatch)
        await recorder.until(30)
        assert await recorder.ended() == 1
    assert any("carbot obd upload" in sentence for sentence in recorder.said)
    [file] = tmp_path.glob("*.txt")
    assert VIN.encode().hex(" ").upper()[:5] in file.read_text()


async def test_a_refused_token_ends_the_streaming_and_not_the_recording(
    parts, shop, address, wish_for, monkeypatch
):
    monkeypatch.setattr(live_commands.sending, "WAITS_S", ())
    with FakeAdapter(a_car(), Faults(delay_s=0.005)).over_tcp() as tcp:
        recorder = Recorder(wish_for(tcp, address, token="wrong"), monkeypatch)
        await recorder.until(60)
        assert await recorder.ended() == 1
    assert len(recorder.values) >= 60
    assert any("verweigert" in sentence or "lehnt" in sentence for sentence in recorder.said)


async def test_bus_trouble_is_told_everywhere(parts, shop, address, wish_for, monkeypatch):
    faults = Faults(say={25: "CAN ERROR"}, delay_s=0.005)
    with FakeAdapter(a_car(), faults).over_tcp() as tcp:
        recorder = Recorder(wish_for(tcp, address), monkeypatch)
        assert await asyncio.wait_for(recorder._call, PATIENCE_S) == 1
    assert any("CAN ERROR" in sentence for sentence in recorder.said)
    assert (await the_recording(parts, shop)).stop_reason == "CAN ERROR"


async def test_no_adapter_no_recording(wish_for, monkeypatch, address):
    recorder = Recorder(wish_for("127.0.0.1:9", address), monkeypatch)
    assert await recorder.ended() == 4
    assert "Adapter" in recorder.said[0]
