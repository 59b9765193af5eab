"""What the plot of a scan draws: traces thinned to a screen, gaps, frozen values, evidence."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from portal.diagnostics.models import Scan, ScanSignal
from portal.diagnostics.obd.packing import thin, unpack
from portal.diagnostics.obd.recording import Floats
from portal.diagnostics.signal_texts import signal_text, unit_text
from portal.kit.text import _

PLOT_POINTS = 4000
SHOWN_AT_FIRST = 5
_FIRST = (
    "engine_rpm",
    "vehicle_speed",
    "coolant_temperature",
    "engine_load",
    "intake_manifold_pressure",
    "mass_air_flow",
    "long_term_fuel_trim_bank_1",
    "short_term_fuel_trim_bank_1",
    "control_module_voltage",
)
"""What a mechanic looks at first when no finding says otherwise."""
_TRIMS = ("long_term_fuel_trim_bank_1", "short_term_fuel_trim_bank_1")
_FOR_CODES: dict[str, tuple[str, ...]] = {
    "P010": ("mass_air_flow", "intake_manifold_pressure", "engine_rpm"),
    "P0128": ("coolant_temperature", "vehicle_speed", "engine_rpm"),
    "P0115": ("coolant_temperature", "intake_air_temperature"),
    "P013": ("o2_voltage_bank_1_sensor_1", "o2_voltage_bank_1_sensor_2", *_TRIMS),
    "P014": ("o2_voltage_bank_1_sensor_1", "o2_voltage_bank_1_sensor_2", *_TRIMS),
    "P017": (*_TRIMS, "engine_rpm", "engine_load", "mass_air_flow"),
    "P0217": ("coolant_temperature", "vehicle_speed"),
    "P0299": ("intake_manifold_pressure", "engine_load", "engine_rpm", "mass_air_flow"),
    "P030": ("engine_rpm", "engine_load", *_TRIMS, "timing_advance"),
    "P040": ("commanded_egr", "egr_error", "mass_air_flow", "engine_load"),
    "P042": ("o2_voltage_bank_1_sensor_1", "o2_voltage_bank_1_sensor_2"),
    "P044": ("commanded_evaporative_purge", *_TRIMS),
    "P050": ("vehicle_speed", "engine_rpm"),
    "P056": ("control_module_voltage", "engine_rpm"),
    "P062": ("control_module_voltage", "engine_rpm"),
}
"""What belongs to a code, by the beginning of it."""


def first_signals(
    keys: Iterable[str], wanted: Sequence[str] = (), codes: Iterable[str] = ()
) -> list[str]:
    """Up to five to begin with: those of the weightiest finding, of the codes, the usual ones."""
    there = list(keys)
    by_code = [key for code in codes for key in signals_of_code(code)]
    order = [key for key in (*wanted, *by_code, *_FIRST, *there) if key in there]
    return list(dict.fromkeys(order))[: max(SHOWN_AT_FIRST, len(wanted))]


def signals_of_code(code: str) -> tuple[str, ...]:
    """What a mechanic wants to see of a code: `P0171` → fuel trims and what moves them."""
    starts = (code[:length] for length in range(len(code), 3, -1))
    return next((_FOR_CODES[start] for start in starts if start in _FOR_CODES), ())


def plot_of(
    scan: Scan,
    signals: Sequence[ScanSignal],
    traces: Sequence[ScanSignal],
    windows: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Every signal by name; those of `traces` with their points, the others when they are chosen.

    `windows` are the stretches that findings rest on: {from, to, tone, finding}.
    """
    curves = {signal.key: _curve(signal) for signal in traces}
    frozen = _frozen(scan)
    named = sorted((_named(signal) for signal in signals), key=lambda one: one["label"].lower())
    return {
        "signals": [
            {**one, **curves.get(one["key"], {}), "frozen": frozen.get(one["key"], [])}
            for one in named
        ],
        "gaps": [[gap["from_s"], gap["to_s"]] for gap in scan.report.get("gaps", [])],
        "windows": list(windows),
        "shown": list(curves),
    }


def traces_of(
    signals: Sequence[ScanSignal], from_s: float | None = None, to_s: float | None = None
) -> dict[str, Any]:
    """Points of single signals, of the whole recording or of a stretch."""
    return {"traces": {signal.key: _curve(signal, from_s, to_s) for signal in signals}}


def _named(signal: ScanSignal) -> dict[str, Any]:
    facts = signal.facts
    return {
        "key": signal.key,
        "label": signal_text(signal.key, facts["source_name"]),
        "unit": unit_text(facts["unit"]),
        "min": _shown(facts["min"]),
        "max": _shown(facts["max"]),
    }


def _curve(
    signal: ScanSignal, from_s: float | None = None, to_s: float | None = None
) -> dict[str, Any]:
    """Thinned to what a screen can show; lows and highs stay. `whole`: nothing was left out."""
    trace = unpack(signal.packed)
    part = _stretch(trace.times, from_s, to_s)
    times, values = thin(trace.times[part], trace.values[part], PLOT_POINTS)
    with np.errstate(over="ignore"):  # a cell may print any number; beyond all, it has no place
        shown = values.round(4)
    return {
        "t": times.round(3).tolist(),
        "v": shown.tolist(),
        "whole": len(times) == len(trace.times),
    }


def _stretch(times: Floats, from_s: float | None, to_s: float | None) -> slice:
    begin = 0 if from_s is None else int(np.searchsorted(times, from_s, side="left"))
    end = len(times) if to_s is None else int(np.searchsorted(times, to_s, side="right"))
    return slice(begin, max(begin, end))


def _frozen(scan: Scan) -> dict[str, list[dict[str, Any]]]:
    """Values of the freeze frames by signal: levels, because nobody knows when they were taken."""
    found: dict[str, list[dict[str, Any]]] = {}
    for frame in scan.report.get("freeze_frames", []):
        for key, value in frame["values"].items():
            label = frame["code"] or _("Freeze frame %(frame)s", frame=frame["frame"])
            found.setdefault(key, []).append({"label": label, "value": _shown(value)})
    return found


def _shown(value: float) -> float:
    return float(f"{value:.6g}")
