"""What the rules say, in English."""

from portal.diagnostics.rules.rule_text import RuleText, Texts

_RULES = {
    "lean_mixture": RuleText(
        "Fuel correction (lean)",
        ok="The fuel correction is {trim} % when warm (bank {bank}): inconspicuous.",
        found="The control unit enriches bank {bank} by {trim} % when warm (long-term correction "
        "up to {long_trim} %). Unmetered air, low fuel pressure or an air mass meter that reads "
        "too little are possible.",
        next_step="Smoke-test the intake, then measure fuel pressure under load and check the air "
        "mass meter against its set value.",
        needs="30 s of warm driving in closed loop",
    ),
    "rich_mixture": RuleText(
        "Fuel correction (rich)",
        ok="The fuel correction is {trim} % when warm (bank {bank}): not too rich.",
        found="The control unit leans bank {bank} by {trim} % when warm. A leaking injector, high "
        "fuel pressure or a tank ventilation that stays open are possible.",
        next_step="Disconnect the purge valve and watch the correction, then check pressure "
        "regulator and injectors for dripping.",
        needs="30 s of warm driving in closed loop",
    ),
    "vacuum_leak_pattern": RuleText(
        "Unmetered air",
        ok="Idle {idle} %, steady driving {cruise} % (bank {bank}): no pattern of unmetered air.",
        found="Bank {bank} needs {idle} % correction at idle and only {cruise} % at steady speed. "
        "This difference of {difference} points is typical of unmetered air.",
        next_step="Smoke-test the intake, above all manifold gasket, vacuum hoses and crankcase "
        "ventilation.",
        needs="30 s each of warm idle and of steady driving",
    ),
    "fuel_starvation_pattern": RuleText(
        "Fuel supply",
        ok="Load is not enriched more than idle (bank {bank}: {idle} % and {load} %).",
        found="Bank {bank} is enriched by {load} % under load and by {idle} % at idle. This "
        "pattern fits fuel starvation or an air mass meter that reads too little.",
        next_step="Measure fuel pressure and delivery under load, check the filter, then compare "
        "the air mass meter with a good one.",
        needs="warm: 30 s each of idle and steady driving, or 10 s above 60 % load",
    ),
    "bank_difference": RuleText(
        "Comparison of banks",
        ok="Both banks are {difference} points apart: inconspicuous.",
        found="The long-term corrections are {difference} points apart (bank 1: {bank_1} %, bank "
        "2: {bank_2} %). The cause sits on one side.",
        next_step="Look for a leak before the sensor and at the manifold of the lean side, swap "
        "the sensors.",
        needs="30 s of warm running with corrections of both banks",
    ),
    "open_loop_warm": RuleText(
        "Lambda control",
        ok="The control loop is closed when warm.",
        found="The control loop stays open for {seconds} s when warm (status {status}). Meanwhile "
        "the mixture is not controlled.",
        next_step="Check signal and heater of the front sensor, and the fuse of the heater.",
        needs="60 s of warm idle or steady driving",
    ),
    "thermostat_open": RuleText(
        "Thermostat",
        ok="The engine reaches {highest} °C and keeps its temperature: thermostat inconspicuous.",
        found="After {minutes} min and {kilometres} km the engine reaches only {highest} °C. The "
        "thermostat probably does not close.",
        next_step="Feel or measure how the upper radiator hose warms up: if it gets warm early, "
        "replace the thermostat.",
        needs="a start below 50 °C with more than 20 min and 10 km of driving, or 80 °C on the way",
        variants={
            "drop": "At speed the coolant falls by {drop} K to {lowest} °C. The thermostat "
            "probably does not close."
        },
    ),
    "overheating": RuleText(
        "Coolant temperature",
        ok="The coolant stays at {highest} °C at most.",
        found="The coolant gets {highest} °C hot. Please do not drive on until the cause is known.",
        next_step="Check coolant level, fan, water pump and thermostat, pressure-test the cooling "
        "system; if pressure builds up when cold, test for exhaust gas.",
        needs="10 s of running with coolant temperature",
    ),
    "coolant_sensor": RuleText(
        "Coolant sensor",
        ok="The coolant temperature shows no jumps and no impossible values.",
        found="The coolant temperature jumps {jumps} times by more than 15 K in 2 s. No coolant "
        "changes that fast.",
        next_step="Move plug and wiring of the sensor with the engine running, measure its "
        "resistance against the curve.",
        needs="coolant temperature over 30 s",
        variants={
            "impossible": "The sensor reports {worst} °C, which suggests an open or short circuit.",
            "cold_start": "At the start coolant and intake air differ by {difference} K although "
            "the engine was cold.",
        },
    ),
    "rough_idle": RuleText(
        "Idle smoothness",
        ok="When warm the idle varies by no more than {sigma} rpm.",
        found="When warm the idle varies by {sigma} rpm (deviation, {windows} stretches).",
        next_step="Read the misfire counters of each cylinder, check throttle and ignition, "
        "compare compression.",
        needs="three stretches of warm idle without pedal, 11 s or longer each",
    ),
    "misfire": RuleText(
        "Misfires",
        ok="No misfires are reported.",
        found="Cylinder {cylinder} has counted {count} misfires.",
        next_step="Swap spark plug and coil with another cylinder and read the counters again; if "
        "the fault does not move along, check injector and compression.",
        needs="misfire counters (service 06) or completely read trouble codes",
        variants={
            "one_cylinder": "Cylinder {cylinder} has counted {count} misfires, far more than the "
            "others.",
            "codes": "The control unit reports misfires: {codes}.",
        },
    ),
    "catalyst": RuleText(
        "Catalyst",
        ok="The rear sensor of bank {bank} switches {ratio} times as often as the front one: the "
        "catalyst stores oxygen.",
        found="The rear sensor of bank {bank} switches {ratio} times as often as the front one. "
        "The catalyst stores little oxygen.",
        next_step="First check the exhaust before the rear sensor for leaks, then judge the "
        "catalyst (look, back pressure).",
        needs="30 s of warm driving from 20 km/h on, narrowband sensors front and rear with 2 "
        "values a second each",
    ),
    "slow_front_sensor": RuleText(
        "Front sensor",
        ok="The front sensor of bank {bank} switches {crossings} times in 10 s.",
        found="The front sensor of bank {bank} switches only {crossings} times in 10 s. It has "
        "aged or is contaminated.",
        next_step="Excite the sensor with propane and an artificial leak and measure its response "
        "with an oscilloscope.",
        needs="20 s of steady driving, narrowband sensor with 5 values a second",
    ),
    "rear_sensor_lean": RuleText(
        "Rear sensor",
        ok="The rear sensor of bank {bank} is at {voltage} V.",
        found="The rear sensor of bank {bank} is at {voltage} V although the mixture is right. "
        "That fits an exhaust leak before the sensor.",
        next_step="Smoke-test the exhaust between manifold and rear sensor, then measure the "
        "sensor against ground.",
        needs="20 s of steady driving with a narrowband rear sensor and a normal fuel correction",
    ),
    "rest_voltage": RuleText(
        "Voltage at rest",
        ok="With the engine off there are {voltage} V.",
        found="With the engine off there are only {voltage} V. The battery is discharged or old.",
        next_step="Charge the battery, load-test it, then measure the closed-circuit current.",
        needs="3 s of ignition on with the engine off",
        variants={
            "adapter": "The adapter measures {voltage} V with the engine off. Adapters read low: "
            "this is a hint, not a finding."
        },
    ),
    "charging_voltage": RuleText(
        "Charging voltage",
        ok="The charging voltage is {voltage} V.",
        found="Above 1,000 rpm there are only {voltage} V for at least 60 s. The alternator "
        "charges too little.",
        next_step="Measure the voltage at the battery, check belt, ground strap and regulator.",
        needs="60 s above 1,000 rpm with the voltage of the control unit",
        variants={
            "high": "Above 1,000 rpm there are {voltage} V for at least 60 s. The regulator "
            "charges too much."
        },
    ),
    "cranking_voltage": RuleText(
        "Cranking voltage",
        ok="When cranking the voltage falls only to {lowest} V.",
        found="When cranking the voltage breaks down to {lowest} V.",
        next_step="Load-test the battery, measure the voltage drop at the starter's plus and "
        "ground cables.",
        needs="one start of the engine with 5 voltage values a second",
        variants={
            "adapter": "When cranking the adapter shows {lowest} V. Adapters read low: this is a "
            "hint, not a finding."
        },
    ),
    "air_mass_against_filling": RuleText(
        "Air mass against filling",
        ok="The measured air mass fits the filling (ratio {ratio}).",
        found="The measured air mass does not fit the filling (ratio {ratio}, expected 0.65 to "
        "1.05).",
        next_step="Clean or compare the air mass meter, check the intake for leaks and the exhaust "
        "gas recirculation for sticking.",
        needs="30 s of steady driving with air mass, manifold pressure and intake temperature, and "
        "the displacement",
    ),
    "manifold_against_ambient": RuleText(
        "Manifold pressure with the engine off",
        ok="With the engine off manifold and ambient pressure agree within {difference} kPa.",
        found="With the engine off manifold ({manifold} kPa) and ambient pressure ({ambient} kPa) "
        "differ by {difference} kPa.",
        next_step="Compare both with the air pressure of the place and check the sensor that "
        "deviates.",
        needs="3 s of ignition on with the engine off, with manifold and ambient pressure",
    ),
    "manifold_at_idle": RuleText(
        "Manifold pressure at idle",
        ok="At idle the manifold is at {pressure} kPa.",
        found="At warm idle the manifold is at {pressure} kPa: too little vacuum. Unmetered air, "
        "wrong valve timing or a stuck EGR valve are possible.",
        next_step="Smoke test, then check valve timing and compression.",
        needs="15 s of warm idle of a naturally aspirated engine with a throttle",
    ),
    "boost_deviation": RuleText(
        "Boost pressure",
        ok="Boost follows its target within {difference} kPa.",
        found="Under load boost stays {difference} kPa below its target for at least 3 s.",
        next_step="Pressure-test the charge-air path, check vacuum unit and adjustment of the "
        "turbocharger.",
        needs="3 s above 60 % load with commanded and actual boost",
    ),
    "rail_pressure": RuleText(
        "Rail pressure",
        ok="Rail pressure follows its target within {deviation} %.",
        found="Rail pressure is {deviation} % off its target for at least 5 s.",
        next_step="Compare the injectors' return flows, check pressure control valve and pump.",
        needs="30 s of running with commanded and actual rail pressure",
    ),
    "egr_error": RuleText(
        "Exhaust gas recirculation",
        ok="Exhaust gas recirculation follows its command (error {error} %).",
        found="Exhaust gas recirculation is {error} % off its command of {commanded} % for at "
        "least 30 s. The valve sticks or is coked.",
        next_step="Actuator test, take out the valve and look for deposits.",
        needs="30 s in which the valve is commanded between 5 and 95 %",
    ),
    "particulate_filter": RuleText(
        "Particulate filter",
        ok="The differential pressure at idle is {pressure} kPa.",
        found="The differential pressure at idle is {pressure} kPa. The filter is heavily loaded "
        "or the pressure pipes are blocked.",
        next_step="Check the pressure pipes, read loading and ash with the maker's tester, ask for "
        "the driving profile.",
        needs="15 s of warm idle without regeneration, with differential pressure",
    ),
    "throttle_at_idle": RuleText(
        "Throttle at idle",
        ok="At idle the throttle is at {position} %.",
        found="At idle the throttle has to open {position} %. It is dirty or not adapted.",
        next_step="Clean and adapt the throttle, then measure again.",
        needs="15 s of warm idle with relative throttle position",
    ),
    "pedal_sensors": RuleText(
        "Pedal sensors",
        ok="Both sensors of the accelerator pedal agree (correlation {correlation}).",
        found="The two sensors of the accelerator pedal drift apart (correlation {correlation}).",
        next_step="Record both signals while pressing the pedal slowly, check plug and ground, "
        "replace the pedal module.",
        needs="a moving accelerator pedal with both sensors",
    ),
    "not_ready": RuleText(
        "Readiness",
        ok="All monitors of the emission control are complete.",
        found="Monitors of the emission control that are not complete ({count}): {monitors}.",
        next_step="Do not go to the emission test yet: drive a cycle first (cold start, town, "
        "country road, overrun) and read again.",
        needs="the readiness of all control units",
    ),
    "recently_cleared": RuleText(
        "Clearing of codes",
        ok="Since the codes were cleared: {kilometres} km, {warm_ups} warm-ups.",
        found="The codes were cleared not long ago ({kilometres} km, {warm_ups} warm-ups). Faults "
        "that need a longer drive may still be missing.",
        next_step="Read again after a week of driving; with a used car ask for the reason.",
        needs="kilometres or warm-ups since codes were cleared",
    ),
    "driven_with_lamp": RuleText(
        "Driven with the warning lamp on",
        ok="The car was not driven with the engine warning lamp on.",
        found="The car was driven {kilometres} km with the engine warning lamp on.",
        next_step="Work on the stored codes first and look for damage that followed (catalyst, "
        "turbocharger).",
        needs="the distance with the warning lamp on",
    ),
    "permanent_without_stored": RuleText(
        "Permanent codes",
        ok="Each permanent code is stored as well.",
        found="Permanent, but no longer stored: {codes}. The memory was cleared, and the control "
        "unit has not confirmed the repair yet.",
        next_step="Check the cause of the code and drive its cycle until the permanent code goes.",
        needs="completely read stored and permanent codes",
    ),
    "recurring_code": RuleText(
        "Recurring faults",
        ok="No code of today had been gone and came back.",
        found="Was gone, is back: {codes}. The cause has not been removed so far.",
        next_step="Look at earlier work on this fault and search the cause instead of the part, "
        "plug and wiring included.",
        needs="an earlier visit with completely read codes",
    ),
    "software_changed": RuleText(
        "Software version",
        ok="The software of the control units is the same as at the last visit.",
        found="The software was changed since the last visit: {ecus}. An update or a tuning is "
        "possible.",
        next_step="Ask about updates and compare the version with the maker.",
        needs="an earlier visit with software versions",
        variants={
            "same_name": "The checksum of the software has changed, its name has not: {ecus}. "
            "Tuning does that."
        },
    ),
    "odometer": RuleText(
        "Odometer",
        ok="The odometer at {now} km fits the last visit.",
        found="Today {now} km, at the last visit {before} km: {difference} km less. A typing error "
        "or a rollback.",
        next_step="Read the odometer in the car and compare with earlier documents.",
        needs="an odometer reading of today and one of earlier",
    ),
    "recording_quality": RuleText(
        "Quality of the recording",
        ok="The recording has no gaps.",
        found="The recording has {gaps} gaps of more than 5 s (longest {longest} s).",
        next_step="Check adapter and distance to the phone, record fewer signals at once.",
        needs="a recording over time",
        variants={
            "frozen": "All values stand still for {frozen} s while driving: the connection was "
            "frozen.",
            "broken_rows": "{broken} of {rows} rows cannot be read and were not judged.",
        },
    ),
    "consumption_monitor": RuleText(
        "Fuel consumption monitor (OBFCM)",
        ok="The vehicle tells its real consumption (OBFCM).",
        found="The vehicle is of {year} but does not tell its real consumption (OBFCM).",
        next_step="Check the software version; these data are read at the periodic inspection.",
        needs="first registration and vehicle data (service 09)",
    ),
}

TEXTS = Texts(
    rules=_RULES,
    reasons={
        "window_too_short": "Only {seconds} s of the recording were suitable.",
        "sampled_too_slowly": "At {hertz} values a second it was measured too rarely.",
        "zero_may_mean_nothing": "This program writes 0 where a value is missing.",
        "codes_incomplete": "Trouble codes were not read from all control units.",
        "first_registration_unknown": "The first registration is not known.",
        "before_obfcm": "It is not prescribed for vehicles of {year}.",
        "smart_charging": "The voltage varies on purpose: the car charges on demand.",
        "adapter_only": "Only the adapter measured the voltage; it reads low.",
        "unthrottled": "The engine works without a throttle (diesel or valve lift control).",
        "charged": "The engine is turbocharged.",
        "fuel_unknown": "The recording does not tell whether this is a petrol engine.",
        "recirculating": "It is not known whether exhaust gas was recirculated.",
        "displacement_unknown": "The displacement is not known.",
        "no_cold_start": "The engine was warm at the start and did not get hotter.",
        "trip_too_short": "The trip was too short to judge ({minutes} min, {kilometres} km).",
        "trims_unusual": "The fuel correction is itself conspicuous and hides this judgement.",
        "pedal_at_rest": "The pedal was hardly moved.",
        "no_start_seen": "No start of the engine is included.",
        "no_earlier_visit": "There is no earlier visit to compare with.",
        "not_commanded": "Exhaust gas recirculation was closed or commanded only shortly.",
        "no_drive": "The file holds nothing over time.",
        "not_moving": "The front sensor hardly switches: a comparison would be pointless.",
    },
    sources={
        "trouble_codes": "the trouble codes",
        "commanded_boost_pressure_a": "boost pressure, commanded",
        "boost_pressure_a": "boost pressure, actual",
        "commanded_fuel_rail_pressure_a": "rail pressure, commanded",
        "fuel_rail_pressure_a": "rail pressure, actual",
        "readiness": "readiness",
        "permanent_codes": "the permanent codes",
        "monitor_results": "the misfire counters (service 06)",
        "obfcm": "the consumption monitor (service 09)",
        "calibrations": "the software version (service 09)",
    },
    final={"before_obfcm", "charged", "unthrottled", "smart_charging"},
    missing="Not in the recording: {signals}.",
    needs="What is needed: {needs}.",
    record_again="Record again to judge: {needs}.",
)
