"""Rules 12 to 14: narrowband sensors before and behind the catalyst."""

import numpy as np

from portal.diagnostics.rules.case import Case
from portal.diagnostics.rules.drive import Drive, Mask
from portal.diagnostics.rules.engine import absent
from portal.diagnostics.rules.mixture import banks_of
from portal.diagnostics.rules.temperature import COOLANT, SPEED
from portal.diagnostics.rules.verdicts import (
    STATES,
    Answer,
    Value,
    above,
    below,
    missing,
    unknown,
)

RPM, LAMBDA = "engine_rpm", "commanded_equivalence_ratio"
SWITCH_V = 0.45
BANKS = (1, 2)
CATALYST_S, CATALYST_HERTZ, CATALYST_KMH = 30.0, 2.0, 20.0
CATALYST_RPM, CATALYST_LAMBDA, CATALYST_C = (990, 3400), (0.96, 1.04), (490, 930)
MOVING_PER_S = 1 / 6
FRONT_S, FRONT_HERTZ = 20.0, 5.0
REAR_S, TRIM_NORMAL = 20.0, 10.0


def front(bank: int) -> str:
    return f"o2_voltage_bank_{bank}_sensor_1"


def rear(bank: int) -> str:
    return f"o2_voltage_bank_{bank}_sensor_2"


def catalyst(case: Case) -> Answer:
    """12: the rear sensor switches more than 0.5 / 0.8 times as often as the front one."""
    drive = case.drive
    banks = [bank for bank in BANKS if drive.has(front(bank), rear(bank))]
    if not banks or not drive.has(COOLANT, RPM, SPEED):
        return missing(*absent(drive, front(1), rear(1), COOLANT, RPM, SPEED))
    return _worst([_storage(case, bank) for bank in banks])


def _storage(case: Case, bank: int) -> Answer:
    drive, keys = case.drive, (front(bank), rear(bank))
    hertz = min(drive.hertz(key) for key in keys)
    if hertz < CATALYST_HERTZ:
        return unknown("sampled_too_slowly", hertz=hertz)
    mask = _catalyst_works(drive, bank) & np.isfinite(drive.values(keys[0]) + drive.values(keys[1]))
    seconds = drive.seconds(mask)
    if seconds < CATALYST_S:
        return unknown("window_too_short", seconds=seconds)
    before, behind = (_crossings(drive, key, mask) for key in keys)
    if before < seconds * MOVING_PER_S:
        return unknown("not_moving")
    values: dict[str, Value] = {"ratio": behind / before, "bank": bank}
    sure = case.confidence(keys, mask, need_s=CATALYST_S, hertz=CATALYST_HERTZ)
    return Answer(above(behind / before, case.limits), values, drive.window(mask), keys, sure)


def _catalyst_works(drive: Drive, bank: int) -> Mask:
    """The maker's enable conditions; λ and temperature count where the car gives them."""
    rpm = drive.values(RPM)
    low, high = CATALYST_RPM
    mask: Mask = drive.warm & (drive.values(SPEED) >= CATALYST_KMH) & (rpm >= low) & (rpm <= high)
    hot = f"catalyst_temperature_bank_{bank}_sensor_1"
    for key, (least, most) in ((LAMBDA, CATALYST_LAMBDA), (hot, CATALYST_C)):
        if drive.has(key):
            mask &= (drive.values(key) >= least) & (drive.values(key) <= most)
    return mask


def slow_front_sensor(case: Case) -> Answer:
    """13: fewer than 5 / 3 crossings of 0.45 V in 10 s at steady speed."""
    drive = case.drive
    banks = [bank for bank in BANKS if drive.has(front(bank))]
    if not banks or not drive.has(RPM, SPEED, COOLANT):
        return missing(*absent(drive, front(1), RPM, SPEED, COOLANT))
    return _worst([_speed_of(case, front(bank), bank) for bank in banks])


def _speed_of(case: Case, key: str, bank: int) -> Answer:
    drive, hertz = case.drive, case.drive.hertz(key)
    if hertz < FRONT_HERTZ:
        return unknown("sampled_too_slowly", hertz=hertz)
    mask = drive.warm & drive.cruise & np.isfinite(drive.values(key))
    seconds = drive.seconds(mask)
    if seconds < FRONT_S:
        return unknown("window_too_short", seconds=seconds)
    crossings = _crossings(drive, key, mask) / seconds * 10
    values: dict[str, Value] = {"crossings": crossings, "bank": bank}
    sure = case.confidence((key,), mask, need_s=FRONT_S, hertz=FRONT_HERTZ)
    return Answer(below(crossings, case.limits), values, drive.window(mask), (key,), sure)


def rear_sensor_lean(case: Case) -> Answer:
    """14: rear sensor below 0.3 / 0.1 V in the median while the mixture is right."""
    drive = case.drive
    banks = [bank for bank in banks_of(drive) if drive.has(rear(bank.number))]
    if not banks or not drive.has(RPM, SPEED, COOLANT):
        needed = (rear(1), "short_term_fuel_trim_bank_1", RPM, SPEED, COOLANT)
        return missing(*absent(drive, *needed))
    return _worst([_rear_level(case, bank.number) for bank in banks])


def _rear_level(case: Case, number: int) -> Answer:
    drive, key = case.drive, rear(number)
    total = next(bank.total for bank in banks_of(drive) if bank.number == number)
    mask = drive.warm & drive.cruise & np.isfinite(drive.values(key) + total)
    if drive.seconds(mask) < REAR_S:
        return unknown("window_too_short", seconds=drive.seconds(mask))
    if abs(float(np.median(total[mask]))) > TRIM_NORMAL:
        return unknown("trims_unusual")
    voltage = float(np.median(drive.values(key)[mask]))
    values: dict[str, Value] = {"voltage": voltage, "bank": number}
    sure = case.confidence((key,), mask, need_s=REAR_S, hertz=0.5)
    return Answer(below(voltage, case.limits), values, drive.window(mask), (key,), sure)


def _crossings(drive: Drive, key: str, mask: Mask) -> int:
    """Of 0.45 V, within the stretches of the mask and never from one to the next."""
    rich = drive.values(key) > SWITCH_V
    both = mask[1:] & mask[:-1]
    return int(np.count_nonzero((rich[1:] != rich[:-1]) & both))


def _worst(answers: list[Answer]) -> Answer:
    return min(answers, key=lambda answer: STATES.index(answer.state))
