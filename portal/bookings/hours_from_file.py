"""Opening hours and closures from `hours.yaml`.

Opening hours are read only while there are none, because hours have no name by which a change
could be told apart; closures are added by their own.
"""

from datetime import date
from pathlib import Path

import msgspec
from sqlalchemy import exists, select

from portal.bookings.hours import add_span
from portal.bookings.models import Closure, OpeningHours
from portal.bookings.spans_in_files import spans_of, weekday_of
from portal.content.sync import read_file
from portal.kit.db import Db


class ClosureInFile(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"first": "from", "last": "to"}
):
    id: str
    first: date
    last: date
    reason: str = ""
    reason_en: str = ""


class HoursInFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`hours` by weekday (`mo` … `su`): spans such as `07:30-12:00`."""

    hours: dict[str, list[str]]
    closures: list[ClosureInFile] = []


async def load_hours(db: Db, path: Path) -> None:
    wanted = read_file(path, HoursInFile)
    if not await db.scalar(select(exists(select(OpeningHours.id)))):
        for weekday, spans in wanted.hours.items():
            for opens, closes in spans_of(spans, path):
                add_span(db, weekday_of(weekday, path), opens, closes)
    known = set(await db.scalars(select(Closure.source_id)))
    for closure in wanted.closures:
        if closure.id not in known:
            db.add(
                Closure(
                    source_id=closure.id,
                    starts_on=closure.first,
                    ends_on=closure.last,
                    reason=closure.reason,
                    reason_en=closure.reason_en,
                )
            )
    await db.flush()
