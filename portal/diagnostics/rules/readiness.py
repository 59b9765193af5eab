"""Rules 27 to 30 and 35: what the control units say about themselves since codes were cleared."""

from collections.abc import Sequence

from portal.diagnostics.obd.recording import Readiness, Recording, TroubleCode
from portal.diagnostics.rules.case import Case
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
    worse,
)

WARM_UPS = Limits(10, 3)
KM_A_WARM_UP = 500
OBFCM_SINCE = 2021
_WRITES_ZERO_FOR_NOTHING = frozenset({"carobd_wide"})


def incomplete_monitors(readiness: Sequence[Readiness]) -> list[str]:
    """A monitor is open as soon as one control unit that has it says so."""
    return sorted({one.monitor for one in readiness if one.supported and not one.complete})


def not_ready(case: Case) -> Answer:
    """27: monitors that are supported and not complete, of all control units."""
    if not any(one.supported for one in case.recording.readiness):
        return missing("readiness")
    waiting = incomplete_monitors(case.recording.readiness)
    values: dict[str, Value] = {"count": len(waiting), "monitors": ",".join(waiting)}
    return Answer(at_least(len(waiting), case.limits), values)


def recently_cleared(case: Case) -> Answer:
    """28: few kilometres (PID 31) or few warm-ups (PID 30) since the codes were cleared.

    `counted_warm_ups` says which of them are believed.
    """
    kilometres = _counter(case, "distance_since_cleared")
    warm_ups = _counter(case, "warm_ups_since_cleared")
    if kilometres is None and warm_ups is None:
        return missing("distance_since_cleared", "warm_ups_since_cleared")
    if not (kilometres or warm_ups) and case.recording.format in _WRITES_ZERO_FOR_NOTHING:
        return unknown("zero_may_mean_nothing")
    state: State = "ok" if kilometres is None else below(kilometres, case.limits)
    believed = counted_warm_ups(kilometres, warm_ups)
    if believed is not None:
        state = worse(state, below(believed, WARM_UPS))
    values = {"kilometres": kilometres, "warm_ups": warm_ups}
    return Answer(state, {name: value for name, value in values.items() if value is not None})


def counted_warm_ups(kilometres: float | None, warm_ups: float | None) -> float | None:
    """Thousands of kilometres without a warm-up cannot be: that car does not count them."""
    if warm_ups is None or (kilometres or 0) > KM_A_WARM_UP * (warm_ups + 1):
        return None
    return warm_ups


def driven_with_lamp(case: Case) -> Answer:
    """29: kilometres driven with the warning lamp on (PID 21; minutes from PID 4D)."""
    kilometres = _counter(case, "distance_with_mil")
    if kilometres is None:
        return missing("distance_with_mil")
    minutes = _counter(case, "time_with_mil")
    values: dict[str, Value] = {"kilometres": kilometres}
    if minutes is not None:
        values["minutes"] = minutes
    return Answer(above(kilometres, case.limits), values)


def permanent_without_stored(case: Case) -> Answer:
    """30: a permanent code that the same control unit no longer stores: cleared, not repaired."""
    recording = case.recording
    permanent = {(one.ecu, one.code) for one in _codes(recording, "permanent")}
    if not permanent and not _was_answered(recording, "0A"):
        return missing("permanent_codes")
    if recording.codes_read != "complete":
        return unknown("codes_incomplete")
    stored = {(one.ecu, one.code) for one in _codes(recording, "stored")}
    left = sorted({code for _ecu, code in permanent - stored})
    return Answer("abnormal" if left else "ok", {"codes": ", ".join(left)} if left else {})


def consumption_monitor(case: Case) -> Answer:
    """35: cars registered from 2021 on tell their real consumption (OBFCM, service 09 17)."""
    registered = case.background.first_registration
    if registered is None:
        return unknown("first_registration_unknown")
    if registered.year < OBFCM_SINCE:
        return unknown("before_obfcm", year=registered.year)
    asked = [one.supported["09"] for one in case.recording.ecus if "09" in one.supported]
    if any(one.consumption for one in case.recording.ecus) or any("17" in one for one in asked):
        return Answer("ok")
    return Answer("borderline", {"year": registered.year}) if asked else missing("obfcm")


def _counter(case: Case, key: str) -> float | None:
    return float(case.drive.trace(key).values[-1]) if case.drive.has(key) else None


def _codes(recording: Recording, status: str) -> list[TroubleCode]:
    return [one for one in recording.trouble_codes if one.status == status]


def _was_answered(recording: Recording, service: str) -> bool:
    return any(one.service == service and one.ecus for one in recording.services_read)
