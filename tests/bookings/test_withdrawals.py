"""Withdrawing from a contract: two steps, a receipt, and the same answer for everybody."""

import asyncio
import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select, update

from portal.bookings import withdrawals
from portal.bookings.models import Appointment, State, Withdrawal
from portal.kit import clock
from portal.tenants.boundary import inside
from portal.worker import work_off
from tests.makers.bookings import a_calendar, a_service, an_appointment
from tests.makers.public import in_days
from tests.makers.vehicles import a_customer

CLOCK = re.compile(r"\d{2}:\d{2}")


@pytest.fixture
async def contract(parts, shop):
    async with inside(parts, shop.id) as db:
        calendar = await a_calendar(db)
        service = await a_service(db)
        customer = await a_customer(db, name="Erika Muster", email="erika@example.de")
        return await an_appointment(
            db,
            in_days(4, 9),
            on=[calendar.lift, calendar.person],
            services=[service],
            customer_id=customer.id,
            is_contract=True,
            terms_told="AGB",
        )


def form(contract, **fields):
    return {
        "name": "Erika Muster",
        "reference": contract.code,
        "email": "erika@example.de",
        **fields,
    }


async def declare(client, shop, data):
    home = f"/b/{shop.slug}/withdrawal"
    first = await client.post(home, data=data)
    assert first.status_code == 200
    assert "withdrawal/confirmation" in first.text
    return await client.post(home + "/confirmation", data=data)


async def state_of(parts, shop, contract):
    async with inside(parts, shop.id) as db:
        query = select(Appointment).where(Appointment.id == contract.id)
        found = (await db.scalars(query)).one()
        rows = (await db.scalars(select(Withdrawal))).all()
        return found, rows


def mails_to(settings, address):
    texts = []
    for file in (settings.portal_home / "mail").glob("*.eml"):
        mail = message_from_bytes(file.read_bytes(), policy=policy.default)
        if mail["To"] == address:
            texts.append(mail.get_body(("plain",)).get_content())
    return texts


async def test_the_form_stands_open_with_the_code_filled_in(client, shop, contract):
    page = await client.get(f"/b/{shop.slug}/withdrawal", params={"code": contract.code})
    assert page.status_code == 200
    assert contract.code in page.text
    assert "set-cookie" not in page.headers


async def test_the_first_step_declares_nothing(client, parts, shop, contract):
    answer = await client.post(f"/b/{shop.slug}/withdrawal", data=form(contract))
    assert answer.status_code == 200
    found, rows = await state_of(parts, shop, contract)
    assert (found.withdrawn_at, rows) == (None, [])


async def test_a_declaration_cancels_the_contract_and_is_confirmed(
    client, parts, shop, contract, settings
):
    mail = f"erika-{shop.slug}@example.de"
    answer = await declare(client, shop, form(contract, email=mail))
    assert CLOCK.search(answer.text)
    found, (row,) = await state_of(parts, shop, contract)
    assert (found.state, row.was_effective) == (State.CANCELLED, True)
    assert found.withdrawn_at is not None
    await work_off(parts)
    (text,) = mails_to(settings, mail)
    assert contract.code in text
    assert CLOCK.search(text)


@pytest.mark.parametrize(
    "other",
    [
        {"reference": "QQQQQQ"},
        {"reference": "Ölwechsel am Montag, B-AB 12"},
        {"name": "Ganz Anders", "email": "fremd@example.de"},
    ],
)
async def test_what_we_cannot_place_is_kept_and_answered_in_the_same_way(
    client, parts, shop, contract, settings, other
):
    mail = f"{abs(hash(str(other)))}-{shop.slug}@example.de"
    data = form(contract, **{**other, "email": mail})
    if data["name"] == "Erika Muster":
        known = await declare(client, shop, form(contract))
        unknown = await declare(client, shop, data)
        assert shape(known.text) == shape(unknown.text)
    else:
        await declare(client, shop, data)
        found, (row,) = await state_of(parts, shop, contract)
        assert (found.state, found.withdrawn_at) == (State.CONFIRMED, None)
        assert (row.was_effective, row.appointment_id) == (False, contract.id)
    await work_off(parts)
    assert len(mails_to(settings, mail)) == 1


def shape(html):
    """The page without what the visitor typed, its moments and its nonce."""
    bare = re.sub(r"<dd>.*?</dd>|nonce=\"[^\"]*\"|\d{2}:\d{2}", "", html)
    return re.sub(r"\s+", " ", bare)


async def test_declarations_at_the_same_moment_are_all_kept(client, parts, shop, contract):
    home = f"/b/{shop.slug}/withdrawal/confirmation"
    answers = await asyncio.gather(*(client.post(home, data=form(contract)) for _n in range(4)))
    assert [answer.status_code for answer in answers] == [200] * 4
    async with inside(parts, shop.id) as db:
        found = (await db.scalars(select(Withdrawal.was_effective))).all()
    assert sorted(found) == [False, False, False, True]


async def test_a_late_declaration_waits_for_staff(client, parts, shop, contract):
    async with inside(parts, shop.id) as db:
        old = clock.now() - timedelta(days=20)
        await db.execute(update(Appointment).values(created_at=old))
    await declare(client, shop, form(contract))
    found, (row,) = await state_of(parts, shop, contract)
    assert (found.state, row.was_effective) == (State.CONFIRMED, False)


async def test_a_request_is_no_contract_to_withdraw_from(client, parts, shop, contract):
    async with inside(parts, shop.id) as db:
        await db.execute(update(Appointment).values(is_contract=False))
    await declare(client, shop, form(contract))
    found, (row,) = await state_of(parts, shop, contract)
    assert (found.state, row.was_effective) == (State.CONFIRMED, False)


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"reference": " "}, {"email": "keine"}, {"homepage": "spam"}]
)
async def test_missing_entries_are_asked_for(client, parts, shop, contract, wrong):
    home = f"/b/{shop.slug}/withdrawal"
    data = form(contract, **wrong)
    assert (await client.post(home, data=data)).status_code == 422
    assert (await client.post(home + "/confirmation", data=data)).status_code == 422
    assert (await state_of(parts, shop, contract))[1] == []


async def test_a_contract_of_another_workshop_is_not_touched(
    client, parts, shop, other_shop, contract
):
    await declare(client, other_shop, form(contract))
    found, rows = await state_of(parts, shop, contract)
    assert (found.state, rows) == (State.CONFIRMED, [])


async def test_staff_sees_and_ticks_off_what_came_in(parts, shop, contract):
    async with inside(parts, shop.id) as db:
        declared = await withdrawals.declare(db, "Erika Muster", "weiß nicht", "e@example.de")
        await withdrawals.handle(db, declared.id, by="Jonas")
        rows = await withdrawals.list_all(db)
    assert [row.Withdrawal.handled_by for row in rows] == ["Jonas"]
