"""Any bytes in, a recording out, or a refusal that says what was found instead."""

import numpy as np

from portal.diagnostics.obd.change_points import Channel, condense, find_gaps
from portal.diagnostics.obd.encodings import Text, read_text
from portal.diagnostics.obd.formats import can_binary
from portal.diagnostics.obd.formats.vcds_autoscan import AutoScan
from portal.diagnostics.obd.lines import split_lines
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.recognising import Recognised, Source, recognise
from portal.diagnostics.obd.recording import Recording, Signal, Trace
from portal.diagnostics.obd.scanning import Scan
from portal.diagnostics.obd.wide import Reading

MAX_QUARANTINED = 1000
_BINARY = Text(b"", "binary", "none")


def decode(data: bytes, name: str, *, keep_positions: bool = False) -> Recording:
    """Everything that the file says; `name` is its file name, some formats keep the date there.

    Where the car was is left out unless `keep_positions`. Raises NotARecording for everything
    that is none, never anything different.
    """
    try:
        with np.errstate(all="ignore"):  # a cell may print any number
            return _decode(data, name, keep_positions=keep_positions)
    except NotARecording:
        raise
    except Exception as error:  # the promise to callers: no bytes can break the worker
        raise NotARecording("unreadable") from error


def _decode(data: bytes, name: str, *, keep_positions: bool) -> Recording:
    if kind := can_binary.find_binary(data):
        log = can_binary.read_can_binary(data)
        return _whole(_BINARY, Recognised(kind, log.reading, log.scan))
    text = read_text(data)
    found = recognise(Source(split_lines(text.data), name, keep_positions))
    return _whole(text, found)


def _whole(text: Text, found: Recognised) -> Recording:
    recording = _recording(found.format, text, found.reading)
    if found.scan:
        _add_scan(recording, found.scan)
    _condense(recording, found.reading)
    if found.modules:
        _add_modules(recording, found.modules)
    return recording


def _recording(form: str, text: Text, reading: Reading) -> Recording:
    moments = reading.moments
    return Recording(
        format=form,
        encoding=text.encoding,
        newline=text.newline,
        vin=None,
        odometer_km=None,
        started_at=reading.started_at,
        time_known=reading.time_known,
        duration_s=round(float(moments[-1] - moments[0]), 6) if len(moments) else 0.0,
        rows=reading.rows,
        quarantined=sorted(reading.quarantined, key=lambda row: row.line)[:MAX_QUARANTINED],
        signals=[],
        gaps=find_gaps(moments),
        trouble_codes=[],
        freeze_frames=[],
        readiness=[],
        negative_responses=[],
        findings=[],  # the rules fill this in from the outside
        partial=len(reading.quarantined) * 2 > reading.rows,
        quarantined_count=len(reading.quarantined),
        removed_for_privacy=reading.removed_for_privacy,
    )


def _condense(recording: Recording, reading: Reading) -> None:
    """Signals in file order. A second ECU or column of the same key gets a key of its own."""
    traces: dict[str, Trace] = {}
    for channel in reading.channels:
        found = condense(channel, zero_is_missing=reading.zero_is_missing)
        if found is None:
            continue
        signal, trace = found
        key = _free_key(signal, channel, traces)
        traces[key] = trace
        recording.signals.append(_renamed(signal, key))
    recording.odometer_km = _odometer(recording)
    recording.keep_traces(traces)


def _odometer(recording: Recording) -> float | None:
    """Kilometres, of the engine ECU if several gave one."""
    told = [one for one in recording.signals if one.key.partition("@")[0] == "odometer"]
    first = min(told, key=lambda one: one.ecu or "", default=None)
    return round(first.last, 1) if first else None


def _free_key(signal: Signal, channel: Channel, taken: dict[str, Trace]) -> str:
    if signal.key not in taken:
        return signal.key
    base = f"{signal.key}@{channel.ecu}" if channel.ecu else signal.key
    tries = [base, *(f"{base}#{number}" for number in range(2, len(taken) + 3))]
    return next(key for key in tries if key not in taken)


def _renamed(signal: Signal, key: str) -> Signal:
    if key == signal.key:
        return signal
    fields = {name: getattr(signal, name) for name in signal.__struct_fields__}
    return Signal(**fields | {"key": key})


def _add_scan(recording: Recording, scan: Scan) -> None:
    recording.vin = scan.vin
    recording.trouble_codes = scan.trouble_codes()
    recording.freeze_frames = scan.freeze_frames()
    recording.readiness = scan.readiness()
    recording.readiness_this_drive = scan.readiness_this_drive()
    recording.warning_lamps = scan.warning_lamps()
    recording.negative_responses = scan.negatives
    recording.services_read = scan.services()
    recording.ecus = scan.identities()
    recording.monitor_results = scan.monitor_results()
    recording.codes_read = scan.codes_read()
    unread = scan.asked_for_codes and recording.codes_read != "complete"
    recording.partial |= scan.broken > 0 or unread


def _add_modules(recording: Recording, found: AutoScan) -> None:
    recording.vin = found.vin
    recording.odometer_km = found.odometer_km
    recording.trouble_codes = found.codes
    recording.freeze_frames = found.frames
    recording.modules = found.modules
    recording.services_read = [found.read]
    recording.codes_read = found.codes_read
    recording.recorded_with = found.program
    recording.partial |= found.codes_read != "complete"
