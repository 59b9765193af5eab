"""What the recipient of a reminder says through its link."""

from sqlalchemy import select

from portal.campaigns import legal_facts, permits
from portal.campaigns.basis import Why
from portal.campaigns.models import CampaignMessage, Channel
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, NotFound
from portal.kit.text import _
from portal.tenants.boundary import visitor_of
from portal.vehicles import customers
from portal.vehicles.models import Customer


class ReminderGone(NotFound):
    code, title = "REMINDER_GONE", N_("Nothing is stored about this message any more.")


async def message_of(db: Db) -> CampaignMessage:
    """Of the link that opened this door. Raises `ReminderGone`."""
    message_id = visitor_of(db).subject
    found = await db.scalar(select(CampaignMessage).where(CampaignMessage.id == message_id))
    if found is None or found.customer_id is None:
        raise ReminderGone
    return found


async def stop(db: Db, message: CampaignMessage) -> None:
    """A no to all advertising; said twice it is the same no."""
    customer = await _customer(db, message)
    if await permits.object_to(db, customer.id, how=_("through the link in a reminder")):
        message.opted_out_at = clock.now()
        await db.flush()


async def resume(db: Db, message: CampaignMessage) -> None:
    """A consent for the way on which the message came."""
    customer = await _customer(db, message)
    await permits.lift(db, customer.id)
    how = _("by the customer, through the link in a reminder")
    await permits.consent(db, customer, Channel(message.channel), how=how)


async def is_stopped(db: Db, message: CampaignMessage) -> bool:
    customer = await _customer(db, message)
    judge = await legal_facts.read(db, [customer.id])
    return judge.decide(customer, Channel(message.channel)).why is Why.OBJECTED


async def _customer(db: Db, message: CampaignMessage) -> Customer:
    assert message.customer_id is not None  # noqa: S101  # `message_of` has seen to it
    return await customers.get(db, message.customer_id)
