"""VCDS auto-scans: every control unit of a VW group car with its faults, as free text.

Faults carry VW's five digits, a SAE code where there is one, the words of the program, and
sometimes a freeze frame. English and German programs are read.
"""

import re
from datetime import datetime
from typing import NamedTuple

from portal.diagnostics.obd import clock
from portal.diagnostics.obd.aliases import find_key, own_key
from portal.diagnostics.obd.lines import Lines
from portal.diagnostics.obd.recording import (
    CodesRead,
    CodeStatus,
    FreezeFrame,
    Module,
    ServiceRead,
    TroubleCode,
)
from portal.diagnostics.obd.signals import KNOWN
from portal.diagnostics.obd.trouble_codes import from_vag, meaning, origin
from portal.diagnostics.obd.units import to_unit

NAME = "vcds_autoscan"
_HEAD, _LONGEST, _MOST_LINES = 120, 400, 60_000
_MOST_FAULTS = 2000
_SECTION = re.compile(r"^(?:Address|Adresse) ([0-9A-F]{2,4}): *(.*?)(?: {2,}| *Label|$)")
_LISTED = re.compile(r"^([0-9A-F]{2,4})-(.+?) -- (?:Status: )?(.+?) ([01]{4})\s*$")
_SCAN = re.compile(r"^Scan: ([0-9A-F ]+)$")
_VIN = re.compile(
    r"(?:VIN|Fahrgestellnummer|Fahrzeug-Ident\.?-Nr\.?|FIN): *([A-HJ-NPR-Z0-9]{17})\b"
)
_MILEAGE = re.compile(
    r"(?:Mileage|Kilometerstand|Km-Stand): *(\d{1,7}) ?(km|mi(?:les)?)?(?![\d.])", re.IGNORECASE
)
_NONE_FOUND = re.compile(
    r"^(?:No fault codes? found|Kein(?:e|\(e\))? Fehler\w*(?:\(s\))? gefunden)"
)
_FOUND = re.compile(r"^(\d{1,3}) (?:Faults? Found|Fehler(?:codes?)? gefunden)", re.IGNORECASE)
_FAULT = re.compile(r"^(\d{4,8}) - (\S.*)$")
_SAE = re.compile(r"^\s+([PCBU][0-9A-F]{4}) (?:([0-9A-F]{2}) \[(\d+)\] - |- (\d{3}) - )(.*)$")
_SYMPTOM = re.compile(r"^\s+(\d{3}) - (\S.*)$")
_DETAIL = re.compile(
    r"^\s+(\S[^:]{1,60}): *(-?\d{1,12}(?:[.,]\d{1,12})?) ?([^\d\s]\S*(?: \S+)?)?\s*$"
)
_FRAME = re.compile(r"^\s+(?:Freeze Frame|Umgebungsbedingungen)\b")
_PART = re.compile(r"^ {2,4}(?:Part No(?: SW)?|Teilenummer(?: SW)?): *(.*)$")
_COMPONENT = re.compile(r"^ {2,4}(?:Component|Bauteil): *(.*)$")
_CODING = re.compile(r"^ {2,4}(?:Coding|Codierung): *(.*)$")
_DATE = re.compile(r"^\w+,(\d{1,2}),(\w+),(\d{4}),(\d{1,2}):(\d\d):(\d\d)")
_PROGRAM = re.compile(r"^\s*((?:VCDS|VAG-COM)[ -].*)$")
_SPORADIC = re.compile(r"intermittent|sporadi", re.IGNORECASE)
_UNCONFIRMED = re.compile(r"not confirmed|nicht best", re.IGNORECASE)
_FINE = re.compile(r"^(?:OK|i\.? ?O\.?|In Ordnung)$", re.IGNORECASE)
_KM_PER_MILE = 1.609344
_FRAME_KEYS = {
    "fault priority": "fault_priority", "fehlerpriorität": "fault_priority",
    "fault frequency": "fault_frequency", "fehlerhäufigkeit": "fault_frequency",
    "reset counter": "reset_counter", "verlernzähler": "reset_counter",
    "mileage": "odometer", "kilometerstand": "odometer",
}  # fmt: skip


class AutoScan(NamedTuple):
    vin: str | None
    odometer_km: float | None
    started_at: datetime | None
    program: str | None
    rows: int
    modules: list[Module]
    codes: list[TroubleCode]
    frames: list[FreezeFrame]
    read: ServiceRead
    codes_read: CodesRead


class _Section:
    """One control unit; `announced` is the number of faults that its list begins with."""

    def __init__(self, address: str, name: str) -> None:
        self.address, self.name = address, name
        self.announced: int | None = None
        self.part: str | None = None
        self.hardware: str | None = None
        self.component: str | None = None
        self.coding: str | None = None
        self.faults: list[_Fault] = []

    @property
    def is_whole(self) -> bool:
        return self.announced is not None and self.announced == len(self.faults)


class _Fault:
    def __init__(self, number: str, words: str) -> None:
        self.number, self.words = number, words
        self.sae = from_vag(int(number))
        self.symptom = ""
        self.failure_type: str | None = None
        self.remarks = ""
        self.frame: dict[str, float] | None = None

    @property
    def code(self) -> str:
        return self.sae or self.number

    @property
    def status(self) -> CodeStatus:
        said = f"{self.symptom} {self.remarks}"
        if _UNCONFIRMED.search(said):
            return "pending"
        return "intermittent" if _SPORADIC.search(said) else "stored"

    def as_code(self, ecu: str) -> TroubleCode:
        printed = f"{self.words}: {self.symptom}" if self.symptom else self.words
        known = meaning(self.code)
        return TroubleCode(
            self.code,
            self.status,
            ecu,
            origin(self.code),
            known.text if known.is_exact else printed,
            maker_code=self.number,
            failure_type=self.failure_type,
            printed=printed,
        )


def is_autoscan(lines: Lines) -> bool:
    """Whether the first lines hold the list of modules or the block of one."""
    head = _texts(lines, _HEAD)
    listed = sum(bool(_LISTED.match(line) or _SECTION.match(line)) for line in head)
    return listed > 1 or (listed == 1 and any(_PROGRAM.match(line) for line in head))


def read_autoscan(lines: Lines) -> AutoScan:
    texts = _texts(lines, _MOST_LINES)
    top = next((at for at, line in enumerate(texts) if _SECTION.match(line)), len(texts))
    sections = _sections(texts)
    listed = {found[1]: found for line in texts if (found := _LISTED.match(line))}
    asked = _asked(texts, listed)
    return AutoScan(
        next((found[1] for line in texts[:top] if (found := _VIN.search(line))), None),
        next((km for line in texts[:top] if (km := _kilometres(line)) is not None), None),
        next((date for line in texts[:5] if (date := date_of_line(line))), None),
        _program(texts[:8]),
        sum(1 for line in texts if line.strip()),
        _modules(sections, listed),
        [fault.as_code(section.address) for section in sections for fault in section.faults],
        _frames(sections),
        read := _read(sections, asked),
        _verdict(read),
    )


def _sections(texts: list[str]) -> list[_Section]:
    found: list[_Section] = []
    seen: dict[str, int] = {}
    for line in texts:
        if begins := _SECTION.match(line):
            name = begins[2].strip()
            seen[begins[1]] = len(found)
            found.append(_Section(begins[1], name))
        elif found:
            _take(found[-1], line)
    return [section for at, section in enumerate(found) if seen[section.address] == at]


def _take(section: _Section, line: str) -> None:
    """One line below the head of a control unit."""
    if _NONE_FOUND.match(line):
        section.announced = 0
    elif found := _FOUND.match(line):
        section.announced = int(found[1])
    elif (found := _FAULT.match(line)) and section.announced:
        if len(section.faults) < _MOST_FAULTS:
            section.faults.append(_Fault(found[1], found[2]))
    elif section.faults:
        _describe(section.faults[-1], line)
    elif section.announced is None:
        _identify(section, line)


def _identify(section: _Section, line: str) -> None:
    if section.part is None and (found := _PART.match(line)):
        told, _sep, _labels = found[1].partition(" Labels")
        software, _sep, hardware = told.partition(" HW:")
        section.part, section.hardware = software.strip() or None, hardware.strip() or None
    elif section.component is None and (found := _COMPONENT.match(line)):
        section.component = " ".join(found[1].split()) or None
    elif section.coding is None and (found := _CODING.match(line)):
        section.coding = found[1] or None


def _describe(fault: _Fault, line: str) -> None:
    """What stands under a fault: its SAE code, its symptom, remarks, and a freeze frame."""
    if found := _SAE.match(line):
        fault.sae, fault.symptom = found[1], _words(found[5])
        fault.failure_type = found[2] or found[4]
    elif not fault.symptom and (found := _SYMPTOM.match(line)):
        fault.failure_type, fault.symptom = found[1], _words(found[2])
    elif _FRAME.match(line):
        fault.frame = {}
    elif fault.frame is None:
        fault.remarks += line
    elif found := _DETAIL.match(line):
        key, value = _detail(*found.groups())
        if key and len(fault.frame) < 100:
            fault.frame.setdefault(key, value)


def _words(symptom: str) -> str:
    """Without the dashes that stand for an unknown symptom."""
    return symptom.lstrip("- ")


def _detail(name: str, text: str, unit: str | None) -> tuple[str, float]:
    """A line of a freeze frame in the unit of its signal; no key for states that are no numbers."""
    plain = name.strip().casefold()
    value = float(text.replace(",", "."))
    if plain in {"fault status", "fehlerstatus", "time indication", "zeitangabe", "date", "datum",
                 "time", "zeit"}:  # fmt: skip
        return "", value
    key = _FRAME_KEYS.get(plain) or find_key(name)
    if key is None:
        return own_key(name), value
    known = KNOWN.get(key)
    how = to_unit(unit or "", known.unit) if known else None
    return key, round(value * how.factor + how.offset, 6) if how else value


def _modules(sections: list[_Section], listed: dict[str, re.Match[str]]) -> list[Module]:
    by_address = {section.address: section for section in sections}
    return [
        _module(address, by_address.get(address), listed.get(address))
        for address in dict.fromkeys([*listed, *by_address])
    ]


def _module(address: str, section: _Section | None, listed: re.Match[str] | None) -> Module:
    name = listed[2] if listed else section.name if section else ""
    state = f"{listed[3]} {listed[4]}" if listed else ""
    is_ok = bool(_FINE.match(listed[3])) and listed[4] == "0000" if listed else None
    if section is None:
        return Module(address, name, state, is_ok, None)
    return Module(
        address,
        name,
        state,
        is_ok,
        len(section.faults) if section.announced is not None else None,
        section.part,
        section.hardware,
        section.component,
        section.coding,
    )


def _frames(sections: list[_Section]) -> list[FreezeFrame]:
    return [
        FreezeFrame(section.address, at, fault.code, fault.frame)
        for section in sections
        for at, fault in enumerate(section.faults)
        if fault.frame
    ]


def _asked(texts: list[str], listed: dict[str, re.Match[str]]) -> list[str]:
    """The addresses that were to be read; 00 is a sensor that has no address of its own."""
    for line in texts[:_HEAD]:
        if found := _SCAN.match(line):
            return found[1].split()
    return [address for address in listed if address != "00"]


def _read(sections: list[_Section], asked: list[str]) -> ServiceRead:
    whole = [section.address for section in sections if section.is_whole]
    begun = {section.address for section in sections if section.announced is not None}
    known = dict.fromkeys([*asked, *(section.address for section in sections)])
    silent = [address for address in known if address not in whole]
    return ServiceRead("03", True, whole, silent, [], [one for one in silent if one in begun])


def _verdict(read: ServiceRead) -> CodesRead:
    if not read.ecus:
        return "none"
    return "partial" if read.silent else "complete"


def _program(head: list[str]) -> str | None:
    """The line with the version, else the first that names the program."""
    named = [found[1] for line in head if (found := _PROGRAM.match(line))]
    return next((line for line in named if "Version" in line), named[0] if named else None)


def _kilometres(line: str) -> float | None:
    found = _MILEAGE.search(line)
    if not found or not int(found[1]):
        return None
    miles = (found[2] or "km").lower().startswith("mi")
    return round(int(found[1]) * _KM_PER_MILE) if miles else float(found[1])


def date_of_line(line: str) -> datetime | None:
    found = _DATE.match(line)
    number = clock.month(found[2]) if found else None
    if not found or not number:
        return None
    day = f"{found[3]}-{number:02d}-{int(found[1]):02d}"
    try:
        return datetime.fromisoformat(f"{day} {int(found[4]):02d}:{found[5]}:{found[6]}")
    except ValueError:
        return None


def _texts(lines: Lines, most: int) -> list[str]:
    count = min(most, len(lines.starts))
    return [lines.data[lines.starts[at] : min(lines.ends[at], lines.starts[at] + _LONGEST)]
            .decode("utf-8", errors="replace").rstrip() for at in range(count)]  # fmt: skip
