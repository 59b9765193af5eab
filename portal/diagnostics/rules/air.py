"""Rules 18 to 21, 25 and 26: air mass, manifold, boost, throttle, pedal."""

import numpy as np

from portal.diagnostics.obd.recording import Floats
from portal.diagnostics.rules.case import Case
from portal.diagnostics.rules.drive import Drive, Mask
from portal.diagnostics.rules.engine import (
    MANIFOLD,
    UNTHROTTLED_KPA,
    absent,
    is_charged,
    is_spark,
)
from portal.diagnostics.rules.temperature import COOLANT, INTAKE, SPEED
from portal.diagnostics.rules.verdicts import (
    Answer,
    Limits,
    Value,
    above,
    below,
    missing,
    unknown,
    worse,
)

RPM, LOAD, AMBIENT_PRESSURE = "engine_rpm", "engine_load", "barometric_pressure"
MASS = ("mass_air_flow", "mass_air_flow_a")
EGR = ("commanded_egr", "commanded_egr_a")
EGR_CLOSED = 5.0
GAS_CONSTANT, KELVIN = 287.0, 273.15
TOO_MUCH = Limits(1.05, 1.2)
STEADY_S, REST_S, IDLE_S = 30.0, 3.0, 15.0
BOOST_TARGET, BOOST, BOOST_LOAD, BOOST_S = "commanded_boost_pressure_a", "boost_pressure_a", 60, 3.0
THROTTLE, OPEN_PERCENT = "relative_throttle_position", 30.0
PEDAL_D, PEDAL_E = "accelerator_pedal_position_d", "accelerator_pedal_position_e"
SETTLED_S, MOVED_PP, PEDAL_S = 1.0, 10.0, 10.0


def air_mass_against_filling(case: Case) -> Answer:
    """18: measured air mass over what displacement, speed and manifold density let in.

    Below 0.65 / 0.5 or above 1.05 / 1.2, at steady speed without exhaust gas recirculation.
    """
    drive = case.drive
    mass = drive.first_of(*MASS)
    if mass is None or not drive.has(RPM, MANIFOLD, INTAKE, SPEED, COOLANT):
        masses = () if mass else MASS[:1]
        return missing(*masses, *absent(drive, RPM, MANIFOLD, INTAKE, SPEED, COOLANT))
    if not case.background.displacement_l:
        return unknown("displacement_unknown")
    egr = drive.first_of(*EGR)
    if egr is None and not is_spark(drive):
        return unknown("recirculating")
    ratio = drive.values(mass) / _filling(drive, case.background.displacement_l)
    mask = drive.warm & drive.cruise & np.isfinite(ratio)
    if egr:
        mask &= drive.values(egr) < EGR_CLOSED
    if drive.seconds(mask) < STEADY_S:
        return unknown("window_too_short", seconds=drive.seconds(mask))
    middle = float(np.median(ratio[mask]))
    state = worse(below(middle, case.limits), above(middle, TOO_MUCH))
    keys = (mass, MANIFOLD, RPM)
    sure = case.confidence(keys, mask, need_s=STEADY_S, hertz=0.5)
    return Answer(state, {"ratio": middle}, drive.window(mask), keys, sure)


def _filling(drive: Drive, displacement_l: float) -> Floats:
    """Grams a second that a four-stroke engine would take in at full volumetric efficiency."""
    density = drive.values(MANIFOLD) / (GAS_CONSTANT * (drive.values(INTAKE) + KELVIN))
    return drive.values(RPM) / 120 * displacement_l * density * 1000


def manifold_against_ambient(case: Case) -> Answer:
    """19: with the engine off both pressures are the same, within 4 / 8 kPa."""
    drive = case.drive
    if not drive.has(MANIFOLD, AMBIENT_PRESSURE, RPM):
        return missing(*absent(drive, MANIFOLD, AMBIENT_PRESSURE, RPM))
    manifold, ambient = drive.values(MANIFOLD), drive.values(AMBIENT_PRESSURE)
    mask = _at_rest(drive) & np.isfinite(manifold + ambient)
    if drive.seconds(mask) < REST_S:
        return unknown("window_too_short", seconds=drive.seconds(mask))
    values: dict[str, Value] = {
        "difference": abs(float(np.median((manifold - ambient)[mask]))),
        "manifold": float(np.median(manifold[mask])),
        "ambient": float(np.median(ambient[mask])),
    }
    keys = (MANIFOLD, AMBIENT_PRESSURE)
    sure = case.confidence(keys, mask, need_s=REST_S, hertz=0.2)
    state = above(float(values["difference"]), case.limits)
    return Answer(state, values, drive.window(mask), keys, sure)


def _at_rest(drive: Drive) -> Mask:
    """Engine off; after running, the manifold gets 3 s to fill."""
    still = np.zeros(len(drive.times), dtype=np.bool_)
    for begin, end in drive.stretches(drive.standing_engine, REST_S):
        still[begin + (drive.points(REST_S) if begin else 0) : end] = True
    return still


def manifold_at_idle(case: Case) -> Answer:
    """20: a naturally aspirated petrol engine with a throttle idles at less than 45 / 55 kPa."""
    drive = case.drive
    if not drive.has(MANIFOLD, RPM, SPEED, COOLANT):
        return missing(*absent(drive, MANIFOLD, RPM, SPEED, COOLANT))
    manifold = drive.values(MANIFOLD)
    mask = drive.warm & drive.idle & np.isfinite(manifold)
    if drive.seconds(mask) < IDLE_S:
        return unknown("window_too_short", seconds=drive.seconds(mask))
    pressure = float(np.median(manifold[mask]))
    if pressure > UNTHROTTLED_KPA:
        return unknown("unthrottled")
    if is_charged(drive):
        return unknown("charged")
    if not is_spark(drive):
        return unknown("fuel_unknown")
    sure = case.confidence((MANIFOLD,), mask, need_s=IDLE_S, hertz=0.5)
    values: dict[str, Value] = {"pressure": pressure}
    return Answer(above(pressure, case.limits), values, drive.window(mask), (MANIFOLD, RPM), sure)


def boost_deviation(case: Case) -> Answer:
    """21: boost more than 15 / 30 kPa below its command for 3 s under load."""
    drive, keys = case.drive, (BOOST_TARGET, BOOST)
    if not drive.has(*keys, LOAD):
        return missing(*absent(drive, *keys, LOAD))
    lacking = drive.values(BOOST_TARGET) - drive.values(BOOST)
    mask = (drive.values(LOAD) > BOOST_LOAD) & np.isfinite(lacking)
    if drive.seconds(mask) < BOOST_S:
        return unknown("window_too_short", seconds=drive.seconds(mask))
    sure = case.confidence(keys, mask, need_s=BOOST_S, hertz=1)
    for state, limit in case.limits.worst_first:
        if found := drive.longest(mask & (lacking > limit), BOOST_S):
            difference = float(np.median(lacking[found[0] : found[1]]))
            window = drive.between(found)
            return Answer(state, {"difference": difference}, window, (*keys, LOAD), sure)
    usual: dict[str, Value] = {"difference": abs(float(np.median(lacking[mask])))}
    return Answer("ok", usual, drive.window(mask), (*keys, LOAD), sure)


def throttle_at_idle(case: Case) -> Answer:
    """25: relative throttle position at warm idle above 6 / 10 %."""
    drive = case.drive
    if not drive.has(THROTTLE, RPM, SPEED, COOLANT):
        return missing(*absent(drive, THROTTLE, RPM, SPEED, COOLANT))
    position = drive.values(THROTTLE)
    mask = drive.warm & drive.idle & np.isfinite(position)
    if drive.seconds(mask) < IDLE_S:
        return unknown("window_too_short", seconds=drive.seconds(mask))
    middle = float(np.median(position[mask]))
    if middle > OPEN_PERCENT:
        return unknown("unthrottled")
    sure = case.confidence((THROTTLE,), mask, need_s=IDLE_S, hertz=0.2)
    values: dict[str, Value] = {"position": middle}
    return Answer(above(middle, case.limits), values, drive.window(mask), (THROTTLE, RPM), sure)


def pedal_sensors(case: Case) -> Answer:
    """26: correlation of the two pedal sensors below 0.98 / 0.95.

    They are asked one after the other: only moments at which both have settled can be compared.
    """
    drive, keys = case.drive, (PEDAL_D, PEDAL_E)
    if not drive.has(*keys):
        return missing(*absent(drive, *keys))
    one, two = drive.values(PEDAL_D), drive.values(PEDAL_E)
    mask = _settled(drive, PEDAL_D) & _settled(drive, PEDAL_E) & np.isfinite(one + two)
    if drive.seconds(mask) < PEDAL_S or np.ptp(one[mask]) < MOVED_PP:
        return unknown("pedal_at_rest")
    sure = case.confidence(keys, mask, need_s=PEDAL_S, hertz=0.5)
    together = _correlation(one[mask], two[mask])
    values: dict[str, Value] = {"correlation": together}
    return Answer(below(together, case.limits), values, drive.window(mask), keys, sure)


def _correlation(one: Floats, two: Floats) -> float:
    """0 where the second does not move at all."""
    spread = float(np.std(one) * np.std(two))
    return float(np.mean((one - one.mean()) * (two - two.mean()))) / spread if spread else 0.0


def _settled(drive: Drive, key: str) -> Mask:
    """Unchanged for a second before and after."""
    values, shift = drive.values(key), drive.points(SETTLED_S)
    moved = np.zeros(len(values), dtype=np.bool_)
    moved[1:] = values[1:] != values[:-1]
    near = np.convolve(moved, np.ones(2 * shift + 1), mode="same") if len(moved) else moved
    settled: Mask = near[: len(values)] < 0.5
    return settled
