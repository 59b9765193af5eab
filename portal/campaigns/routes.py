"""Pages of the due list and of campaigns: choose, write, look, send, see what came of it."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from portal.campaigns import campaigns, due_list, labels, letters, texts
from portal.campaigns.campaigns import CampaignDraft
from portal.campaigns.due_list import Due, DueVehicle, Filter
from portal.campaigns.forms import CampaignForm
from portal.campaigns.models import Channel, Delivery
from portal.campaigns.texts import Letterhead, Written
from portal.kit import clock
from portal.kit.db import Db, new_id
from portal.kit.errors import Invalid
from portal.kit.pages import fragment, page
from portal.kit.text import _
from portal.tenants.boundary import DoorDb, member_of, staff_db
from portal.tenants.permissions import Permission, needs
from portal.vehicles import labels as vehicle_labels
from portal.vehicles.hu import HuClass, Month

Asked = Request[Any, Any, Any]
Form = Annotated[CampaignForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
READ = needs(Permission.CUSTOMERS_READ)
SEND = needs(Permission.CAMPAIGNS_SEND)
LINES = 50


@get("/", opt=READ)
async def index(
    request: Asked,
    db: DoorDb,
    due: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    contact: FromQuery[str] = "",
    after: FromQuery[int] = 0,
) -> Response[str]:
    wanted = _filter(due, kind, contact)
    found = await due_list.load(db, wanted)
    begin = max(after, 0)
    return page(
        request,
        "campaigns/index.html",
        rows=found[begin : begin + LINES],
        total=len(found),
        begin=begin,
        lines=LINES,
        most=due_list.MOST,
        wanted=wanted,
        counts=await due_list.count(db),
        home=_home(db),
        labels=labels,
        vehicle_labels=vehicle_labels,
        mail=Channel.MAIL,
    )


@get("/new", opt=SEND)
async def new(
    request: Asked,
    db: DoorDb,
    due: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    channel: FromQuery[str] = "",
) -> Response[str]:
    wanted = _filter(due, kind, "")
    chosen = Channel(channel) if channel in set(Channel) else Channel.MAIL
    standard = texts.standard(chosen)
    draft = CampaignForm(
        due=wanted.due,
        kind=wanted.hu_class,
        channel=chosen,
        title=_title(wanted.due),
        subject=standard.subject,
        body=standard.body,
    )
    return await _compose(request, db, draft)


@post("/preview", opt=SEND, status_code=200)
async def preview(request: Asked, db: DoorDb, data: Form) -> Response[str]:
    """What the next recipient would read, while one types."""
    found = await due_list.load(db, Filter(data.due, _class(data.kind)))
    shown = _preview(db, data, found, data.chosen)
    return fragment(request, "campaigns/_preview.html", home=_home(db), labels=labels, **shown)


@post("/", opt=SEND)
async def start(request: Asked, db: DoorDb, data: Form) -> Response[Any]:
    draft = CampaignDraft(
        title=data.title,
        due=data.due,
        channel=data.channel,
        hu_class=_class(data.kind),
        subject=data.subject,
        body=data.body,
        chosen=data.chosen,
    )
    try:
        campaign = await campaigns.start(db, draft, _head(db))
    except Invalid as problem:
        return await _compose(request, db, data, problem)
    return Redirect(f"{_home(db)}/{campaign.id}", status_code=303)


@get("/sent", opt=READ)
async def sent(request: Asked, db: DoorDb, after: FromQuery[str | None] = None) -> Response[str]:
    return page(
        request,
        "campaigns/sent.html",
        rows=await campaigns.list_campaigns(db, after=after),
        home=_home(db),
        labels=labels,
    )


@get("/{campaign_id:uuid}", opt=READ)
async def show(
    request: Asked, db: DoorDb, campaign_id: FromPath[UUID], after: FromQuery[str | None] = None
) -> Response[str]:
    campaign = await campaigns.get(db, campaign_id)
    return page(
        request,
        "campaigns/campaign.html",
        campaign=campaign,
        numbers=await campaigns.numbers(db, campaign_id),
        rows=await campaigns.list_messages(db, campaign_id, after=after, limit=LINES),
        is_later_page=after is not None,
        home=_home(db),
        labels=labels,
        vehicle_labels=vehicle_labels,
        Delivery=Delivery,
    )


@get("/{campaign_id:uuid}/progress", opt=READ)
async def progress(request: Asked, db: DoorDb, campaign_id: FromPath[UUID]) -> Response[str]:
    campaign = await campaigns.get(db, campaign_id)
    return fragment(
        request,
        "campaigns/_progress.html",
        campaign=campaign,
        numbers=await campaigns.numbers(db, campaign_id),
        home=_home(db),
    )


@get("/{campaign_id:uuid}/letters.csv", opt=READ)
async def letters_csv(db: DoorDb, campaign_id: FromPath[UUID]) -> Response[bytes]:
    """For the mail merge of a word processor: one line a letter, as Excel opens it in German."""
    campaign = await campaigns.get(db, campaign_id)
    name = f"hu-{campaign.created_at:%Y-%m-%d}.csv"
    return Response(
        content=await letters.as_csv(db, campaign_id),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _compose(
    request: Asked, db: Db, draft: CampaignForm, problem: Invalid | None = None
) -> Response[str]:
    found = await due_list.load(db, Filter(draft.due, _class(draft.kind)))
    lawful = [one for one in found if one.decision(draft.channel).is_lawful]
    chosen = draft.chosen if problem else frozenset(one.vehicle.id for one in lawful)
    return page(
        request,
        "campaigns/new.html",
        status=problem.status if problem else 200,
        draft=draft,
        problem=problem,
        lawful=lawful,
        blocked=[one for one in found if not one.decision(draft.channel).is_lawful],
        chosen=chosen,
        placeholders=texts.PLACEHOLDERS,
        home=_home(db),
        labels=labels,
        vehicle_labels=vehicle_labels,
        **_preview(db, draft, lawful, chosen),
    )


def _preview(
    db: Db, draft: CampaignForm, found: list[DueVehicle], chosen: frozenset[UUID]
) -> dict[str, Any]:
    """The message as its recipient reads it; the links of a preview lead nowhere real."""
    recipients = [
        one for one in found if one.vehicle.id in chosen and one.decision(draft.channel).is_lawful
    ]
    if not recipients:
        return {"shown": None, "one": None, "at": 0, "count": 0}
    at = draft.at % len(recipients)
    one, head = recipients[at], _head(db)
    decision = one.decision(draft.channel)
    assert decision.basis is not None  # noqa: S101  # only lawful ones are recipients
    links = campaigns.links_of(db, head, new_id())
    written = texts.written_for(Written(draft.subject, draft.body), one, head, links.booking)
    body = (
        texts.sms_with_foot(written.body, head, links.stop)
        if draft.channel is Channel.SMS
        else texts.with_foot(written.body, decision.basis, decision.evidence_on, head, links.stop)
    )
    return {
        "shown": Written(written.subject, body),
        "one": one,
        "at": at,
        "count": len(recipients),
    }


def _filter(due: str, kind: str, contact: str) -> Filter:
    part = Due(due) if due in set(Due) else Due.NEXT
    known = contact if contact in {*Channel, "none"} else ""
    return Filter(part, _class(kind), known)


def _class(kind: str) -> str:
    return kind if kind in set(HuClass) else ""


def _title(due: Due) -> str:
    today = Month.of(clock.local(clock.now()).date())
    if due is Due.OVERDUE:
        return _("Overdue HU, as of %(month)s", month=texts.month_name(today))
    return _("HU %(month)s", month=texts.month_name(due_list.month_of(due)))


def _head(db: Db) -> Letterhead:
    member = member_of(db)
    assert member.profile is not None  # noqa: S101  # the staff door brings it
    return Letterhead.of(member.slug, member.profile)


def _home(db: Db) -> str:
    return f"/w/{member_of(db).slug}/campaigns"


ROUTERS = [
    Router(
        "/w/{slug:str}/campaigns",
        dependencies={"db": Provide(staff_db)},
        route_handlers=[index, new, preview, start, sent, show, progress, letters_csv],
    )
]
