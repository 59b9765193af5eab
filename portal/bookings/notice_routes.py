"""Staff sends a message to a customer once more."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Router, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect

from portal.bookings import notices
from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs


class AgainForm(msgspec.Struct):
    notice: UUID


Form = Annotated[AgainForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@post(
    "/bookings/{appointment_id:uuid}/messages", opt=needs(Permission.BOOKINGS_EDIT), status_code=303
)
async def send_again(db: DoorDb, appointment_id: FromPath[UUID], data: Form) -> Redirect:
    """Back to the appointment, where its state is seen."""
    notice = await notices.get(db, data.notice)
    if notice.appointment_id != appointment_id:
        raise notices.NoticeNotFound
    await notices.again(db, notice)
    return Redirect(f"/w/{member_of(db).slug}/bookings/{appointment_id}", status_code=303)


pages = Router("/w/{slug:str}", dependencies={"db": Provide(staff_db)}, route_handlers=[send_again])
ROUTERS = [pages]
