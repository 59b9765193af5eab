"""History after identity: cut by ownership, each statement with its record."""

from datetime import date, timedelta

from portal.chat.assistant import own_vehicle
from portal.chat.assistant.speech import Verified
from portal.kit import clock
from portal.tenants.boundary import inside
from portal.vehicles import ownerships
from portal.vehicles.models import HistoryKind
from tests.makers.bookings import a_calendar, a_service, an_appointment
from tests.makers.chat import a_guest
from tests.makers.identity import (
    a_verified_guest,
    an_owner,
    asks_for_code,
    entered,
)
from tests.makers.vehicles import a_customer

ASKED = "Was wurde letztes Mal an meinem Auto gemacht?"


def said(events):
    return "".join(event.data["text"] for event in events if event.name == "delta")


def cards(events):
    return [event.data for event in events if event.name == "card"]


async def test_without_a_proof_the_assistant_asks_for_one(client, shop, parts):
    owner = await an_owner(parts, shop)
    await entered(parts, shop, owner.vehicle, date(2026, 3, 12), "Große Inspektion")
    guest = await a_guest(client, shop)
    events = await guest.say(f"{ASKED} Kennzeichen B-KF 1234")
    assert [card["kind"] for card in cards(events)] == ["verification"]
    assert "Inspektion" not in said(events)
    assert events[-1].data["state"] == "bot"


async def test_after_a_reload_a_used_card_does_not_ask_for_a_code_again(client, shop, parts, desk):
    owner = await an_owner(parts, shop)
    await entered(parts, shop, owner.vehicle, date(2026, 3, 12), "Große Inspektion")
    guest = await a_guest(client, shop)
    await guest.say(ASKED)
    await asks_for_code(guest, desk)
    assert _kinds(await guest.history()) == ["verification"]
    await guest.post("verifications/confirm", {"code": desk.mail_code})
    assert _kinds(await guest.history()) == ["vehicle"]


def _kinds(messages):
    return [card["kind"] for message in messages for card in message.get("cards", [])]


async def test_a_right_code_answers_the_question_that_was_waiting(client, shop, parts, desk):
    owner = await an_owner(parts, shop)
    await entered(parts, shop, owner.vehicle, date(2025, 3, 12), "Ölwechsel", source="R 2025-7")
    await entered(
        parts, shop, owner.vehicle, date(2026, 3, 12), "Große Inspektion", odometer_km=84_200
    )
    guest = await a_guest(client, shop)
    await guest.say(ASKED)
    await asks_for_code(guest, desk)
    await guest.post("verifications/confirm", {"code": desk.mail_code})
    proved, answer = (await guest.history())[-2:]
    assert (proved["author"], proved["text"]) == (
        "system",
        "Sie haben nachgewiesen, dass es Ihr Fahrzeug ist.",
    )
    assert answer["text"] == "Am 12.03.2026 bei 84.200 km: Große Inspektion (Rechnung 2026-113)."
    assert answer["sources"] == [{"kind": "history", "label": "Rechnung 2026-113, 12.03.2026"}]
    (card,) = answer["cards"]
    assert card["kind"] == "vehicle"
    assert [record["title"] for record in card["records"]] == ["Große Inspektion", "Ölwechsel"]
    assert all(record["id"] for record in card["records"])


async def test_a_verified_visitor_asks_on(client, shop, parts, desk):
    owner = await an_owner(parts, shop)
    await entered(parts, shop, owner.vehicle, date(2024, 5, 2), "Zahnriemen erneuert")
    await entered(parts, shop, owner.vehicle, date(2026, 3, 12), "Große Inspektion")
    guest = await a_verified_guest(client, shop, desk)
    events = await guest.say("Wann wurde der Zahnriemen gewechselt?")
    assert said(events) == "Am 02.05.2024: Zahnriemen erneuert (Rechnung 2026-113)."
    by_name = await guest.say("Was wurde beim letzten Mal an meinem Golf gemacht?")
    assert "Große Inspektion" in said(by_name)
    nothing = await guest.say("Wann wurde die Kupplung gewechselt?")
    assert said(nothing).startswith("Dazu steht bei uns nichts.")


async def test_history_is_cut_by_ownership(client, shop, parts, desk):
    owner = await an_owner(parts, shop)
    sold = clock.local(clock.now()).date() - timedelta(days=30)
    await entered(parts, shop, owner.vehicle, sold - timedelta(days=5), "Vor dem Verkauf")
    async with inside(parts, shop.id) as db:
        buyer = await a_customer(db, name="Karl Käufer", email=f"karl@{shop.slug}.example")
        await ownerships.begin(db, owner.vehicle, buyer, since=sold)
    await entered(parts, shop, owner.vehicle, sold + timedelta(days=5), "Nach dem Verkauf")
    guest = await a_verified_guest(client, shop, desk)
    assert desk.mails[-1]["to"] == f"karl@{shop.slug}.example"
    told = said(await guest.say(ASKED))
    assert "Nach dem Verkauf" in told
    assert "Vor dem Verkauf" not in str(await guest.history())


async def test_who_sells_the_car_hears_no_more_of_it(client, shop, parts, desk):
    owner = await an_owner(parts, shop)
    today = clock.local(clock.now()).date()
    await entered(parts, shop, owner.vehicle, today - timedelta(days=40), "Meine Inspektion")
    guest = await a_verified_guest(client, shop, desk)
    async with inside(parts, shop.id) as db:
        buyer = await a_customer(db, name="Karl Käufer")
        await ownerships.begin(db, owner.vehicle, buyer, since=today - timedelta(days=1))
    await entered(parts, shop, owner.vehicle, today, "Neue Bremsen")
    told = said(await guest.say(ASKED))
    assert "Meine Inspektion" in told
    assert "Neue Bremsen" not in str(await guest.history())


async def test_notes_of_the_team_and_raw_recordings_stay_inside(parts, shop):
    owner = await an_owner(parts, shop)
    for kind in HistoryKind:
        await entered(parts, shop, owner.vehicle, date(2026, 1, 1), kind, kind=kind, source=kind)
    async with inside(parts, shop.id) as db:
        verified = Verified(vehicle_id=owner.vehicle.id, customer_id=owner.customer.id)
        found = await own_vehicle.find(db, verified)
    assert {record.kind for record in found.records} == {"service", "inspection"}


async def test_the_state_of_the_work_is_told_to_the_verified_owner(client, shop, parts, desk):
    owner = await an_owner(parts, shop)
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        await an_appointment(
            db,
            "2099-03-02 09:00",
            on=[calendar.lift],
            services=[await a_service(db)],
            title="Bremsen vorn",
            customer_id=owner.customer.id,
            vehicle_id=owner.vehicle.id,
        )
    guest = await a_guest(client, shop)
    events = await guest.say("Ist mein Auto schon fertig?")
    assert [card["kind"] for card in cards(events)] == ["verification"]
    await asks_for_code(guest, desk)
    await guest.post("verifications/confirm", {"code": desk.mail_code})
    answer = (await guest.history())[-1]
    assert "Bremsen vorn" in answer["text"]
    assert "Montag, 2. März, 09:00 Uhr" in answer["text"]


async def test_after_a_person_has_taken_over_the_bot_stays_silent(client, shop, parts, desk):
    from portal.chat import conversations

    owner = await an_owner(parts, shop)
    await entered(parts, shop, owner.vehicle, date(2026, 3, 12), "Große Inspektion")
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk)
    async with inside(parts, shop.id) as db:
        await conversations.hand_over(db, guest.conversation_id, "asked")
    await guest.post("verifications/confirm", {"code": desk.mail_code})
    last = (await guest.history())[-1]
    assert (last["author"], "nachgewiesen" in last["text"]) == ("system", True)


async def test_the_hu_is_told_to_the_keeper(client, shop, parts, desk):
    from sqlalchemy import update

    from portal.vehicles.models import Vehicle

    owner = await an_owner(parts, shop)
    async with inside(parts, shop.id) as db:
        due = update(Vehicle).where(Vehicle.id == owner.vehicle.id).values(hu_due="2027-04")
        await db.execute(due)
    guest = await a_verified_guest(client, shop, desk)
    events = await guest.say("Wann ist mein TÜV fällig?")
    assert "04/2027" in said(events)
