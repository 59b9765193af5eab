"""German number plates (FZV, annexes 1-4): read, compare, show, find.

A plate is a district of one to three letters, one or two letters, one to four digits and perhaps
E (electric) or H (historic): eight characters at most. BS-L 12 and B-SL 12 are two cars, so the
key keeps the hyphen, and what was typed without one comes back as candidates, never as a guess.
The months of a seasonal plate are shown but do not belong to its identity.

Out of scope: diplomatic plates (0-17-1), the part of an interchangeable plate (W) that stays on
the car, and foreign plates; they have no key, but `search_keys` finds them all the same.
"""

import re
import unicodedata
from enum import StrEnum

import msgspec

from portal.vehicles.plate_districts import DISTRICTS, SPELT_OUT, WITHOUT_DOTS

_LONGEST_INPUT = 40
_MOST_CHARACTERS = 8
_MOST_DISTRICT_LETTERS = 3
_MOST_TYPED_LETTERS = 4  # FLOE for FLÖ

_SEPARATORS = re.compile(r"[^A-ZÄÖÜ0-9]+")
_INPUT = re.compile(
    r"(?P<letters>[A-ZÄÖÜ]+(?: [A-ZÄÖÜ]+){0,3})(?P<gap>[ -]?)(?P<rest>[0-9][A-Z0-9 -]*)"
)
_NUMBER = re.compile(
    r"(?P<number>[1-9][0-9]{0,3})(?P<suffix>[EH]?)(?:(?P<first>[0-9]{2})(?P<last>[0-9]{2}))?"
)
_NUMBER_ALONE = re.compile(r"[0-9]{1,6}")
_LETTERS = re.compile(r"[A-Z]{1,2}")
_ZERO_AMONG_LETTERS = re.compile(r"^([^0-9]*)0(?=[A-ZÄÖÜ])")
_BARE = str.maketrans("ÄÖÜ", "AOU")
_AS_DIGITS = str.maketrans("OI", "01")


class Kind(StrEnum):
    """What a plate is for, as far as its characters tell."""

    REGULAR = "regular"
    AUTHORITY = "authority"
    SHORT_TERM = "short_term"
    TEST = "test"
    DEALER = "dealer"
    CLASSIC_DEALER = "classic_dealer"


_KINDS = {
    "03": Kind.SHORT_TERM,
    "04": Kind.SHORT_TERM,
    "05": Kind.TEST,
    "06": Kind.DEALER,
    "07": Kind.CLASSIC_DEALER,
}


class Plate(msgspec.Struct, frozen=True):
    """One reading of a plate; `months` are the first and last month of a season (1-12)."""

    district: str
    letters: str
    number: str
    suffix: str = ""
    months: tuple[int, int] | None = None
    kind: Kind = Kind.REGULAR

    @property
    def key(self) -> str:
        """`HH-AB12E`: equal for equal plates, different for BS-L 12 and B-SL 12."""
        return f"{self.district}-{self.letters}{self.number}{self.suffix}"

    @property
    def search_key(self) -> str:
        """`TUAB12` of TÜ-AB 12: one way to write what many people type differently."""
        return self.key.replace("-", "").translate(_BARE)

    @property
    def text(self) -> str:
        """`HH-AB 12E`, with a season `HH-AB 12 04/10`, without letters `B-1234`."""
        start = f"{self.district}-{self.letters} " if self.letters else f"{self.district}-"
        season = " {:02}/{:02}".format(*self.months) if self.months else ""
        return f"{start}{self.number}{self.suffix}{season}"

    @property
    def is_electric(self) -> bool:
        return self.suffix == "E"

    @property
    def is_historic(self) -> bool:
        return self.suffix == "H"

    def is_in_season(self, month: int) -> bool:
        """Whether the car may be on the road in this month (1-12); seasons may span New Year."""
        if self.months is None:
            return True
        first, last = self.months
        return (month - first) % 12 <= (last - first) % 12


def candidates(text: str) -> tuple[Plate, ...]:
    """Every plate the text may mean, the likeliest first; nothing for what is no German plate."""
    cleaned = _clean(text)
    match = _INPUT.fullmatch(cleaned.replace("-", " ")) if cleaned else None
    if match is None:
        return ()
    rest = match["rest"].replace(" ", "").translate(_AS_DIGITS)
    groups = match["letters"].split(" ")
    is_set_apart = cleaned[match.end("letters")] == "-"
    found = dict.fromkeys(
        plate
        for district, letters in _splits(groups, is_set_apart=is_set_apart)
        for plate in _plates(district, letters, rest)
    )
    return tuple(sorted(found, key=lambda plate: plate.district not in DISTRICTS))


def plate_key(text: str) -> str | None:
    """The key of the one plate the text means; None when it means none or several."""
    keys = {plate.key for plate in candidates(text)}
    return keys.pop() if len(keys) == 1 else None


def plate_text(text: str) -> str:
    """The plate as it is written on the car; what is not clearly one stays, in capitals."""
    found = candidates(text)
    return found[0].text if len(found) == 1 else " ".join(text.upper().split())


def search_keys(text: str) -> tuple[str, ...]:
    """Beginnings to look for among stored `search_key`s; also for half a plate or a foreign one.

    Blanks, hyphens, capitals, O for 0, dots on umlauts and a forgotten E or H do not matter.
    """
    keys = [plate.search_key for plate in candidates(text)]
    keys += [key[:-1] for key in keys if key[-1] in "EH"]
    plain = _SEPARATORS.sub("", _clean(text)).translate(_BARE)
    if not keys and plain:
        keys.append(plain)
    for spelt, district in SPELT_OUT.items():
        if plain.startswith(spelt):
            keys.append(district.translate(_BARE) + plain.removeprefix(spelt))
    return tuple(dict.fromkeys(keys))


def _clean(text: str) -> str:
    """Capitals, one separator between groups: a hyphen where one was typed, else a blank."""
    if len(text) > _LONGEST_INPUT:
        return ""
    capitals = unicodedata.normalize("NFC", text).upper()
    apart = _SEPARATORS.sub(_separator, capitals).strip(" -")
    return _ZERO_AMONG_LETTERS.sub(r"\1O", apart)


def _separator(match: re.Match[str]) -> str:
    return " " if match[0].isspace() else "-"


def _splits(groups: list[str], *, is_set_apart: bool) -> list[tuple[str, str]]:
    """District and letters, as grouped by the writer or in every way that the rules allow."""
    if len(groups) == 3 and groups[0] == "D":
        groups = groups[1:]  # the blue strip was copied too
    if len(groups) == 2 and _fits(*groups):
        return [(groups[0], groups[1])]
    joined = "".join(groups)
    if is_set_apart and joined in DISTRICTS:
        return [(joined, "")]
    ways = [(joined[:place], joined[place:]) for place in range(1, _MOST_TYPED_LETTERS + 1)]
    splits = [way for way in ways if _fits(*way)]
    if _is_known(joined):
        splits.append((joined, ""))
    # Who set groups did not mean others, unless those name a real district.
    return splits if len(groups) == 1 else [way for way in splits if _is_known(way[0])]


def _is_known(typed: str) -> bool:
    return typed in DISTRICTS or typed in SPELT_OUT or typed in WITHOUT_DOTS


def _fits(district: str, letters: str) -> bool:
    is_district = len(district) <= _MOST_DISTRICT_LETTERS or district in SPELT_OUT
    return is_district and _LETTERS.fullmatch(letters) is not None


def _plates(district: str, letters: str, rest: str) -> list[Plate]:
    plates = [
        plate
        for name in _districts(district)
        if (plate := _regular(name, letters, rest) if letters else _special(name, rest))
    ]
    return [plate for plate in plates if len(plate.key) <= _MOST_CHARACTERS + 1]


def _districts(typed: str) -> list[str]:
    """The district as typed, and the one with an umlaut that was perhaps meant."""
    if typed in DISTRICTS:
        return [typed]
    meant = SPELT_OUT.get(typed) or WITHOUT_DOTS.get(typed)
    names = [meant] if meant else []
    return [*names, typed] if len(typed) <= _MOST_DISTRICT_LETTERS else names


def _regular(district: str, letters: str, rest: str) -> Plate | None:
    match = _NUMBER.fullmatch(rest)
    if match is None:
        return None
    months = (int(match["first"]), int(match["last"])) if match["first"] else None
    if months and not _is_season(*months):
        return None
    return Plate(district, letters, match["number"], match["suffix"], months)


def _is_season(first: int, last: int) -> bool:
    """Two to eleven months (FZV: Saisonkennzeichen)."""
    return 1 <= first <= 12 and 1 <= last <= 12 and 2 <= (last - first) % 12 + 1 <= 11


def _special(district: str, rest: str) -> Plate | None:
    """Plates without letters: authorities, and the ones that move from car to car."""
    if not _NUMBER_ALONE.fullmatch(rest):
        return None
    kind = _KINDS.get(rest[:2]) if rest[0] == "0" else Kind.AUTHORITY
    return Plate(district, "", rest, kind=kind) if kind else None
