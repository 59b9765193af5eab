# ruff: noqa: E501  # a table: one row a line
"""Why a car may drive on or not, for the people who ask."""

from portal.diagnostics.obd.codes.words import Texts, read_words

REASONS: dict[str, Texts] = read_words("""
tyres_and_drive | Reifendruck und Reifengröße an allen Rädern prüfen, dann zügig in die Werkstatt. | Check pressure and size of all tyres, then see a workshop soon.
warning_lamp | Eine Warnung wird womöglich nicht mehr angezeigt: Das nächste Problem bliebe unbemerkt. | A warning may no longer be shown: the next problem would go unnoticed.
steering | Die Lenkung ist betroffen: Die Unterstützung kann unvermittelt ausfallen. | Steering is concerned: power assistance may fail without notice.
wheel_speed | ABS, ESP und Bremskraftverteilung können ausfallen; die Hinterräder können beim Bremsen blockieren. | ABS, stability control and brake force distribution may fail; rear wheels may lock.
suspension | Federung oder Dämpfung arbeiten nicht wie vorgesehen: langsam und mit Abstand fahren. | Springs or dampers do not work as meant: drive slowly and keep your distance.
brakes | Bremse oder Bremsregelung ist betroffen: erst prüfen, dann fahren. | Brakes or brake control are concerned: check first, then drive.
brake_switch | Bremslicht prüfen: Ohne Bremslicht nicht weiterfahren. | Check the brake lights: do not drive without them.
belt_reminder | Die Gurterinnerung ist gestört, der Gurt selbst hält: Anschnallen kontrollieren. | The belt reminder fails, the belt itself holds: check that everybody wears it.
restraints | Airbag oder Gurtstraffer lösen bei einem Unfall womöglich nicht oder unnötig aus. | Airbags or belt tensioners may not fire in a crash, or fire without need.
hybrid | Hybrid- oder Elektroantrieb ist betroffen: Leistung kann ohne Vorwarnung wegfallen. | The hybrid or electric drive is concerned: power may drop without warning.
drive_too_hot | Elektroantrieb oder Hochvoltbatterie ist zu heiß: abstellen und abkühlen lassen. | Electric drive or high-voltage battery is too hot: stop and let it cool down.
high_voltage | Gefahr durch Hochvolt: nicht fahren, nichts berühren, nur Fachkundige Hochvolt (FHV) heranlassen. | High-voltage danger: do not drive or touch it; leave it to trained people.
too_hot | Überhitzung: Motor abstellen, abkühlen lassen, Kühlmittel und Öl prüfen. | Overheating: stop the engine, let it cool, check coolant and oil.
gearbox_too_hot | Getriebe oder Kupplung ist zu heiß oder hat zu wenig Öl: abstellen, abkühlen lassen, Ölstand prüfen. | Gearbox or clutch is too hot or short of oil: stop, let it cool, check the level.
coolant_pump | Ohne Kühlmittelpumpe überhitzt der Motor in Minuten. | Without its coolant pump the engine overheats within minutes.
watch_temperature | Temperaturanzeige beobachten: Steigt sie über normal, sofort anhalten. | Watch the temperature gauge: stop at once if it rises above normal.
oil_pressure | Öldruck oder Ölstand nicht gesichert: Motor aus, Ölstand prüfen, Öldruck messen. | Oil pressure or level is not certain: stop the engine, check level and pressure.
timing_chain | Steuerkette oder Zahnriemen kann übergesprungen sein: Motorschaden droht. | The timing chain or belt may have jumped: engine damage threatens.
fuel_leak | Kraftstoff kann austreten: Brandgefahr. | Fuel may leak: danger of fire.
wrong_fuel | Falscher Kraftstoff oder Wasser im Kraftstoff zerstört Pumpe und Einspritzung. | Wrong fuel or water in it destroys pump and injection.
gear_unsafe | Das Getriebe kann blockieren oder den Gang verlieren. | The gearbox may lock or lose its gear.
throttle_unsafe | Die Drosselklappe gehorcht nicht: Der Motor kann hochdrehen oder ausgehen. | The throttle does not obey: the engine may race or stop.
misfire | Aussetzer: schonend in die Werkstatt. Blinkt die Motorkontrollleuchte, stehen lassen. | Misfire: drive gently to a workshop. If the engine lamp flashes, do not drive.
misfire_flashing | Die Motorkontrollleuchte blinkt: Unverbrannter Kraftstoff zerstört den Katalysator, Brandgefahr. | The engine lamp flashes: unburnt fuel destroys the catalyst, danger of fire.
mixture | Das Gemisch stimmt nicht: Längeres Fahren schadet Katalysator und Motor. | The mixture is wrong: driving on for long harms catalyst and engine.
oxygen_sensor | Die Gemischregelung arbeitet ohne Rückmeldung: mehr Verbrauch, AU gefährdet. | Mixture control lacks its feedback: higher consumption, emission test at risk.
injection | Eine Einspritzung außer Takt kann Kolben und Partikelfilter schädigen. | Faulty injection may damage pistons and particle filter.
boost | Lader schonen: keine Volllast, bis die Ursache gefunden ist. | Spare the turbocharger: no full load until the cause is found.
limp_home | Notlauf möglich: wenig Leistung, nicht überholen, bald prüfen lassen. | Limp-home mode is likely: little power, do not overtake, have it checked soon.
may_stall | Der Motor kann während der Fahrt ausgehen oder nicht mehr anspringen. | The engine may stall while driving or not start again.
catalyst | Die Abgasreinigung arbeitet nicht: AU nicht bestanden, Folgeschäden möglich. | Exhaust treatment fails: no emission test is passed, further damage is possible.
charging | Das Bordnetz ist nicht gesichert: Das Auto kann stehen bleiben. | Electrical supply is not certain: the car may come to a halt.
particle_filter | Partikelfilter nicht weiter zusetzen lassen: bald prüfen, sonst wird es teuer. | Do not let the particle filter clog further: have it checked soon.
reductant | Abgasnachbehandlung gestört: Startsperre nach Restreichweite möglich. | Exhaust aftertreatment fails: the start may be barred after a remaining distance.
gearbox | Das Getriebe kann in den Notlauf gehen oder Schaden nehmen. | The gearbox may go into limp-home mode or suffer damage.
no_start | Ein Steuergerät des Antriebs meldet sich nicht: Notlauf oder kein Start möglich. | A control unit of the drive is silent: limp-home mode or no start.
bus | Am Datenbus können Funktionen wechselnd ausfallen, auch der Antrieb. | On the data bus functions may fail by turns, the drive among them.
silent_unit | Ein Steuergerät fehlt oder sendet Falsches: Seine Funktionen fallen aus. | A control unit is missing or sends wrong data: its functions fail.
emission | Abgaswerte und Startverhalten leiden: bald beheben, die AU ist gefährdet. | Emissions and starting suffer: repair soon, the emission test is at risk.
control_unit | Das Motorsteuergerät arbeitet nicht verlässlich: Notlauf oder Ausgehen möglich. | The engine control unit is not reliable: limp-home mode or stalling is possible.
comfort_or_vapour | Ohne Einfluss auf die Fahrsicherheit: beim nächsten Termin beheben. | Without influence on driving safety: repair it at the next visit.
vapour_leak | Tankdeckel prüfen: Riecht es nach Kraftstoff, stehen lassen. | Check the fuel cap: if it smells of fuel, do not drive.
lights | Beleuchtung prüfen: Ohne Blinker oder Licht nicht fahren. | Check the lights: do not drive without indicators or headlamps.
maker_chassis | Code des Herstellers zum Fahrwerk: Bremse oder Lenkung können betroffen sein, erst prüfen. | A maker's chassis code: brakes or steering may be concerned, check first.
maker_grave | Bremse, Lenkung oder Airbag sind betroffen: erst prüfen, dann fahren. | Brakes, steering or airbags are concerned: check first, then drive.
maker | Bedeutung nur nach Herstellerunterlagen: prüfen lassen, bei roter Warnleuchte anhalten. | Meaning known to the maker only: have it checked, stop if a red lamp is lit.
unknown | Ursache offen: bald prüfen lassen, bei roter Warnleuchte anhalten. | Cause open: have it checked soon, stop if a red lamp is lit.
""")
