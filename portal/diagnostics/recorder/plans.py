"""What to ask, and in which order: what changes quickly often, what changes slowly seldom. Pure."""

from collections.abc import Iterator, Sequence

from portal.diagnostics.obd.frames import Message
from portal.diagnostics.obd.pids import PIDS, supported_pids

BEGINNING = ("0100", "0101", "0902", "03", "07", "0A", "0904")
"""Once: what the ECU can say, lamp and readiness, VIN, codes, calibration."""
QUICK = (0x0C, 0x0D, 0x04, 0x11, 0x0B, 0x10, 0x49)
"""Speed of engine and car, load, throttle, pressure, air, pedal: in every round."""
_NOT_LIVE = frozenset({0x00, 0x01, 0x02, 0x1C, 0x41, 0x51} | set(range(0x00, 0x100, 0x20)))
SLOW_A_ROUND = 2


def bitmaps_to_ask(answers: Sequence[Message]) -> list[str]:
    """The next bitmaps that an ECU announced: PID 20 when it supports 20, and so on."""
    known = pids_of(answers)
    asked = {message.payload[1] for message in answers if message.payload[:1] == b"\x41"}
    return [f"01{pid:02X}" for pid in sorted(known) if pid % 0x20 == 0 and pid not in asked]


def pids_of(answers: Sequence[Message]) -> set[int]:
    """What all ECUs together support, from their answers to 0100, 0120, …"""
    found: set[int] = set()
    for message in answers:
        payload = message.payload
        if len(payload) >= 6 and payload[0] == 0x41 and payload[1] % 0x20 == 0:
            found.update(supported_pids(payload[1], payload[2:6]))
    return found


def rounds(pids: set[int]) -> Iterator[str]:
    """Requests without end: all quick ones, then some slow ones in turn."""
    live = sorted(pid for pid in pids if pid in PIDS and pid not in _NOT_LIVE)
    quick = [pid for pid in QUICK if pid in live]
    slow = [pid for pid in live if pid not in quick]
    at = 0
    while live:
        turn = [slow[(at + step) % len(slow)] for step in range(min(SLOW_A_ROUND, len(slow)))]
        at += len(turn)
        for pid in (*quick, *turn):
            yield f"01{pid:02X}"
