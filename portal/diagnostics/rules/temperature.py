"""Rules 7 to 9: the coolant, its thermostat and its sensor."""

from portal.diagnostics.rules.case import Case
from portal.diagnostics.rules.verdicts import Answer, missing

COOLANT = "coolant_temperature"
HOT_S = 10.0


def overheating(case: Case) -> Answer:
    """8: coolant above 108 / 115 °C for 10 s without a break."""
    drive = case.drive
    if not drive.has(COOLANT):
        return missing(COOLANT)
    coolant = drive.values(COOLANT)
    known = coolant == coolant  # noqa: PLR0124  # NaN is not equal to itself
    values = {"highest": drive.signal(COOLANT).max}
    sure = case.confidence((COOLANT,), known, need_s=HOT_S, hertz=0.1)
    for state, limit in case.limits.worst_first:
        if hot := drive.longest(coolant > limit, HOT_S):
            return Answer(state, values, drive.between(hot), (COOLANT,), sure)
    return Answer("ok", values, drive.window(known), (COOLANT,), sure)
