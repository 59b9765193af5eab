"""A list of VINs that the owner of a small fleet has sent, with the mistakes such lists have."""

from sqlalchemy import select

from portal.demo.people import ADVISOR, DemoShop
from portal.imports import vin_lists
from portal.kit.db import Db
from portal.kit.parts import Parts
from portal.vehicles.models import Vehicle
from portal.vehicles.vin import decode

FILE_NAME = "Fuhrpark Kurierdienst.csv"
_AMERICAN = "1C4RJFAG0FC000123"


async def receive(parts: Parts, db: Db, shop: DemoShop) -> None:
    """Queues the judgement; the worker's own job does it."""
    query = select(Vehicle.vin).where(Vehicle.vin.is_not(None)).order_by(Vehicle.id).limit(14)
    vins = [str(vin) for vin in await db.scalars(query)]
    data = "\n".join(["FIN (E);Prüfziffer (3)", *_lines(vins)]).encode("cp1252")
    await vin_lists.receive(db, parts.blobs, data, FILE_NAME, by=shop.people[ADVISOR])


def _lines(vins: list[str]) -> list[str]:
    """The third has a wrong digit, the fifth lacks one, the seventh a Q; the first comes twice."""
    written = [f"{vin};{decode(vin).certificate_check_digit}" for vin in vins]
    if len(vins) > 7:
        last = (int(vins[2][-1]) + 3) % 10
        written[2] = f"{vins[2][:-1]}{last};{decode(vins[2]).certificate_check_digit}"
        written[4] = f"{vins[4][:-1]};"
        written[6] = f"{vins[6][:9]}Q{vins[6][10:]};"
    return [*written, f"{_AMERICAN};", *(f"{vin};" for vin in vins[:1])]
