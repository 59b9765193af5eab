"""What tools work with while one answer is made, and what they leave for it."""

import msgspec

from portal.bookings.slots import OfferedSlot
from portal.chat.assistant.facts import Facts
from portal.chat.assistant.own_bookings import Own
from portal.chat.assistant.reading import Reading
from portal.chat.assistant.redact import Redaction
from portal.chat.assistant.speech import Card, Question, Source


class Using(msgspec.Struct):
    """`facts` grow by what was found: the output check reads them. `cards`, `sources` and
    `hand_over` leave with the answer. `slots` are the free times found for it, by their short
    names: a model can choose one, and invent none.
    """

    question: Question
    reading: Reading
    redaction: Redaction
    facts: Facts
    cards: list[Card] = []
    sources: list[Source] = []
    hand_over: str | None = None
    owned_before: tuple[Own, ...] = ()
    slots: dict[str, OfferedSlot] = {}
    has_learned: bool = False

    @property
    def is_unused(self) -> bool:
        """No tool has left anything."""
        return not (self.has_learned or self.cards or self.hand_over)

    def learn(self, **news: object) -> None:
        self.facts, self.has_learned = msgspec.structs.replace(self.facts, **news), True

    def show(self, card: Card) -> None:
        """One card of each kind: the newest."""
        self.cards = [one for one in self.cards if one.kind != card.kind] + [card]


class Refused(msgspec.Struct, frozen=True):
    """Why a tool did nothing, and what to do instead; for a model to read."""

    refused: str
