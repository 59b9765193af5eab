"""Rules 10 and 11: how evenly the engine runs, and what its misfire counters say."""

import numpy as np

from portal.diagnostics.obd.recording import Floats, MonitorResult
from portal.diagnostics.rules.case import Case
from portal.diagnostics.rules.drive import Drive, Mask, Stretch
from portal.diagnostics.rules.engine import absent
from portal.diagnostics.rules.temperature import COOLANT, SPEED
from portal.diagnostics.rules.verdicts import Answer, State, Value, above, missing, unknown, worse

RPM = "engine_rpm"
PEDALS = (
    "accelerator_pedal_position_d",
    "accelerator_pedal_position_e",
    "relative_accelerator_pedal_position",
)
THROTTLES = ("relative_throttle_position", "throttle_position")
PEDAL_PP, THROTTLE_PP = 1.0, 3.0
WHOLE_S, TRIM_S, PIECE_S, LEAST_S, WINDOWS = 11.0, 3.0, 20.0, 5.0, 3
HERTZ = 0.5
MISFIRE_MONITORS = {f"{number:02X}": number - 0xA1 for number in range(0xA2, 0xAE)}
THIS_DRIVE, TIMES_THE_OTHERS, ENOUGH_TO_COMPARE = "0C", 5.0, 10
MISFIRE_CODES = frozenset(f"P{number:04d}" for number in range(300, 313))
BY_CODES_ALONE = 0.6


def rough_idle(case: Case) -> Answer:
    """10: spread of engine speed at warm idle with the pedal at rest, above 15 / 40 rpm.

    Each stretch loses 3 s at both ends, where people clutch and roll: that alone gives 70 to 120.
    What changes steadily, as when the idle settles, is no roughness. Engine speed never stands
    still: how often it changes shows how often a program that repeats values has really asked.
    """
    drive = case.drive
    pedal = drive.first_of(*PEDALS, *THROTTLES)
    if pedal is None or not drive.has(RPM, SPEED, COOLANT):
        pedals = () if pedal else PEDALS[:1]
        return missing(*absent(drive, RPM, SPEED, COOLANT), *pedals)
    hertz = drive.signal(RPM).changes / max(case.recording.duration_s, drive.step)
    if hertz < HERTZ:
        return unknown("sampled_too_slowly", hertz=hertz)
    mask = drive.warm & drive.idle & _at_rest(drive, pedal)
    pieces = _pieces(drive, drive.stretches(mask, WHOLE_S, trim_s=TRIM_S))
    if len(pieces) < WINDOWS:
        seconds = sum((end - begin) * drive.step for begin, end in pieces)
        return unknown("window_too_short", seconds=seconds)
    rpm = drive.values(RPM)
    spreads = [_spread(rpm[begin:end]) for begin, end in pieces]
    roughest = pieces[int(np.argmax(spreads))]
    used = np.zeros(len(rpm), dtype=np.bool_)
    for begin, end in pieces:
        used[begin:end] = True
    sure = case.confidence((RPM,), used, need_s=WINDOWS * LEAST_S, hertz=HERTZ)
    values: dict[str, Value] = {"sigma": float(np.median(spreads)), "windows": len(pieces)}
    state = above(float(values["sigma"]), case.limits)
    return Answer(state, values, drive.between(roughest), (RPM, pedal), sure)


def _spread(rpm: Floats) -> float:
    """Standard deviation around a straight line."""
    at = np.arange(len(rpm)) - (len(rpm) - 1) / 2
    level = rpm - rpm.mean()
    return float(np.std(level - at * float(at @ level) / float(at @ at)))


def _at_rest(drive: Drive, pedal: str) -> Mask:
    position = drive.values(pedal)
    if np.isnan(position).all():
        return np.zeros(len(position), dtype=np.bool_)
    slack = PEDAL_PP if pedal in PEDALS else THROTTLE_PP
    resting: Mask = position <= np.nanpercentile(position, 1) + slack
    return resting


def _pieces(drive: Drive, stretches: list[Stretch]) -> list[Stretch]:
    """A long idle is several windows: of 20 s each, the last at least 5 s."""
    size, least = drive.points(PIECE_S), drive.points(LEAST_S)
    return [
        (at, min(at + size, end))
        for begin, end in stretches
        for at in range(begin, end, size)
        if min(at + size, end) - at >= least
    ]


def misfire(case: Case) -> Answer:
    """11: counters of service 06, one cylinder far above the others, or P0300 to P0312."""
    counts = _counts(case.recording.monitor_results)
    by_codes = _by_codes(case)
    if not counts:
        return by_codes or missing("monitor_results")
    cylinder = max(counts, key=lambda one: counts[one])
    most = counts[cylinder]
    others = [count for one, count in counts.items() if one != cylinder]
    values: dict[str, Value] = {"cylinder": cylinder, "count": most}
    state, reason = above(most, case.limits), ""
    alone = bool(others) and most >= TIMES_THE_OTHERS * max(1.0, float(np.median(others)))
    if alone and most >= ENOUGH_TO_COMPARE:
        state, reason = "abnormal", "one_cylinder"
    if by_codes and worse(by_codes.state, state) != state:
        return by_codes
    return Answer(state, values, reason=reason)


def _counts(results: list[MonitorResult]) -> dict[int, float]:
    """Misfires of each cylinder in this driving cycle."""
    return {
        MISFIRE_MONITORS[one.monitor]: one.value
        for one in results
        if one.test == THIS_DRIVE and one.monitor in MISFIRE_MONITORS
    }


def _by_codes(case: Case) -> Answer | None:
    """None where nobody read the codes and none is there."""
    recording = case.recording
    found = [one for one in recording.trouble_codes if one.code[:5] in MISFIRE_CODES]
    if found:
        state: State = "borderline" if all(one.status == "pending" for one in found) else "abnormal"
        names = ", ".join(sorted({one.code for one in found}))
        return Answer(state, {"codes": names}, confidence=1.0, reason="codes")
    if recording.codes_read == "complete":
        return Answer("ok", confidence=BY_CODES_ALONE)
    return None
