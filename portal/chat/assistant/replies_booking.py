"""What the built-in assistant says about appointments. It never says that there is one, unless
the booking tool made it in this conversation.

All functions speak the language of the moment (`portal.kit.text.speaking`).
"""

from collections.abc import Sequence

import msgspec

from portal.chat.assistant.facts import Facts, Offer
from portal.chat.assistant.own_bookings import Own
from portal.chat.assistant.reading import Reading
from portal.chat.assistant.replies import Said, in_person, when_back
from portal.chat.assistant.speech import Card, Source
from portal.chat.free_times import plain_times
from portal.chat.moments import when
from portal.kit.text import _, locale

MOST_CHOICES = 8


def booking(facts: Facts, reading: Reading) -> Said:
    """Free times where we know what for, otherwise the question what for."""
    offers = [facts.offers[place] for place in reading.meant.places]
    if facts.ways.is_asked_first:
        return _describe(offers)
    bookable = [offer for offer in facts.offers if offer.bookable_online and offer.id]
    if not bookable or (offers and not any(offer.bookable_online for offer in offers)):
        return in_person(offers)
    if facts.free is None:
        return _which([offer for offer in offers if offer.bookable_online] or bookable)
    if not facts.free.slots:
        return _nothing(facts, offers)
    return _times(facts, offers)


def own(facts: Facts) -> Said:
    """„Wann ist mein Termin?“: what was booked here may be told here, everything else may not."""
    if facts.owned:
        source = (Source("booking", _("Appointment")),)
        return Said(" ".join(own_line(one) for one in facts.owned), source)
    told = _(
        "No appointment has been made in this chat. I may not give information about other "
        "appointments here, because I cannot see who is writing; date and time are in the "
        "e-mail about it. I am passing your question on to our team."
    )
    return _passed_on(facts, told)


def change(facts: Facts) -> Said:
    """Moving and cancelling need to know who asks: by the link that only the customer has."""
    told = _(
        "You move or cancel an appointment quickest with the link in the e-mail about it. "
        "Here in the chat I can neither look up nor change appointments, because I cannot see who "
        "is writing. I am passing your message on to our team."
    )
    return _passed_on(facts, told)


def own_line(one: Own) -> str:
    """One appointment of this conversation, with nothing but what is stored."""
    if one.state in {"cancelled", "no_show"}:
        return _("Appointment %(code)s has been cancelled.", code=one.code)
    if one.starts_at is None:
        return _(
            "Your request %(code)s has arrived; we send you times to choose from.", code=one.code
        )
    moment = when(one.starts_at)
    if one.is_firm:
        return _(
            "Your appointment %(code)s: %(when)s. It is confirmed.", code=one.code, when=moment
        )
    return _(
        "Your request %(code)s for %(when)s has arrived. A colleague still has to confirm it.",
        code=one.code,
        when=moment,
    )


def free_line(facts: Facts, offers: Sequence[Offer]) -> str:
    """The same for a model to read: all free times that the card below shows."""
    assert facts.free is not None  # noqa: S101  # the caller has looked
    if not facts.free.slots:
        return _nothing(facts, offers).text
    moments = "; ".join(when(slot.starts_at) for slot in facts.free.slots)
    begin = _beginning(facts, offers)
    return f"{begin} {moments}"


def _times(facts: Facts, offers: Sequence[Offer]) -> Said:
    assert facts.free is not None  # noqa: S101  # the caller has looked
    begin = _beginning(facts, offers)
    first = _("The earliest one: %(when)s.", when=when(facts.free.slots[0].starts_at))
    end = _(
        "Choose one below; then only your name and how to reach you are missing. Nothing is "
        "booked until then."
    )
    return Said(f"{begin} {first} {end}", (_source(),), (_slots_card(facts, offers),))


def _beginning(facts: Facts, offers: Sequence[Offer]) -> str:
    assert facts.free is not None  # noqa: S101  # the caller has looked
    if facts.free.fits:
        return _("For %(service)s these times are free.", service=_named(offers))
    return _(
        "At the time you wish nothing is free for %(service)s, I am sorry. These are the next "
        "free times.",
        service=_named(offers),
    )


def _slots_card(facts: Facts, offers: Sequence[Offer]) -> Card:
    assert facts.free is not None  # noqa: S101  # the caller has looked
    shown = msgspec.to_builtins(plain_times(facts.free.slots))
    return Card("slots", {"slots": shown, "services": _services(offers)})


def _nothing(facts: Facts, offers: Sequence[Offer]) -> Said:
    told = _(
        "I am sorry, for %(service)s nothing is free in the whole period that can be booked.",
        service=_named(offers),
    )
    waiting = _(
        "You can put yourself on the [waiting list](%(page)s); or leave your number below, and a "
        "colleague gets back to you.",
        page=facts.page,
    )
    card = Card("contact_form", {"purpose": "booking"})
    return Said(f"{told} {waiting}", (_source(),), (card,), "unknown")


def _which(choices: Sequence[Offer]) -> Said:
    told = _(
        "Gladly. What is it about? Choose a service, and I show you the free times. Nothing is "
        "booked until then."
    )
    shown = [_service(offer) for offer in choices[:MOST_CHOICES]]
    return Said(told, (), (Card("services", {"services": shown}),))


def _describe(offers: Sequence[Offer]) -> Said:
    told = _(
        "Gladly. Describe briefly in the form below what is to be done; we plan how long it takes "
        "and send you times to choose from. Nothing is booked until then."
    )
    return Said(told, (), (Card("booking_form", {"services": _services(offers)}),))


def _passed_on(facts: Facts, told: str) -> Said:
    """Who has booked here has said how to be reached."""
    form = Card("contact_form", {"purpose": "booking"})
    cards = () if facts.owned else (form,)
    return Said(f"{told} {when_back(facts)}", (), cards, "asked")


def _named(offers: Sequence[Offer]) -> str:
    return _(" and ").join(offer.name_in(locale.get()) for offer in offers)


def _services(offers: Sequence[Offer]) -> list[dict[str, str]]:
    return [_service(offer) for offer in offers if offer.bookable_online and offer.id]


def _service(offer: Offer) -> dict[str, str]:
    return {"id": str(offer.id), "name": offer.name_in(locale.get())}


def _source() -> Source:
    return Source("slots", _("Calendar"))
