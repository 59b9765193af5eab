"""Signed addresses that customers find in their mails, on paper and in text messages."""

from uuid import UUID

from portal.kit.settings import Settings
from portal.tenants.callers import Visitor, owner_link


def address(settings: Settings, workshop_id: UUID, appointment_id: UUID) -> str:
    """The customer's page of an appointment: see it, move it, cancel it, pick a time for it."""
    return f"{settings.base_url}/t/{_link(settings, workshop_id, appointment_id)}"


def offer_address(settings: Settings, workshop_id: UUID, invitation_id: UUID) -> str:
    """Where somebody of the waiting list takes or declines a freed time."""
    return f"{settings.base_url}/o/{_link(settings, workshop_id, invitation_id)}"


def _link(settings: Settings, workshop_id: UUID, subject: UUID) -> str:
    return owner_link(Visitor(workshop_id, subject, ""), settings.secret)
