"""Lists of VINs as people have them checked: a file or pasted lines, trouble first, back as CSV."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.imports import vin_lists, vin_rows
from portal.imports.jobs import forget_lists_everywhere
from portal.imports.models import VinList
from portal.kit import clock
from portal.kit.blobs import BlobMissing
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.vehicles import vin as vins
from portal.worker import work_off
from tests.makers.vehicles import a_vehicle

GOLF, AUDI, JEEP = "WVWZZZ1KZ6W612305", "WAUZZZ8P7AA111111", "1C4RJFAG0FC000123"


def digit(vin):
    return vins.decode(vin).certificate_check_digit


async def upload(browser, shop, data, name="liste.csv"):
    raw = data.encode() if isinstance(data, str) else data
    return await browser.post(f"{shop.home}/vins", files={"file": (name, raw)})


async def paste(browser, shop, text):
    return await browser.post(f"{shop.home}/vins", files={"vins": (None, text)})


async def test_a_list_from_the_upload_to_its_download(parts, shop, signed_in):
    async with inside(parts, shop.id) as db:
        known = await a_vehicle(db, vin=AUDI)
    browser = await signed_in(shop, Role.MECHANIC)
    wrong = "0" if digit(GOLF) != "0" else "1"
    data = f"Kunde;FIN;Prüfziffer\nAda;{GOLF};{wrong}\nBo;{AUDI};{digit(AUDI)}\nCy;KURZ;\nDe;{AUDI};-\n"
    answer = await upload(browser, shop, data.encode("cp1252"))
    assert answer.status_code == 303
    address = answer.headers["location"]
    assert 'hx-trigger="every 1s"' in (await browser.get(address)).text
    assert (await browser.get(f"{address}/list.csv")).status_code == 409
    await work_off(parts)
    assert (await browser.get(f"{address}/progress")).headers["hx-refresh"] == "true"
    page = (await browser.get(address)).text
    assert page.index("KURZ") < page.index("In Feld 3 steht") < page.index("in Ordnung")
    assert "Dieselbe Nummer steht in Zeile 3." in page
    assert f"/vehicles/{known.id}" in page
    table = (await browser.get(f"{address}/list.csv")).content.decode("utf-8-sig").splitlines()
    assert table[0].startswith("Zeile;Eingabe;FIN;Ergebnis;Hinweise;Marke")
    assert [line.split(";")[0] for line in table[1:]] == ["4", "2", "5", "3"]
    assert ";Audi;AUDI AG;Deutschland;2010;" in table[-1]
    assert "liste.csv" in (await browser.get(f"{shop.home}/vins")).text
    assert (await browser.post(f"{address}/deletion")).status_code == 303
    assert (await browser.get(address)).status_code == 404


async def test_pasted_lines_need_no_header(parts, shop, signed_in):
    browser = await signed_in(shop, Role.ADVISOR)
    answer = await paste(browser, shop, f"{GOLF}\n wvw zzz 1kz 6w 612306 \n{JEEP}\n")
    await work_off(parts)
    page = (await browser.get(answer.headers["location"])).text
    assert "Eingefügte Liste" in page
    assert page.count("in Ordnung") == 3
    assert "Nichts auffällig" in page
    assert "Grand Cherokee" in page


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "Die Datei ist leer"),
        ("Name;Ort\nAda;Berlin\n", "Es wurden keine Fahrzeug-Identifizierungsnummern gefunden."),
        ("kurz\nnoch\n", "Es wurden keine Fahrzeug-Identifizierungsnummern gefunden."),
        ("PK\x03\x04", "als CSV"),
    ],
)
async def test_what_holds_no_numbers_is_refused_in_words(shop, signed_in, text, code):
    browser = await signed_in(shop, Role.ADVISOR)
    answer = await paste(browser, shop, text)
    assert answer.status_code == 422
    assert code in answer.text


async def test_too_much_at_once_is_refused(shop, signed_in, monkeypatch):
    browser = await signed_in(shop, Role.ADVISOR)
    monkeypatch.setattr(vin_rows, "MOST", 2)
    assert "Höchstens 2 Nummern" in (await paste(browser, shop, f"{GOLF}\n" * 3)).text
    monkeypatch.setattr(vin_lists, "MOST_BYTES", 10)
    assert (await paste(browser, shop, GOLF)).status_code == 413


async def test_a_bookkeeper_may_read_lists_but_not_bring_them(parts, shop, signed_in):
    async with inside(parts, shop.id) as db:
        found = await vin_lists.receive(db, parts.blobs, GOLF.encode(), "a.csv", by="Inge")
    browser = await signed_in(shop, Role.BOOKKEEPER)
    assert (await browser.get(f"{shop.home}/vins/{found.id}")).status_code == 200
    assert "Neue Liste" not in (await browser.get(f"{shop.home}/vins")).text
    assert (await paste(browser, shop, GOLF)).status_code == 403


async def test_no_cell_of_the_download_is_a_formula(parts, shop, signed_in):
    browser = await signed_in(shop, Role.ADVISOR)
    answer = await paste(browser, shop, f'FIN\n{GOLF}\n"=HYPERLINK(""http://x"")"\n')
    await work_off(parts)
    table = (await browser.get(answer.headers["location"] + "/list.csv")).text
    assert "'=HYPERLINK" in table


async def test_a_long_list_is_shown_in_parts(parts, shop, signed_in):
    browser = await signed_in(shop, Role.ADVISOR)
    lines = "\n".join(f"WVWZZZ1KZ6W{number:06}" for number in range(1, 206))
    answer = await paste(browser, shop, lines)
    await work_off(parts)
    address = answer.headers["location"]
    first, last = (await browser.get(address)).text, (await browser.get(f"{address}?part=99")).text
    assert "?part=1" in first
    assert (first.count('<th scope="row">'), last.count('<th scope="row">')) == (100, 5)


async def test_lists_are_forgotten_after_a_month(parts, shop):
    async with inside(parts, shop.id) as db:
        old = await vin_lists.receive(db, parts.blobs, GOLF.encode(), "alt.csv", by="Inge")
        before = clock.now() - timedelta(days=31)
        await db.execute(update(VinList).where(VinList.id == old.id).values(created_at=before))
    async with inside(parts, shop.id) as db:
        await vin_lists.receive(db, parts.blobs, AUDI.encode(), "neu.csv", by="Inge")
        assert [one.file_name for (one,) in (await vin_lists.list_lists(db)).items] == ["neu.csv"]
    with pytest.raises(BlobMissing):
        await parts.blobs.get(old.entries_key)


async def test_a_worker_that_comes_twice_changes_nothing(parts, shop):
    async with inside(parts, shop.id) as db:
        found = await vin_lists.receive(db, parts.blobs, GOLF.encode(), "a.csv", by="Inge")
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        done = await vin_lists.get(db, found.id)
        assert (done.state, done.position, done.refused, done.doubtful) == ("done", 1, 0, 0)


def test_numbers_on_one_line_are_numbers_too():
    found = vin_rows.entries_of(f"{GOLF}, {AUDI}, {JEEP}".encode())
    assert [entry.typed for entry in found] == [GOLF, AUDI, JEEP]


def test_the_fullest_column_holds_the_numbers_whatever_its_name():
    data = f"Kennzeichen;Nummer;Text\nB-A 1;{GOLF};x\nB-A 2;{AUDI};y\n"
    assert [entry.typed for entry in vin_rows.entries_of(data.encode())] == [GOLF, AUDI]


@pytest.mark.parametrize(
    "header", ["FIN (E);Prüfziffer (3)", "FIN;Feld 3;Km 2026", "Fahrgestell-Nr.;Prüfziffer"]
)
def test_names_with_digits_are_names(header):
    found = vin_rows.entries_of(f"{header}\n{GOLF};{digit(GOLF)};7\n{AUDI};X;8\n".encode())
    assert [entry.typed for entry in found] == [GOLF, AUDI]
    assert found[0].digit == digit(GOLF)


def test_a_header_between_other_columns_is_no_number():
    found = vin_rows.entries_of(f"Nr. 1;VIN\n1;{GOLF}\n2;{AUDI}\n".encode())
    assert [(entry.line, entry.typed) for entry in found] == [(2, GOLF), (3, AUDI)]


def test_a_column_of_misread_numbers_is_known_by_its_name():
    found = vin_rows.entries_of(b"Name;FIN (E)\nAda;WVWZZZ1KZ6W6123\n")
    assert (found[0].line, found[0].typed) == (2, "WVWZZZ1KZ6W6123")


def test_hints_say_what_is_wrong_with_a_number():
    def hints(typed, field_3=""):
        return vin_rows.row_of(vin_rows.Entry(1, typed, field_3)).notes

    assert hints("WVWZZZ1KZQW000001")[1].startswith("Vielleicht gemeint: WVWZZZ1KZ0W000001, ")
    assert hints("WVWZZZ1KZ6WO00001") == [
        "Ein Buchstabe wurde als Ziffer gelesen: bitte vergleichen."
    ]
    assert "richtig wäre 0" in hints("1C4RJFAG1FC000123")[0]
    assert hints("WVWZZZ1KZ6W61230A") == [
        "Ungewöhnliche Nummer: bitte mit Fahrzeugschein oder Fahrzeug vergleichen."
    ]


async def test_old_lists_go_at_night_also_where_nobody_sends_a_new_one(parts, shop, signed_in):
    browser = await signed_in(shop, Role.MECHANIC)
    await paste(browser, shop, GOLF)
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        found = await db.scalar(select(VinList))
        found.created_at -= vin_lists.KEPT + timedelta(days=1)
    await forget_lists_everywhere(parts)
    await work_off(parts)
    async with inside(parts, shop.id) as db:
        assert await db.scalar(select(VinList)) is None
    with pytest.raises(BlobMissing):
        await parts.blobs.get(found.entries_key)
