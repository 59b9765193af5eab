"""`vehicle_by_plate_or_vin`: a plate or a VIN opens nothing but the way to a proof."""

import msgspec

from portal.chat.assistant import own_vehicle
from portal.chat.assistant.tools import proof
from portal.chat.assistant.tools.proof import NotProved
from portal.chat.assistant.tools.using import Using
from portal.kit.db import Db

NAME = "vehicle_by_plate_or_vin"
DESCRIPTION = (
    "Begins to look up a car by plate or VIN. Shows the visitor a card to prove whose car it is."
)


class Arguments(msgspec.Struct):
    """Looked at by nobody: the visitor types them into the card, where limits hold."""

    plate: str = ""
    vin: str = ""


class Proved(msgspec.Struct, frozen=True):
    """The one car that this visitor has proved, whichever was asked for."""

    title: str
    plate: str
    is_proved: bool = True


async def use(db: Db, using: Using, _arguments: Arguments) -> NotProved | Proved:
    verified = using.question.verified
    found = await own_vehicle.find(db, verified) if verified else None
    return Proved(found.title, found.plate) if found else proof.ask_for(using)
