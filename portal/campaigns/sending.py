"""Sending one message: its basis is asked again at the last moment, a stop holds at once."""

from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID

from sqlalchemy import select

from portal.campaigns import legal_facts, texts
from portal.campaigns.basis import Why
from portal.campaigns.legal_facts import address_of
from portal.campaigns.models import CampaignMessage, Channel, Delivery
from portal.campaigns.texts import Letterhead
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.mail import MailDelayed, MailRefused
from portal.kit.outbox import JobFunction, Work
from portal.kit.parts import Parts
from portal.kit.sms import Sms, SmsDelayed, SmsRefused
from portal.tenants import workshops
from portal.tenants.boundary import workshop_id_of
from portal.tenants.callers import Visitor, stop_link
from portal.tenants.models import Workshop
from portal.vehicles.models import Customer

GIVE_UP_AFTER = timedelta(hours=2)
"""A reminder that no server takes for this long has failed; the outbox would try once more."""


async def send_message(work: Work, *, message_id: str) -> None:
    """Sent once; tried again while the server is away."""
    async with work.reading() as db:
        message = await _queued(db, UUID(message_id))
        why = await _why_not(db, message) if message else None
        head = await _letterhead(db) if message and not why else None
        stop = _stop_address(db, message) if message else ""
    problem = await _deliver(work.parts, message, head, stop) if message and head else ""
    async with work.finishing() as db:
        message = await _queued(db, UUID(message_id))
        if message is None:
            return
        if why is not None:
            message.state, message.reason = Delivery.BLOCKED, why
        elif problem:
            message.state, message.problem = Delivery.FAILED, problem[:300]
        else:
            message.state, message.sent_at = Delivery.SENT, clock.now()


async def _queued(db: Db, message_id: UUID) -> CampaignMessage | None:
    query = select(CampaignMessage).where(
        CampaignMessage.id == message_id, CampaignMessage.state == Delivery.QUEUED
    )
    found: CampaignMessage | None = await db.scalar(query)
    return found


async def _why_not(db: Db, message: CampaignMessage) -> Why | None:
    customer = await db.scalar(select(Customer).where(Customer.id == message.customer_id))
    if customer is None:
        return Why.NO_KEEPER
    judge = await legal_facts.read(db, [customer.id])
    decision = judge.decide(customer, Channel(message.channel))
    if not decision.is_lawful:
        return decision.why
    same = address_of(customer, Channel(message.channel)) == message.recipient
    return None if same else Why.OTHER_ADDRESS


async def _letterhead(db: Db) -> Letterhead:
    profile = await workshops.get_profile(db)
    slug = await db.scalar(select(Workshop.slug).where(Workshop.id == workshop_id_of(db)))
    return Letterhead.of(slug or "", profile)


def _stop_address(db: Db, message: CampaignMessage) -> str:
    parts: Parts = db.info["parts"]
    link = stop_link(Visitor(workshop_id_of(db), message.id, ""), parts.settings.secret)
    return f"{parts.settings.base_url}/a/stop/{link}"


async def _deliver(parts: Parts, message: CampaignMessage, head: Letterhead, stop: str) -> str:
    """What went wrong for good, blank when nothing did. Raises when it is worth another try."""
    try:
        if message.channel == Channel.SMS:
            sms = Sms(message.recipient, message.body, f"campaign-{message.id}")
            await parts.sms.send(sms)
        else:
            await parts.mailer.send(_mail(parts, message, head, stop))
    except (MailRefused, SmsRefused) as refused:
        return str(refused)
    except (MailDelayed, SmsDelayed) as delayed:
        if clock.now() - message.created_at < GIVE_UP_AFTER:
            raise
        return str(delayed)
    return ""


def _mail(parts: Parts, message: CampaignMessage, head: Letterhead, stop: str) -> EmailMessage:
    return texts.as_mail(
        parts.settings,
        head,
        to=message.recipient,
        subject=message.subject,
        body=message.body,
        key=f"campaign-{message.id}",
        stop=stop,
    )


JOBS: dict[str, JobFunction] = {"campaigns.send_message": send_message}
