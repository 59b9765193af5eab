"""Who is behind a conversation: a customer and a vehicle that the team links with it.

What the team sees by it, the visitor does not: to be told of a vehicle's history a visitor proves
who it is by a code, see `identity`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, func, null, select

from portal.chat import conversations, live, words
from portal.chat.models import Conversation
from portal.chat.verification_models import Step, Verification
from portal.diagnostics.models import Scan
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid
from portal.tenants import audit
from portal.vehicles import customers, vehicles
from portal.vehicles.models import Customer, HistoryEntry, Ownership, Vehicle

ENTRIES, SCANS = 4, 3
PROVED = (Verification.customer_id, Verification.vehicle_id)


class NothingToLink(Invalid):
    code, title = "NOTHING_TO_LINK", N_("Please choose a customer or a vehicle.")


class Line(msgspec.Struct):
    """Something that is known of a vehicle. `path` leads there, behind the workshop's address."""

    title: str
    day: date | datetime | None
    path: str


class Behind(msgspec.Struct):
    """`is_verified`: the visitor has proved it; otherwise somebody of the team says so."""

    customer: Any = None
    vehicle: Any = None
    vehicles: list[Any] = []
    history: list[Line] = []
    scans: list[Line] = []
    is_verified: bool = False
    is_linked: bool = False


async def link(
    db: Db, conversation_id: UUID, *, customer_id: UUID | None, vehicle_id: UUID | None
) -> Conversation:
    """Raises `NothingToLink`, and `NotFound` for what this workshop does not know."""
    if customer_id is None and vehicle_id is None:
        raise NothingToLink
    conversation = await conversations.locked(db, conversation_id)
    found_by: list[str] = []
    if vehicle_id is not None:
        kept = await vehicles.get(db, vehicle_id)
        customer_id = customer_id or (kept.keeper.id if kept.keeper else None)
        found_by.append(kept.vehicle.plate)
    if customer_id is not None:
        customer = await customers.get(db, customer_id)
        conversation.visitor_name = conversation.visitor_name or customer.title[:120]
        found_by += [customer.title, customer.phone, customer.email]
    conversation.customer_id, conversation.vehicle_id = customer_id, vehicle_id
    await words.note(db, conversation.id, " ".join(filter(None, found_by)))
    audit.note(db, "conversation.linked", str(conversation.id))
    live.tell_state(db, conversation)
    return conversation


async def unlink(db: Db, conversation_id: UUID) -> Conversation:
    conversation = await conversations.locked(db, conversation_id)
    conversation.customer_id = conversation.vehicle_id = None
    audit.note(db, "conversation.unlinked", str(conversation.id))
    live.tell_state(db, conversation)
    return conversation


async def behind(db: Db, conversation: Conversation, proved: Any) -> Behind:
    """Two statements: who it is with their cars, and what was done to this one with its scans.

    `proved` is a row of `PROVED`, or None.
    """
    known = await behind_proof(db, conversation, proved)
    if known.vehicle is not None:
        known.history, known.scans = await _records(db, known.vehicle.id)
    return known


async def who(db: Db, conversation: Conversation) -> Behind:
    """Customer and cars alone."""
    query = select(*PROVED).where(*is_proof(conversation.id)).limit(1)
    return await behind_proof(db, conversation, (await db.execute(query)).first())


def is_proof(conversation_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Conditions of the proof of identity that holds in this conversation."""
    return (
        Verification.conversation_id == conversation_id,
        Verification.step == Step.CONFIRMED,
        Verification.valid_until > clock.now(),
    )


async def behind_proof(db: Db, conversation: Conversation, proved: Any) -> Behind:
    """The same where a row of `PROVED` is known already, or that there is none."""
    linked = conversation.customer_id or conversation.vehicle_id
    customer_id = conversation.customer_id or (proved.customer_id if proved else None)
    vehicle_id = conversation.vehicle_id or (proved.vehicle_id if proved else None)
    known = Behind(is_verified=proved is not None, is_linked=linked is not None)
    rows = await _cars(db, customer_id, vehicle_id)
    known.customer = next((row.Customer for row in rows if row.Customer), None)
    known.vehicles = list({row.Vehicle.id: row.Vehicle for row in rows if row.Vehicle}.values())
    known.vehicle = _chosen(known.vehicles, vehicle_id)
    return known


async def _cars(db: Db, customer_id: UUID | None, vehicle_id: UUID | None) -> Sequence[Any]:
    if customer_id is not None:
        query = (
            select(Customer, Vehicle)
            .outerjoin(
                Ownership,
                (Ownership.customer_id == Customer.id) & Ownership.valid_to.is_(None),
            )
            .outerjoin(Vehicle, Vehicle.id == Ownership.vehicle_id)
            .where(Customer.id == customer_id)
            .limit(20)
        )
    elif vehicle_id is not None:
        query = select(Customer, Vehicle).outerjoin(Customer, Customer.id.is_(None))
        query = query.where(Vehicle.id == vehicle_id)
    else:
        return []
    return (await db.execute(query)).all()


def _chosen(known: Sequence[Any], vehicle_id: UUID | None) -> Any:
    """The linked one, or the only one that there is."""
    if vehicle_id is None:
        return known[0] if len(known) == 1 else None
    return next((one for one in known if one.id == vehicle_id), None)


async def _records(db: Db, vehicle_id: UUID) -> tuple[list[Line], list[Line]]:
    """The newest entries of its history and its newest scans, the last ones first."""
    newest = (HistoryEntry.happened_on.desc(), HistoryEntry.id.desc())
    entries = (
        select(
            func.row_number().over(order_by=newest).label("place"),
            HistoryEntry.title,
            HistoryEntry.happened_on.label("day"),
            null().cast(Scan.uploaded_at.type).label("moment"),
            null().cast(Scan.id.type).label("scan_id"),
        )
        .where(HistoryEntry.vehicle_id == vehicle_id)
        .order_by(*newest)
        .limit(ENTRIES)
    )
    latest = Scan.uploaded_at.desc()
    scans = (
        select(
            func.row_number().over(order_by=latest),
            Scan.file_name,
            null().cast(HistoryEntry.happened_on.type),
            Scan.uploaded_at,
            Scan.id,
        )
        .where(Scan.vehicle_id == vehicle_id)
        .order_by(latest)
        .limit(SCANS)
    )
    rows = sorted(await db.execute(entries.union_all(scans)), key=lambda row: int(row.place))
    car = f"vehicles/{vehicle_id}"
    return (
        [Line(row.title, row.day, car) for row in rows if row.scan_id is None],
        [Line(r.title, r.moment, f"diagnostics/{r.scan_id}") for r in rows if r.scan_id],
    )
