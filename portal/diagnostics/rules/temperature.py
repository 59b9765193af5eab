"""Rules 7 to 9: the coolant, its thermostat and its sensor."""

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
    above,
    at_least,
    below,
    missing,
    unknown,
)

COOLANT, INTAKE = "coolant_temperature", "intake_air_temperature"
AMBIENT = "ambient_air_temperature"
SPEED, RUN_TIME = "vehicle_speed", "engine_run_time"
HOT_S = 10.0
COLD_C, REGULATED_C, START_MIN, START_KM = 50.0, 80.0, 20.0, 10.0
DROP_K, FAST_KMH, FAST_S = 10.0, 60.0, 120.0
JUMP_K, JUMP_S, JUMPS, JUMP_HERTZ = 15.0, 2.0, Limits(1, 3), 0.4
COLDEST, HOTTEST, SOAKED_K, JUST_STARTED_S = -40.0, 150.0, 3.0, 60.0


def thermostat_open(case: Case) -> Answer:
    """7: a long drive from cold that stays below 75 / 70 °C, or coolant that falls at speed.

    Healthy cars take 9 to 16 minutes to 80 °C: a shorter trip says nothing.
    """
    drive = case.drive
    if not drive.has(COOLANT, SPEED):
        return missing(*absent(drive, COOLANT, SPEED))
    coolant = drive.values(COOLANT)
    known = np.isfinite(coolant)
    if not known.any():
        return unknown("window_too_short", seconds=0)
    return _fallen(case) or _warmed_up(case, coolant, known)


def _warmed_up(case: Case, coolant: Floats, known: Mask) -> Answer:
    drive = case.drive
    highest, start = float(np.nanmax(coolant)), float(coolant[known][0])
    kilometres = float(np.nansum(drive.values(SPEED))) * drive.step / 3600
    minutes = drive.seconds(known & drive.running if drive.knows_rpm else known) / 60
    values: dict[str, Value] = {"highest": highest, "minutes": minutes, "kilometres": kilometres}
    sure = case.confidence((COOLANT,), known, need_s=300, hertz=0.05)
    window = drive.window(known)
    if highest >= REGULATED_C:
        return Answer("ok", values, window, (COOLANT, SPEED), sure)
    if start >= COLD_C:
        return unknown("no_cold_start")
    if minutes <= START_MIN or kilometres <= START_KM:
        return unknown("trip_too_short", minutes=minutes, kilometres=kilometres)
    return Answer(below(highest, case.limits), values, window, (COOLANT, SPEED), sure)


def _fallen(case: Case) -> Answer | None:
    """Coolant that was regulated and falls by 10 K or more to below the limits while at speed.

    Thermostats with a map let it fall from 105 to 85 °C on purpose: the limits exempt those.
    """
    drive, coolant = case.drive, case.drive.values(COOLANT)
    for begin, end in drive.stretches(drive.values(SPEED) > FAST_KMH, FAST_S):
        part = np.nan_to_num(coolant[begin:end], nan=-np.inf)
        drops = np.where(np.isfinite(coolant[begin:end]), np.maximum.accumulate(part) - part, 0.0)
        at = int(np.argmax(drops))
        lowest, before = float(part[at]), float(part[: at + 1].max())
        state = below(lowest, case.limits)
        if before >= REGULATED_C and drops[at] >= DROP_K and state != "ok":
            values: dict[str, Value] = {"drop": float(drops[at]), "lowest": lowest}
            sure = drive.provenance((COOLANT,), drive.only((begin, end)))
            window = drive.between((begin, end))
            return Answer(state, values, window, (COOLANT, SPEED), sure, "drop")
    return None


def overheating(case: Case) -> Answer:
    """8: coolant above 108 / 115 °C for 10 s without a break."""
    drive = case.drive
    if not drive.has(COOLANT):
        return missing(COOLANT)
    coolant = drive.values(COOLANT)
    known = np.isfinite(coolant)
    values: dict[str, Value] = {"highest": drive.signal(COOLANT).max}
    sure = case.confidence((COOLANT,), known, need_s=HOT_S, hertz=0.1)
    for state, limit in case.limits.worst_first:
        if hot := drive.longest(coolant > limit, HOT_S):
            return Answer(state, values, drive.between(hot), (COOLANT,), sure)
    return Answer("ok", values, drive.window(known), (COOLANT,), sure)


def coolant_sensor(case: Case) -> Answer:
    """9: impossible values, jumps, or a cold start at which coolant and air differ."""
    drive = case.drive
    if not drive.has(COOLANT):
        return missing(COOLANT)
    coolant = drive.values(COOLANT)
    known = np.isfinite(coolant)
    sure = case.confidence((COOLANT,), known, need_s=15, hertz=0.1)
    if impossible := drive.longest((coolant <= COLDEST) | (coolant >= HOTTEST), JUMP_S):
        worst: dict[str, Value] = {"worst": float(coolant[impossible[0]])}
        window = drive.between(impossible)
        return Answer("abnormal", worst, window, (COOLANT,), sure, "impossible")
    jumps = _jumps(drive)
    if jumps:
        state = at_least(len(jumps), JUMPS)
        window = drive.between((jumps[0][0], jumps[-1][1]))
        return Answer(state, {"jumps": len(jumps)}, window, (COOLANT,), sure)
    difference = _cold_difference(drive)
    state_cold: State = "ok" if difference is None else above(difference, case.limits)
    values: dict[str, Value] = {} if difference is None else {"difference": difference}
    return Answer(state_cold, values, drive.window(known), (COOLANT,), sure, "cold_start")


def _jumps(drive: Drive) -> list[Stretch]:
    """Where it changed by more than 15 K in 2 s; a slower reading cannot show that."""
    if drive.hertz(COOLANT) < JUMP_HERTZ:
        return []
    coolant, shift = drive.values(COOLANT), drive.points(JUMP_S)
    jumping = np.zeros(len(coolant), dtype=np.bool_)
    jumping[shift:] = np.abs(coolant[shift:] - coolant[:-shift]) > JUMP_K
    return drive.stretches(jumping)


def _cold_difference(drive: Drive) -> float | None:
    """Between coolant and intake air at the start, where the car certainly stood for hours.

    That is proven by intake air as cold as the ambient air, or by coolant colder than the air.
    """
    if not drive.has(INTAKE) or not _has_just_started(drive):
        return None
    coolant, intake = (float(drive.trace(key).values[0]) for key in (COOLANT, INTAKE))
    ambient = float(drive.trace(AMBIENT).values[0]) if drive.has(AMBIENT) else None
    soaked = ambient is not None and abs(intake - ambient) <= SOAKED_K and coolant < COLD_C
    return abs(coolant - intake) if soaked or coolant < intake - SOAKED_K else None


def _has_just_started(drive: Drive) -> bool:
    if drive.has(RUN_TIME):
        return float(drive.trace(RUN_TIME).values[0]) <= JUST_STARTED_S
    return drive.knows_rpm and float(drive.trace("engine_rpm").values[0]) == 0
