"""Saying what came out of an inspection that stands in the history."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Router, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect

from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs
from portal.vehicles import inspections, vehicles
from portal.vehicles.inspections import Result


class ResultForm(msgspec.Struct, kw_only=True):
    entry: UUID
    result: Result


Form = Annotated[ResultForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@post("/vehicles/{vehicle_id:uuid}/inspection-result", opt=needs(Permission.VEHICLES_EDIT))
async def judge(db: DoorDb, vehicle_id: FromPath[UUID], data: Form) -> Redirect:
    vehicle = (await vehicles.get(db, vehicle_id)).vehicle
    await inspections.judge(db, vehicle, data.entry, data.result)
    return Redirect(f"/w/{member_of(db).slug}/vehicles/{vehicle_id}", status_code=303)


ROUTERS = [Router("/w/{slug:str}", dependencies={"db": Provide(staff_db)}, route_handlers=[judge])]
