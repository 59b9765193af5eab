"""No page of the dashboard asks the database more than six times, however the rooms grow."""

import pytest

from portal.tenants.boundary import staff_db
from portal.tenants.permissions import Role
from tests.makers.vehicles import counted_statements
from tests.makers.victims import fill_victim
from tests.test_intrusion import filled, routes_of

MOST = 6
KNOWN = {
    "/w/{slug}/bookings/affected": 7,
    "/w/{slug}/diagnostics/{scan_id}/plot": 7,
    "/w/{slug}/diagnostics/{scan_id}/report": 10,
}
"""What asks more often, and how often. No line is added here; one that got better goes."""


@pytest.fixture
async def victim(parts, client):
    return await fill_victim(parts, client)


async def test_every_page_of_the_dashboard_asks_six_times_at_most(app, parts, victim, signed_in):
    owner = await signed_in(victim.shop, Role.OWNER)
    await owner.get(f"/w/{victim.shop.slug}/vehicles")  # the sign-in notes its first use
    over = {}
    for method, path in routes_of(app, staff_db):
        if method != "GET" or path.endswith("/events"):
            continue
        with counted_statements(parts) as sent:
            answer = await owner.get(filled(path, victim.shop.slug, victim.ids))
        assert answer.status_code < 400, path
        if len(sent) > MOST:
            over[path] = len(sent)
    assert over == KNOWN
