"""CAN frames of a log turned into answers: who asked, who answered, and everything else left out.

Logs hold millions of frames of which a few are diagnosis, and ECUs repeat themselves: what an
identifier and its bytes mean is worked out once and found again by the text of the log.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import numpy as np

from portal.diagnostics.obd.frames import Assembly, Message
from portal.diagnostics.obd.live_data import LiveMeaning
from portal.diagnostics.obd.recording import QuarantinedRow, TimeKnown
from portal.diagnostics.obd.scanning import Scan
from portal.diagnostics.obd.wide import Reading

_EXTENDED_ECU, _EXTENDED_TESTER = 0x18DAF100, 0x18DA00F1
_BROADCAST = {0x7DF, 0x18DB33F1}
_TESTERS_11_BIT, _ECUS_11_BIT = range(0x7E0, 0x7E8), range(0x7E8, 0x7F0)
_MOST_KNOWN = 100_000
_MOST_MOMENTS = 5_000_000
_NOTHING: LiveMeaning = []
_STRAY_S = 7 * 86_400.0


class Sender(NamedTuple):
    """Of one identifier: its name if it is an ECU, None for a tester.

    `known`: what its frames meant, by their text; nothing for requests.
    """

    ecu: str | None
    known: dict[bytes, LiveMeaning]


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
        self._now = 0.0
        self._moments: list[float] = []
        self._assembly = Assembly()

    def take(self, time: float, sender: Sender, text: bytes) -> None:
        """One frame of a tester or of an ECU."""
        self._move_to(time)
        meant = sender.known.get(text)
        if meant is not None:
            now = self._now
            if meant:
                self._moments.append(now)
            for samples, value in meant:
                samples.times.append(now)
                samples.values.append(value)
            return
        try:
            data = self._data_of(text)
        except ValueError:
            self.broken += 1
            return
        if sender.ecu is None:
            self._take_request(data)
            if len(sender.known) < _MOST_KNOWN:
                sender.known[text] = _NOTHING
        else:
            self._take_answer(sender, text, data)

    def finish(self) -> None:
        """What was under way when the log ended stays incomplete."""
        for message in self._assembly.rest():
            self.scan.take(message)

    def reading(self, time: LogTime, rows: int, quarantined: list[QuarantinedRow]) -> Reading:
        moments = np.asarray(self._moments, dtype=np.float64)
        return Reading(
            self.scan.channels(), moments, time.started_at, time.time_known, rows, quarantined, []
        )

    def _move_to(self, time: float) -> None:
        """Never back, and never a week forward: one damaged time does not spoil the rest."""
        if self.first is None:
            self.first = time
        moment = round(time - self.first, 6)
        if self._now < moment < self._now + _STRAY_S:
            self._now = moment

    def _take_request(self, data: bytes) -> None:
        if len(data) > 1 and data[0] >> 4 == 0 and data[0]:
            self.scan.asked(data[1])

    def _take_answer(self, sender: Sender, text: bytes, data: bytes) -> None:
        message = self._assembly.add(self._now, sender.ecu or "", data)
        if message is None:
            return
        if len(self._moments) < _MOST_MOMENTS:
            self._moments.append(self._now)
        self.scan.take(message)
        if len(sender.known) >= _MOST_KNOWN or not _is_alone(data, message):
            return
        if meant := self.scan.live_meaning(message.ecu, message.payload):
            sender.known[text] = meant


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


def _is_alone(data: bytes, message: Message) -> bool:
    return data[0] >> 4 == 0 and not message.truncated
