"""One row of the maker tables."""

from enum import Enum, auto

import msgspec


class Habit(Enum):
    """What a maker writes at position 10, and whether it sells in North America."""

    YEAR = auto()
    """The model year everywhere; sold in America too."""
    YEAR_AT_HOME = auto()
    """The model year; not sold in America, so a fitting check digit is chance."""
    HEAVY = auto()
    """The model year of a lorry, bus or motorcycle: position 7 does not tell the cycle."""
    AMERICA_ONLY = auto()
    """The model year on American cars only, filler or plant elsewhere."""
    TYPE_NUMBER = auto()
    """Mercedes: positions 4-6 are the type number, 10 the steering; letters at 4 mean America."""
    NEVER = auto()
    """Something else, always."""
    UNSURE = auto()
    """Nobody could confirm it."""
    UNSURE_OUTSIDE_AMERICA = auto()
    """The model year on American cars, unconfirmed elsewhere."""


class Maker(msgspec.Struct, frozen=True, gc=False):
    """Who owns a WMI; `country` is the owner's (ISO 3166-1 alpha-2), not the plant's."""

    brand: str
    manufacturer: str
    country: str
    habit: Habit = Habit.UNSURE


Rows = tuple[tuple[str, Maker], ...]
"""Blank-separated WMIs and the maker they stand for."""
