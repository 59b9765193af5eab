"""Rules 31 to 33: what only the earlier visits of a car can tell."""

from portal.diagnostics.rules.case import Calibration, Case, Visit
from portal.diagnostics.rules.recurrence import histories
from portal.diagnostics.rules.verdicts import Answer, above, missing, unknown

NONE = "none"


def codes_of(case: Case) -> frozenset[str]:
    return frozenset(one.code for one in case.recording.trouble_codes)


def _shown_by(case: Case) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one in case.recording.trouble_codes:
        found.setdefault(one.code, set()).add(one.ecu)
    return {code: frozenset(ecus) for code, ecus in found.items()}


def recurring_code(case: Case) -> Answer:
    """31: a code of today that was there before and was gone in between."""
    recording, visits = case.recording, case.background.visits
    if recording.codes_read == NONE and not recording.trouble_codes:
        return missing("trouble_codes")
    if not any(visit.codes_complete or visit.read for visit in visits):
        return unknown("no_earlier_visit")
    today = Visit(visits[-1].at, codes_of(case), shown_by=_shown_by(case))
    back = [one.code for one in histories([*visits, today]) if one.is_back]
    return Answer("abnormal", {"codes": ", ".join(back)}) if back else Answer("ok")


def software_changed(case: Case) -> Answer:
    """32: calibration id or check number of a control unit is another one than last time.

    A new check number under the old id is abnormal: updates of the maker change both.
    """
    now = {
        one.ecu: (tuple(one.calibration_ids), tuple(one.calibration_checks))
        for one in case.recording.ecus
        if one.calibration_ids or one.calibration_checks
    }
    if not now:
        return missing("calibrations")
    before: dict[str, Calibration] = {}
    for visit in case.background.visits:
        before |= visit.calibrations
    both = {ecu: (before[ecu], now[ecu]) for ecu in now if ecu in before}
    if not both:
        return unknown("no_earlier_visit")
    if secretly := [ecu for ecu, pair in both.items() if _only_the_check_differs(*pair)]:
        return Answer("abnormal", {"ecus": ", ".join(secretly)}, reason="same_name")
    renamed = [ecu for ecu, pair in both.items() if _is_renamed(*pair)]
    return Answer("borderline", {"ecus": ", ".join(renamed)}) if renamed else Answer("ok")


def odometer(case: Case) -> Answer:
    """33: fewer kilometres than at an earlier visit; up to 100 km may be a slip."""
    read = case.recording.odometer_km
    now = read if read is not None else case.background.odometer_km
    known = [visit.odometer_km for visit in case.background.visits if visit.odometer_km]
    if now is None:
        return missing("odometer")
    if not known:
        return unknown("no_earlier_visit")
    before = max(known)
    values = {"now": now, "before": before, "difference": before - now}
    return Answer(above(before - now, case.limits), values)


def _only_the_check_differs(before: Calibration, now: Calibration) -> bool:
    same_name = bool(now[0]) and before[0] == now[0]
    return same_name and bool(before[1]) and bool(now[1]) and before[1] != now[1]


def _is_renamed(before: Calibration, now: Calibration) -> bool:
    return bool(before[0]) and bool(now[0]) and before[0] != now[0]
