"""`hand_over`: passes the conversation on to a person."""

from typing import Literal

import msgspec

from portal.bookings.opening_texts import state_sentence
from portal.chat.assistant.speech import Card
from portal.chat.assistant.tools.using import Using
from portal.kit.db import Db
from portal.kit.text import speaking

NAME = "hand_over"
DESCRIPTION = "Passes the conversation on to a person of the workshop."


class Arguments(msgspec.Struct):
    reason: Literal["asked", "complaint", "safety", "unknown"] = "asked"


class PassedOn(msgspec.Struct, frozen=True):
    """`opening` says when somebody is there."""

    opening: str
    is_passed_on: bool = True


async def use(_db: Db, using: Using, arguments: Arguments) -> PassedOn:
    using.hand_over = arguments.reason
    using.show(Card("contact_form", {"purpose": "person"}))
    with speaking(using.reading.voice):
        return PassedOn(state_sentence(using.facts.week, using.facts.now))
