"""The figures as a table for people and as JSON for programs."""

import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.bench.figures import Figure, shown

_MET = {True: Text("yes", "green"), False: Text("NO", "bold red"), None: Text("")}
_WIDTH = 150


def show(figures: Sequence[Figure], *, seconds: float, rounds: int) -> None:
    table = Table(title=_headline(rounds, seconds), title_justify="left")
    for heading in ("measure", "figure"):
        table.add_column(heading)
    for heading in ("value", "baseline", "ratio", "target"):
        table.add_column(heading, justify="right")
    table.add_column("met")
    table.add_column("note", overflow="fold")
    before = ""
    for figure in figures:
        if before and figure.measure != before:
            table.add_section()
        table.add_row(*_cells(figure, is_first=figure.measure != before))
        before = figure.measure
    console = Console()
    if not console.is_terminal:
        console.width = _WIDTH
    console.print(table)
    missed = sum(figure.is_met is False for figure in figures)
    console.print(f"{missed} of {sum(f.is_met is not None for f in figures)} targets not met.")


def write_json(
    path: Path, figures: Sequence[Figure], *, seconds: float, rounds: int, quick: bool
) -> None:
    body = {
        "measured_at": datetime.now(UTC),
        "machine": platform.platform(),
        "cores": os.cpu_count(),
        "load_before": os.getloadavg()[0],
        "rounds": rounds,
        "quick": quick,
        "seconds": round(seconds, 1),
        "figures": [_plain(figure) for figure in figures],
    }
    path.write_bytes(msgspec.json.format(msgspec.json.encode(body), indent=1) + b"\n")


def _headline(rounds: int, seconds: float) -> str:
    return f"{rounds} rounds, {seconds:.0f} s, {os.cpu_count()} cores, Python {platform.python_version()}"


def _cells(figure: Figure, *, is_first: bool) -> list[str | Text]:
    value = Text(figure.failure, "red") if figure.failure else _with_unit(figure.value, figure.unit)
    baseline = _with_unit(figure.baseline, figure.unit) if figure.baseline is not None else ""
    if figure.baseline_name:
        baseline = f"{baseline}\n{figure.baseline_name}".strip()
    return [
        figure.measure if is_first else "",
        figure.name,
        value,
        baseline,
        f"{figure.ratio:.3g} ×" if figure.ratio is not None else "",
        figure.target.told(figure.unit) if figure.target else "",
        _MET[figure.is_met],
        figure.note,
    ]


def _with_unit(number: float | None, unit: str) -> str:
    return f"{shown(number)} {unit}".strip()


def _plain(figure: Figure) -> dict[str, object]:
    return {**asdict(figure), "is_met": figure.is_met}
