"""Beside the thread of a conversation: whether its visitor has proved who it is."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.di import Provide
from litestar.params import FromPath

from portal.chat import conversations
from portal.chat.identity import shown
from portal.kit.pages import fragment
from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs


@get("/inbox/{conversation_id:uuid}/identity", opt=needs(Permission.CONVERSATIONS_READ))
async def show(
    request: Request[Any, Any, Any], db: DoorDb, conversation_id: FromPath[UUID]
) -> Response[str]:
    """The customer and the vehicle behind a proof are shown to who may see vehicles."""
    await conversations.get(db, conversation_id)
    member = member_of(db)
    return fragment(
        request,
        "chat/_identity.html",
        home=f"/w/{member.slug}",
        can=member.can,
        proof=await shown.of_conversation(db, conversation_id),
    )


ROUTERS = [
    Router("/w/{slug:str}", dependencies={"db": Provide(staff_db)}, route_handlers=[show]),
]
