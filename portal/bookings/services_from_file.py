"""The services of a workshop from `services.yaml`: staff's own changes stay."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from portal.bookings.models import LiftKind, Service, SkillKind
from portal.content.sources import ContentUnreadable
from portal.content.sync import read_file
from portal.kit.db import Db


class ServiceInFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One service; `duration_minutes` has `setup_minutes` in it. `lift: ""` needs none."""

    id: str
    name: str
    duration_minutes: int
    name_en: str = ""
    description: str = ""
    description_en: str = ""
    keywords: list[str] = []
    setup_minutes: int = 0
    buffer_minutes: int = 0
    labour_units: Decimal | None = None
    lift: LiftKind = LiftKind.ANY
    min_lift_kg: int | None = None
    skill: SkillKind | None = None
    needs_inspector: bool = False
    can_wait: bool = False
    price: Decimal | None = None
    price_from: bool = False
    bookable_online: bool = True
    category: str = ""


async def load_services(db: Db, path: Path) -> None:
    """A service that staff changed is left alone, one that left the file is no longer offered."""
    wanted = {service.id: service for service in read_file(path, list[ServiceInFile])}
    query = select(Service).where(Service.source_id.is_not(None))
    known = {service.source_id: service for service in await db.scalars(query)}
    for position, (source_id, service) in enumerate(wanted.items()):
        values = _columns(service, path) | {"position": position, "active": True}
        row = known.get(source_id)
        if row is None:
            db.add(Service(source_id=source_id, **values))
        elif row.edited_at is None:
            for name, value in values.items():
                setattr(row, name, value)
    for row in known.values():
        if row.source_id not in wanted and row.edited_at is None:
            row.active = False
    await db.flush()


def _columns(service: ServiceInFile, path: Path) -> dict[str, Any]:
    if not 0 <= service.setup_minutes <= service.duration_minutes:
        raise ContentUnreadable(f"{path.name}: {service.id} takes less time than its set-up")
    values = msgspec.structs.asdict(service) | {"skill": service.skill or ""}
    del values["id"]
    return values
