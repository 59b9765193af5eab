"""Offers of a freed time: kept for a while, asked in order, and the first to accept gets it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, exists, select

from portal.bookings import appointments, notices, occupancy, rules, services, waitlist
from portal.bookings.drafts import BookingDraft
from portal.bookings.free_times import Slot
from portal.bookings.models import (
    Appointment,
    NoticeKind,
    Offering,
    Origin,
    Reservation,
    Resource,
    ResourceKind,
    Service,
    State,
    Waiting,
    WaitlistEntry,
    WaitlistInvitation,
    WaitlistOffer,
)
from portal.bookings.planning import need_of
from portal.bookings.reservations import one_at_a_time, reserve
from portal.bookings.waitlist_fits import Wish, hold_until, propose
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, NotFound, Problem
from portal.kit.outbox import later
from portal.vehicles.models import Customer, Vehicle

MOST_OFFERS = 8
"""Offers that one freed time may be cut into."""
ACCEPTED, LATE, DECLINED = "accepted", "late", "declined"


class InvitationNotFound(NotFound):
    code, title = "INVITATION_NOT_FOUND", N_("We do not know this offer.")


class NothingFits(Problem):
    status, code = 409, "NOTHING_FITS"
    title = N_("This does not fit there: something it needs is taken or not there.")


class Invited(msgspec.Struct, frozen=True):
    """An invitation with what was offered and who was asked."""

    invitation: WaitlistInvitation
    offer: WaitlistOffer
    entry: WaitlistEntry

    @property
    def is_open(self) -> bool:
        return (
            self.offer.state == Offering.OPEN
            and self.offer.hold_until > clock.now()
            and self.entry.state == Waiting.WAITING
            and self.invitation.answer == ""
        )


async def offer_freed(db: Db, starts_at: datetime, ends_at: datetime) -> list[WaitlistOffer]:
    """Keep the freed time for those who wait, in as many offers as fit into it."""
    made: list[WaitlistOffer] = []
    await one_at_a_time(db)
    entries = await _candidates(db, starts_at, ends_at)
    while entries and len(made) < MOST_OFFERS:
        first, last = clock.local(starts_at).date(), clock.local(ends_at).date()
        there = await occupancy.load(db, first, last + timedelta(days=5))
        wishes = await _wishes(db, entries)
        found = propose(there, wishes, starts_at, ends_at, now=clock.now())
        if found is None:
            break
        asked = [entry for one in found.entry_ids for entry in entries if entry.id == one]
        made.append(await _keep(db, found.slot, asked))
        entries = [entry for entry in entries if entry.id not in found.entry_ids]
    return made


async def offer_by_hand(db: Db, entry: WaitlistEntry, starts_at: datetime) -> WaitlistOffer:
    """Staff offers somebody a time. Raises `NothingFits`."""
    await one_at_a_time(db)
    day = clock.local(starts_at).date()
    there = await occupancy.load(db, day, day + timedelta(days=5))
    (wish,) = await _wishes(db, [entry])
    anytime = msgspec.structs.replace(
        wish, first=day, last=day, weekdays=frozenset(), earliest=None, latest=None
    )
    step = starts_at + timedelta(minutes=1)
    found = propose(there, [anytime], starts_at, step, now=clock.now())
    if found is None:
        raise NothingFits
    return await _keep(db, found.slot, [entry])


async def list_waiting(db: Db, *, limit: int = 200) -> Sequence[Any]:
    """Who still waits, first come first: rows of (entry, customer, vehicle or None, the offer
    that they are asked about now or None).
    """
    asked = (
        select(WaitlistInvitation.entry_id, WaitlistInvitation.offer_id)
        .join(WaitlistOffer, WaitlistOffer.id == WaitlistInvitation.offer_id)
        .where(WaitlistOffer.state == Offering.OPEN, WaitlistInvitation.answer == "")
        .subquery()
    )
    query = (
        select(WaitlistEntry, Customer, Vehicle, WaitlistOffer)
        .join(Customer, Customer.id == WaitlistEntry.customer_id)
        .outerjoin(Vehicle, Vehicle.id == WaitlistEntry.vehicle_id)
        .outerjoin(asked, asked.c.entry_id == WaitlistEntry.id)
        .outerjoin(WaitlistOffer, WaitlistOffer.id == asked.c.offer_id)
        .where(WaitlistEntry.state == Waiting.WAITING, WaitlistEntry.to_day >= waitlist.today())
        .order_by(WaitlistEntry.created_at, WaitlistEntry.id)
    )
    return (await db.execute(query.limit(limit))).all()


async def get(db: Db, invitation_id: UUID, *, lock: bool = False) -> Invited:
    """Raises `InvitationNotFound`. A lock keeps all other answers to the same offer waiting."""
    invitation = await db.scalar(
        select(WaitlistInvitation).where(WaitlistInvitation.id == invitation_id)
    )
    if invitation is None:
        raise InvitationNotFound
    offer_query = select(WaitlistOffer).where(WaitlistOffer.id == invitation.offer_id)
    entry_query = select(WaitlistEntry).where(WaitlistEntry.id == invitation.entry_id)
    if lock:
        offer_query, entry_query = offer_query.with_for_update(), entry_query.with_for_update()
    offer = (await db.scalars(offer_query)).one()
    entry = (await db.scalars(entry_query)).one()
    if lock:
        await db.refresh(invitation)
    return Invited(invitation, offer, entry)


async def accept(db: Db, invitation_id: UUID) -> Appointment | None:
    """The appointment of whoever is first; None for all who come later, and that is noted."""
    asked = await get(db, invitation_id, lock=True)
    if asked.invitation.answer == ACCEPTED and asked.entry.appointment_id is not None:
        return await appointments.get(db, asked.entry.appointment_id)
    if not asked.is_open:
        _answer(asked.invitation, LATE)
        await db.flush()
        return None
    wanted = await _release(db, asked.offer)
    asked.offer.state = Offering.TAKEN
    still_there = await services.still_offered(db, asked.entry.service_ids)
    booked = await appointments.book(db, _draft(asked, wanted, still_there))
    _answer(asked.invitation, ACCEPTED)
    await _serve(db, asked.entry, booked)
    return booked


async def decline(db: Db, invitation_id: UUID) -> None:
    """No, thank you: the next in line is asked once nobody is left to answer."""
    asked = await get(db, invitation_id, lock=True)
    if not asked.is_open:
        return
    _answer(asked.invitation, DECLINED)
    await db.flush()
    await _go_on_if_unanswered(db, asked.offer)


async def leave(db: Db, entry: WaitlistEntry) -> None:
    """Off the list, and no open offer waits for an answer that will not come."""
    await waitlist.leave(db, entry)
    query = (
        select(WaitlistInvitation, WaitlistOffer)
        .join(WaitlistOffer, WaitlistOffer.id == WaitlistInvitation.offer_id)
        .where(WaitlistInvitation.entry_id == entry.id, WaitlistInvitation.answer == "")
        .where(WaitlistOffer.state == Offering.OPEN)
    )
    for row in (await db.execute(query)).all():
        _answer(row.WaitlistInvitation, DECLINED)
        await db.flush()
        await _go_on_if_unanswered(db, row.WaitlistOffer)


async def expire(db: Db, offer_id: UUID) -> list[WaitlistOffer]:
    """Nobody wanted it in time: free it and ask the next ones. Their offers."""
    query = select(WaitlistOffer).where(WaitlistOffer.id == offer_id).with_for_update()
    offer = await db.scalar(query)
    if offer is None or offer.state != Offering.OPEN or offer.hold_until > clock.now():
        return []
    await _release(db, offer)
    offer.state = Offering.EXPIRED
    await db.flush()
    return await offer_freed(db, offer.starts_at, offer.ends_at)


async def _candidates(db: Db, starts_at: datetime, ends_at: datetime) -> list[WaitlistEntry]:
    """Who may be asked, first come first; nobody is asked twice at once, or about what they let
    pass.
    """
    overlaps = (WaitlistOffer.starts_at < ends_at, WaitlistOffer.ends_at > starts_at)
    asked = (
        exists()
        .where(WaitlistInvitation.entry_id == WaitlistEntry.id)
        .where(WaitlistOffer.id == WaitlistInvitation.offer_id)
    )
    query = (
        select(WaitlistEntry)
        .where(WaitlistEntry.state == Waiting.WAITING)
        .where(WaitlistEntry.from_day <= clock.local(ends_at).date())
        .where(WaitlistEntry.to_day >= clock.local(starts_at).date())
        .where(~asked.where(WaitlistOffer.state == Offering.OPEN))
        .where(~asked.where(WaitlistOffer.state == Offering.EXPIRED, *overlaps))
        .order_by(WaitlistEntry.created_at, WaitlistEntry.id)
        .limit(200)
    )
    return list((await db.scalars(query)).all())


async def _wishes(db: Db, entries: Sequence[WaitlistEntry]) -> list[Wish]:
    ids = {service_id for entry in entries for service_id in entry.service_ids}
    rows = (await db.scalars(select(Service).where(Service.id.in_(ids)))).all() if ids else []
    services = {service.id: service for service in rows}
    return [
        Wish(
            entry_id=entry.id,
            need=need_of(
                [services[one] for one in entry.service_ids if one in services],
                minutes=entry.minutes,
            ),
            first=entry.from_day,
            last=entry.to_day,
            weekdays=frozenset(entry.weekdays),
            earliest=entry.earliest,
            latest=entry.latest,
        )
        for entry in entries
    ]


async def _keep(db: Db, slot: Slot, entries: Sequence[WaitlistEntry]) -> WaitlistOffer:
    """Take the resources, ask those people, and look again when the time is up."""
    minutes = (await rules.load(db)).hold_minutes
    until = hold_until(clock.now(), slot.starts_at, minutes)
    offer = WaitlistOffer(starts_at=slot.starts_at, ends_at=slot.ends_at, hold_until=until)
    offer.state = Offering.OPEN
    db.add(offer)
    await db.flush()
    await reserve(db, slot, offer_id=offer.id)
    invitations = [WaitlistInvitation(offer_id=offer.id, entry_id=one.id) for one in entries]
    db.add_all(invitations)
    await db.flush()
    for invitation in invitations:
        await notices.queue(db, None, NoticeKind.OFFER, invitation=invitation.id)
    later(db, "bookings.offer_expired", run_at=until, offer_id=offer.id)
    return offer


async def _release(db: Db, offer: WaitlistOffer) -> dict[ResourceKind, UUID]:
    """What the offer kept is free again; which resources it was."""
    query = (
        select(Resource.kind, Resource.id)
        .join(Reservation, Reservation.resource_id == Resource.id)
        .where(Reservation.offer_id == offer.id)
    )
    kept = {ResourceKind(row.kind): row.id for row in (await db.execute(query)).all()}
    await db.execute(delete(Reservation).where(Reservation.offer_id == offer.id))
    return kept


async def _serve(db: Db, entry: WaitlistEntry, booked: Appointment) -> None:
    """Served, with every other place that the same customer has for the same work."""
    query = select(WaitlistEntry).where(
        WaitlistEntry.customer_id == entry.customer_id, WaitlistEntry.state == Waiting.WAITING
    )
    for one in (await db.scalars(query)).all():
        if one.id == entry.id or (one.service_ids and one.service_ids == entry.service_ids):
            one.state, one.appointment_id = Waiting.SERVED, booked.id
    await db.flush()


def _draft(
    asked: Invited, wanted: dict[ResourceKind, UUID], service_ids: list[UUID]
) -> BookingDraft:
    entry = asked.entry
    return BookingDraft(
        origin=Origin.WAITLIST,
        state=State.CONFIRMED,
        starts_at=asked.offer.starts_at,
        service_ids=service_ids,
        title=entry.title,
        minutes=entry.minutes,
        customer_id=entry.customer_id,
        vehicle_id=entry.vehicle_id,
        wishes=entry.wishes,
        wanted=wanted,
        source_kind="waitlist",
        source_id=entry.id,
    )


def _answer(invitation: WaitlistInvitation, answer: str) -> None:
    if invitation.answer == "":
        invitation.answer, invitation.answered_at = answer, clock.now()


async def _go_on_if_unanswered(db: Db, offer: WaitlistOffer) -> None:
    open_ones = select(
        exists().where(WaitlistInvitation.offer_id == offer.id, WaitlistInvitation.answer == "")
    )
    if offer.state == Offering.OPEN and not await db.scalar(open_ones):
        offer.hold_until = clock.now()
        await db.flush()
        later(db, "bookings.offer_expired", offer_id=offer.id)
