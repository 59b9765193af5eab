"""A recording for the terminal: the contract's JSON, or a page of plain text."""

import msgspec

from portal.diagnostics.obd.recording import (
    UNKNOWN_ECU,
    Finding,
    Module,
    MonitorResult,
    Recording,
    Signal,
    TroubleCode,
)
from portal.diagnostics.obd.trouble_codes import meaning
from portal.diagnostics.obd.words import finding_state_text, monitor_text, reason_text, status_text
from portal.kit.text import _, number, speaking


def as_json(recording: Recording) -> bytes:
    """One indented JSON object, the fields of the contract first."""
    return msgspec.json.format(msgspec.json.encode(recording), indent=2) + b"\n"


def as_text(recording: Recording, locale: str) -> str:
    with speaking(locale):
        parts = [
            _head(recording),
            _codes(recording, locale),
            _findings(recording.findings),
            _modules(recording.modules),
            _monitors(recording.monitor_results),
            _readiness(recording),
            _signals(recording.signals),
            _left_out(recording),
        ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(recording: Recording) -> str:
    minutes, seconds = divmod(round(recording.duration_s), 60)
    started = recording.started_at
    lines = [
        f"{recording.format} · {recording.encoding} · {recording.newline}",
        _("VIN: %(vin)s", vin=recording.vin or "–"),
        _("Start: %(start)s", start=started.isoformat(" ", "seconds") if started else "–"),
        _("Duration: %(minutes)d min %(seconds)02d s", minutes=minutes, seconds=seconds),
        _("Rows: %(rows)d", rows=recording.rows),
    ]
    if recording.odometer_km is not None:
        lines.append(_("Odometer: %(km)s km", km=number(recording.odometer_km)))
    if recording.partial:
        lines.append(_("Attention: only a part of this recording could be read."))
    return "\n".join(lines)


def _codes(recording: Recording, locale: str) -> str:
    lines = [_("Trouble codes")]
    lines += [
        f"  {code.code}  {status_text(code.status)}  [{_unit(code.ecu)}]  {_meaning(code, locale)}"
        for code in recording.trouble_codes
    ]
    if recording.codes_read == "none":
        lines.append("  " + _("The codes were not read: nothing can be said about faults."))
    elif recording.codes_read == "partial":
        lines.append("  " + _("Not all control units answered: %(ecus)s.", ecus=_silent(recording)))
    elif len(lines) == 1:
        lines.append("  " + _("No codes stored in the control units that were read."))
    return "\n".join(lines)


def _unit(ecu: str) -> str:
    return _("not named") if ecu == UNKNOWN_ECU else ecu


def _meaning(code: TroubleCode, locale: str) -> str:
    """What the standard says, else the words of the tester's program."""
    known = meaning(code.code, locale)
    return known.text if known.is_exact or not code.printed else code.printed


def _silent(recording: Recording) -> str:
    """The ECUs whose stored codes nobody heard, asked in the one way or the other."""
    asked = [set(one.silent) for one in recording.services_read if one.service in {"03", "19"}
             and one.asked]  # fmt: skip
    return ", ".join(sorted(set.intersection(*asked)))


def _modules(modules: list[Module]) -> str:
    lines = [
        f"  {one.address}  {one.name}: {one.state or '–'}, "
        + (_("not read") if one.faults is None else _("faults: %(count)d", count=one.faults))
        for one in modules
    ]
    return "\n".join([_("Control units"), *lines]) if lines else ""


def _monitors(results: list[MonitorResult]) -> str:
    """The tests of service 06 that failed; the others are not worth a line."""
    lines = [
        f"  [{one.ecu}]  {one.key} ({one.monitor}/{one.test}): {one.value:g} {one.unit}".rstrip()
        + f"  [{one.min:g} … {one.max:g}]"
        for one in results
        if not one.passed
    ]
    return "\n".join([_("Self-tests outside their limits"), *lines]) if lines else ""


def _findings(findings: list[Finding]) -> str:
    """Faults first with what to test next, then what is right, then what could not be judged."""
    order = ("abnormal", "borderline", "ok", "not_assessable", "pid_missing")
    ranked = sorted(findings, key=lambda one: order.index(one.state))
    lines = [line for one in ranked for line in _finding(one)]
    return "\n".join([_("Findings"), *lines]) if lines else ""


def _finding(one: Finding) -> list[str]:
    state = finding_state_text(one.state)
    if one.state not in {"abnormal", "borderline"}:
        return [f"  {state}: {one.text}"]
    sure = _("%(percent)s %% sure", percent=number(one.confidence * 100))
    return [f"  {state} ({sure}): {one.text}", f"    → {one.next_step}"]


def _readiness(recording: Recording) -> str:
    supported = [one for one in recording.readiness if one.supported]
    if not supported:
        return ""
    states = {True: _("complete"), False: _("not complete")}
    lines = [
        f"  [{one.ecu}]  {monitor_text(one.monitor)}: {states[one.complete]}" for one in supported
    ]
    return "\n".join([_("Readiness"), *lines])


def _signals(signals: list[Signal]) -> str:
    if not signals:
        return ""
    lines = [
        f"  {signal.key:<44} {signal.min:>10.6g} {signal.mean:>10.6g} {signal.max:>10.6g}"
        f"  {signal.unit:<6} {signal.rows:>8}"
        for signal in signals
    ]
    return "\n".join([_("Signals (minimum, mean, maximum, unit, values)"), *lines])


def _left_out(recording: Recording) -> str:
    if not recording.quarantined_count:
        return ""
    lines = [
        "  " + _("line %(line)d: %(reason)s", line=row.line, reason=reason_text(row.reason))
        for row in recording.quarantined[:20]
    ]
    title = _("Rows left out: %(count)d", count=recording.quarantined_count)
    return "\n".join([title, *lines])
