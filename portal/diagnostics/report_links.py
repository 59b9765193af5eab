"""The signed address of an edition: it names nobody, and falls silent when the edition expires."""

from uuid import UUID

from portal.kit.settings import Settings
from portal.tenants.callers import Visitor, owner_link


def address(settings: Settings, workshop_id: UUID, edition_id: UUID) -> str:
    """Where the owner reads this edition; for mails, the chat and the workshop itself."""
    return settings.base_url + path(settings, workshop_id, edition_id)


def path(settings: Settings, workshop_id: UUID, edition_id: UUID) -> str:
    return f"/r/{owner_link(Visitor(workshop_id, edition_id, ''), settings.secret)}"
