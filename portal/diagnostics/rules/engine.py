"""What kind of engine a recording shows, where it shows it."""

import numpy as np

from portal.diagnostics.rules.drive import Drive

FUEL_TYPE = "fuel_type"
_SPARK = frozenset({1, 2, 3, 5, 6, 7, 9, 10, 11, 12, 13, 14, 17, 18, 22})
"""Values of PID 51 (SAE J1979-DA): petrol, alcohols, gases, their mixtures and hybrids."""
_ONLY_SPARK = ("short_term_fuel_trim_bank_1", "o2_voltage_bank_1_sensor_1")
TURBO_KPA, UNTHROTTLED_KPA = 110.0, 80.0
MANIFOLD = "intake_manifold_pressure"


def is_spark(drive: Drive) -> bool:
    """True only with proof: the fuel type, or signals that no diesel has."""
    if drive.has(FUEL_TYPE):
        return int(drive.trace(FUEL_TYPE).values[-1]) in _SPARK
    return drive.first_of(*_ONLY_SPARK) is not None


def is_charged(drive: Drive) -> bool:
    """A manifold that was above the air pressure of any place has a turbocharger before it."""
    return drive.has(MANIFOLD) and float(np.max(drive.trace(MANIFOLD).values)) > TURBO_KPA


def absent(drive: Drive, *keys: str) -> list[str]:
    return [key for key in keys if not drive.has(key)]
