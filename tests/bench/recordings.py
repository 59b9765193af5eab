"""The recording that OBD measures read: 180,000 rows, 10 MB, of an invented drive."""

from datetime import UTC, datetime
from functools import cache

from portal.demo.recordings import File, auto_doctor_drive

ROWS = 180_000
STEP_S = 0.09
"""Seconds between rows that the maker of recordings writes."""


@cache
def long_drive(rows: int = ROWS) -> File:
    return auto_doctor_drive(
        vin="WVWZZZ1KZ6W612305",
        started_at=datetime(2026, 5, 4, 8, 0, tzinfo=UTC),
        duration_s=rows * STEP_S,
        seed=1,
    )
