"""Visual checks and test drives of the workshop's own cars, with photos and rough estimates."""

from datetime import date

from portal.demo.people import MECHANIC, DemoShop
from portal.demo.world import brake_photos, garage, plans
from portal.demo.world.case_plans import CASES, CasePlan
from portal.diagnostics import photos, sessions
from portal.diagnostics.session_forms import CaseForm
from portal.kit.db import Db
from portal.kit.parts import Parts
from portal.vehicles import vehicles


async def fill(parts: Parts, db: Db, shop: DemoShop, today: date) -> None:
    """Today, at what the odometer shows by then: recordings of this week show nearly as much."""
    for plan in CASES[shop.slug]:
        life = garage.life_of(shop, plans.of_shop(shop).car(plan.plate), today)
        (vehicle,) = await vehicles.find_by_plate(db, plan.plate)
        by = shop.people[MECHANIC]
        case = await sessions.begin(db, _form(plan, str(vehicle.id), life.km_on(today)), by=by)
        if plan.wear is not None:
            picture = brake_photos.painted(plan.plate, plan.wear)
            await photos.take(db, parts.blobs, case, picture, by=by, caption=plan.caption)
        if plan.state != "open":
            await sessions.move(db, case, plan.state, by=by)
    await db.flush()


def _form(plan: CasePlan, vehicle_id: str, odometer_km: int) -> CaseForm:
    return CaseForm(
        kind=plan.kind,
        vehicle_id=vehicle_id,
        odometer_km=str(odometer_km),
        symptoms=plan.symptoms,
        notes=plan.notes,
        line_title=[title for title, _quantity, _price in plan.lines],
        line_quantity=[quantity for _title, quantity, _price in plan.lines],
        line_price=[price for _title, _quantity, price in plan.lines],
    )
