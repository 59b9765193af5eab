"""CAN logs that are no text: BLF of Vector and MF4 of ASAM, read by a child that may fail alone."""

import io
import subprocess
import sys

import numpy as np

from portal.diagnostics.obd.can_log import CanReader, sender_of
from portal.diagnostics.obd.formats.can_dialects import by_epoch
from portal.diagnostics.obd.formats.can_text import CanLog
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.recording import QuarantinedRow

MAGIC = {b"LOGG": "blf", b"MDF     ": "mf4"}
_CHILD = (sys.executable, "-I", "-m", "portal.diagnostics.obd.binary_log_child")
_PATIENCE_S = 110.0
"""The child's own limit is processor time; this one is for a machine that is busy."""


def find_binary(data: bytes) -> str | None:
    return next((name for magic, name in MAGIC.items() if data.startswith(magic)), None)


def read_can_binary(data: bytes) -> CanLog:
    """Raises NotARecording."""
    return log_of(_child_reads(data))


def log_of(told: bytes) -> CanLog:
    """The answers in what the child wrote."""
    source = io.BytesIO(told)
    try:
        times, ids, lengths, frames, cut = (np.load(source) for _ in range(5))
    except (ValueError, EOFError, OSError) as error:
        raise NotARecording("damaged_log") from error
    reader = CanReader(bytes)
    senders = {one: sender_of(one) for one in np.unique(ids).tolist()}
    wanted = np.isin(ids, [one for one, sender in senders.items() if sender])
    rows = zip(times[wanted].tolist(), ids[wanted].tolist(), lengths[wanted].tolist(),
               frames[wanted], strict=True)  # fmt: skip
    for time, identifier, length, data in rows:
        sender = senders[identifier]
        if sender is not None and np.isfinite(time):
            reader.take(time, sender, data[:length].tobytes())
    reader.finish()
    if not len(ids):
        raise NotARecording("damaged_log")
    if not reader.scan.has_answers:
        raise NotARecording("no_answers", detail=f"{len(ids)}")
    odd = [QuarantinedRow(len(ids) + 1, "breaks_off")] if bool(cut[0]) else []
    reader.scan.broken += len(odd)
    return CanLog(reader.reading(by_epoch([], reader.first or 0.0), len(ids), odd), reader.scan)


def _child_reads(data: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  # our own module, by our own interpreter
            _CHILD,
            input=data,
            capture_output=True,
            timeout=_PATIENCE_S + len(data) / 1e5,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotARecording("damaged_log") from error
    if done.returncode:
        raise NotARecording("damaged_log")
    return done.stdout
