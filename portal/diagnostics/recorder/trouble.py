"""Signs that the bus is in trouble: the recorder stops asking at once. Pure.

An Opel Corsa D lit its warning lamps under fast polling (ELMduino, issue 286); whatever an adapter
or an ECU says about being overrun is taken seriously.
"""

from collections.abc import Sequence

WORDS = (
    "BUFFER FULL",
    "CAN ERROR",
    "BUS ERROR",
    "BUS BUSY",
    "FB ERROR",
    "DATA ERROR",
    "LV RESET",
    "LP ALERT",
    "ACT ALERT",
    "ERR",
)
_BUSY_REPEAT_REQUEST = "21"


def trouble_in(lines: Sequence[str]) -> str | None:
    """What the answer says about the bus, or None when it is an answer like any other."""
    for line in lines:
        upper = line.upper().strip()
        for words in WORDS:
            if words in upper and not _is_hex(upper):
                return words
        if _is_busy(upper):
            return "NRC 21"
    return None


def _is_busy(upper: str) -> bool:
    """`7E8 03 7F 01 21`, with or without header and blanks: busy, repeat the request."""
    compact = upper.replace(" ", "")
    at = compact.find("7F")
    while at >= 0:
        asked, reason = compact[at + 2 : at + 4], compact[at + 4 : at + 6]
        follows = len(compact) - at
        if reason == _BUSY_REPEAT_REQUEST and asked in _SERVICES and follows in {6, 8, 10, 12, 14}:
            return _is_hex(compact)
        at = compact.find("7F", at + 1)
    return False


_SERVICES = frozenset({"01", "02", "03", "06", "07", "09", "0A", "19", "22"})


def _is_hex(text: str) -> bool:
    compact = text.replace(" ", "")
    return bool(compact) and all(letter in "0123456789ABCDEF" for letter in compact)
