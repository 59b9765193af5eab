"""Rules 22 to 24: rail pressure, exhaust gas recirculation, particulate filter."""

import numpy as np

from portal.diagnostics.obd.recording import Floats
from portal.diagnostics.rules.case import Case
from portal.diagnostics.rules.drive import Drive, Mask
from portal.diagnostics.rules.engine import absent
from portal.diagnostics.rules.temperature import COOLANT, SPEED
from portal.diagnostics.rules.verdicts import Answer, Value, above, missing, unknown

RPM = "engine_rpm"
RAIL_TARGET = "commanded_fuel_rail_pressure_a"
RAIL = ("fuel_rail_pressure_a", "fuel_rail_absolute_pressure", "fuel_rail_pressure")
RAIL_S, RAIL_NEED_S, RAIL_HERTZ = 5.0, 30.0, 0.5
EGR_PAIRS = (("commanded_egr", "egr_error"), ("commanded_egr_a", "egr_a_error"))
EGR_S, EGR_FROM, EGR_TO = 30.0, 5.0, 95.0
FILTER, FILTER_S, REGENERATION_C = "particulate_filter_pressure_bank_1", 15.0, 550.0
EXHAUST_TEMPERATURES = ("exhaust_gas_temperature", "particulate_filter_temperature")


def rail_pressure(case: Case) -> Answer:
    """22: more than 10 / 20 % off its command for 5 s while running."""
    drive = case.drive
    rail = drive.first_of(*RAIL)
    if rail is None or not drive.has(RAIL_TARGET, RPM):
        rails = () if rail else RAIL[:1]
        return missing(*absent(drive, RAIL_TARGET), *rails, *absent(drive, RPM))
    keys = (RAIL_TARGET, rail)
    hertz = min(drive.hertz(key) for key in keys)
    if hertz < RAIL_HERTZ:
        return unknown("sampled_too_slowly", hertz=hertz)
    target = drive.values(RAIL_TARGET)
    off = np.abs(drive.values(rail) - target) / target * 100
    mask = drive.running & (target > 0) & np.isfinite(off)
    if drive.seconds(mask) < RAIL_NEED_S:
        return unknown("window_too_short", seconds=drive.seconds(mask))
    sure = case.confidence(keys, mask, need_s=RAIL_NEED_S, hertz=RAIL_HERTZ)
    for state, limit in case.limits.worst_first:
        if found := drive.longest(mask & (off > limit), RAIL_S):
            deviation = float(np.median(off[found[0] : found[1]]))
            return Answer(state, {"deviation": deviation}, drive.between(found), keys, sure)
    usual: dict[str, Value] = {"deviation": float(np.median(off[mask]))}
    return Answer("ok", usual, drive.window(mask), keys, sure)


def egr_error(case: Case) -> Answer:
    """23: error beyond 15 / 30 % for 30 s, only while 5 to 95 % are commanded.

    The error is a share of the command (SAE J1979): at a command of 0 it means nothing.
    """
    drive = case.drive
    pair = next((keys for keys in EGR_PAIRS if drive.has(*keys)), None)
    if pair is None or not drive.has(RPM):
        pairs = () if pair else EGR_PAIRS[0]
        return missing(*pairs, *absent(drive, RPM))
    command, error = (drive.values(key) for key in pair)
    mask = drive.running & (command > EGR_FROM) & (command < EGR_TO) & np.isfinite(error)
    if drive.longest(mask, EGR_S) is None:
        return unknown("not_commanded")
    sure = case.confidence(pair, mask, need_s=EGR_S, hertz=0.2)
    for state, limit in case.limits.worst_first:
        if found := drive.longest(mask & (np.abs(error) > limit), EGR_S):
            part = slice(*found)
            values = _egr_values(np.abs(error[part]), command[part])
            return Answer(state, values, drive.between(found), pair, sure)
    values = _egr_values(np.abs(error[mask]), command[mask])
    return Answer("ok", values, drive.window(mask), pair, sure)


def _egr_values(error: Floats, command: Floats) -> dict[str, Value]:
    return {"error": float(np.median(error)), "commanded": float(np.median(command))}


def particulate_filter(case: Case) -> Answer:
    """24: differential pressure at warm idle above 2 / 4 kPa, while no regeneration runs."""
    drive = case.drive
    if not drive.has(FILTER, RPM, SPEED, COOLANT):
        return missing(*absent(drive, FILTER, RPM, SPEED, COOLANT))
    pressure = drive.values(FILTER)
    mask = drive.warm & drive.idle & np.isfinite(pressure) & ~_regenerating(drive)
    if drive.seconds(mask) < FILTER_S:
        return unknown("window_too_short", seconds=drive.seconds(mask))
    level = float(np.median(pressure[mask]))
    sure = case.confidence((FILTER,), mask, need_s=FILTER_S, hertz=0.2)
    window = drive.window(mask)
    return Answer(above(level, case.limits), {"pressure": level}, window, (FILTER, RPM), sure)


def _regenerating(drive: Drive) -> Mask:
    hot = np.zeros(len(drive.times), dtype=np.bool_)
    for key in drive.keys_like(*EXHAUST_TEMPERATURES):
        hot |= drive.values(key) > REGENERATION_C
    return hot
