"""Recordings of cars that were never built: phases of a drive, and signals that tests choose."""

import numpy as np

from portal.diagnostics.obd.change_points import Channel, condense
from portal.diagnostics.obd.recording import Gap, Recording
from portal.diagnostics.rules.case import Background
from portal.diagnostics.rules.drive import Drive
from portal.diagnostics.rules.judging import apply
from portal.diagnostics.rules.table import BY_KEY

PHASES = {
    "off": {"engine_rpm": 0, "vehicle_speed": 0, "engine_load": 0},
    "crank": {"engine_rpm": 200, "vehicle_speed": 0, "engine_load": 0},
    "idle": {"engine_rpm": 770, "vehicle_speed": 0, "engine_load": 25},
    "town": {"engine_rpm": 1800, "vehicle_speed": 28, "engine_load": 30},
    "cruise": {"engine_rpm": 2000, "vehicle_speed": 80, "engine_load": 35},
    "pull": {"engine_rpm": 3200, "vehicle_speed": 90, "engine_load": 85},
}
WARM = {"coolant_temperature": 90}


def recording(*phases, hz=5.0, gaps=(), provenance="measured", calculated=(), **signals):
    """`phases`: (name, seconds). A signal is one value, one for each phase by name, a list with one
    value for each sample, or None to leave it out; `rpm`, speed and load come from the phases.
    """
    names = [name for name, seconds in phases for _ in range(round(seconds * hz))]
    times = np.arange(len(names)) / hz
    chosen = {
        key: np.array([PHASES[name][key] for name in names], dtype=float) for key in PHASES["idle"]
    }
    chosen["engine_rpm"][1::2] += chosen["engine_rpm"][1::2] > 0  # an engine never stands still
    chosen |= {key: _values(told, names) for key, told in signals.items()}
    made = empty(duration_s=float(times[-1]) if len(times) else 0.0, rows=len(times))
    traces = {}
    for key, values in chosen.items():
        if values is None:
            continue
        kept = np.isfinite(values)
        how = "calculated" if key in calculated else provenance
        channel = Channel(key, "", times[kept], values[kept], how, key=key)
        signal, traces[key] = condense(channel)
        made.signals.append(signal)
    made.gaps.extend(Gap(*gap) for gap in gaps)
    made.keep_traces(traces)
    return made


def empty(**fields):
    told = {
        "format": "elm327", "encoding": "utf-8", "newline": "LF", "vin": None,
        "odometer_km": None, "started_at": None, "time_known": "relative", "duration_s": 0.0,
        "rows": 0, "quarantined": [], "signals": [], "gaps": [], "trouble_codes": [],
        "freeze_frames": [], "readiness": [], "negative_responses": [], "findings": [],
    }  # fmt: skip
    return Recording(**told | fields)


def verdict(rule, made, background=None):
    return apply(BY_KEY[rule], Drive(made), background or Background())


def state(rule, made, background=None):
    return verdict(rule, made, background).state


def _values(told, names):
    if told is None:
        return None
    if isinstance(told, dict):
        return np.array([told.get(name, np.nan) for name in names], dtype=float)
    if isinstance(told, int | float):
        return np.full(len(names), float(told))
    return np.asarray(told, dtype=float)
