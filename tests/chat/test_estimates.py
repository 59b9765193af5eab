"""An estimate from the desk: a card with a sum for the visitor, and honest words about what it binds."""

from uuid import uuid4

import pytest

from portal.chat import conversations, estimates
from portal.kit import clock
from portal.kit.text import day, speaking
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.makers.chat import a_guest

BRAKES = {
    "line_title": ["Bremsbeläge vorn", "Arbeitszeit", ""],
    "line_quantity": ["1", "2,5", "1"],
    "line_price": ["89,90", "98,10", ""],
}


@pytest.fixture
async def guest(client, shop):
    return await a_guest(client, shop)


@pytest.fixture
async def desk(signed_in, shop):
    return await signed_in(shop, Role.ADVISOR)


def address(shop, guest):
    return f"{shop.home}/inbox/{guest.conversation_id}/estimate"


async def test_the_visitor_gets_positions_and_sum(guest, desk, shop):
    sent = await desk.post(address(shop, guest), data={**BRAKES, "words": "Wie besprochen:"})
    assert sent.status_code == 303
    message = (await guest.history())[-1]
    assert message["author"] == "staff"
    assert message["text"] == (
        "Wie besprochen:\n\nUnser Kostenvoranschlag, unverbindlich: 335,15\xa0€ inkl. MwSt. Sollte es "
        "wesentlich teurer werden, melden wir uns, bevor wir weitermachen."
    )
    assert message["cards"] == [
        {
            "kind": "estimate",
            "currency": "EUR",
            "lines": [
                {"label": "Bremsbeläge vorn", "price": "89.90"},
                {"label": "2,5 × Arbeitszeit", "price": "245.25"},
            ],
            "total": "335.15",
        }
    ]


async def test_one_that_binds_says_until_when_in_the_visitors_language(client, shop, desk, parts):
    async with inside(parts, shop.id) as db:
        talk, _greeting = await conversations.begin(
            db, locale="tr", consent_version="1", greeting="Merhaba!"
        )
    form = {**BRAKES, "is_binding": "true"}
    await desk.post(f"{shop.home}/inbox/{talk.id}/estimate", data=form)
    async with inside(parts, shop.id) as db:
        said = (await conversations.get(db, talk.id)).preview
    until = clock.local(clock.now() + estimates.BINDS_FOR).date()
    with speaking("tr"):
        assert said.startswith(f"Fiyat teklifimiz, {day(until)} tarihine kadar bağlayıcı")


async def test_it_is_sent_once_however_often_somebody_presses(guest, desk, shop):
    form = {**BRAKES, "client_id": str(uuid4())}
    for _ in range(2):
        await desk.post(address(shop, guest), data=form)
    assert [m["author"] for m in await guest.history()].count("staff") == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"line_price": ["viel", "98,10", ""]}, "Betrag"),
        ({"line_title": ["", "Arbeitszeit", ""]}, "Position"),
        ({"line_title": ["", "", ""], "line_price": ["", "", ""]}, "mindestens eine Position"),
    ],
)
async def test_what_is_wrong_is_said_beside_it_and_nothing_is_sent(guest, desk, shop, wrong, told):
    form = {**BRAKES, **wrong, "words": "Wie besprochen:"}
    refused = await desk.post(address(shop, guest), data=form)
    assert refused.status_code == 422
    assert told in refused.text
    assert "Wie besprochen:" in refused.text
    assert len(await guest.history()) == 1


async def test_the_desk_sees_the_positions_in_the_thread(guest, desk, shop):
    await desk.post(address(shop, guest), data=BRAKES)
    page = await desk.get(f"{shop.home}/inbox/{guest.conversation_id}")
    assert "2,5 × Arbeitszeit" in page.text
    assert "245,25\xa0€" in page.text


async def test_the_form_knows_the_price_list(guest, desk, shop):
    page = await desk.get(address(shop, guest))
    assert page.status_code == 200
    assert f"/api/v1/workshops/{shop.slug}/services" in page.text
