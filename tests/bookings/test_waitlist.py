"""The waiting list: freed, kept, asked, taken by one."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from portal.bookings import appointments, slots, waitlist, waitlist_offers
from portal.bookings.models import (
    Appointment,
    BookingNotice,
    Offering,
    Origin,
    Reservation,
    State,
    Waiting,
    WaitlistEntry,
    WaitlistInvitation,
    WaitlistOffer,
)
from portal.bookings.public_shell import link_to
from portal.bookings.waitlist import WaitDraft, WaitInvalid
from portal.kit import clock
from portal.tenants.boundary import inside
from portal.worker import work_off
from tests.makers.bookings import a_calendar, a_service, an_appointment
from tests.makers.public import in_days
from tests.makers.vehicles import a_customer


@pytest.fixture
async def full(parts, shop):
    """One lift, one person, busy from 9 to 11 in three workdays."""
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db, lifts=1, people=1)
        await a_service(db, duration_minutes=60)
        return await an_appointment(
            db, in_days(3, 9), minutes=120, on=[calendar.lift, calendar.person]
        )


async def join(parts, shop, name, **facts):
    async with inside(parts, shop.id) as db:
        email = f"{name.lower().replace(' ', '.')}@example.de"
        customer = await a_customer(db, name=name, email=email)
        day = clock.local(in_days(3, 9)).date()
        columns = {"from_day": day, "to_day": day, "minutes": 60, **facts}
        return await waitlist.join(db, WaitDraft(customer_id=customer.id, **columns))


async def free(parts, shop, appointment):
    async with inside(parts, shop.id) as db:
        found = await appointments.get(db, appointment.id)
        await appointments.change_state(db, found, State.CANCELLED)
    await work_off(parts)


async def all_of(parts, shop, table):
    async with inside(parts, shop.id) as db:
        return (await db.scalars(select(table).order_by(table.id))).all()


async def links(parts, shop):
    async with inside(parts, shop.id) as db:
        rows = await db.scalars(select(WaitlistInvitation).order_by(WaitlistInvitation.id))
        return [link_to(db, "o", row.id) for row in rows]


async def test_a_freed_time_is_kept_and_offered_to_the_first_three(parts, shop, full):
    entries = [await join(parts, shop, f"Willi Wartet{n}") for n in range(5)]
    await free(parts, shop, full)
    offers = await all_of(parts, shop, WaitlistOffer)
    assert [offer.starts_at for offer in offers] == [in_days(3, 9), in_days(3, 10)]
    invitations = await all_of(parts, shop, WaitlistInvitation)
    assert [one.entry_id for one in invitations] == [entry.id for entry in entries]
    reservations = await all_of(parts, shop, Reservation)
    assert {row.offer_id for row in reservations} == {offer.id for offer in offers}
    async with inside(parts, shop.id) as db:
        day = clock.local(in_days(3, 9)).date()
        shown = await slots.find(db, [], day, day)
        notices = await db.scalar(select(func.count()).select_from(BookingNotice))
    taken = [one for one in shown if in_days(3, 8) < one.starts_at < in_days(3, 11)]
    assert taken == []
    assert shown
    assert notices >= 5


async def test_whoever_accepts_first_has_the_appointment(client, parts, shop, full):
    await join(parts, shop, "Willi Wartet", title="Ölwechsel")
    await join(parts, shop, "Wanda Wartet")
    await free(parts, shop, full)
    first, second = await links(parts, shop)
    page = await client.get(first)
    assert "09:00" in page.text
    assert (await client.post(second + "/acceptance")).headers["location"].startswith("/t/")
    late = await client.post(first + "/acceptance")
    assert late.headers["location"].endswith("done=late")
    assert "acceptance" not in (await client.get(first)).text
    rows = {row.origin: row for row in await all_of(parts, shop, Appointment)}
    booked = rows[Origin.WAITLIST]
    assert (booked.state, booked.starts_at) == (State.CONFIRMED, in_days(3, 9))
    states = Counter(entry.state for entry in await all_of(parts, shop, WaitlistEntry))
    assert states == {Waiting.SERVED: 1, Waiting.WAITING: 1}
    again = await client.post(second + "/acceptance")
    assert again.headers["location"].startswith("/t/")
    assert len(await all_of(parts, shop, Appointment)) == 2


async def test_of_twenty_at_once_exactly_one_wins(client, parts, shop, full):
    entries = [await join(parts, shop, f"Willi Wartet{n}") for n in range(20)]
    await free(parts, shop, full)
    async with inside(parts, shop.id) as db:
        offer = (await db.scalars(select(WaitlistOffer).order_by(WaitlistOffer.starts_at))).first()
        asked = set(
            await db.scalars(
                select(WaitlistInvitation.entry_id).where(WaitlistInvitation.offer_id == offer.id)
            )
        )
        db.add_all(
            WaitlistInvitation(offer_id=offer.id, entry_id=entry.id)
            for entry in entries
            if entry.id not in asked
        )
        await db.flush()
        mine = select(WaitlistInvitation.id).where(WaitlistInvitation.offer_id == offer.id)
        paths = [link_to(db, "o", one) for one in await db.scalars(mine)]
    assert len(paths) == 20
    answers = await asyncio.gather(*(client.post(path + "/acceptance") for path in paths))
    assert {answer.status_code for answer in answers} == {303}
    won = [answer for answer in answers if answer.headers["location"].startswith("/t/")]
    assert len(won) == 1
    booked = [
        row for row in await all_of(parts, shop, Appointment) if row.origin == Origin.WAITLIST
    ]
    assert len(booked) == 1
    said = Counter(
        row.answer
        for row in await all_of(parts, shop, WaitlistInvitation)
        if row.offer_id == offer.id
    )
    assert said == {"accepted": 1, "late": 19}


async def test_an_offer_that_nobody_wants_goes_to_the_next(parts, shop, full):
    for number in range(4):
        await join(parts, shop, f"Willi Wartet{number}", minutes=120)
    await free(parts, shop, full)
    (offer,) = await all_of(parts, shop, WaitlistOffer)
    async with inside(parts, shop.id) as db:
        past = clock.now() - timedelta(seconds=1)
        await db.execute(update(WaitlistOffer).values(hold_until=past))
        made = await waitlist_offers.expire(db, offer.id)
    assert len(made) == 1
    first, second = await all_of(parts, shop, WaitlistOffer)
    assert (first.state, second.state) == (Offering.EXPIRED, Offering.OPEN)
    asked = [row.entry_id for row in await all_of(parts, shop, WaitlistInvitation)]
    assert len(asked) == len(set(asked)) == 4
    assert {row.offer_id for row in await all_of(parts, shop, Reservation)} == {second.id}
    async with inside(parts, shop.id) as db:
        assert await waitlist_offers.expire(db, offer.id) == []


async def test_when_all_say_no_the_time_is_free_again(client, parts, shop, full):
    await join(parts, shop, "Willi Wartet")
    await free(parts, shop, full)
    (path,) = await links(parts, shop)
    answer = await client.post(path + "/refusal")
    assert answer.headers["location"].endswith("done=declined")
    await work_off(parts)
    assert await all_of(parts, shop, Reservation) == []
    (entry,) = await all_of(parts, shop, WaitlistEntry)
    assert entry.state == Waiting.WAITING
    assert "acceptance" not in (await client.get(path)).text


async def test_an_offer_that_ran_out_cannot_be_accepted(client, parts, shop, full):
    await join(parts, shop, "Willi Wartet")
    await free(parts, shop, full)
    (path,) = await links(parts, shop)
    async with inside(parts, shop.id) as db:
        past = clock.now() - timedelta(seconds=1)
        await db.execute(update(WaitlistOffer).values(hold_until=past))
    late = await client.post(path + "/acceptance")
    assert late.headers["location"].endswith("done=late")
    assert len(await all_of(parts, shop, Appointment)) == 1


async def test_whoever_leaves_frees_what_was_kept(client, parts, shop, full):
    await join(parts, shop, "Willi Wartet")
    await free(parts, shop, full)
    (path,) = await links(parts, shop)
    await client.post(path + "/leaving")
    await work_off(parts)
    (entry,) = await all_of(parts, shop, WaitlistEntry)
    assert entry.state == Waiting.WITHDRAWN
    assert await all_of(parts, shop, Reservation) == []


async def test_opening_an_offer_changes_nothing(client, parts, shop, full):
    await join(parts, shop, "Willi Wartet")
    await free(parts, shop, full)
    (path,) = await links(parts, shop)
    for page in ("", "/acceptance", "/refusal", "/leaving"):
        await client.get(path + page)
    (invitation,) = await all_of(parts, shop, WaitlistInvitation)
    assert invitation.answer == ""


async def test_an_offer_of_another_workshop_is_nothing(client, parts, shop, other_shop, full):
    await join(parts, shop, "Willi Wartet")
    await free(parts, shop, full)
    (invitation,) = await all_of(parts, shop, WaitlistInvitation)
    async with inside(parts, other_shop.id) as db:
        foreign = link_to(db, "o", invitation.id)
    assert (await client.get(foreign)).status_code == 404
    for act in ("/acceptance", "/refusal", "/leaving"):
        assert (await client.post(foreign + act)).status_code == 404
    (invitation,) = await all_of(parts, shop, WaitlistInvitation)
    assert invitation.answer == ""


async def test_without_anybody_waiting_nothing_is_queued(parts, shop, full):
    await free(parts, shop, full)
    assert await all_of(parts, shop, WaitlistOffer) == []


async def test_the_same_wish_is_one_place(parts, shop, full):
    async with inside(parts, shop.id) as db:
        customer = await a_customer(db, name="Willi Wartet")
        day = waitlist.today()
        draft = WaitDraft(customer_id=customer.id, from_day=day, to_day=day, minutes=60)
        first = await waitlist.join(db, draft)
        draft.to_day = day + timedelta(days=9)
        second = await waitlist.join(db, draft)
        third = await waitlist.join(db, draft, anew=True)
    assert first.id == second.id != third.id
    assert second.to_day == day + timedelta(days=9)


@pytest.mark.parametrize(
    "wrong",
    [
        {"to_day": -1},
        {"from_day": 5, "to_day": 2},
        {"to_day": 900},
        {"weekdays": [7]},
    ],
)
async def test_a_wish_that_makes_no_sense_is_refused(parts, shop, wrong):
    facts = {"from_day": 0, "to_day": 3, **wrong}
    for name in ("from_day", "to_day"):
        facts[name] = waitlist.today() + timedelta(days=facts[name])
    async with inside(parts, shop.id) as db:
        customer = await a_customer(db, name="Willi Wartet")
        with pytest.raises(WaitInvalid):
            await waitlist.join(db, WaitDraft(customer_id=customer.id, minutes=60, **facts))


async def test_staff_offers_a_time_by_hand(parts, shop, full):
    entry = await join(parts, shop, "Willi Wartet")
    async with inside(parts, shop.id) as db:
        here = await waitlist.get(db, entry.id)
        with pytest.raises(waitlist_offers.NothingFits):
            await waitlist_offers.offer_by_hand(db, here, in_days(3, 10))
        offer = await waitlist_offers.offer_by_hand(db, here, in_days(2, 13))
    assert offer.starts_at == in_days(2, 13)


async def test_whose_last_day_passed_waits_no_longer(parts, shop):
    entry = await join(parts, shop, "Willi Wartet")
    async with inside(parts, shop.id) as db:
        day = waitlist.today() - timedelta(days=1)
        await db.execute(update(WaitlistEntry).values(from_day=day, to_day=day))
        await waitlist.forget_past(db)
    async with inside(parts, shop.id) as db:
        assert (await waitlist.get(db, entry.id)).state == Waiting.EXPIRED
