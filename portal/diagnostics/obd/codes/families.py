"""Families of codes: what they share, what the driver notices and what to test first.

First checks run from cheap to dear, as a mechanic works. Written by hand, general knowledge of the
trade; the maker's test plan comes after them.
"""

from typing import NamedTuple

from portal.diagnostics.obd.codes import (
    families_body,
    families_chassis,
    families_engine,
    families_exhaust,
)
from portal.diagnostics.obd.codes.spans import SpanTable


class Family(NamedTuple):
    """Texts by language, `de` and `en`. `first_checks` are in the order of work."""

    key: str
    spans: str
    names: dict[str, str]
    symptoms: dict[str, str]
    first_checks: dict[str, tuple[str, ...]]


def _read(text: str) -> list[Family]:
    """Blocks of `key spans`, `de name / symptoms / check / check`, `en …`; indented lines go on."""
    found = []
    for block in text.strip().split("\n\n"):
        head, *lines = block.replace("\n  ", " ").split("\n")
        key, _, spans = head.partition(" ")
        told = {line[:2]: line[3:].split(" / ") for line in lines}
        found.append(
            Family(
                key,
                spans,
                {language: parts[0] for language, parts in told.items()},
                {language: parts[1] for language, parts in told.items()},
                {language: tuple(parts[2:]) for language, parts in told.items()},
            )
        )
    return found


FAMILIES: tuple[Family, ...] = tuple(
    family
    for area in (families_engine, families_exhaust, families_chassis, families_body)
    for family in _read(area.FAMILIES)
)
_BY_KEY = {family.key: family for family in FAMILIES}
MANUFACTURER = _BY_KEY["manufacturer"]
MANUFACTURER_READ = _BY_KEY["manufacturer_read"]
"""Of a code that a tester of the make has read already, which named the part in its own words."""
_TABLE = SpanTable((family.spans, family) for family in FAMILIES)


def family_of(code: str) -> Family:
    """The family of an ISO/SAE code of five characters; every such code has one."""
    found = _TABLE.find(code)
    assert found is not None, code  # noqa: S101
    return found
