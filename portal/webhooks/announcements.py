"""What other programs are told."""

from typing import Any

from portal.kit.db import Db
from portal.webhooks import deliveries, endpoints


async def announce(db: Db, event: str, body: dict[str, Any]) -> None:
    """Queue this event for every address that asked for it, with the transaction of `db`.

    `body` becomes `data` of the message: ids, times and plain values.
    """
    for endpoint in await endpoints.who_asked_for(db, event):
        await deliveries.queue(db, endpoint, event, body)
