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
    sight = Sight()
    sight.add(text)
    return sight.plain, sight.origins


class Sight:
    """`seen`, for a text that grows: `origins[i]` is the place in the text of `plain[i]`."""

    def __init__(self) -> None:
        self.plain = " "
        self.origins = [0]
        self._length = 0

    def add(self, text: str) -> None:
        letters: list[str] = []
        last = self.plain[-1]
        for place, letter in enumerate(text, self._length):
            for plain in _plain(letter):
                if plain == " " and last == " ":
                    continue
                letters.append(plain)
                self.origins.append(place)
                last = plain
        self.plain += "".join(letters)
        self._length += len(text)


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
