"""What may come in with a recording."""

import msgspec
from litestar.datastructures import UploadFile

BODY_LIMIT = 60_000_000
"""Bytes of a whole request; a single file has the lower limit of the settings."""


class ScanForm(msgspec.Struct):
    file: list[UploadFile] = []
    vehicle_id: str = ""


class SessionForm(msgspec.Struct):
    file: UploadFile
    vin: str = ""
    odometer_km: str = ""
