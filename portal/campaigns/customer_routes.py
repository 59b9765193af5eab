"""A customer's yes and no, as a card of the customer's page that loads by itself."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath

from portal.campaigns import labels, legal_facts, permits, wordings
from portal.campaigns.forms import ConsentForm, NoticeForm, ObjectionForm
from portal.campaigns.legal_facts import NOBODY, address_of
from portal.campaigns.models import Channel, WordingKind
from portal.campaigns.permits import PermitInvalid
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import Invalid
from portal.kit.pages import fragment
from portal.kit.text import _
from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs
from portal.vehicles import customers
from portal.vehicles.models import Customer
from portal.vehicles.typed import Reading

Asked = Request[Any, Any, Any]
Consent = Annotated[ConsentForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
Notice = Annotated[NoticeForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
Objection = Annotated[ObjectionForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
READ = needs(Permission.CUSTOMERS_READ)
EDIT = needs(Permission.CUSTOMERS_EDIT)


@get("/reminders", opt=READ)
async def show(request: Asked, db: DoorDb, customer_id: FromPath[UUID]) -> Response[str]:
    return await _card(request, db, await customers.get(db, customer_id))


@post("/consents", opt=EDIT, status_code=200)
async def consent(
    request: Asked, db: DoorDb, customer_id: FromPath[UUID], data: Consent
) -> Response[str]:
    customer = await customers.get(db, customer_id)
    try:
        reading = Reading(PermitInvalid)
        given_on = reading.day("given_on", data.given_on)
        how = _how(reading, "consent_how", data.how)
        reading.end()
        await permits.consent(db, customer, data.channel, how=how, given_on=given_on)
    except Invalid as problem:
        return await _card(request, db, customer, problem)
    return await _card(request, db, customer)


@post("/contact-notices", opt=EDIT, status_code=200)
async def told(
    request: Asked, db: DoorDb, customer_id: FromPath[UUID], data: Notice
) -> Response[str]:
    customer = await customers.get(db, customer_id)
    try:
        reading = Reading(PermitInvalid)
        told_on = reading.day("told_on", data.told_on) or clock.local(clock.now()).date()
        how = _how(reading, "notice_how", data.how)
        reading.end()
        await permits.told(db, customer, data.channel, how=how, told_on=told_on)
    except Invalid as problem:
        return await _card(request, db, customer, problem)
    return await _card(request, db, customer)


@post("/objections", opt=EDIT, status_code=200)
async def object_to(
    request: Asked, db: DoorDb, customer_id: FromPath[UUID], data: Objection
) -> Response[str]:
    customer = await customers.get(db, customer_id)
    how = Reading().line("how", data.how, 160)[:160] or _("told to our staff")
    await permits.object_to(db, customer.id, how=how)
    return await _card(request, db, customer)


@post("/objections/end", opt=EDIT, status_code=200)
async def lift(request: Asked, db: DoorDb, customer_id: FromPath[UUID]) -> Response[str]:
    customer = await customers.get(db, customer_id)
    await permits.lift(db, customer.id)
    return await _card(request, db, customer)


def _how(reading: Reading, field: str, typed: str) -> str:
    """Evidence says how a yes or a notice came about: without that it is none."""
    how = reading.line(field, typed, 160)
    if not how:
        reading.refuse(field, "MISSING", _("Please say how, for example “on the order form”."))
    return how


async def _card(
    request: Asked, db: Db, customer: Customer, problem: Invalid | None = None
) -> Response[str]:
    judge = await legal_facts.read(db, [customer.id])
    current = await wordings.current(db)
    return fragment(
        request,
        "campaigns/_customer_card.html",
        status=problem.status if problem else 200,
        customer=customer,
        decisions={channel: judge.decide(customer, channel) for channel in Channel},
        addresses={channel: address_of(customer, channel) for channel in Channel},
        facts=judge.facts.get(customer.id, NOBODY),
        wording=current[WordingKind.CONSENT],
        notice=current[WordingKind.NOTICE],
        today=clock.local(clock.now()).date().strftime("%d.%m.%Y"),
        home=f"/w/{member_of(db).slug}/customers/{customer.id}",
        labels=labels,
        problem=problem,
    )


ROUTERS = [
    Router(
        "/w/{slug:str}/customers/{customer_id:uuid}",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[show, consent, told, object_to, lift],
    )
]
