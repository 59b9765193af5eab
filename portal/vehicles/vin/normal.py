"""From what people type, scan and read out of control units to 17 clean characters."""

import re
from itertools import product

import msgspec

LENGTH = 17

_SHAPE = re.compile(r"[A-HJ-NPR-Z0-9]{17}", re.ASCII)
_LETTERS_OR_DIGITS = re.compile(r"[A-Z0-9]{17}", re.ASCII)
# Blanks of every kind, NUL and other control bytes, and the invisible marks that copies carry.
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2060\ufeff]+")
# Stamped numbers stand between stars, and long numbers are grouped with dashes or dots.
_FRAME = re.compile(r"[*\-.‐-―]+")
_READ_AS_DIGITS = str.maketrans("OI", "01")
_MOST_SUGGESTIONS = 8


class Normalized(msgspec.Struct, frozen=True, gc=False):
    """A clean VIN or the reason why there is none.

    `reason` is `empty`, `length_N` or `illegal_character`. `suggestions` are VINs to show, never
    to take over silently; `corrected` says that O or I was read as 0 or 1 and needs a hint.
    """

    vin: str | None
    reason: str | None = None
    suggestions: tuple[str, ...] = ()
    corrected: bool = False


def valid_shape(vin: str) -> bool:
    """Whether this is a normalised VIN: 17 capital letters and digits without I, O and Q."""
    return _SHAPE.fullmatch(vin) is not None


def normalize(text: str) -> Normalized:
    """Upper case, no blanks, NUL bytes, stars or grouping marks; O and I become digits.

    A Q may be a 0 or a 9, so it is never replaced: both readings come back as suggestions.
    """
    cleaned = text if valid_shape(text) else _clean(text)
    if valid_shape(cleaned):
        return Normalized(cleaned)
    reason = _objection(cleaned)
    if reason is not None:
        return Normalized(None, reason)
    read = cleaned.translate(_READ_AS_DIGITS)
    if "Q" in read:
        return Normalized(None, "illegal_character", _readings_of_q(read))
    return Normalized(read, suggestions=(read,), corrected=True)


def _objection(cleaned: str) -> str | None:
    if not cleaned:
        return "empty"
    if len(cleaned) != LENGTH:
        return f"length_{len(cleaned)}"
    return None if _LETTERS_OR_DIGITS.fullmatch(cleaned) else "illegal_character"


def _clean(text: str) -> str:
    seen = _UNSEEN.sub("", text)
    # Only ASCII changes case: "ß" would become two letters and "ı" a valid I.
    upper = "".join(c.upper() if c.isascii() else c for c in seen)
    unframed = _FRAME.sub("", upper)
    return unframed if not unframed or len(unframed) == LENGTH else upper.strip("*")


def _readings_of_q(text: str) -> tuple[str, ...]:
    parts = text.split("Q")
    if 2 ** (len(parts) - 1) > _MOST_SUGGESTIONS:
        return ()
    fillings = product("09", repeat=len(parts) - 1)
    return tuple(
        parts[0] + "".join(digit + part for digit, part in zip(filling, parts[1:], strict=True))
        for filling in fillings
    )
