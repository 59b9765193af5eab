"""The rules with their limits.

Where the figures come from: maker's sheets (Mitsubishi P0171, Kia P0420), SAE J1979, published
workshop practice, and recordings of healthy cars that a limit must let pass.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from portal.diagnostics.rules import readiness, temperature, visits
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
    Rule(8, "overheating", temperature.overheating, Limits(108, 115), {"seconds": 10}),
    Rule(27, "not_ready", readiness.not_ready, Limits(1, 3)),
    Rule(
        28,
        "recently_cleared",
        readiness.recently_cleared,
        Limits(200, 50),
        {"warm_ups_borderline": 10, "warm_ups_abnormal": 3},
    ),
    Rule(29, "driven_with_lamp", readiness.driven_with_lamp, Limits(0, 100)),
    Rule(30, "permanent_without_stored", readiness.permanent_without_stored, Limits(0, 0)),
    Rule(31, "recurring_code", visits.recurring_code, Limits(1, 1)),
    Rule(32, "software_changed", visits.software_changed, Limits(1, 1)),
    Rule(33, "odometer", visits.odometer, Limits(0, 100)),
    Rule(35, "consumption_monitor", readiness.consumption_monitor, Limits(2021, 2021)),
)
BY_KEY: dict[str, Rule] = {rule.key: rule for rule in RULES}
