"""Deliveries to a real receiver: signed, repeated, given up, sent again."""

import base64
import hashlib
import hmac
import os
import signal
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import func, select, update

from portal.kit import clock
from portal.kit.outbox import Job
from portal.tenants.boundary import inside
from portal.webhooks import deliveries, endpoints, sending
from portal.webhooks.announcements import announce
from portal.webhooks.events import EVENTS
from portal.webhooks.forms import EndpointDraft
from portal.webhooks.models import Delivered, Stopped, WebhookDelivery, WebhookEndpoint
from portal.worker import work_off
from tests.makers.receivers import a_receiver
from tests.makers.workers import until, worker_process

MORTAL = Path(__file__).parent / "mortal_worker.py"

DATA = {"code": "K7RQ2M", "starts_at": "2026-11-23T08:00:00Z", "plate": "B-KF 1234"}


@pytest.fixture
async def receiver():
    async with a_receiver() as made:
        yield made


async def an_endpoint(parts, shop, url, **facts):
    async with inside(parts, shop.id) as db:
        draft = EndpointDraft(url=url, events=list(EVENTS), **facts)
        return await endpoints.create(db, draft)


async def happen(parts, shop, event="booking.created", data=None):
    async with inside(parts, shop.id) as db:
        await announce(db, event, data or DATA)


async def make_due(parts, shop):
    """Time passes: what waits for a later attempt is due now."""
    async with inside(parts, shop.id) as db:
        await db.execute(update(Job).values(run_at=clock.now()))
        await db.execute(update(WebhookEndpoint).values(quiet_until=None))


async def all_deliveries(parts, shop):
    async with inside(parts, shop.id) as db:
        return (await db.scalars(select(WebhookDelivery).order_by(WebhookDelivery.id))).all()


async def the_endpoint(parts, shop):
    async with inside(parts, shop.id) as db:
        return (await db.scalars(select(WebhookEndpoint))).one()


def is_signed(secret, headers, body):
    """As a receiver checks it, without any code of ours."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{wanted}" in headers["webhook-signature"].split()


async def test_a_message_arrives_signed(parts, shop, receiver):
    _endpoint, secret = await an_endpoint(parts, shop, receiver.url)
    await happen(parts, shop)
    await work_off(parts)
    [(headers, body)] = receiver.came
    assert is_signed(secret, headers, body)
    assert abs(int(headers["webhook-timestamp"]) - clock.now().timestamp()) < 30
    message = msgspec.json.decode(body)
    assert set(message) == {"type", "timestamp", "data"}
    assert message["type"] == "booking.created"
    assert message["data"] == DATA
    [delivery] = await all_deliveries(parts, shop)
    assert (delivery.state, delivery.response_code, delivery.attempts) == (Delivered.DONE, 204, 1)
    assert headers["webhook-id"] == delivery.message_id


async def test_nothing_leaves_before_the_cause_is_stored(parts, shop, receiver):
    await an_endpoint(parts, shop, receiver.url)
    with pytest.raises(RuntimeError):
        async with inside(parts, shop.id) as db:
            await announce(db, "booking.created", DATA)
            raise RuntimeError
    await work_off(parts)
    assert receiver.came == []


async def test_only_chosen_events_are_told_and_only_to_their_workshop(
    parts, shop, other_shop, receiver
):
    async with inside(parts, shop.id) as db:
        await endpoints.create(db, EndpointDraft(url=receiver.url, events=["booking.moved"]))
    await an_endpoint(parts, other_shop, receiver.url)
    await happen(parts, shop, "booking.created")
    await work_off(parts)
    assert receiver.came == []
    await happen(parts, shop, "booking.moved")
    await work_off(parts)
    assert len(receiver.came) == 1


@pytest.mark.parametrize("bad", [500, 302, 404, 429])
async def test_a_failure_is_tried_again_with_the_same_id(parts, shop, receiver, bad):
    _endpoint, secret = await an_endpoint(parts, shop, receiver.url)
    receiver.answers = [bad, bad]
    receiver.headers = {"location": receiver.url + "/elsewhere"}
    await happen(parts, shop)
    for _attempt in range(3):
        await work_off(parts)
        await make_due(parts, shop)
    assert len(receiver.came) == 3
    assert len(receiver.ids) == 1
    assert len({body for _headers, body in receiver.came}) == 1
    assert all(is_signed(secret, headers, body) for headers, body in receiver.came)
    [delivery] = await all_deliveries(parts, shop)
    assert delivery.state == Delivered.DONE
    assert [one["code"] for one in delivery.tries] == [bad, bad, 204]


async def test_who_does_not_answer_in_time_is_tried_again(parts, shop, receiver, monkeypatch):
    monkeypatch.setattr(sending, "PATIENCE_S", 0.2)
    await an_endpoint(parts, shop, receiver.url)
    receiver.delay_s = 5
    await happen(parts, shop)
    await work_off(parts)
    [delivery] = await all_deliveries(parts, shop)
    assert (delivery.state, delivery.last_error) == (Delivered.QUEUED, "timeout")
    assert delivery.next_try_at > clock.now()
    receiver.delay_s = 0
    await make_due(parts, shop)
    await work_off(parts)
    assert (await all_deliveries(parts, shop))[0].state == Delivered.DONE


async def test_an_endless_answer_is_not_read(parts, shop, receiver):
    await an_endpoint(parts, shop, receiver.url)
    receiver.answers, receiver.body = [500], b"x" * 5_000_000
    await happen(parts, shop)
    await work_off(parts)
    [delivery] = await all_deliveries(parts, shop)
    assert len(delivery.last_error) <= 300


async def test_a_machine_that_is_off_is_told(parts, shop):
    await an_endpoint(parts, shop, "http://127.0.0.1:9/")
    await happen(parts, shop)
    await work_off(parts)
    [delivery] = await all_deliveries(parts, shop)
    assert delivery.state == Delivered.QUEUED
    assert "ClientConnector" in delivery.last_error


async def test_after_the_last_attempt_it_is_dead_and_can_be_sent_again(
    parts, shop, receiver, signed_in
):
    endpoint, _secret = await an_endpoint(parts, shop, receiver.url)
    receiver.answers = [503] * (len(deliveries.SCHEDULE_S) + 1)
    await happen(parts, shop)
    for _attempt in range(len(deliveries.SCHEDULE_S) + 1):
        await work_off(parts)
        await make_due(parts, shop)
    [delivery] = await all_deliveries(parts, shop)
    assert delivery.state == Delivered.DEAD
    browser = await signed_in(shop)
    home = f"{shop.home}/settings/webhooks/{endpoint.id}"
    assert "503" in (await browser.get(home)).text
    answer = await browser.post(f"{home}/deliveries/{delivery.id}/retry")
    assert answer.status_code == 303
    twice = await browser.post(f"{home}/deliveries/{delivery.id}/retry")
    assert twice.status_code == 409
    await work_off(parts)
    [delivery] = await all_deliveries(parts, shop)
    assert delivery.state == Delivered.DONE
    assert len(receiver.ids) == 1


async def test_an_overloaded_receiver_is_left_alone(parts, shop, receiver):
    await an_endpoint(parts, shop, receiver.url)
    receiver.answers, receiver.headers = [503], {"retry-after": "120"}
    await happen(parts, shop)
    await work_off(parts)
    for _more in range(3):
        await happen(parts, shop)
    await work_off(parts)
    assert len(receiver.came) == 1
    first, *others = await all_deliveries(parts, shop)
    assert first.next_try_at > clock.now() + timedelta(seconds=100)
    assert [one.attempts for one in others] == [0, 0, 0]
    await make_due(parts, shop)
    await work_off(parts)
    assert len(receiver.ids) == 4


async def test_gone_switches_the_endpoint_off_and_says_so(parts, receiver):
    from tests.makers.shops import found_shop

    shop = await found_shop(parts, email="werkstatt@weg.example")
    await an_endpoint(parts, shop, receiver.url)
    receiver.answers = [410]
    await happen(parts, shop)
    await happen(parts, shop)
    await work_off(parts)
    await make_due(parts, shop)
    await work_off(parts)
    assert (await the_endpoint(parts, shop)).stopped == Stopped.GONE
    states = sorted(one.state for one in await all_deliveries(parts, shop))
    assert states in ([Delivered.DEAD, Delivered.DROPPED], [Delivered.DEAD, Delivered.DONE])
    came = len(receiver.came)
    await happen(parts, shop)
    await work_off(parts)
    assert len(receiver.came) == came
    mails = (parts.settings.portal_home / "mail").glob("*.eml")
    assert any("werkstatt@weg.example" in mail.read_text() for mail in mails)


async def test_who_has_failed_for_days_is_switched_off(parts, shop, receiver):
    await an_endpoint(parts, shop, receiver.url)
    receiver.answers = [500, 500]
    await happen(parts, shop)
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        long_ago = clock.now() - endpoints.FAILS_FOR
        await db.execute(update(WebhookEndpoint).values(failing_since=long_ago))
    await make_due(parts, shop)
    await work_off(parts)
    assert (await the_endpoint(parts, shop)).stopped == Stopped.FAILING


async def test_both_secrets_sign_for_a_day(parts, shop, receiver):
    endpoint, former = await an_endpoint(parts, shop, receiver.url)
    async with inside(parts, shop.id) as db:
        fresh = await endpoints.rotate(db, await endpoints.get(db, endpoint.id))
    await happen(parts, shop)
    await work_off(parts)
    headers, body = receiver.came[-1]
    assert is_signed(former, headers, body)
    assert is_signed(fresh, headers, body)
    async with inside(parts, shop.id) as db:
        await db.execute(update(WebhookEndpoint).values(former_until=clock.now()))
    await happen(parts, shop)
    await work_off(parts)
    headers, body = receiver.came[-1]
    assert not is_signed(former, headers, body)
    assert is_signed(fresh, headers, body)


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_killing_workers_loses_no_message_and_changes_no_id(parts, shop, settings, receiver):
    """More than one attempt may arrive, under one id: whoever keeps ids has each effect once."""
    await an_endpoint(parts, shop, receiver.url)
    receiver.delay_s = 0.03
    async with inside(parts, shop.id) as db:
        for number in range(40):
            await announce(db, "booking.created", {"number": number})
    for _kill in range(3):
        async with worker_process(MORTAL, settings) as worker:
            await until(has_come(receiver, len(receiver.came) + 5), worker)
            os.kill(worker.pid, signal.SIGKILL)
            await worker.wait()

    async def all_are_delivered():
        return await open_deliveries(parts, shop) == 0

    async with worker_process(MORTAL, settings) as worker:
        await until(all_are_delivered, worker)
    told = {}
    for headers, body in receiver.came:
        told.setdefault(headers["webhook-id"], set()).add(body)
    assert len(told) == 40
    assert all(len(bodies) == 1 for bodies in told.values())
    numbers = {msgspec.json.decode(*bodies)["data"]["number"] for bodies in told.values()}
    assert numbers == set(range(40))
    assert {one.state for one in await all_deliveries(parts, shop)} == {Delivered.DONE}


async def open_deliveries(parts, shop):
    async with inside(parts, shop.id) as db:
        waiting = WebhookDelivery.state == Delivered.QUEUED
        return await db.scalar(select(func.count()).select_from(WebhookDelivery).where(waiting))


def has_come(receiver, number):
    async def so_many_came():
        return len(receiver.came) >= number

    return so_many_came
