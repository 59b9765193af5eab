"""`request_callback`: the form in which a visitor leaves a number, with consent."""

import msgspec

from portal.bookings.opening_texts import state_sentence
from portal.chat.assistant.speech import Card
from portal.chat.assistant.tools.proof import Nothing
from portal.chat.assistant.tools.using import Using
from portal.kit.db import Db
from portal.kit.text import speaking

NAME = "request_callback"
DESCRIPTION = "Shows the visitor a form for a call-back. The visitor fills it in, not you."
Arguments = Nothing


class FormShown(msgspec.Struct, frozen=True):
    """`opening` says when somebody calls back."""

    opening: str
    is_shown: bool = True


async def use(_db: Db, using: Using, _arguments: Nothing) -> FormShown:
    using.hand_over = using.hand_over or "unknown"
    using.show(Card("contact_form", {"purpose": "question"}))
    with speaking(using.reading.voice):
        return FormShown(state_sentence(using.facts.week, using.facts.now))
