"""A recording on one even time axis, and the stretches in which a rule may look.

A value holds until its next reading, yet never across a gap and never longer than the heartbeat
of the change points: what nobody read is NaN and belongs to no window.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from portal.diagnostics.obd.change_points import GAP_S, HEARTBEAT_S
from portal.diagnostics.obd.recording import Floats, Recording, Signal, Trace

Mask = NDArray[np.bool_]
Stretch = tuple[int, int]

STEP_S = 0.1
MOST_POINTS = 200_000
WARM_C = 77.0
IDLE_S, CRUISE_S, TRIM_S = 5.0, 10.0, 3.0
FRESH_S = 5.0
HELD = 0.6


class Drive:
    """Signals that a program calculated are not here: nobody judges those."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        judged = [one for one in recording.signals if one.provenance != "calculated"]
        self._signals = {one.key: one for one in judged}
        self._traces = {
            key: trace
            for key, trace in recording.traces.items()
            if key in self._signals and len(trace.times)
        }
        ends = [(trace.times[0], trace.times[-1]) for trace in self._traces.values()]
        self.begin = float(min((one for one, _ in ends), default=0.0))
        self.span = float(max((one for _, one in ends), default=0.0)) - self.begin
        self.step = max(STEP_S, self.span / MOST_POINTS)
        points = int(self.span / self.step) + 1 if ends else 0
        self.times: Floats = self.begin + np.arange(points, dtype=np.float64) * self.step
        self._cache: dict[str, Floats] = {}

    def has(self, *keys: str) -> bool:
        return all(key in self._traces for key in keys)

    def first_of(self, *keys: str) -> str | None:
        """The first of several names under which a car may give the same thing."""
        return next((key for key in keys if self.has(key)), None)

    def keys_like(self, *beginnings: str) -> list[str]:
        return [key for key in self._traces if key.startswith(beginnings)]

    def changes(self, key: str) -> Floats:
        """The moments at which a value is another one than before; the first counts."""
        trace = self._traces[key]
        times: Floats = trace.times[np.diff(trace.values, prepend=np.nan) != 0]
        return times

    def signal(self, key: str) -> Signal:
        return self._signals[key]

    def trace(self, key: str) -> Trace:
        return self._traces[key]

    def values(self, key: str) -> Floats:
        """On the axis, NaN where nobody knows; all NaN for a signal that is not there."""
        if key not in self._cache:
            known = self.has(key)
            self._cache[key] = self._held(self._traces[key]) if known else self._nothing
        return self._cache[key]

    def _held(self, trace: Trace) -> Floats:
        at = np.searchsorted(trace.times, self.times + 1e-6, side="right") - 1
        values = trace.values[np.maximum(at, 0)].astype(np.float64)
        age = self.times - trace.times[np.maximum(at, 0)]
        values[(at < 0) | (age > HEARTBEAT_S + GAP_S) | self._in_gap] = np.nan
        return values

    @cached_property
    def _nothing(self) -> Floats:
        return np.full(len(self.times), np.nan)

    @cached_property
    def _in_gap(self) -> Mask:
        gaps = self.recording.gaps
        if not gaps:
            return np.zeros(len(self.times), dtype=np.bool_)
        begins = np.array([gap.from_s for gap in gaps])
        ends = np.maximum.accumulate([gap.to_s for gap in gaps])
        at = np.searchsorted(begins, self.times - 1e-6, side="right") - 1
        inside: Mask = (at >= 0) & (self.times < ends[np.maximum(at, 0)] - 1e-6)
        return inside

    @cached_property
    def warm(self) -> Mask:
        """Coolant at 77 °C or more."""
        warm: Mask = self.values("coolant_temperature") >= WARM_C
        return warm

    @cached_property
    def running(self) -> Mask:
        running: Mask = self.values("engine_rpm") > 400
        return running

    @cached_property
    def standing_engine(self) -> Mask:
        standing: Mask = self.values("engine_rpm") == 0
        return standing

    @cached_property
    def idle(self) -> Mask:
        """Standing (v < 2 km/h) at 500 to 1100 rpm for 5 s or longer."""
        rpm, speed = self.values("engine_rpm"), self.values("vehicle_speed")
        return self.long((speed < 2) & (rpm >= 500) & (rpm <= 1100), IDLE_S)

    @cached_property
    def cruise(self) -> Mask:
        """V > 30 km/h, 1500 to 3000 rpm that change by less than 200 a second, for 10 s or longer;
        3 s are cut off at both ends.
        """
        rpm, speed = self.values("engine_rpm"), self.values("vehicle_speed")
        before = np.roll(rpm, self.points(1.0))
        before[: self.points(1.0)] = rpm[: self.points(1.0)]
        steady = (speed > 30) & (rpm >= 1500) & (rpm <= 3000) & (np.abs(rpm - before) < 200)
        return self.long(steady, CRUISE_S, trim_s=TRIM_S)

    @property
    def knows_rpm(self) -> bool:
        return self.has("engine_rpm")

    def only(self, stretch: Stretch) -> Mask:
        mask = np.zeros(len(self.times), dtype=np.bool_)
        mask[stretch[0] : stretch[1]] = True
        return mask

    def points(self, seconds: float) -> int:
        return max(1, round(seconds / self.step))

    def seconds(self, mask: Mask) -> float:
        return float(np.count_nonzero(mask)) * self.step

    def stretches(self, mask: Mask, least_s: float = 0.0, *, trim_s: float = 0.0) -> list[Stretch]:
        """Where the mask holds for `least_s` or longer; half-open, cut by `trim_s` at both ends."""
        edges = np.diff(np.concatenate(([0], mask.astype(np.int8), [0])))
        begins, ends = np.flatnonzero(edges > 0), np.flatnonzero(edges < 0)
        long = (ends - begins) * self.step >= least_s - 1e-9
        cut = round(trim_s / self.step)
        pairs = zip(begins[long] + cut, ends[long] - cut, strict=True)
        return [(int(begin), int(end)) for begin, end in pairs if begin < end]

    def long(self, mask: Mask, least_s: float, *, trim_s: float = 0.0) -> Mask:
        kept = np.zeros(len(mask), dtype=np.bool_)
        for begin, end in self.stretches(mask, least_s, trim_s=trim_s):
            kept[begin:end] = True
        return kept

    def longest(self, mask: Mask, least_s: float = 0.0) -> Stretch | None:
        found = self.stretches(mask, least_s)
        return max(found, key=lambda one: one[1] - one[0]) if found else None

    def window(self, mask: Mask) -> tuple[float, float] | None:
        """From the first to the last moment of a mask, in seconds."""
        at = np.flatnonzero(mask)
        return self.between((int(at[0]), int(at[-1]) + 1)) if len(at) else None

    def between(self, stretch: Stretch) -> tuple[float, float]:
        begin, end = stretch
        return round(float(self.times[begin]), 3), round(float(self.times[end - 1]), 3)

    def hertz(self, key: str) -> float:
        """True readings a second. A held table repeats: of its rows each signal owns a share."""
        signal, seconds = self._signals[key], max(self.recording.duration_s, self.step)
        if signal.provenance == "measured":
            return signal.rows / seconds
        return max(signal.changes, signal.rows / len(self._signals)) / seconds

    def provenance(self, keys: tuple[str, ...], mask: Mask) -> float:
        """1 for what was measured; a copy that was held counts 0.6 when it is older than 5 s."""
        return min((self._freshness(key, mask) for key in keys), default=1.0)

    def _freshness(self, key: str, mask: Mask) -> float:
        if self._signals[key].provenance == "measured":
            return 1.0
        moments = self.times[mask]
        if not len(moments):
            return HELD
        times = self.changes(key)
        at = np.searchsorted(times, moments + 1e-6, side="right") - 1
        age = moments - times[np.maximum(at, 0)]
        return HELD + (1 - HELD) * float(np.mean(age <= FRESH_S))
