"""What customers are told about their appointments."""

from uuid import UUID

from portal.bookings.models import Appointment, NoticeKind
from portal.kit.db import Db


async def queue(
    db: Db, appointment: Appointment, kind: NoticeKind, *, invitation: UUID | None = None
) -> None:
    """Queue the messages of this kind with the transaction of `db`."""
