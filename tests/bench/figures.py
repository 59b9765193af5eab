"""What a measure hands back: one line of the table."""

from dataclasses import dataclass
from statistics import median
from typing import Literal, NamedTuple

Of = Literal["value", "ratio"]
Way = Literal["at most", "at least"]
_SIGNS = {"at most": "≤", "at least": "≥"}


class Target(NamedTuple):
    """A bound for the figure itself or for its ratio to the baseline."""

    of: Of
    way: Way
    limit: float

    def is_met(self, figure: "Figure") -> bool:
        """A figure that was not measured meets nothing."""
        found = figure.value if self.of == "value" else figure.ratio
        if found is None:
            return False
        return found <= self.limit if self.way == "at most" else found >= self.limit

    def told(self, unit: str) -> str:
        what = f" {unit}" if self.of == "value" else " ×"
        return f"{_SIGNS[self.way]} {shown(self.limit)}{what}"


@dataclass
class Figure:
    """`ratio` is value over baseline, of each round where rounds were paired, then their median."""

    measure: str
    name: str
    unit: str
    value: float | None = None
    baseline: float | None = None
    baseline_name: str = ""
    ratio: float | None = None
    target: Target | None = None
    note: str = ""
    failure: str = ""

    @property
    def is_met(self) -> bool | None:
        """None where nothing was promised."""
        if self.failure:
            return False
        return None if self.target is None else self.target.is_met(self)


def most(limit: float, of: Of = "value") -> Target:
    return Target(of, "at most", limit)


def least(limit: float, of: Of = "value") -> Target:
    return Target(of, "at least", limit)


def paired(values: list[float], baselines: list[float]) -> float:
    """The median of the ratios round by round: noise that lasts hits both sides alike."""
    return median(one / other for one, other in zip(values, baselines, strict=True))


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def shown(number: float | None) -> str:
    if number is None:
        return "–"
    if number == int(number) or abs(number) >= 1000:
        return f"{number:,.0f}"
    return f"{number:.3g}" if abs(number) < 100 else f"{number:.1f}"
