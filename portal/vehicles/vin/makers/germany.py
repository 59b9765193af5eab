"""German makers (WMI region W, and plants abroad that write a German owner's WMI)."""

from portal.vehicles.vin.makers.row import Habit, Maker, Rows

_YEAR, _BMW, _FIN = Habit.YEAR, Habit.AMERICA_ONLY, Habit.TYPE_NUMBER
_HOME, _NO, _UNSURE = Habit.YEAR_AT_HOME, Habit.NEVER, Habit.UNSURE

_VOLKSWAGEN = "Volkswagen AG"
_MERCEDES = "Mercedes-Benz AG"
_DAIMLER = "Daimler AG"

GERMANY: Rows = (
    ("WVW WVG", Maker("Volkswagen", _VOLKSWAGEN, "DE", _YEAR)),
    ("WV1 WV2 WV3", Maker("Volkswagen Nutzfahrzeuge", _VOLKSWAGEN, "DE", _YEAR)),
    ("WVM", Maker("MAN-VW", "Arbeitsgemeinschaft VW-MAN", "DE", _HOME)),
    ("WAU WA1", Maker("Audi", "AUDI AG", "DE", _YEAR)),
    ("WUA WU1", Maker("Audi", "Audi Sport GmbH", "DE", _YEAR)),
    ("WAC", Maker("Audi", "Audi/Porsche (RS2)", "DE", _HOME)),
    ("TRU", Maker("Audi", "Audi Hungaria", "HU", _YEAR)),
    ("WP0 WP1", Maker("Porsche", "Dr. Ing. h.c. F. Porsche AG", "DE", _YEAR)),
    ("WBA WBX", Maker("BMW", "BMW AG", "DE", _BMW)),
    ("WBS", Maker("BMW M", "BMW M GmbH", "DE", _BMW)),
    ("WBY", Maker("BMW i", "BMW AG", "DE", _BMW)),
    ("WB1 WB3 WB4", Maker("BMW Motorrad", "BMW AG", "DE", _BMW)),
    ("WB5", Maker("BMW i", "BMW AG", "DE", _BMW)),
    ("WMW WMZ", Maker("MINI", "BMW AG", "DE", _BMW)),
    ("WAP", Maker("Alpina", "Alpina Burkard Bovensiepen", "DE", _BMW)),
    ("W1K W1N W1V", Maker("Mercedes-Benz", _MERCEDES, "DE", _FIN)),
    ("W1W W1X W1Y", Maker("Mercedes-Benz", _MERCEDES, "DE", _FIN)),
    ("W1T", Maker("Mercedes-Benz Trucks", "Daimler Truck AG", "DE", _FIN)),
    ("WDB WDD WDC WDF", Maker("Mercedes-Benz", _MERCEDES, "DE", _FIN)),
    ("WDA WDR WDZ", Maker("Mercedes-Benz", _DAIMLER, "DE", _FIN)),
    ("WD3 WD4 WD5 WD8 WDW WDX", Maker("Mercedes-Benz", _DAIMLER, "DE", _FIN)),
    ("WD0 WD1 WD2", Maker("Dodge", _DAIMLER, "DE", _FIN)),
    ("WDP WDY WCD", Maker("Freightliner", _DAIMLER, "DE", _FIN)),
    ("WMX", Maker("Mercedes-AMG", "Mercedes-AMG GmbH", "DE", _FIN)),
    ("WEB", Maker("Mercedes-Benz", "EvoBus GmbH", "DE", _FIN)),
    ("WME W1A", Maker("smart", "smart (Daimler AG)", "DE", _FIN)),
    ("WKK", Maker("Setra", "EvoBus GmbH (Kässbohrer)", "DE", _NO)),
    ("W0L W0S", Maker("Opel", "Adam Opel AG", "DE", _HOME)),
    ("W0V", Maker("Opel", "Opel Automobile GmbH", "DE", _HOME)),
    ("W04", Maker("Buick", "Adam Opel AG", "DE", _YEAR)),
    ("W06", Maker("Cadillac", "Adam Opel AG", "DE", _YEAR)),
    ("W08", Maker("Saturn", "Adam Opel AG", "DE", _YEAR)),
    ("WF0", Maker("Ford", "Ford-Werke GmbH", "DE", _NO)),
    ("WF1", Maker("Merkur", "Ford-Werke GmbH", "DE", _YEAR)),
    ("WJM", Maker("Iveco", "Iveco Magirus AG", "DE", _NO)),
    ("WMA", Maker("MAN", "MAN Truck & Bus SE", "DE", _UNSURE)),
    ("WAG", Maker("Neoplan", "Gottlob Auwärter GmbH", "DE", _UNSURE)),
    ("WS5", Maker("StreetScooter", "StreetScooter GmbH", "DE", _UNSURE)),
    ("WNA", Maker("e.GO", "Next.e.GO Mobile SE", "DE", _UNSURE)),
    ("WLF", Maker("Liebherr", "Liebherr-Werk", "DE", _UNSURE)),
    ("WMU", Maker("Multicar", "Hako GmbH", "DE", _UNSURE)),
    ("WHW", Maker("Hako", "Hako GmbH", "DE", _UNSURE)),
    ("WKE", Maker("Krone", "Fahrzeugwerk Bernard Krone", "DE", _UNSURE)),
    ("WSM", Maker("Schmitz Cargobull", "Schmitz Cargobull AG", "DE", _UNSURE)),
    ("WSK", Maker("Schmitz Cargobull", "Schmitz Cargobull Gotha GmbH", "DE", _UNSURE)),
    ("WLA", Maker("Langendorf", "Langendorf GmbH", "DE", _UNSURE)),
    ("WHB", Maker("Hobby", "Hobby-Wohnwagenwerk", "DE", _UNSURE)),
    ("WTA", Maker("Tabbert", "Knaus Tabbert AG", "DE", _UNSURE)),
    ("XP7", Maker("Tesla", "Tesla (Grünheide)", "DE", _YEAR)),
    ("SNE", Maker("Barkas/Wartburg", "Automobilwerk Eisenach, Barkas-Werke", "DE", _UNSURE)),
    ("SNT", Maker("Trabant", "VEB Sachsenring", "DE", _UNSURE)),
)
