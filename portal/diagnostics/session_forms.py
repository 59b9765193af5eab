"""What may come in with a diagnostic case: words, numbers as people type them, photos."""

import msgspec
from litestar.datastructures import UploadFile

PHOTO_BODY_LIMIT = 80_000_000
"""Bytes of a whole request with several photos; a single one has its own limit."""


class Positions(msgspec.Struct, kw_only=True):
    """What a form with an estimate has besides: lists of equal length."""

    line_title: list[str] | str = []
    line_quantity: list[str] | str = []
    line_price: list[str] | str = []
    line_source: list[str] | str = []

    def lines(self) -> list[tuple[str, str, str, str]]:
        """(title, quantity, unit price, source) of each position that is not blank."""
        columns = [
            _listed(self.line_title),
            _listed(self.line_quantity),
            _listed(self.line_price),
            _listed(self.line_source),
        ]
        longest = max(len(column) for column in columns)
        filled = [column + [""] * (longest - len(column)) for column in columns]
        rows = zip(*filled, strict=True)
        return [row for row in rows if row[0].strip() or row[2].strip()]


class CaseForm(Positions, kw_only=True):
    """The form of a case, with its estimate."""

    kind: str = ""
    vehicle_id: str = ""
    scan_id: str = ""
    odometer_km: str = ""
    symptoms: str = ""
    notes: str = ""
    version: str = ""


class StateForm(msgspec.Struct):
    state: str = ""


class PhotosForm(msgspec.Struct):
    photo: list[UploadFile] = []
    caption: str = ""


def _listed(values: list[str] | str) -> list[str]:
    return [values] if isinstance(values, str) else list(values)
