"""How far the work on a verified visitor's car is, from the calendar.

Only appointments of this contact: a car may have had another keeper when one was made.
"""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select

from portal.bookings.models import Appointment, State
from portal.chat.assistant.speech import Verified
from portal.kit.db import Db

OVER = (State.COLLECTED, State.CANCELLED, State.NO_SHOW)
MOST = 3


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One open appointment; `pick_up_at` is when it shall be ready, if somebody has said so."""

    id: UUID
    code: str
    title: str
    state: State
    state_since: datetime
    starts_at: datetime | None = None
    pick_up_at: datetime | None = None


class OrderStatus(msgspec.Struct, frozen=True):
    """What is in the workshop now comes first; none when nothing is planned."""

    orders: tuple[Order, ...] = ()


async def find(db: Db, verified: Verified) -> OrderStatus:
    query = (
        select(Appointment)
        .where(Appointment.vehicle_id == verified.vehicle_id)
        .where(Appointment.customer_id == verified.customer_id)
        .where(Appointment.state.not_in(OVER))
        .order_by(Appointment.starts_at.nulls_last(), Appointment.id)
        .limit(MOST)
    )
    return OrderStatus(tuple(_order(one) for one in await db.scalars(query)))


def _order(appointment: Appointment) -> Order:
    return Order(
        id=appointment.id,
        code=appointment.code,
        title=appointment.title,
        state=State(appointment.state),
        state_since=appointment.state_since,
        starts_at=appointment.starts_at,
        pick_up_at=appointment.pick_up_at,
    )
