"""What may come in with a recording."""

from typing import Annotated

import msgspec
from litestar.datastructures import UploadFile

from portal.kit.errors import FieldError, Invalid
from portal.kit.text import _
from portal.vehicles.typed import Reading

BODY_LIMIT = 60_000_000
"""Bytes of a whole request; a single file has the lower limit of the settings."""


class ScanForm(msgspec.Struct):
    file: list[UploadFile] = []
    vehicle_id: str = ""
    odometer_km: str = ""


class SessionForm(msgspec.Struct):
    file: UploadFile
    vin: str = ""
    vehicle_id: str = ""
    recording_id: str = ""
    odometer_km: str = ""


def kilometres(stated: str) -> int | None:
    """`123.456 km` is 123456; blank is None. Raises `Invalid`."""
    reading = Reading()
    found = reading.whole("odometer_km", stated, 9_999_999)
    if reading.errors:
        message = _("Kilometres are a whole number.")
        raise Invalid(errors=[FieldError("odometer_km", "INVALID_ODOMETER", message)])
    return found


class RetentionForm(msgspec.Struct):
    """`keep_months`: a number of months, 0 for good."""

    keep_months: Annotated[str, msgspec.Meta(max_length=10)] = ""
    keep_position: bool = False

    @property
    def months(self) -> int | None:
        """-1, which is never offered, for what is no number."""
        if not self.keep_months.isascii() or not self.keep_months.isdigit():
            return -1
        return int(self.keep_months) or None


class VehicleForm(msgspec.Struct):
    vehicle_id: str = ""
