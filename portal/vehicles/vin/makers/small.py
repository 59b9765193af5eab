"""Makers of fewer than 1,000 vehicles a year (formerly 500).

Their WMI ends in 9, so positions 12-14 belong to the code (ISO 3780): the key is
`WMI/positions 12-14`. Only makers a German workshop may meet.
"""

from portal.vehicles.vin.makers.row import Habit, Maker, Rows

_UNSURE, _AMERICA = Habit.UNSURE, Habit.UNSURE_OUTSIDE_AMERICA

SMALL: Rows = (
    ("W09/R06", Maker("RUF", "RUF Automobile GmbH", "DE", _AMERICA)),
    ("W09/B09", Maker("Bitter", "Bitter Cars", "DE", _UNSURE)),
    ("W09/B16", Maker("Brabus", "Brabus GmbH", "DE", _UNSURE)),
    ("W09/G09", Maker("Gumpert", "Gumpert Sportwagenmanufaktur", "DE", _UNSURE)),
    ("SA9/004", Maker("Morgan", "Morgan Motor Company", "GB", _UNSURE)),
    ("SA9/202 SA9/J00", Maker("Morgan", "Morgan Motor Company", "GB", _AMERICA)),
    ("SA9/019", Maker("TVR", "TVR Engineering Ltd", "GB", _UNSURE)),
    ("SA9/050", Maker("Marcos", "Marcos Engineering", "GB", _UNSURE)),
    ("SA9/062", Maker("AC", "AC Cars", "GB", _UNSURE)),
    ("SA9/074", Maker("Ascari", "Ascari Cars", "GB", _UNSURE)),
    ("SA9/113", Maker("Noble", "Noble Automotive", "GB", _UNSURE)),
    ("SA9/141", Maker("Wrightbus", "Wrightbus", "GB", _UNSURE)),
    ("SA9/207", Maker("Radical", "Radical Sportscars", "GB", _UNSURE)),
    ("SA9/211", Maker("BAC", "Briggs Automotive Company", "GB", _UNSURE)),
    ("SA9/341", Maker("Zenos", "Zenos Cars", "GB", _UNSURE)),
    ("SA9/458", Maker("Gordon Murray", "Gordon Murray Automotive", "GB", _UNSURE)),
    ("VF9/795", Maker("Bugatti", "Bugatti Automobiles S.A.S.", "FR", _AMERICA)),
    ("XL9/363", Maker("Spyker", "Spyker Automobielen", "NL", _AMERICA)),
    ("YT9/007 YT9/044", Maker("Koenigsegg", "Koenigsegg Automotive AB", "SE", _AMERICA)),
    ("ZA9/F76", Maker("Pagani", "Pagani Automobili S.p.A.", "IT", _AMERICA)),
    ("ZA9/A12", Maker("Lamborghini", "Automobili Lamborghini S.p.A.", "IT", _AMERICA)),
    ("ZA9/D38", Maker("Cizeta", "Cizeta Automobili", "IT", _UNSURE)),
    ("ZA9/M27", Maker("Dallara", "Dallara Stradale", "IT", _UNSURE)),
    ("ZA9/M91", Maker("Pininfarina", "Automobili Pininfarina", "IT", _AMERICA)),
    ("V39/AB8", Maker("Rimac", "Rimac Automobili", "HR", _AMERICA)),
)
