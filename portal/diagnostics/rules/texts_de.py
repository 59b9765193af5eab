"""Was die Regeln sagen, wie es in der Werkstatt gesprochen wird."""

from portal.diagnostics.rules.rule_text import RuleText, Texts

_RULES = {
    "lean_mixture": RuleText(
        "Gemischkorrektur (mager)",
        ok="Die Gemischkorrektur liegt betriebswarm bei {trim} % (Bank {bank}): unauffällig.",
        found="Das Steuergerät fettet Bank {bank} betriebswarm um {trim} % an "
        "(Langzeitkorrektur bis {long_trim} %). Möglich sind Falschluft, zu wenig "
        "Kraftstoffdruck oder ein Luftmassenmesser, der zu wenig anzeigt.",
        next_step="Ansaugtrakt mit Nebel abdrücken, danach Kraftstoffdruck unter Last messen und "
        "den Luftmassenmesser gegen Sollwert prüfen.",
        needs="30 s betriebswarme Fahrt mit geschlossenem Regelkreis",
    ),
    "rich_mixture": RuleText(
        "Gemischkorrektur (fett)",
        ok="Die Gemischkorrektur liegt betriebswarm bei {trim} % (Bank {bank}): nicht zu fett.",
        found="Das Steuergerät magert Bank {bank} betriebswarm um {trim} % ab. Möglich sind ein "
        "undichter Injektor, zu hoher Kraftstoffdruck oder eine dauernd offene Tankentlüftung.",
        next_step="Tankentlüftungsventil abklemmen und Korrektur beobachten, dann Druckregler und "
        "Injektoren auf Nachtropfen prüfen.",
        needs="30 s betriebswarme Fahrt mit geschlossenem Regelkreis",
    ),
    "vacuum_leak_pattern": RuleText(
        "Falschluft",
        ok="Leerlauf {idle} %, Konstantfahrt {cruise} % (Bank {bank}): kein Falschluft-Muster.",
        found="Bank {bank} braucht im Leerlauf {idle} % Korrektur, bei Konstantfahrt nur "
        "{cruise} %. Dieser Unterschied von {difference} Punkten ist typisch für Falschluft.",
        next_step="Nebelprobe am Ansaugtrakt, besonders Saugrohrdichtung, Unterdruckschläuche "
        "und Kurbelgehäuseentlüftung.",
        needs="je 30 s betriebswarmer Leerlauf und Konstantfahrt",
    ),
    "fuel_starvation_pattern": RuleText(
        "Kraftstoffversorgung",
        ok="Unter Last wird nicht stärker angefettet als im Leerlauf (Bank {bank}: {idle} % und "
        "{load} %).",
        found="Bank {bank} wird unter Last um {load} % angefettet, im Leerlauf um {idle} %. "
        "Dieses Muster passt zu Kraftstoffmangel oder einem Luftmassenmesser, der zu wenig "
        "anzeigt.",
        next_step="Kraftstoffdruck und Fördermenge unter Last messen, Filter prüfen, dann den "
        "Luftmassenmesser gegen einen geprüften vergleichen.",
        needs="betriebswarm je 30 s Leerlauf und Konstantfahrt oder 10 s mit mehr als 60 % Last",
    ),
    "bank_difference": RuleText(
        "Vergleich der Bänke",
        ok="Beide Bänke liegen {difference} Punkte auseinander: unauffällig.",
        found="Die Langzeitkorrekturen liegen {difference} Punkte auseinander (Bank 1: {bank_1} "
        "%, Bank 2: {bank_2} %). Die Ursache sitzt auf einer Seite.",
        next_step="Auf der mageren Seite nach Leck vor der Sonde und am Saugrohr suchen, Sonden "
        "quer tauschen.",
        needs="30 s betriebswarmer Lauf mit Korrekturwerten beider Bänke",
    ),
    "open_loop_warm": RuleText(
        "Lambdaregelung",
        ok="Der Regelkreis ist betriebswarm geschlossen.",
        found="Der Regelkreis bleibt betriebswarm {seconds} s lang offen (Status {status}). Die "
        "Lambdaregelung arbeitet in dieser Zeit nicht.",
        next_step="Signal und Heizung der Vordersonde prüfen, Sicherung der Sondenheizung messen.",
        needs="60 s betriebswarmer Leerlauf oder Konstantfahrt",
    ),
    "thermostat_open": RuleText(
        "Thermostat",
        ok="Der Motor erreicht {highest} °C und hält seine Temperatur: Thermostat unauffällig.",
        found="Nach {minutes} min und {kilometres} km kommt der Motor nur auf {highest} °C. "
        "Vermutlich schließt der Thermostat nicht.",
        next_step="Erwärmung des oberen Kühlerschlauchs beim Warmlaufen fühlen oder messen: wird "
        "er früh warm, Thermostat ersetzen.",
        needs="ein Start unter 50 °C mit mehr als 20 min und 10 km Fahrt, oder 80 °C im Verlauf",
        variants={
            "drop": "Bei schneller Fahrt fällt die Kühlmitteltemperatur um {drop} K auf {lowest} "
            "°C. Vermutlich schließt der Thermostat nicht."
        },
    ),
    "overheating": RuleText(
        "Kühlmitteltemperatur",
        ok="Das Kühlmittel bleibt bei höchstens {highest} °C.",
        found="Das Kühlmittel wird {highest} °C heiß. Bitte nicht weiterfahren, bis die Ursache "
        "bekannt ist.",
        next_step="Kühlmittelstand, Lüfterlauf, Wasserpumpe und Thermostat prüfen, Kühlsystem "
        "abdrücken, bei Druckaufbau im kalten Zustand CO-Test.",
        needs="10 s Lauf mit Kühlmitteltemperatur",
    ),
    "coolant_sensor": RuleText(
        "Temperaturgeber",
        ok="Die Kühlmitteltemperatur verläuft ohne Sprünge und unmögliche Werte.",
        found="Die Kühlmitteltemperatur springt {jumps}-mal um mehr als 15 K in 2 s. So schnell "
        "ändert sich kein Kühlmittel.",
        next_step="Stecker und Leitung des Gebers bei laufendem Motor bewegen, Widerstand gegen "
        "Kennlinie messen.",
        needs="Kühlmitteltemperatur über 30 s",
        variants={
            "impossible": "Der Geber meldet {worst} °C. Das spricht für Unterbrechung oder "
            "Kurzschluss.",
            "cold_start": "Beim Start weichen Kühlmittel und Ansaugluft um {difference} K "
            "voneinander ab, obwohl der Motor kalt war.",
        },
    ),
    "rough_idle": RuleText(
        "Leerlaufruhe",
        ok="Der Leerlauf schwankt betriebswarm nur um {sigma} 1/min.",
        found="Der Leerlauf schwankt betriebswarm um {sigma} 1/min (Streuung, {windows} "
        "Abschnitte).",
        next_step="Aussetzerzähler je Zylinder lesen, Drosselklappe und Zündung prüfen, "
        "Kompression im Leerlaufvergleich messen.",
        needs="drei Abschnitte betriebswarmer Leerlauf ohne Gas, je 11 s oder länger",
    ),
    "misfire": RuleText(
        "Verbrennungsaussetzer",
        ok="Es sind keine Verbrennungsaussetzer gemeldet.",
        found="Zylinder {cylinder} hat {count} Aussetzer gezählt.",
        next_step="Zündkerze und Zündspule mit einem anderen Zylinder tauschen und Zähler erneut "
        "lesen; wandert der Fehler nicht mit, Injektor und Kompression prüfen.",
        needs="Aussetzerzähler (Dienst 06) oder vollständig gelesene Fehlercodes",
        variants={
            "one_cylinder": "Zylinder {cylinder} hat {count} Aussetzer gezählt, weit mehr als die "
            "übrigen.",
            "codes": "Das Steuergerät meldet Verbrennungsaussetzer: {codes}.",
        },
    ),
    "catalyst": RuleText(
        "Katalysator",
        ok="Die Hintersonde von Bank {bank} schaltet {ratio}-mal so oft wie die Vordersonde: der "
        "Katalysator speichert Sauerstoff.",
        found="Die Hintersonde von Bank {bank} schaltet {ratio}-mal so oft wie die Vordersonde. "
        "Der Katalysator speichert wenig Sauerstoff.",
        next_step="Zuerst Abgasanlage vor der Hintersonde auf Undichtigkeit prüfen, dann "
        "Katalysator beurteilen (Sichtprüfung, Gegendruck).",
        needs="30 s betriebswarme Fahrt ab 20 km/h, Sprungsonden vorn und hinten mit je 2 Werten "
        "pro Sekunde",
    ),
    "slow_front_sensor": RuleText(
        "Vordersonde",
        ok="Die Vordersonde von Bank {bank} schaltet {crossings}-mal in 10 s.",
        found="Die Vordersonde von Bank {bank} schaltet nur {crossings}-mal in 10 s. Sie ist "
        "gealtert oder verunreinigt.",
        next_step="Sonde mit Propangas und künstlichem Leck anregen und die Reaktionszeit am "
        "Oszilloskop messen.",
        needs="20 s Konstantfahrt, Sprungsonde mit 5 Werten pro Sekunde",
    ),
    "rear_sensor_lean": RuleText(
        "Hintersonde",
        ok="Die Hintersonde von Bank {bank} liegt bei {voltage} V.",
        found="Die Hintersonde von Bank {bank} liegt bei {voltage} V, obwohl das Gemisch stimmt. "
        "Das passt zu einem Abgasleck vor der Sonde.",
        next_step="Abgasanlage zwischen Krümmer und Hintersonde mit Nebel abdrücken, danach "
        "Sondensignal gegen Masse messen.",
        needs="20 s Konstantfahrt mit Sprungsonde hinten und unauffälliger Gemischkorrektur",
    ),
    "rest_voltage": RuleText(
        "Ruhespannung",
        ok="Bei stehendem Motor liegen {voltage} V an.",
        found="Bei stehendem Motor liegen nur {voltage} V an. Die Batterie ist entladen oder "
        "gealtert.",
        next_step="Batterie laden, Belastungstest, danach Ruhestrom messen.",
        needs="3 s Zündung ein bei stehendem Motor",
        variants={
            "adapter": "Der Adapter misst bei stehendem Motor {voltage} V. Adapter zeigen zu wenig "
            "an: das ist ein Hinweis, kein Befund."
        },
    ),
    "charging_voltage": RuleText(
        "Ladespannung",
        ok="Die Ladespannung liegt bei {voltage} V.",
        found="Über 1.000 1/min liegen mindestens 60 s lang nur {voltage} V an. Der Generator "
        "lädt zu wenig.",
        next_step="Ladespannung an der Batterie messen, Riementrieb, Masseband und Regler prüfen.",
        needs="60 s über 1.000 1/min mit der Spannung des Steuergeräts",
        variants={
            "high": "Über 1.000 1/min liegen mindestens 60 s lang {voltage} V an. Der Regler lädt "
            "zu hoch."
        },
    ),
    "cranking_voltage": RuleText(
        "Startspannung",
        ok="Beim Anlassen fällt die Spannung nur auf {lowest} V.",
        found="Beim Anlassen bricht die Spannung auf {lowest} V ein.",
        next_step="Batterie belasten, Spannungsfall an den Leitungen des Anlassers messen.",
        needs="ein Startvorgang mit 5 Spannungswerten pro Sekunde",
        variants={
            "adapter": "Beim Anlassen zeigt der Adapter {lowest} V. Adapter zeigen zu wenig an: "
            "das ist ein Hinweis, kein Befund."
        },
    ),
    "air_mass_against_filling": RuleText(
        "Luftmasse gegen Füllung",
        ok="Die gemessene Luftmasse passt zur Füllung (Verhältnis {ratio}).",
        found="Die gemessene Luftmasse passt nicht zur Füllung (Verhältnis {ratio}, erwartet 0,65 "
        "bis 1,05).",
        next_step="Luftmassenmesser reinigen oder vergleichen, Ansaugweg auf Leck und "
        "Abgasrückführung auf Klemmen prüfen.",
        needs="30 s Konstantfahrt mit Luftmasse, Saugrohrdruck, Ansaugtemperatur und der Hubraum",
    ),
    "manifold_against_ambient": RuleText(
        "Saugrohrdruck bei stehendem Motor",
        ok="Bei stehendem Motor stimmen Saugrohr- und Umgebungsdruck auf {difference} kPa überein.",
        found="Bei stehendem Motor weichen Saugrohr- ({manifold} kPa) und Umgebungsdruck "
        "({ambient} kPa) um {difference} kPa voneinander ab.",
        next_step="Beide Drücke mit dem Luftdruck des Ortes vergleichen und den abweichenden "
        "Sensor prüfen.",
        needs="3 s Zündung ein bei stehendem Motor mit Saugrohr- und Umgebungsdruck",
    ),
    "manifold_at_idle": RuleText(
        "Saugrohrdruck im Leerlauf",
        ok="Im Leerlauf liegen {pressure} kPa im Saugrohr.",
        found="Im betriebswarmen Leerlauf liegen {pressure} kPa im Saugrohr: zu wenig Unterdruck. "
        "Möglich sind Falschluft, falsche Steuerzeiten oder ein klemmendes AGR-Ventil.",
        next_step="Nebelprobe, Steuerzeiten und Kompression prüfen.",
        needs="15 s betriebswarmer Leerlauf eines Saugmotors mit Drosselklappe",
    ),
    "boost_deviation": RuleText(
        "Ladedruck",
        ok="Der Ladedruck folgt dem Soll auf {difference} kPa.",
        found="Der Ladedruck bleibt unter Last 3 s und länger {difference} kPa unter dem Soll.",
        next_step="Ladeluftstrecke abdrücken, Unterdruckdose und Verstellung des Laders prüfen.",
        needs="3 s mit mehr als 60 % Last, Soll- und Ist-Ladedruck",
    ),
    "rail_pressure": RuleText(
        "Raildruck",
        ok="Der Raildruck folgt dem Soll auf {deviation} %.",
        found="Der Raildruck weicht mindestens 5 s lang um {deviation} % vom Soll ab.",
        next_step="Rücklaufmengen der Injektoren vergleichen, Druckregelventil und "
        "Hochdruckpumpe prüfen.",
        needs="30 s laufender Motor mit Soll- und Ist-Raildruck",
    ),
    "egr_error": RuleText(
        "Abgasrückführung",
        ok="Die Abgasrückführung folgt ihrem Soll (Abweichung {error} %).",
        found="Die Abgasrückführung weicht mindestens 30 s lang um {error} % vom Soll ab (Soll "
        "{commanded} %). Das Ventil klemmt oder ist verkokt.",
        next_step="Stellgliedtest, Ventil ausbauen und auf Ablagerungen prüfen.",
        needs="30 s, in denen die Abgasrückführung zwischen 5 und 95 % angesteuert wird",
    ),
    "particulate_filter": RuleText(
        "Partikelfilter",
        ok="Der Differenzdruck im Leerlauf liegt bei {pressure} kPa.",
        found="Der Differenzdruck im Leerlauf liegt bei {pressure} kPa. Der Filter ist stark "
        "beladen oder die Druckleitungen sind zugesetzt.",
        next_step="Druckleitungen prüfen, Beladung und Aschewert mit dem Herstellertester lesen, "
        "Fahrprofil erfragen.",
        needs="15 s betriebswarmer Leerlauf ohne laufende Regeneration mit Differenzdruck",
    ),
    "throttle_at_idle": RuleText(
        "Drosselklappe im Leerlauf",
        ok="Die Drosselklappe steht im Leerlauf bei {position} %.",
        found="Die Drosselklappe muss im Leerlauf {position} % öffnen. Sie ist verschmutzt oder "
        "nicht angelernt.",
        next_step="Drosselklappe reinigen und anlernen, danach erneut messen.",
        needs="15 s betriebswarmer Leerlauf mit relativer Drosselklappenstellung",
    ),
    "pedal_sensors": RuleText(
        "Fahrpedalgeber",
        ok="Beide Geber des Fahrpedals stimmen überein (Korrelation {correlation}).",
        found="Die beiden Geber des Fahrpedals laufen auseinander (Korrelation {correlation}).",
        next_step="Beide Signale bei langsamem Durchtreten aufzeichnen, Stecker und Masse prüfen, "
        "Pedalmodul ersetzen.",
        needs="ein bewegtes Fahrpedal mit beiden Gebern",
    ),
    "not_ready": RuleText(
        "Prüfbereitschaft",
        ok="Alle Prüfungen der Abgasüberwachung sind abgeschlossen.",
        found="Nicht abgeschlossene Prüfungen der Abgasüberwachung ({count}): {monitors}.",
        next_step="Zur AU noch nicht vorfahren: erst einen Fahrzyklus fahren (Kaltstart, Stadt, "
        "Landstraße, Schub) und erneut lesen.",
        needs="die Prüfbereitschaft aller Steuergeräte",
    ),
    "recently_cleared": RuleText(
        "Löschung des Fehlerspeichers",
        ok="Seit dem letzten Löschen: {kilometres} km, {warm_ups} Warmläufe.",
        found="Der Fehlerspeicher wurde vor Kurzem gelöscht ({kilometres} km, {warm_ups} "
        "Warmläufe). Fehler, die erst nach längerer Fahrt auftreten, können noch fehlen.",
        next_step="Nach einer Woche Fahrt erneut lesen; beim Gebrauchtwagen nach dem Grund fragen.",
        needs="die Kilometer oder Warmläufe seit dem Löschen",
    ),
    "driven_with_lamp": RuleText(
        "Fahrt mit Motorkontrollleuchte",
        ok="Mit eingeschalteter Motorkontrollleuchte wurde nicht gefahren.",
        found="Mit eingeschalteter Motorkontrollleuchte wurden {kilometres} km gefahren.",
        next_step="Gespeicherte Codes zuerst abarbeiten und nach Folgeschäden sehen (Katalysator, "
        "Lader).",
        needs="die Strecke mit eingeschalteter Motorkontrollleuchte",
    ),
    "permanent_without_stored": RuleText(
        "Permanente Codes",
        ok="Jeder permanente Code steht auch im Fehlerspeicher.",
        found="Permanent vermerkt, aber nicht mehr gespeichert: {codes}. Der Speicher wurde "
        "gelöscht, die Reparatur ist vom Steuergerät noch nicht bestätigt.",
        next_step="Ursache des Codes prüfen und den zugehörigen Fahrzyklus fahren, bis der "
        "permanente Code verschwindet.",
        needs="vollständig gelesene gespeicherte und permanente Codes",
    ),
    "recurring_code": RuleText(
        "Wiederkehrende Fehler",
        ok="Kein Code von heute war schon einmal weg und ist wiedergekommen.",
        found="War weg, ist wieder da: {codes}. Die Ursache wurde bisher nicht behoben.",
        next_step="Frühere Arbeiten an diesem Fehler ansehen und die Ursache statt des Bauteils "
        "suchen, auch Stecker und Leitung.",
        needs="ein früherer Besuch mit vollständig gelesenen Codes",
    ),
    "software_changed": RuleText(
        "Softwarestand",
        ok="Die Software der Steuergeräte ist dieselbe wie beim letzten Besuch.",
        found="Die Software wurde seit dem letzten Besuch geändert: {ecus}. Ein Update oder "
        "eine Leistungssteigerung ist möglich.",
        next_step="Nach Updates fragen und den Stand mit dem Hersteller abgleichen.",
        needs="ein früherer Besuch mit Softwarestand",
        variants={
            "same_name": "Die Prüfsumme der Software hat sich geändert, ihre Bezeichnung nicht: "
            "{ecus}. Das kommt bei Leistungssteigerungen vor."
        },
    ),
    "odometer": RuleText(
        "Kilometerstand",
        ok="Der Kilometerstand von {now} km passt zum letzten Besuch.",
        found="Heute {now} km, beim letzten Besuch {before} km: {difference} km weniger. "
        "Tippfehler oder Rückstellung.",
        next_step="Kilometerstand am Fahrzeug ablesen und mit früheren Belegen vergleichen.",
        needs="ein Kilometerstand von heute und einer von früher",
    ),
    "recording_quality": RuleText(
        "Qualität der Aufzeichnung",
        ok="Die Aufzeichnung ist lückenlos.",
        found="Die Aufzeichnung hat {gaps} Lücken über 5 s (längste {longest} s).",
        next_step="Adapter und Abstand zum Telefon prüfen, weniger Signale auf einmal aufzeichnen.",
        needs="eine Aufzeichnung mit Zeitverlauf",
        variants={
            "frozen": "Während der Fahrt bleiben alle Werte {frozen} s lang stehen: die "
            "Verbindung war eingefroren.",
            "broken_rows": "{broken} von {rows} Zeilen sind unlesbar und wurden nicht bewertet.",
        },
    ),
    "consumption_monitor": RuleText(
        "Verbrauchsüberwachung (OBFCM)",
        ok="Das Fahrzeug gibt seinen Realverbrauch aus (OBFCM).",
        found="Das Fahrzeug ist von {year}, gibt aber keinen Realverbrauch aus (OBFCM).",
        next_step="Softwarestand prüfen; bei der HU werden diese Daten ausgelesen.",
        needs="Erstzulassung und Fahrzeugdaten (Dienst 09)",
    ),
}

TEXTS = Texts(
    rules=_RULES,
    reasons={
        "window_too_short": "Geeignet waren nur {seconds} s der Aufzeichnung.",
        "sampled_too_slowly": "Mit {hertz} Werten pro Sekunde wurde zu selten gemessen.",
        "zero_may_mean_nothing": "Dieses Programm schreibt 0, wenn ein Wert fehlt.",
        "codes_incomplete": "Die Fehlercodes wurden nicht von allen Steuergeräten gelesen.",
        "first_registration_unknown": "Die Erstzulassung ist nicht bekannt.",
        "before_obfcm": "Für Fahrzeuge von {year} ist sie nicht vorgeschrieben.",
        "smart_charging": "Die Spannung schwankt gewollt: das Fahrzeug lädt bedarfsgeregelt.",
        "adapter_only": "Nur der Adapter hat die Spannung gemessen; er zeigt zu wenig an.",
        "unthrottled": "Der Motor arbeitet ohne Drosselung (Diesel oder Ventilhubsteuerung).",
        "charged": "Der Motor ist aufgeladen.",
        "fuel_unknown": "Ob es ein Ottomotor ist, geht aus der Aufzeichnung nicht hervor.",
        "recirculating": "Ob gerade Abgas zurückgeführt wird, ist nicht bekannt.",
        "displacement_unknown": "Der Hubraum ist nicht bekannt.",
        "no_cold_start": "Der Motor war beim Start schon warm und wurde nicht heißer.",
        "trip_too_short": "Die Fahrt war für ein Urteil zu kurz ({minutes} min, {kilometres} km).",
        "trims_unusual": "Die Gemischkorrektur ist selbst auffällig und überdeckt dieses Urteil.",
        "pedal_at_rest": "Das Pedal wurde kaum bewegt.",
        "no_start_seen": "Ein Startvorgang ist nicht enthalten.",
        "no_earlier_visit": "Es gibt keinen früheren Besuch, mit dem sich vergleichen lässt.",
        "not_commanded": "Die Abgasrückführung war geschlossen oder nur kurz angesteuert.",
        "no_drive": "Die Datei enthält keinen Zeitverlauf.",
        "not_moving": "Die Vordersonde schaltet kaum: ein Vergleich wäre sinnlos.",
    },
    sources={
        "trouble_codes": "die Fehlercodes",
        "commanded_boost_pressure_a": "Ladedruck, Sollwert",
        "boost_pressure_a": "Ladedruck, Istwert",
        "commanded_fuel_rail_pressure_a": "Raildruck, Sollwert",
        "fuel_rail_pressure_a": "Raildruck, Istwert",
        "readiness": "die Prüfbereitschaft",
        "permanent_codes": "die permanenten Codes",
        "monitor_results": "die Aussetzerzähler (Dienst 06)",
        "obfcm": "die Verbrauchsüberwachung (Dienst 09)",
        "calibrations": "der Softwarestand (Dienst 09)",
    },
    final={"before_obfcm", "charged", "unthrottled", "smart_charging"},
    missing="Nicht in der Aufzeichnung: {signals}.",
    needs="Gebraucht wird: {needs}.",
    record_again="Für ein Urteil neu aufzeichnen: {needs}.",
)
