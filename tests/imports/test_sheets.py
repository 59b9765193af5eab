"""Tables in any of the ways that exports write them."""

import pytest

from portal.imports import fields, guessing, sheets
from portal.imports.kinds import Kind
from portal.imports.sheets import SheetUnreadable
from tests.makers.imports import BOOKINGS, CUSTOMERS, HISTORY, VEHICLES


def read(data):
    return sheets.read(data, fields.is_column)


def cells(sheet):
    return [line.cells for line in sheet.lines()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "cp850", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_characters_and_separators_are_recognised(encoding, delimiter):
    text = "Name;Straße;Ort\r\nGrün;Süßweg 1;Köln\r\nGroß;Ährenweg 2;Düren\r\n"
    sheet = read(text.replace(";", delimiter).encode(encoding))
    assert sheet.columns == ("Name", "Straße", "Ort")
    assert cells(sheet) == [["Grün", "Süßweg 1", "Köln"], ["Groß", "Ährenweg 2", "Düren"]]
    assert sheet.delimiter == delimiter


def test_excels_separator_line_and_titles_above_the_names_are_left_out():
    sheet = read(
        b"sep=,\r\nKundenliste 2024,,\r\n\r\nKundennummer,Nachname,Ort\r\n1,Dorn,Berlin\r\n"
    )
    assert sheet.columns == ("Kundennummer", "Nachname", "Ort")
    assert [(line.number, line.cells) for line in sheet.lines()] == [(5, ["1", "Dorn", "Berlin"])]


def test_a_line_number_is_where_the_line_begins():
    sheet = read(b'Name;Notiz\nDorn;"zwei\nZeilen"\nEbert;x\n')
    assert [line.number for line in sheet.lines()] == [2, 4]


def test_a_file_without_names_gets_columns_with_numbers():
    sheet = read(b"B-KF 1234;WVWZZZ1KZ6W612305;1\nB-AB 12;WVWZZZ1KZ6W612306;2\n")
    assert len(cells(sheet)) == 2
    assert guessing.mapping_of(Kind.VEHICLES, sheet.columns, cells(sheet)) == {"plate": 0, "vin": 1}


def test_names_that_stand_twice_are_told_apart():
    assert len(set(read(b"Name;Telefon;Telefon;\nA;1;2;\n").columns)) == 4


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\r\n \r\n",
        b"PK\x03\x04rest",
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0",
        b"\x1f\x8b\x08",
        b"Name;Ort\n",
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data):
    with pytest.raises(SheetUnreadable) as refused:
        sheets.count(read(data))
    assert refused.value.detail


def test_an_open_quotation_mark_ends_the_table_at_its_line():
    data = b'Name;Ort\nDorn;Berlin\n"Ebert;Berlin\n' + b"Jung;Berlin\n" * 20_000
    found = list(read(data).lines())
    assert len(found) == 2
    assert (found[1].number, bool(found[1].problem)) == (3, True)


def test_too_many_lines_or_columns_are_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_LINES", 10)
    with pytest.raises(SheetUnreadable):
        sheets.count(read(b"Name;Ort\n" + b"Dorn;Berlin\n" * 11))
    with pytest.raises(SheetUnreadable):
        read(b";".join([b"x"] * 500) + b"\n")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (CUSTOMERS, Kind.CUSTOMERS),
        (VEHICLES, Kind.VEHICLES),
        (HISTORY, Kind.HISTORY),
        (BOOKINGS, Kind.BOOKINGS),
        ("Mitarbeiter;Von;Bis;Grund\nMurat;01.07.2026;14.07.2026;Urlaub\n", Kind.ABSENCES),
        ("customer id,first name,last name,phone\n1,Ann,Lee,030 1\n", Kind.CUSTOMERS),
        ("license plate,vin,make,model,mileage\nB-A 1,,VW,Golf,10\n", Kind.VEHICLES),
    ],
)
def test_what_a_file_holds_is_recognised(text, kind):
    sheet = read(text.encode("cp1252", "replace"))
    assert guessing.kind_of(sheet.columns, cells(sheet)) is kind


def test_every_column_of_the_examples_finds_its_field():
    sheet = read(VEHICLES.encode())
    assert len(guessing.mapping_of(Kind.VEHICLES, sheet.columns, cells(sheet))) == len(
        sheet.columns
    )
    sheet = read(BOOKINGS.encode())
    found = guessing.mapping_of(Kind.BOOKINGS, sheet.columns, cells(sheet))
    assert {sheet.columns[at]: field for field, at in found.items()} == {
        "Termin-Nr.": "booking_number", "Datum": "starts_on", "Uhrzeit": "starts_time",
        "Dauer": "minutes", "Kunde": "name", "Telefon": "phone", "Kennzeichen": "plate",
        "Arbeit": "title", "Status": "state", "Hebebühne": "lift", "Mechaniker": "person",
    }  # fmt: skip
