"""Customers and vehicles as tests need them."""

import random
from contextlib import contextmanager

from sqlalchemy import event

from portal.vehicles import customers, vehicles
from portal.vehicles.forms import CustomerDraft, VehicleDraft

VIN = "WVWZZZ1KZ6W612305"


async def a_customer(db, **facts):
    return await customers.create(db, CustomerDraft(**{"name": "Erika Mustermann", **facts}))


async def a_vehicle(db, *, keeper=None, **facts):
    draft = VehicleDraft(**{"plate": "B-KF 1234", "make": "VW", "model": "Golf", **facts})
    return await vehicles.create(db, draft, keeper=keeper)


def any_vin():
    """A number of the right shape; nobody's car."""
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    return "WVWZZZ" + "".join(random.choices(letters, k=5)) + f"{random.randrange(10**6):06}"


@contextmanager
def counted_statements(parts):
    """The statements of rows that the application sends while this is open."""
    sent = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    engine = parts.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
