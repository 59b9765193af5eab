"""From readings to change points: held copies out, gaps named, statistics honest."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from portal.diagnostics.obd.aliases import find_key, is_calculated, own_key
from portal.diagnostics.obd.recording import Floats, Gap, Provenance, Signal, Trace
from portal.diagnostics.obd.signals import KNOWN, KnownSignal
from portal.diagnostics.obd.units import Conversion, to_stored, to_unit

HEARTBEAT_S = 30.0
GAP_S = 5.0
# These cannot be zero in a car that answers; several programs write 0 for "no value".
_NEVER_ZERO = frozenset(
    {
        "adapter_voltage",
        "barometric_pressure",
        "commanded_equivalence_ratio",
        "control_module_voltage",
        "intake_manifold_pressure",
    }
)


class Channel(NamedTuple):
    """One signal as printed: seconds since the start, values in the printed unit, no NaN.

    `began_empty`: the first row of the table had no value yet, so that the first one is a change.
    `ecu` is known for adapters only; `pid`, `key` when the answer itself named them.
    """

    name: str
    unit: str
    times: Floats
    values: Floats
    provenance: Provenance = "measured"
    began_empty: bool = False
    key: str | None = None
    ecu: str | None = None
    factor: float = 1.0
    offset: float = 0.0


def find_gaps(times: Floats) -> list[Gap]:
    """Silences of more than 5 s, or three usual intervals where the recording is slower."""
    if len(times) < 2:
        return []
    steps = np.diff(times)
    limit = max(GAP_S, 3.0 * float(np.median(steps)))
    return [
        Gap(round(float(times[at]), 6), round(float(times[at + 1]), 6))
        for at in np.flatnonzero(steps > limit)
    ]


def condense(channel: Channel, *, zero_is_missing: bool = False) -> tuple[Signal, Trace] | None:
    """The signal and its change points; None if nothing is left to say."""
    known, how = _identify(channel)
    times, values = channel.times, channel.values
    if zero_is_missing and known and known.key in _NEVER_ZERO:
        times, values = times[values != 0], values[values != 0]
    if not len(values):
        return None
    factor, offset = how.factor * channel.factor, how.factor * channel.offset + how.offset
    converted = _convert(values, how)
    if known and not _within(converted, known):
        known = None  # the label lied: λ that is an air-fuel ratio, a °F profile named °C
    if known is None:
        how = to_stored(channel.unit)
        factor, offset = how.factor * channel.factor, how.factor * channel.offset + how.offset
        converted = _convert(values, how)
    changed = np.empty(len(values), dtype=np.bool_)
    changed[0] = channel.began_empty
    np.not_equal(converted[1:], converted[:-1], out=changed[1:])
    trace = _trace(times, converted, changed, factor, offset)
    return _signal(channel, known, how.unit, times, converted, int(changed.sum())), trace


def _identify(channel: Channel) -> tuple[KnownSignal | None, Conversion]:
    key = channel.key or find_key(channel.name)
    known = KNOWN.get(key) if key else None
    if known is None:
        return None, to_stored(channel.unit)
    how = to_unit(channel.unit, known.unit)
    return (known, how) if how else (None, to_stored(channel.unit))


def _convert(values: Floats, how: Conversion) -> Floats:
    if how.factor == 1.0 and how.offset == 0.0:
        return values
    return values * how.factor + how.offset


def _within(values: Floats, known: KnownSignal) -> bool:
    slack = (known.high - known.low) * 0.01
    low, high = float(values.min()), float(values.max())
    return known.low - slack <= low and high <= known.high + slack


def _trace(
    times: Floats, values: Floats, changed: NDArray[np.bool_], factor: float, offset: float
) -> Trace:
    """Change points, both ends, the edges of gaps, and a heartbeat while nothing changes."""
    keep = changed.copy()
    keep[0] = keep[-1] = True
    steps = np.diff(times)
    edges = np.flatnonzero(steps > GAP_S)
    keep[edges] = keep[edges + 1] = True
    beat = np.floor(times / HEARTBEAT_S)
    keep[1:] |= beat[1:] != beat[:-1]
    return Trace(times[keep], values[keep], factor, offset)


def _signal(
    channel: Channel,
    known: KnownSignal | None,
    unit: str,
    times: Floats,
    values: Floats,
    changes: int,
) -> Signal:
    calculated = known is None and is_calculated(channel.name)
    return Signal(
        key=known.key if known else own_key(channel.name),
        pid=known.pid if known else None,
        source_name=channel.name,
        unit=unit,
        provenance="calculated" if calculated else channel.provenance,
        rows=len(values),
        changes=changes,
        min=float(values.min()),
        max=float(values.max()),
        mean=_mean(times, values),
        first=float(values[0]),
        last=float(values[-1]),
        source_unit=channel.unit,
        ecu=channel.ecu,
    )


def _mean(times: Floats, values: Floats) -> float:
    """Over time, each value holding until the next but never across a gap."""
    weights = np.minimum(np.diff(times), GAP_S)
    total = float(weights.sum())
    if total <= 0:
        return float(values.mean())
    return float((values[:-1] * weights).sum() / total)
