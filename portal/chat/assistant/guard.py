"""What must never leave: a booking nobody made, a price that is not ours, „you may drive on“."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

import msgspec

from portal.bookings.models import State
from portal.chat.assistant import order_claims
from portal.chat.assistant.amounts import amounts_in, has_amount_in_words
from portal.chat.assistant.claims import claims_booking, is_spaced_out, tells_to_drive_on
from portal.chat.assistant.facts import Facts
from portal.chat.assistant.links import host_of, without_foreign_links
from portal.chat.assistant.order_claims import claims_state
from portal.chat.assistant.own_bookings import Own, is_true_of_any
from portal.chat.assistant.replies_booking import own_line
from portal.chat.assistant.rules import recites_rules
from portal.chat.assistant.sight import seen
from portal.kit.text import _, speaking


class Violation(StrEnum):
    BOOKING = "booking"
    PRICE = "price"
    DRIVING = "driving"
    STATE = "state"
    RULES = "rules"


class Guard(msgspec.Struct, frozen=True):
    """The checks of one reply: which prices are ours, which hosts, how to reach us, what the
    booking tool has made in this conversation, and how the verified visitor's orders stand.
    """

    prices: frozenset[Decimal]
    hosts: frozenset[str]
    phone: str
    language: str
    owned: tuple[Own, ...] = ()
    states: tuple[State, ...] = ()

    def judge(self, sentence: str, before: str) -> Violation | None:
        """What is wrong with this sentence, given what came before it; None when it may leave."""
        return self.judge_seen(sentence, seen(sentence)[0], seen(before)[0])

    def judge_seen(self, sentence: str, plain: str, earlier: str) -> Violation | None:
        """The same for who has the plain spelling of sentence and context already."""
        if recites_rules(plain, earlier):
            return Violation.RULES
        claims = claims_booking(plain, earlier) and not is_true_of_any(plain, self.owned)
        if claims or is_spaced_out(plain):
            return Violation.BOOKING
        if tells_to_drive_on(plain):
            return Violation.DRIVING
        if claims_state(plain, earlier) and not order_claims.is_true_of_any(plain, self.states):
            return Violation.STATE
        is_foreign = has_amount_in_words(sentence) or amounts_in(sentence) - self.prices
        return Violation.PRICE if is_foreign else None

    def linked(self, text: str) -> str:
        return without_foreign_links(text, self.hosts)

    def instead_of(self, violation: Violation) -> str:
        """The honest sentence that takes the place of the refused one."""
        with speaking(self.language):
            if violation is Violation.PRICE:
                return _(
                    "I would rather not name a price that is not in our list. A colleague gladly "
                    "gives you a reliable answer – please leave your number or e-mail below."
                )
            if violation is Violation.DRIVING:
                return _(
                    "Nobody can judge from afar whether the car is safe, so please leave it where "
                    "it is and call us: %(phone)s.",
                    phone=self.phone,
                )
            if violation is Violation.RULES:
                return _(
                    "How I am set up I keep to myself. With questions about the workshop I gladly "
                    "help."
                )
            if violation is Violation.STATE:
                return _(
                    "How far the work on your car is I do not know for certain. A colleague gladly "
                    "tells you – please leave your number or e-mail below."
                )
            if self.owned:
                return " ".join(own_line(one) for one in self.owned)
            return _(
                "Honestly: I cannot make an appointment myself, so there is none yet. Please leave "
                "your details below, and a colleague gets back to you."
            )


def guard_for(facts: Facts, language: str) -> Guard:
    about = facts.about
    prices = {offer.price for offer in facts.offers if offer.price is not None}
    return Guard(
        prices=frozenset(prices | _amounts(_texts(facts))),
        hosts=hosts_of(facts),
        phone=about.phone,
        language=language,
        owned=facts.owned,
        states=tuple(order.state for order in facts.status.orders) if facts.status else (),
    )


def hosts_of(facts: Facts) -> frozenset[str]:
    """Where links of this workshop may lead."""
    about = facts.about
    return frozenset({host_of(about.website), about.email.rpartition("@")[2]} - {""})


def _texts(facts: Facts) -> Iterable[str]:
    for offer in facts.offers:
        yield offer.description
        yield offer.description_en
    for found in facts.found:
        yield found.entry.answer
    for record in facts.history.records if facts.history else ():
        yield f"{record.title} {record.text}"
    yield facts.about.about
    yield facts.about.directions


def _amounts(texts: Iterable[str]) -> set[Decimal]:
    return {amount for text in texts for amount in amounts_in(text)}
