"""Reports that owners were given, by the mechanic, soon after their scans."""

from sqlalchemy import select

from portal.demo.people import MECHANIC, DemoShop
from portal.demo.world import plans
from portal.diagnostics import pages, reports
from portal.diagnostics.models import Scan, ScanState
from portal.kit.db import Db
from portal.vehicles import vehicles


async def release(db: Db, shop: DemoShop) -> None:
    """For scans that were read; the worker prints them."""
    for plate in dict.fromkeys(plan.plate for plan in plans.of_shop(shop).scans if plan.reported):
        (vehicle,) = await vehicles.find_by_plate(db, plate)
        wanted = sum(plan.reported for plan in plans.of_shop(shop).scans if plan.plate == plate)
        query = select(Scan).where(Scan.vehicle_id == vehicle.id, Scan.state == ScanState.READ)
        found = (await db.scalars(query.order_by(Scan.uploaded_at))).all()
        with_codes = [scan for scan in found if scan.codes_were_read]
        for scan in with_codes[:wanted]:
            report = await reports.open_for(db, scan, await pages.shown(db, scan, vehicle))
            await reports.release(db, report, version=report.version, by=shop.people[MECHANIC])
