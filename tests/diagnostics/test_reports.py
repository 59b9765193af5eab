"""The owner's report: drafted by rule, released by a person, and what the owner saw stays."""

import asyncio
import dataclasses
import re
import zlib
from datetime import date

import pytest
from sqlalchemy import select, text

from portal.demo import recordings
from portal.diagnostics import report_prints, reports
from portal.diagnostics.models import Scan
from portal.diagnostics.report_links import path
from portal.diagnostics.report_models import LONGEST_SENDING, OwnerReport, ReportEdition
from portal.diagnostics.report_texts import ReportContent, Sentence
from portal.kit.blobs import BlobMissing
from portal.tenants.boundary import inside
from portal.tenants.models import AuditEntry
from portal.tenants.permissions import Role
from portal.tenants.public_pages import Shopfront
from portal.vehicles import history
from portal.worker import work_off
from tests.diagnostics.test_scans import STARTED, VIN, upload
from tests.makers.vehicles import a_customer, a_vehicle

PROMISE = "Sie können mit dem Auto ruhig weiterfahren."


@pytest.fixture
async def desk(parts, device, signed_in, shop):
    """A mechanic at the report of a scan with a stored code, of a car whose keeper has a mail."""
    async with inside(parts, shop.id) as db:
        keeper = await a_customer(db, name="Erika Sommer", email="erika@example.de")
        vehicle = await a_vehicle(db, vin=VIN, keeper=keeper, make="VW", model="Golf")
    made = recordings.adapter_scan(
        vin=VIN, started_at=STARTED, seed=1, stored=["P0171"], duration_s=20
    )
    scan_id = (await upload(device, shop, made.data, made.name)).json()["id"]
    await work_off(parts)
    return Desk(parts, shop, await signed_in(shop, Role.MECHANIC), scan_id, vehicle.id)


class Desk:
    def __init__(self, parts, shop, browser, scan_id, vehicle_id):
        self.parts, self.shop, self.browser = parts, shop, browser
        self.home = f"{shop.home}/diagnostics/{scan_id}/report"
        self.vehicle_id = vehicle_id

    async def post(self, name="", **data):
        return await self.browser.post(f"{self.home}{name}", data=data)

    async def report(self):
        async with inside(self.parts, self.shop.id) as db:
            return await db.scalar(select(OwnerReport))

    async def editions(self):
        async with inside(self.parts, self.shop.id) as db:
            found = await db.scalars(select(ReportEdition).order_by(ReportEdition.number))
            return list(found)

    async def release(self):
        report = await self.report()
        return await self.post("/release", version=str(report.version if report else 1))

    async def save(self, **changes):
        report = await self.report()
        version = str(report.version if report else 1)
        fields = {"headline": "Ein Fehler", "found": "Gemisch zu mager.", "step": "workshop_soon"}
        return await self.post(**(fields | {"version": version} | changes))

    def link(self, edition):
        return path(self.parts.settings, self.shop.id, edition.id)


async def test_looking_at_a_draft_stores_nothing(desk):
    answer = await desk.browser.get(desk.home)
    assert "Ihr Auto meldet: Gemisch Bank 1: zu mager (Code P0171)." in answer.text
    assert "Bitte bald reparieren lassen" in answer.text
    assert await desk.report() is None


async def test_a_released_report_is_read_behind_its_link_and_in_the_history(desk, client):
    assert (await desk.release()).status_code == 303
    (edition,) = await desk.editions()
    page = await client.get(desk.link(edition))
    assert page.status_code == 200
    assert "Code P0171" in page.text
    assert "Die Borddiagnose prüft weder Bremsen" in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in page.headers
    assert "Erika" not in page.text
    async with inside(desk.parts, desk.shop.id) as db:
        (told,) = await reports.released_of(db, desk.vehicle_id)
        entries = (await history.list_entries(db, desk.vehicle_id)).items
        noted = (await db.scalars(select(AuditEntry.action))).all()
    assert told.edition_id == edition.id
    assert told.step == "workshop_soon"
    assert any(row[0].source_id == edition.id for row in entries)
    assert "report.released" in noted


async def test_an_address_carries_no_personal_data_and_no_foreign_key_opens_it(desk, client):
    await desk.release()
    (edition,) = await desk.editions()
    link = desk.link(edition)
    assert VIN not in link
    forged = link[:-3] + ("abc" if not link.endswith("abc") else "xyz")
    assert (await client.get(forged)).status_code == 401


async def test_what_the_owner_saw_stays_when_the_report_is_edited(desk, client):
    await desk.release()
    await desk.save(headline="Neu geschrieben")
    (first,) = await desk.editions()
    assert "Neu geschrieben" not in (await client.get(desk.link(first))).text
    await desk.release()
    _first, second = await desk.editions()
    assert "Neu geschrieben" in (await client.get(desk.link(second))).text
    old = (await client.get(desk.link(first))).text
    assert "Die Elektronik Ihres Autos meldet einen Fehler" in old
    assert "neuere Ausgabe" in old


async def test_the_database_refuses_to_change_an_edition(desk):
    await desk.release()
    with pytest.raises(Exception, match="permission denied"):
        async with inside(desk.parts, desk.shop.id) as db:
            await db.execute(text("UPDATE owner_report_editions SET number = 9"))


async def test_a_withdrawn_report_says_so_and_leaves_the_chat(desk, client):
    await desk.release()
    (edition,) = await desk.editions()
    assert (await desk.post("/withdrawal", why="Kabel war nur lose")).status_code == 303
    page = await client.get(desk.link(edition))
    assert page.status_code == 410
    assert "gilt nicht mehr" in page.text
    assert "Kabel" not in page.text
    assert (await client.get(f"{desk.link(edition)}/report.pdf")).status_code == 404
    async with inside(desk.parts, desk.shop.id) as db:
        assert await reports.released_of(db, desk.vehicle_id) == []


@pytest.mark.parametrize(
    "sentence",
    [
        PROMISE,
        "Alles gut. Sie dürfen das Auto weiter benutzen!",
        "Das Fahrzeug ist verkehrssicher.",
        "Die Weiterfahrt ist möglich.",
        "You can safely drive the car.",
    ],
)
async def test_a_sentence_that_allows_driving_on_is_refused_and_what_was_typed_stays(
    desk, sentence
):
    answer = await desk.save(found=f"Gemisch zu mager.\n{sentence}")
    assert answer.status_code == 422
    assert "erlaubt das Weiterfahren" in answer.text
    assert "Gemisch zu mager.\n" in answer.text
    assert await desk.release()
    (edition,) = await desk.editions()
    assert sentence not in str(edition.content)


async def test_a_warning_not_to_drive_is_no_promise(desk):
    answer = await desk.save(found="Bitte fahren Sie so nicht weiter. Sie dürfen nicht fahren.")
    assert answer.status_code == 303


async def test_the_advice_about_driving_may_become_stricter_but_not_milder(desk):
    assert (await desk.save(step="drive_on")).status_code == 422
    assert (await desk.save(step="stop")).status_code == 303
    assert (await desk.report()).text.step == "stop"


async def test_two_people_do_not_overwrite_each_other(desk):
    await desk.save(headline="Erste Fassung")
    answer = await desk.save(headline="Zweite Fassung", version="1")
    assert answer.status_code == 409
    assert "Inzwischen hat jemand anderes" in answer.text
    assert "Zweite Fassung" in answer.text, "what was typed is still there"
    assert (await desk.report()).text.headline == "Erste Fassung"


async def test_of_two_who_release_at_the_same_moment_one_is_told(desk):
    await desk.save()
    version = str((await desk.report()).version)
    answers = await asyncio.gather(*(desk.post("/release", version=version) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409]
    assert [edition.number for edition in await desk.editions()] == [1]


async def test_of_two_who_save_at_the_same_moment_one_is_told(desk):
    await desk.save()
    version = str((await desk.report()).version)
    answers = await asyncio.gather(
        *(desk.save(headline=f"Fassung {n}", version=version) for n in range(3))
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409]


async def test_empty_texts_are_told_at_their_fields(desk):
    answer = await desk.save(headline=" ", found="")
    assert answer.status_code == 422
    assert "Eine Überschrift mit höchstens 200 Zeichen." in answer.text
    assert "Bitte schreiben Sie, was gefunden wurde." in answer.text


async def test_bookkeepers_release_nothing(desk, signed_in):
    bookkeeper = await signed_in(desk.shop, Role.BOOKKEEPER)
    assert (await bookkeeper.post(f"{desk.home}/release", data={"version": "1"})).status_code == 403


async def test_a_scan_without_a_vehicle_is_not_released(desk):
    async with inside(desk.parts, desk.shop.id) as db:
        (await db.scalars(select(Scan))).one().vehicle_id = None
    answer = await desk.release()
    assert answer.status_code == 422
    assert "ordnen Sie die Auslesung zuerst einem Fahrzeug zu" in answer.text
    assert await desk.editions() == []


async def test_the_mail_brings_the_link_and_says_nothing_about_the_car(desk):
    await desk.release()
    await desk.post("/dispatch")
    post = Post()
    await work_off(dataclasses.replace(desk.parts, mailer=post))
    (message,) = post.sent
    body = message.get_body(("plain",)).get_content()
    (edition,) = await desk.editions()
    assert desk.link(edition).partition(".")[0] in body  # the rest changes with each second
    assert "P0171" not in str(message)
    assert "Golf" not in str(message)
    assert (await desk.report()).sent_at is not None


class Post:
    """Takes mails and keeps those to the owner."""

    def __init__(self):
        self.sent = []

    async def send(self, message):
        if message["To"] == "erika@example.de":
            self.sent.append(message)


async def test_a_second_click_sends_no_second_mail(desk):
    await desk.release()
    post = Post()
    await asyncio.gather(*(desk.post("/dispatch") for _ in range(3)))
    await work_off(dataclasses.replace(desk.parts, mailer=post))
    await desk.post("/dispatch")
    await work_off(dataclasses.replace(desk.parts, mailer=post))
    assert len(post.sent) == 1


async def test_a_mail_that_nobody_took_along_may_be_sent_again(desk):
    await desk.release()
    await desk.post("/dispatch")
    assert "Die E-Mail ist unterwegs" in (await desk.browser.get(desk.home)).text
    async with inside(desk.parts, None) as db:
        await db.execute(text("DELETE FROM outbox WHERE name = 'diagnostics.send_report'"))
    async with inside(desk.parts, desk.shop.id) as db:
        report = await db.scalar(select(OwnerReport))
        report.send_asked_at -= LONGEST_SENDING
    page = (await desk.browser.get(desk.home)).text
    assert "Die E-Mail ist nicht hinausgegangen" in page
    assert "Per E-Mail senden" in page
    post = Post()
    await desk.post("/dispatch")
    await work_off(dataclasses.replace(desk.parts, mailer=post))
    assert len(post.sent) == 1


@pytest.mark.skipif(not report_prints.can_print(), reason="Pango is missing: no PDF here")
async def test_the_pdf_is_made_by_a_job_and_read_behind_the_link(desk, client):
    await desk.release()
    (edition,) = await desk.editions()
    assert (await client.get(f"{desk.link(edition)}/report.pdf")).status_code == 404
    await work_off(desk.parts)
    answer = await client.get(f"{desk.link(edition)}/report.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


async def test_the_pdf_of_an_edition_that_was_followed_is_forgotten(desk, monkeypatch):
    monkeypatch.setattr(report_prints, "can_print", lambda: True)
    monkeypatch.setattr(report_prints, "pdf_of", lambda _html: b"%PDF-")
    keys = []
    for headline in ("Erste", "Zweite"):
        await desk.save(headline=headline)
        await desk.release()
        await work_off(desk.parts)
        keys.append((await desk.report()).print_key)
    assert await desk.parts.blobs.get(keys[1]) == b"%PDF-"
    with pytest.raises(BlobMissing):
        await desk.parts.blobs.get(keys[0])


async def test_without_pango_the_page_works_and_says_what_is_missing(desk, client, monkeypatch):
    monkeypatch.setattr(report_prints, "can_print", lambda: False)
    await desk.release()
    await work_off(desk.parts)
    (edition,) = await desk.editions()
    assert (await client.get(desk.link(edition))).status_code == 200
    assert "Pango fehlt" in (await desk.browser.get(desk.home)).text
    assert (await desk.report()).print_state == "unavailable"


def test_paper_fetches_nothing_from_elsewhere():
    for address in ("http://127.0.0.1/x.css", "file:///etc/passwd", "https://example.org/a.css"):
        with pytest.raises(ValueError, match="nothing from elsewhere"):
            report_prints._only_ours(address)
    assert b"@page" in report_prints._only_ours("file:///x/css/report-paper.css")[0]


async def test_a_report_is_no_older_than_its_scan_says(desk):
    await desk.release()
    content = (await desk.report()).text
    assert date.fromisoformat(content.scanned_on) == STARTED.date()
    assert re.fullmatch(r"VW Golf", content.vehicle)


def plain(pdf):
    """All that a PDF holds, without its compression."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    opened = [zlib.decompressobj().decompress(one) for one in packed if one[:1] == b"x"]
    return pdf + b"\n".join(opened)


@pytest.mark.skipif(not report_prints.can_print(), reason="Pango is missing: no PDF here")
def test_a_short_report_is_one_sheet_and_names_of_all_europe_keep_their_letters():
    content = ReportContent(
        headline="Das Gemisch ist zu mager",
        found=[Sentence("Ihr Auto meldet einen Fehler. " * 8)] * 2,
        vehicle="Şükrü Łódź",
        plate="K-ÄÖ 1234",
    )
    facts = dict.fromkeys(("scanned_on", "released_on"), "15.11.2026")
    facts |= dict.fromkeys(("driving", "closing", "number", "released_by"), "–")
    front = Shopfront(**dict.fromkeys(Shopfront.__struct_fields__, "Brandt"))
    page = report_prints.html_of(content, front, facts)
    inside_of = plain(report_prints.pdf_of(page))
    assert len(re.findall(rb"/Type /Page\b", inside_of)) == 1
    embedded = set(re.findall(rb"/FontName /([\w+-]+)", inside_of))
    assert [name for name in embedded if b"Extended" in name], embedded
