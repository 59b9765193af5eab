"""Which appointments a reminder led to.

One that was booked through the message's link, or one for the reminded vehicle with an HU in it
that was made within 60 days after the message. Counted when somebody looks, so that a cancelled
appointment no longer counts. `source_of` opens the reference of a link.
"""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from portal.bookings.campaign_links import SOURCE_KIND, source_of
from portal.bookings.models import Appointment, AppointmentService, Service
from portal.bookings.models.kinds import SkillKind, State
from portal.campaigns.models import CampaignMessage

__all__ = ["WITHIN", "attributed", "is_for_hu", "planned_revenue", "source_of"]

WITHIN = timedelta(days=60)
HU_WORDS = r"\y(HU|AU|TÜV|Hauptuntersuchung|Nachprüfung)\y"
GONE = (State.CANCELLED, State.NO_SHOW)


def is_for_hu() -> ColumnElement[bool]:
    """Whether an appointment presents a vehicle to an inspector."""
    inspected = (
        exists()
        .where(AppointmentService.appointment_id == Appointment.id)
        .where(
            or_(
                AppointmentService.name.regexp_match(HU_WORDS, flags="i"),
                exists()
                .where(Service.id == AppointmentService.service_id)
                .where(or_(Service.needs_inspector, Service.skill == SkillKind.EMISSIONS_TEST)),
            )
        )
    )
    return or_(inspected, Appointment.title.regexp_match(HU_WORDS, flags="i"))


def attributed() -> Select[UUID, UUID]:
    """Rows of (message id, appointment id); an appointment has one message."""
    through_link = and_(
        Appointment.source_kind == SOURCE_KIND, Appointment.source_id == CampaignMessage.id
    )
    for_the_vehicle = and_(
        Appointment.source_kind != SOURCE_KIND,
        Appointment.vehicle_id == CampaignMessage.vehicle_id,
        Appointment.created_at >= CampaignMessage.sent_at,
        Appointment.created_at < CampaignMessage.sent_at + WITHIN,
        is_for_hu(),
    )
    return (
        select(CampaignMessage.id.label("message_id"), Appointment.id.label("appointment_id"))
        .join(Appointment, or_(through_link, for_the_vehicle))
        .where(Appointment.state.not_in(GONE))
    )


def planned_revenue(campaign_id: UUID) -> Select[int, Decimal]:
    """How many messages led to appointments, and what those are worth by their services."""
    found = attributed().where(CampaignMessage.campaign_id == campaign_id).subquery()
    worth = select(func.coalesce(func.sum(AppointmentService.price), 0)).where(
        AppointmentService.appointment_id.in_(select(found.c.appointment_id))
    )
    booked = select(func.count(found.c.message_id.distinct()))
    return select(
        booked.scalar_subquery().label("booked"), worth.scalar_subquery().label("revenue")
    )
