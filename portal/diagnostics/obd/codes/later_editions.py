# ruff: noqa: E501  # a table: one row a line
"""Codes of later editions of SAE J2012 that the usual lists lack, as far as they are certain."""

WORDS = """
camshaft_profile | Nockenprofilumschaltung {0}, Bank {1} | Camshaft profile control {0}, bank {1}
boost_unit | Steuergerät der Ladedruckregelung | Boost control module
coolant_flow | Kühlmittelstrom | Coolant flow
air_mass_flow | Luftmassenmesser {0}, Luftmasse | Mass air flow sensor {0}, air flow
rail_pressure_start | Kraftstoffdruck im Rail | Fuel rail pressure
charge_cooler | Ladeluftkühler | Charge air cooler
injection_quantity | Einspritzmenge | Injection quantity
diesel_throttle | Drosselklappe des Dieselmotors | Diesel intake throttle
diesel_throttle_sensor | Lagegeber der Drosselklappe des Dieselmotors | Diesel intake throttle position sensor
crankcase | Kurbelgehäuseentlüftung | Crankcase ventilation
cold_camshaft | Nockenwelle {0}, Bank {1}, beim Kaltstart | Camshaft {0}, bank {1}, at cold start
cold_fuel_pressure | Kraftstoffdruck beim Kaltstart | Fuel pressure at cold start
oil_pressure_valve | Regelventil des Öldrucks | Oil pressure control valve
reductant_pump | AdBlue-Förderpumpe | Reductant pump
reductant_heater | AdBlue-Heizung {0} | Reductant heater {0}
reductant_pressure | AdBlue-Druck | Reductant pressure
scr | SCR-Katalysator Bank {0} | SCR catalyst bank {0}
filter_restricted | Partikelfilter zugesetzt | Particle filter restricted
soot_sensor | Partikelsensor, Bank 1 | Particulate matter sensor, bank 1
coolant_pump_b | Kühlmittelpumpe B | Coolant pump B
"""

RUNS = """
P001A camshaft_profile:A,1 OUTPUT
P001D camshaft_profile:A,2 OUTPUT
P00AF boost_unit performance
P00B7 coolant_flow too_low
P00BC air_mass_flow:A too_low too_high
P00BE air_mass_flow:B too_low too_high
P00C6 rail_pressure_start pressure_low_cranking
P026A charge_cooler inefficient
P026C injection_quantity too_low too_high
P02E0 diesel_throttle drive_open performance drive_low drive_high stuck_open stuck_closed
P02E6 diesel_throttle_sensor SENSOR
P02EE * range injector:1 injector:2 injector:3 injector:4 injector:5 injector:6 injector:7 injector:8
P04DB crankcase leak
P052A cold_camshaft:A,1 too_early over_retarded
P052C cold_camshaft:A,2 too_early over_retarded
P053F cold_fuel_pressure performance
P054A cold_camshaft:B,1 too_early over_retarded
P054C cold_camshaft:B,2 too_early over_retarded
P06DA oil_pressure_valve OUTPUT
P06DD oil_pressure_valve stuck_off
P208A reductant_pump drive_open performance drive_low drive_high
P208E reductant_injector:1,1 stuck_closed
P20B9 reductant_heater:A OUTPUT4
P20BD reductant_heater:B OUTPUT4
P20C1 reductant_heater:C OUTPUT4
P20E8 reductant_pressure too_low too_high
P20EE scr:1 inefficient
P20EF scr:2 inefficient
P229E nox_sensor:1,2 circuit range low high sporadic
P244B filter_pressure:1 too_high
P246C filter_restricted forced_power
P24AE soot_sensor SENSOR4
P261A coolant_pump_b OUTPUT4
"""
