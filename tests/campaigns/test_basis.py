"""When a reminder is lawful: every branch of the decision."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.campaigns.basis import (
    GivenConsent,
    GivenNotice,
    LegalFacts,
    MadeObjection,
    Why,
    decide,
)
from portal.campaigns.models import Basis, Channel

TODAY = date(2026, 11, 21)
ADDRESS = "erika@kunde.example"


def at(day, hour=12):
    return datetime(2026, 1, 1, hour, tzinfo=UTC) + timedelta(days=day)


def consent(day=10, *, withdrawn=None, channel=Channel.MAIL):
    return GivenConsent(uuid4(), channel, at(day), None if withdrawn is None else at(withdrawn))


def objection(day=20, *, lifted=None, channel=""):
    return MadeObjection(uuid4(), channel, at(day), None if lifted is None else at(lifted))


def notice(address=ADDRESS, *, told=date(2025, 3, 1), channel=Channel.MAIL):
    return GivenNotice(uuid4(), channel, address, told)


def decided(*, channel=Channel.MAIL, address=ADDRESS, years=3, **facts):
    facts = {
        name: tuple(found) if isinstance(found, list) else found for name, found in facts.items()
    }
    return decide(LegalFacts(**facts), channel, address, today=TODAY, customer_years=years)


def test_a_consent_is_a_basis_and_its_own_evidence():
    given = consent()
    found = decided(consents=[consent(5), given])
    assert (found.basis, found.evidence_id) == (Basis.CONSENT, given.id)
    assert found.evidence_on == date(2026, 1, 11)


def test_a_consent_for_one_way_says_nothing_about_another():
    assert decided(consents=[consent(channel=Channel.SMS)]).why is Why.NO_SERVICE


@pytest.mark.parametrize("channel", Channel)
def test_without_an_address_nothing_goes_out(channel):
    assert decided(channel=channel, address="", consents=[consent()]).why is Why.NO_ADDRESS


@pytest.mark.parametrize("channel", Channel)
def test_an_objection_to_all_blocks_every_way(channel):
    found = decided(
        channel=channel,
        objections=[objection()],
        notices=[notice(channel=channel)],
        last_service_on=TODAY,
    )
    assert (found.why, found.evidence_on) == (Why.OBJECTED, date(2026, 1, 21))


def test_an_objection_to_one_way_leaves_the_others():
    no_mail = [objection(channel="mail")]
    assert decided(objections=no_mail).why is Why.OBJECTED
    letter = decided(objections=no_mail, channel=Channel.LETTER)
    assert letter.basis is Basis.LEGITIMATE_INTEREST


def test_a_consent_after_an_objection_is_a_new_yes():
    assert decided(consents=[consent(30)], objections=[objection(20)]).basis is Basis.CONSENT
    assert decided(consents=[consent(10)], objections=[objection(20)]).why is Why.OBJECTED
    assert decided(consents=[consent(20)], objections=[objection(20)]).why is Why.OBJECTED


def test_an_objection_that_was_taken_back_no_longer_counts():
    assert decided(consents=[consent(10)], objections=[objection(20, lifted=30)]).is_lawful


def test_a_withdrawn_consent_means_no_also_to_existing_customers():
    found = decided(consents=[consent(10, withdrawn=20)], notices=[notice()], last_service_on=TODAY)
    assert found.why is Why.OBJECTED


def test_a_letter_needs_no_consent():
    assert decided(channel=Channel.LETTER).basis is Basis.LEGITIMATE_INTEREST


def test_an_existing_customer_who_was_told_may_be_reminded():
    latest = notice(told=date(2026, 2, 2))
    found = decided(notices=[notice(), latest], last_service_on=date(2025, 3, 1))
    assert (found.basis, found.evidence_id) == (Basis.EXISTING_CUSTOMER, latest.id)
    assert found.evidence_on == date(2026, 2, 2)


def test_who_never_had_work_done_is_no_existing_customer():
    assert decided(notices=[notice()]).why is Why.NO_SERVICE


@pytest.mark.parametrize(
    ("last", "years", "why"),
    [
        (date(2023, 11, 21), 3, None),
        (date(2023, 11, 20), 3, Why.TOO_LONG_AGO),
        (date(2024, 2, 29), 3, None),
        (date(2024, 2, 29), 2, Why.TOO_LONG_AGO),
    ],
)
def test_after_some_years_a_customer_is_none_any_more(last, years, why):
    assert decided(notices=[notice()], last_service_on=last, years=years).why is why


def test_who_was_not_told_how_to_object_is_not_reminded():
    assert decided(last_service_on=TODAY).why is Why.NOT_TOLD
    other_way = [notice(channel=Channel.SMS)]
    assert decided(notices=other_way, last_service_on=TODAY).why is Why.NOT_TOLD


def test_what_was_told_with_one_address_does_not_hold_for_another():
    found = decided(notices=[notice("alt@kunde.example")], last_service_on=TODAY)
    assert found.why is Why.OTHER_ADDRESS
    assert decided(notices=[notice(" Erika@Kunde.Example")], last_service_on=TODAY).is_lawful


DAYS = st.integers(0, 300)
CONSENTS = st.builds(consent, DAYS, withdrawn=st.none() | st.integers(301, 310))
OBJECTIONS = st.builds(
    objection, DAYS, lifted=st.none() | st.integers(301, 310), channel=st.sampled_from(["", "mail"])
)


@given(st.lists(CONSENTS, max_size=4), st.lists(OBJECTIONS, max_size=4), st.booleans())
def test_after_the_last_no_only_a_later_consent_lets_anything_out(consents, objections, known):
    notices, last = ([notice()], TODAY) if known else ([], None)
    found = decided(consents=consents, objections=objections, notices=notices, last_service_on=last)
    no = [one.objected_at for one in objections if one.lifted_at is None]
    no += [one.withdrawn_at for one in consents if one.withdrawn_at is not None]
    yes = [one.given_at for one in consents if one.withdrawn_at is None]
    if no and max(yes, default=min(no)) <= max(no):
        assert not found.is_lawful
    if found.basis is Basis.CONSENT:
        assert max(yes) > max(no, default=max(yes) - timedelta(1))
    assert (found.basis is None) == (found.why is not None)
