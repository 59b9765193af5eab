"""A customer's yes and no to reminders, recorded by staff or through the link in a message."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from sqlalchemy import select, update

from portal.campaigns import wordings
from portal.campaigns.legal_facts import address_of
from portal.campaigns.models import Channel, Consent, ContactNotice, Objection, WordingKind
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid
from portal.kit.text import _
from portal.tenants.audit import note
from portal.vehicles.models import Customer
from portal.vehicles.typed import Reading


class PermitInvalid(Invalid):
    code, title = "INVALID_PERMIT", N_("Some entries about reminders are not valid.")


async def consent(
    db: Db, customer: Customer, channel: Channel, *, how: str, given_on: date | None = None
) -> Consent:
    """Record a yes to the wording of today; without `given_on` it was given this moment."""
    wording = (await wordings.current(db))[WordingKind.CONSENT]
    given = Consent(
        customer_id=customer.id,
        purpose="reminders",
        channel=channel,
        given_at=_moment(given_on),
        how=how,
        wording_version=wording.version,
        recorded_by=_signature(db),
    )
    db.add(given)
    note(db, "reminders.consented", str(customer.id), channel=channel)
    await db.flush()
    return given


async def told(
    db: Db, customer: Customer, channel: Channel, *, how: str, told_on: date
) -> ContactNotice:
    """The present address came with an order, and its owner was told how to object.

    Raises `PermitInvalid` when there is no address.
    """
    address = address_of(customer, channel)
    if not address:
        reading = Reading(PermitInvalid)
        reading.refuse("channel", "NO_ADDRESS", _("There is no address for this."))
        reading.end()
    wording = (await wordings.current(db))[WordingKind.NOTICE]
    notice = ContactNotice(
        customer_id=customer.id,
        channel=channel,
        address=address,
        told_on=told_on,
        how=how,
        wording_version=wording.version,
        recorded_by=_signature(db),
    )
    db.add(notice)
    note(db, "reminders.told", str(customer.id), channel=channel)
    await db.flush()
    return notice


async def object_to(db: Db, customer_id: UUID, *, how: str, channel: Channel | None = None) -> bool:
    """A no, effective at once: consents are withdrawn with it. False when it was known already.

    Without a channel it holds for all of them.
    """
    now = clock.now()
    consents = update(Consent).where(
        Consent.customer_id == customer_id, Consent.withdrawn_at.is_(None)
    )
    if channel is not None:
        consents = consents.where(Consent.channel == channel)
    withdrawn = (await db.scalars(consents.values(withdrawn_at=now).returning(Consent.id))).all()
    if not withdrawn and await _objected(db, customer_id, channel):
        return False
    db.add(
        Objection(
            customer_id=customer_id,
            channel=channel or "",
            objected_at=now,
            how=how,
            recorded_by=_signature(db),
        )
    )
    note(db, "reminders.objected", str(customer_id), channel=channel or "all", how=how)
    await db.flush()
    return True


async def lift(db: Db, customer_id: UUID) -> None:
    """The customer took the objection back. Withdrawn consents stay withdrawn."""
    query = update(Objection).where(
        Objection.customer_id == customer_id, Objection.lifted_at.is_(None)
    )
    await db.execute(query.values(lifted_at=clock.now()))
    note(db, "reminders.objection_lifted", str(customer_id))
    await db.flush()


async def _objected(db: Db, customer_id: UUID, channel: Channel | None) -> bool:
    named = ("", channel) if channel is not None else ("",)
    query = select(Objection.id).where(
        Objection.customer_id == customer_id,
        Objection.lifted_at.is_(None),
        Objection.channel.in_(named),
    )
    return await db.scalar(query.limit(1)) is not None


def _moment(day: date | None) -> datetime:
    """A day in the past counts from its noon; today counts from now."""
    now = clock.now()
    if day is None or day >= clock.local(now).date():
        return now
    return datetime.combine(day, time(12), clock.BERLIN).astimezone(UTC)


def _signature(db: Db) -> str:
    member = db.info.get("member")
    return member.name if member else ""
