"""Recordings: read beside polars, packed beside narrow rows, frames put together."""

import io
from statistics import median
from time import perf_counter
from uuid import uuid4

import asyncpg
import numpy as np
import obd
import polars as pl
from can.io.canutils import CanutilsLogReader
from obd.protocols import ISO_15765_4_11bit_500k

from portal.diagnostics.obd.decoding import decode
from portal.diagnostics.obd.frames import Frame, reassemble
from portal.diagnostics.obd.packing import pack, thin, unpack
from portal.diagnostics.obd.recording import Recording, Trace
from tests.bench import adapter_lines
from tests.bench.figures import Figure, least, most, paired, percentile
from tests.bench.recordings import ROWS, long_drive
from tests.bench.rounds import alternated
from tests.bench.world import Bench

BYTES_A_SAMPLE, PLOT_MS = 2.5, 5.0
POINTS = 5_000
LINES = 100_000
COMMANDS = {
    "0C": obd.commands.RPM,
    "0D": obd.commands.SPEED,
    "04": obd.commands.ENGINE_LOAD,
    "10": obd.commands.MAF,
    "05": obd.commands.COOLANT_TEMP,
}
NARROW = """
create table if not exists bench_samples (
    workshop_id uuid, scan_id uuid, signal smallint, at_ms integer, value double precision,
    primary key (workshop_id, scan_id, signal, at_ms)
);
create table if not exists bench_packed (
    workshop_id uuid, scan_id uuid, signal smallint, packed bytea,
    primary key (workshop_id, scan_id, signal)
);
"""


async def run(bench: Bench) -> list[Figure]:
    rows = bench.much(ROWS, 60_000)
    data, name = long_drive(rows).data, long_drive(rows).name
    recording = decode(data, name)
    return [
        *await _reading(bench, data, name, recording),
        *await _answers(bench),
        *await _can_logs(bench),
        *_frames(bench),
        *await _storage(bench, recording),
    ]


async def _reading(bench: Bench, data: bytes, name: str, recording: Recording) -> list[Figure]:
    samples = sum(signal.rows for signal in recording.signals)

    async def ours() -> float:
        began = perf_counter()
        decode(data, name)
        return perf_counter() - began

    async def polars_reads() -> float:
        began = perf_counter()
        pl.read_csv(io.BytesIO(data), infer_schema_length=None, ignore_errors=True)
        return perf_counter() - began

    found = await alternated(bench.rounds, {"polars": polars_reads, "ours": ours})
    ours_rate = [samples / seconds for seconds in found["ours"]]
    polars_rate = [samples / seconds for seconds in found["polars"]]
    told = f"{len(data) / 1e6:.1f} MB, {recording.rows:,} rows, {samples:,} samples"
    return [
        Figure(
            "OBD",
            "read and judged by signal",
            "samples/s",
            median(ours_rate),
            median(polars_rate),
            "polars, cells only",
            paired(ours_rate, polars_rate),
            least(1_000_000),
            told,
        )
    ]


async def _answers(bench: Bench) -> list[Figure]:
    """From an adapter's line to a number: python-OBD does it line by line, we do the whole text."""
    count = bench.much(LINES, 20_000)
    data, few = adapter_lines.transcript(count), adapter_lines.lines(count // 10)
    protocol = ISO_15765_4_11bit_500k(["7E8 06 41 00 FF FF FF FF"])

    async def ours() -> float:
        began = perf_counter()
        decode(data, "transcript.txt")
        return count / (perf_counter() - began)

    async def python_obd() -> float:
        began = perf_counter()
        for line in few:
            COMMANDS[line[10:12]](protocol([line]))
        return len(few) / (perf_counter() - began)

    found = await alternated(bench.rounds, {"python-OBD": python_obd, "ours": ours})
    return [
        Figure(
            "OBD",
            "adapter lines to values",
            "/s",
            median(found["ours"]),
            median(found["python-OBD"]),
            "python-OBD",
            paired(found["ours"], found["python-OBD"]),
            least(10, "ratio"),
            f"{count:,} answers of one drive, of five signals in turn",
        )
    ]


async def _can_logs(bench: Bench) -> list[Figure]:
    """A CAN log from its text to signals; python-can's reader only makes frames of it."""
    count = bench.much(LINES // 4, 5_000)
    data = adapter_lines.candump(count)
    frames = 4 * count

    async def ours() -> float:
        began = perf_counter()
        decode(data, "candump.log")
        return frames / (perf_counter() - began)

    async def python_can() -> float:
        began = perf_counter()
        read = sum(1 for _ in CanutilsLogReader(io.StringIO(data.decode())))
        assert read == frames
        return frames / (perf_counter() - began)

    found = await alternated(bench.rounds, {"python-can": python_can, "ours": ours})
    return [
        Figure(
            "OBD",
            "CAN log, read and decoded",
            "frames/s",
            median(found["ours"]),
            median(found["python-can"]),
            "python-can, frames only",
            paired(found["ours"], found["python-can"]),
            note=f"{len(data) / 1e6:.1f} MB of candump, a quarter of the frames are answers",
        )
    ]


def _frames(bench: Bench) -> list[Figure]:
    """Long answers of two ECUs in turns."""
    payload = bytes(range(256)) * 2
    frames = [frame for at in range(400) for frame in _cut(payload, at)]
    rates = []
    for _ in range(bench.rounds):
        began = perf_counter()
        messages = sum(1 for _ in reassemble(frames))
        rates.append(len(frames) / (perf_counter() - began))
        assert messages == 800
    note = "long answers of two ECUs in turns"
    return [Figure("OBD", "CAN frames put together", "/s", median(rates), note=note)]


def _cut(payload: bytes, at: float) -> list[Frame]:
    first = bytes([0x10 | len(payload) >> 8, len(payload) & 0xFF]) + payload[:6]
    rest = [payload[begin : begin + 7] for begin in range(6, len(payload), 7)]
    pieces = [first, *(bytes([0x20 | (n + 1) & 0x0F]) + part for n, part in enumerate(rest))]
    return [Frame(at, ecu, piece) for piece in pieces for ecu in ("7E8", "7E9")]


async def _storage(bench: Bench, recording: Recording) -> list[Figure]:
    """The changes of every signal: bytes of each kind of table, and a plot out of each."""
    traces = list(recording.traces.values())
    samples = sum(len(trace.times) for trace in traces)
    longest = max(range(len(traces)), key=lambda at: len(traces[at].times))
    async with bench.admin() as admin:
        workshop, scan = await _stored(admin, traces)
        packed_size, narrow_size = await _size(admin, "packed"), await _size(admin, "samples")
        packed_ms, narrow_ms = [], []
        for _ in range(bench.rounds * 20):
            packed_ms.append(await _packed_plot(admin, workshop, scan, longest))
            narrow_ms.append(await _narrow_plot(admin, workshop, scan, longest))
    narrow = "narrow rows with key"
    ratio = packed_size / narrow_size
    return [
        Figure(
            "OBD",
            "storage",
            "B/sample",
            packed_size / samples,
            narrow_size / samples,
            narrow,
            ratio,
            most(BYTES_A_SAMPLE),
            f"{samples:,} samples that differ from the one before; whole tables with index",
        ),
        Figure(
            "OBD",
            f"plot of {POINTS:,} points, p95",
            "ms",
            percentile(packed_ms, 0.95),
            percentile(narrow_ms, 0.95),
            narrow,
            target=most(PLOT_MS),
            note=f"of {len(traces[longest].times):,} samples; read, unpacked, thinned",
        ),
    ]


async def _stored(admin: asyncpg.Connection, traces: list[Trace]) -> tuple[object, object]:
    workshop, scan = uuid4(), uuid4()
    await admin.execute(f"drop table if exists bench_samples, bench_packed; {NARROW}")
    for signal, trace in enumerate(traces):
        packed = pack(trace)
        await admin.execute(
            "insert into bench_packed values ($1, $2, $3, $4)", workshop, scan, signal, packed
        )
        at_ms = np.rint(trace.times * 1000).astype(np.int64).tolist()
        await admin.execute(
            "insert into bench_samples select $1, $2, $3, * from unnest($4::int[], $5::float8[])"
            " on conflict do nothing",
            workshop,
            scan,
            signal,
            at_ms,
            trace.values.tolist(),
        )
    await admin.execute("vacuum full analyze bench_samples")
    await admin.execute("vacuum full analyze bench_packed")
    return workshop, scan


async def _size(admin: asyncpg.Connection, which: str) -> int:
    return int(await admin.fetchval(f"select pg_total_relation_size('bench_{which}')"))


async def _packed_plot(admin: asyncpg.Connection, *key: object) -> float:
    began = perf_counter()
    row = await admin.fetchval(
        "select packed from bench_packed where workshop_id = $1 and scan_id = $2 and signal = $3",
        *key,
    )
    trace = unpack(row)
    thin(trace.times, trace.values, POINTS)
    return (perf_counter() - began) * 1000


async def _narrow_plot(admin: asyncpg.Connection, *key: object) -> float:
    """Only the first 5,000 rows: the plain way could not afford the thinning."""
    began = perf_counter()
    rows = await admin.fetch(
        "select at_ms, value from bench_samples where workshop_id = $1 and scan_id = $2"
        f" and signal = $3 order by at_ms limit {POINTS}",
        *key,
    )
    np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    return (perf_counter() - began) * 1000
