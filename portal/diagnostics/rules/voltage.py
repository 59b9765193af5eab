"""Rules 15 to 17: battery, generator, starter.

Adapters read 0.3 to 1 V low: alone they never make anything abnormal.
"""

import numpy as np

from portal.diagnostics.obd.recording import Floats
from portal.diagnostics.rules.case import Case
from portal.diagnostics.rules.drive import Drive, Mask, Stretch
from portal.diagnostics.rules.engine import absent
from portal.diagnostics.rules.verdicts import (
    Answer,
    Limits,
    State,
    Value,
    below,
    missing,
    unknown,
)

MODULE, ADAPTER, RPM = "control_module_voltage", "adapter_voltage", "engine_rpm"
ADAPTER_READS_LOW_V = 0.6
REST_S = 3.0
CHARGING_S, CHARGING_RPM, ON_DEMAND_V = 60.0, 1000, 0.4
TOO_HIGH = Limits(15.0, 15.5)
CRANK_HERTZ, CRANK_RPM, BEFORE_S = 5.0, 400, 1.0


def rest_voltage(case: Case) -> Answer:
    """15: with the engine off, before its first start: below 12.3 / 11.9 V."""
    drive = case.drive
    key = drive.first_of(MODULE, ADAPTER)
    if key is None or not drive.has(RPM):
        return missing(*(() if key else (MODULE,)), *absent(drive, RPM))
    voltage = drive.values(key)
    mask = drive.long(drive.standing_engine & _before_first_start(drive), REST_S)
    mask &= np.isfinite(voltage)
    if drive.seconds(mask) < REST_S:
        return unknown("window_too_short", seconds=drive.seconds(mask))
    level = float(np.median(voltage[mask]))
    sure = case.confidence((key,), mask, need_s=REST_S, hertz=0.2)
    return _judged(case, key, {"voltage": level}, level, drive.window(mask), sure)


def _before_first_start(drive: Drive) -> Mask:
    """A stop with start-stop, or after a drive, says nothing about a rested battery."""
    started = np.logical_or.accumulate(drive.running)
    return ~started


def charging_voltage(case: Case) -> Answer:
    """16: below 13.2 / 12.6 V or above 15.0 / 15.5 V for 60 s above 1,000 rpm.

    Where the voltage varies by more than 0.4 V the car charges on demand: no judgement.
    """
    drive = case.drive
    if not drive.has(MODULE, RPM):
        if drive.has(ADAPTER, RPM):
            return unknown("adapter_only")
        return missing(*absent(drive, MODULE, RPM))
    voltage = drive.values(MODULE)
    mask = (drive.values(RPM) > CHARGING_RPM) & np.isfinite(voltage)
    if drive.seconds(mask) < CHARGING_S:
        return unknown("window_too_short", seconds=drive.seconds(mask))
    if float(np.std(voltage[mask])) > ON_DEMAND_V:
        return unknown("smart_charging")
    sure = case.confidence((MODULE,), mask, need_s=CHARGING_S, hertz=0.1)
    for state, stretch, reason in _off_limits(case, voltage, mask):
        level = float(np.median(voltage[stretch[0] : stretch[1]]))
        window = drive.between(stretch)
        return Answer(state, {"voltage": level}, window, (MODULE, RPM), sure, reason)
    level = float(np.median(voltage[mask]))
    return Answer("ok", {"voltage": level}, drive.window(mask), (MODULE, RPM), sure)


def _off_limits(case: Case, voltage: Floats, mask: Mask) -> list[tuple[State, Stretch, str]]:
    """Worst first."""
    found: list[tuple[State, Stretch, str]] = []
    pairs = zip(case.limits.worst_first, TOO_HIGH.worst_first, strict=True)
    for (state, low), (_state, high) in pairs:
        for reason, beyond in (("", voltage < low), ("high", voltage > high)):
            if stretch := case.drive.longest(mask & beyond, CHARGING_S):
                found.append((state, stretch, reason))
    return found


def cranking_voltage(case: Case) -> Answer:
    """17: lowest voltage while the starter turns, below 10 / 9 V; needs 5 values a second."""
    drive = case.drive
    key = drive.first_of(MODULE, ADAPTER)
    if key is None or not drive.has(RPM):
        return missing(*(() if key else (MODULE,)), *absent(drive, RPM))
    crank = _crank(drive)
    if crank is None:
        return unknown("no_start_seen")
    begin, end = drive.between(crank)
    times, values = drive.trace(key).times, drive.trace(key).values
    inside = values[(times >= begin) & (times <= end)]
    hertz = max(len(inside) / max(end - begin, drive.step), drive.hertz(key))
    if hertz < CRANK_HERTZ:
        return unknown("sampled_too_slowly", hertz=hertz)
    lowest = float(inside.min())
    sure = drive.provenance((key,), drive.only(crank))
    return _judged(case, key, {"lowest": lowest}, lowest, (begin, end), sure)


def _crank(drive: Drive) -> Stretch | None:
    """From a second before the engine turns until it runs by itself."""
    rpm = drive.values(RPM)
    starts = np.flatnonzero((rpm[:-1] == 0) & (rpm[1:] > 0)) + 1
    for start in starts:
        runs = np.flatnonzero(rpm[start:] > CRANK_RPM)
        if len(runs):
            return max(0, int(start) - drive.points(BEFORE_S)), int(start + runs[0]) + 1
    return None


def _judged(
    case: Case,
    key: str,
    values: dict[str, Value],
    level: float,
    window: tuple[float, float] | None,
    sure: float,
) -> Answer:
    if key == MODULE:
        return Answer(below(level, case.limits), values, window, (key, RPM), sure)
    is_low = below(level + ADAPTER_READS_LOW_V, case.limits) != "ok"
    state: State = "borderline" if is_low else "ok"
    return Answer(state, values, window, (key, RPM), sure, "adapter")
