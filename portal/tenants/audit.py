"""The audit trail: who did what at this workshop, appended and never changed."""

from typing import Any

from portal.kit.db import Db
from portal.tenants.models import AuditEntry


def note(db: Db, action: str, subject: str = "", **details: Any) -> None:
    """Written with the deed's own transaction: no deed without its entry, no entry without it."""
    member = db.info.get("member")
    actor = f"{member.role}:{member.id}" if member else "system"
    db.add(AuditEntry(actor=actor, action=action, subject=subject, details=details))
