"""Whoever asks about a vehicle proves to be the contact on file, and learns nothing before."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.chat import widget_verifications
from portal.chat.verification_models import Step, Verification, VerificationTry
from portal.kit import clock
from portal.kit.limits import Rate
from portal.kit.outbox import Job
from portal.kit.sms import SmsDelayed
from portal.tenants.boundary import inside
from portal.tenants.callers import Visitor, hash_of, visitor_token
from tests.conftest import SECRET
from tests.makers.chat import a_guest
from tests.makers.identity import a_verified_guest, an_owner, asks_for_code, stored


async def confirm(guest, code):
    return await guest.post("verifications/confirm", {"code": code})


async def test_a_known_and_an_unknown_vehicle_get_the_same_answer(client, shop, parts, desk):
    await an_owner(parts, shop)
    answers = []
    for asked in ({"plate": "B-KF 1234"}, {"plate": "B-XX 9999"}, {"plate": "kein Kennzeichen"}):
        guest = await a_guest(client, shop)
        answers.append(await asks_for_code(guest, desk, **asked))
    assert {(answer.status_code, answer.text) for answer in answers} == {(202, '{"valid_s":600}')}
    assert len(desk.mails) == 1


async def test_asking_does_the_same_work_for_every_vehicle(client, shop, parts):
    """What takes a look at the vehicle is done by a job, so time tells nothing either."""
    from tests.makers.vehicles import counted_statements

    await an_owner(parts, shop)
    sent = {}
    for plate in ("B-KF 1234", "B-XX 9999"):
        guest = await a_guest(client, shop)
        with counted_statements(parts) as statements:
            await guest.post("verifications", {"plate": plate})
        sent[plate] = list(statements)
        with counted_statements(parts) as statements:
            await confirm(guest, "123456")
        sent[plate] += statements
    assert sent["B-KF 1234"] == sent["B-XX 9999"]
    assert not any("vehicles" in statement for statement in sent["B-KF 1234"])


async def test_the_code_goes_to_the_contact_on_file_alone(client, shop, parts, desk):
    await an_owner(parts, shop)
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk)
    (mail,) = desk.mails
    assert mail["to"] == f"erika@{shop.slug}.example"
    assert "B-KF" not in mail.as_string()
    assert (await confirm(guest, f" {desk.mail_code[:3]} {desk.mail_code[3:]} ")).json() == {
        "state": "verified"
    }


async def test_a_text_message_carries_the_code_where_it_is_wanted(client, shop, parts, desk):
    await an_owner(parts, shop)
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk, channel="sms")
    assert desk.texts[0].to == "+491712345678"
    assert desk.mails == []
    assert (await confirm(guest, desk.sms_code)).status_code == 200


async def test_a_landline_gets_no_text_message_but_the_mail_address_does(client, shop, parts, desk):
    await an_owner(parts, shop, phone="030 1234567")
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk, channel="sms")
    assert (await confirm(guest, desk.mail_code)).status_code == 200


async def test_a_landline_alone_is_told_to_staff_and_to_nobody_else(client, shop, parts, desk):
    await an_owner(parts, shop, phone="030 1234567", email="")
    guest = await a_guest(client, shop)
    answer = await asks_for_code(guest, desk, channel="sms")
    assert (answer.status_code, answer.text) == (202, '{"valid_s":600}')
    (row,) = await stored(parts, shop)
    assert (row.step, row.trouble) == (Step.SILENT, "landline")
    assert (desk.mails, desk.texts) == ([], [])


async def test_a_vin_is_as_good_as_a_plate(client, shop, parts, desk):
    owner = await an_owner(parts, shop)
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk, plate="", vin=owner.vehicle.vin.lower())
    assert (await confirm(guest, desk.mail_code)).status_code == 200


@pytest.mark.parametrize("typed", ["b kf 1234", "BKF1234", "B-KF1234", " b-kf  1234 "])
async def test_a_plate_may_be_typed_as_people_type(client, shop, parts, desk, typed):
    await an_owner(parts, shop)
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk, plate=typed)
    assert len(desk.mails) == 1


async def test_a_plate_that_the_car_carried_before_leads_nowhere(client, shop, parts, desk):
    from portal.vehicles import vehicles
    from portal.vehicles.forms import VehicleDraft

    owner = await an_owner(parts, shop)
    async with inside(parts, shop.id) as db:
        kept = await vehicles.get(db, owner.vehicle.id)
        await vehicles.update(
            db, kept.vehicle, VehicleDraft(plate="B-NE 77", make="VW", model="Golf")
        )
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk)
    assert desk.mails == []


async def test_a_code_works_once_and_for_ten_minutes(client, shop, parts, desk, monkeypatch):
    await an_owner(parts, shop)
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk)
    code = desk.mail_code
    later = clock.now() + timedelta(minutes=10, seconds=1)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: later)
        assert (await confirm(guest, code)).json()["code"] == "CODE_WRONG"
    assert (await confirm(guest, code)).status_code == 200
    assert (await confirm(guest, code)).json()["code"] == "CODE_WRONG"


async def test_only_the_newest_code_counts(client, shop, parts, desk):
    await an_owner(parts, shop)
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk)
    older = desk.mail_code
    await asks_for_code(guest, desk)
    assert (await confirm(guest, older)).status_code == 422
    assert (await confirm(guest, desk.mail_code)).status_code == 200


async def test_a_code_opens_nothing_in_another_conversation(client, shop, parts, desk):
    await an_owner(parts, shop)
    guest, other = await a_guest(client, shop), await a_guest(client, shop)
    await asks_for_code(guest, desk)
    await asks_for_code(other, desk, plate="B-XX 9999")
    assert (await confirm(other, desk.mail_code)).status_code == 422


async def test_a_code_opens_nothing_with_another_token_of_the_conversation(
    client, shop, parts, desk
):
    await an_owner(parts, shop)
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk)
    mine = guest.token
    guest.token = visitor_token(Visitor(shop.id, guest.conversation_id, shop.origin), SECRET)
    assert hash_of(mine) != hash_of(guest.token)
    assert (await confirm(guest, desk.mail_code)).status_code == 422


@pytest.mark.parametrize("is_known", [True, False])
async def test_five_wrong_codes_lock_the_conversation_for_an_hour(
    client, shop, parts, desk, monkeypatch, is_known
):
    await an_owner(parts, shop)
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk, plate="B-KF 1234" if is_known else "B-XX 9999")
    wrong = [(await confirm(guest, "wrong")).json()["code"] for _ in range(5)]
    assert wrong == ["CODE_WRONG"] * 5
    refused = await confirm(guest, desk.mail_code if is_known else "123456")
    assert (refused.status_code, refused.json()["code"]) == (429, "CODE_LOCKED")
    assert 3500 < int(refused.headers["retry-after"]) <= 3601
    later = clock.now() + timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert (await confirm(guest, "wrong")).json()["code"] == "CODE_WRONG"


async def test_guesses_from_many_conversations_count_together(client, shop, parts, desk):
    """By plate and by VIN alike: it is one vehicle."""
    owner = await an_owner(parts, shop)
    for number in range(5):
        guest = await a_guest(client, shop)
        by_vin = {"plate": "", "vin": owner.vehicle.vin} if number % 2 else {}
        await asks_for_code(guest, desk, **by_vin)
        assert (await confirm(guest, "000000x")).json()["code"] == "CODE_WRONG"
    assert (await confirm(guest, "000000x")).json()["code"] == "CODE_LOCKED"


async def test_a_hundred_guesses_at_once_get_five_comparisons(client, shop, parts, desk):
    await an_owner(parts, shop)
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk)
    from portal.chat.identity import verifications

    async def guess(number):
        async with inside(parts, shop.id) as db:
            return await verifications.confirm(
                db, guest.conversation_id, hash_of(guest.token), f"guess {number}"
            )

    outcomes = await asyncio.gather(*(guess(number) for number in range(100)))
    assert sum(isinstance(one, verifications.CodeWrong) for one in outcomes) == 5
    assert sum(isinstance(one, verifications.CodeLocked) for one in outcomes) == 95


async def test_a_right_code_is_no_try(client, shop, parts, desk):
    await an_owner(parts, shop)
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk)
    for _ in range(4):
        await confirm(guest, "wrong")
    assert (await confirm(guest, desk.mail_code)).status_code == 200
    async with inside(parts, shop.id) as db:
        tries = (await db.scalars(select(VerificationTry))).all()
    assert {(one.wrong, one.locked_until) for one in tries} == {(4, None)}


async def test_nobody_is_bombed_with_codes(client, shop, parts, desk, monkeypatch):
    """Neither from one conversation, nor for one plate, nor through plate and VIN in turn."""
    owner = await an_owner(parts, shop)
    guest = await a_guest(client, shop)
    answers = [(await asks_for_code(guest, desk)).status_code for _ in range(5)]
    assert answers == [202, 202, 202, 202, 429]
    for _ in range(4):
        other = await a_guest(client, shop)
        await asks_for_code(other, desk, plate="", vin=owner.vehicle.vin)
    assert len(desk.mails) == 3
    assert {row.trouble for row in await stored(parts, shop)} == {"", "too_many"}


async def test_one_address_cannot_try_plate_after_plate(client, shop, monkeypatch):
    narrow = Rate(f"verify-narrow-{shop.slug}", per_minute=1, burst=2)
    monkeypatch.setattr(widget_verifications, "ASK_PER_ADDRESS", narrow)
    answers = []
    for number in range(3):
        guest = await a_guest(client, shop)
        answers.append(await guest.post("verifications", {"plate": f"B-AB {number + 1}"}))
    assert [answer.status_code for answer in answers] == [202, 202, 429]


async def test_an_attempt_that_failed_sends_the_same_code_again(client, shop, parts, desk):
    await an_owner(parts, shop)
    desk.telephones.raises = [SmsDelayed("later")]
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk, channel="sms")
    assert desk.texts == []
    async with inside(parts, shop.id) as db:
        again = update(Job).where(Job.name == "chat.send_code").values(run_at=clock.now())
        await db.execute(again)
    await desk.deliver()
    assert (await confirm(guest, desk.sms_code)).status_code == 200


async def test_neither_plates_nor_codes_are_stored(client, shop, parts, desk):
    await an_owner(parts, shop)
    guest = await a_guest(client, shop)
    await asks_for_code(guest, desk)
    (row,) = await stored(parts, shop)
    kept = repr({name: getattr(row, name) for name in Verification.__table__.columns.keys()})  # noqa: SIM118  # a collection, no dictionary
    assert not any(plate in kept for plate in ("B-KF", "BKF1234", "KF 1234"))
    assert desk.mail_code not in kept


async def test_an_erased_conversation_ends_the_proof(client, shop, parts, desk):
    await an_owner(parts, shop)
    guest = await a_verified_guest(client, shop, desk)
    assert (await guest.delete("conversations/current")).status_code == 204
    assert {row.step for row in await stored(parts, shop)} == {Step.ENDED}


async def test_without_a_vehicle_nothing_is_asked(client, shop):
    guest = await a_guest(client, shop)
    answer = await guest.post("verifications", {"channel": "sms"})
    assert (answer.status_code, answer.json()["code"]) == (422, "VEHICLE_MISSING")


async def test_after_two_days_nothing_says_that_somebody_asked(client, shop, parts, desk):
    await an_owner(parts, shop)
    guest = await a_verified_guest(client, shop, desk)
    await confirm(guest, "wrong")
    async with inside(parts, shop.id) as db:
        past = clock.now() - timedelta(days=3)
        await db.execute(update(VerificationTry).values(since=past))
        due = update(Job).where(Job.name == "chat.forget_code", Job.workshop_id == shop.id)
        await db.execute(due.values(run_at=clock.now()))
    await desk.deliver()
    assert await stored(parts, shop) == []
    async with inside(parts, shop.id) as db:
        assert (await db.scalars(select(VerificationTry))).all() == []
