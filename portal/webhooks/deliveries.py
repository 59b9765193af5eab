"""Deliveries: queued with their cause, tried on a schedule, and visible when that did not help."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, select

from portal.kit import clock
from portal.kit.db import Db, new_id
from portal.kit.errors import N_, Invalid, NotFound
from portal.kit.outbox import later
from portal.vehicles.paging import Page, page_of
from portal.webhooks import endpoints
from portal.webhooks.models import Delivered, WebhookDelivery, WebhookEndpoint
from portal.webhooks.sending import Outcome

SCHEDULE_S = (5, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000)
"""Seconds until the next attempt after each failure: three days in all, then it is dead."""
JITTER = 0.1
KEPT = timedelta(days=30)
"""Deliveries hold names and plates of customers: they go when nobody looks for them any more."""
MOST_TRIES_SHOWN = 40
MOST_AGAIN = 500


class DeliveryNotFound(NotFound):
    code, title = "DELIVERY_NOT_FOUND", N_("We do not know this delivery.")


class DeliveryUnderWay(Invalid):
    status, code = 409, "DELIVERY_UNDER_WAY"
    title = N_("This delivery is on its way already.")


async def queue(
    db: Db, endpoint: WebhookEndpoint, event: str, data: dict[str, Any]
) -> WebhookDelivery:
    """One event for one endpoint, with the transaction that caused it."""
    now = clock.now()
    body = {"type": event, "timestamp": clock.rfc3339(now), "data": data}
    delivery = WebhookDelivery(
        id=new_id(),
        endpoint_id=endpoint.id,
        event=event,
        body=msgspec.json.encode(body).decode(),
        next_try_at=now,
        tries=[],
    )
    db.add(delivery)
    later(db, "webhooks.deliver", delivery_id=delivery.id)
    await db.flush()
    return delivery


async def get(
    db: Db, endpoint_id: UUID, delivery_id: UUID
) -> tuple[WebhookEndpoint, WebhookDelivery]:
    """Raises `EndpointNotFound` and `DeliveryNotFound`."""
    endpoint = await endpoints.get(db, endpoint_id)
    query = select(WebhookDelivery).where(
        WebhookDelivery.id == delivery_id, WebhookDelivery.endpoint_id == endpoint.id
    )
    found = await db.scalar(query)
    if found is None:
        raise DeliveryNotFound
    return endpoint, found


async def find(db: Db, delivery_id: UUID, *, locked: bool = False) -> WebhookDelivery | None:
    query = select(WebhookDelivery).where(WebhookDelivery.id == delivery_id)
    found: WebhookDelivery | None = await db.scalar(query.with_for_update() if locked else query)
    return found


async def of_endpoint(
    db: Db,
    endpoint_id: UUID,
    *,
    state: Delivered | None = None,
    after: str | None = None,
    limit: int = 25,
) -> Page[Any]:
    """Rows of (WebhookDelivery,), the latest first."""
    query = select(WebhookDelivery).where(WebhookDelivery.endpoint_id == endpoint_id)
    if state is not None:
        query = query.where(WebhookDelivery.state == state)
    return await page_of(db, query, WebhookDelivery.id, after=after, limit=limit, descending=True)


async def counts(db: Db) -> dict[UUID, dict[Delivered, int]]:
    """How many deliveries each endpoint has in each state."""
    by = (WebhookDelivery.endpoint_id, WebhookDelivery.state)
    rows = (await db.execute(select(*by, func.count()).group_by(*by))).all()
    found: dict[UUID, dict[Delivered, int]] = {}
    for endpoint_id, state, count in rows:
        found.setdefault(endpoint_id, {})[Delivered(state)] = count
    return found


def send_again(db: Db, endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> None:
    """Now, with the same id, and with the whole schedule before it. Raises `DeliveryUnderWay`."""
    if not endpoint.is_active:
        raise endpoints.EndpointStopped
    if delivery.state == Delivered.QUEUED:
        raise DeliveryUnderWay
    endpoint.quiet_until = None
    delivery.state, delivery.round, delivery.next_try_at = Delivered.QUEUED, 0, clock.now()
    later(db, "webhooks.deliver", delivery_id=delivery.id)


async def send_failed_again(db: Db, endpoint: WebhookEndpoint) -> int:
    """Every one that did not arrive, the oldest first; how many."""
    failed = (Delivered.DEAD, Delivered.DROPPED)
    query = (
        select(WebhookDelivery)
        .where(WebhookDelivery.endpoint_id == endpoint.id, WebhookDelivery.state.in_(failed))
        .order_by(WebhookDelivery.id)
        .limit(MOST_AGAIN)
        .with_for_update()
    )
    found: Sequence[WebhookDelivery] = (await db.scalars(query)).all()
    for delivery in found:
        send_again(db, endpoint, delivery)
    return len(found)


def drop(delivery: WebhookDelivery) -> None:
    delivery.state, delivery.next_try_at = Delivered.DROPPED, None


async def note_outcome(
    db: Db, endpoint: WebhookEndpoint, delivery: WebhookDelivery, outcome: Outcome
) -> None:
    """Store the attempt, and queue the next one if there is one."""
    now = clock.now()
    delivery.attempts += 1
    delivery.round += 1
    delivery.last_try_at = now
    delivery.response_code = outcome.code
    delivery.last_error = outcome.error
    told = {"at": clock.rfc3339(now), "code": outcome.code, "error": outcome.error}
    delivery.tries = [*delivery.tries, {**told, "ms": outcome.ms}][-MOST_TRIES_SHOWN:]
    if outcome.is_success:
        delivery.state, delivery.next_try_at = Delivered.DONE, None
        endpoints.note_success(endpoint)
        await _forget_old(db, endpoint)
        return
    endpoints.note_failure(db, endpoint, gone=outcome.is_gone, pause_s=outcome.pause_s)
    if not endpoint.is_active or delivery.round > len(SCHEDULE_S):
        delivery.state, delivery.next_try_at = Delivered.DEAD, None
        return
    wait = SCHEDULE_S[delivery.round - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311  # spreads load
    run_at = now + timedelta(seconds=wait)
    if endpoint.quiet_until is not None:
        run_at = max(run_at, endpoint.quiet_until)
    delivery.next_try_at = run_at
    later(db, "webhooks.deliver", run_at=run_at, delivery_id=delivery.id)


def postpone(db: Db, endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> None:
    """The receiver is left alone for a while: this is no attempt."""
    until = endpoint.quiet_until or clock.now()
    run_at = until + timedelta(seconds=random.uniform(0, 5))  # noqa: S311  # spreads load
    delivery.next_try_at = run_at
    later(db, "webhooks.deliver", run_at=run_at, delivery_id=delivery.id)


async def _forget_old(db: Db, endpoint: WebhookEndpoint) -> None:
    old = WebhookDelivery.created_at < clock.now() - KEPT
    await db.execute(
        delete(WebhookDelivery).where(
            WebhookDelivery.endpoint_id == endpoint.id,
            WebhookDelivery.state != Delivered.QUEUED,
            old,
        )
    )
