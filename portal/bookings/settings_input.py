"""Reading the forms of the settings: all mistakes at once, each beside its field.

Forms come as one flat mapping of what was typed, so that a form that is refused can be shown again
exactly as it was.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Annotated

from litestar.enums import RequestEncodingType
from litestar.params import Body

from portal.kit.text import _
from portal.vehicles.typed import Reading

Typed = Mapping[str, str]
TypedBody = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
"""How a handler names a form: `data: TypedBody`."""

_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2})|(\d{2}))?(?:\s?Uhr)?(?::\d{2})?", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
_MONEY = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?")
_PLAIN = re.compile(r"(\d+)(?:[.,](\d{1,2}))?")
FIRST_YEAR, LAST_YEAR = 2000, 2100


class Answers(Reading):
    """The answers to one form; `end` raises `Invalid` with what was wrong."""

    def __init__(self, typed: Typed) -> None:
        super().__init__()
        self.typed = typed

    def words(self, name: str, most: int, *, missing: str = "") -> str:
        """One line; with `missing` it may not be empty."""
        found = self.line(name, self.typed.get(name, ""), most)
        if missing and not found:
            self.refuse(name, "MISSING", missing)
        return found

    def paragraphs(self, name: str, most: int = 5000) -> str:
        return self.text(name, self.typed.get(name, ""), most)

    def ticked(self, name: str) -> bool:
        return bool(self.typed.get(name))

    def choice(self, name: str, known: Collection[str], default: str = "") -> str:
        value = self.typed.get(name, "") or default
        if value not in known:
            self.refuse(name, "UNKNOWN_CHOICE", _("Please choose one of the entries."))
            return default
        return value

    def number(self, name: str, low: int, high: int, *, default: int | None = None) -> int | None:
        """A whole number within these bounds; blank is the default."""
        value = self.typed.get(name, "")
        if not value.strip():
            return default
        told = len(self.errors)
        found = self.whole(name, value, high)
        if found is None or found < low:
            del self.errors[told:]
            message = _("Please enter a whole number from %(low)s to %(high)s.", low=low, high=high)
            self.refuse(name, "OUT_OF_RANGE", message)
            return default
        return found

    def amount(self, name: str, most: Decimal) -> Decimal | None:
        """`1.234,50 €` or `1234.5`; blank is None."""
        typed = self.words(name, 40).replace("€", "").replace("EUR", "").strip()
        if not typed:
            return None
        match = _MONEY.fullmatch(typed) or _PLAIN.fullmatch(typed)
        found = None
        if match:
            found = Decimal(f"{match[1].replace('.', '')}.{match[2] or '0'}")
        if found is None or found > most:
            self.refuse(name, "NOT_AN_AMOUNT", _("Please enter an amount like 89,90."))
            return None
        return found

    def calendar_day(self, name: str, *, missing: str = "") -> date | None:
        """`2027-03-14`, `14.3.2027` or `14.3.27`; blank is None."""
        typed = self.words(name, 20, missing=missing)
        if not typed:
            return None
        found = _as_day(typed)
        if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
            self.refuse(name, "NOT_A_DAY", _("Please enter a day like 14.03.2027."))
            return None
        return found

    def clock(self, name: str) -> time | None:
        """`7:30`, `07.30`, `0730` or `7`; blank is None, 24:00 is the last minute."""
        typed = self.words(name, 20)
        if not typed:
            return None
        match = _CLOCK.fullmatch(typed)
        hour, minute = (int(match[1]), int(match[2] or match[3] or 0)) if match else (99, 0)
        if (hour, minute) == (24, 0):
            return time(23, 59)
        if hour > 23 or minute > 59:
            self.refuse(name, "NOT_A_TIME", _("Please enter a time like 07:30."))
            return None
        return time(hour, minute)


def _as_day(typed: str) -> date | None:
    try:
        if match := _DAY.fullmatch(typed):
            year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
            return date(year, int(match[2]), int(match[1]))
        return date.fromisoformat(typed)
    except ValueError:
        return None
