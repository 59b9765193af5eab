"""`find_slots`: free times on a lift, with a person, for one or several services."""

from datetime import date, time
from typing import Literal

import msgspec

from portal.chat.assistant.baskets import meant_by
from portal.chat.assistant.facts import Offer
from portal.chat.assistant.free import look_for
from portal.chat.assistant.offers import named_in
from portal.chat.assistant.speech import Card, Source
from portal.chat.assistant.tools.using import Refused, Using
from portal.chat.assistant.wishes import Wish
from portal.chat.assistant.words import plain
from portal.chat.free_times import plain_times
from portal.chat.moments import when
from portal.kit.db import Db
from portal.kit.text import _, speaking

NAME = "find_slots"
DESCRIPTION = (
    "Free times for services. They are also shown to the visitor as a card to choose from."
)


class Arguments(msgspec.Struct):
    """`services`: names; `first` and `last` as YYYY-MM-DD."""

    services: list[str]
    first: date | None = None
    last: date | None = None
    part: Literal["", "morning", "afternoon"] = ""


class Slot(msgspec.Struct, frozen=True):
    """`slot` is the name to book it by, `when` how to say it."""

    slot: str
    when: str


class Slots(msgspec.Struct, frozen=True):
    """`fits`: they are as wished; otherwise the next ones. None: nothing as far as is planned."""

    services: tuple[str, ...]
    slots: tuple[Slot, ...]
    fits: bool = True


async def use(db: Db, using: Using, arguments: Arguments) -> Slots | Refused:
    facts = using.facts
    if facts.ways.is_asked_first:
        return Refused("This workshop sets times itself: let the visitor describe the work.")
    offers = _offers(using, arguments.services)
    if not offers:
        return Refused("No such service can be booked online, or it is not clear which is meant.")
    ids = [offer.id for offer in offers if offer.id is not None]
    free = await look_for(db, ids, _wish(arguments), facts.now, facts.ways.horizon_days)
    using.slots = {f"slot-{place}": slot for place, slot in enumerate(free.slots, 1)}
    using.learn(free=free)
    shown = msgspec.to_builtins(plain_times(free.slots))
    services = [{"id": str(one.id), "name": one.name_in(using.reading.language)} for one in offers]
    with speaking(using.reading.voice):
        using.show(Card("slots", {"slots": shown, "services": services}))
        using.sources.append(Source("slots", _("Calendar")))
        slots = tuple(Slot(name, when(slot.starts_at)) for name, slot in using.slots.items())
    return Slots(tuple(offer.name for offer in offers), slots, free.fits)


def _offers(using: Using, names: list[str]) -> list[Offer]:
    """Each name has to mean one service that can be booked online."""
    offers: list[Offer] = []
    for name in names[:8]:
        words = plain(name)
        meant = meant_by(words, using.facts.offers, named_in(words, using.facts.offers))
        if not meant.is_clear:
            return []
        offers += [using.facts.offers[place] for place in meant.places]
    return [offer for offer in offers if offer.bookable_online and offer.id]


def _wish(arguments: Arguments) -> Wish:
    first, last = arguments.first, arguments.last
    days = (first,) if first is not None and (last is None or last == first) else ()
    noon = time(12)
    return Wish(
        days=days,
        first=first,
        last=last,
        since=noon if arguments.part == "afternoon" else None,
        until=noon if arguments.part == "morning" else None,
    )
