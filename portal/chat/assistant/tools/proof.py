"""What tools about a car say to whom has not proved whose it is: the same for every car."""

import msgspec

from portal.chat.assistant.replies_vehicle import prove_first
from portal.chat.assistant.tools.using import Using
from portal.kit.text import speaking


class Nothing(msgspec.Struct):
    """No arguments: what is meant follows from the conversation."""


class NotProved(msgspec.Struct, frozen=True):
    """The same for every plate and VIN, known or not."""

    is_proved: bool = False
    next_step: str = "The visitor proves by a code whose car it is; the card for it is shown."


def ask_for(using: Using) -> NotProved:
    """The card that leads to a proof goes with the answer."""
    with speaking(using.reading.voice):
        for card in prove_first().cards:
            using.show(card)
    return NotProved()
