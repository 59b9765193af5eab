"""Delimited tables of any make: header by content, repeated headers, broken rows set aside."""

import csv
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from portal.diagnostics.obd.encodings import repair
from portal.diagnostics.obd.lines import (
    Ints,
    Lines,
    begins_with,
    count_delimiters,
    join_lines,
    unbalanced_quotes,
)
from portal.diagnostics.obd.not_a_recording import NotARecording
from portal.diagnostics.obd.recording import QuarantinedRow

MAX_COLUMNS = 512
MAX_LINE = 65536
MAX_CELLS = 40_000_000
MAX_ROWS = 1_500_000
"""Three times what fits into the largest upload; each row that is set aside costs 400 bytes."""
HEAD_LINES = 50
_LARGEST = 1e30
"""No car measures more; sums of larger numbers have no place in JSON."""
DELIMITERS = (";", ",", "\t", "|")
LINE = "\0line"
_MISSING = ["", "-", "--", "---", "∞", "-∞", "nan", "n/a", "null", "no data", "nodata", "?", "—"]

Headings = list[str]


class Header(NamedTuple):
    """Where the header stands (from 0), how it is cut, and its cells, mojibake repaired."""

    line: int
    delimiter: str
    cells: Headings


class Table(NamedTuple):
    """Text cells by column, in file order; column LINE holds line numbers from 1.

    `rows` counts every line below the header that is not a header itself.
    """

    cells: pl.DataFrame
    rows: int
    quarantined: list[QuarantinedRow]


def find_header(lines: Lines, is_header: Callable[[Headings], bool]) -> Header | None:
    """The first of the first 50 lines that a format knows, whatever the delimiter."""
    for at in range(min(HEAD_LINES, len(lines.starts))):
        if lines.ends[at] - lines.starts[at] > MAX_LINE:
            continue
        line = lines.text(at)
        for delimiter in DELIMITERS:
            if delimiter in line and is_header(cells := cut(line, delimiter)):
                if len(cells) > MAX_COLUMNS:
                    raise NotARecording("too_wide")
                return Header(at, delimiter, cells)
    return None


def cut(line: str, delimiter: str) -> Headings:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        cells = line.split(delimiter)
    return [repair(cell.strip()) for cell in cells]


def read_table(lines: Lines, header: Header, *, short_rows_allowed: bool = True) -> Table:
    """Every row that fits its header; the others with a reason.

    A row may end with one delimiter more than its header. If nearly all rows are short by the
    same number of cells, the last columns are taken as never written, unless the format is known
    to leave out cells in the middle.
    """
    if len(lines.starts) > MAX_ROWS:
        raise NotARecording("too_large")
    starts = _header_lines(lines, header)
    bounds = [*starts.tolist(), len(lines.starts)]
    counts = count_delimiters(lines, header.delimiter)
    if int(counts[header.line :].sum()) > MAX_CELLS:
        raise NotARecording("too_large")
    reasons = _reasons(lines)
    frames: list[pl.DataFrame] = []
    quarantined: list[QuarantinedRow] = []
    for begin, end in pairwise(bounds):
        cells = cut(lines.text(begin), header.delimiter)
        body = np.arange(begin + 1, end)
        fits = _fitting(counts, body, len(cells), short_rows_allowed=short_rows_allowed)
        quarantined += _set_aside(body, counts, reasons, fits, len(cells))
        good = fits & (reasons[body] == "")
        for count in np.unique(counts[body[good]]):
            keep = body[good & (counts[body] == count)]
            frames.append(_cells(lines, keep, header.delimiter, cells[: MAX_COLUMNS + 1]))
    rows = len(lines.starts) - header.line - len(starts)
    if not frames:
        raise NotARecording("no_rows", detail=", ".join(header.cells[:3])[:60])
    merged = pl.concat(frames, how="diagonal").sort(LINE) if len(frames) > 1 else frames[0]
    return Table(merged, rows, quarantined)


def numbers(cells: pl.Series) -> tuple[pl.Series, NDArray[np.bool_]]:
    """Float64 with nulls for missing, and which cells hold something that is no number.

    A decimal comma counts as one; a thousands point only where a comma follows it.
    """
    text = cells.str.strip_chars()
    if text.str.contains(",", literal=True).any():
        comma = text.str.contains(",", literal=True)
        plain = text.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
        text = plain.zip_with(comma, text)
    values = text.cast(pl.Float64, strict=False)
    sane = (values.is_finite() & (values.abs() < _LARGEST)).fill_null(value=True)
    values = values if sane.all() else values.set(~sane, None)
    if values.null_count() == text.null_count():
        return values, np.zeros(len(text), dtype=np.bool_)
    lowered = text.str.to_lowercase()
    odd = values.is_null() & text.is_not_null() & ~lowered.is_in([*_MISSING, "inf", "-inf"])
    return values, odd.to_numpy()


def _header_lines(lines: Lines, header: Header) -> Ints:
    """The header and its repetitions: lines that open with the same first two cells."""
    first = lines.data[lines.starts[header.line] : lines.ends[header.line]]
    delimiter = header.delimiter.encode()
    prefix = delimiter.join(first.split(delimiter)[:2])
    found = np.flatnonzero(begins_with(lines, prefix)).astype(np.int64)
    found = found[found >= header.line]
    if len(found) > 10_000:  # a table whose rows all look like its header holds no readings
        raise NotARecording("no_rows")
    return found


def _reasons(lines: Lines) -> NDArray[np.str_]:
    """Per line a reason not to read it at all, or an empty string."""
    lengths = lines.ends - lines.starts
    reasons = np.full(len(lengths), "", dtype="<U16")
    reasons[unbalanced_quotes(lines)] = "unbalanced_quote"
    reasons[lengths > MAX_LINE] = "line_too_long"
    reasons[lengths == 0] = "empty_line"
    return reasons


def _fitting(
    counts: Ints, body: Ints, columns: int, *, short_rows_allowed: bool
) -> NDArray[np.bool_]:
    here = counts[body]
    wanted = columns - 1
    fits: NDArray[np.bool_] = (here == wanted) | (here == columns)
    short = here[here < wanted]
    if short_rows_allowed and len(short) > 0.8 * len(here):
        usual = int(np.bincount(short).argmax())
        if usual and (short == usual).sum() > 0.8 * len(here):
            fits |= here == usual
    return fits


def _set_aside(
    body: Ints, counts: Ints, reasons: NDArray[np.str_], fits: NDArray[np.bool_], columns: int
) -> list[QuarantinedRow]:
    bad = body[~fits | (reasons[body] != "")]
    shape = np.where(counts[bad] < columns, "too_few_cells", "too_many_cells")
    why = np.where(reasons[bad] != "", reasons[bad], shape)
    return [
        QuarantinedRow(line + 1, reason)
        for line, reason in zip(bad.tolist(), why.tolist(), strict=True)
    ]


def _cells(lines: Lines, keep: Ints, delimiter: str, names: Headings) -> pl.DataFrame:
    wanted = np.zeros(len(lines.starts), dtype=np.bool_)
    wanted[keep] = True
    block = join_lines(lines, wanted)
    frame = _parse(block, delimiter)
    if frame.height != len(keep):  # quotes in the middle of cells confuse any parser: cut plainly
        frame = _parse(block.replace(b'"', b""), delimiter)
    if frame.height != len(keep):
        raise NotARecording("unreadable")
    columns = _unique(names)[: frame.width]
    frame = frame.select(frame.columns[: len(columns)])
    frame.columns = columns
    return frame.with_columns(pl.Series(LINE, keep + 1, dtype=pl.Int64))


def _parse(block: bytes, delimiter: str) -> pl.DataFrame:
    try:
        return pl.read_csv(
            block,
            has_header=False,
            separator=delimiter,
            infer_schema=False,
            quote_char='"' if b'"' in block else None,
            encoding="utf8-lossy",
            truncate_ragged_lines=True,
        )
    except pl.exceptions.PolarsError:
        return pl.DataFrame()


def _unique(names: Headings) -> Headings:
    seen: dict[str, int] = {}
    result = []
    for at, name in enumerate(names):
        plain = name or f"\0empty{at}"
        seen[plain] = seen.get(plain, 0) + 1
        result.append(plain if seen[plain] == 1 else f"{plain}\0{seen[plain]}")
    return result
