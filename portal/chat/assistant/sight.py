"""Seeing through disguises: one plain spelling of a text, with the way back to each letter.

A model, or somebody who talks it into something, may write „ge**bucht**“, put invisible letters
between visible ones, or use Cyrillic letters that look Latin. Checks read this spelling instead.
"""

import unicodedata
from functools import lru_cache

_LOOK_ALIKES = str.maketrans("аеорсухіјѕԁһӏ", "aeopcyxijsdhl")
_DECORATION = frozenset("*_~`")
_INVISIBLE = frozenset({"Cf", "Mn", "Me", "Cc"})


def unveiled(text: str) -> str:
    """The text as it may be shown: no invisible letters, no exotic forms of plain ones."""
    if text.isascii():
        return text
    shown = unicodedata.normalize("NFKC", text)
    return "".join(
        letter
        for letter in shown
        if letter in "\n\t" or unicodedata.category(letter) not in {"Cf", "Cc"}
    )


def seen(text: str) -> tuple[str, list[int]]:
    """Lower case, no accents, no decoration, single blanks; and where each letter comes from.

    Begins with a blank of its own, so that a word at the start has one before it, too.
    """
    letters, origins = [" "], [0]
    for place, letter in enumerate(text):
        for plain in _plain(letter):
            if plain == " " and letters[-1] == " ":
                continue
            letters.append(plain)
            origins.append(place)
    return "".join(letters), origins


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    if letter in _DECORATION:
        return ""
    if letter.isspace():
        return " "
    if letter == "ß":
        return "ss"
    spelled = unicodedata.normalize("NFKD", letter.lower()).translate(_LOOK_ALIKES)
    return "".join(part for part in spelled if unicodedata.category(part) not in _INVISIBLE)
