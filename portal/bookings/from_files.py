"""Services, opening hours and closures from files: `services.yaml`, `hours.yaml`.

Loading twice changes nothing. A service that staff changed stays theirs; opening hours are read
only while there are none, because hours have no name by which a change could be told apart.
"""

from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import func, select

from portal.bookings.hours import add_span
from portal.bookings.models import Closure, OpeningHours, Service
from portal.content.sync import ContentUnreadable, read_file
from portal.kit.db import Db

WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")


class ServiceInFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: str
    duration_minutes: int
    name_en: str = ""
    description: str = ""
    description_en: str = ""
    keywords: list[str] = []
    price: Decimal | None = None
    price_from: bool = False
    bookable_online: bool = True
    category: str = ""


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


async def load_services_and_hours(db: Db, folder: Path) -> None:
    """What the bookings room knows of one workshop; its session says which."""
    await load_services(db, folder / "services.yaml")
    await load_hours(db, folder / "hours.yaml")


async def load_services(db: Db, path: Path) -> None:
    wanted = {service.id: service for service in read_file(path, list[ServiceInFile])}
    query = select(Service).where(Service.source_id.is_not(None))
    known = {service.source_id: service for service in await db.scalars(query)}
    for position, (source_id, service) in enumerate(wanted.items()):
        values = msgspec.structs.asdict(service) | {"position": position, "active": True}
        del values["id"]
        row = known.get(source_id)
        if row is None:
            db.add(Service(source_id=source_id, **values))
        elif row.edited_at is None:
            _set(row, values)
    for row in known.values():
        if row.source_id not in wanted and row.edited_at is None:
            row.active = False
    await db.flush()


async def load_hours(db: Db, path: Path) -> None:
    wanted = read_file(path, HoursInFile)
    if not await db.scalar(select(func.count()).select_from(OpeningHours)):
        for weekday, spans in wanted.hours.items():
            for span in spans:
                opens, closes = _span(span, path)
                add_span(db, _weekday(weekday, path), opens, closes)
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


def _weekday(name: str, path: Path) -> int:
    if name not in WEEKDAYS:
        raise ContentUnreadable(f"{path.name}: {name} is none of {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(name)


def _span(span: str, path: Path) -> tuple[time, time]:
    opens, _, closes = span.partition("-")
    try:
        return time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip())
    except ValueError as error:
        raise ContentUnreadable(f"{path.name}: {span} is no span such as 07:30-12:00") from error


def _set(row: Service, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
