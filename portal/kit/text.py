"""Texts people read: English in the source, German by default.

`locales/<language>/LC_MESSAGES/portal.po` is read at start-up, so there is nothing to compile.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from io import BytesIO
from math import isfinite
from pathlib import Path

from babel import Locale, negotiate_locale
from babel.dates import format_date, format_datetime, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_scientific
from babel.support import NullTranslations, Translations

from portal.kit import clock

LOCALES = Path(__file__).parents[2] / "locales"
DEFAULT = "de"
LANGUAGES = ("de", "en")
GUESTS = ("tr", "pl", "uk", "ar", "ru")
"""Languages of car owners: the sentences around a chat are said in them, the rest in English."""
LONGEST_NUMBER = 1e15

locale: ContextVar[str] = ContextVar("locale", default=DEFAULT)


def _(message: str, **values: object) -> str:
    """The message in the language of the moment, `%(name)s` filled in."""
    translated = catalogue(locale.get()).ugettext(message)
    return translated % values if values else translated


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    translated = catalogue(locale.get()).ungettext(one, many, count)
    return translated % {"num": count, **values}


@cache
def catalogue(language: str) -> NullTranslations:
    domain = "guests" if language in GUESTS else "portal"
    path = LOCALES / language / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled, domain=domain)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything inside is said in this language."""
    token = locale.set(language if language in (*LANGUAGES, *GUESTS) else DEFAULT)
    try:
        yield
    finally:
        locale.reset(token)


@lru_cache(256)
def preferred(accept_language: str | None, offered: tuple[str, ...] = LANGUAGES) -> str:
    """The best language offered for an Accept-Language header; German when there is none."""
    wanted = [part.split(";")[0].strip() for part in (accept_language or "").split(",")]
    return negotiate_locale([w.replace("-", "_") for w in wanted if w], offered) or DEFAULT


def euro(amount: Decimal) -> str:
    """1.234,56 €"""
    return format_currency(amount, "EUR", locale=locale.get())


def amount(value: object) -> str:
    """As `euro` where it is an amount; whatever else a card may hold stays as it is."""
    try:
        found = Decimal(str(value))
    except ArithmeticError:
        return str(value)
    return euro(found) if found.is_finite() else str(value)


def number(value: float | Decimal | None, digits: int = 0) -> str:
    """1.234,5; what is no number is a dash, and one too long to read has an exponent."""
    if value is None or not isfinite(value):
        return "–"
    if abs(float(value)) >= LONGEST_NUMBER:
        return format_scientific(value, format="0.###E0", locale=locale.get())
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=locale.get())


def percent(share: float | None, digits: int = 0) -> str:
    """68 %; a dash where there is no whole."""
    return "–" if share is None else f"{number(share * 100, digits)} %"


def day(value: date | datetime, style: str = "medium") -> str:
    """21.11.2026; `long` and `full` as Babel has them."""
    shown = clock.local(value) if isinstance(value, datetime) else value
    return format_date(shown, "dd.MM.yyyy" if _is_german(style) else style, locale=locale.get())


def time(value: datetime) -> str:
    """07:30 on a 24-hour clock."""
    return format_time(clock.local(value), "HH:mm", locale=locale.get())


def moment(value: datetime) -> str:
    """Today as a time, otherwise date and time."""
    if clock.local(value).date() == clock.local(clock.now()).date():
        return time(value)
    return stamp(value)


def stamp(value: datetime) -> str:
    """Date and time, also today: for sentences („vom 28.11.2026, 17:07“)."""
    shown = clock.local(value)
    pattern = "dd.MM.yyyy, HH:mm" if locale.get() == "de" else "d MMM y, HH:mm"
    return format_datetime(shown, pattern, locale=locale.get())


def language_name(code: str) -> str:
    return Locale.parse(code).get_display_name(locale.get()) or code


def _is_german(style: str) -> bool:
    return style == "medium" and locale.get() == "de"
