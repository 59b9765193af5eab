"""The Bundesländer, and which of them have holidays that only some municipalities keep."""

from portal.kit.text import _

STATES = {
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "BE": "Berlin",
    "BB": "Brandenburg",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Hessen",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}

_LOCAL = {
    "BY": ("assumption", "peace_festival"),
    "SN": ("corpus_christi",),
    "TH": ("corpus_christi",),
}


def local_holidays_of(state: str) -> tuple[str, ...]:
    """Keys of `BookingRules.local_holidays` that make sense in this Bundesland."""
    return _LOCAL.get(state, ())


def local_holiday_text(name: str) -> str:
    texts = {
        "assumption": _("Assumption Day (15 August), in mostly Catholic municipalities"),
        "peace_festival": _("Peace Festival (8 August), in the city of Augsburg"),
        "corpus_christi": _("Corpus Christi, in Catholic municipalities"),
    }
    return texts.get(name, name)
