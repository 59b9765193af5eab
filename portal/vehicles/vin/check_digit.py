"""The check digit at position 9 (ISO 3779 annex, 49 CFR 565, GB 16735), and the German one.

A German registration certificate prints a digit of its own in field 3, behind the VIN in field E:
the same values with other weights, over all 17 places (published by the KBA for type approvals).
It exists whatever the maker writes at position 9, so it finds every single mistyped character.
"""

from operator import mul

_VALUES = bytes.maketrans(
    b"0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
    bytes([*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)]),
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_GERMAN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, 10, 9, 8, 7, 6, 5, 4, 3, 2)
_DIGITS = "0123456789X"


def compute(vin: str) -> str:
    """`0` to `9` or `X` for a normalised VIN of 17 characters; position 9 itself weighs nothing."""
    return _DIGITS[sum(map(mul, vin.encode().translate(_VALUES), _WEIGHTS)) % 11]


def compute_for_certificate(vin: str) -> str:
    """`0` to `9` or `X`: what field 3 of the registration certificate shows for this VIN."""
    return _DIGITS[sum(map(mul, vin.encode().translate(_VALUES), _GERMAN_WEIGHTS)) % 11]


def is_check_digit(character: str) -> bool:
    """Whether the character could be a check digit at all; Europeans fill in Z or a letter."""
    return len(character) == 1 and character in _DIGITS
