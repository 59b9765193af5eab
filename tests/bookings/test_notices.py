"""Customers are told once, by the ways that they have, and staff sees how far it got."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import delete, func, select, update

from portal.bookings import notices, rules
from portal.bookings.models import (
    AppointmentMove,
    BookingNotice,
    Delivery,
    NoticeKind,
    State,
    WaitlistEntry,
    WaitlistInvitation,
    WaitlistOffer,
)
from portal.bookings.notices import NobodyToTell
from portal.kit import clock
from portal.kit.outbox import BACK_OFF, Job
from portal.kit.sms import SmsDelayed, SmsRefused
from portal.tenants.boundary import channel, inside
from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.makers.bookings import a_calendar, an_appointment, at
from tests.makers.post import Telephones, postbox, with_post
from tests.makers.shops import found_shop
from tests.makers.vehicles import a_customer, a_vehicle
from tests.makers.workers import PATIENCE_S, worker_process

DYING_WORKER = Path(__file__).parent / "dying_worker.py"
PLACE = {
    "name": "KFZ Brandt",
    "street": "Lindenstr. 4",
    "postcode": "10969",
    "city": "Berlin",
    "email": "post@brandt.example",
}
MOBILE, LANDLINE = "0151 12345678", "030 7654321"


@pytest.fixture
async def place(parts):
    """A workshop whose messages do not wait for the post office of another test."""
    made = await found_shop(parts, **PLACE)
    yield made
    async with inside(parts, made.id) as db:
        await db.execute(delete(Job))


@pytest.fixture
async def box(parts):
    await work_off(parts)  # what other tests left lying does not belong here
    async with postbox() as made:
        yield made


@pytest.fixture
def telephones():
    return Telephones()


@pytest.fixture
def post(parts, box, telephones):
    return with_post(parts, box, telephones)


def soon(days=3):
    """In office hours, some days from now."""
    day = clock.local(clock.now()).date() + timedelta(days=days)
    return datetime.combine(day, datetime.min.time().replace(hour=9), clock.BERLIN)


async def a_booking(parts, place, *, contact=None, at_=None, state=State.CONFIRMED, **facts):
    contact = {"email": "erika@example.de"} if contact is None else contact
    async with inside(parts, place.id) as db:
        customer = await a_customer(db, salutation="ms", **contact)
        vehicle = await a_vehicle(db, keeper=customer)
        return await an_appointment(
            db,
            at_ or soon(),
            state=state,
            customer_id=customer.id,
            vehicle_id=vehicle.id,
            created_by="Annahme",
            **facts,
        )


async def tell(parts, place, appointment, kind, **more):
    async with inside(parts, place.id) as db:
        if appointment is not None:
            appointment = await db.merge(appointment, load=False)
        await notices.queue(db, appointment, kind, **more)


async def sent(parts, place, kind=None):
    async with inside(parts, place.id) as db:
        query = select(BookingNotice).order_by(BookingNotice.id)
        found = await db.scalars(query.where(BookingNotice.kind == kind) if kind else query)
        return found.all()


async def hurry(parts, place):
    """What waits for another try is due now."""
    async with inside(parts, place.id) as db:
        await db.execute(
            update(Job)
            .where(Job.name == "bookings.send_notice")
            .values(run_at=clock.now() - timedelta(seconds=1))
        )


async def test_a_confirmation_arrives_with_a_calendar_file(parts, place, post, box):
    appointment = await a_booking(parts, place)
    await tell(parts, place, appointment, NoticeKind.CONFIRMED)
    await work_off(post)
    (mail,) = box.messages
    assert mail["To"] == "erika@example.de"
    assert mail["From"] == "KFZ Brandt <noreply@carbot.example>"
    assert mail["Reply-To"] == "post@brandt.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Subject"].startswith("Termin bestätigt: ")
    words = mail.get_body(("plain",)).get_content()
    assert "Sehr geehrte Frau Mustermann," in words
    assert "B-KF 1234" in words
    assert f"{parts.settings.base_url}/t/" in words
    assert "Sehr geehrte Frau Mustermann," in mail.get_body(("html",)).get_content()
    (file,) = mail.iter_attachments()
    assert file.get_content_type() == "text/calendar"
    assert file.get_param("method") == "REQUEST"
    (event,) = Calendar.from_ical(file.get_payload(decode=True)).walk("VEVENT")
    assert event["dtstart"].dt == appointment.starts_at
    (row,) = await sent(parts, place, NoticeKind.CONFIRMED)
    assert (row.state, row.problem, row.attempts) == (Delivery.SENT, "", 1)
    assert row.sent_at is not None
    assert row.subject == mail["Subject"]
    assert mail["Message-ID"] == f"<{row.id}@carbot>"


async def test_the_link_in_a_mail_opens_the_appointments_page(parts, place, post, box, client):
    appointment = await a_booking(parts, place)
    await tell(parts, place, appointment, NoticeKind.CONFIRMED)
    await work_off(post)
    words = box.messages[0].get_body(("plain",)).get_content()
    path = next(line for line in words.splitlines() if "/t/" in line)
    answer = await client.get(path.removeprefix(parts.settings.base_url))
    assert answer.status_code == 200
    assert appointment.code in answer.text


async def test_the_same_news_is_told_once_however_often_it_is_queued(parts, place, post, box):
    appointment = await a_booking(parts, place)
    for _time in range(3):
        await tell(parts, place, appointment, NoticeKind.CONFIRMED)
        await work_off(post)
    assert len(box.messages) == 1
    assert len(await sent(parts, place, NoticeKind.CONFIRMED)) == 1


async def test_two_at_the_same_moment_make_one_row(parts, place, post, box):
    appointment = await a_booking(parts, place)
    await asyncio.gather(
        *(tell(parts, place, appointment, NoticeKind.CONFIRMED) for _time in range(4))
    )
    await work_off(post)
    assert len(box.messages) == 1


async def test_nothing_is_sent_when_the_booking_fails(parts, place, post, box):
    appointment = await a_booking(parts, place)
    with pytest.raises(ZeroDivisionError):
        async with inside(parts, place.id) as db:
            await notices.queue(db, appointment, NoticeKind.CONFIRMED)
            raise ZeroDivisionError
    await work_off(post)
    assert box.messages == []


@pytest.mark.parametrize(
    ("contact", "by_sms", "kind", "rows"),
    [
        ({"email": "e@x.de", "phone": MOBILE}, True, "ready", [("mail", "sent", ""), ("sms", "sent", "")]),
        ({"email": "e@x.de", "phone": MOBILE}, True, "cancelled", [("mail", "sent", "")]),
        ({"email": "e@x.de", "phone": MOBILE}, False, "ready", [("mail", "sent", "")]),
        ({"phone": MOBILE}, True, "cancelled", [("sms", "sent", "")]),
        ({"phone": MOBILE}, False, "cancelled", [("mail", "skipped", "keine Adresse – bitte anrufen")]),
        ({"phone": LANDLINE}, True, "cancelled", [("sms", "skipped", "Festnetz – bitte anrufen")]),
        ({"email": "e@x.de", "phone": LANDLINE}, True, "ready", [("mail", "sent", ""), ("sms", "skipped", "Festnetz – bitte anrufen")]),
        ({}, True, "cancelled", [("mail", "skipped", "keine Adresse – bitte anrufen")]),
    ],
)  # fmt: skip
async def test_each_customer_is_told_by_the_ways_that_there_are(
    parts, place, post, contact, by_sms, kind, rows
):
    async with inside(parts, place.id) as db:
        await rules.change(db, reminder_by_sms=by_sms)
    state = State.READY if kind == "ready" else State.CANCELLED
    appointment = await a_booking(parts, place, contact=contact, state=state)
    await tell(parts, place, appointment, NoticeKind(kind))
    await work_off(post)
    found = await sent(parts, place)
    assert [(row.channel, row.state, row.problem) for row in found] == rows


async def test_an_appointment_of_nobody_tells_staff_to_call(parts, place):
    async with inside(parts, place.id) as db:
        appointment = await an_appointment(db, soon())
        await notices.queue(db, appointment, NoticeKind.READY)
    (row,) = await sent(parts, place)
    assert (row.state, row.problem) == (Delivery.SKIPPED, "keine Adresse – bitte anrufen")


async def test_a_server_that_is_busy_is_asked_again_and_staff_sees_it(parts, place, post, box):
    appointment = await a_booking(parts, place)
    box.answers = ["451 try later", "451 try later"]
    await tell(parts, place, appointment, NoticeKind.CONFIRMED)
    await work_off(post)
    (row,) = await sent(parts, place, NoticeKind.CONFIRMED)
    assert (row.state, row.attempts) == (Delivery.QUEUED, 1)
    assert row.problem == "noch nicht zugestellt, wir versuchen es weiter (451)"
    for _time in range(2):
        await hurry(parts, place)
        await work_off(post)
    (row,) = await sent(parts, place, NoticeKind.CONFIRMED)
    assert (row.state, row.problem, row.attempts) == (Delivery.SENT, "", 3)
    assert len(box.messages) == 1


async def test_after_the_last_try_it_has_failed_and_waits_for_a_person(parts, place, post, box):
    appointment = await a_booking(parts, place)
    box.answers = ["451 try later"] * 20
    await tell(parts, place, appointment, NoticeKind.CONFIRMED)
    for _time in range(len(BACK_OFF) + 1):
        await hurry(parts, place)
        await work_off(post)
    (row,) = await sent(parts, place, NoticeKind.CONFIRMED)
    assert (row.state, row.attempts) == (Delivery.FAILED, len(BACK_OFF) + 1)
    assert row.problem == "nicht zugestellt (451)"
    async with inside(parts, place.id) as db:
        waiting = select(func.count()).where(Job.name == "bookings.send_notice")
        assert await db.scalar(waiting) == 0


async def test_a_refused_address_fails_at_once(parts, place, post, box):
    appointment = await a_booking(parts, place)
    box.refuses = "550 unknown erika@example.de"
    await tell(parts, place, appointment, NoticeKind.CONFIRMED)
    await work_off(post)
    (row,) = await sent(parts, place, NoticeKind.CONFIRMED)
    assert row.state == Delivery.FAILED
    assert row.problem == "Der Mailserver lehnt diese Adresse ab. (550)"


async def test_text_messages_are_tried_again_and_refused_like_mails(parts, place, post, telephones):
    async with inside(parts, place.id) as db:
        await rules.change(db, reminder_by_sms=True)
    appointment = await a_booking(parts, place, contact={"phone": MOBILE})
    telephones.raises = [SmsDelayed("HTTP 500")]
    await tell(parts, place, appointment, NoticeKind.CONFIRMED)
    await work_off(post)
    await hurry(parts, place)
    await work_off(post)
    (message,) = telephones.messages
    assert message.to == "+4915112345678"
    assert message.text.startswith("KFZ Brandt: Ihr Termin ist bestätigt: ")
    telephones.raises = [SmsRefused("number not valid")]
    await tell(parts, place, appointment, NoticeKind.CANCELLED)
    await work_off(post)
    (row,) = await sent(parts, place, NoticeKind.CANCELLED)
    assert (row.state, row.problem) == (
        Delivery.FAILED,
        "Die SMS wurde abgelehnt. (number not valid)",
    )


async def test_what_went_wrong_with_a_text_message_is_logged_without_number_and_text(
    parts, place, post, telephones, caplog, capsys
):
    async with inside(parts, place.id) as db:
        await rules.change(db, reminder_by_sms=True)
    appointment = await a_booking(parts, place, contact={"phone": MOBILE})
    telephones.raises = [SmsDelayed("HTTP 500")]
    await tell(parts, place, appointment, NoticeKind.CONFIRMED)
    await work_off(post)
    async with inside(parts, place.id) as db:
        query = select(Job.last_error).where(Job.name == "bookings.send_notice")
        error = await db.scalar(query)
    assert error == "NoticeDelayed: 500"
    shown = capsys.readouterr()
    for secret in ("15112345678", "bestätigt"):
        assert secret not in caplog.text + shown.out + shown.err + error


async def test_the_newest_of_two_quick_news_is_told_alone(parts, place, post, box):
    appointment = await a_booking(parts, place, state=State.REQUESTED)
    await tell(parts, place, appointment, NoticeKind.RECEIVED)
    async with inside(parts, place.id) as db:
        appointment = await db.merge(appointment, load=False)
        appointment.state = State.CONFIRMED
        await notices.queue(db, appointment, NoticeKind.CONFIRMED)
    await work_off(post)
    (mail,) = box.messages
    assert mail["Subject"].startswith("Termin bestätigt")
    (row,) = await sent(parts, place, NoticeKind.RECEIVED)
    assert (row.state, row.problem) == (Delivery.SKIPPED, "inzwischen überholt")


async def test_moving_tells_the_new_time_and_rises_in_sequence(parts, place, post, box):
    appointment = await a_booking(parts, place)
    await tell(parts, place, appointment, NoticeKind.CONFIRMED)
    await work_off(post)
    async with inside(parts, place.id) as db:
        appointment = await db.merge(appointment, load=False)
        before = appointment.starts_at
        await moved(db, appointment, days=1)
        await notices.queue(db, appointment, NoticeKind.MOVED)
    await work_off(post)
    first, second = (event_of(mail) for mail in box.messages)
    assert first["uid"] == second["uid"]
    assert first["sequence"] < second["sequence"]
    assert second["dtstart"].dt - before == timedelta(days=1)
    assert "Bisheriger Termin: " in box.messages[1].get_body(("plain",)).get_content()


async def test_cancelling_takes_the_event_back(parts, place, post, box):
    appointment = await a_booking(parts, place)
    await tell(parts, place, appointment, NoticeKind.CONFIRMED)
    await work_off(post)
    async with inside(parts, place.id) as db:
        appointment = await db.merge(appointment, load=False)
        appointment.state = State.CANCELLED
        db.add(AppointmentMove(appointment_id=appointment.id, to_state=State.CANCELLED))
        await db.flush()
        await notices.queue(db, appointment, NoticeKind.CANCELLED)
    await work_off(post)
    first, second = (event_of(mail) for mail in box.messages)
    assert (first["uid"], second["status"]) == (second["uid"], "CANCELLED")
    assert first["sequence"] < second["sequence"]


async def test_another_lift_or_a_click_taken_back_is_no_news(parts, place, post, box):
    appointment = await a_booking(parts, place)
    async with inside(parts, place.id) as db:
        appointment = await db.merge(appointment, load=False)
        await moved(db, appointment, days=0)
        await notices.queue(db, appointment, NoticeKind.MOVED)
        db.add(
            AppointmentMove(
                appointment_id=appointment.id,
                from_state=State.ARRIVED,
                to_state=State.CONFIRMED,
            )
        )
        await db.flush()
        await notices.queue(db, appointment, NoticeKind.CONFIRMED)
    await work_off(post)
    assert box.messages == []
    assert await sent(parts, place) == []


async def test_a_ready_car_says_until_when_it_can_be_fetched(parts, place, post, box):
    async with inside(parts, place.id) as db:
        await a_calendar(db)
    appointment = await a_booking(parts, place, state=State.READY)
    await tell(parts, place, appointment, NoticeKind.READY)
    await work_off(post)
    words = box.messages[0].get_body(("plain",)).get_content()
    assert "Ihr Fahrzeug ist fertig. Sie können es abholen." in words
    assert "geöffnet" in words or "wieder" in words or "geschlossen" in words
    assert list(box.messages[0].iter_attachments()) == []


async def test_an_estimate_asks_the_customer_to_choose(parts, place, post, box):
    async with inside(parts, place.id) as db:
        customer = await a_customer(db, email="erika@example.de", locale="en")
        appointment = await an_appointment(
            db, None, 150, state=State.REQUESTED, customer_id=customer.id
        )
        await notices.queue(db, appointment, NoticeKind.CHOICE)
        appointment.work_minutes = 240
        await db.flush()
        await notices.queue(db, appointment, NoticeKind.CHOICE)
    await work_off(post)
    (mail,) = box.messages
    assert "4 hours" in mail.get_body(("plain",)).get_content()


async def test_an_offer_goes_to_who_waits_and_not_when_it_is_over(parts, place, post, box):
    async with inside(parts, place.id) as db:
        invitations = [await invited(db, minutes) for minutes in (60, -1)]
        for invitation in invitations:
            await notices.queue(db, None, NoticeKind.OFFER, invitation=invitation)
    await work_off(post)
    (mail,) = box.messages
    assert "/o/" in mail.get_body(("plain",)).get_content()
    states = [row.state for row in await sent(parts, place)]
    assert sorted(states) == [Delivery.SENT, Delivery.SKIPPED]


async def test_a_receipt_of_a_withdrawal_tells_day_and_time_and_goes_where_it_was_asked(
    parts, place, post, box
):
    when = at("2026-11-20 14:05")
    appointment = await a_booking(parts, place, withdrawn_at=when)
    await tell(parts, place, appointment, NoticeKind.WITHDRAWN, to="other@example.de")
    await work_off(post)
    (mail,) = box.messages
    assert mail["To"] == "other@example.de"
    assert "Freitag, 20.11.2026, 14:05 Uhr" in mail.get_body(("plain",)).get_content()


async def test_staff_sends_once_more_to_the_address_of_today(parts, place, post, box):
    appointment = await a_booking(parts, place, contact={})
    await tell(parts, place, appointment, NoticeKind.CONFIRMED)
    (row,) = await sent(parts, place, NoticeKind.CONFIRMED)
    async with inside(parts, place.id) as db:
        with pytest.raises(NobodyToTell):
            await notices.again(db, row)
    await give_address(parts, place, appointment, "new@example.de")
    async with inside(parts, place.id) as db:
        first = await notices.again(db, await notices.get(db, row.id))
        assert (await notices.again(db, first)).id == first.id
    await work_off(post)
    async with inside(parts, place.id) as db:
        await notices.again(db, await notices.get(db, first.id))
    await work_off(post)
    assert [mail["To"] for mail in box.messages] == ["new@example.de"] * 2
    assert len({mail["Message-ID"] for mail in box.messages}) == 2


async def test_the_sheet_of_an_appointment_shows_its_messages_and_sends_them_again(
    parts, place, other_shop, post, box, signed_in
):
    appointment = await a_booking(parts, place)
    box.refuses = "550 unknown"
    await tell(parts, place, appointment, NoticeKind.CONFIRMED)
    await work_off(post)
    box.refuses = None
    advisor = await signed_in(place, Role.ADVISOR)
    here = f"{place.home}/bookings/{appointment.id}"
    headers = {"hx-request": "true", "hx-target": "sheet"}
    sheet = await advisor.get(here, headers=headers)
    assert "Der Mailserver lehnt diese Adresse ab. (550)" in sheet.text
    assert "Erneut senden" in sheet.text
    (failed,) = await sent(parts, place, NoticeKind.CONFIRMED)
    body = {"notice": str(failed.id)}
    fresh = await advisor.post(
        f"{here}/messages", data=body, headers=headers, follow_redirects=True
    )
    assert fresh.status_code == 200
    await work_off(post)
    assert len(box.messages) == 1
    stranger = await signed_in(other_shop)
    theirs = f"{other_shop.home}/bookings/{appointment.id}/messages"
    assert (await stranger.post(theirs, data=body)).status_code == 404
    mechanic = await signed_in(place, Role.MECHANIC)
    assert (await mechanic.post(f"{here}/messages", data=body)).status_code == 403


async def test_the_calendar_hears_how_far_a_message_got(parts, place, post):
    appointment = await a_booking(parts, place)
    await tell(parts, place, appointment, NoticeKind.CONFIRMED)
    async with parts.hub.listen(channel(place.id, "calendar")) as here:
        await asyncio.sleep(0.05)
        await work_off(post)
        (event,) = await here.within(PATIENCE_S)
    assert str(appointment.id).encode() in event


@pytest.mark.parametrize("address", ["a@b.de,c@d.de", "nobody", "x@y z", "<a@b.de>"])
async def test_what_is_no_single_address_gets_no_mail(parts, place, post, box, address):
    appointment = await a_booking(parts, place)
    await give_address(parts, place, appointment, address)
    await tell(parts, place, appointment, NoticeKind.CONFIRMED)
    await work_off(post)
    assert box.messages == []
    (row,) = await sent(parts, place, NoticeKind.CONFIRMED)
    assert row.state == Delivery.SKIPPED


@pytest.mark.parametrize("is_keeper", [True, False])
async def test_what_carries_a_plate_is_told_to_its_own_people_alone(
    parts, place, post, box, is_keeper
):
    """A stranger books with somebody else's plate: the mail must not tell what car that is."""
    async with inside(parts, place.id) as db:
        keeper = await a_customer(db, email="keeper@example.de")
        car = await a_vehicle(db, model="Geheimrat", keeper=keeper)
        stranger = await a_customer(db, name="Nora Neugier", email="nora@example.de")
        booker = keeper if is_keeper else stranger
        facts = {"customer_id": booker.id, "vehicle_id": car.id}
        appointment = await an_appointment(db, soon(), **facts)
        await notices.queue(db, appointment, NoticeKind.CONFIRMED)
    await work_off(post)
    (mail,) = box.messages
    assert ("Geheimrat" in mail.get_body(("plain",)).get_content()) is is_keeper


async def test_names_from_forms_are_neither_headers_nor_markup(parts, post, box):
    place = await found_shop(parts, **{**PLACE, "name": "KFZ\r\nBcc: alle@x.de <b>"})
    name = 'Erika <script>alert("1")</script>\r\nBcc: alle@x.de'
    async with inside(parts, place.id) as db:
        customer = await a_customer(db, email="erika@example.de")
        customer.name = name
        appointment = await an_appointment(db, soon(), customer_id=customer.id)
        await notices.queue(db, appointment, NoticeKind.CONFIRMED)
    await work_off(post)
    (mail,) = box.messages
    assert mail["Bcc"] is None
    assert "<script" not in mail.get_body(("html",)).get_content()


@pytest.mark.slow
async def test_a_worker_that_dies_after_sending_sends_the_same_message_and_no_second_row(
    parts, place, post, box, settings
):
    appointment = await a_booking(parts, place)
    await tell(parts, place, appointment, NoticeKind.CANCELLED)
    async with worker_process(DYING_WORKER, settings, SMTP_URL=box.url) as worker:
        assert await asyncio.wait_for(worker.wait(), PATIENCE_S) == -9
    assert len(box.messages) == 1
    (row,) = await sent(parts, place)
    assert row.state == Delivery.QUEUED
    await asyncio.sleep(0.6)
    await work_off(post)
    first, second = box.messages
    assert first["Message-ID"] == second["Message-ID"]
    (row,) = await sent(parts, place)
    assert (row.state, row.attempts) == (Delivery.SENT, 2)
    await work_off(post)
    assert len(box.messages) == 2


async def test_a_workshop_never_sees_another_ones_messages(parts, place, other_shop):
    appointment = await a_booking(parts, place)
    await tell(parts, place, appointment, NoticeKind.CONFIRMED)
    assert await sent(parts, other_shop) == []


async def moved(db, appointment, *, days):
    before = appointment.starts_at
    appointment.starts_at += timedelta(days=days)
    appointment.ends_at += timedelta(days=days)
    db.add(
        AppointmentMove(
            appointment_id=appointment.id,
            from_state=appointment.state,
            to_state=appointment.state,
            details={"starts_at": clock.rfc3339(before), "minutes": 60},
        )
    )
    await db.flush()


def event_of(mail):
    (file,) = mail.iter_attachments()
    (event,) = Calendar.from_ical(file.get_payload(decode=True)).walk("VEVENT")
    return event


async def invited(db, minutes):
    customer = await a_customer(db, name=f"Wartend {minutes}", email=f"w{abs(minutes)}@example.de")
    today = clock.local(clock.now()).date()
    entry = WaitlistEntry(customer_id=customer.id, minutes=60, from_day=today, to_day=today)
    offer = WaitlistOffer(
        starts_at=soon(),
        ends_at=soon() + timedelta(hours=1),
        hold_until=clock.now() + timedelta(minutes=minutes),
    )
    db.add_all([entry, offer])
    await db.flush()
    invitation = WaitlistInvitation(offer_id=offer.id, entry_id=entry.id)
    db.add(invitation)
    await db.flush()
    return invitation.id


async def give_address(parts, place, appointment, address):
    from portal.vehicles.models import Customer

    async with inside(parts, place.id) as db:
        await db.execute(
            update(Customer).where(Customer.id == appointment.customer_id).values(email=address)
        )
