"""May the car drive on? Three steps with a reason, on the careful side where a code leaves doubt.

A code names a circuit, not the state of the car: brakes, steering, restraint systems, oil pressure,
overheating and high voltage mean "leave it" until somebody has looked, even when a plug is all
that failed. What no row holds goes to a workshop soon. Judged by hand; no source prescribes it.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple, cast

from portal.diagnostics.obd.codes.spans import SpanTable
from portal.diagnostics.obd.codes.words import Texts

Step = Literal["drive_on", "workshop_soon", "stop"]
STEPS: tuple[Step, ...] = ("drive_on", "workshop_soon", "stop")


class Verdict(NamedTuple):
    """`reason` is a key of `reasons.REASONS`."""

    step: Step
    reason: str


STEP_TEXTS: dict[Step, Texts] = {
    "drive_on": {"de": "Weiterfahren", "en": "Drive on"},
    "workshop_soon": {"de": "Bald in die Werkstatt", "en": "See a workshop soon"},
    "stop": {"de": "Stehen lassen", "en": "Do not drive"},
}

_ROWS = """
# What harms people first.
workshop_soon tyres_and_drive C0071 C0077-C0078
workshop_soon warning_lamp C0081-C0086 C0089 C008A
stop steering C0051-C0055 C0079 C0500-C0513
stop wheel_speed C0030-C003E C0200-C0225
workshop_soon suspension C0700-C0758
stop brakes C0000-C0FFF
workshop_soon brake_switch P0504 P0571-P0573 P0703 P0719 P0724 P061E P2299
stop brakes P0555-P0559 P050F
stop steering P0550-P0554 P0635-P0637
workshop_soon belt_reminder B00D0-B00D1 B0540-B0543
stop restraints B0001-B00FF B0100-B0138 B0560-B0563
stop brakes U0121-U0122 U0128-U0129 U0137 U0315-U0318 U0415-U0418 U0438
stop steering U0130-U0131 U0134 U0319-U0320 U0419-U0420 U0435
stop restraints U0151-U0154 U0170-U017D U0250 U0452-U0455 U0471-U047E U0551
# High voltage: only for people trained for it.
workshop_soon hybrid P0A00-P0A07 P0A2A-P0A2E P0A30-P0A34 P0A36-P0A3A
stop drive_too_hot P0A2F P0A35 P0A3B-P0A3E P0A7C P0A7E P0A93 P0AF7
stop high_voltage P0A0A-P0A0E P0A27-P0A29 P0A95 P0AA0-P0AAB P0AD9-P0AE7 P0AF8-P0AFB
workshop_soon hybrid P0A0F P0A14-P0A16 P0A86-P0A8F P0AB6-P0AB8 P0A00-P0CFF
# What destroys engine or gearbox within minutes.
stop too_hot P0217 P0298 P2428-P2429 P2560
stop gearbox_too_hot P0218 P2783 P2785-P2787 P070F
stop coolant_pump P2600-P2603
workshop_soon watch_temperature P00B7 P0115-P0119 P0125-P0126 P0128 P011A P261A-P261D
  P2181-P2186 P2678-P2683 P0480-P0485 P0493-P0495 P0526-P0529 P0691-P0696 P2556-P2559 B0300-B0308
stop oil_pressure P0520-P0524 P06DA-P06DD P250F P252F
stop timing_chain P0008-P0009 P0016-P0019
stop fuel_leak P0093-P0094
stop wrong_fuel P0169 P2269
stop gear_unsafe P0893 P2711
stop throttle_unsafe P2105 P2111-P2112 P2172-P2173
workshop_soon misfire P0300-P0316 P0350-P0363 P2300-P2347
# What needs a workshop, and why.
workshop_soon vapour_leak P0455
workshop_soon mixture P0170-P0175 P2096-P2099 P2177-P2180 P2187-P2194
workshop_soon oxygen_sensor P0030-P0064 P0130-P0167 P2195-P2198 P2231-P2256 P2270-P2278
  P2297-P2298 P2A00-P2AFF
workshop_soon injection P0200-P0214 P020A-P020F P021A-P021F P0251-P0296 P02EE-P02F9 P2146-P2157
  P2283-P2292 P2672-P2674
workshop_soon boost P0033-P0035 P0045-P004F P0234-P0250 P0299 P2261-P2263 P2562-P2566
  P2578-P2590
workshop_soon limp_home P0120-P0124 P0220-P0229 P0638-P0639 P2100-P2140 P2163-P2168 P2174-P2176
workshop_soon may_stall P0335-P0349 P0365-P0369 P0385-P0394 P0320-P0323 P0001-P0007 P0087-P0092
  P0176-P0189 P018A-P0194 P0230-P0233 P025A-P025D P0627-P062A P2632-P2636 P2264-P2268
  P2293-P2296 P2539-P2543 P2614-P2619 P2665-P2667 P0370-P0379
workshop_soon catalyst P0420-P0439 P042A-P042D P043A-P043D P2423-P2424
workshop_soon charging P0560-P0563 P0620-P0626 P063A-P063D P065A-P065B P2500-P2504
workshop_soon particle_filter P2002-P2003 P242F P244A-P244C P2452-P2459 P2463
workshop_soon reductant P203A-P205E P206A-P206D P207F P208A-P208F P20A0-P20FF P2000-P2001
  P2200-P2225 P2037-P2064 P229E-P22A2
workshop_soon gearbox P0700-P09FF P2700-P28FF
workshop_soon no_start U0100-U0101 U0107 U0109-U0112 U0115
workshop_soon emission P0400-P0419 P040A-P041F P0486-P0492 P2141-P2145 P213A-P213D P2257-P2260
  P2413 P2425-P2427 P042E-P042F P2430-P2449 P2457 P245A-P245D P0470-P0479 P047A-P047F
  P0544-P0549 P2031-P2036 P2080-P2087 P242A-P242E P0380-P0384 P0670-P0684 P066A-P069D
workshop_soon mixture P0068-P006D P0095-P0114 P010A-P010F P012A-P012E P2226-P2230 P2279-P2282
workshop_soon control_unit P0600-P061F P062B-P062F P0641-P0643 P0651-P0653 P0657-P0659
  P0685-P0690 P0697-P0699
workshop_soon may_stall P0500-P0509 P0511 P0518-P0519 P2158-P2162
workshop_soon limp_home P0010-P0029 P0075-P0086 P2088-P2095 P2645-P2664 P3400-P3499 P0324-P0334
  P0660-P0665 P2004-P2023 P206E-P2071 P2075-P207E P2544-P2555 P2637-P2644
# What can wait for the next visit.
drive_on comfort_or_vapour P0070-P0074 P0440-P0469 P0496-P0499 P043E-P043F P2024-P2030
  P2400-P2412 P240A-P240C P056A-P056B P2418-P2422 P2450-P2451 P0530-P0539 P0564-P0570
  P0574-P0596 P0645-P0649 P0624 P0656 P2065-P2069 P2515-P2524 P2561 P2611-P2613 B0200-B0448
workshop_soon lights B0500-B0513
workshop_soon warning_lamp B0515-B0568
drive_on comfort_or_vapour U0156-U0166 U0184-U0198 U0208-U0211 U0229 U0234 U0237-U0238
  U0245-U0249 U0457-U0459 U045A-U0466 U0485-U0499 U0509-U0512 U050A U052A U0535 U0546-U054A
# Whatever is left of the data buses.
workshop_soon bus U0001-U00FF U3000-U3FFF
workshop_soon silent_unit U0100-U05FF
"""


def _read(rows: str) -> Iterator[tuple[str, Verdict]]:
    """Rows of `step reason spans`; indented lines go on, lines with # explain."""
    for row in rows.strip().replace("\n  ", " ").splitlines():
        if not row.startswith("#"):
            step, reason, spans = row.split(" ", 2)
            yield spans, Verdict(cast("Step", step), reason)


_TABLE = SpanTable(_read(_ROWS))
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
