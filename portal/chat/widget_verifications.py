"""The widget's addresses for who wants to hear about a vehicle: a code, and what it opens."""

from typing import Any

import msgspec
from litestar import Request, Response, Router, post
from litestar.di import Provide
from litestar.params import JSONBody

from portal.chat.forms import CodeForm, VerificationForm
from portal.chat.identity import answers, verifications
from portal.chat.identity.asked import asked_for
from portal.chat.widget_api import address_of, only_own
from portal.kit.errors import N_, FieldError, Invalid, Problem, as_json
from portal.kit.limits import Rate
from portal.kit.text import _
from portal.tenants.boundary import DoorDb, parts_of, site_db, visitor_of

ASK = Rate("verify-ask", per_minute=0.2, burst=4)
ASK_PER_VEHICLE = Rate("verify-ask-vehicle", per_minute=0.1, burst=4)
ASK_PER_ADDRESS = Rate("verify-ask-address", per_minute=0.5, burst=8)
ASK_PER_SITE = Rate("verify-ask-site", per_minute=20, burst=40)
CONFIRM = Rate("verify-confirm", per_minute=10, burst=10)
CONFIRM_PER_ADDRESS = Rate("verify-confirm-address", per_minute=10, burst=20)

Asked = Request[Any, Any, Any]


class VehicleMissing(Invalid):
    code, title = "VEHICLE_MISSING", N_("Please enter a licence plate or a VIN.")


class CodeAsked(msgspec.Struct):
    """The same for every plate. `valid_s`: seconds that a code works, if one was sent."""

    valid_s: int


class Proved(msgspec.Struct):
    """`state` is always `verified`; what it opens comes as a message of the conversation."""

    state: str = "verified"


@post("/verifications", status_code=202)
async def ask(request: Asked, db: DoorDb, data: JSONBody[VerificationForm]) -> CodeAsked:
    """Limits look at what was typed, never at what is known."""
    limits, visitor = parts_of(request).limits, visitor_of(db)
    if not data.plate.strip() and not data.vin.strip():
        said = _("Please enter a licence plate or a VIN.")
        raise VehicleMissing(errors=[FieldError("plate", "REQUIRED", said)])
    asked = asked_for(plate=data.plate, vin=data.vin)
    await limits.spend(ASK, visitor.subject)
    await limits.spend(ASK_PER_ADDRESS, visitor.workshop_id, address_of(request))
    await limits.spend(ASK_PER_SITE, visitor.workshop_id)
    await limits.spend(ASK_PER_VEHICLE, visitor.workshop_id, asked.text)
    with only_own():
        await verifications.ask(db, visitor.subject, visitor.token_hash, asked, data.channel)
    return CodeAsked(int(verifications.VALID.total_seconds()))


@post("/verifications/confirm", status_code=200)
async def confirm(request: Asked, db: DoorDb, data: JSONBody[CodeForm]) -> Proved | Response[bytes]:
    """A wrong code is counted, so its refusal is an answer and not an error that undoes it."""
    limits, visitor = parts_of(request).limits, visitor_of(db)
    await limits.spend(CONFIRM, visitor.subject)
    await limits.spend(CONFIRM_PER_ADDRESS, visitor.workshop_id, address_of(request))
    code = "".join(data.code.split())
    with only_own():
        outcome = await verifications.confirm(db, visitor.subject, visitor.token_hash, code)
    if isinstance(outcome, Problem):
        return as_json(request, outcome)
    await answers.tell(db, visitor.subject, outcome.verified)
    return Proved()


ROUTERS = [
    Router(
        "/widget/v1",
        dependencies={"db": Provide(site_db)},
        route_handlers=[ask, confirm],
    )
]
