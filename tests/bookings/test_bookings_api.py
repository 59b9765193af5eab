"""Slots and bookings over the REST API."""

import asyncio
from datetime import datetime, time

from portal.kit.clock import BERLIN
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.bookings.test_appointments import workday
from tests.makers.bookings import a_calendar, a_service


async def a_shop_that_takes_bookings(parts, shop, **resources):
    async with inside(parts, shop.id) as db:
        await a_calendar(db, **resources)
        return await a_service(db)


def base(shop):
    return f"/api/v1/workshops/{shop.slug}"


async def free(api, shop, service, day=None):
    day = day or workday()
    query = {"service_id": str(service.id), "from": str(day), "to": str(day)}
    return (await api.get(f"{base(shop)}/slots", params=query)).json()["items"]


def body(slot, service, name="Erika Muster"):
    return {
        "slot_id": slot["slot_id"],
        "services": [str(service.id)],
        "customer": {"name": name, "phone": "0171 2345678"},
        "vehicle": {"plate": "B-EM 123"},
        "note": "Bitte auch nach dem Licht sehen",
    }


async def test_slots_carry_signed_names_times_lift_and_person(parts, shop, device):
    service = await a_shop_that_takes_bookings(parts, shop)
    async with device(shop) as api:
        first = (await free(api, shop, service))[0]
    assert set(first) == {"slot_id", "starts_at", "ends_at", "lift", "person"}
    assert first["starts_at"].endswith("Z")


async def test_a_booking_is_made_shown_and_listed(parts, shop, device):
    service = await a_shop_that_takes_bookings(parts, shop)
    async with device(shop) as api:
        slot = (await free(api, shop, service))[0]
        made = await api.post(f"{base(shop)}/bookings", json=body(slot, service))
        assert made.status_code == 201, made.text
        booked = made.json()
        day = str(workday())
        listed = await api.get(f"{base(shop)}/bookings", params={"from": day, "to": day})
        alone = await api.get(f"{base(shop)}/bookings/{booked['id']}")
    assert booked["state"] == "requested"
    assert booked["starts_at"] == slot["starts_at"]
    assert booked["lift_id"]
    assert listed.json() == {"items": [booked], "next": None}
    assert alone.json() == booked


async def test_a_taken_slot_is_409_with_fresh_slots_that_work(parts, shop, device):
    service = await a_shop_that_takes_bookings(parts, shop, lifts=1, people=1)
    async with device(shop) as api:
        slot = (await free(api, shop, service))[0]
        again = (await free(api, shop, service))[0]
        await api.post(f"{base(shop)}/bookings", json=body(slot, service))
        taken = await api.post(f"{base(shop)}/bookings", json=body(again, service))
        assert (taken.status_code, taken.json()["code"]) == (409, "SLOT_TAKEN")
        fresh = taken.json()["slots"][0]
        rescued = await api.post(f"{base(shop)}/bookings", json=body(fresh, service))
    assert rescued.status_code == 201


async def test_a_hundred_at_once_get_a_booking_or_a_clear_answer(parts, shop, device):
    service = await a_shop_that_takes_bookings(parts, shop, lifts=1, people=1)
    async with device(shop) as api:
        there = await free(api, shop, service)
        offers = [(await free(api, shop, service))[number % 4] for number in range(60)]
        answers = await asyncio.gather(
            *(
                api.post(f"{base(shop)}/bookings", json=body(offer, service, f"Gast {number}"))
                for number, offer in enumerate(offers)
            )
        )
        day = str(workday())
        listed = await api.get(f"{base(shop)}/bookings", params={"from": day, "to": day})
    codes = sorted({answer.status_code for answer in answers})
    assert codes == [201, 409]
    assert all(answer.json()["slots"] for answer in answers if answer.status_code == 409)
    starts = [booked["starts_at"] for booked in listed.json()["items"]]
    assert len(starts) == len(set(starts)) == sum(a.status_code == 201 for a in answers)
    assert len(there) > 4


async def test_states_and_times_are_changed_by_programs_too(parts, shop, device):
    service = await a_shop_that_takes_bookings(parts, shop)
    async with device(shop) as api:
        offers = await free(api, shop, service)
        booked = (await api.post(f"{base(shop)}/bookings", json=body(offers[0], service))).json()
        one = f"{base(shop)}/bookings/{booked['id']}"
        confirmed = await api.post(f"{one}/state", json={"state": "confirmed"})
        illegal = await api.post(f"{one}/state", json={"state": "collected"})
        moved = await api.post(f"{one}/time", json={"starts_at": offers[4]["starts_at"]})
        nowhere = await api.post(f"{one}/time", json={"starts_at": "2027-03-02T10:00:00"})
        never = await api.post(f"{one}/time", json={"starts_at": "0001-01-01T00:00:00+14:00"})
    assert confirmed.json()["state"] == "confirmed"
    assert (illegal.status_code, illegal.json()["code"]) == (409, "MOVE_IMPOSSIBLE")
    assert moved.status_code == 200, moved.text
    assert moved.json()["starts_at"] == offers[4]["starts_at"]
    assert nowhere.status_code in {400, 422}, "a time without its offset is nobody's time"
    assert never.status_code == 422, never.text


async def test_a_forged_offer_is_refused(parts, shop, device):
    service = await a_shop_that_takes_bookings(parts, shop)
    async with device(shop) as api:
        slot = {"slot_id": "gelogen"}
        answer = await api.post(f"{base(shop)}/bookings", json=body(slot, service))
    assert (answer.status_code, answer.json()["code"]) == (422, "SLOT_INVALID")


async def test_bookings_are_paged(parts, shop, device):
    service = await a_shop_that_takes_bookings(parts, shop)
    async with device(shop) as api:
        for offer in (await free(api, shop, service))[:6:2]:
            await api.post(f"{base(shop)}/bookings", json=body(offer, service))
        first = (await api.get(f"{base(shop)}/bookings", params={"limit": 2})).json()
        rest = await api.get(f"{base(shop)}/bookings", params={"limit": 2, "after": first["next"]})
    assert len(first["items"]) == 2
    assert len(rest.json()["items"]) == 1
    assert rest.json()["next"] is None


async def test_a_mechanic_reads_but_does_not_book(parts, shop, signed_in):
    await a_shop_that_takes_bookings(parts, shop)
    browser = await signed_in(shop, Role.MECHANIC)
    seen = await browser.get(f"{base(shop)}/bookings")
    refused = await browser.post(f"{base(shop)}/bookings", json={"slot_id": "x"})
    assert (seen.status_code, refused.status_code) == (200, 403)


async def test_a_program_may_ask_for_its_own_duration(parts, shop, device):
    service = await a_shop_that_takes_bookings(parts, shop)
    day = str(workday())
    query = {"service_id": str(service.id), "from": day, "to": day}
    async with device(shop) as api:
        asked = await api.get(f"{base(shop)}/slots", params={**query, "minutes": 240})
        short = await api.get(f"{base(shop)}/slots", params={**query, "minutes": 1})
        long = await api.get(f"{base(shop)}/slots", params={**query, "to": "2031-01-01"})
    ends = datetime.fromisoformat(asked.json()["items"][-1]["ends_at"]).astimezone(BERLIN)
    assert ends.time() == time(17, 30)
    assert short.status_code == 422
    assert (long.status_code, long.json()["code"]) == (422, "RANGE_TOO_LONG")
