"""May the car drive on? Three steps with a reason, on the careful side where a code leaves doubt.

A code names a circuit, not the state of the car: brakes, steering, restraint systems, oil pressure,
overheating and high voltage mean "leave it" until somebody has looked, even when a plug is all
that failed. What no row holds goes to a workshop soon. Judged by hand; no source prescribes it.
"""

from typing import Literal, NamedTuple

from portal.diagnostics.obd.codes.spans import SpanTable

Step = Literal["drive_on", "workshop_soon", "stop"]
STEPS: tuple[Step, ...] = ("drive_on", "workshop_soon", "stop")


class Verdict(NamedTuple):
    """`reason` is a key of `REASONS`."""

    step: Step
    reason: str


STEP_TEXTS: dict[Step, dict[str, str]] = {
    "drive_on": {"de": "Weiterfahren", "en": "Drive on"},
    "workshop_soon": {"de": "Bald in die Werkstatt", "en": "See a workshop soon"},
    "stop": {"de": "Stehen lassen", "en": "Do not drive"},
}

_ROWS: tuple[tuple[str, Step, str], ...] = (
    # What harms people first.
    ("C0071-C0071 C0077-C0078", "workshop_soon", "tyres_and_drive"),
    ("C0081-C0086 C0089 C008A", "workshop_soon", "warning_lamp"),
    ("C0051-C0055 C0079 C0500-C0513", "stop", "steering"),
    ("C0030-C003E C0200-C0225", "stop", "wheel_speed"),
    ("C0700-C0758", "workshop_soon", "suspension"),
    ("C0000-C0FFF", "stop", "brakes"),
    ("P0504 P0571-P0573 P0703 P0719 P0724 P061E P2299", "workshop_soon", "brake_switch"),
    ("P0555-P0559", "stop", "brakes"),
    ("P0550-P0554 P0635-P0637", "stop", "steering"),
    ("B00D0-B00D1 B0540-B0543", "workshop_soon", "belt_reminder"),
    ("B0001-B00FF B0100-B0138 B0560-B0563", "stop", "restraints"),
    ("U0121 U0129 U0315 U0318 U0415 U0418", "stop", "brakes"),
    ("U0130-U0131 U0134 U0319-U0320 U0419-U0420 U0435", "stop", "steering"),
    ("U0151-U0154 U0170-U017D U0250 U0452-U0455 U0471-U047E U0551", "stop", "restraints"),
    # High voltage: only for people trained for it.
    ("P0A00-P0A07 P0A2A-P0A2E P0A30-P0A34 P0A36-P0A3A", "workshop_soon", "hybrid"),
    ("P0A2F P0A35 P0A3B-P0A3E P0A7C P0A7E P0A93 P0AF7", "stop", "drive_too_hot"),
    ("P0A0A-P0A0E P0A27-P0A29 P0A95 P0AA0-P0AAB P0AD9-P0AE7", "stop", "high_voltage"),
    ("P0A0F P0A14-P0A16 P0A86-P0A8F P0AB6-P0AB8", "workshop_soon", "hybrid"),
    ("P0A00-P0CFF", "workshop_soon", "hybrid"),
    # What destroys engine or gearbox within minutes.
    ("P0217 P0298 P2428-P2429 P2560", "stop", "too_hot"),
    ("P0218 P2783 P2785-P2787 P070F", "stop", "gearbox_too_hot"),
    ("P2600-P2603", "stop", "coolant_pump"),
    ("P0115-P0119 P0125-P0126 P011A P2181-P2186", "workshop_soon", "watch_temperature"),
    ("P0480-P0485 P0493-P0495 P0526-P0529 P0691-P0696", "workshop_soon", "watch_temperature"),
    ("P2556-P2559", "workshop_soon", "watch_temperature"),
    ("P0520-P0524 P250F P252F", "stop", "oil_pressure"),
    ("P0008-P0009 P0016-P0019", "stop", "timing_chain"),
    ("P0093-P0094", "stop", "fuel_leak"),
    ("P0169 P2269", "stop", "wrong_fuel"),
    ("P0893 P2711", "stop", "gear_unsafe"),
    ("P2105 P2111-P2112 P2172-P2173", "stop", "throttle_unsafe"),
    ("P0300-P0316 P0363", "workshop_soon", "misfire"),
    # What needs a workshop, and why.
    ("P0170-P0175 P2096-P2099 P2177-P2180 P2187-P2194", "workshop_soon", "mixture"),
    ("P0030-P0064 P0130-P0167 P2195-P2198 P2231-P2256 P2270-P2278 P2297-P2298 P2A00-P2AFF",
     "workshop_soon", "oxygen_sensor"),
    ("P0200-P0214 P021A-P021F P0251-P0296 P2146-P2157 P2283-P2292", "workshop_soon", "injection"),
    ("P0033-P0035 P0045-P004F P0234-P0250 P0299 P2261-P2263 P2562-P2566 P2578-P2590",
     "workshop_soon", "boost"),
    ("P0120-P0124 P0220-P0229 P0638-P0639 P2100-P2140 P2163-P2168 P2174-P2176", "workshop_soon",
     "limp_home"),
    ("P0335-P0349 P0365-P0369 P0385-P0394 P0320-P0323", "workshop_soon", "may_stall"),
    ("P0087-P0092 P018A-P0194 P0230-P0233 P025A-P025D P0627-P062A P2632-P2636", "workshop_soon",
     "may_stall"),
    ("P0420-P0439 P2423-P2424", "workshop_soon", "catalyst"),
    ("P0560-P0563 P0620-P0626 P063A-P063D P065A-P065B P2500-P2504", "workshop_soon", "charging"),
    ("P2002-P2003 P242F P244A-P244C P2452-P2459 P2463", "workshop_soon", "particle_filter"),
    ("P203A-P205E P207F P2200-P2225 P20E8 P20EE P229E-P229F", "workshop_soon", "reductant"),
    ("P0700-P09FF P2700-P28FF", "workshop_soon", "gearbox"),
    ("U0100-U0101 U0107 U0109-U0112 U0115", "workshop_soon", "no_start"),
    # What can wait for the next visit.
    ("P0070-P0074 P0440-P0469 P0496-P0499 P043E-P043F P2024-P2030 P2400-P2412", "drive_on",
     "comfort_or_vapour"),
    ("P2418-P2422 P2450-P2451 P0530-P0539 P0564-P0570 P0574-P0596", "drive_on",
     "comfort_or_vapour"),
    ("P0645-P0649 P0624 P0656 P2065-P2069 P2515-P2524 P2561 P2611-P2613", "drive_on",
     "comfort_or_vapour"),
    ("B0200-B0448", "drive_on", "comfort_or_vapour"),
    ("B0500-B0513", "workshop_soon", "lights"),
    ("B0515-B0568", "workshop_soon", "warning_lamp"),
    ("U0156-U0166 U0184-U0198 U0208-U0211 U0229 U0234 U0237-U0238 U0245-U0249", "drive_on",
     "comfort_or_vapour"),
    ("U0457-U0459 U045A-U0466 U0485-U0499 U0509-U0512 U052A U0535 U0546-U054A", "drive_on",
     "comfort_or_vapour"),
)  # fmt: skip

REASONS: dict[str, dict[str, str]] = {
    "tyres_and_drive": {
        "de": "Reifendruck und Reifengröße an allen Rädern prüfen, dann zügig in die Werkstatt.",
        "en": "Check pressure and size of all tyres, then see a workshop soon.",
    },
    "warning_lamp": {
        "de": "Eine Warnung wird womöglich nicht mehr angezeigt: Das nächste Problem bliebe"
        " unbemerkt.",
        "en": "A warning may no longer be shown: the next problem would go unnoticed.",
    },
    "steering": {
        "de": "Die Lenkung ist betroffen: Die Unterstützung kann unvermittelt ausfallen.",
        "en": "Steering is concerned: power assistance may fail without notice.",
    },
    "wheel_speed": {
        "de": "ABS, ESP und Bremskraftverteilung können ausfallen; die Hinterräder können beim"
        " Bremsen blockieren.",
        "en": "ABS, stability control and brake force distribution may fail; rear wheels may lock.",
    },
    "suspension": {
        "de": "Federung oder Dämpfung arbeiten nicht wie vorgesehen: langsam und mit Abstand"
        " fahren.",
        "en": "Springs or dampers do not work as meant: drive slowly and keep your distance.",
    },
    "brakes": {
        "de": "Bremse oder Bremsregelung ist betroffen: erst prüfen, dann fahren.",
        "en": "Brakes or brake control are concerned: check first, then drive.",
    },
    "brake_switch": {
        "de": "Bremslicht prüfen: Ohne Bremslicht nicht weiterfahren.",
        "en": "Check the brake lights: do not drive without them.",
    },
    "belt_reminder": {
        "de": "Die Gurterinnerung ist gestört, der Gurt selbst hält: Anschnallen kontrollieren.",
        "en": "The belt reminder fails, the belt itself holds: check that everybody wears it.",
    },
    "restraints": {
        "de": "Airbag oder Gurtstraffer lösen bei einem Unfall womöglich nicht oder unnötig aus.",
        "en": "Airbags or belt tensioners may not fire in a crash, or fire without need.",
    },
    "hybrid": {
        "de": "Hybrid- oder Elektroantrieb ist betroffen: Leistung kann ohne Vorwarnung wegfallen.",
        "en": "The hybrid or electric drive is concerned: power may drop without warning.",
    },
    "drive_too_hot": {
        "de": "Elektroantrieb oder Hochvoltbatterie ist zu heiß: abstellen und abkühlen lassen.",
        "en": "Electric drive or high-voltage battery is too hot: stop and let it cool down.",
    },
    "high_voltage": {
        "de": "Gefahr durch Hochvolt: nicht fahren, nichts berühren, nur Fachkundige Hochvolt"
        " (FHV) heranlassen.",
        "en": "High-voltage danger: do not drive or touch it; leave it to trained people.",
    },
    "too_hot": {
        "de": "Überhitzung: Motor abstellen, abkühlen lassen, Kühlmittel und Öl prüfen.",
        "en": "Overheating: stop the engine, let it cool, check coolant and oil.",
    },
    "gearbox_too_hot": {
        "de": "Getriebe oder Kupplung ist zu heiß oder hat zu wenig Öl: abstellen, abkühlen"
        " lassen, Ölstand prüfen.",
        "en": "Gearbox or clutch is too hot or short of oil: stop, let it cool, check the level.",
    },
    "coolant_pump": {
        "de": "Ohne Kühlmittelpumpe überhitzt der Motor in Minuten.",
        "en": "Without its coolant pump the engine overheats within minutes.",
    },
    "watch_temperature": {
        "de": "Temperaturanzeige beobachten: Steigt sie über normal, sofort anhalten.",
        "en": "Watch the temperature gauge: stop at once if it rises above normal.",
    },
    "oil_pressure": {
        "de": "Öldruck oder Ölstand nicht gesichert: Motor aus, Ölstand prüfen, Öldruck messen.",
        "en": "Oil pressure or level is not certain: stop the engine, check level and pressure.",
    },
    "timing_chain": {
        "de": "Steuerkette oder Zahnriemen kann übergesprungen sein: Motorschaden droht.",
        "en": "The timing chain or belt may have jumped: engine damage threatens.",
    },
    "fuel_leak": {
        "de": "Kraftstoff kann austreten: Brandgefahr.",
        "en": "Fuel may leak: danger of fire.",
    },
    "wrong_fuel": {
        "de": "Falscher Kraftstoff oder Wasser im Kraftstoff zerstört Pumpe und Einspritzung.",
        "en": "Wrong fuel or water in it destroys pump and injection.",
    },
    "gear_unsafe": {
        "de": "Das Getriebe kann blockieren oder den Gang verlieren.",
        "en": "The gearbox may lock or lose its gear.",
    },
    "throttle_unsafe": {
        "de": "Die Drosselklappe gehorcht nicht: Der Motor kann hochdrehen oder ausgehen.",
        "en": "The throttle does not obey: the engine may race or stop.",
    },
    "misfire": {
        "de": "Aussetzer: schonend in die Werkstatt. Blinkt die Motorkontrollleuchte, stehen"
        " lassen.",
        "en": "Misfire: drive gently to a workshop. If the engine lamp flashes, do not drive.",
    },
    "misfire_flashing": {
        "de": "Die Motorkontrollleuchte blinkt: Unverbrannter Kraftstoff zerstört den Katalysator,"
        " Brandgefahr.",
        "en": "The engine lamp flashes: unburnt fuel destroys the catalyst, danger of fire.",
    },
    "mixture": {
        "de": "Das Gemisch stimmt nicht: Längeres Fahren schadet Katalysator und Motor.",
        "en": "The mixture is wrong: driving on for long harms catalyst and engine.",
    },
    "oxygen_sensor": {
        "de": "Die Gemischregelung arbeitet ohne Rückmeldung: mehr Verbrauch, AU gefährdet.",
        "en": "Mixture control lacks its feedback: higher consumption, emission test at risk.",
    },
    "injection": {
        "de": "Eine Einspritzung außer Takt kann Kolben und Partikelfilter schädigen.",
        "en": "Faulty injection may damage pistons and particle filter.",
    },
    "boost": {
        "de": "Lader schonen: keine Volllast, bis die Ursache gefunden ist.",
        "en": "Spare the turbocharger: no full load until the cause is found.",
    },
    "limp_home": {
        "de": "Notlauf möglich: wenig Leistung, nicht überholen, bald prüfen lassen.",
        "en": "Limp-home mode is likely: little power, do not overtake, have it checked soon.",
    },
    "may_stall": {
        "de": "Der Motor kann während der Fahrt ausgehen oder nicht mehr anspringen.",
        "en": "The engine may stall while driving or not start again.",
    },
    "catalyst": {
        "de": "Die Abgasreinigung arbeitet nicht: AU nicht bestanden, Folgeschäden möglich.",
        "en": "Exhaust treatment fails: no emission test is passed, further damage is possible.",
    },
    "charging": {
        "de": "Das Bordnetz ist nicht gesichert: Das Auto kann stehen bleiben.",
        "en": "Electrical supply is not certain: the car may come to a halt.",
    },
    "particle_filter": {
        "de": "Partikelfilter nicht weiter zusetzen lassen: bald prüfen, sonst wird es teuer.",
        "en": "Do not let the particle filter clog further: have it checked soon.",
    },
    "reductant": {
        "de": "Abgasnachbehandlung gestört: Startsperre nach Restreichweite möglich.",
        "en": "Exhaust aftertreatment fails: the start may be barred after a remaining distance.",
    },
    "gearbox": {
        "de": "Das Getriebe kann in den Notlauf gehen oder Schaden nehmen.",
        "en": "The gearbox may go into limp-home mode or suffer damage.",
    },
    "no_start": {
        "de": "Ein Steuergerät des Antriebs meldet sich nicht: Notlauf oder kein Start möglich.",
        "en": "A control unit of the drive is silent: limp-home mode or no start.",
    },
    "comfort_or_vapour": {
        "de": "Ohne Einfluss auf die Fahrsicherheit: beim nächsten Termin beheben.",
        "en": "Without influence on driving safety: repair it at the next visit.",
    },
    "lights": {
        "de": "Beleuchtung prüfen: Ohne Blinker oder Licht nicht fahren.",
        "en": "Check the lights: do not drive without indicators or headlamps.",
    },
    "maker_chassis": {
        "de": "Code des Herstellers zum Fahrwerk: Bremse oder Lenkung können betroffen sein, erst"
        " prüfen.",
        "en": "A maker's chassis code: brakes or steering may be concerned, check first.",
    },
    "maker_grave": {
        "de": "Bremse, Lenkung oder Airbag sind betroffen: erst prüfen, dann fahren.",
        "en": "Brakes, steering or airbags are concerned: check first, then drive.",
    },
    "maker": {
        "de": "Bedeutung nur nach Herstellerunterlagen: prüfen lassen, bei roter Warnleuchte"
        " anhalten.",
        "en": "Meaning known to the maker only: have it checked, stop if a red lamp is lit.",
    },
    "unknown": {
        "de": "Ursache offen: bald prüfen lassen, bei roter Warnleuchte anhalten.",
        "en": "Cause open: have it checked soon, stop if a red lamp is lit.",
    },
}

_TABLE = SpanTable((text, Verdict(step, reason)) for text, step, reason in _ROWS)
_UNKNOWN = Verdict("workshop_soon", "unknown")
_MAKER = Verdict("workshop_soon", "maker")
_MAKER_CHASSIS = Verdict("stop", "maker_chassis")
_MAKER_GRAVE = Verdict("stop", "maker_grave")
_FLASHING = Verdict("stop", "misfire_flashing")


def judge(code: str, *, mil_flashing: bool = False) -> Verdict:
    """The step for an ISO/SAE code of five characters.

    `mil_flashing`: the engine lamp was seen flashing, which turns a misfire into "do not drive".
    """
    verdict = _TABLE.find(code) or _UNKNOWN
    return _FLASHING if mil_flashing and verdict.reason == "misfire" else verdict


def judge_maker(code: str, *, is_grave: bool) -> Verdict:
    """The step for a maker's own code: chassis codes and those known to be grave mean stop."""
    if is_grave:
        return _MAKER_GRAVE
    return _MAKER_CHASSIS if code.startswith("C") else _MAKER
