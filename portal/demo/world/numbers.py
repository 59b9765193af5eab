"""Identification numbers for invented cars: right in shape, with the maker's own habits."""

import random
from datetime import date

from portal.vehicles.vin.check_digit import compute

YEAR_CODES = "ABCDEFGHJKLMNPRSTVWXY123456789"
"""Model years from 1980 and again from 2010; I, O, Q, U, Z and 0 are not used."""


def vin_of(pattern: str, registered: date, chance: random.Random) -> str:
    """`pattern` as in `rows.Model`; the model year is the one that registration suggests."""
    year = registered.year + (registered.month >= 9)
    filled = "".join(
        {".": YEAR_CODES[(year - 1980) % 30], "#": str(chance.randrange(10))}.get(mark, mark)
        for mark in pattern
    )
    return filled.replace("*", compute(filled.replace("*", "0"))) if "*" in filled else filled
