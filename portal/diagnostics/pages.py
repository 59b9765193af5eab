"""What the page of a scan shows, made from its rows: grouped, named, in the reader's language."""

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from portal.diagnostics.models import Scan, ScanCode, ScanSignal, ScanState
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.packing import thin, unpack
from portal.diagnostics.obd.signals import KNOWN
from portal.diagnostics.obd.trouble_codes import describe
from portal.diagnostics.obd.words import monitor_text, reason_text, status_text
from portal.diagnostics.signal_texts import signal_text, unit_text
from portal.kit import text
from portal.kit.text import _

PLOT_POINTS = 4000
TONES = {"stored": "danger", "pending": "warning", "permanent": "danger", "intermittent": "warning"}


class ShownCode(msgspec.Struct, frozen=True):
    code: str
    text: str
    status: str
    raw_status: str
    tone: str
    ecu: str
    origin: str
    maker_code: str | None


class ShownFault(msgspec.Struct, frozen=True):
    """A code of one ECU with everything that is said about it: stored, permanent, …"""

    code: ShownCode
    marks: list[tuple[str, str]]


class ShownMonitor(msgspec.Struct, frozen=True):
    name: str
    ecus: list[str]
    complete: bool


def shown_codes(codes: Sequence[ScanCode]) -> list[ShownCode]:
    """Stored before pending, each with its text; a maker's code is never given a generic text."""
    order = list(TONES)
    ranked = sorted(codes, key=lambda code: (order.index(code.status), code.code))
    return [
        ShownCode(
            code=found.code,
            text=describe(found.code, text.locale.get()),
            status=status_text(found.status),
            raw_status=found.status,
            tone=TONES[found.status],
            ecu=found.ecu,
            origin=found.origin,
            maker_code=found.maker_code,
        )
        for found in ranked
    ]


def shown_faults(codes: Sequence[ScanCode]) -> list[ShownFault]:
    """One line for each code and ECU, however often it was reported."""
    found: dict[tuple[str, str], ShownFault] = {}
    for code in shown_codes(codes):
        fault = found.setdefault((code.code, code.ecu), ShownFault(code, []))
        if (code.status, code.tone) not in fault.marks:
            fault.marks.append((code.status, code.tone))
    return list(found.values())


def shown_readiness(scan: Scan) -> list[ShownMonitor]:
    """A monitor is complete only when every ECU that has it says so."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in scan.report.get("readiness", []):
        if entry["supported"]:
            found.setdefault(entry["monitor"], []).append(entry)
    return [
        ShownMonitor(
            monitor_text(name),
            [entry["ecu"] for entry in entries],
            all(entry["complete"] for entry in entries),
        )
        for name, entries in found.items()
    ]


def shown_quarantine(scan: Scan) -> list[tuple[int, str]]:
    return [(row["line"], reason_text(row["reason"])) for row in scan.report.get("quarantined", [])]


def shown_frames(scan: Scan) -> list[dict[str, Any]]:
    return [
        {
            **frame,
            "values": [_frozen(key, value) for key, value in frame["values"].items()],
        }
        for frame in scan.report.get("freeze_frames", [])
    ]


def _frozen(key: str, value: float) -> tuple[str, str]:
    """A frozen value with its unit, in as many digits as anybody reads."""
    known = KNOWN.get(key)
    digits = 0 if value == round(value) else 1 if abs(value) >= 10 else 2
    return signal_text(
        key
    ), f"{text.number(value, digits)} {unit_text(known.unit) if known else ''}".rstrip()


def refusal_of(scan: Scan) -> str:
    """Why the file was refused, in words that say what to do."""
    if scan.state == ScanState.FAILED:
        return _("The diagnosis failed. The file has been kept and we have been told.")
    code, _line, detail = (scan.problem or "").partition("\n")
    return str(NotARecording(code, detail)) if code else ""


def plot_of(scan: Scan, signals: Sequence[ScanSignal]) -> dict[str, Any]:
    """Traces thinned to what a screen can show; lows and highs stay."""
    return {
        "signals": [_curve(signal) for signal in signals],
        "gaps": [[gap["from_s"], gap["to_s"]] for gap in scan.report.get("gaps", [])],
    }


def _curve(signal: ScanSignal) -> dict[str, Any]:
    trace = unpack(signal.packed)
    times, values = thin(trace.times, trace.values, PLOT_POINTS)
    with np.errstate(over="ignore"):  # a cell may print any number; beyond all, it has no place
        shown = values.round(4)
    return {
        "key": signal.key,
        "label": signal_text(signal.key, signal.facts["source_name"]),
        "unit": unit_text(signal.facts["unit"]),
        "t": times.round(3).tolist(),
        "v": shown.tolist(),
    }
