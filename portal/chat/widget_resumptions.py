"""The widget's addresses for going on with a conversation on another device."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Router, post
from litestar.di import Provide
from litestar.params import JSONBody
from msgspec import Meta

from portal.chat import resumptions
from portal.chat.identity import verifications
from portal.chat.widget_api import ACT, address_of, allowed_origin, only_own
from portal.kit import clock
from portal.kit.limits import Rate
from portal.tenants import workshops
from portal.tenants.boundary import (
    DoorDb,
    parts_of,
    site_db,
    site_key_db,
    visitor_of,
    workshop_id_of,
)
from portal.tenants.callers import VISITOR_TOKEN_LIFETIME, Visitor, visitor_token

OFFER = Rate("resume-offer", per_minute=0.2, burst=3)
REDEEM = Rate("resume-redeem", per_minute=6, burst=12)

Asked = Request[Any, Any, Any]


class CodeForm(msgspec.Struct):
    site_key: Annotated[str, Meta(max_length=64)]
    code: Annotated[str, Meta(max_length=128)]


class Resumed(msgspec.Struct):
    token: str
    expires_at: str


class Offered(msgspec.Struct):
    """The same whether the contact on file has an address or not."""

    valid_s: int


@post("/resume-links", status_code=202)
async def offer(request: Asked, db: DoorDb) -> Offered:
    parts, visitor = parts_of(request), visitor_of(db)
    await parts.limits.spend(ACT, visitor.subject)
    await parts.limits.spend(OFFER, visitor.subject)
    with only_own():
        verified = await verifications.find_verified(db, visitor.subject, visitor.token_hash)
        await resumptions.offer(db, visitor.subject, verified)
    return Offered(int(resumptions.VALID.total_seconds()))


@post("/resumptions", status_code=200)
async def redeem(request: Asked, db: DoorDb, data: JSONBody[CodeForm]) -> Resumed:
    parts, workshop_id = parts_of(request), workshop_id_of(db)
    await parts.limits.spend(REDEEM, workshop_id, address_of(request))
    origin = allowed_origin(request, await workshops.get_profile(db))
    conversation = await resumptions.redeem(db, data.code)
    visitor = Visitor(workshop_id, conversation.id, origin)
    return Resumed(
        token=visitor_token(visitor, parts.settings.secret),
        expires_at=clock.rfc3339(clock.now() + VISITOR_TOKEN_LIFETIME),
    )


ROUTERS = [
    Router("/widget/v1", dependencies={"db": Provide(site_db)}, route_handlers=[offer]),
    Router("/widget/v1", dependencies={"db": Provide(site_key_db)}, route_handlers=[redeem]),
]
