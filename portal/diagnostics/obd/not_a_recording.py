"""The one way in which a file is refused."""

from portal.kit.text import _

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG", "png"),
    (b"GIF8", "image"),
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"(\xb5/\xfd", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"CARSCANNERRECORD", "car_scanner_binary"),
    (b"\xac\xed\x00\x05", "java_object"),
    (b"SQLite format 3", "database"),
    (b"\xd0\xcf\x11\xe0", "office"),
)


class NotARecording(Exception):  # names the fact, as all our problems do
    """The bytes hold nothing that we can read. `code` is stable; the texts follow the locale."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    @property
    def expected(self) -> str:
        return _(
            "a recording of Torque Pro, Car Scanner, OBD Auto Doctor, AndrOBD, OBD Fusion, "
            "DashCommand or carOBD (CSV), an auto-scan or a log of VCDS, the transcript of an "
            "ELM327 adapter, or a CAN log (candump, ASC, BLF, TRC, CSV, MF4, GVRET)"
        )

    @property
    def found(self) -> str:
        text = _found(self.code)
        return f"{text}: „{self.detail}“" if self.detail else text

    def __str__(self) -> str:
        told = {"expected": self.expected, "found": self.found}
        return _("Expected %(expected)s; found %(found)s.", **told)


def looks_like(data: bytes) -> str | None:
    """The kind of file that these bytes open with, if it is one that we know not to read."""
    head = data.lstrip(b"\xef\xbb\xbf")[:32]
    return next((kind for magic, kind in MAGIC if head.startswith(magic)), None)


def _found(code: str) -> str:
    texts = {
        "empty": _("an empty file"),
        "jpeg": _("a photo (JPEG)"),
        "png": _("a picture (PNG)"),
        "image": _("a picture"),
        "pdf": _("a PDF document"),
        "zip": _("a ZIP archive or an Office file; please unpack or export it first"),
        "packed_too_large": _("an archive that unpacks to more than a recording may hold"),
        "packed_several": _("an archive of several files; please upload each file for itself"),
        "packed_locked": _("an archive with a password; please unpack it first"),
        "archive": _("a compressed archive; please unpack it first"),
        "program": _("a program file"),
        "car_scanner_binary": _("Car Scanner's own binary format; please export as CSV"),
        "java_object": _("AndrOBD's own binary format; please export as CSV"),
        "database": _("a database file"),
        "office": _("an old Office file; please save it as CSV"),
        "binary": _("binary data"),
        "too_large": _("a file beyond the size limit"),
        "too_wide": _("a table with too many columns"),
        "no_rows": _("a known header without a single readable row"),
        "unreadable": _("a damaged file"),
        "damaged_log": _("a CAN log that is damaged"),
        "no_answers": _("a CAN log in which no control unit answers a diagnostic request"),
        "unknown_text": _("text without a header that we know"),
    }
    return texts[code]
