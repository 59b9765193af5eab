"""What a trouble code says, how bad it is and where to begin, in German and English.

Texts are made of component × failure for what ISO 15031-6/SAE J2012 controls, nothing invented: a
code that the tables do not hold gets the text of its family and says so; a manufacturer's code gets
no generic meaning, only what is known of that make.
"""

import re
from typing import Literal, NamedTuple

from portal.diagnostics.obd.codes import drive_on, maker_codes
from portal.diagnostics.obd.codes.failure_types import failure_type_text
from portal.diagnostics.obd.codes.families import MANUFACTURER, MANUFACTURER_READ, family_of
from portal.diagnostics.obd.codes.reasons import REASONS
from portal.diagnostics.obd.codes.table import TABLE
from portal.diagnostics.obd.codes.words import Language

Origin = Literal["iso", "manufacturer"]
_CODE = re.compile(r"([PCBU][0-3][0-9A-F]{3})(?:[- ]?([0-9A-F]{2}))?")
_VAG_NUMBER = re.compile(r"0*([0-9]{1,5})")
# VW's five digits: each block of the SAE's thousand stands 1024 apart.
_VAG_BLOCKS = {16384: "P0", 17408: "P1", 18432: "P2", 19456: "P3"}

_OUTSIDE: dict[str, dict[str, str]] = {
    "manufacturer": {
        "de": "Herstellerspezifischer Code: Bedeutung nur nach Unterlagen des Herstellers",
        "en": "Manufacturer specific code: meaning only by the manufacturer's documents",
    },
    "reserved": {
        "de": "Reservierter Code: von ISO/SAE nicht vergeben",
        "en": "Reserved code: not assigned by ISO/SAE",
    },
    "unreadable": {"de": "Kein gültiger Fehlercode", "en": "Not a valid trouble code"},
}


_RANKS = {reason: rank for rank, reason in enumerate(REASONS)}


class Meaning(NamedTuple):
    """`is_exact` is False for the text of a family, of a manufacturer or of no code at all."""

    text: str
    is_exact: bool


class CodeText(NamedTuple):
    """Everything a page says about one code, in one language.

    `text` includes the failure type. `drive_on` is `drive_on`, `workshop_soon` or `stop`,
    `severity` the same as a number from 1 (can wait) to 3 (do not drive), for sorting; `rank`
    orders codes of one severity by what they put at risk, 0 being the gravest.
    `drive_on_text` and `reason` are for people; `first_checks` stand in the order of work.
    """

    code: str
    text: str
    is_exact: bool
    origin: Origin
    family: str
    family_name: str
    severity: int
    drive_on: drive_on.Step
    drive_on_text: str
    reason: str
    symptoms: str
    first_checks: tuple[str, ...]
    rank: int


def explain(
    code: str,
    language: str = "de",
    *,
    make: str | None = None,
    failure_type: int | None = None,
    mil_flashing: bool = False,
    was_named: bool = False,
) -> CodeText:
    """`P0301` → text, family, whether the car may drive on and why, and what to test first.

    `code` is a SAE code, with or without a failure type byte behind it (`B1248-F3`), or VW's five
    digits. `failure_type` is the third byte of a UDS code; `mil_flashing` says that the engine
    lamp was seen flashing, `was_named` that a tester of the make gave its words. Never raises.
    """
    words = _language(language)
    plain, byte = _split(code)
    meant = meaning(code, words, make=make)
    text = _with_failure(meant.text, byte if failure_type is None else failure_type, words)
    shown = plain or code.strip()
    if plain and origin(plain) == "iso":
        whose: Origin = "iso"
        family, verdict = family_of(plain), drive_on.judge(plain, mil_flashing=mil_flashing)
    else:
        whose, family = "manufacturer", MANUFACTURER_READ if was_named else MANUFACTURER
        known = maker_codes.find(shown, make)
        verdict = drive_on.judge_maker(shown, is_grave=known is not None and known.is_grave)
    return CodeText(
        code=shown,
        text=text,
        is_exact=meant.is_exact,
        origin=whose,
        family=family.key,
        family_name=family.names[words],
        severity=drive_on.STEPS.index(verdict.step) + 1,
        drive_on=verdict.step,
        drive_on_text=drive_on.STEP_TEXTS[verdict.step][words],
        reason=REASONS[verdict.reason][words],
        symptoms=family.symptoms[words],
        first_checks=family.first_checks[words],
        rank=_RANKS[verdict.reason],
    )


def describe(code: str, locale: str = "de") -> str:
    """`P0101` → „Luftmassenmesser A: Signalbereich/Funktion unplausibel“."""
    return meaning(code, locale).text


def meaning(code: str, locale: str = "de", *, make: str | None = None) -> Meaning:
    """The text without failure type; `make` opens the small tables of makers' own codes."""
    words = _language(locale)
    plain, _ = _split(code)
    if known := maker_codes.find(plain or code, make):
        return Meaning(known.texts[words], is_exact=True)
    if plain is None:  # VW's own numbers have no counterpart of the SAE, yet they are codes
        kind = "manufacturer" if _VAG_NUMBER.fullmatch(code.strip()) else "unreadable"
        return Meaning(_OUTSIDE[kind][words], is_exact=False)
    if entry := TABLE.get(plain):
        return Meaning(entry.text(words), is_exact=not entry.is_reserved)
    if origin(plain) == "manufacturer":
        kind = "reserved" if _is_reserved(plain) else "manufacturer"
        return Meaning(_OUTSIDE[kind][words], is_exact=False)
    family = family_of(plain)
    return Meaning(f"{family.names[words]} ({plain})", is_exact=False)


def origin(code: str) -> Origin:
    """Who gives the code its meaning: P0, P2, P34–P39, B0, C0, U0 are ISO/SAE's.

    So are the few of U3 that have a meaning there; the rest of B3, C3 and U3 is reserved.
    """
    plain, _ = _split(code)
    if plain is None:
        return "manufacturer"
    if plain in TABLE:
        return "iso"
    system, digit = plain[0], plain[1]
    if digit == "0" or (system == "P" and digit == "2"):
        return "iso"
    return "iso" if system == "P" and digit == "3" and "4" <= plain[2] <= "9" else "manufacturer"


def from_vag(number: int) -> str | None:
    """VW's five-digit number as a SAE code (17480 → P1072), None outside those blocks."""
    for start, prefix in _VAG_BLOCKS.items():
        if start <= number < start + 1000:
            return f"{prefix}{number - start:03d}"
    return None


def _split(code: str) -> tuple[str | None, int]:
    """Five characters and the failure type byte (0 without one); None if this is no code."""
    tidy = code.strip().upper()
    if found := _CODE.fullmatch(tidy):
        return found[1], int(found[2] or "0", 16)
    if found := _VAG_NUMBER.fullmatch(tidy):
        return from_vag(int(found[1])), 0
    return None, 0


def _is_reserved(code: str) -> bool:
    return code[0] in "BCU" and code[1] == "3"


def _language(locale: str) -> Language:
    return "de" if locale[:2] == "de" else "en"


def _with_failure(text: str, byte: int, language: Language) -> str:
    failure = failure_type_text(byte, language)
    return f"{text} – {failure}" if failure else text
