"""`hu.target` for the database: the month in which an HU has to be, season plates minded."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, case, cast, func, or_

from portal.vehicles.models import Vehicle

_PLATE_ENDS = " ([0-9]{2})/[0-9]{2}$", " [0-9]{2}/([0-9]{2})$"


def target() -> ColumnElement[str]:
    """`YYYY-MM`; null without a due month."""
    first, last = (func.substring(Vehicle.plate, end) for end in _PLATE_ENDS)
    month = func.right(Vehicle.hu_due, 2)
    after_first, before_last = month >= first, month <= last
    in_season = case(
        (first <= last, and_(after_first, before_last)), else_=or_(after_first, before_last)
    )
    year = cast(func.left(Vehicle.hu_due, 4), Integer) + case((month > first, 1), else_=0)
    moved: ColumnElement[Any] = func.concat(cast(year, String), "-", first)
    return case((first.is_(None), Vehicle.hu_due), (in_season, Vehicle.hu_due), else_=moved)


def by(until: str) -> ColumnElement[bool]:
    """Due by the end of the month `YYYY-MM`; the bare column is what the index knows."""
    return and_(Vehicle.hu_due <= until, target() <= until)
