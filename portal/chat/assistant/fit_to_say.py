"""Whether a text that somebody typed into the house may be read out by the built-in assistant.

An answer of the FAQ or an entry of a car's history is the workshop's own word, prices included.
But it speaks to everybody who asks, so it cannot know that *this* visitor's appointment is booked
or car is ready; a text that says so, or leads to another site, was planted or is a slip.
"""

import re
from functools import lru_cache

from portal.chat.assistant.claims import claims_booking, tells_to_drive_on
from portal.chat.assistant.links import without_foreign_links
from portal.chat.assistant.order_claims import claims_state
from portal.chat.assistant.rules import recites_rules
from portal.chat.assistant.sight import seen

_END = re.compile(r"(?<=[^\W\d][^\W\d][.!?])\s+|\n+")


@lru_cache(maxsize=4096)
def is_fit(text: str, hosts: frozenset[str] = frozenset()) -> bool:
    """`hosts` are the workshop's own; a text with other links or tags is not read out."""
    if without_foreign_links(text, hosts) != text:
        return False
    before = ""
    for sentence in _END.split(text):
        plain, earlier = seen(sentence)[0], seen(before)[0]
        if claims_booking(plain, earlier) or claims_state(plain, earlier):
            return False
        if tells_to_drive_on(plain) or recites_rules(plain, earlier):
            return False
        before = sentence
    return True
