"""The names that programs and languages give to a signal, and how to find its key."""

import re
from functools import cache, lru_cache

from portal.diagnostics.obd.signals import KNOWN

# One line per signal: what Torque, Car Scanner, OBD Auto Doctor, carOBD and their translations
# print. Case, punctuation and brackets do not count (`_plain`).
_NAMES = """
engine_load | calculated engine load value | calculated load value | engine load | engine load calculated | berechneter lastwert | motorlast | calculated engine load | charge moteur calculee | calculated load | расчетная нагрузка на двигатель
coolant_temperature | engine coolant temperature | coolant temperature | coolant temp | kühlmitteltemperatur | motorkühlmitteltemperatur | kühlwassertemperatur | temperatura liquido raffreddamento | température du liquide de refroidissement | ect | температура охлаждающей жидкости
short_term_fuel_trim_bank_1 | fuel trim bank 1 short term | short term fuel trim bank 1 | short term fuel bank 1 | kurzzeit kraftstoffkorrektur bank 1 | short fuel trim 1 | stft bank 1
long_term_fuel_trim_bank_1 | fuel trim bank 1 long term | long term fuel trim bank 1 | langzeit kraftstoffkorrektur bank 1 | long fuel trim 1 | ltft bank 1
short_term_fuel_trim_bank_2 | fuel trim bank 2 short term | short term fuel trim bank 2 | kurzzeit kraftstoffkorrektur bank 2 | stft bank 2
long_term_fuel_trim_bank_2 | fuel trim bank 2 long term | long term fuel trim bank 2 | langzeit kraftstoffkorrektur bank 2 | ltft bank 2
fuel_pressure | fuel pressure | fuel pressure gauge | kraftstoffdruck
intake_manifold_pressure | intake manifold pressure | intake manifold absolute pressure | manifold absolute pressure | saugrohrdruck | saugrohrdruck absolut | map | pression collecteur admission | абсолютное давление во впускном коллекторе
engine_rpm | engine rpm | rpm | engine speed | motordrehzahl | drehzahl | régime moteur | giri motore | обороты двигателя
vehicle_speed | vehicle speed | vehicle speed sensor | speed obd | speed | obd speed | geschwindigkeit | fahrzeuggeschwindigkeit | vitesse du véhicule | vitesse obd | velocità veicolo | скорость автомобиля
timing_advance | timing advance | ignition timing advance | zündzeitpunkt | zündwinkel | avance à l'allumage
intake_air_temperature | intake air temperature | intake air temp | intake temperature | ansauglufttemperatur | température air admission | iat | температура воздуха на впуске
mass_air_flow | mass air flow rate | maf air flow rate | air flow rate from mass flow sensor | mass air flow | maf | luftmasse | luftmassenstrom | débit d'air massique
throttle_position | throttle position manifold | throttle position | absolute throttle position | throttle | drosselklappe absolut | drosselklappenstellung | drosselklappe | absolute throttle position a | position papillon
engine_run_time | run time since engine start | time since engine start | engine run time | engine run tine | laufzeit seit motorstart | betriebszeit seit motorstart
distance_with_mil | distance travelled with mil cel lit | distance traveled with mil on | distance travelled with mil on | distance traveled while mil is activated | distanz mit mil | fahrstrecke mit mil an
fuel_rail_pressure_relative | fuel rail pressure relative to manifold vacuum | fuel rail pressure relative
fuel_rail_pressure | fuel rail pressure | fuel rail gauge pressure | raildruck | kraftstoffverteilerdruck
commanded_egr | egr commanded | commanded egr | agr soll | agr sollwert | rge commandé
egr_error | egr error | agr fehler | agr abweichung
commanded_evaporative_purge | commanded evaporative purge | evaporative purge | commanded evap purge | tankentlüftung soll
fuel_level | fuel level from engine ecu | fuel level | fuel level input | fuel tank level input | fuel tank | tankfüllstand | kraftstoffstand | tankinhalt
warm_ups_since_cleared | warm ups since codes cleared | number of warm ups since codes cleared | warmläufe seit löschen
distance_since_cleared | distance travelled since codes cleared | distance traveled since codes cleared | distance since codes cleared | fahrstrecke seit löschen der fehler | fahrstrecke seit fehlerlöschung
evaporative_system_pressure | evap system vapor pressure | evap system vapour pressure
barometric_pressure | barometric pressure from vehicle | barometric pressure | absolute barometric pressure | luftdruck | umgebungsluftdruck | barometrischer druck
control_module_voltage | voltage control module | control module voltage | steuergerätespannung | spannung steuergerät | bordspannung steuergerät
absolute_load | engine load absolute | absolute load value | absoluter lastwert | absolute motorlast
commanded_equivalence_ratio | commanded equivalence ratio lambda | fuel air commanded equivalence ratio | commanded equivalence ratio | fuel air commanded equiv ratio | commanded air fuel equivalence ratio
relative_throttle_position | relative throttle position | drosselklappe relativ | relative drosselklappenstellung
ambient_air_temperature | ambient air temp | ambient air temperature | außentemperatur | umgebungslufttemperatur
throttle_position_b | absolute throttle position b | absolute throttle b | drosselklappe absolut b
throttle_position_c | absolute throttle position c | absolute throttle c
accelerator_pedal_position_d | accelerator pedalposition d | accelerator pedal position d | pedal d | fahrpedal d | fahrpedalstellung d
accelerator_pedal_position_e | accelerator pedalposition e | accelerator pedal position e | pedal e | fahrpedal e | fahrpedalstellung e
accelerator_pedal_position_f | accelerator pedalposition f | accelerator pedal position f | pedal f | fahrpedal f | fahrpedalstellung f
commanded_throttle_actuator | commanded throttle actuator control | commanded throttle actuator | drosselklappe soll
time_with_mil | time run with mil on | run time with mil on | engine running with mil on | minutes run by the engine while mil activated
time_since_cleared | time since trouble codes cleared | time since codes cleared | zeit seit löschen der fehler
ethanol_share | ethanol fuel | ethanol fuel percent | alcohol fuel percentage
evaporative_system_absolute_pressure | absolute evap system vapor pressure
fuel_rail_absolute_pressure | fuel rail absolute pressure | fuel rail pressure absolute
relative_accelerator_pedal_position | relative accelerator pedal position | fahrpedal relativ
hybrid_battery_charge | hybrid battery charge | hybrid ev battery charge | hybrid battery pack remaining life
engine_oil_temperature | engine oil temperature | öltemperatur | motoröltemperatur
fuel_injection_timing | fuel injection timing | einspritzzeitpunkt
engine_fuel_rate | engine fuel rate | fuel rate direct from ecu | kraftstoffverbrauch je stunde
demanded_torque | drivers demand engine percent torque | driver s demand engine percent torque
actual_torque | actual engine percent torque
reference_torque | engine reference torque
odometer | odometer | odometer from ecu | kilometerstand
adapter_voltage | voltage obd adapter | obd module voltage | spannung obd adapter | adapterspannung | adapter voltage
gps_speed | gps speed | speed gps | gps geschwindigkeit
"""  # noqa: E501  # one line per signal reads best as a table

# The short names of SAE J1979, which some programs print.
_SHORT = """
engine_load load_pct clv
coolant_temperature ect
short_term_fuel_trim_bank_1 shrtft1
long_term_fuel_trim_bank_1 longft1
short_term_fuel_trim_bank_2 shrtft2
long_term_fuel_trim_bank_2 longft2
fuel_pressure frp_gauge
vehicle_speed vss
timing_advance sparkadv
throttle_position tp
engine_run_time runtm
distance_with_mil mil_dist
fuel_rail_pressure frp
fuel_rail_pressure_relative frp_rel
commanded_egr egr_pct
egr_error egr_err
commanded_evaporative_purge evap_pct
fuel_level fli
warm_ups_since_cleared warm_ups
distance_since_cleared clr_dist
barometric_pressure baro
control_module_voltage vpwr
absolute_load load_abs
commanded_equivalence_ratio eq_rat
relative_throttle_position tp_r
ambient_air_temperature aat
accelerator_pedal_position_d app_d
accelerator_pedal_position_e app_e
accelerator_pedal_position_f app_f
commanded_throttle_actuator tac_pct
time_with_mil mil_time
time_since_cleared clr_time
ethanol_share alch_pct
engine_oil_temperature eot
engine_fuel_rate fuel_rate
"""

_OXYGEN = (
    (r"o2 volts bank (\d) sensor (\d)", "o2_voltage_bank_{}_sensor_{}"),
    (r"oxygen sensor (?P<s>\d) bank (?P<b>\d) voltage", "o2_voltage_bank_{b}_sensor_{s}"),
    (r"oxygen sensor (?P<s>\d) bank (?P<b>\d) short term fuel trim", "o2_fuel_trim_bank_{b}_sensor_{s}"),  # noqa: E501  # table
    (r"o2 bank (\d) sensor (\d) voltage", "o2_voltage_bank_{}_sensor_{}"),
    (r"o2 bank (\d) sensor (\d) wide range voltage", "o2_wide_voltage_bank_{}_sensor_{}"),
    (r"o2 bank (\d) sensor (\d) wide range equivalence ratio(?: λ)?", "lambda_bank_{}_sensor_{}"),
    (r"o2 bank (\d) sensor (\d) wide range current", "o2_current_bank_{}_sensor_{}"),
    (r"o2 sensor(\d) equivalence ratio(?: alternate)?", "lambda_bank_1_sensor_{}"),
    (r"oxygen sensor (\d) wide range equivalence ratio", "lambda_bank_1_sensor_{}"),
    (r"oxygen sensor (\d) wide range voltage", "o2_wide_voltage_bank_1_sensor_{}"),
    (r"catalyst temperature ?bank ?(\d) sensor ?(\d)", "catalyst_temperature_bank_{}_sensor_{}"),
    (r"(?:kat|katalysator)temperatur bank (\d) sensor (\d)", "catalyst_temperature_bank_{}_sensor_{}"),  # noqa: E501  # table
)  # fmt: skip
_PATTERNS = [(re.compile(pattern), key) for pattern, key in _OXYGEN]

# What the phone's program works out by itself: shown, never judged.
_CALCULATED = re.compile(
    r"^calc |^calculated boost|turbo boost|power|horsepower|\bhp\b|\bkw\b|rpm x1000|average"
    r"|acceleration|distance travelled|trip|consumption|verbrauch"
    r"|fuel (?:cost|used|flow|economy|remaining)"
    r"|per (?:100|gallon|litre|liter|kilomet|mile)|\bmpg\b|\bkpl\b|co₂|co2|torque|efficiency"
    r"|percentage of|cost|barometer|\bg [xyz]\b|g calibrated|0 60|0 100|economy|durchschnitt"
)
_POSITION = re.compile(
    r"^(?:aux )?(?:gps )?(?:longitude|longtitude|latitude|altitude|bearing|breitengrad|längengrad"
    r"|höhe)$|horizontal dilution|^gps (?:accuracy|satellites|vs obd)|satellites"
)


def find_key(name: str) -> str | None:
    """The key of a printed signal name, None if the name is not known to us."""
    return _find(_plain(name))


def is_calculated(name: str) -> bool:
    return bool(_CALCULATED.search(_plain(name)))


def is_position(name: str) -> bool:
    """Where the car was: not kept."""
    return bool(_POSITION.search(_plain(name)))


def own_key(name: str) -> str:
    """A key for a signal that we do not know, made from its printed name."""
    return re.sub(r"\W+", "_", name.casefold()).strip("_")[:60] or "signal"


@lru_cache(maxsize=4096)
def _find(plain: str) -> str | None:
    if key := _by_name().get(plain):
        return key
    for pattern, key in _PATTERNS:
        if match := pattern.fullmatch(plain):
            named = match.groupdict()
            found = key.format(**named) if named else key.format(*match.groups())
            return found if found in KNOWN else None
    return None


def _plain(name: str) -> str:
    """`[ECM] Short term fuel % trim - Bank 1` → `short term fuel trim bank 1`"""
    without_ecu = re.sub(r"^\s*\[[A-Z0-9/ ]{2,12}\]\s*", "", name)
    return " ".join(re.sub(r"[\W_]+", " ", without_ecu.casefold()).split()).removeprefix("sae ")


@cache
def _by_name() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _NAMES.strip().splitlines():
        key, *names = (part.strip() for part in line.split("|"))
        table |= {_plain(name): key for name in names} | {_plain(key): key}
    for line in _SHORT.strip().splitlines():
        key, *names = line.split()
        table |= {_plain(name): key for name in names}
    return table
