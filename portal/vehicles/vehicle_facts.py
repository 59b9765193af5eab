"""From a typed draft to the columns of a vehicle: VIN, plate, keys of the registration papers."""

import re
import unicodedata
from typing import Any

from portal.kit.errors import N_, Invalid
from portal.kit.text import _
from portal.vehicles import plate as plates
from portal.vehicles import vin as vins
from portal.vehicles.forms import VehicleDraft
from portal.vehicles.hu import HuClass
from portal.vehicles.models import Fuel
from portal.vehicles.typed import Reading

HOME = "D"
COUNTRIES = (
    "D", "A", "B", "BG", "BY", "CH", "CZ", "DK", "E", "EST", "F", "FIN", "FL", "GR", "H", "HR", "I",
    "IRL", "L", "LT", "LV", "MD", "NL", "N", "P", "PL", "RO", "RUS", "S", "SK", "SLO", "SRB", "TR",
    "UA", "UK",
)  # fmt: skip

NO_PLATE = {"plate_key": None, "plate_search": None, "plate_end": None}

_FOREIGN = re.compile(r"[^\W_]{1,5}(?:[ .-]?[^\W_]{1,5}){0,5}")
_TSN = re.compile(r"[A-Z0-9]{3}(?:[A-Z0-9]{5,6})?", re.ASCII)
_SUFFIX = re.compile(r"(?<=[0-9])[EH]$")
_LOOK_ALIKES = str.maketrans("OI", "01")
_HSN = re.compile(r"[0-9]{4}", re.ASCII)


class VehicleInvalid(Invalid):
    code, title = "INVALID_VEHICLE", N_("Some entries about the vehicle are not valid.")


class InvalidVin(VehicleInvalid):
    code, title = "INVALID_VIN", N_("This is not a vehicle identification number.")


class InvalidPlate(VehicleInvalid):
    code, title = "INVALID_PLATE", N_("This is not a number plate.")


def read(draft: VehicleDraft, *, asks_back: bool = False) -> dict[str, Any]:
    """The columns. Raises `InvalidVin`, `InvalidPlate` or `VehicleInvalid` with all mistakes.

    With `asks_back` a VIN in which O or I was read as 0 or 1 is not taken over but suggested.
    """
    reading = Reading(VehicleInvalid)
    facts: dict[str, Any] = {
        **_vin(reading, draft.vin, asks_back=asks_back),
        **_plate(reading, draft),
        "make": reading.line("make", draft.make, 60),
        "model": reading.line("model", draft.model, 80),
        "hsn": _code(reading, "hsn", draft.hsn),
        "tsn": _code(reading, "tsn", draft.tsn),
        "first_registration": reading.day("first_registration", draft.first_registration),
        "fuel": reading.one_of("fuel", draft.fuel, Fuel, Fuel.UNKNOWN),
        "power_kw": reading.whole("power_kw", draft.power_kw, 2000),
        "displacement_ccm": reading.whole("displacement_ccm", draft.displacement_ccm, 30_000),
        "tyre_size": reading.line("tyre_size", draft.tyre_size, 40),
        "color": reading.line("color", draft.color, 40),
        "hu_class": reading.one_of("hu_class", draft.hu_class, HuClass, HuClass.CAR),
        "hu_due": reading.month("hu_due", draft.hu_due),
        "odometer_km": reading.whole("odometer_km", draft.odometer_km, 9_999_999),
        "note": reading.text("note", draft.note),
    }
    if not reading.errors and not (facts["vin"] or facts["plate"] or facts["make"]):
        reading.refuse(
            "plate", "VEHICLE_EMPTY", _("Please enter a plate, a VIN or at least the make.")
        )
    reading.end(_problem_of(reading))
    return facts


def look_of(key: str) -> str:
    """The stored form for searching: O and 0, I and 1 look the same on a plate and in a hurry."""
    return key.translate(_LOOK_ALIKES)


def end_of(look: str) -> str:
    """Backwards, and without the E or H that few people say."""
    return _SUFFIX.sub("", look)[::-1]


def foreign_key(plate: str) -> str:
    """What stays of a plate of any country when people type it differently."""
    apart = unicodedata.normalize("NFKD", plate.upper())
    return "".join(c for c in apart if c.isalnum())[:20]


def _problem_of(reading: Reading) -> type[VehicleInvalid]:
    fields = {error.field for error in reading.errors}
    if "vin" in fields:
        return InvalidVin
    return InvalidPlate if "plate" in fields else VehicleInvalid


def _vin(reading: Reading, typed: str, *, asks_back: bool) -> dict[str, Any]:
    nothing = {"vin": None, "vin_key": None}
    if not typed.strip():
        return nothing
    normal = vins.normalize(typed)
    if normal.vin is None or (normal.corrected and asks_back):
        reason = normal.reason or "illegal_character"
        reading.refuse("vin", "INVALID_VIN", _why_no_vin(reason), *normal.suggestions)
        return nothing
    return {"vin": normal.vin, "vin_key": normal.vin[::-1]}


def _why_no_vin(reason: str) -> str:
    if reason.startswith("length_"):
        return _(
            "A vehicle identification number has 17 characters, this one has %(count)s.",
            count=reason.removeprefix("length_"),
        )
    return _("A vehicle identification number has only letters and digits, never I, O or Q.")


def _plate(reading: Reading, draft: VehicleDraft) -> dict[str, Any]:
    typed = reading.line("plate", draft.plate, 40)
    country = draft.plate_country.strip().upper() or HOME
    nothing = {"plate": "", "plate_country": HOME, **NO_PLATE}
    if country not in COUNTRIES:
        reading.refuse("plate_country", "UNKNOWN_CHOICE", _("Please choose one of the entries."))
        return nothing
    if not typed:
        return nothing
    return _german(reading, typed) if country == HOME else _foreign(reading, typed, country)


def _german(reading: Reading, typed: str) -> dict[str, Any]:
    readings = plates.candidates(typed)
    if len(readings) == 1:
        plate = readings[0]
        return {
            "plate": plate.text,
            "plate_country": HOME,
            "plate_key": plate.key,
            "plate_search": look_of(plate.search_key),
            "plate_end": end_of(look_of(plate.search_key)),
        }
    if readings:
        reading.refuse(
            "plate",
            "PLATE_AMBIGUOUS",
            _("This may be several plates. Which one is meant?"),
            *(plate.text for plate in readings[:4]),
        )
    else:
        reading.refuse(
            "plate",
            "INVALID_PLATE",
            _("This is not a German plate. For a foreign one, choose its country."),
        )
    return {}


def _foreign(reading: Reading, typed: str, country: str) -> dict[str, Any]:
    plate = typed.upper()
    key = foreign_key(plate)
    if not _FOREIGN.fullmatch(plate) or not 2 <= len(key) <= 12:
        reading.refuse("plate", "INVALID_PLATE", _("This is not a number plate."))
        return {}
    return {
        "plate": plate[:20],
        "plate_country": country,
        "plate_key": f"{country}:{key}",
        "plate_search": look_of(key),
        "plate_end": end_of(look_of(key)),
    }


def _code(reading: Reading, field: str, typed: str) -> str:
    code = reading.line(field, typed, 20).upper().replace(" ", "")
    if field == "hsn" and code and not _HSN.fullmatch(code):
        reading.refuse("hsn", "INVALID_HSN", _("The HSN has four digits (field 2.1)."))
        return ""
    if field == "tsn" and code and not _TSN.fullmatch(code):
        reading.refuse(
            "tsn", "INVALID_TSN", _("The TSN has three characters, or all eight (field 2.2).")
        )
        return ""
    return code
