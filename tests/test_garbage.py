"""Garbage at every entrance: refused with a 4xx, told as a problem, and never a 5xx."""

from uuid import uuid4

import httpx
import pytest

from tests.makers.chat import a_guest

NUL = "a\0b"


def refused(answer):
    return 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    "path",
    [
        f"/inbox/{uuid4()}?before=99999999999",
        "/vehicles/%00",
    ],
)
async def test_pages_refuse_what_the_database_cannot_hold(signed_in, shop, path):
    browser = await signed_in(shop)
    answer = await browser.get(shop.home + path)
    assert refused(answer), answer.status_code


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%25_",
        f"after={'9' * 40}_{uuid4()}",
        f"after=-{'9' * 40}_{uuid4()}",
        f"after=0001-01-01T00:00:00%2B14:00_{uuid4()}",
        f"after={'9' * 40}_{uuid4()}&show=closed",
        "after=1_2",
    ],
)
async def test_strange_words_and_cursors_find_no_conversation(client, device, shop, query):
    await a_guest(client, shop)
    async with device(shop) as program:
        answer = await program.get(f"/api/v1/conversations?{query}")
    assert answer.status_code == 200
    # A place beyond all days is behind everybody; an id drawn by chance may hold any sign.
    if not query.startswith("after=999"):
        assert answer.json()["items"] == []


@pytest.mark.parametrize(
    ("place", "body"),
    [
        ("handover", {"note": NUL}),
        ("handover", {"contact": {"name": NUL}}),
        ("handover", {"contact": {"email": "a\0@b"}}),
        ("ratings", {"stars": 5, "comment": NUL}),
    ],
)
async def test_a_visitor_cannot_store_a_nul(client, shop, place, body):
    guest = await a_guest(client, shop)
    assert (await guest.post(place, body)).status_code == 422


@pytest.mark.parametrize("after", ["99999999999", "-99999999999", "9" * 30])
async def test_a_number_beyond_its_column_is_refused(client, shop, after):
    guest = await a_guest(client, shop)
    assert (await guest.get(f"messages?after={after}")).status_code == 422


@pytest.mark.parametrize("last", ["9" * 12, "9" * 5000, "²"])
async def test_a_strange_last_event_id_begins_at_the_end(client, shop, last):
    guest = await a_guest(client, shop)
    headers = {**guest.headers, "last-event-id": last.encode()}
    async with client.stream("GET", "/widget/v1/events", headers=headers) as answer:
        assert answer.status_code == 200
        assert b"event: state" in b"".join([await anext(answer.aiter_bytes())])


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"site_key":"\xff"}', b'{"site_key":', b"", b"[1]"]
)
async def test_a_body_that_is_no_json_is_refused(client, shop, device, body):
    headers = {"content-type": "application/json"}
    async with device(shop) as program:
        answers = [
            await client.post("/widget/v1/conversations", content=body, headers=headers),
            await program.post("/api/v1/customers", content=body, headers=headers),
        ]
    assert all(refused(answer) for answer in answers)


async def test_a_form_in_an_unknown_encoding_is_refused(device, shop):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="vin"\r\n'
        b"Content-Type: text/plain; charset=nope\r\n\r\nA\r\n"
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nb\r\n--x--\r\n'
    )
    headers = {"content-type": "multipart/form-data; boundary=x"}
    async with device(shop) as program:
        answer = await program.post(
            "/api/v1/integrations/obd/sessions", content=body, headers=headers
        )
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/static/%00", "/static/" + "a" * 5000, "/w/%00/inbox"])
async def test_an_address_that_cannot_exist_is_not_found_or_refused(signed_in, shop, path):
    browser = await signed_in(shop)
    assert refused(await browser.get(path))


async def test_a_settings_page_with_a_nul_keeps_its_frame(signed_in, shop):
    browser = await signed_in(shop)
    form = {"name": NUL, "accent": "#112233", "website": "http://a.example"}
    answer = await browser.post(f"{shop.home}/settings", data=form)
    assert answer.status_code == 422
    assert "<html" in answer.text


async def test_half_an_address_is_refused_beside_its_field(signed_in, shop):
    browser = await signed_in(shop)
    form = {"name": "W", "accent": "#112233", "website": "http://["}
    answer = await browser.post(f"{shop.home}/settings", data=form)
    assert answer.status_code == 422
    assert "http://[" in answer.text


async def test_endless_digits_are_no_number(device, shop):
    async with device(shop) as program:
        answer = await program.post(
            "/api/v1/vehicles", json={"make": "VW", "odometer_km": "9" * 5000}
        )
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "query", ["bookings?from=0001-01-01", "bookings?to=9999-12-31", "slots?from=9999-12-31"]
)
async def test_the_ends_of_the_calendar_are_no_days_of_a_workshop(device, shop, query):
    async with device(shop) as program:
        answer = await program.get(f"/api/v1/workshops/{shop.slug}/{query}")
    assert answer.status_code == 422
    assert answer.json()["code"] == "INVALID_INPUT"


async def test_a_csrf_token_in_strange_letters_is_refused(client):
    headers = {"cookie": "carbot_csrf=" + "a" * 128}
    form = {"email": "a@b.de", "password": "x", "_csrf_token": "ü" * 128}
    assert refused(await client.post("/signin", data=form, headers=headers))


@pytest.mark.parametrize("path", ["/w/x%0d%0aX-Evil:1/inbox", "/w/%E2%82%AC/inbox"])
async def test_a_strange_address_leads_to_the_sign_in_page(address, path):
    async with httpx.AsyncClient(base_url=address, headers={"hx-request": "true"}) as stranger:
        answer = await stranger.get(path)
    assert answer.status_code == 200
    assert answer.headers["hx-redirect"].startswith("/signin?next=/w/")
    assert "x-evil" not in answer.headers
