import pytest

from portal.diagnostics.obd.encodings import MAX_BYTES, read_text, repair
from portal.diagnostics.obd.not_a_recording import NotARecording

HEAD = "Zeit;Kühlmitteltemperatur [°C]\n07:00:00,000;20\n07:00:01,000;21\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (HEAD.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + HEAD.encode(), "utf-8-sig"),
        (HEAD.encode("utf-16"), "utf-16"),
        (HEAD.encode("utf-16-le"), "utf-16-le"),
        (HEAD.encode("utf-16-be"), "utf-16-be"),
        (HEAD.encode("cp1252"), "iso-8859-1"),
        (HEAD.replace("\n", "\r\n").encode("cp1252"), "cp1252"),
        ((HEAD + "„").encode("cp1252"), "cp1252"),
        (HEAD.encode() + "°".encode()[:1], "utf-8"),
    ],
)
def test_every_encoding_arrives_as_utf8(data, encoding):
    text = read_text(data)
    assert text.encoding == encoding
    assert text.data.startswith(HEAD.encode())


@pytest.mark.parametrize(
    ("newline", "name"), [("\r\n", "CRLF"), ("\n", "LF"), ("\r", "CR"), ("\r\r\n", "mixed")]
)
def test_line_endings_are_named_and_made_one(newline, name):
    text = read_text(HEAD.replace("\n", newline).encode())
    assert text.newline == name
    assert text.data == HEAD.encode()


def test_mixed_and_missing_line_endings_are_named():
    assert read_text(b"a,b\r\n1,2\n").newline == "mixed"
    assert read_text(b"only words").newline == "none"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t", "empty"),
        (b"\xff\xd8\xff\xe0JFIF holiday.csv", "jpeg"),
        (b"PK\x03\x04 something", "zip"),
        (b"%PDF-1.7", "pdf"),
        (b"CARSCANNERRECORD\x02", "car_scanner_binary"),
        (bytes(range(256)) * 8, "binary"),
        (b"\xff\xfe" + b"\x00\xd8" * 500, "binary"),
        (b"\xff\xfe" + "漢字仮名交じり文".encode("utf-16-le") * 50, "binary"),
        (b"abc\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01" * 3, "binary"),
    ],
)
def test_what_is_no_text_is_named(data, code):
    with pytest.raises(NotARecording) as refused:
        read_text(data)
    assert refused.value.code == code
    assert refused.value.found in str(refused.value)


def test_a_file_beyond_the_limit_is_not_even_looked_at():
    with pytest.raises(NotARecording) as refused:
        read_text(bytes(MAX_BYTES + 1))
    assert refused.value.code == "too_large"


def test_mojibake_is_repaired():
    assert repair("Temperature [Â°C]") == "Temperature [°C]"
    assert repair("KÃ¼hlmittel") == "Kühlmittel"
    assert repair("Âge Â°") == "Âge °"
    assert repair("plain") == "plain"
