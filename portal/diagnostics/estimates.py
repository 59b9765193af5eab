"""Rough estimates: positions with an amount, from the price list or typed. Pure."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from portal.kit import money
from portal.kit.text import _
from portal.vehicles.typed import Reading

MOST_LINES = 40
MOST_PRICE = Decimal(1_000_000)
MOST_QUANTITY = Decimal(1000)
_GERMAN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+(?:,\d{1,2})?")
_PLAIN = re.compile(r"\d+\.\d{1,2}")


class Line(msgspec.Struct, frozen=True):
    """`unit_price` in euro with VAT."""

    title: str
    quantity: Decimal
    unit_price: Decimal
    from_catalogue: bool = False

    @property
    def amount(self) -> Decimal:
        return money.rounded(self.quantity * self.unit_price)


def total(lines: Sequence[Any]) -> Decimal:
    """The sum of the rounded positions, so that the column adds up by hand."""
    return sum((money.rounded(line.quantity * line.unit_price) for line in lines), Decimal(0))


def read_lines(reading: Reading, rows: Sequence[tuple[str, str, str, str]]) -> list[Line]:
    """Positions as typed; what is wrong is noted beside its field (`line_price.2`)."""
    if len(rows) > MOST_LINES:
        told = _("An estimate may have up to %(most)s positions.", most=MOST_LINES)
        reading.refuse("lines", "TOO_MANY_LINES", told)
        return []
    return [_line(reading, number, row) for number, row in enumerate(rows)]


def _line(reading: Reading, number: int, row: tuple[str, str, str, str]) -> Line:
    title = reading.line(f"line_title.{number}", row[0], 200)
    if not title:
        told = _("Please say what this position is.")
        reading.refuse(f"line_title.{number}", "TITLE_MISSING", told)
    price = _amount(row[2])
    if price is None or price > MOST_PRICE:
        told = _("Please enter an amount like 89,90.")
        reading.refuse(f"line_price.{number}", "NOT_AN_AMOUNT", told)
    quantity = _amount(row[1]) if row[1].strip() else Decimal(1)
    if not quantity or quantity > MOST_QUANTITY:
        told = _("Please enter a quantity like 1 or 2,5.")
        reading.refuse(f"line_quantity.{number}", "NOT_A_QUANTITY", told)
    return Line(title, quantity or Decimal(1), price or Decimal(0), row[3] == "catalogue")


def _amount(typed: str) -> Decimal | None:
    """`1.234,56`, `1234,5`, `89.90`, with or without €; None for anything else."""
    bare = typed.replace("€", "").replace("\u00a0", "").replace(" ", "")
    if not bare.isascii() or len(bare) > 20:
        return None
    if _GERMAN.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    return Decimal(bare) if _PLAIN.fullmatch(bare) else None
