"""Stores planned appointments in a handful of statements.

Thousands of rows of the past are taken over as what they became, which the database allows to
imported appointments only; then each is told how it had really been booked.
"""

import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text

from portal.bookings.drawing_up import CODE_LETTERS
from portal.bookings.models import Origin, State
from portal.demo.world.bookings_shapes import Visit
from portal.kit.db import Db, new_id

BEGINS = frozenset({State.REQUESTED, State.CONFIRMED, State.ARRIVED})

_APPOINTMENTS = """
insert into appointments (id, code, state, state_since, origin, customer_id, vehicle_id, title,
  wishes, note, work_minutes, buffer_minutes, starts_at, ends_at, drop_off_at, pick_up_at, waits,
  wants_loaner, reason, nearly_done_at, created_by, created_at, updated_at)
select id, code, state, state_since, origin, customer_id, vehicle_id, title,
  wishes, note, work_minutes, buffer_minutes, starts_at, ends_at, drop_off_at, pick_up_at, waits,
  wants_loaner, reason, nearly_done_at, created_by, created_at, updated_at
from json_populate_recordset(null::appointments, cast(:rows as json))
"""
_ORIGINS = """
update appointments set origin = told.origin
from json_to_recordset(cast(:rows as json)) as told (id uuid, origin text)
where appointments.id = told.id
"""
_SERVICES = """
insert into appointment_services (id, appointment_id, service_id, position, name, minutes,
  labour_units, price, price_from, currency)
select id, appointment_id, service_id, position, name, minutes, labour_units, price, price_from,
  'EUR'
from json_populate_recordset(null::appointment_services, cast(:rows as json))
"""
_RESERVATIONS = """
insert into reservations (id, appointment_id, resource_id, during)
select id, appointment_id, resource_id, tstzrange(starts_at, ends_at, '[)')
from json_populate_recordset(null::reservations, cast(:rows as json))
"""
_MOVES = """
insert into appointment_moves (id, appointment_id, from_state, to_state, made_by, why, happened_at)
select id, appointment_id, from_state, to_state, made_by, why, happened_at
from json_populate_recordset(null::appointment_moves, cast(:rows as json))
"""


async def store(
    db: Db, visits: Sequence[Visit], chance: random.Random, *, advisor: str, moves_since: datetime
) -> list[UUID]:
    """The ids in the order of the visits. Moves are told from `moves_since` on."""
    ids = [new_id() for _ in visits]
    named = list(zip(ids, visits, strict=True))
    codes = _codes(len(visits), chance)
    rows = [
        _appointment(one, visit, code, advisor)
        for (one, visit), code in zip(named, codes, strict=True)
    ]
    await _run(db, _APPOINTMENTS, rows)
    taken_over = [
        {"id": one, "origin": visit.origin} for one, visit in named if _is_taken_over(visit)
    ]
    await _run(db, _ORIGINS, taken_over)
    await _run(db, _SERVICES, [row for one, visit in named for row in _services(one, visit)])
    await _run(db, _RESERVATIONS, [row for one, visit in named for row in _held(one, visit)])
    recent = [(one, visit) for one, visit in named if visit.starts_at >= moves_since]
    moves = [row for one, visit in recent for row in _moves(one, visit, advisor)]
    await _run(db, _MOVES, moves)
    return ids


async def _run(db: Db, statement: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        await db.execute(text(statement), {"rows": msgspec.json.encode(rows).decode()})


def _is_taken_over(visit: Visit) -> bool:
    return visit.state not in BEGINS and visit.origin != Origin.IMPORT


def _appointment(one: UUID, visit: Visit, code: str, advisor: str) -> dict[str, Any]:
    by_staff = visit.origin in {Origin.PHONE, Origin.WALK_IN, Origin.WAITLIST}
    return {
        "id": one,
        "code": code,
        "state": visit.state,
        "state_since": visit.state_since or visit.created_at,
        "origin": Origin.IMPORT if _is_taken_over(visit) else visit.origin,
        "customer_id": visit.guest.customer_id if visit.guest else None,
        "vehicle_id": visit.guest.vehicle_id if visit.guest else None,
        "title": visit.job.title[:200],
        "wishes": visit.wishes,
        "note": visit.note,
        "work_minutes": visit.job.need.minutes,
        "buffer_minutes": visit.job.need.buffer_minutes,
        "starts_at": visit.starts_at,
        "ends_at": visit.ends_at,
        "drop_off_at": visit.starts_at,
        "pick_up_at": visit.pick_up_at or visit.ends_at,
        "waits": visit.waits,
        "wants_loaner": visit.loaner,
        "reason": visit.reason,
        "nearly_done_at": visit.nearly_done_at,
        "created_by": advisor if by_staff else "",
        "created_at": visit.created_at,
        "updated_at": visit.state_since or visit.created_at,
    }


def _services(one: UUID, visit: Visit) -> list[dict[str, Any]]:
    return [
        {
            "id": new_id(),
            "appointment_id": one,
            "service_id": service.id,
            "position": position,
            "name": service.name,
            "minutes": service.duration_minutes,
            "labour_units": service.labour_units,
            "price": service.price,
            "price_from": service.price_from,
        }
        for position, service in enumerate(visit.job.services)
    ]


def _held(one: UUID, visit: Visit) -> list[dict[str, Any]]:
    if not State(visit.state).occupies:
        return []
    return [
        {
            "id": new_id(),
            "appointment_id": one,
            "resource_id": resource,
            "starts_at": begins,
            "ends_at": ends,
        }
        for resource, begins, ends in visit.held
    ]


def _moves(one: UUID, visit: Visit, advisor: str) -> list[dict[str, Any]]:
    """Booked, confirmed, and how it went on."""
    state = State(visit.state)
    path: list[tuple[str, State, datetime, str]] = []
    asked = visit.origin in {Origin.CHAT, Origin.FORM, Origin.API}
    if asked:
        path.append(("", State.REQUESTED, visit.created_at, ""))
    if state != State.REQUESTED:
        path.append((path[-1][1] if path else "", State.CONFIRMED, visit.created_at, advisor))
    since = visit.state_since or visit.created_at
    came = [
        (State.ARRIVED, visit.starts_at),
        (State.IN_WORK, visit.starts_at),
        (State.READY, min(visit.ends_at, since)),
        (State.COLLECTED, since),
    ]
    if state in dict(came):
        for following, moment in came[: list(dict(came)).index(state) + 1]:
            path.append((path[-1][1], following, moment, advisor))
    elif state in {State.CANCELLED, State.NO_SHOW}:
        path.append((State.CONFIRMED, state, since, advisor))
    return [
        {
            "id": new_id(),
            "appointment_id": one,
            "from_state": before,
            "to_state": after,
            "made_by": by,
            "why": visit.reason if after == state else "",
            "happened_at": moment,
        }
        for before, after, moment, by in path
    ]


def _codes(count: int, chance: random.Random) -> list[str]:
    """Six letters each, none twice."""
    found: set[str] = set()
    while len(found) < count:
        found.add("".join(chance.choices(CODE_LETTERS, k=6)))
    return sorted(found, key=lambda code: code[::-1])
