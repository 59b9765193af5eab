"""One recording: connect, read once what is read once, then ask round after round until the end."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from portal.diagnostics.live_values import Value, messages_of, values_of, vin_of
from portal.diagnostics.obd.frames import Message
from portal.diagnostics.recorder import adapter, plans
from portal.diagnostics.recorder.pace import Pace
from portal.diagnostics.recorder.transcripts import Entry, Transcript
from portal.diagnostics.recorder.trouble import trouble_in
from portal.kit import clock

SILENT_ROUNDS = 40
"""Answers without any reading in a row: ignition off, or the adapter pulled."""
_MOST_BITMAPS = 8

OnEntry = Callable[[Entry], None]
OnValues = Callable[[float, Sequence[Value]], None]


class BusInTrouble(Exception):
    """Asking on could harm: the text is what adapter or ECU said."""


class Ended(NamedTuple):
    """Why a recording ended: `asked`, `trouble`, `silent` or `unplugged`; details for people."""

    reason: str
    detail: str = ""


class Recording:
    """Writes everything down; `on_entry` and `on_values` hear of it after it is on the disk."""

    def __init__(
        self,
        transcript: Transcript,
        *,
        pace: Pace | None = None,
        on_entry: OnEntry = lambda _entry: None,
        on_values: OnValues = lambda _at_s, _values: None,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._transcript, self._pace = transcript, pace or Pace()
        self._on_entry, self._on_values, self._now = on_entry, on_values, now
        self.vin: str | None = None
        self._silent = 0

    def heard(self, request: str, lines: Sequence[str]) -> None:
        """An exchange with the adapter, also those that open the connection."""
        moment = clock.local(self._now()).replace(tzinfo=None)
        entry = self._transcript.write(moment, request, lines)
        self._on_entry(entry)
        if request.startswith("0902"):
            self.vin = vin_of(lines) or self.vin
        values = values_of(lines)
        self._silent = 0 if values else self._silent + 1
        if values:
            self._on_values(entry.at_s, values)

    def run(self, car: adapter.Adapter, stop: threading.Event) -> Ended:
        """Until `stop`, or until the car should not be asked any more."""
        try:
            pids = self._begin(car, stop)
            for request in plans.rounds(pids):
                if stop.is_set():
                    return Ended("asked")
                self._ask(car, request)
                if self._silent >= SILENT_ROUNDS:
                    break
        except BusInTrouble as trouble:
            return Ended("trouble", str(trouble))
        except adapter.NotConnected:
            return Ended("unplugged")
        return Ended("asked" if stop.is_set() else "silent")

    def _begin(self, car: adapter.Adapter, stop: threading.Event) -> set[int]:
        """What every recording starts with; the PIDs that the car supports."""
        answers: list[Message] = []
        waiting = list(plans.BEGINNING)
        asked: set[str] = set()
        while waiting and not stop.is_set() and len(asked) < len(plans.BEGINNING) + _MOST_BITMAPS:
            request = waiting.pop(0)
            asked.add(request)
            answers += messages_of(self._ask(car, request))
            more = [bitmap for bitmap in plans.bitmaps_to_ask(answers) if bitmap not in asked]
            waiting = [*[bitmap for bitmap in more if bitmap not in waiting], *waiting]
        return plans.pids_of(answers)

    def _ask(self, car: adapter.Adapter, request: str) -> list[str]:
        self._pace.wait()
        lines = car.ask(request)
        if (trouble := trouble_in(lines)) is not None:
            raise BusInTrouble(trouble)
        return lines
