"""Live values in a terminal: a table that is written over; without a terminal one line a value."""

import json
import sys
from collections.abc import Sequence
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table

from portal.diagnostics.live_values import Value
from portal.diagnostics.signal_texts import signal_text, unit_text
from portal.kit import text
from portal.kit.text import _


class Screen:
    def __init__(self, *, as_json: bool = False) -> None:
        self._now: dict[str, tuple[float, Value]] = {}
        self._as_json = as_json or not sys.stdout.isatty()
        self._live: Live | None = None

    def __enter__(self) -> Self:
        if not self._as_json:
            self._live = Live(self._table(), console=Console(), refresh_per_second=10)
            self._live.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        if self._live is not None:
            self._live.stop()

    def show(self, at_s: float, values: Sequence[Value]) -> None:
        if self._as_json:
            for value in values:
                line = {"at_s": at_s, **value._asdict()}
                sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
            sys.stdout.flush()
            return
        self._now |= {value.key: (at_s, value) for value in values}
        if self._live is not None:
            self._live.update(self._table())

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False)
        table.add_column(_("Signal"))
        table.add_column(_("Value"), justify="right")
        table.add_column(_("Unit"))
        table.add_column(_("Control unit"), style="dim")
        for key, (_at_s, value) in sorted(self._now.items()):
            shown = text.number(value.value, 0 if abs(value.value) >= 100 else 1)
            table.add_row(signal_text(key), shown, unit_text(value.unit), value.ecu)
        return table
