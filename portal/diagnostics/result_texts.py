"""What the tests of service 06 are called on the screen."""

import re

from portal.kit.errors import N_
from portal.kit.text import _

_TESTED = {
    "misfire": N_("Misfire"),
    "misfire_cylinder": N_("Misfire, cylinder %(place)s"),
    "egr_bank": N_("Exhaust gas recirculation, bank %(place)s"),
    "valve_timing_bank": N_("Valve timing, bank %(place)s"),
    "catalyst_bank": N_("Catalyst, bank %(place)s"),
    "heated_catalyst_bank": N_("Heated catalyst, bank %(place)s"),
    "secondary_air": N_("Secondary air %(place)s"),
    "fuel_system_bank": N_("Fuel system, bank %(place)s"),
    "boost_pressure_bank": N_("Boost pressure, bank %(place)s"),
    "nox_adsorber_bank": N_("NOx adsorber, bank %(place)s"),
    "nox_catalyst_bank": N_("NOx catalyst, bank %(place)s"),
    "particulate_filter_bank": N_("Particulate filter, bank %(place)s"),
    "oxygen_sensor": N_("Oxygen sensor %(place)s"),
    "oxygen_sensor_heater": N_("Oxygen sensor heater %(place)s"),
    "evaporative_leak_cap_off": N_("Evaporative system: leak like an open cap"),
    "evaporative_leak_2_3_mm": N_("Evaporative system: leak of 2.3 mm"),
    "evaporative_leak_1_mm": N_("Evaporative system: leak of 1 mm"),
    "evaporative_leak_0_5_mm": N_("Evaporative system: leak of 0.5 mm"),
    "evaporative_purge_flow": N_("Evaporative system: purge flow"),
}
_HOW = {
    "0B": N_("mean of the last ten drives"),
    "0C": N_("this or the last drive"),
}
_SENSOR = re.compile(r"(oxygen_sensor(?:_heater)?)_bank_(\d)_sensor_(\d)")
_PLACE = re.compile(r"(.+)_(\d+)")


def result_text(key: str, test: str) -> str:
    """`misfire_cylinder_2`, `0B` → "Misfire, cylinder 2: mean of the last ten drives"."""
    name = _name(key)
    if key.startswith("misfire") and test in _HOW:
        return f"{name}: {_(_HOW[test])}"
    return name


def _name(key: str) -> str:
    if key in _TESTED:
        return _(_TESTED[key])
    if sensor := _SENSOR.fullmatch(key):
        return _(_TESTED[sensor[1]], place=f"B{sensor[2]}S{sensor[3]}")
    place = _PLACE.fullmatch(key)
    if place and place[1] in _TESTED:
        return _(_TESTED[place[1]], place=place[2])
    return _("Test of the maker")
