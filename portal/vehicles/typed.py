"""Reading what people typed: all mistakes of a form at once, each beside its field."""

import re
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from portal.kit.errors import FieldError, Invalid
from portal.kit.text import _

Kind = TypeVar("Kind", bound=StrEnum)

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{1,2})\s?[./-]\s?(\d{4}|\d{2})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WHOLE = re.compile(r"\d{1,3}(?:[. ]?\d{3})*|\d+", re.ASCII)
_CENTURY = 100


class Reading:
    """Collects values and complaints; `end` raises what was wrong."""

    def __init__(self, problem: type[Invalid] = Invalid) -> None:
        self.problem = problem
        self.errors: list[FieldError] = []
        self.suggestions: dict[str, list[str]] = {}

    def refuse(self, field: str, code: str, message: str, *suggestions: str) -> None:
        self.errors.append(FieldError(field, code, message))
        if suggestions:
            self.suggestions[field] = list(suggestions)

    def line(self, field: str, value: str, most: int) -> str:
        """One line without control characters."""
        return self._within(field, " ".join(clean(value).split()), most)

    def text(self, field: str, value: str, most: int = 5000) -> str:
        return self._within(field, clean(value).strip(), most)

    def whole(self, field: str, value: str, most: int) -> int | None:
        """`123.456 km` is 123456; blank is None."""
        typed = self.line(field, value, 40).lower()
        bare = re.sub(r"\s?[a-zµ³²]+\.?$", "", typed)
        if not typed or len(typed) > 40:
            return None
        number = int(re.sub(r"\D", "", bare)) if _WHOLE.fullmatch(bare) else None
        if number is None or number > most:
            self.refuse(field, "NOT_A_NUMBER", _("Please enter a whole number."))
            return None
        return number

    def day(self, field: str, value: str, *, future: bool = False) -> date | None:
        """`14.3.16`, `14.03.2016` or `2016-03-14`; blank is None."""
        typed = self.line(field, value, 40)
        if not typed:
            return None
        found = _as_day(typed)
        if found is None:
            self.refuse(field, "NOT_A_DAY", _("Please enter a day like 14.03.2016."))
        elif not future and found > date.today():  # noqa: DTZ011  # a calendar day, not a moment
            self.refuse(field, "IN_THE_FUTURE", _("This day is in the future."))
        elif found.year < 1885:
            self.refuse(field, "TOO_EARLY", _("There were no motor cars on that day."))
        return found

    def month(self, field: str, value: str) -> str | None:
        """`11/27`, `11.2027` or `2027-11` as `2027-11`; blank is None."""
        typed = self.line(field, value, 40)
        if not typed:
            return None
        found = _as_month(typed)
        if found is None:
            self.refuse(field, "NOT_A_MONTH", _("Please enter month and year like 11/2027."))
        return found

    def one_of(self, field: str, value: str, kinds: type[Kind], default: Kind) -> Kind:
        try:
            return kinds(value) if value else default
        except ValueError:
            self.refuse(field, "UNKNOWN_CHOICE", _("Please choose one of the entries."))
            return default

    def end(self, problem: type[Invalid] | None = None, **extra: Any) -> None:
        """Raise what was collected, if anything was."""
        if self.errors:
            if self.suggestions:
                extra["suggestions"] = self.suggestions
            raise (problem or self.problem)(errors=self.errors, **extra)

    def _within(self, field: str, value: str, most: int) -> str:
        if len(value) > most:
            self.refuse(field, "TOO_LONG", _("At most %(most)s characters fit in here.", most=most))
        return value


def clean(value: str) -> str:
    """Without what no keyboard types: control characters, and marks that turn the reading order."""
    return _CONTROLS.sub("", value.replace("\r\n", "\n"))


def _as_day(typed: str) -> date | None:
    if match := _DAY.fullmatch(typed):
        day, month, year = match.groups()
    elif match := _ISO_DAY.fullmatch(typed):
        year, month, day = match.groups()
    else:
        return None
    try:
        return date(_full_year(year, ahead=0), int(month), int(day))
    except ValueError:
        return None


def _as_month(typed: str) -> str | None:
    if match := _ISO_MONTH.fullmatch(typed):
        year, month = match.groups()
    elif match := _MONTH.fullmatch(typed):
        month, year = match.groups()
    else:
        return None
    whole_year = _full_year(year, ahead=20)
    is_month = 1 <= int(month) <= 12 and 1950 <= whole_year <= 2200
    return f"{whole_year}-{int(month):02}" if is_month else None


def _full_year(year: str, *, ahead: int) -> int:
    """Two digits mean the past hundred years, or with `ahead` some of the next ones."""
    if len(year) == 4:
        return int(year)
    newest = date.today().year + ahead  # noqa: DTZ011  # a calendar day, not a moment
    return newest - (newest - int(year)) % _CENTURY
