"""Who waits for a freed time."""

from datetime import datetime

from portal.kit.db import Db


async def time_freed(db: Db, starts_at: datetime, ends_at: datetime) -> None:
    """An appointment was cancelled or moved away from this time."""
