"""Appointments that visitors make in a conversation: by the form, or beside an answer."""

import asyncio
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from portal.bookings import appointments, rules, slots
from portal.bookings.models import Agreement, Answering, Appointment, Service, State
from portal.chat.models import Conversation
from portal.kit import clock
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.makers.bookings import a_calendar, a_service
from tests.makers.chat import Guest, Script, a_guest, scripted, wait_for
from tests.makers.shops import Shop

CONTRACT = {
    "agreement": Agreement.CONTRACT,
    "terms": "Unsere Bedingungen.",
    "withdrawal_policy": "Sie haben das Recht.",
}
CUSTOMER = {"name": "Erika Muster", "email": "erika@muster.example", "phone": "030 5550123"}


@dataclass
class Garage:
    shop: Shop
    oil: Service
    wheels: Service
    brakes: Service


@pytest.fixture
async def garage(parts, shop):
    """One lift and one person: what one books, nobody else gets."""
    async with inside(parts, shop.id) as db:
        await a_calendar(db, 1, 1)
        oil = await a_service(db, name_en="Oil change", setup_minutes=15)
        wheels = await a_service(
            db, "Räderwechsel", duration_minutes=45, setup_minutes=15, can_wait=True
        )
        brakes = await a_service(db, "Zahnriemen", bookable_online=False)
    return Garage(shop, oil, wheels, brakes)


async def configure(parts, shop, **columns):
    async with inside(parts, shop.id) as db:
        await rules.change(db, **columns)


async def free(guest: Guest, *services: Service, days: int = 13, **more: Any) -> dict[str, Any]:
    today = clock.local(clock.now()).date()
    asked = httpx.QueryParams(
        [("service_id", str(one.id)) for one in services]
        + [("from", today.isoformat()), ("to", (today + timedelta(days=days)).isoformat())]
        + list(more.items())
    )
    answer = await guest.get(f"slots?{asked}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def book(guest: Guest, *services: Service, **changes: Any) -> httpx.Response:
    body = {"customer": CUSTOMER, "services": [str(one.id) for one in services], **changes}
    if "slot_id" not in body:
        body["slot_id"] = (await free(guest, *services))["items"][0]["slot_id"]
    return await guest.post("bookings", body)


async def stored(parts, shop):
    async with inside(parts, shop.id) as db:
        return (await db.scalars(select(Appointment))).all()


async def test_the_form_shows_what_can_be_booked_online_in_the_visitors_language(client, garage):
    german = (await (await a_guest(client, garage.shop)).get("services")).json()
    english = (await (await a_guest(client, garage.shop, locale="en")).get("services")).json()
    assert [one["name"] for one in german["items"]] == ["Ölwechsel", "Räderwechsel"]
    assert english["items"][0]["name"] == "Oil change"
    shown = german["items"][0]
    assert (shown["duration_minutes"], shown["setup_minutes"], shown["price"]) == (60, 15, "89.00")
    assert (shown["currency"], shown["can_wait"], german["terms"]) == ("EUR", False, "")


async def test_free_times_say_nothing_about_lifts_and_people(client, garage):
    guest = await a_guest(client, garage.shop)
    found = await free(guest, garage.oil)
    assert len(found["items"]) > 20
    assert set(found["items"][0]) == {"slot_id", "starts_at", "ends_at"}


async def test_a_basket_takes_longer_but_sets_up_once(client, garage):
    guest = await a_guest(client, garage.shop)
    first = (await free(guest, garage.oil, garage.wheels))["items"][0]
    ends, starts = (clock.datetime.fromisoformat(first[k]) for k in ("ends_at", "starts_at"))
    assert ends - starts == timedelta(minutes=60 + 45 - 15)


async def test_a_time_is_booked_and_stays_in_the_conversation(client, garage, parts):
    guest = await a_guest(client, garage.shop)
    chosen = (await free(guest, garage.oil))["items"][0]
    answer = await book(
        guest,
        garage.oil,
        slot_id=chosen["slot_id"],
        vehicle={"plate": "B-CB 123", "make": "VW", "model": "Golf"},
        note="Bitte auch den Luftdruck",
    )
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["state"], made["starts_at"]) == ("requested", chosen["starts_at"])
    assert [one["name"] for one in made["services"]] == ["Ölwechsel"]
    (appointment,) = await stored(parts, garage.shop)
    assert (appointment.code, appointment.origin) == (made["code"], "chat")
    assert appointment.source_id == guest.conversation_id
    assert "Luftdruck" in appointment.wishes
    last = (await guest.history())[-1]
    assert (last["author"], last["cards"][0]["kind"]) == ("system", "booking")
    assert made["code"] in last["text"]
    async with inside(parts, garage.shop.id) as db:
        conversation = (await db.scalars(select(Conversation))).one()
    assert conversation.visitor_name == "Erika Muster"
    assert (conversation.email, conversation.phone) == ("erika@muster.example", "030 5550123")


async def test_the_booking_is_told_to_the_widget_that_listens(client, garage):
    guest = await a_guest(client, garage.shop)
    async with guest.listening() as events:
        await wait_for(events, lambda event: event.name == "state")
        made = (await book(guest, garage.oil, via="form")).json()
        told = await wait_for(events, lambda event: event.name == "message")
    assert told.data["cards"][0]["code"] == made["code"]


async def test_a_reload_shows_the_appointment_as_it_is_by_now(client, garage, parts):
    guest = await a_guest(client, garage.shop)
    made = (await book(guest, garage.oil, via="form")).json()
    async with inside(parts, garage.shop.id) as db:
        found = await appointments.find_by_code(db, made["code"])
        await appointments.change_state(db, found, State.CONFIRMED)
    assert found.origin == "form"
    assert (await guest.history())[-1]["cards"][0]["state"] == "confirmed"


async def test_a_taken_time_is_refused_with_fresh_ones(client, garage, parts):
    quick, slow = await a_guest(client, garage.shop), await a_guest(client, garage.shop)
    chosen = (await free(slow, garage.oil))["items"][0]
    assert (await book(quick, garage.oil)).status_code == 201
    late = await book(slow, garage.oil, slot_id=chosen["slot_id"])
    assert (late.status_code, late.json()["code"]) == (409, "SLOT_TAKEN")
    fresh = late.json()["slots"]
    assert fresh
    assert chosen["starts_at"] not in {one["starts_at"] for one in fresh}
    assert set(fresh[0]) == {"slot_id", "starts_at", "ends_at"}
    again = await book(slow, garage.oil, slot_id=fresh[0]["slot_id"])
    assert again.status_code == 201
    assert len(await stored(parts, garage.shop)) == 2


async def test_an_offer_that_has_run_out_is_answered_with_fresh_times(client, garage, monkeypatch):
    guest = await a_guest(client, garage.shop)
    chosen = (await free(guest, garage.oil))["items"][0]
    monkeypatch.setattr(slots, "LIFETIME", timedelta(seconds=-1))
    late = await book(guest, garage.oil, slot_id=chosen["slot_id"])
    assert (late.status_code, late.json()["code"]) == (409, "SLOT_TAKEN")
    assert late.json()["slots"]


async def test_an_answer_that_got_lost_books_once(client, garage, parts):
    guest = await a_guest(client, garage.shop)
    chosen = (await free(guest, garage.oil))["items"][0]
    answers = await asyncio.gather(
        *(book(guest, garage.oil, slot_id=chosen["slot_id"]) for _ in range(3))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(await stored(parts, garage.shop)) == 1


async def test_who_cannot_be_reached_cannot_book(client, garage, parts):
    guest = await a_guest(client, garage.shop)
    answer = await book(guest, garage.oil, customer={"name": "Erika"})
    assert (answer.status_code, answer.json()["code"]) == (422, "CONTACT_MISSING")
    assert await stored(parts, garage.shop) == []


async def test_a_wish_without_a_time_is_no_booking(client, garage):
    guest = await a_guest(client, garage.shop)
    answer = await book(guest, garage.oil, slot_id="")
    assert (answer.status_code, answer.json()["code"]) == (422, "WISH_MISSING")


async def test_what_is_not_booked_online_is_refused(client, garage):
    guest = await a_guest(client, garage.shop)
    chosen = (await free(guest, garage.oil))["items"][0]["slot_id"]
    answer = await book(guest, garage.brakes, slot_id=chosen)
    assert (answer.status_code, answer.json()["code"]) == (422, "NOT_BOOKABLE_ONLINE")


async def test_where_staff_ask_first_a_description_is_enough(client, garage, parts):
    await configure(parts, garage.shop, answering=Answering.ASK_FIRST)
    guest = await a_guest(client, garage.shop)
    assert (await free(guest, garage.oil)) == {"items": [], "next_from": None}
    answer = await book(guest, slot_id="", note="Es klappert vorn links", via="form")
    made = answer.json()
    assert (answer.status_code, made["starts_at"], made["state"]) == (201, None, "requested")
    (appointment,) = await stored(parts, garage.shop)
    assert appointment.wishes == "Es klappert vorn links"
    assert (await guest.history())[-1]["cards"][0]["code"] == made["code"]


@pytest.mark.parametrize("ordered", [True, False])
async def test_only_who_pressed_the_order_button_closes_a_contract(client, garage, parts, ordered):
    await configure(parts, garage.shop, **CONTRACT)
    guest = await a_guest(client, garage.shop)
    assert (await guest.get("services")).json()["terms"] == "Unsere Bedingungen."
    made = (await book(guest, garage.oil, ordered=ordered)).json()
    (appointment,) = await stored(parts, garage.shop)
    assert made["is_contract"] is appointment.is_contract is ordered
    told = "Unsere Bedingungen.\n\nSie haben das Recht." if ordered else ""
    assert appointment.terms_told == told


async def test_a_contract_needs_an_address_to_send_it_to(client, garage, parts):
    await configure(parts, garage.shop, **CONTRACT)
    guest = await a_guest(client, garage.shop)
    answer = await book(guest, garage.oil, ordered=True, customer={**CUSTOMER, "email": ""})
    assert (answer.status_code, answer.json()["code"]) == (422, "CONTACT_MISSING")
    assert await stored(parts, garage.shop) == []


async def test_without_a_price_that_holds_an_order_is_a_request(client, garage, parts):
    await configure(parts, garage.shop, **CONTRACT)
    async with inside(parts, garage.shop.id) as db:
        estimate = await a_service(db, "Bremsen vorn", price_from=True)
    guest = await a_guest(client, garage.shop)
    assert (await book(guest, estimate, ordered=True)).json()["is_contract"] is False


async def test_without_an_instruction_on_withdrawal_nothing_is_ordered(client, garage, parts):
    await configure(parts, garage.shop, **{**CONTRACT, "withdrawal_policy": ""})
    guest = await a_guest(client, garage.shop)
    assert (await guest.get("services")).json()["terms"] == ""
    assert (await book(guest, garage.oil, ordered=True)).json()["is_contract"] is False


async def test_who_is_asked_first_says_nothing_of_times_before_staff_does(client, garage, parts):
    await configure(parts, garage.shop, answering=Answering.ASK_FIRST)
    guest = await a_guest(client, garage.shop)
    answer = await book(guest, garage.oil, slot_id="", note="Es klappert vorn links")
    assert answer.status_code == 201, answer.text
    (appointment,) = await stored(parts, garage.shop)
    assert appointment.work_minutes is None


async def test_nobody_fills_the_calendar_from_one_conversation(client, garage):
    guest = await a_guest(client, garage.shop)
    offered = (await free(guest, garage.oil))["items"][::4]
    answers = [await book(guest, garage.oil, slot_id=one["slot_id"]) for one in offered[:7]]
    assert [answer.status_code for answer in answers[:5]] == [201] * 5
    assert answers[5].json()["code"] == "BOOKED_ENOUGH"


async def test_a_week_without_free_times_names_the_next_day_with_one(client, garage, parts):
    guest = await a_guest(client, garage.shop)
    saturday = _next(5)
    asked = f"service_id={garage.oil.id}&from={saturday}&to={saturday + timedelta(days=1)}"
    found = (await guest.get(f"slots?{asked}")).json()
    assert found["items"] == []
    assert date.fromisoformat(found["next_from"]).weekday() < 5


async def test_nobody_asks_for_years(client, garage):
    guest = await a_guest(client, garage.shop)
    answer = await guest.get(f"slots?service_id={garage.oil.id}&from=2026-01-01&to=2028-01-01")
    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_PERIOD")


async def test_another_workshops_services_and_times_are_not_there(client, garage, other_shop):
    guest = await a_guest(client, other_shop)
    own = await a_guest(client, garage.shop)
    foreign = (await free(own, garage.oil))["items"][0]["slot_id"]
    answer = await book(guest, garage.oil, slot_id=foreign)
    assert answer.status_code in {404, 409, 422}
    assert (await guest.get("services")).json()["items"] == []


async def test_without_a_token_nothing_is_offered_or_booked(client, garage):
    for path in ("services", "slots?from=2026-11-23&to=2026-11-24"):
        assert (await client.get(f"/widget/v1/{path}")).status_code == 401
    body = {"customer": CUSTOMER, "slot_id": str(uuid4())}
    assert (await client.post("/widget/v1/bookings", json=body)).status_code == 401


async def test_the_config_says_how_appointments_are_made(client, garage, other_shop, parts):
    shown = (await client.get(f"/widget/v1/config?site_key={garage.shop.site_key}")).json()
    empty = (await client.get(f"/widget/v1/config?site_key={other_shop.site_key}")).json()
    assert shown["booking"]["mode"] == "slots"
    assert shown["booking"]["agreement"] == "request"
    assert shown["booking"]["page"].endswith(f"/b/{garage.shop.slug}")
    assert empty["booking"] is None


def _next(weekday: int) -> date:
    today = clock.local(clock.now()).date()
    return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)


async def test_the_team_sees_the_visitors_appointments_and_begins_a_new_one_with_what_was_said(
    client, garage, signed_in
):
    guest = await a_guest(client, garage.shop)
    made = (await book(guest, garage.oil)).json()
    with scripted(Script()):
        await guest.say("Mein Wagen ist der B-CB 123, vorne klappert es")
    advisor = await signed_in(garage.shop, Role.ADVISOR)
    thread = await advisor.get(f"{garage.shop.home}/inbox/{guest.conversation_id}")
    assert f"{garage.shop.home}/bookings/{made['id']}" in thread.text
    panel = (await advisor.get(f"{garage.shop.home}/inbox/{guest.conversation_id}/bookings")).text
    assert made["code"] in panel
    assert "Angefragt" in panel
    (link,) = re.findall(r'href="([^"]+/booking)"', panel)
    assert link.endswith(f"/inbox/{guest.conversation_id}/booking"), "nothing personal in it"
    page = (await advisor.get(link)).text
    for begun in ("Erika Muster", "B-CB 123", "klappert"):
        assert begun in page


async def test_nobody_elses_appointments_stand_in_the_panel(client, garage, signed_in):
    guest, other = await a_guest(client, garage.shop), await a_guest(client, garage.shop)
    made = (await book(other, garage.oil)).json()
    advisor = await signed_in(garage.shop, Role.ADVISOR)
    panel = (await advisor.get(f"{garage.shop.home}/inbox/{guest.conversation_id}/bookings")).text
    assert made["code"] not in panel
