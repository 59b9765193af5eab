"""Makers of Africa and Oceania."""

from portal.vehicles.vin.makers.row import Habit, Maker, Rows

_HOME, _NO, _UNSURE = Habit.YEAR_AT_HOME, Habit.NEVER, Habit.UNSURE

SOUTH: Rows = (
    ("AAV", Maker("Volkswagen", "Volkswagen South Africa", "ZA", _HOME)),
    ("ABM", Maker("BMW", "BMW South Africa", "ZA", _NO)),
    ("ADB", Maker("Mercedes-Benz", "Mercedes-Benz South Africa", "ZA", Habit.TYPE_NUMBER)),
    ("ADM", Maker("Opel", "General Motors South Africa", "ZA", _HOME)),
    ("ADN", Maker("Nissan", "Nissan South Africa", "ZA", _NO)),
    ("AFA", Maker("Ford", "Ford South Africa", "ZA", _NO)),
    ("AHT", Maker("Toyota", "Toyota South Africa", "ZA", _NO)),
    ("6FP", Maker("Ford", "Ford Australia", "AU", _UNSURE)),
    ("6G1 6H8", Maker("Holden", "GM Holden", "AU", Habit.YEAR)),
    ("6G2", Maker("Pontiac", "GM Holden for Pontiac", "AU", Habit.YEAR)),
    ("6G3", Maker("Chevrolet", "GM Holden for Chevrolet", "AU", Habit.YEAR)),
    ("6MM", Maker("Mitsubishi", "Mitsubishi Motors Australia", "AU", Habit.YEAR)),
    ("6T1", Maker("Toyota", "Toyota Australia", "AU", Habit.YEAR)),
)
