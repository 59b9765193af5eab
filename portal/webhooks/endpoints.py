"""Endpoints: entered, changed, stopped and taken up again; their secrets shown once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select

from portal.kit import clock
from portal.kit.db import Db, new_id
from portal.kit.errors import N_, FieldError, Invalid, NotFound
from portal.kit.outbox import later
from portal.kit.parts import Parts
from portal.kit.settings import Settings
from portal.kit.text import _
from portal.tenants.audit import note
from portal.tenants.boundary import workshop_id_of
from portal.vehicles.typed import Reading
from portal.webhooks import keys
from portal.webhooks.addresses import AddressInvalid, read_url
from portal.webhooks.events import EVENTS
from portal.webhooks.forms import EndpointDraft
from portal.webhooks.models import Stopped, WebhookEndpoint

MOST = 20
FORMER_SIGNS = timedelta(hours=24)
"""After a change of secrets both sign, so that a receiver loses nothing meanwhile."""
FAILS_FOR = timedelta(days=5)
"""An endpoint that has only failed for so long is stopped."""


class EndpointNotFound(NotFound):
    code, title = "WEBHOOK_NOT_FOUND", N_("We do not know this webhook.")


class TooManyEndpoints(Invalid):
    status, code, title = 409, "TOO_MANY_WEBHOOKS", N_("There are too many webhooks already.")


class EndpointStopped(Invalid):
    status, code, title = 409, "WEBHOOK_STOPPED", N_("This webhook is switched off.")


async def create(db: Db, draft: EndpointDraft) -> tuple[WebhookEndpoint, str]:
    """The endpoint and its secret, which nobody can read again. Raises `AddressInvalid`."""
    facts = _read(db, draft)
    await must_have_room(db)
    member = db.info.get("member")
    endpoint = WebhookEndpoint(
        id=new_id(), created_by=member.name if member else "", secret=b"", **facts
    )
    secret = _give_secret(db, endpoint)
    db.add(endpoint)
    note(db, "webhook.created", str(endpoint.id), url=endpoint.url)
    await db.flush()
    return endpoint, secret


async def update(db: Db, endpoint: WebhookEndpoint, draft: EndpointDraft) -> None:
    """Raises `AddressInvalid`; then the endpoint is as it was."""
    facts = _read(db, draft)
    for field, value in facts.items():
        setattr(endpoint, field, value)
    if draft.active and not endpoint.is_active:
        resume(endpoint)
    elif not draft.active and endpoint.is_active:
        stop(endpoint, Stopped.BY_HAND)
    note(db, "webhook.changed", str(endpoint.id), url=endpoint.url, active=draft.active)
    await db.flush()


async def rotate(db: Db, endpoint: WebhookEndpoint) -> str:
    """A new secret; the former one signs along for a day."""
    endpoint.former_secret = endpoint.secret
    endpoint.former_until = clock.now() + FORMER_SIGNS
    secret = _give_secret(db, endpoint)
    note(db, "webhook.secret_changed", str(endpoint.id))
    await db.flush()
    return secret


async def remove(db: Db, endpoint: WebhookEndpoint) -> None:
    await db.execute(delete(WebhookEndpoint).where(WebhookEndpoint.id == endpoint.id))
    note(db, "webhook.removed", str(endpoint.id), url=endpoint.url)


async def get(db: Db, endpoint_id: UUID, *, locked: bool = False) -> WebhookEndpoint:
    """Raises `EndpointNotFound`."""
    query = select(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id)
    found = await db.scalar(query.with_for_update() if locked else query)
    if found is None:
        raise EndpointNotFound
    return found


async def everyone(db: Db) -> Sequence[WebhookEndpoint]:
    return (await db.scalars(select(WebhookEndpoint).order_by(WebhookEndpoint.id))).all()


async def who_asked_for(db: Db, event: str) -> Sequence[WebhookEndpoint]:
    query = select(WebhookEndpoint).where(WebhookEndpoint.stopped == Stopped.NOT)
    return [one for one in (await db.scalars(query)).all() if event in one.events]


async def must_have_room(db: Db) -> None:
    """Raises `TooManyEndpoints`."""
    if (await db.scalar(select(func.count()).select_from(WebhookEndpoint)) or 0) >= MOST:
        raise TooManyEndpoints


def stop(endpoint: WebhookEndpoint, why: Stopped) -> None:
    endpoint.stopped = why
    endpoint.stopped_at = clock.now()


def resume(endpoint: WebhookEndpoint) -> None:
    endpoint.stopped, endpoint.stopped_at = Stopped.NOT, None
    endpoint.failures, endpoint.failing_since, endpoint.quiet_until = 0, None, None


def note_success(endpoint: WebhookEndpoint) -> None:
    endpoint.last_success_at = clock.now()
    endpoint.failures, endpoint.failing_since, endpoint.quiet_until = 0, None, None


def note_failure(db: Db, endpoint: WebhookEndpoint, *, gone: bool, pause_s: int | None) -> None:
    """Count it; whoever is gone, or has failed for days, gets nothing more and we say so."""
    now = clock.now()
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or now
    pause = pause_s if pause_s is not None else 5 * 2 ** min(endpoint.failures - 1, 7)
    endpoint.quiet_until = now + timedelta(seconds=pause)
    if not endpoint.is_active:
        return
    if gone or now - endpoint.failing_since >= FAILS_FOR:
        stop(endpoint, Stopped.GONE if gone else Stopped.FAILING)
        note(db, "webhook.stopped", str(endpoint.id), why=endpoint.stopped)
        later(db, "webhooks.tell_stopped", endpoint_id=endpoint.id)


def secrets_of(
    settings: Settings, workshop_id: UUID, endpoint: WebhookEndpoint, at: datetime
) -> list[str]:
    """The secrets that sign at this moment. Raises `keys.SecretUnreadable`."""
    bound = _bound_to(workshop_id, endpoint)
    sealed = [endpoint.secret]
    if endpoint.former_secret and endpoint.former_until and endpoint.former_until > at:
        sealed.append(endpoint.former_secret)
    return [keys.unseal(one, settings.secret, bound) for one in sealed]


def is_at_home(settings: Settings) -> bool:
    """Whether receivers may run on this machine and speak plain HTTP: in the demo and in tests."""
    return settings.portal_mode in {"demo", "test"}


def _give_secret(db: Db, endpoint: WebhookEndpoint) -> str:
    secret = keys.new_secret()
    bound = _bound_to(workshop_id_of(db), endpoint)
    endpoint.secret = keys.seal(secret, _settings(db).secret, bound)
    return secret


def _read(db: Db, draft: EndpointDraft) -> dict[str, object]:
    reading = Reading(AddressInvalid)
    description = reading.line("description", draft.description, 200)
    chosen = [event for event in EVENTS if event in draft.events]
    unknown = set(draft.events) - set(EVENTS)
    if unknown or not chosen:
        reading.refuse("events", "NO_EVENT", _("Please choose at least one event."))
    url = ""
    try:
        url = read_url(draft.url, at_home=is_at_home(_settings(db)))
    except AddressInvalid as problem:
        reading.errors.extend(problem.errors)
    reading.errors.sort(key=_by_place)
    reading.end()
    return {"url": url, "description": description, "events": chosen}


def _by_place(error: FieldError) -> int:
    return ("url", "description", "events").index(error.field)


def _bound_to(workshop_id: UUID, endpoint: WebhookEndpoint) -> str:
    return f"{workshop_id}/{endpoint.id}"


def _settings(db: Db) -> Settings:
    parts: Parts = db.info["parts"]
    return parts.settings
