"""Sending what is queued, and telling the workshop when an address has been given up."""

from uuid import UUID

import structlog

from portal.kit import clock
from portal.kit.db import Db
from portal.kit.mail import MailRefused
from portal.kit.outbox import JobFunction, Work
from portal.tenants import workshops
from portal.webhooks import deliveries, endpoints, notices, sending
from portal.webhooks.endpoints import EndpointNotFound
from portal.webhooks.keys import SecretUnreadable
from portal.webhooks.models import Delivered, WebhookDelivery, WebhookEndpoint
from portal.webhooks.sending import Outcome

log = structlog.get_logger()


async def deliver(work: Work, *, delivery_id: str) -> None:
    """One attempt. A worker that dies before the end is followed by one that sends the same id."""
    async with work.reading() as db:
        delivery = await deliveries.find(db, UUID(delivery_id))
        endpoint = await _endpoint_of(db, delivery)
    outcome: Outcome | None = None
    if delivery is not None and endpoint is not None and _may_go(endpoint, delivery):
        outcome = await _attempt(work, endpoint, delivery)
        log.info("webhook sent", code=outcome.code, ms=outcome.ms, event_type=delivery.event)
    async with work.finishing() as db:
        delivery = await deliveries.find(db, UUID(delivery_id), locked=True)
        endpoint = await _endpoint_of(db, delivery, locked=True)
        if delivery is None or endpoint is None or delivery.state != Delivered.QUEUED:
            return
        if outcome is not None:
            await deliveries.note_outcome(db, endpoint, delivery, outcome)
        elif endpoint.is_active:
            deliveries.postpone(db, endpoint, delivery)
        else:
            deliveries.drop(delivery)


async def tell_stopped(work: Work, *, endpoint_id: str) -> None:
    message = None
    async with work.reading() as db:
        try:
            endpoint = await endpoints.get(db, UUID(endpoint_id))
        except EndpointNotFound:
            endpoint = None
        profile = await workshops.get_profile(db)
        if endpoint is not None and not endpoint.is_active and profile.email:
            workshop = await workshops.get_workshop(db)
            message = notices.stopped(
                work.parts.settings, endpoint, to=profile.email, slug=workshop.slug
            )
    if message is not None:
        try:
            await work.parts.mailer.send(message)
        except MailRefused as refused:
            log.warning("mail refused", error=str(refused))
    async with work.finishing():
        pass


def _may_go(endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> bool:
    is_quiet = endpoint.quiet_until is not None and endpoint.quiet_until > clock.now()
    return endpoint.is_active and delivery.state == Delivered.QUEUED and not is_quiet


async def _attempt(work: Work, endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> Outcome:
    assert work.workshop_id is not None  # noqa: S101  # only a workshop queues deliveries
    now, body = clock.now(), delivery.body.encode()
    settings = work.parts.settings
    try:
        secrets = endpoints.secrets_of(settings, work.workshop_id, endpoint, now)
        headers = sending.headers_of(delivery.message_id, now, body, secrets)
    except SecretUnreadable:
        return Outcome(None, "secret unreadable", 0)
    at_home = endpoints.is_at_home(settings)
    return await sending.post(endpoint.url, body, headers, at_home=at_home)


async def _endpoint_of(
    db: Db, delivery: WebhookDelivery | None, *, locked: bool = False
) -> WebhookEndpoint | None:
    if delivery is None:
        return None
    try:
        return await endpoints.get(db, delivery.endpoint_id, locked=locked)
    except EndpointNotFound:
        return None


JOBS: dict[str, JobFunction] = {
    "webhooks.deliver": deliver,
    "webhooks.tell_stopped": tell_stopped,
}
