"""ISO 15765-2: CAN frames put together again, each ECU for itself."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


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
    def __init__(self, frame: Frame) -> None:
        self.time = frame.time
        self.length = (frame.data[0] & 0x0F) << 8 | frame.data[1]
        self.payload = bytearray(frame.data[2:])
        self.next = 1

    def message(self, ecu: str) -> Message:
        whole = len(self.payload) >= self.length
        payload = bytes(self.payload[: self.length])
        return Message(self.time, ecu, payload, truncated=not whole)


def reassemble(frames: Iterable[Frame]) -> Iterator[Message]:
    """Messages in order of completion.

    Single frames of an ECU are kept while a longer answer of it is under way. A consecutive frame
    out of order ends its message as `truncated`; nothing is padded.
    """
    waiting: dict[str, _Open] = {}
    for frame in frames:
        if not frame.data:
            continue
        kind, low = frame.data[0] >> 4, frame.data[0] & 0x0F
        if kind == 0 and 0 < low < len(frame.data):
            yield Message(frame.time, frame.ecu, frame.data[1 : 1 + low])
        elif kind == 0 and low:
            yield Message(frame.time, frame.ecu, frame.data[1:], truncated=True)
        elif kind == 1 and len(frame.data) > 2:
            if unfinished := waiting.pop(frame.ecu, None):
                yield unfinished.message(frame.ecu)
            waiting[frame.ecu] = _Open(frame)
        elif kind == 2 and (message := waiting.get(frame.ecu)):
            done = _extend(message, low, frame.data[1:])
            if done:
                yield waiting.pop(frame.ecu).message(frame.ecu)
    for ecu, unfinished in waiting.items():
        yield unfinished.message(ecu)


def _extend(message: _Open, sequence: int, data: bytes) -> bool:
    if sequence != message.next:
        return True  # a frame is missing: what follows cannot be placed
    message.payload += data
    message.next = (message.next + 1) & 0x0F
    return len(message.payload) >= message.length
