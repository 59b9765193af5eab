"""The rules with their limits.

Where the figures come from: maker's sheets (Mitsubishi P0171, Kia P0420), SAE J1979, published
workshop practice, and recordings of healthy cars that a limit must let pass.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from portal.diagnostics.rules import (
    air,
    combustion,
    fuel,
    mixture,
    oxygen,
    quality,
    readiness,
    temperature,
    visits,
    voltage,
)
from portal.diagnostics.rules.case import Case
from portal.diagnostics.rules.verdicts import Answer, Limits


class Rule(NamedTuple):
    """`more` are thresholds beside the two limits, for the evidence."""

    number: int
    key: str
    judge: Callable[[Case], Answer]
    limits: Limits
    more: Mapping[str, float] = MappingProxyType({})

    @property
    def thresholds(self) -> dict[str, float]:
        return {**self.limits._asdict(), **self.more}


RULES: tuple[Rule, ...] = (
    Rule(1, "lean_mixture", mixture.lean_mixture, Limits(10, 20), {"long_trim": 12.5}),
    Rule(2, "rich_mixture", mixture.rich_mixture, Limits(10, 20)),
    Rule(3, "vacuum_leak_pattern", mixture.vacuum_leak_pattern, Limits(8, 15), {"cruise": 8}),
    Rule(4, "fuel_starvation_pattern", mixture.fuel_starvation_pattern, Limits(8, 15)),
    Rule(5, "bank_difference", mixture.bank_difference, Limits(8, 12)),
    Rule(6, "open_loop_warm", mixture.open_loop_warm, Limits(60, 180)),
    Rule(7, "thermostat_open", temperature.thermostat_open, Limits(75, 70), {"minutes": 20}),
    Rule(8, "overheating", temperature.overheating, Limits(108, 115), {"seconds": 10}),
    Rule(9, "coolant_sensor", temperature.coolant_sensor, Limits(15, 30), {"jump": 15}),
    Rule(10, "rough_idle", combustion.rough_idle, Limits(15, 40)),
    Rule(11, "misfire", combustion.misfire, Limits(0, 50)),
    Rule(12, "catalyst", oxygen.catalyst, Limits(0.5, 0.8)),
    Rule(13, "slow_front_sensor", oxygen.slow_front_sensor, Limits(5, 3)),
    Rule(14, "rear_sensor_lean", oxygen.rear_sensor_lean, Limits(0.3, 0.1)),
    Rule(15, "rest_voltage", voltage.rest_voltage, Limits(12.3, 11.9), {"adapter": 0.6}),
    Rule(
        16,
        "charging_voltage",
        voltage.charging_voltage,
        Limits(13.2, 12.6),
        {"high_borderline": 15.0, "high_abnormal": 15.5},
    ),
    Rule(17, "cranking_voltage", voltage.cranking_voltage, Limits(10, 9), {"adapter": 0.6}),
    Rule(
        18,
        "air_mass_against_filling",
        air.air_mass_against_filling,
        Limits(0.65, 0.5),
        {"high_borderline": 1.05, "high_abnormal": 1.2},
    ),
    Rule(19, "manifold_against_ambient", air.manifold_against_ambient, Limits(4, 8)),
    Rule(20, "manifold_at_idle", air.manifold_at_idle, Limits(45, 55)),
    Rule(21, "boost_deviation", air.boost_deviation, Limits(15, 30)),
    Rule(22, "rail_pressure", fuel.rail_pressure, Limits(10, 20)),
    Rule(23, "egr_error", fuel.egr_error, Limits(15, 30), {"from": 5, "to": 95}),
    Rule(24, "particulate_filter", fuel.particulate_filter, Limits(2, 4)),
    Rule(25, "throttle_at_idle", air.throttle_at_idle, Limits(6, 10)),
    Rule(26, "pedal_sensors", air.pedal_sensors, Limits(0.98, 0.95)),
    Rule(27, "not_ready", readiness.not_ready, Limits(1, 3)),
    Rule(
        28,
        "recently_cleared",
        readiness.recently_cleared,
        Limits(200, 50),
        {"warm_ups_borderline": 10, "warm_ups_abnormal": 3},
    ),
    Rule(29, "driven_with_lamp", readiness.driven_with_lamp, Limits(0, 100)),
    Rule(30, "permanent_without_stored", readiness.permanent_without_stored, Limits(1, 1)),
    Rule(31, "recurring_code", visits.recurring_code, Limits(1, 1)),
    Rule(32, "software_changed", visits.software_changed, Limits(1, 1)),
    Rule(33, "odometer", visits.odometer, Limits(0, 100)),
    Rule(34, "recording_quality", quality.recording_quality, Limits(0, 0.1), {"gap": 5}),
    Rule(35, "consumption_monitor", readiness.consumption_monitor, Limits(2021, 2021)),
)
BY_KEY: dict[str, Rule] = {rule.key: rule for rule in RULES}
