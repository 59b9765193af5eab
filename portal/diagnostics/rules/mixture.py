"""Rules 1 to 6: what the mixture control has to correct, and whether it controls at all.

TT is the total trim of a bank, short-term plus long-term, both really read.
"""

from typing import NamedTuple

import numpy as np

from portal.diagnostics.obd.recording import Floats
from portal.diagnostics.rules.case import Case
from portal.diagnostics.rules.drive import Drive, Mask
from portal.diagnostics.rules.engine import absent, is_spark
from portal.diagnostics.rules.temperature import COOLANT
from portal.diagnostics.rules.verdicts import (
    STATES,
    Answer,
    Value,
    above,
    at_least,
    missing,
    unknown,
    worse,
)

STATUS, LOAD = "fuel_system_status", "engine_load"
CLOSED, CLOSED_WITH_FAULT, OPEN_BY_FAULT = 2, 16, 8
NEED_S, LOAD_S, FAULT_S = 30.0, 10.0, 5.0
LONG_TRIM, LONG_TRIM_S = 12.5, 5.0
CRUISE_CLEAN, EVERYWHERE, HIGH_LOAD = 8.0, 20.0, 60.0
HERTZ = 0.5
FIRST_SHORT, FIRST_LONG = "short_term_fuel_trim_bank_1", "long_term_fuel_trim_bank_1"


class Bank(NamedTuple):
    number: int
    short: str
    long: str
    total: Floats


def banks_of(drive: Drive) -> list[Bank]:
    found = []
    for number in (1, 2):
        short, long = (f"{kind}_term_fuel_trim_bank_{number}" for kind in ("short", "long"))
        if drive.has(short, long):
            found.append(Bank(number, short, long, drive.values(short) + drive.values(long)))
    return found


def controlled(drive: Drive) -> Mask:
    """Warm, running, and in closed loop where the car tells its status."""
    mask = drive.warm & drive.running
    return mask & (drive.values(STATUS) == CLOSED) if drive.has(STATUS) else mask


def lean_mixture(case: Case) -> Answer:
    """1: TT above 10 / 20 % in the median; a long-term trim above 12.5 % for 5 s is borderline."""
    return _one_sided(case, 1)


def rich_mixture(case: Case) -> Answer:
    """2: TT below -10 / -20 %."""
    return _one_sided(case, -1)


def _one_sided(case: Case, sign: int) -> Answer:
    drive, banks = case.drive, banks_of(case.drive)
    if not banks or not drive.has(COOLANT, "engine_rpm"):
        return missing(*absent(drive, FIRST_SHORT, FIRST_LONG, COOLANT, "engine_rpm"))
    seen = [(bank, controlled(drive) & np.isfinite(bank.total)) for bank in banks]
    enough = [(bank, mask) for bank, mask in seen if drive.seconds(mask) >= NEED_S]
    if not enough:
        longest = max(drive.seconds(mask) for _bank, mask in seen)
        return unknown("window_too_short", seconds=longest)
    worst, where = max(enough, key=lambda one: sign * float(np.median(one[0].total[one[1]])))
    return _judged_bank(case, worst, where, sign)


def _judged_bank(case: Case, bank: Bank, mask: Mask, sign: int) -> Answer:
    drive = case.drive
    trim, long = float(np.median(bank.total[mask])), drive.values(bank.long)
    state = above(sign * trim, case.limits)
    if sign > 0 and drive.longest(mask & (long > LONG_TRIM), LONG_TRIM_S):
        state = worse(state, "borderline")
    values: dict[str, Value] = {"trim": trim, "bank": bank.number}
    if sign > 0:
        values["long_trim"] = float(long[mask].max())
    beyond = mask & (sign * bank.total > case.limits.borderline)
    window = drive.window(beyond if state != "ok" and beyond.any() else mask)
    sure = case.confidence((bank.short,), mask, need_s=NEED_S, hertz=HERTZ)
    return Answer(state, values, window, (bank.short, bank.long), sure)


def vacuum_leak_pattern(case: Case) -> Answer:
    """3: much more correction at idle than at steady speed, where it is nearly right."""
    drive, banks = case.drive, banks_of(case.drive)
    if not banks or not drive.has(COOLANT, "engine_rpm", "vehicle_speed"):
        return missing(
            *absent(drive, FIRST_SHORT, FIRST_LONG, COOLANT, "engine_rpm", "vehicle_speed")
        )
    answers = [_idle_against_cruise(case, bank) for bank in banks]
    return _worst(answers)


def _idle_against_cruise(case: Case, bank: Bank) -> Answer:
    drive = case.drive
    known = controlled(drive) & np.isfinite(bank.total)
    idle, cruise = known & drive.idle, known & drive.cruise
    least = min(drive.seconds(idle), drive.seconds(cruise))
    if least < NEED_S:
        return unknown("window_too_short", seconds=least)
    at_idle, at_cruise = float(np.median(bank.total[idle])), float(np.median(bank.total[cruise]))
    difference = at_idle - at_cruise
    state = at_least(difference, case.limits) if at_cruise < CRUISE_CLEAN else "ok"
    values: dict[str, Value] = {
        "idle": at_idle,
        "cruise": at_cruise,
        "difference": difference,
        "bank": bank.number,
    }
    sure = min(
        case.confidence((bank.short,), mask, need_s=NEED_S, hertz=HERTZ) for mask in (idle, cruise)
    )
    return Answer(state, values, drive.window(idle), (bank.short, bank.long), sure)


def fuel_starvation_pattern(case: Case) -> Answer:
    """4: more correction under load than at idle, or more than 20 % everywhere."""
    drive, banks = case.drive, banks_of(case.drive)
    if not banks or not drive.has(COOLANT, "engine_rpm", "vehicle_speed", LOAD):
        needed = (FIRST_SHORT, FIRST_LONG, COOLANT, "engine_rpm", "vehicle_speed", LOAD)
        return missing(*absent(drive, *needed))
    return _worst([_load_against_idle(case, bank) for bank in banks])


def _load_against_idle(case: Case, bank: Bank) -> Answer:
    drive = case.drive
    known = controlled(drive) & np.isfinite(bank.total)
    idle, cruise = known & drive.idle, known & drive.cruise
    load = known & (drive.values(LOAD) > HIGH_LOAD)
    if drive.seconds(idle) < NEED_S:
        return unknown("window_too_short", seconds=drive.seconds(idle))
    at_idle = float(np.median(bank.total[idle]))
    if drive.seconds(cruise) >= NEED_S and at_idle > EVERYWHERE:
        at_cruise = float(np.median(bank.total[cruise]))
        if at_cruise > EVERYWHERE:
            return _starving(case, bank, cruise, (at_idle, at_cruise), everywhere=True)
    if drive.seconds(load) < LOAD_S:
        return unknown("window_too_short", seconds=drive.seconds(load))
    at_load = float(np.median(bank.total[load]))
    return _starving(case, bank, load, (at_idle, at_load), everywhere=False)


def _starving(
    case: Case, bank: Bank, mask: Mask, trims: tuple[float, float], *, everywhere: bool
) -> Answer:
    idle, load = trims
    state = "abnormal" if everywhere else at_least(load - idle, case.limits)
    values: dict[str, Value] = {"idle": idle, "load": load, "bank": bank.number}
    need = NEED_S if everywhere else LOAD_S
    sure = case.confidence((bank.short,), mask, need_s=need, hertz=HERTZ)
    return Answer(state, values, case.drive.window(mask), (bank.short, bank.long, LOAD), sure)


def bank_difference(case: Case) -> Answer:
    """5: long-term trims of two banks apart by more than 8 / 12 points."""
    drive = case.drive
    one, two = FIRST_LONG, "long_term_fuel_trim_bank_2"
    if not drive.has(one, two, COOLANT, "engine_rpm"):
        return missing(*absent(drive, one, two, COOLANT, "engine_rpm"))
    both = drive.values(one) - drive.values(two)
    mask = controlled(drive) & np.isfinite(both)
    if drive.seconds(mask) < NEED_S:
        return unknown("window_too_short", seconds=drive.seconds(mask))
    values: dict[str, Value] = {
        "difference": abs(float(np.median(both[mask]))),
        "bank_1": float(np.median(drive.values(one)[mask])),
        "bank_2": float(np.median(drive.values(two)[mask])),
    }
    sure = case.confidence((one, two), mask, need_s=NEED_S, hertz=0.1)
    state = above(float(values["difference"]), case.limits)
    return Answer(state, values, drive.window(mask), (one, two), sure)


def open_loop_warm(case: Case) -> Answer:
    """6: warm at idle or cruise, yet not in closed loop for 60 / 180 s; 8 and 16 are faults."""
    drive = case.drive
    if not drive.has(STATUS, COOLANT, "engine_rpm", "vehicle_speed"):
        return missing(*absent(drive, STATUS, COOLANT, "engine_rpm", "vehicle_speed"))
    if not is_spark(drive):
        return unknown("fuel_unknown")
    status = drive.values(STATUS)
    mask = drive.warm & (drive.idle | drive.cruise) & (status > 0)
    if drive.seconds(mask) < case.limits.borderline:
        return unknown("window_too_short", seconds=drive.seconds(mask))
    sure = case.confidence((STATUS,), mask, need_s=case.limits.borderline, hertz=0.1)
    faulty = mask & ((status == OPEN_BY_FAULT) | (status == CLOSED_WITH_FAULT))
    if fault := drive.longest(faulty, FAULT_S):
        return _open(case, fault, sure, is_fault=True)
    if found := drive.longest(mask & (status != CLOSED)):
        return _open(case, found, sure, is_fault=False)
    return Answer("ok", {}, drive.window(mask), (STATUS,), sure)


def _open(case: Case, stretch: tuple[int, int], sure: float, *, is_fault: bool) -> Answer:
    drive = case.drive
    seconds = (stretch[1] - stretch[0]) * drive.step
    values: dict[str, Value] = {
        "seconds": seconds,
        "status": float(drive.values(STATUS)[stretch[0]]),
    }
    state = "abnormal" if is_fault else above(seconds, case.limits)
    return Answer(state, values, drive.between(stretch), (STATUS,), sure)


def _worst(answers: list[Answer]) -> Answer:
    """Of two banks the one that says more; a judgement before none."""
    return min(answers, key=lambda answer: STATES.index(answer.state))
