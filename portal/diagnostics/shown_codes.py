"""Trouble codes as a mechanic reads them: one line for each code and ECU, the gravest first."""

from collections.abc import Mapping, Sequence
from string import hexdigits
from typing import Any

import msgspec

from portal.diagnostics.answer_texts import ecu_text
from portal.diagnostics.models import Scan, ScanCode
from portal.diagnostics.obd.trouble_codes import CodeText, describe, explain, meaning
from portal.diagnostics.obd.words import status_text
from portal.diagnostics.shown_readings import ShownFrame, shown_frames, unit_names
from portal.kit import text
from portal.kit.text import _

TONES = {"stored": "danger", "pending": "warning", "permanent": "danger", "intermittent": "warning"}

STEP_TONES = {"drive_on": "success", "workshop_soon": "warning", "stop": "danger"}


class ShownCode(msgspec.Struct, frozen=True):
    code: str
    text: str
    status: str
    raw_status: str
    tone: str
    ecu: str
    origin: str
    maker_code: str | None


class ShownFault(msgspec.Struct, frozen=True, kw_only=True):
    """A code of one ECU with everything that is said about it: stored, permanent, …"""

    code: ShownCode
    text: str
    marks: list[tuple[str, str]]
    ecu_name: str
    is_exact: bool = True
    family: str = ""
    printed: str = ""
    failure_type: str = ""
    failure: str = ""
    severity: int = 0
    rank: int = 0
    step: str = ""
    step_text: str = ""
    why: str = ""
    symptoms: str = ""
    checks: list[str] = []
    frames: list[ShownFrame] = []

    @property
    def said(self) -> str:
        """Our text; where it says no more than whose code it is, what the tester printed of it."""
        if self.is_exact or not self.printed:
            return self.text
        return _("according to the tester “%(text)s”", text=self.printed)

    @property
    def is_stored(self) -> bool:
        return any(tone == "danger" for _status, tone in self.marks)

    @property
    def tone(self) -> str:
        return "danger" if self.is_stored or self.step == "stop" else "warning"

    @property
    def step_tone(self) -> str:
        return STEP_TONES.get(self.step, "neutral")


def shown_codes(codes: Sequence[ScanCode]) -> list[ShownCode]:
    """Stored before pending, each with its text; a maker's code is never given a generic text."""
    order = list(TONES)
    ranked = sorted(codes, key=lambda code: (order.index(code.status), code.code))
    return [
        ShownCode(
            code=found.code,
            text=describe(found.code, text.locale.get()),
            status=status_text(found.status),
            raw_status=found.status,
            tone=TONES[found.status],
            ecu=found.ecu,
            origin=found.origin,
            maker_code=found.maker_code,
        )
        for found in ranked
    ]


def shown_faults(
    scan: Scan, codes: Sequence[ScanCode], make: str | None = None
) -> list[ShownFault]:
    """One fault for each code and ECU, however often it was reported, the gravest first."""
    names = unit_names(scan)
    told = {(one["code"], one["ecu"]): one for one in scan.report.get("trouble_codes", [])}
    frames = shown_frames(scan)
    marks: dict[tuple[str, str], dict[tuple[str, str], None]] = {}
    first: dict[tuple[str, str], ShownCode] = {}
    for code in shown_codes(codes):
        key = (code.code, code.ecu)
        first.setdefault(key, code)
        marks.setdefault(key, {})[code.status, code.tone] = None
    found = [
        _fault(
            code,
            list(marks[key]),
            told.get(key, {}),
            make=make,
            ecu_name=ecu_text(code.ecu, names.get(code.ecu)),
            frames=[frame for frame in frames if (frame.code, frame.ecu) == key],
        )
        for key, code in first.items()
    ]
    return sorted(found, key=lambda fault: (-fault.severity, not fault.is_stored, fault.rank))


def _fault(
    code: ShownCode,
    marks: list[tuple[str, str]],
    told: dict[str, Any],
    *,
    make: str | None,
    ecu_name: str,
    frames: list[ShownFrame],
) -> ShownFault:
    failure_type = str(told.get("failure_type") or "")
    known = explain(code.code, text.locale.get(), make=make, was_named=bool(told.get("printed")))
    return ShownFault(
        code=code,
        text=known.text,
        is_exact=known.is_exact,
        marks=marks,
        ecu_name=ecu_name,
        family=known.family,
        printed=_printed(told, code),
        failure_type=failure_type,
        failure=_failure(code, failure_type, known, make),
        severity=known.severity,
        rank=known.rank,
        step=known.drive_on,
        step_text=known.drive_on_text,
        why=known.reason,
        symptoms=known.symptoms,
        checks=list(known.first_checks),
        frames=frames,
    )


def _failure(code: ShownCode, failure_type: str, known: CodeText, make: str | None) -> str:
    """The failure type in words: what `explain` adds to the text when it is told the byte."""
    if len(failure_type) != len("00") or not failure_type.isalnum():
        return ""
    byte = int(failure_type, 16) if all(c in hexdigits for c in failure_type) else 0
    said = explain(code.code, text.locale.get(), make=make, failure_type=byte).text
    return said.removeprefix(known.text).strip(" ,;:–-()")


def printed_words(scans: Sequence[Scan]) -> dict[str, str]:
    """By code, what testers printed of it; later scans of the sequence win."""
    return {
        one["code"]: one["printed"]
        for scan in scans
        for one in scan.report.get("trouble_codes", [])
        if one.get("printed")
    }


def words_of(code: str, printed: Mapping[str, str], make: str | None = None) -> str:
    """Our text of a code; where it says only whose code it is, what the tester printed."""
    known = meaning(code, text.locale.get(), make=make)
    return known.text if known.is_exact else printed.get(code, known.text)


def loose_frames(scan: Scan, faults: Sequence[ShownFault]) -> list[ShownFrame]:
    """Freeze frames whose code is not among the codes: they have a place of their own."""
    placed = {(frame.ecu, frame.frame) for fault in faults for frame in fault.frames}
    return [frame for frame in shown_frames(scan) if (frame.ecu, frame.frame) not in placed]


def _printed(told: dict[str, Any], code: ShownCode) -> str:
    """What the tester's program printed, where it says more than our own text."""
    printed = str(told.get("printed") or "")
    return "" if printed.lower() in code.text.lower() else printed
