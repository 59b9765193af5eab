"""One signal in one field: scaled whole numbers, differences, bytes shuffled, zstd. Lossless.

Layout: `CBT1`, then for times and values a kind, a scale and the packed numbers. Values are tried
as whole numbers of 10⁻ᵏ of what the recording printed, as a table of distinct values, as 32-bit
and at last as 64-bit floats; the smallest form that gives back equal numbers wins.
"""

import struct
from collections.abc import Iterator

import numpy as np
import zstandard
from numpy.typing import NDArray

from portal.diagnostics.obd.recording import Floats, Trace

_MAGIC = b"CBT1"
_HEAD = struct.Struct("<4sIdd")  # magic, samples, factor, offset
_PART = struct.Struct("<BbBI")  # kind, decimals, bytes per number, packed size
_DECIMALS, _TABLE, _FLOAT32, _FLOAT64 = range(4)
_MAX_DECIMALS = 15
_EXACT = 2**53
_LEVEL = 9
_MAX_SAMPLES = 50_000_000

Whole = NDArray[np.int64]


class NotPacked(Exception):  # names the fact
    """The bytes were not made by `pack`."""


def pack(trace: Trace) -> bytes:
    """Times (seconds, rising) and values of one signal; about 2 bytes a sample together."""
    if len(trace.times) != len(trace.values):
        raise ValueError("times and values differ in length")
    head = _HEAD.pack(_MAGIC, len(trace.times), trace.factor, trace.offset)
    times = _smallest(np.asarray(trace.times, dtype=np.float64), 1.0, 0.0)
    values = _smallest(np.asarray(trace.values, dtype=np.float64), trace.factor, trace.offset)
    return head + times + values


def unpack(data: bytes) -> Trace:
    """The trace as it was packed. Raises NotPacked."""
    try:
        magic, count, factor, offset = _HEAD.unpack_from(data)
        if magic != _MAGIC or count > _MAX_SAMPLES:
            raise NotPacked
        times, at = _read_part(data, _HEAD.size, count, 1.0, 0.0)
        values, _ = _read_part(data, at, count, factor, offset)
    except (struct.error, ValueError, IndexError, zstandard.ZstdError) as error:
        raise NotPacked from error
    return Trace(times, values, factor, offset)


def thin(times: Floats, values: Floats, points: int) -> tuple[Floats, Floats]:
    """At most `points` samples for a plot: of each stretch its lowest and its highest value.

    First and last stay. Stretches are of equal time, so that gaps stay gaps.
    """
    if len(times) <= points or len(times) < 3:
        return times, values
    begins = _stretches(times, max(1, (points - 2) // 2))
    counts = np.diff(begins, append=len(times))
    lowest = values == np.repeat(np.minimum.reduceat(values, begins), counts)
    highest = values == np.repeat(np.maximum.reduceat(values, begins), counts)
    keep = np.zeros(len(times), dtype=np.bool_)
    keep[_first_of_each(lowest, begins)] = True
    keep[_first_of_each(highest, begins)] = True
    keep[0] = keep[-1] = True
    return times[keep], values[keep]


def _stretches(times: Floats, count: int) -> Whole:
    """Where each stretch that holds samples begins."""
    span = float(times[-1] - times[0])
    if span <= 0:
        return np.unique(np.arange(count, dtype=np.int64) * len(times) // count)
    edges = times[0] + np.arange(count) * (span / count)
    begins = np.unique(np.searchsorted(times, edges))
    return begins[begins < len(times)]


def _first_of_each(hits: NDArray[np.bool_], begins: Whole) -> Whole:
    places = np.flatnonzero(hits)
    return places[np.searchsorted(places, begins)]


def _smallest(values: Floats, factor: float, offset: float) -> bytes:
    with np.errstate(all="ignore"):  # absurd values overflow on trial and fall to another form
        return min(_forms(values, factor, offset), key=len)


def _forms(values: Floats, factor: float, offset: float) -> Iterator[bytes]:
    decimals = _decimals(values, factor, offset)
    if decimals is not None:
        yield _part(_DECIMALS, decimals, _whole(values, decimals, factor, offset))
    if decimals is None or decimals > 4:
        yield _table(values)
        narrow = values.astype(np.float32)
        if np.array_equal(narrow.astype(np.float64), values):
            yield _part(_FLOAT32, 0, narrow.view(np.int32).astype(np.int64))
    if decimals is None:
        yield _part(_FLOAT64, 0, values.view(np.int64))


def _decimals(values: Floats, factor: float, offset: float) -> int | None:
    """The least k with which n · 10⁻ᵏ · factor + offset gives every value back exactly."""
    if not factor or not np.isfinite(values).all():
        return None
    sample = values[:: max(1, len(values) // 64)]
    for decimals in range(_MAX_DECIMALS + 1):
        if _is_exact(sample, decimals, factor, offset) and _is_exact(
            values, decimals, factor, offset
        ):
            return decimals
    return None


def _is_exact(values: Floats, decimals: int, factor: float, offset: float) -> bool:
    scaled = (values - offset) / factor * 10.0**decimals
    if len(scaled) and float(np.abs(scaled).max()) >= _EXACT:
        return False
    return np.array_equal(_restore(np.rint(scaled), decimals, factor, offset), values)


def _whole(values: Floats, decimals: int, factor: float, offset: float) -> Whole:
    return np.rint((values - offset) / factor * 10.0**decimals).astype(np.int64)


def _restore(scaled: Floats, decimals: int, factor: float, offset: float) -> Floats:
    raw = scaled / 10.0**decimals
    return raw if factor == 1.0 and offset == 0.0 else raw * factor + offset


def _table(values: Floats) -> bytes:
    """Distinct values once, then which of them; good where a program printed 8-bit data finely."""
    bits, which = np.unique(values.view(np.int64), return_inverse=True)
    distinct = zstandard.compress(bits.tobytes(), _LEVEL)
    inner = _part(_DECIMALS, 0, which.astype(np.int64))
    return _PART.pack(_TABLE, 0, 8, len(distinct)) + distinct + inner


def _part(kind: int, decimals: int, whole: Whole) -> bytes:
    """Differences, zigzag (small whether up or down), in the fewest bytes, shuffled by byte."""
    steps = np.diff(whole, prepend=np.int64(0))
    folded = ((steps << 1) ^ (steps >> 63)).view(np.uint64)
    width = _width(int(folded.max()) if len(folded) else 0)
    narrow = folded.astype(f"<u{width}")
    shuffled = narrow.view(np.uint8).reshape(-1, width).T.tobytes()
    packed = zstandard.compress(shuffled, _LEVEL)
    return _PART.pack(kind, decimals, width, len(packed)) + packed


def _width(largest: int) -> int:
    return next(width for width in (1, 2, 4, 8) if largest < 1 << 8 * width)


def _read_part(
    data: bytes, at: int, count: int, factor: float, offset: float
) -> tuple[Floats, int]:
    kind, decimals, width, size = _PART.unpack_from(data, at)
    body = data[at + _PART.size : at + _PART.size + size]
    after = at + _PART.size + size
    if kind == _TABLE:
        distinct = np.frombuffer(_open(body, 8 * count), dtype="<i8").view(np.float64)
        which, after = _read_part(data, after, count, 1.0, 0.0)
        return distinct[which.astype(np.int64)], after
    whole = _unshuffle(_open(body, width * count), width, count)
    if kind == _FLOAT64:
        return whole.view(np.float64), after
    if kind == _FLOAT32:
        return whole.astype(np.int32).view(np.float32).astype(np.float64), after
    return _restore(whole.astype(np.float64), decimals, factor, offset), after


def _open(body: bytes, limit: int) -> bytes:
    return zstandard.ZstdDecompressor().decompress(body, max_output_size=max(limit, 1))


def _unshuffle(shuffled: bytes, width: int, count: int) -> Whole:
    rows = np.frombuffer(shuffled, dtype=np.uint8).reshape(width, count).T
    folded = np.ascontiguousarray(rows).view(f"<u{width}").reshape(-1).astype(np.uint64)
    steps = (folded >> np.uint64(1)).view(np.int64) ^ -(folded & np.uint64(1)).view(np.int64)
    return np.cumsum(steps)
