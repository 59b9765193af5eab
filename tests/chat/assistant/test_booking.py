"""Appointments by word: which service, when, what is free, and what may be said afterwards."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from portal.bookings import rules
from portal.bookings.models import Answering, Closure
from portal.chat.assistant.guard import Guard, Violation
from portal.chat.assistant.own_bookings import Own
from portal.kit import clock
from portal.kit.clock import BERLIN
from portal.tenants.boundary import inside
from tests.makers.assistant import built_in_reply, turns
from tests.makers.bookings import an_appointment
from tests.makers.content import furnished

NOTHING_YET = "Bis dahin ist noch nichts gebucht"
TUESDAY_9 = datetime(2026, 11, 24, 9, 0, tzinfo=BERLIN)
OWN = Own(
    code="K7RQ2M",
    state="requested",
    title="Ölwechsel",
    starts_at=TUESDAY_9,
    ends_at=TUESDAY_9 + timedelta(hours=1),
)


@pytest.fixture
def say(parts, brandt):
    async def ask(text, *before, shop=brandt, **more):
        more = {"now": clock.now(), "turns": turns(*before)} | more
        said, _reading = await built_in_reply(parts, shop, text, **more)
        return said

    return ask


def card(said, kind):
    (found,) = [one for one in said.cards if one.kind == kind]
    return found.data


def names(data):
    return [one["name"] for one in data["services"]]


def starts(said):
    times = (one["starts_at"] for one in card(said, "slots")["slots"])
    return [datetime.fromisoformat(moment).astimezone(BERLIN) for moment in times]


def next_weekday(weekday: int) -> date:
    today = clock.local(clock.now()).date()
    return today + timedelta(days=(weekday - today.weekday()) % 7)


async def test_a_service_that_is_named_gets_its_free_times(say):
    said = await say("Ich brauche einen Termin für einen Klimaservice")
    assert "Für Klimaservice sind diese Zeiten frei" in said.text
    assert NOTHING_YET in said.text
    assert names(card(said, "slots")) == ["Klimaservice"]
    assert len(starts(said)) > 5
    assert starts(said) == sorted(starts(said))
    assert {source.kind for source in said.sources} >= {"slots"}
    assert set(card(said, "slots")["slots"][0]) == {"slot_id", "starts_at", "ends_at"}


async def test_without_a_service_we_ask_which_one(say):
    said = await say("Kann ich einen Termin haben?")
    assert "Um welche Arbeit geht es" in said.text
    assert 4 <= len(names(card(said, "services"))) <= 8


async def test_an_open_word_gets_a_choice_of_what_it_may_mean(say):
    said = await say("Termin für eine Inspektion")
    assert names(card(said, "services")) == ["Kleine Inspektion", "Große Inspektion"]


async def test_the_choice_that_was_tapped_is_clear(say):
    said = await say("Termin für Kleine Inspektion", "Termin für eine Inspektion", "Welche?")
    assert names(card(said, "slots")) == ["Kleine Inspektion"]


async def test_two_services_are_one_visit(say):
    said = await say("Termin für Klimaservice und Bremsflüssigkeit wechseln")
    assert sorted(names(card(said, "slots"))) == ["Bremsflüssigkeit wechseln", "Klimaservice"]


async def test_a_day_and_a_time_of_day_are_kept_to(say):
    said = await say("Klimaservice am Mittwoch Vormittag, haben Sie einen Termin?")
    first = starts(said)
    assert {moment.weekday() for moment in first} == {2}
    assert all(moment.hour < 12 for moment in first)


async def test_next_week_is_next_week(say):
    said = await say("Termin für Klimaservice nächste Woche")
    monday = next_weekday(0) if clock.local(clock.now()).weekday() else next_weekday(0) + _WEEK
    assert {monday <= moment.date() <= monday + timedelta(days=6) for moment in starts(said)} == {
        True
    }


async def test_a_closed_day_is_said_and_the_next_free_times_are_offered(say):
    said = await say("Termin für Klimaservice am Sonntag")
    assert "Zu Ihrer Wunschzeit ist für Klimaservice leider nichts frei" in said.text
    assert "haben wir geschlossen" in said.text
    assert starts(said)


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (["Ich brauche einen Termin", "Um welche Arbeit geht es?"], "Klimaservice"),
        (["Termin für Klimaservice", "Diese Zeiten sind frei."], "lieber Mittwoch Nachmittag"),
        (["Termin für Klimaservice", "…"], "und am Mittwoch?"),
        (["Was kostet ein Klimaservice?", "ab 99 €"], "Dann hätte ich gern einen Termin"),
    ],
)
async def test_the_talk_about_an_appointment_goes_on(before, text, say):
    said = await say(text, *before)
    assert names(card(said, "slots")) == ["Klimaservice"]
    if "Mittwoch" in text:
        assert {moment.weekday() for moment in starts(said)} == {2}


async def test_a_question_in_between_is_no_booking(say):
    said = await say("Was kostet ein Ölwechsel?", "Ich brauche einen Termin", "Wofür?")
    assert "ab 89,00 €" in said.text
    assert said.cards == ()


async def test_english_visitors_get_english_words_and_names(say):
    said = await say("I need an appointment for an air conditioning service", locale="en")
    assert said.text.startswith("Air conditioning service") or "these times are free" in said.text
    assert "Nothing is booked until then" in said.text
    assert starts(said)


async def test_when_nothing_is_free_we_say_so_and_offer_the_waiting_list(parts, say):
    shop = await furnished(parts)
    today = clock.local(clock.now()).date()
    async with inside(parts, shop.id) as db:
        db.add(Closure(starts_on=today, ends_on=today + timedelta(days=500), reason="Umbau"))
    said = await say("Termin für Klimaservice", shop=shop)
    assert "leider nichts frei" in said.text
    assert f"/b/{shop.slug})" in said.text
    assert [one.kind for one in said.cards] == ["contact_form"]
    assert said.hand_over == "unknown"


async def test_where_staff_ask_first_the_form_takes_a_description(parts, say):
    shop = await furnished(parts)
    async with inside(parts, shop.id) as db:
        await rules.change(db, answering=Answering.ASK_FIRST)
    said = await say("Termin für Klimaservice", shop=shop)
    assert "Beschreiben Sie" in said.text
    assert names(card(said, "booking_form")) == ["Klimaservice"]


@pytest.mark.parametrize(
    "text",
    ["Ich muss meinen Termin verschieben", "Termin stornieren", "cancel my appointment please"],
)
async def test_moving_and_cancelling_need_the_link_or_a_person(text, say):
    said = await say(text)
    assert "E-Mail" in said.text or "e-mail" in said.text
    assert said.hand_over == "asked"


@pytest.mark.parametrize(
    "text", ["Wann ist mein Termin?", "Habe ich bei Ihnen einen Termin?", "Terminnummer?"]
)
async def test_nobody_is_told_about_appointments_of_others(text, parts, say):
    shop = await furnished(parts)
    async with inside(parts, shop.id) as db:
        foreign = await an_appointment(db, _soon(), source_kind="conversation", source_id=uuid4())
    said = await say(text, shop=shop)
    assert "keine Auskunft" in said.text
    assert foreign.code not in said.text
    assert said.hand_over == "asked"


async def test_what_was_booked_in_this_talk_may_be_told(parts, say):
    shop = await furnished(parts)
    talk = uuid4()
    async with inside(parts, shop.id) as db:
        made = await an_appointment(db, _soon(), source_kind="conversation", source_id=talk)
    said, _reading = await built_in_reply(
        parts, shop, "Wann ist mein Termin?", now=clock.now(), conversation_id=talk
    )
    assert made.code in said.text
    assert "Er ist bestätigt" in said.text
    assert said.hand_over is None


def guard(*owned):
    return Guard(frozenset(), frozenset(), "030 1", "de", owned)


@pytest.mark.parametrize(
    "claim",
    [
        "Ihr Termin K7RQ2M am Dienstag, 24. November, um 9 Uhr ist eingetragen.",
        "Ihre Terminanfrage K7RQ2M ist gebucht.",
        "Your booking K7RQ2M is for Tuesday at 9:00.",
        "Wir sehen uns am Dienstag um 09:00 Uhr, Nummer K7RQ2M!",
    ],
)
def test_a_booking_of_this_talk_may_be_stated_with_its_code(claim):
    assert guard(OWN).judge(claim, "") is None
    assert guard().judge(claim, "") is Violation.BOOKING


@pytest.mark.parametrize(
    "claim",
    [
        "Ihr Termin am Dienstag um 9 Uhr ist gebucht.",
        "Ihr Termin XXXXXX ist gebucht.",
        "Ihr Termin K7RQ2M am Mittwoch ist gebucht.",
        "Ihr Termin K7RQ2M um 10:30 Uhr ist gebucht.",
        "Ihr Termin K7RQ2M am 25.11. ist gebucht.",
        "Ihr Termin K7RQ2M ist fest bestätigt.",
    ],
)
def test_a_claim_that_says_more_than_is_true_is_still_refused(claim):
    assert guard(OWN).judge(claim, "") is Violation.BOOKING


def test_a_cancelled_booking_may_not_be_claimed():
    cancelled = Own(code="K7RQ2M", state="cancelled", starts_at=TUESDAY_9)
    assert guard(cancelled).judge("Ihr Termin K7RQ2M ist gebucht.", "") is Violation.BOOKING


_WEEK = timedelta(days=7)


def _soon() -> datetime:
    return (clock.now() + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)


@pytest.mark.parametrize(
    ("pick", "meant"),
    [
        ("Die zweite bitte", "Große Inspektion"),
        ("die kleine", "Kleine Inspektion"),
        ("Große, danke", "Große Inspektion"),
        ("den ersten", "Kleine Inspektion"),
    ],
)
async def test_one_of_the_services_offered_may_be_picked_by_word(say, pick, meant):
    said = await say(pick, "Ich brauche einen Termin für eine Inspektion", "Um welche geht es?")
    assert names(card(said, "slots")) == [meant]


async def test_a_pick_beside_any_offer_is_none(say):
    assert "slots" not in [one.kind for one in (await say("Die zweite bitte")).cards]


@pytest.mark.parametrize("left", ["Max Prüfer, 0171 2345678, M-AB 1234", "max@pruefer.example"])
async def test_a_number_typed_into_the_chat_gets_its_form_and_no_question_of_others(say, left):
    said = await say(left, "Ich brauche einen Termin", "Gern.")
    assert said.text.startswith("Vielen Dank. Bitte tragen Sie unten ein")
    assert [one.kind for one in said.cards] == ["contact_form"]
    assert said.sources == ()
