"""What a workshop proposes to an owner, in an owner's words: by area of the car. Pure.

Mechanics read test steps („Ansaugtrakt abnebeln“) on the page of the scan; owners read which part
of the car is looked at next.
"""

from portal.kit.text import _

_AREAS = {
    "air_and_fuel": "mixture air_intake oxygen_sensor throttle fuel_supply injection boost "
    "intake_flaps lean_mixture rich_mixture vacuum_leak_pattern fuel_starvation_pattern "
    "bank_difference open_loop_warm slow_front_sensor air_mass_against_filling "
    "manifold_against_ambient manifold_at_idle boost_deviation rail_pressure throttle_at_idle "
    "pedal_sensors",
    "combustion": "misfire knock glow cylinder_shutoff rough_idle",
    "timing": "valve_timing",
    "cooling": "cooling thermostat_open overheating coolant_sensor",
    "oil": "oil",
    "exhaust": "egr secondary_air catalyst evap exhaust_sensors particle_filter nox "
    "rear_sensor_lean egr_error particulate_filter",
    "power": "supply starting unit_supply rest_voltage charging_voltage cranking_voltage",
    "brakes": "brakes wheel_speed stability brake_switch",
    "steering": "steering power_steering suspension",
    "gearbox": "gear_selection clutch gearbox",
    "high_voltage": "high_voltage hybrid_battery electric_drive",
    "restraints": "restraints belts",
    "again": "not_ready recently_cleared permanent_without_stored",
    "nothing": "odometer recording_quality software_changed consumption_monitor driven_with_lamp "
    "recurring_code",
}
_AREA_OF = {key: area for area, keys in _AREAS.items() for key in keys.split()}


def proposal(key: str) -> str:
    """What is done next, for a family of codes or a rule; empty where owners need nothing."""
    area = _AREA_OF.get(key, "electronics")
    return {
        "air_and_fuel": _(
            "We suggest to check how the engine is supplied with air and fuel: the cause is found "
            "first, parts are replaced afterwards."
        ),
        "combustion": _("We suggest to check ignition and combustion of the engine."),
        "timing": _("We suggest to check how crankshaft and camshaft work together."),
        "cooling": _("We suggest to check the cooling of the engine."),
        "oil": _("We suggest to check oil level and oil supply of the engine."),
        "exhaust": _("We suggest to check the exhaust treatment."),
        "power": _("We suggest to check battery, alternator and power supply."),
        "brakes": _("We suggest to check the brakes and their assistance systems."),
        "steering": _("We suggest to check steering and suspension."),
        "gearbox": _("We suggest to check gearbox and clutch."),
        "high_voltage": _("We suggest to have the electric drive checked by trained people."),
        "restraints": _("We suggest to check airbags and seat belts."),
        "again": _("We suggest to read out the car again in some days."),
        "electronics": _("We suggest to look for the cause in the electronics of the car."),
        "nothing": "",
    }[area]
