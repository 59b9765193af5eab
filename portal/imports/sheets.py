"""Tables in text files: which characters, which separator, which line holds the names.

Exports of workshop systems come as UTF-8, UTF-16, Windows-1252 or the DOS code page 850, with
semicolons, commas or tabs, sometimes with a title above the names or with no names at all.
Nothing here raises for odd content except `SheetUnreadable`, which says why in a sentence.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from portal.kit.errors import N_, Problem
from portal.kit.text import _

MOST_LINES = 50_000
MOST_COLUMNS = 120
LONGEST_CELL = 5_000
_SAMPLE = 64_000
_SAMPLED_LINES = 60
_HEADER_WITHIN = 10
_DELIMITERS = (";", "\t", ",", "|")
_BINARY = (
    (b"PK\x03\x04", N_("This is an Excel or ZIP file. Please save it as CSV and upload that.")),
    (b"\xd0\xcf\x11\xe0", N_("This is an old Excel file. Please save it as CSV and upload that.")),
    (b"%PDF", N_("This is a PDF file. Please export the data as CSV.")),
    (b"\x1f\x8b", N_("This file is compressed. Please unpack it first.")),
    (b"\x28\xb5\x2f\xfd", N_("This file is compressed. Please unpack it first.")),
)
_UMLAUTS_850 = frozenset(b"\x84\x94\x81\x8e\x99\x9a\xe1")
_UMLAUTS_1252 = frozenset(b"\xe4\xf6\xfc\xc4\xd6\xdc\xdf")


class SheetUnreadable(Problem):
    status, code, title = 422, "FILE_UNREADABLE", N_("This file cannot be read as a table.")


@dataclass(frozen=True)
class Line:
    """`number` is where it begins in the file; `problem` says that it ends the table."""

    number: int
    cells: list[str]
    problem: str = ""


@dataclass(frozen=True)
class Sheet:
    """`lines` begins anew at each call; blank lines are left out."""

    columns: tuple[str, ...]
    lines: Callable[[], Iterator[Line]]
    encoding: str = ""
    delimiter: str = ""
    is_calendar: bool = False


def read(data: bytes, knows: Callable[[str], bool]) -> Sheet:
    """`knows` tells whether a cell is the name of a column. Raises `SheetUnreadable`."""
    text, encoding = _decode(data)
    text = text.replace("\0", "")
    text, told = _without_separator_line(text)
    delimiter = told or _delimiter_of(text)
    head = list(islice(_records(text, delimiter), _HEADER_WITHIN))
    if not head or head[0].problem:
        raise SheetUnreadable(_("The file is empty."))
    at = _header_at(head, knows)
    width = max(len(line.cells) for line in head)
    if width > MOST_COLUMNS:
        raise SheetUnreadable(_("The file has more than %(most)s columns.", most=MOST_COLUMNS))
    columns = _named(head[at].cells if at is not None else [], width)
    skip = 0 if at is None else at + 1

    def lines() -> Iterator[Line]:
        return islice(_records(text, delimiter), skip, None)

    return Sheet(columns, lines, encoding, delimiter)


def count(sheet: Sheet) -> int:
    """How many lines hold something. Raises `SheetUnreadable` beyond `MOST_LINES`."""
    found = sum(1 for _line in islice(sheet.lines(), MOST_LINES + 1))
    if found > MOST_LINES:
        raise SheetUnreadable(
            _("The file has more than %(most)s lines. Please split it.", most=MOST_LINES)
        )
    if not found:
        raise SheetUnreadable(_("The file holds names of columns, but no line below them."))
    return found


def _decode(data: bytes) -> tuple[str, str]:
    for beginning, reason in _BINARY:
        if data.startswith(beginning):
            raise SheetUnreadable(_(reason))
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace"), name.removesuffix("-sig")
    if data[:2000].count(0) > len(data[:2000]) // 3:
        return data.decode("utf-16-le", "replace"), "utf-16"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    seen = Counter(data)
    is_dos = sum(seen[b] for b in _UMLAUTS_850) > sum(seen[b] for b in _UMLAUTS_1252)
    name = "cp850" if is_dos else "cp1252"
    return data.decode(name, "replace"), name


def _without_separator_line(text: str) -> tuple[str, str]:
    """Excel's `sep=;` names the separator. The line is emptied, so that numbers stay right."""
    first, end, rest = text.partition("\n")
    told = first.strip().strip('"')
    if end and told.lower().startswith("sep=") and len(told) == 5 and told[4] in _DELIMITERS:
        return "\n" + rest, told[4]
    return text, ""


def _delimiter_of(text: str) -> str:
    """The one under which most lines have the same number of cells, and many."""
    best, best_score = ";", 0.0
    for delimiter in _DELIMITERS:
        sizes = Counter(
            len(line.cells)
            for line in islice(_records(text[:_SAMPLE], delimiter), _SAMPLED_LINES)
            if not line.problem
        )
        if not sizes:
            continue
        size, often = sizes.most_common(1)[0]
        score = (size - 1) * often / sizes.total()
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _records(text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            reason = _("From here on the file cannot be read: a quotation mark is not closed.")
            yield Line(begins, [], reason)
            return
        if any(cell.strip() for cell in cells):
            yield Line(begins, [cell.strip() for cell in cells])
        begins = reader.line_num + 1


def _header_at(head: Sequence[Line], knows: Callable[[str], bool]) -> int | None:
    """Which of the first lines holds the names; None when none of them does."""
    scores = [sum(knows(cell) for cell in line.cells) for line in head]
    best = max(range(len(head)), key=lambda at: (scores[at], -at))
    if scores[best] >= 2 or (scores[best] == 1 and len(head[best].cells) == 1):
        return best
    first = head[0].cells
    named = [cell for cell in first if cell]
    plain = all(not any(c.isdigit() for c in cell) and "@" not in cell for cell in named)
    return 0 if plain and len(set(named)) == len(named) and len(head) > 1 else None


def _named(header: Sequence[str], width: int) -> tuple[str, ...]:
    """Every column has a name of its own."""
    names: list[str] = []
    for at in range(width):
        name = " ".join(header[at].split())[:100] if at < len(header) else ""
        name = name or _("Column %(number)s", number=at + 1)
        while name in names:
            name = f"{name} ({at + 1})"
        names.append(name)
    return tuple(names)
