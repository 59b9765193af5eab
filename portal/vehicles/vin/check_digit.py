"""The check digit at position 9 (ISO 3779 annex, 49 CFR 565, GB 16735)."""

from operator import mul

_VALUES = bytes.maketrans(
    b"0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
    bytes([*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)]),
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_DIGITS = "0123456789X"


def compute(vin: str) -> str:
    """`0` to `9` or `X` for a normalised VIN of 17 characters; position 9 itself weighs nothing."""
    return _DIGITS[sum(map(mul, vin.encode().translate(_VALUES), _WEIGHTS)) % 11]


def is_check_digit(character: str) -> bool:
    """Whether the character could be a check digit at all; Europeans fill in Z or a letter."""
    return character in _DIGITS
