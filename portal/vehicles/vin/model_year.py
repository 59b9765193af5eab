"""The model year at position 10: a 30-year cycle that only some makers keep.

Europe knows no duty to write it (ISO 3779 recommends it): what a maker does is in the tables.
Where the year is known to be absent there are no candidates; where nobody could confirm it there
are candidates and no best one. The date of first registration always wins.
"""

import msgspec

from portal.vehicles.vin.makers import Habit

_CODES = "ABCDEFGHJKLMNPRSTVWXY123456789"
_FIRST_CYCLE = 1980
_CYCLE = 30
# Makers sell the coming model year from the summer on.
_AHEAD = 1
_CANDIDATES = {
    code: (_FIRST_CYCLE + number, _FIRST_CYCLE + _CYCLE + number)
    for number, code in enumerate(_CODES)
}

ON_AMERICAN_CARS = frozenset(
    {
        *(Habit.YEAR, Habit.HEAVY, Habit.AMERICA_ONLY, Habit.TYPE_NUMBER),
        Habit.UNSURE_OUTSIDE_AMERICA,
    }
)
EVERYWHERE = frozenset({Habit.YEAR, Habit.YEAR_AT_HOME, Habit.HEAVY})
UNCONFIRMED = frozenset({Habit.UNSURE, Habit.UNSURE_OUTSIDE_AMERICA})


class ModelYear(msgspec.Struct, frozen=True, gc=False):
    """`stated` is None where nobody could confirm that position 10 is the year."""

    stated: bool | None
    candidates: tuple[int, ...] = ()
    best: int | None = None


NOT_STATED = ModelYear(stated=False)


def is_year_code(character: str) -> bool:
    """I, O, Q, U, Z and 0 never stand for a year."""
    return character in _CANDIDATES


def judge(vin: str, habit: Habit, *, american: bool, this_year: int) -> ModelYear:
    """What position 10 says, given the maker's habit and the market the car was built for."""
    candidates = _CANDIDATES.get(vin[9])
    if candidates is None:
        return NOT_STATED
    if american or habit in EVERYWHERE:
        seventh_tells = american and habit is not Habit.HEAVY
        best = _choose(candidates, vin[6] if seventh_tells else None, this_year)
        return ModelYear(stated=True, candidates=candidates, best=best)
    if habit in UNCONFIRMED:
        return ModelYear(stated=None, candidates=candidates)
    return NOT_STATED


def _choose(candidates: tuple[int, int], seventh: str | None, this_year: int) -> int:
    """The later year unless it lies ahead, or a digit at position 7 speaks for the earlier one.

    49 CFR 565.15: on American cars and light trucks a letter at position 7 means 2010 or later.
    """
    earlier, later = candidates
    if later > this_year + _AHEAD or (seventh is not None and seventh.isdigit()):
        return earlier
    return later
