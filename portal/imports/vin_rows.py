"""VINs out of a file and back into one: which column holds them, what is wrong, in which order."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from itertools import islice

import msgspec

from portal.imports import sheets
from portal.imports.faults import harmless
from portal.kit import text
from portal.kit.errors import N_, Problem
from portal.kit.text import _
from portal.vehicles import vin as vins
from portal.vehicles.vin import VinReport, cli_view, vpic
from portal.vehicles.vin.vpic import VpicFacts

MOST = 20_000
LONGEST = 80
_SAMPLED = 300
_PLAUSIBLE = 11
_VIN_NAMES = re.compile(r"\bfin\b|\bvin\b|fahrgestell|fahrzeug-?ident|chassis|\(e\)", re.IGNORECASE)
_DIGIT_NAMES = re.compile(r"pr(ü|ue)fziffer|feld\s*3\b|\(3\)|check\s*digit", re.IGNORECASE)


class NoVins(Problem):
    status, code, title = 422, "NO_VINS", N_("No vehicle identification numbers were found.")


class TooManyVins(Problem):
    status, code, title = 422, "TOO_MANY_VINS", N_("That are too many numbers at once.")


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One number as it stands in the file; `digit` is field 3 of the certificate, often blank.

    `twin_line` is an earlier line with the same number, 0 without one.
    """

    line: int
    typed: str
    digit: str = ""
    twin_line: int = 0


class Row(msgspec.Struct, frozen=True):
    """An entry with what is to be said about it. `rank` is 0 refused, 1 to be checked, 2 fine."""

    entry: Entry
    report: VinReport
    notes: list[str]
    rank: int
    facts: VpicFacts | None


def entries_of(data: bytes) -> list[Entry]:
    """Raises `NoVins`, `TooManyVins`, `SheetUnreadable`."""
    sheet = sheets.read(data, _is_name)
    lines = list(islice(sheet.lines(), MOST + 1))
    if len(lines) > MOST:
        raise TooManyVins(_("At most %(most)s numbers in one list.", most=text.number(MOST)))
    samples = [line.cells for line in lines[:_SAMPLED]]
    if len(samples) == 1 and len(samples[0]) > 2:
        return _with_twins(Entry(lines[0].number, cell[:LONGEST]) for cell in samples[0] if cell)
    at = _vin_column(sheet.columns, samples)
    if at is None:
        raise NoVins(_("No column of the list holds numbers of 17 characters."))
    names: Sequence[str] = sheet.columns
    if _VIN_NAMES.search(_cell(lines[0].cells, at)):
        names, lines = lines[0].cells, lines[1:]
    digit_at = _digit_column(names)
    return _with_twins(
        Entry(line.number, _cell(line.cells, at)[:LONGEST], _cell(line.cells, digit_at)[:3])
        for line in lines
        if not line.problem
    )


def rank_of(entry: Entry) -> int:
    """0 is refused, 1 wants a look, 2 is fine; cheap, without texts."""
    report = vins.decode(entry.typed)
    if not report.accept:
        return 0
    odd = report.severity == "warning" or report.contradicts_certificate(entry.digit)
    return 1 if odd or entry.twin_line else 2


def ranks_of(entries: Sequence[Entry]) -> list[int]:
    return [rank_of(entry) for entry in entries]


def row_of(entry: Entry) -> Row:
    report = vins.decode(entry.typed)
    return Row(entry, report, list(_notes(entry, report)), rank_of(entry), vpic.find(report))


def as_csv(entries: Iterable[Entry]) -> bytes:
    """A CSV that German Excel opens. No cell is a formula: what looks like one is quoted."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    table.writerow(
        [
            *(_("Line"), _("As typed"), _("VIN"), _("Result"), _("Hints"), _("Make")),
            *(_("Maker"), _("Country"), _("Model year"), _("Field 3 of the certificate")),
        ]
    )
    for entry in entries:
        row = row_of(entry)
        report = row.report
        told = [
            *(str(entry.line), entry.typed, report.normalized or "", result_text(row.rank)),
            *(" ".join(row.notes), report.brand or "", report.manufacturer or ""),
            *(cli_view.country_text(report.country) if report.accept else "", year_text(report)),
            report.certificate_check_digit or "",
        ]
        table.writerow([harmless(cell) for cell in told])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def result_text(rank: int) -> str:
    return (_("refused"), _("to be checked"), _("fine"))[rank]


def year_text(report: VinReport) -> str:
    """The model year, or the years between which nobody can decide."""
    if report.model_year_best is not None:
        return str(report.model_year_best)
    return " / ".join(str(year) for year in report.model_year_candidates)


def _notes(entry: Entry, report: VinReport) -> Iterable[str]:
    if not report.accept:
        yield cli_view.reason_text(str(report.reason))
        if report.suggestions:
            yield _("Possibly meant: %(vins)s.", vins=", ".join(report.suggestions))
        return
    if report.suggestions:
        yield _("A letter was read as a digit: please compare.")
    if report.contradicts_certificate(entry.digit):
        yield _(
            "Field 3 says %(typed)s, this number would need %(right)s: one character is wrong.",
            typed=entry.digit.upper(),
            right=report.certificate_check_digit,
        )
    if entry.twin_line:
        yield _("The same number stands in line %(line)s.", line=entry.twin_line)
    if report.severity == "warning" and not report.suggestions:
        yield _doubt(report)


def _doubt(report: VinReport) -> str:
    if report.check_digit_mandatory and report.check_digit_result == "invalid":
        return _(
            "The check digit at position 9 is wrong, %(digit)s would be right.",
            digit=report.computed_check_digit,
        )
    return _("Unusual number: please compare with the certificate or the car.")


def _is_name(cell: str) -> bool:
    return bool(_VIN_NAMES.search(cell) or _DIGIT_NAMES.search(cell))


def _vin_column(names: Sequence[str], samples: Sequence[Sequence[str]]) -> int | None:
    """The column that holds most numbers; its name decides where the numbers do not."""
    scores = [
        sum(vins.normalize(row[at]).vin is not None for row in samples if at < len(row))
        for at in range(len(names))
    ]
    best = max(range(len(names)), key=lambda at: (scores[at], -at))
    if scores[best]:
        return best
    named = (at for at, name in enumerate(names) if _VIN_NAMES.search(name))
    if (at := next(named, None)) is not None:
        return at
    long_enough = any(row and len(row[0]) >= _PLAUSIBLE for row in samples)
    return 0 if len(names) == 1 and long_enough else None


def _digit_column(names: Sequence[str]) -> int:
    """The column of field 3, -1 without one."""
    return next((at for at, name in enumerate(names) if _DIGIT_NAMES.search(name)), -1)


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if 0 <= at < len(cells) else ""


def _with_twins(entries: Iterable[Entry]) -> list[Entry]:
    """Each number knows the first line that holds it already."""
    seen: dict[str, int] = {}
    found = []
    for entry in entries:
        vin = vins.normalize(entry.typed).vin or ""
        twin = seen.setdefault(vin, entry.line) if vin else entry.line
        found.append(
            entry if twin == entry.line else msgspec.structs.replace(entry, twin_line=twin)
        )
    return found
