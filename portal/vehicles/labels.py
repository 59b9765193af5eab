"""What people read for the words that the code uses; lists in the order of a form."""

from babel import Locale

from portal.kit import text
from portal.kit.text import _
from portal.vehicles.hu import HuClass
from portal.vehicles.models import Fuel, HistoryKind, OwnershipRole, Provenance, Salutation
from portal.vehicles.vehicle_facts import COUNTRIES

Options = list[tuple[str, str]]

_ISO = {
    "D": "DE", "A": "AT", "B": "BE", "BG": "BG", "BY": "BY", "CH": "CH", "CZ": "CZ", "DK": "DK",
    "E": "ES", "EST": "EE", "F": "FR", "FIN": "FI", "FL": "LI", "GR": "GR", "H": "HU", "HR": "HR",
    "I": "IT", "IRL": "IE", "L": "LU", "LT": "LT", "LV": "LV", "MD": "MD", "NL": "NL", "N": "NO",
    "P": "PT", "PL": "PL", "RO": "RO", "RUS": "RU", "S": "SE", "SK": "SK", "SLO": "SI",
    "SRB": "RS", "TR": "TR", "UA": "UA", "UK": "GB",
}  # fmt: skip
_SPOKEN = ("de", "en", "tr", "pl", "ru", "uk", "ar")


def fuels() -> Options:
    return [
        (Fuel.PETROL, _("Petrol")),
        (Fuel.DIESEL, _("Diesel")),
        (Fuel.HYBRID, _("Hybrid")),
        (Fuel.PLUG_IN_HYBRID, _("Plug-in hybrid")),
        (Fuel.ELECTRIC, _("Electric")),
        (Fuel.LPG, _("LPG")),
        (Fuel.CNG, _("Natural gas (CNG)")),
        (Fuel.HYDROGEN, _("Hydrogen")),
        (Fuel.OTHER, _("Other")),
    ]


def hu_classes() -> Options:
    """As long as the intervals of the HU differ."""
    return [
        (HuClass.CAR, _("Car")),
        (HuClass.MOTORCYCLE, _("Motorcycle")),
        (HuClass.FOR_HIRE, _("Taxi, hired car, rental car")),
        (HuClass.DRIVING_SCHOOL, _("Driving-school car")),
        (HuClass.AMBULANCE, _("Ambulance, transport of disabled people")),
        (HuClass.LORRY_LIGHT, _("Van or lorry up to 3.5 t")),
        (HuClass.LORRY_HEAVY, _("Lorry over 3.5 t")),
        (HuClass.BUS, _("Bus")),
        (HuClass.MOTOR_HOME_LIGHT, _("Motor home up to 3.5 t")),
        (HuClass.MOTOR_HOME_MEDIUM, _("Motor home over 3.5 up to 7.5 t")),
        (HuClass.MOTOR_HOME_HEAVY, _("Motor home over 7.5 t")),
        (HuClass.TRAILER_LIGHT, _("Trailer up to 0.75 t or without brakes")),
        (HuClass.TRAILER_MEDIUM, _("Trailer over 0.75 up to 3.5 t")),
        (HuClass.TRAILER_HEAVY, _("Trailer over 3.5 t")),
        (HuClass.EXEMPT, _("No HU (insurance plate)")),
    ]


def kinds() -> Options:
    return [
        (HistoryKind.SERVICE, _("Repair or maintenance")),
        (HistoryKind.INSPECTION, _("Inspection, HU or AU")),
        (HistoryKind.DIAGNOSTICS, _("Diagnosis")),
        (HistoryKind.BOOKING, _("Appointment")),
        (HistoryKind.NOTE, _("Note")),
    ]


def provenances() -> Options:
    return [
        (Provenance.DOCUMENTED, _("documented by us")),
        (Provenance.MEASURED, _("read out by device")),
        (Provenance.REPORTED, _("told by the customer")),
        (Provenance.IMPORTED, _("taken over")),
    ]


def roles() -> Options:
    return [
        (OwnershipRole.KEEPER, _("Keeper")),
        (OwnershipRole.DRIVER, _("Driver")),
        (OwnershipRole.PAYER, _("Pays the bills")),
    ]


def salutations() -> Options:
    return [(Salutation.NONE, _("none")), (Salutation.MS, _("Ms")), (Salutation.MR, _("Mr"))]


def countries() -> Options:
    names = Locale.parse(text.locale.get()).territories
    return [(code, f"{code} – {names.get(_ISO[code], code)}") for code in COUNTRIES]


def languages() -> Options:
    return [(code, text.language_name(code)) for code in _SPOKEN]


def of(options: Options, value: str) -> str:
    """The label of one value; a value without one is its own."""
    return dict(options).get(value, value)
