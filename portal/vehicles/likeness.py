"""Whether two words may be meant to be the same: a slip of the keyboard, or the same sound."""

import re

_SOUNDS = (
    ("sch", "s"), ("tsch", "s"), ("tz", "z"), ("dt", "t"), ("th", "t"), ("ph", "f"), ("pf", "f"),
    ("ck", "k"), ("ch", "k"), ("qu", "kw"), ("ey", "ei"), ("ai", "ei"), ("ay", "ei"), ("c", "k"),
    ("y", "i"), ("v", "f"), ("w", "f"), ("d", "t"), ("b", "p"), ("g", "k"),
)  # fmt: skip
_SILENT_H = re.compile(r"(?<=[aeiou])h")
_DOUBLED = re.compile(r"(.)\1+")


def is_like(typed: str, known: str) -> bool:
    """`typed` may be the beginning of `known`; both are name keys of one word."""
    slips = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
    beginning = known[: len(typed) + 1]
    return (
        distance(typed, known, slips) <= slips
        or (len(typed) >= 4 and sound(typed) == sound(known))
        or (len(typed) >= 5 and distance(typed, beginning[: len(typed)], slips) <= slips)
    )


def sound(word: str) -> str:
    """Meyer, Maier and Meier sound the same; so do Schmidt, Schmitt and Schmid."""
    heard = word
    for spelt, said in _SOUNDS:
        heard = heard.replace(spelt, said)
    heard = _SILENT_H.sub("", heard)
    if heard.endswith(("eir", "aur")):
        heard = f"{heard[:-1]}er"
    return _DOUBLED.sub(r"\1", heard)


def distance(one: str, other: str, most: int) -> int:
    """Insertions, deletions, replacements and swaps of neighbours; `most + 1` when more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        above, row, previous = row, [i], before
        before = above
        for j, against in enumerate(other, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
