"""UDS service 19 (ISO 14229): codes of three bytes, each with what the ECU thinks of it."""

from collections.abc import Iterator
from typing import NamedTuple

from portal.diagnostics.obd.j1979 import trouble_code
from portal.diagnostics.obd.recording import CodeStatus

BY_STATUS, PERMANENT = 0x02, 0x15
_FLAGS = (
    "test_failed", "test_failed_this_drive", "pending", "confirmed",
    "not_tested_since_cleared", "test_failed_since_cleared", "not_tested_this_drive",
    "warning_lamp_requested",
)  # fmt: skip
_FAILED, _PENDING, _CONFIRMED = 0x01, 0x04, 0x08


class UdsCode(NamedTuple):
    code: str
    failure_type: str
    status_byte: int
    status: CodeStatus


def codes_of(payload: bytes) -> Iterator[UdsCode]:
    """The faults of an answer 59 02 or 59 15.

    ECUs list every code that they can test: one that has neither failed nor is pending or
    confirmed is no fault and is left out.
    """
    if not lists_codes(payload):
        return
    for at in range(3, len(payload) - 3, 4):
        high, low, failure, status = payload[at : at + 4]
        meant = "permanent" if payload[1] == PERMANENT else _status(status)
        if meant and (high or low):
            yield UdsCode(trouble_code(high, low), f"{failure:02X}", status, meant)


def lists_codes(payload: bytes) -> bool:
    return len(payload) >= 3 and payload[1] in {BY_STATUS, PERMANENT}


def is_whole(payload: bytes) -> bool:
    return (len(payload) - 3) % 4 == 0


def flags_of(status: int) -> list[str]:
    """The names of the bits that are set."""
    return [name for bit, name in enumerate(_FLAGS) if status >> bit & 1]


def _status(status: int) -> CodeStatus | None:
    if status & _CONFIRMED:
        return "stored"
    return "pending" if status & (_PENDING | _FAILED) else None
