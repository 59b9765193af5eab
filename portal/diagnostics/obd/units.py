"""Units as programs print them, and the way to the one unit that we store.

Stored units: °C, km/h, rpm, kPa, Pa, g/s, kg/h, %, V, mA, A, °, s, min, km, l/h, Nm, l, kW, λ ("").
Factors are exact by definition (inch = 25.4 mm, pound = 0.45359237 kg) except where noted.
"""

from typing import NamedTuple


class Conversion(NamedTuple):
    """stored = printed * factor + offset"""

    unit: str
    factor: float = 1.0
    offset: float = 0.0


_PSI = 6.894757293168361  # kPa, rounded to double
_KNOWN: dict[Conversion, str] = {
    Conversion("°C"): "°c ℃ degc c",
    Conversion("°C", 5 / 9, -160 / 9): "°f ℉ degf f",
    Conversion("°C", 1.0, -273.15): "k kelvin",
    Conversion("km/h"): "km/h kmh kph км/ч",
    Conversion("km/h", 1.609344): "mph mi/h miles/h",
    Conversion("km/h", 3.6): "m/s meters/second",
    Conversion("rpm"): "rpm 1/min u/min min-1 min⁻¹ /min rev/min об/мин tr/min giri/min",
    Conversion("kPa"): "kpa кпа",
    Conversion("kPa", _PSI): "psi psig psia",
    Conversion("kPa", 100.0): "bar",
    Conversion("kPa", 0.1): "mbar hpa",
    Conversion("kPa", 1000.0): "mpa",
    Conversion("kPa", 3.386389): "inhg",  # conventional inch of mercury
    Conversion("Pa"): "pa",
    Conversion("g/s"): "g/s g/sec gr/s г/сек",
    Conversion("g/s", 453.59237 / 60): "lb/min",
    Conversion("g/s", 1 / 3.6): "kg/h",
    Conversion("%"): "% percent",
    Conversion("V"): "v volt volts в",
    Conversion("V", 0.001): "mv",
    Conversion("mA"): "ma",
    Conversion("A"): "a",
    Conversion("°"): "° deg degrees °crk °btdc btdc °kw",
    Conversion("s"): "s sec seconds сек sek",
    Conversion("min"): "min minutes мин",
    Conversion("h"): "h hours std",
    Conversion("km"): "km км",
    Conversion("km", 1.609344): "miles mi mile",
    Conversion("l/h"): "l/h l/hr л/ч lph",
    Conversion("l/h", 3.785411784): "gph gal/h gal/hr",
    Conversion("Nm"): "nm n·m n*m",
    Conversion("Nm", 1.3558179483314004): "lb-ft ft-lb ftlb lbft",
    Conversion("l"): "l л",
    Conversion("l", 3.785411784): "gal",
    Conversion("kW"): "kw",
    Conversion("kW", 0.74569987158227022): "hp",
    Conversion("kW", 0.73549875): "ps cv",
    Conversion("g"): "g",
    Conversion("m"): "m",
    Conversion("m", 0.3048): "ft",
    Conversion("mg/stroke"): "mg/stroke mg/hub",
    Conversion("λ"): "λ lambda",
}
_BY_LABEL = {label: how for how, labels in _KNOWN.items() for label in labels.split()}
_STEPS = {
    ("Pa", "kPa"): 0.001, ("kPa", "Pa"): 1000.0, ("min", "s"): 60.0, ("h", "s"): 3600.0,
    ("s", "min"): 1 / 60, ("h", "min"): 60.0, ("A", "mA"): 1000.0,
}  # fmt: skip


def is_unit(label: str) -> bool:
    return label.strip().casefold() in _BY_LABEL


def to_stored(label: str) -> Conversion:
    """The conversion of a printed unit; an unknown unit stays as it is."""
    known = _BY_LABEL.get(label.strip().casefold())
    return known or Conversion(label.strip())


def to_unit(label: str, wanted: str) -> Conversion | None:
    """From a printed unit to the one that a signal is stored in; None if they do not fit."""
    how = to_stored(label)
    if how.unit == wanted or not how.unit or (how.unit == "λ" and not wanted):
        return Conversion(wanted, how.factor, how.offset)
    step = _STEPS.get((how.unit, wanted))
    return Conversion(wanted, how.factor * step, how.offset * step) if step else None
