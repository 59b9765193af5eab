"""`/api/v1/integrations/directus/webhook`: Directus says that texts have changed.

Its flow sends the keys of the entries and no text; the texts are fetched with our own token.
"""

import hmac
from typing import Annotated, Any

import msgspec
from litestar import Request, Router, post
from litestar.di import Provide
from litestar.params import JSONBody
from msgspec import Meta

from portal.kit.errors import N_, NotFound, Problem
from portal.kit.limits import Rate
from portal.kit.outbox import later
from portal.tenants.boundary import DoorDb, lobby_db, parts_of
from portal.tenants.callers import bearer

TOLD = Rate("directus-webhook", per_minute=120, burst=60)
Key = Annotated[str, Meta(min_length=1, max_length=80)] | int


class WebhookRefused(Problem):
    status, code, title = 401, "WEBHOOK_REFUSED", N_("This message does not come from Directus.")


class Change(msgspec.Struct):
    """`collection` other than `faq` is none of ours. `keys` as Directus numbers its entries."""

    keys: Annotated[list[Key], Meta(max_length=200)]
    collection: str = "faq"


class Noted(msgspec.Struct):
    """`accepted` says how many entries are looked at soon."""

    accepted: int


@post("/webhook", status_code=202)
async def told(request: Request[Any, Any, Any], db: DoorDb, data: JSONBody[Change]) -> Noted:
    parts = parts_of(request)
    secret = parts.settings.directus_webhook_secret
    if secret is None:
        raise NotFound
    shown = (bearer(request) or "").encode()
    if not hmac.compare_digest(shown, secret.get_secret_value().encode()):
        raise WebhookRefused
    await parts.limits.spend(TOLD)
    if data.collection != "faq" or not data.keys:
        return Noted(0)
    later(db, "content.find_changed", ids=[str(key) for key in data.keys])
    return Noted(len(data.keys))


ROUTERS = [
    Router(
        "/api/v1/integrations/directus",
        dependencies={"db": Provide(lobby_db)},
        route_handlers=[told],
    )
]
