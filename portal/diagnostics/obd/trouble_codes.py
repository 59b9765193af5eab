"""Texts of trouble codes: component × failure for what ISO 15031-6 controls, nothing invented.

A code that the table does not hold gets the text of its family and says so; a manufacturer's code
never gets a generic meaning.
"""

import re
from types import ModuleType
from typing import Literal, NamedTuple

from portal.diagnostics.obd import texts_de, texts_en
from portal.diagnostics.obd.trouble_code_table import TABLE

Origin = Literal["iso", "manufacturer"]
_CODE = re.compile(r"^([PCBU][0-3][0-9A-F]{3})(?:[- ]?[0-9A-F]{2})?$")
_TEXTS: dict[str, ModuleType] = {"de": texts_de, "en": texts_en}
# VW's five digits: each block of the SAE's thousand stands 1024 apart.
_VAG_BLOCKS = {16384: "P0", 17408: "P1", 18432: "P2", 19456: "P3"}


class Meaning(NamedTuple):
    """`is_exact` is False for the text of a family, of a manufacturer or of no code at all."""

    text: str
    is_exact: bool


def describe(code: str, locale: str = "de") -> str:
    """`P0101` → „Luftmassenmesser: Signalbereich/Funktion unplausibel“."""
    return meaning(code, locale).text


def meaning(code: str, locale: str = "de") -> Meaning:
    texts = _TEXTS.get(locale[:2], texts_en)
    plain = _plain(code)
    if plain is None:
        return Meaning(texts.UNREADABLE, is_exact=False)
    if origin(plain) == "manufacturer":
        return Meaning(texts.MANUFACTURER, is_exact=False)
    if entry := TABLE.get(plain):
        component = texts.COMPONENTS[entry.component].format(*entry.place)
        return Meaning(f"{component}: {texts.FAILURES[entry.failure]}", is_exact=True)
    return Meaning(_family(plain, texts), is_exact=False)


def origin(code: str) -> Origin:
    """Who gives the code its meaning: P0, P2, P34–P39, B0, C0, U0 are ISO/SAE's."""
    plain = _plain(code)
    if plain is None:
        return "manufacturer"
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


def _plain(code: str) -> str | None:
    """Five characters, any failure type byte cut off; None if this is no code."""
    found = _CODE.match(code.strip().upper())
    return found[1] if found else None


def _family(code: str, texts: ModuleType) -> str:
    prefix = next(code[:size] for size in (3, 2) if code[:size] in texts.FAMILIES)
    return f"{texts.FAMILIES[prefix]} ({prefix}{'x' * (5 - len(prefix))})"
