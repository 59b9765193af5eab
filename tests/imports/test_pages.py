"""Imports as people go through them in the browser."""

import re

import pytest

from portal.imports import runs
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.makers.imports import CALENDAR, CUSTOMERS, VEHICLES
from tests.makers.vehicles import counted_statements


async def upload(browser, shop, data, name="kunden.csv"):
    raw = data.encode() if isinstance(data, str) else data
    return await browser.post(f"{shop.home}/imports", files={"file": (name, raw)})


def chosen(page):
    """The columns as the page offers them, as a browser would send them."""
    form = {}
    for name, body in re.findall(
        r'<select class="input" name="(column-\d+)".*?>(.*?)</select>', page, re.DOTALL
    ):
        form[name] = re.search(r'<option value="([^"]*)" selected', body)
    return {name: match[1] if match else "" for name, match in form.items()}


async def test_from_the_upload_to_the_result_and_back(parts, shop, signed_in):
    browser = await signed_in(shop, Role.ADVISOR)
    answer = await upload(browser, shop, CUSTOMERS.encode("cp1252", "replace"))
    assert answer.status_code == 303
    address = answer.headers["location"]
    page = (await browser.get(address)).text
    assert "Grünewald" in page
    form = chosen(page)
    assert form["column-0"] == "customer_number"
    again = await browser.post(address, data={**form, "on_duplicate": "update"})
    assert again.status_code == 200
    started = await browser.post(address, data={**form, "on_duplicate": "update", "start": "1"})
    assert started.status_code == 303
    progress = await browser.get(f"{address}/progress")
    assert 'hx-trigger="every 1s"' in progress.text
    twice = await browser.post(address, data={**form, "start": "1"})
    assert twice.status_code == 409
    await work_off(parts)
    assert (await browser.get(f"{address}/progress")).headers["hx-refresh"] == "true"
    assert "kein-mail" in (await browser.get(address)).text
    table = (await browser.get(f"{address}/errors.csv")).text
    assert "kein-mail" in table
    raw = await browser.get(f"{address}/file")
    assert raw.content == CUSTOMERS.encode("cp1252", "replace")
    assert (await browser.post(f"{address}/undo")).status_code == 303
    await work_off(parts)
    page = await browser.get(address)
    assert page.status_code == 200
    assert (await browser.post(f"{address}/undo")).status_code == 409


async def test_a_file_of_the_same_shape_is_read_as_before(parts, shop, signed_in):
    browser = await signed_in(shop)
    first = (await upload(browser, shop, "Spalte A;Spalte B\nx;y\n")).headers["location"]
    refused = await browser.post(first, data={"start": "1"})
    assert refused.status_code == 422
    form = {"column-0": "last_name", "column-1": "city", "start": "1"}
    assert (await browser.post(first, data=form)).status_code == 303
    second = (await upload(browser, shop, "Spalte A;Spalte B\nz;w\n")).headers["location"]
    assert chosen((await browser.get(second)).text) == {"column-0": "last_name", "column-1": "city"}
    await work_off(parts)


async def test_another_kind_is_guessed_anew(shop, signed_in):
    browser = await signed_in(shop)
    address = (await upload(browser, shop, VEHICLES)).headers["location"]
    page = (await browser.post(address, data={"kind": "customers"})).text
    assert "customer_number" in chosen(page).values()
    assert "plate" not in chosen(page).values()


async def test_a_calendar_needs_no_columns(parts, shop, signed_in):
    browser = await signed_in(shop)
    address = (await upload(browser, shop, CALENDAR, "termine.ics")).headers["location"]
    page = (await browser.get(address)).text
    assert chosen(page) == {}
    assert "Inspektion B-KF 1234" in page
    assert (await browser.post(address, data={"kind": "absences"})).status_code == 200
    await browser.post(address, data={"kind": "bookings"})
    assert (await browser.post(address, data={"kind": "bookings", "start": "1"})).status_code == 303
    await work_off(parts)
    assert (await browser.get(address)).status_code == 200


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"", b"\x00" * 50, b"BEGIN:VCALENDAR\nnonsense"])
async def test_what_is_no_table_is_told_on_the_page(shop, signed_in, data):
    browser = await signed_in(shop)
    answer = await upload(browser, shop, data)
    assert answer.status_code == 422
    assert "<html" in answer.text


async def test_a_file_that_is_too_large_is_refused(shop, signed_in):
    browser = await signed_in(shop)
    answer = await upload(browser, shop, b"Name;Ort\n" + b"x;y\n" * 4_000_000)
    assert answer.status_code == 413


async def test_what_never_ran_is_discarded(shop, signed_in):
    browser = await signed_in(shop)
    address = (await upload(browser, shop, CUSTOMERS)).headers["location"]
    assert (await browser.post(f"{address}/deletion")).status_code == 303
    assert (await browser.get(address)).status_code == 404


@pytest.mark.parametrize("role", [Role.MECHANIC, Role.BOOKKEEPER])
async def test_only_owner_and_advisor_import(shop, signed_in, role):
    browser = await signed_in(shop, role)
    assert (await browser.get(f"{shop.home}/imports")).status_code == 403


async def test_pages_ask_the_database_little(parts, shop, signed_in):
    browser = await signed_in(shop)
    address = (await upload(browser, shop, VEHICLES)).headers["location"]
    pages = [f"{shop.home}/imports", address]
    for page in pages:
        with counted_statements(parts) as sent:
            assert (await browser.get(page)).status_code == 200
        assert len(sent) <= 6
    async with inside(parts, shop.id) as db:
        run = (await runs.list_runs(db)).items[0][0]
        await runs.start(db, run)
    await work_off(parts)
    with counted_statements(parts) as sent:
        assert (await browser.get(address)).status_code == 200
    assert len(sent) <= 6


async def test_a_script_in_a_file_is_text_on_every_page(parts, shop, signed_in):
    browser = await signed_in(shop)
    evil = "<script>alert(1)</script>"
    data = f"Nachname;E-Mail;{evil}\n{evil};{evil};{evil}\n"
    address = (await upload(browser, shop, data, f"{evil}.csv")).headers["location"]
    page = (await browser.get(address)).text
    await browser.post(address, data={**chosen(page), "start": "1"})
    await work_off(parts)
    for shown in (
        page,
        (await browser.get(address)).text,
        (await browser.get(f"{shop.home}/imports")).text,
    ):
        assert evil not in shown
