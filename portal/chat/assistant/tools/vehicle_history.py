"""`vehicle_history`: what was done to a verified visitor's car, each entry with its record."""

from msgspec import structs

from portal.chat.assistant import own_vehicle
from portal.chat.assistant.own_vehicle import ReleasedReport, VehicleHistory
from portal.chat.assistant.replies_vehicle import vehicle_card
from portal.chat.assistant.tools import proof
from portal.chat.assistant.tools.proof import Nothing, NotProved
from portal.chat.assistant.tools.using import Using
from portal.kit.db import Db

NAME = "vehicle_history"
DESCRIPTION = "What was done to the car of this visitor, if it is proved whose it is."
Arguments = Nothing


async def use(db: Db, using: Using, _arguments: Nothing) -> NotProved | VehicleHistory:
    verified = using.question.verified
    found = await own_vehicle.find(db, verified) if verified else None
    if found is None:
        return proof.ask_for(using)
    using.learn(history=found)
    using.show(vehicle_card(found))
    return structs.replace(found, reports=tuple(map(_without_link, found.reports)))


def _without_link(report: ReleasedReport) -> ReleasedReport:
    """A signed link opens for whoever has it: it stands on the card, and no model needs it."""
    return structs.replace(report, address="")
