"""ISO 15765-2: CAN frames put together again, each ECU for itself."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

LONGEST_ANSWER = 1 << 20
"""CAN FD may announce up to four gigabytes; no ECU has that much to say."""


class Frame(NamedTuple):
    """One CAN frame: seconds, identifier as hex text, up to 8 (or 64) data bytes."""

    time: float
    ecu: str
    data: bytes


class Message(NamedTuple):
    """One whole answer.

    `on_can`: code lists carry a count there, on K-line they do not; None where headers were off.
    """

    time: float
    ecu: str
    payload: bytes
    on_can: bool | None = True
    truncated: bool = False


class _Open:
    def __init__(self, time: float, length: int, begin: bytes) -> None:
        self.time, self.length = time, length
        self.payload = bytearray(begin)
        self.next = 1

    def message(self, ecu: str) -> Message:
        whole = len(self.payload) >= self.length
        payload = bytes(self.payload[: self.length])
        return Message(self.time, ecu, payload, truncated=not whole)


class Assembly:
    """Gives each message when its last frame has come.

    Single frames of an ECU are kept while a longer answer of it is under way. A consecutive frame
    out of order ends its message as `truncated`; nothing is padded.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, _Open] = {}

    def add(self, time: float, ecu: str, data: bytes) -> Message | None:
        if not data:
            return None
        kind, low = data[0] >> 4, data[0] & 0x0F
        if kind == 2:
            return self._extend(ecu, low, data)
        if kind == 0:
            return _single(time, ecu, data, low)
        return self._begin(time, ecu, data, low) if kind == 1 and len(data) > 2 else None

    def rest(self) -> list[Message]:
        """What was still open at the end."""
        left = [unfinished.message(ecu) for ecu, unfinished in self._waiting.items()]
        self._waiting.clear()
        return left

    def _begin(self, time: float, ecu: str, data: bytes, low: int) -> Message | None:
        unfinished = self._waiting.pop(ecu, None)
        length, start = low << 8 | data[1], 2
        if not length and len(data) > 6:
            length, start = int.from_bytes(data[2:6], "big"), 6
        self._waiting[ecu] = _Open(time, min(length, LONGEST_ANSWER), data[start:])
        return unfinished.message(ecu) if unfinished else None

    def _extend(self, ecu: str, sequence: int, data: bytes) -> Message | None:
        message = self._waiting.get(ecu)
        if message is None:
            return None
        if sequence == message.next:
            message.payload += data[1:]
            message.next = sequence + 1 & 0x0F
            if len(message.payload) < message.length:
                return None
        # Whole, or a frame is missing: what follows cannot be placed.
        return self._waiting.pop(ecu).message(ecu)


def reassemble(frames: Iterable[Frame]) -> Iterator[Message]:
    """Messages in order of completion; those that were never completed at the end."""
    assembly = Assembly()
    add = assembly.add
    for time, ecu, data in frames:
        if (message := add(time, ecu, data)) is not None:
            yield message
    yield from assembly.rest()


def _single(time: float, ecu: str, data: bytes, length: int) -> Message | None:
    start = 1
    if not length and len(data) > 8:  # CAN FD: the length has a byte of its own
        length, start = data[1], 2
    if not length:
        return None
    payload = data[start : start + length]
    return Message(time, ecu, payload, truncated=len(payload) < length)
