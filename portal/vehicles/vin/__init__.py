"""Vehicle identification numbers (ISO 3779, ISO 3780): clean, judge, read.

Pure: no database, no network. A VIN is accepted for its shape alone (17 characters without I, O
and Q); everything else is at most a warning, because only North America and China oblige makers
to write a check digit and a model year.
"""

from portal.vehicles.vin.normal import LENGTH, Normalized, normalize, valid_shape
from portal.vehicles.vin.report import VinReport, decode

__all__ = ["LENGTH", "Normalized", "VinReport", "decode", "normalize", "valid_shape"]
