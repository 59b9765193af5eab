"""CAN frames of a log turned into answers: who asked, who answered, and everything else left out.

Logs hold millions of frames of which a few are diagnosis, and ECUs repeat themselves: what an
identifier and its bytes mean is worked out once and found again by the text of the log.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import numpy as np

from portal.diagnostics.obd import clock
from portal.diagnostics.obd.frames import Assembly
from portal.diagnostics.obd.recording import Floats, QuarantinedRow, TimeKnown
from portal.diagnostics.obd.scanning import Scan
from portal.diagnostics.obd.wide import Reading

_EXTENDED_ECU, _EXTENDED_TESTER = 0x18DAF100, 0x18DA00F1
_BROADCAST = {0x7DF, 0x18DB33F1}
_TESTERS_11_BIT, _ECUS_11_BIT = range(0x7E0, 0x7E8), range(0x7E8, 0x7F0)
_MOST_KNOWN = 100_000
NOTHING = -1
"""What a request means: nothing that would have to be kept a second time."""
_LIVE = 0x41
_STRAY_S = 7 * 86_400.0


class Sender(NamedTuple):
    """Of one identifier: its name if it is an ECU, None for a tester.

    `known`: what its frames meant, by their text; nothing for requests.
    """

    ecu: str | None
    known: dict[bytes, int]


class LogTime(NamedTuple):
    started_at: datetime | None
    time_known: TimeKnown


class CanReader:
    """`data_of` turns the text of a frame's data into bytes; it may raise ValueError."""

    def __init__(self, data_of: Callable[[bytes], bytes]) -> None:
        self.scan = Scan()
        self.first: float | None = None
        self.broken = 0
        self._data_of = data_of
        self._last = 0.0
        self._assembly = Assembly()

    def take(self, time: float, sender: Sender, text: bytes) -> None:
        """One frame of a tester or of an ECU that did not come before in the same words."""
        if self.first is None:
            self.first = time
        self._last = time
        try:
            data = self._data_of(text)
        except ValueError:
            self.broken += 1
            return
        if sender.ecu is None:
            self._take_request(data)
            if len(sender.known) < _MOST_KNOWN:
                sender.known[text] = NOTHING
        else:
            self._take_answer(time, sender, text, data)

    def finish(self) -> None:
        """What was under way when the log ended stays incomplete."""
        for message in self._assembly.rest():
            self.scan.take(message._replace(time=self._last))
        self.scan.live.times[:] = _steady(self.scan.live.times).tolist()

    def reading(self, time: LogTime, rows: int, quarantined: list[QuarantinedRow]) -> Reading:
        moments = np.asarray(self.scan.live.times, dtype=np.float64)
        return Reading(
            self.scan.channels(), moments, time.started_at, time.time_known, rows, quarantined, []
        )

    def _take_request(self, data: bytes) -> None:
        if len(data) > 1 and data[0] >> 4 == 0 and data[0]:
            self.scan.asked(data[1])

    def _take_answer(self, time: float, sender: Sender, text: bytes, data: bytes) -> None:
        ecu = sender.ecu or ""
        if answer := self._live(time, ecu, data):
            if len(sender.known) < _MOST_KNOWN:
                sender.known[text] = answer
            return
        message = self._assembly.add(time, ecu, data)
        if message is not None:
            self.scan.take(message._replace(time=time))

    def _live(self, time: float, ecu: str, data: bytes) -> int:
        """The number of a single frame of service 01 like one that came before, or 0."""
        if len(data) < 3 or data[1] != _LIVE or not 2 <= data[0] < min(len(data), 8):
            return 0
        return self.scan.live.take_planned(time, ecu, data[1 : 1 + data[0]])


def sender_of(identifier: int) -> Sender | None:
    """None for all the traffic that is no diagnosis."""
    if identifier in _BROADCAST or identifier in _TESTERS_11_BIT:
        return Sender(None, known={})
    if identifier in _ECUS_11_BIT:
        return Sender(f"{identifier:03X}", known={})
    if identifier & 0xFFFFFF00 == _EXTENDED_ECU:
        return Sender(f"{identifier:08X}", known={})
    if identifier & 0xFFFF00FF == _EXTENDED_TESTER:
        return Sender(None, known={})
    return None


def _steady(times: list[float]) -> Floats:
    """Seconds since the first; one damaged time does not spoil the rest."""
    if not times:
        return np.zeros(0, dtype=np.float64)
    found = np.asarray(times, dtype=np.float64)
    usual = float(np.median(found))
    found[np.abs(found - usual) > _STRAY_S] = np.nan
    moments = np.where(np.isnan(found), clock.MISSING, np.rint((found - usual) * 1e6))
    run = clock.run_clock(moments.astype(np.int64), per_second=1_000_000)
    seconds = np.where(run.missing | run.runs_back, 0.0, run.seconds)
    return np.maximum.accumulate(seconds)
