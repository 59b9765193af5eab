"""What the US registry vPIC adds to a number that keeps to American rules: model, engine, body.

Optional: the package `ultravin` (extra `vpic`) holds the public data of NHTSA, without network. It
knows few European makers, "corrects" valid European numbers and reads steering as year; so only
numbers with a fitting, obligatory check digit are asked, and its suggestions are never taken.
"""

from functools import cache
from importlib import import_module
from typing import Any

import msgspec

from portal.vehicles.vin.report import VinReport

_CLEAN = [0]


class VpicFacts(msgspec.Struct, frozen=True, gc=False):
    """As vPIC writes them, English; None where it says nothing. `displacement_l` is litres."""

    make: str | None
    model: str | None
    series: str | None
    trim: str | None
    model_year: int | None
    body: str | None
    fuel: str | None
    displacement_l: str | None
    plant_country: str | None


def is_installed() -> bool:
    return _package() is not None


def find(report: VinReport) -> VpicFacts | None:
    """Facts for an American number, None for others, without the package or with its doubts."""
    package = _package() if report.is_american else None
    if package is None:
        return None
    found = package.decode(report.normalized)
    if found["error_codes"] != _CLEAN:
        return None
    told = found["attributes"]
    return VpicFacts(
        make=told.get("Make"),
        model=told.get("Model"),
        series=told.get("Series"),
        trim=told.get("Trim"),
        model_year=found["model_year"],
        body=told.get("Body Class"),
        fuel=told.get("Fuel Type - Primary"),
        displacement_l=told.get("Displacement (L)"),
        plant_country=told.get("Plant Country"),
    )


@cache
def _package() -> Any:
    try:
        return import_module("ultravin")
    except ImportError:
        return None
