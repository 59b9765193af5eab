"""Whether a customer may be reminded on a channel, and why (not): pure.

An advertising mail or SMS needs consent (§ 7 (2) no. 2 UWG) or all four of § 7 (3) UWG: the address
came with an order, it advertises own similar services, nobody objected, and the customer was told
at collection how to object. The message says it again, see `texts.footer`. A letter is direct mail
(Art. 6 (1) f, 21 (2) GDPR): lawful until somebody objects. A withdrawn consent counts as an
objection: who takes back a yes means no. A consent given after a no is a new yes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from portal.campaigns.models import Basis, Channel
from portal.kit import clock


class Why(StrEnum):
    """Why no reminder goes out."""

    NO_KEEPER = "no_keeper"
    NO_ADDRESS = "no_address"
    OBJECTED = "objected"
    NO_SERVICE = "no_service"
    TOO_LONG_AGO = "too_long_ago"
    NOT_TOLD = "not_told"
    OTHER_ADDRESS = "other_address"
    REMINDED = "reminded"
    BOOKED = "booked"


class GivenConsent(msgspec.Struct, frozen=True):
    id: UUID
    channel: Channel
    given_at: datetime
    withdrawn_at: datetime | None = None
    wording_version: str = ""
    how: str = ""


class GivenNotice(msgspec.Struct, frozen=True):
    id: UUID
    channel: Channel
    address: str
    told_on: date
    wording_version: str = ""
    how: str = ""


class MadeObjection(msgspec.Struct, frozen=True):
    """`channel` is empty for all of them."""

    id: UUID
    channel: str
    objected_at: datetime
    lifted_at: datetime | None = None
    how: str = ""


class LegalFacts(msgspec.Struct, frozen=True):
    """What is known about a customer; `last_service_on` is own work on a vehicle then theirs."""

    consents: tuple[GivenConsent, ...] = ()
    notices: tuple[GivenNotice, ...] = ()
    objections: tuple[MadeObjection, ...] = ()
    last_service_on: date | None = None


@dataclass(frozen=True)
class Decision:
    """A basis with its evidence, or the reason why there is none."""

    basis: Basis | None = None
    why: Why | None = None
    evidence_id: UUID | None = None
    evidence_on: date | None = None

    @property
    def is_lawful(self) -> bool:
        return self.basis is not None


def decide(
    facts: LegalFacts, channel: Channel, address: str, *, today: date, customer_years: int
) -> Decision:
    """`address` is where the message would go, blank when there is none."""
    if not address:
        return Decision(why=Why.NO_ADDRESS)
    last_no = _last_no(facts, channel)
    consent = _consent(facts, channel, after=last_no)
    if consent is not None:
        given_on = clock.local(consent.given_at).date()
        return Decision(Basis.CONSENT, evidence_id=consent.id, evidence_on=given_on)
    if last_no is not None:
        return Decision(why=Why.OBJECTED, evidence_on=clock.local(last_no).date())
    if channel is Channel.LETTER:
        return Decision(Basis.LEGITIMATE_INTEREST)
    return _existing_customer(facts, channel, address, today, customer_years)


def _existing_customer(
    facts: LegalFacts, channel: Channel, address: str, today: date, years: int
) -> Decision:
    last = facts.last_service_on
    if last is None:
        return Decision(why=Why.NO_SERVICE)
    if _years_later(last, years) < today:
        return Decision(why=Why.TOO_LONG_AGO, evidence_on=last)
    told = [notice for notice in facts.notices if notice.channel is channel]
    fitting = [notice for notice in told if _same(notice.address, address)]
    if not fitting:
        return Decision(why=Why.OTHER_ADDRESS if told else Why.NOT_TOLD)
    notice = max(fitting, key=lambda one: one.told_on)
    return Decision(Basis.EXISTING_CUSTOMER, evidence_id=notice.id, evidence_on=notice.told_on)


def _last_no(facts: LegalFacts, channel: Channel) -> datetime | None:
    objections = (
        one.objected_at
        for one in facts.objections
        if one.lifted_at is None and one.channel in {"", channel}
    )
    withdrawals = (one.withdrawn_at for one in facts.consents if one.channel is channel)
    return max((*objections, *(when for when in withdrawals if when is not None)), default=None)


def _consent(facts: LegalFacts, channel: Channel, after: datetime | None) -> GivenConsent | None:
    open_ones: Iterable[GivenConsent] = (
        one
        for one in facts.consents
        if one.channel is channel
        and one.withdrawn_at is None
        and (after is None or one.given_at > after)
    )
    return max(open_ones, key=lambda one: one.given_at, default=None)


def _years_later(day: date, years: int) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last)


def _same(one: str, other: str) -> bool:
    return one.strip().lower() == other.strip().lower()
