"""What staff see of a visitor's proof: whose car it is, or why no code arrived."""

from uuid import UUID

import msgspec
from sqlalchemy import select

from portal.chat.verification_models import Step, Verification
from portal.kit import clock
from portal.kit.db import Db
from portal.kit.errors import N_
from portal.kit.text import _
from portal.vehicles.models import Customer, Vehicle

TROUBLES = {
    "landline": N_("No code was sent: there is only a landline number on file. Please call back."),
    "no_contact": N_("No code was sent: there is no mail address and no mobile number on file."),
    "too_many": N_("No further code was sent: this contact has had several already."),
    "refused": N_("The code could not be delivered."),
}


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """`is_proved`: the visitor has said the code; otherwise `trouble` tells how it stands."""

    is_proved: bool
    customer_id: UUID
    customer: str
    vehicle_id: UUID
    vehicle: str
    trouble: str = ""


async def of_conversation(db: Db, conversation_id: UUID) -> Proof | None:
    """The newest that is about a known vehicle; None where nobody has asked, or too long ago."""
    query = (
        select(Verification, Customer, Vehicle)
        .join(Customer, Customer.id == Verification.customer_id)
        .join(Vehicle, Vehicle.id == Verification.vehicle_id)
        .where(Verification.conversation_id == conversation_id, Verification.step != Step.ENDED)
        .order_by(Verification.step == Step.CONFIRMED, Verification.created_at)
    )
    rows = (await db.execute(query)).all()
    return _proof(*rows[-1]) if rows else None


def _proof(verification: Verification, customer: Customer, vehicle: Vehicle) -> Proof:
    until = verification.valid_until
    is_proved = verification.step == Step.CONFIRMED and until is not None and until > clock.now()
    waiting = _("A code is on its way; it has not been entered yet.")
    trouble = TROUBLES.get(verification.trouble, "")
    return Proof(
        is_proved=is_proved,
        customer_id=customer.id,
        customer=customer.title,
        vehicle_id=vehicle.id,
        vehicle=" · ".join(part for part in (vehicle.title, vehicle.plate) if part),
        trouble="" if is_proved else _(trouble) if trouble else waiting,
    )
