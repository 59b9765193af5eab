"""Campaigns: started once, each message with its basis or the reason why it does not go out."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from portal.bookings.campaign_links import reference_of
from portal.campaigns import attribution, due_list, texts
from portal.campaigns.due_list import Due, DueVehicle, Filter
from portal.campaigns.legal_facts import address_of
from portal.campaigns.models import Campaign, CampaignMessage, CampaignState, Channel, Delivery
from portal.campaigns.texts import Letterhead, Written
from portal.kit import clock
from portal.kit.db import Db, new_id
from portal.kit.errors import N_, Invalid, NotFound
from portal.kit.outbox import later
from portal.kit.parts import Parts
from portal.tenants.audit import note
from portal.tenants.boundary import workshop_id_of
from portal.tenants.callers import Visitor, stop_link
from portal.vehicles.models import Customer, Vehicle
from portal.vehicles.paging import Page, page_of

ONCE = ("workshop_id", "vehicle_id", "due_month")
ON_THE_WAY = CampaignMessage.state.in_((Delivery.QUEUED, Delivery.SENT))


class CampaignNotFound(NotFound):
    code, title = "CAMPAIGN_NOT_FOUND", N_("We do not know this campaign.")


class NothingToSend(Invalid):
    code, title = "NOTHING_TO_SEND", N_("Nobody of those chosen may be reminded in this way.")


class CampaignDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Whom, how and with which words; `chosen` leaves out others that might be sent."""

    title: str
    due: Due
    channel: Channel
    hu_class: str = ""
    subject: str = ""
    body: str
    chosen: frozenset[UUID] | None = None


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    """Of one campaign; `revenue` is what the appointments' services are worth, gross."""

    queued: int = 0
    sent: int = 0
    failed: int = 0
    blocked: int = 0
    opted_out: int = 0
    booked: int = 0
    revenue: Any = 0

    @property
    def total(self) -> int:
        """Of those that should go out."""
        return self.queued + self.sent + self.failed

    @property
    def done(self) -> int:
        return self.sent + self.failed


async def start(db: Db, draft: CampaignDraft, head: Letterhead) -> Campaign:
    """A row for each chosen vehicle that may be reminded, and one for each that may not.

    Raises `TextInvalid`, `NothingToSend`.
    """
    title, written = texts.check(
        draft.channel, title=draft.title, subject=draft.subject, body=draft.body
    )
    entries = await due_list.load(db, Filter(draft.due, draft.hu_class))
    lawful = [one for one in entries if one.decision(draft.channel).is_lawful]
    chosen = [one for one in lawful if draft.chosen is None or one.vehicle.id in draft.chosen]
    if not chosen:
        raise NothingToSend
    member = db.info.get("member")
    campaign = Campaign(
        title=title,
        channel=draft.channel,
        due=draft.due,
        hu_class=draft.hu_class,
        subject=written.subject,
        body=written.body,
        state=CampaignState.STARTED,
        created_by=member.name if member else "",
        started_at=clock.now(),
    )
    db.add(campaign)
    await db.flush()
    await _address(db, campaign, written, chosen, head)
    others = (one for one in entries if not one.decision(draft.channel).is_lawful)
    db.add_all(_blocked(campaign, one) for one in others)
    await db.flush()
    note(db, "campaign.started", str(campaign.id), channel=draft.channel)
    return campaign


async def get(db: Db, campaign_id: UUID) -> Campaign:
    """Raises `CampaignNotFound`."""
    found = await db.scalar(select(Campaign).where(Campaign.id == campaign_id))
    if found is None:
        raise CampaignNotFound
    return found


async def list_campaigns(db: Db, *, after: str | None = None, limit: int = 25) -> Page[Any]:
    """Rows of (Campaign, sent, blocked, booked), the latest first."""
    mine = CampaignMessage.campaign_id == Campaign.id

    def counted(*which: Any) -> Any:
        query = select(func.count(CampaignMessage.id)).where(mine, *which)
        return query.correlate(Campaign).scalar_subquery()

    booked = attribution.attributed().subquery()
    through = select(booked.c.message_id)
    query = select(
        Campaign,
        counted(CampaignMessage.state == Delivery.SENT).label("sent"),
        counted(CampaignMessage.state == Delivery.BLOCKED).label("blocked"),
        counted(CampaignMessage.id.in_(through)).label("booked"),
    )
    return await page_of(db, query, Campaign.id, after=after, limit=limit, descending=True)


async def list_messages(
    db: Db, campaign_id: UUID, *, after: str | None = None, limit: int = 50
) -> Page[Any]:
    """Rows of (CampaignMessage, Vehicle, Customer or None, whether it led to an appointment)."""
    booked = attribution.attributed().where(CampaignMessage.campaign_id == campaign_id).subquery()
    query = (
        select(
            CampaignMessage,
            Vehicle,
            Customer,
            CampaignMessage.id.in_(select(booked.c.message_id)).label("is_booked"),
        )
        .join(Vehicle, Vehicle.id == CampaignMessage.vehicle_id)
        .outerjoin(Customer, Customer.id == CampaignMessage.customer_id)
        .where(CampaignMessage.campaign_id == campaign_id)
    )
    return await page_of(db, query, CampaignMessage.id, after=after, limit=limit)


async def numbers(db: Db, campaign_id: UUID) -> Numbers:
    """One statement."""
    worth = attribution.planned_revenue(campaign_id).subquery()
    states = [
        func.count().filter(CampaignMessage.state == state).label(state.value) for state in Delivery
    ]
    opted_out = func.count(CampaignMessage.opted_out_at).label("opted_out")
    query = select(
        *states,
        opted_out,
        select(worth.c.booked).scalar_subquery().label("booked"),
        select(worth.c.revenue).scalar_subquery().label("revenue"),
    ).where(CampaignMessage.campaign_id == campaign_id)
    return Numbers(**(await db.execute(query)).mappings().one())


async def _address(
    db: Db,
    campaign: Campaign,
    written: Written,
    chosen: Collection[DueVehicle],
    head: Letterhead,
) -> None:
    rows = [_outgoing(db, campaign, written, one, head) for one in chosen]
    insertion = insert(CampaignMessage).values(rows)
    once = insertion.on_conflict_do_nothing(index_elements=ONCE, index_where=ON_THE_WAY)
    stored: Sequence[UUID] = (await db.scalars(once.returning(CampaignMessage.id))).all()
    if campaign.channel is not Channel.LETTER:
        for message_id in stored:
            later(db, "campaigns.send_message", message_id=message_id)


def _outgoing(
    db: Db, campaign: Campaign, written: Written, one: DueVehicle, head: Letterhead
) -> dict[str, Any]:
    """A letter is sent with the list that is printed; mail and SMS wait for their job."""
    keeper, decision, message_id = one.keeper, one.decision(campaign.channel), new_id()
    assert keeper is not None  # noqa: S101  # nobody else has a basis
    assert decision.basis is not None  # noqa: S101  # asked for before
    links = links_of(db, head, message_id)
    mine = texts.written_for(written, one, head, links.booking)
    is_sms = campaign.channel is Channel.SMS
    body = (
        texts.sms_with_foot(mine.body, head, links.stop)
        if is_sms
        else texts.with_foot(mine.body, decision.basis, decision.evidence_on, head, links.stop)
    )
    is_letter = campaign.channel is Channel.LETTER
    return {
        "id": message_id,
        "campaign_id": campaign.id,
        "vehicle_id": one.vehicle.id,
        "customer_id": keeper.id,
        "due_month": one.due_month,
        "channel": campaign.channel,
        "recipient": address_of(keeper, campaign.channel)[:254],
        "subject": mine.subject[:200],
        "body": body,
        "basis": decision.basis,
        "evidence_id": decision.evidence_id,
        "evidence_on": decision.evidence_on,
        "state": Delivery.SENT if is_letter else Delivery.QUEUED,
        "sent_at": clock.now() if is_letter else None,
    }


def _blocked(campaign: Campaign, one: DueVehicle) -> CampaignMessage:
    decision = one.decision(campaign.channel)
    return CampaignMessage(
        campaign_id=campaign.id,
        vehicle_id=one.vehicle.id,
        customer_id=one.keeper.id if one.keeper else None,
        due_month=one.due_month,
        channel=campaign.channel,
        state=Delivery.BLOCKED,
        reason=decision.why or "",
        evidence_on=decision.evidence_on,
    )


class Links(msgspec.Struct, frozen=True):
    booking: str
    stop: str


def links_of(db: Db, head: Letterhead, message_id: UUID) -> Links:
    """Where the message leads: to free times, and out."""
    parts: Parts = db.info["parts"]
    base, secret = parts.settings.base_url, parts.settings.secret
    here = workshop_id_of(db)
    reference = reference_of(message_id, workshop_id=here, secret=secret)
    stop = stop_link(Visitor(here, message_id, ""), secret)
    return Links(f"{base}/b/{head.slug}?c={reference}", f"{base}/a/stop/{stop}")
