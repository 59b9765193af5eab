# ruff: noqa: E501  # tables: one row a line
"""What customers come for and what they write, by workshop."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from portal.bookings.models import LiftKind, Origin, Service
from portal.bookings.planning import Need
from portal.demo.world.bookings_shapes import Job, job_of

WHEELS, COOLING = frozenset({3, 4, 10, 11}), frozenset({5, 6, 7, 8})


class Wanted(NamedTuple):
    """`ids` of the services file, how often, and the months in which it is asked for most."""

    ids: str
    weight: float
    months: frozenset[int] = frozenset()


class Repair(NamedTuple):
    """Work without a price of the catalogue: staff gives it a title and a time."""

    title: str
    minutes: int
    weight: float
    lift: LiftKind = LiftKind.ANY
    skill: str = ""


WANTED: dict[str, Sequence[Wanted]] = {
    "kfz-brandt": [
        Wanted("oil-change", 5), Wanted("oil-change brake-fluid", 4), Wanted("inspection-small", 13),
        Wanted("inspection-small aircon", 3, COOLING), Wanted("inspection-large", 15), Wanted("inspection-large brake-fluid", 6),
        Wanted("pre-check", 1), Wanted("brakes-front", 13), Wanted("brakes-front brake-fluid", 4), Wanted("aircon", 4, COOLING),
        Wanted("wheel-change", 4, WHEELS), Wanted("wheel-change tyre-storage", 3, WHEELS), Wanted("diagnosis", 3),
        Wanted("battery", 2), Wanted("timing-belt", 9), Wanted("alignment", 5), Wanted("used-car-check", 3), Wanted("hybrid-check", 3),
    ],
    "autodienst-yilmaz": [
        Wanted("oil-change", 5), Wanted("inspection", 20), Wanted("inspection brake-pads", 5), Wanted("brake-pads", 8), Wanted("brake-discs", 8),
        Wanted("aircon", 4, COOLING), Wanted("aircon aircon-cleaning", 2, COOLING), Wanted("wheel-change", 5, WHEELS),
        Wanted("wheel-change tyre-storage", 2, WHEELS), Wanted("diagnosis", 3), Wanted("battery", 2), Wanted("exhaust", 6),
        Wanted("used-car-check", 3), Wanted("holiday-check", 3), Wanted("smart-repair", 8), Wanted("retest", 2),
    ],
}  # fmt: skip
INSPECTION = "hu-au"
REPAIRS = [
    Repair("Querlenker und Koppelstangen erneuern", 165, 8),
    Repair("Kupplung erneuern", 330, 8, LiftKind.TWO_POST),
    Repair("Elektrikfehler suchen", 150, 5, LiftKind.NONE),
    Repair("Radlager erneuern", 120, 4),
    Repair("Stoßdämpfer hinten erneuern", 150, 6),
    Repair("Kühlmittelverlust: Ursache suchen und beheben", 180, 6),
    Repair("Lichtmaschine ersetzen", 150, 3),
    Repair("Parkschaden: Tür und Seitenteil", 240, 2, LiftKind.NONE, "bodywork"),
]
LONG_JOBS = [
    ("Unfallschaden vorn instand setzen", 17 * 60),
    ("Motor abdichten, Steuerkette erneuern", 21 * 60),
    ("Getriebe aus- und einbauen", 14 * 60),
    ("Rost am Unterboden instand setzen", 15 * 60),
]
FROM_HISTORY = [
    ("HU", "hu-au"),
    ("Große Inspektion", "inspection-large inspection"),
    ("Inspektion", "inspection-small inspection"),
    ("Service", "inspection-small inspection"),
    ("Ölservice", "oil-change"),
    ("Durchsicht", "inspection-small inspection"),
    ("räder", "wheel-change"),
    ("Räderwechsel", "wheel-change"),
    ("Bremsscheiben", "brakes-front brake-discs"),
    ("Bremsbeläge", "brakes-front brake-pads"),
    ("Bremsflüssigkeit", "brake-fluid"),
    ("Starterbatterie", "battery"),
    ("Klimaservice", "aircon"),
    ("Zahnriemen", "timing-belt"),
]
"""Words of a history's title and the services that they may have been booked as."""
ORIGINS: dict[Origin, float] = {
    Origin.PHONE: 40,
    Origin.FORM: 17,
    Origin.CHAT: 15,
    Origin.WALK_IN: 9,
    Origin.CAMPAIGN: 7,
    Origin.LINK: 5,
    Origin.WAITLIST: 4,
    Origin.API: 3,
}
LEAD_DAYS: dict[Origin, float] = {
    Origin.PHONE: 5,
    Origin.FORM: 8,
    Origin.CHAT: 6,
    Origin.WALK_IN: 0,
    Origin.CAMPAIGN: 13,
    Origin.LINK: 9,
    Origin.WAITLIST: 2,
    Origin.API: 7,
    Origin.IMPORT: 10,
}
"""Days between booking and appointment on average."""
CANCELLED, MISSED = 0.09, 0.035
"""Shares of a day's appointments."""
WISHES = (
    "Bitte vorher anrufen, wenn es teurer wird.",
    "Ich brauche das Auto um 16 Uhr wieder.",
    "Vorne quietscht es beim Bremsen, bitte mit ansehen.",
    "Schlüssel liegt im Nachtbriefkasten.",
    "Räder sind bei Ihnen eingelagert.",
    "Wischwasser bitte auffüllen.",
    "Der Motor ruckelt im kalten Zustand.",
    "Bitte den Innenraumfilter gleich mit erneuern.",
)
REASONS = ("Kundin verhindert", "Termin verlegt", "Fahrzeug verkauft", "Krank", "Doppelt gebucht")


def jobs_of(slug: str, services: Mapping[str, Service]) -> list[Job]:
    booked = [
        job_of(tuple(services[one] for one in wanted.ids.split()), wanted.weight, wanted.months)
        for wanted in WANTED[slug]
    ]
    return booked + [repair_job(repair) for repair in REPAIRS]


def repair_job(repair: Repair) -> Job:
    skills = frozenset({repair.skill} if repair.skill else ())
    need = Need(minutes=repair.minutes, buffer_minutes=10, lift=repair.lift, skills=skills)
    return Job((), repair.title, need, repair.weight)


def job_from_history(title: str, services: Mapping[str, Service]) -> Job:
    """The service that such an entry was booked as; a repair of two hours when there is none."""
    for word, ids in FROM_HISTORY:
        found = next((services[one] for one in ids.split() if one in services), None)
        if word in title and found is not None:
            return job_of((found,), 1, frozenset())
    return repair_job(Repair(title[:200], 120, 1))
