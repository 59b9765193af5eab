"""Figures as a table: below a chart, and as a file for a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from portal.kit import money, text

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""A spreadsheet calculates with a text that begins so, whoever has written it."""


class Share(float):
    """A part of one, shown in percent."""


Cell = str | int | Share | Decimal | date | None


class Sheet(msgspec.Struct, frozen=True):
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


Table = tuple[Sequence[str], Sequence[tuple[Cell, ...]]]


def as_csv(sheet: Sheet) -> str:
    """Semicolons, decimal commas and a byte order mark: what German spreadsheets open."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([_safe(column) for column in sheet.columns])
    writer.writerows([_in_file(cell) for cell in row] for row in sheet.rows)
    return f"\ufeff{written.getvalue()}"


def shown(cell: Cell) -> str:
    """A cell as people read it."""
    if cell is None:
        return "–"
    if isinstance(cell, Share):
        return text.percent(cell, 1)
    if isinstance(cell, Decimal):
        return text.euro(cell)
    if isinstance(cell, date):
        return text.day(cell)
    return text.number(cell) if isinstance(cell, int) else cell


def is_number(cell: Cell) -> bool:
    return cell is None or isinstance(cell, int | float | Decimal)


def _in_file(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Share):
        return f"{cell * 100:.1f}".replace(".", ",")
    if isinstance(cell, Decimal):
        return money.as_json(cell).replace(".", ",")
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return str(cell) if isinstance(cell, int) else _safe(cell)


def _safe(cell: str) -> str:
    """A leading apostrophe makes a formula a text again."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(FORMULA_STARTS) else cell


def share(value: float | None) -> Share | None:
    return None if value is None else Share(value)
