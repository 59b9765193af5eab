"""Recordings of the workshop's own cars, uploaded as a mechanic would and read by the real job."""

import re
import zlib
from datetime import date, datetime, time, timedelta

from portal.demo import recordings
from portal.demo.people import MECHANIC, DemoShop
from portal.demo.recordings import File
from portal.demo.world import garage, plans
from portal.demo.world.scan_plans import ScanPlan
from portal.diagnostics import scans
from portal.kit.clock import BERLIN
from portal.kit.db import Db
from portal.kit.parts import Parts
from portal.vehicles import vehicles

_LOST_FRAME = re.compile(rb"(>03\r\n7E8 [^\r]+\r\n(?:7E9 [^\r]+\r\n)?)7E8 21 [^\r]+\r\n")


async def receive(parts: Parts, db: Db, shop: DemoShop, today: date) -> None:
    """Queues the reading of each; the worker's own job does it."""
    limit = parts.settings.portal_max_upload_mb * 1_000_000
    for plan in plans.of_shop(shop).scans:
        car = plans.of_shop(shop).car(plan.plate)
        life = garage.life_of(shop, car, today)
        moment = _moment(life, plan)
        file = recorded(life, plan, moment)
        (vehicle,) = await vehicles.find_by_plate(db, plan.plate)
        upload = scans.Upload(
            data=file.data,
            file_name=file.name,
            uploaded_by=shop.people[MECHANIC],
            vehicle_id=None if plan.kind == "adapter" else vehicle.id,
            odometer_km=life.km_on(moment.date()),
        )
        scan = await scans.receive(db, parts.blobs, upload, limit=limit)
        scan.uploaded_at = moment + timedelta(minutes=20)
        await db.flush()


def recorded(life: garage.Life, plan: ScanPlan, moment: datetime) -> File:
    vin, seed = garage.vin_of_life(life), zlib.crc32(f"{plan}".encode())
    litres = (life.model.ccm or 1600) / 1000
    if plan.kind == "torque":
        return recordings.torque_drive(
            vin=vin,
            started_at=moment,
            duration_s=plan.duration_s,
            seed=seed,
            lean=plan.lean,
            litres=litres,
        )
    if plan.kind == "auto_doctor":
        return recordings.auto_doctor_drive(
            vin=vin, started_at=moment, duration_s=plan.duration_s, seed=seed, german=True
        )
    file = recordings.adapter_scan(
        vin=vin,
        started_at=moment,
        seed=seed,
        stored=plan.stored,
        pending=plan.pending,
        permanent=plan.permanent,
        incomplete=plan.incomplete,
        odometer_km=life.km_on(moment.date()),
        duration_s=plan.duration_s,
        lean=plan.lean,
        warm=plan.warm,
        cleared_km=plan.cleared_km,
        litres=litres,
    )
    return File(file.name, _LOST_FRAME.sub(rb"\1", file.data)) if plan.torn else file


def _moment(life: garage.Life, plan: ScanPlan) -> datetime:
    day = life.days.back(life.today, plan.days)
    return datetime.combine(day, time.fromisoformat(plan.clock), BERLIN)
