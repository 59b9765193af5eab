"""Keys under which people find a name or a number that somebody else typed.

Stored beside the original and compared with `=` or as a prefix range, so that both sides of a
search go through the same function.
"""

import re
import unicodedata

import phonenumbers

HOME = "DE"

_LETTERS_WITHOUT_ACCENT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
# "ue" after a, e or q is no umlaut: Bauer, Feuer, Quelle. The others may all be one.
_SPELT_OUT = re.compile(r"([ao])e|(?<![aeq])(u)e")
_APOSTROPHES = re.compile("['’`´]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def name_key(name: str) -> str:
    """`müller`, `Mueller` and `MULLER` are all `muller`; one blank between words.

    Other alphabets keep their letters, in lower case and without accents.
    """
    lowered = _APOSTROPHES.sub("", name).lower().translate(_LETTERS_WITHOUT_ACCENT)
    apart = unicodedata.normalize("NFKD", lowered)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _BETWEEN_WORDS.sub(" ", _SPELT_OUT.sub(r"\1\2", bare)).strip()


def name_words(name: str) -> tuple[str, ...]:
    """The words of the key, sorted: `Müller, Hans` and `Hans Müller` give the same."""
    return tuple(sorted(name_key(name).split()))


def phone_key(number: str, region: str = HOME) -> str | None:
    """E.164 (`+4940123456`) of a number dialled from the region; None when it cannot be one."""
    parsed = _parse(number, region)
    if parsed is None:
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def phone_text(number: str, region: str = HOME) -> str:
    """The number as people of the region write it; what is no number stays as it was typed."""
    parsed = _parse(number, region)
    if parsed is None:
        return number.strip()
    home = parsed.country_code == phonenumbers.country_code_for_region(region)
    formats = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, formats.NATIONAL if home else formats.INTERNATIONAL)


def _parse(number: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_possible_number(parsed) else None
