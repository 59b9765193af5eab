"""`order_status`: how far the work on a verified visitor's car is."""

from portal.chat.assistant import own_orders
from portal.chat.assistant.own_orders import OrderStatus
from portal.chat.assistant.tools import proof
from portal.chat.assistant.tools.proof import Nothing, NotProved
from portal.chat.assistant.tools.using import Using
from portal.kit.db import Db

NAME = "order_status"
DESCRIPTION = "How far the work on this visitor's car is, if it is proved whose it is."
Arguments = Nothing


async def use(db: Db, using: Using, _arguments: Nothing) -> NotProved | OrderStatus:
    if using.question.verified is None:
        return proof.ask_for(using)
    found = await own_orders.find(db, using.question.verified)
    using.learn(status=found)
    return found
