"""What other programs are told."""

from typing import Any

from portal.kit.db import Db


async def announce(db: Db, event: str, body: dict[str, Any]) -> None:
    """Queue this event for every address that asked for it, with the transaction of `db`."""
