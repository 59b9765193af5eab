"""Any bytes in, a recording out, or a refusal that says what was found instead."""

import numpy as np

from portal.diagnostics.obd.change_points import Channel, condense, find_gaps
from portal.diagnostics.obd.encodings import Text, read_text
from portal.diagnostics.obd.formats import (
    can_binary,
    can_text,
    car_scanner,
    carobd,
    elm327,
    obd_auto_doctor,
    torque_pro,
)
from portal.diagnostics.obd.lines import Lines, split_lines
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.recording import Recording, Signal, Trace
from portal.diagnostics.obd.scanning import Scan
from portal.diagnostics.obd.tables import find_header
from portal.diagnostics.obd.wide import Reading, WideFormat, read_wide

WIDE_FORMATS: tuple[WideFormat, ...] = (torque_pro.FORMAT, carobd.FORMAT, obd_auto_doctor.FORMAT)
MAX_QUARANTINED = 1000
_BINARY = Text(b"", "binary", "none")


def decode(data: bytes, name: str) -> Recording:
    """Everything that the file says; `name` is its file name, some formats keep the date there.

    Raises NotARecording for everything else, never anything different.
    """
    try:
        with np.errstate(all="ignore"):  # a cell may print any number
            return _decode(data, name)
    except NotARecording:
        raise
    except Exception as error:  # the promise to callers: no bytes can break the worker
        raise NotARecording("unreadable") from error


def _decode(data: bytes, name: str) -> Recording:
    if kind := can_binary.find_binary(data):
        log = can_binary.read_can_binary(data)
        return _whole(kind, _BINARY, log.reading, log.scan)
    text = read_text(data)
    form, reading, scan = _read(split_lines(text.data), name)
    return _whole(form, text, reading, scan)


def _whole(form: str, text: Text, reading: Reading, scan: Scan | None) -> Recording:
    recording = _recording(form, text, reading)
    if scan:
        _add_scan(recording, scan)
    _condense(recording, reading)
    return recording


def _read(lines: Lines, name: str) -> tuple[str, Reading, Scan | None]:
    if dialect := can_text.find_dialect(lines):
        log = can_text.read_can_text(dialect, lines)
        return dialect.name, log.reading, log.scan
    if header := find_header(lines, car_scanner.is_header):
        return car_scanner.NAME, car_scanner.read_long(lines, header, name), None
    for form in WIDE_FORMATS:
        if header := find_header(lines, form.is_header):
            return form.name, read_wide(form, lines, header, name), None
    if transcript := elm327.read_transcript(lines):
        return elm327.NAME, transcript.reading, transcript.scan
    raise NotARecording("unknown_text", detail=_first_words(lines))


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


def _first_words(lines: Lines) -> str:
    text = lines.text(0) if lines.ends[0] - lines.starts[0] < 10_000 else ""
    return "".join(char for char in text if char.isprintable())[:40].strip()
