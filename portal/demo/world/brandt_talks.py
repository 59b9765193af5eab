# ruff: noqa: E501  # what people wrote, each message on its line
"""The conversations of this week on the website of Kfz-Meisterbetrieb Brandt."""

from portal.demo.world.rows import Say, Talk

HOURS = (("hours", "Öffnungszeiten"),)
SAFETY = (("rule", "Sicherheitsregel"),)

TALKS = (
    Talk(
        "Anja Petersen", minutes=11, phone="0171 3920014", page="/kfz-brandt#leistungen",
        says=(
            Say("visitor", "Guten Morgen, bei meinem Golf ist die Motorlampe an und er ruckelt beim Anfahren. Kennzeichen B-AP 4417", 35),
            Say("bot", "Wenn der Motor ruckelt, fahren Sie bitte nicht weiter: Halten Sie an, stellen Sie den Motor ab und rufen Sie uns unter 030 23125 140 an. Zündaussetzer können den Katalysator beschädigen.", 4, SAFETY),
            Say("waits", "safety", 1),
            Say("visitor", "Ich stehe vor der Haustür, Parkstraße. Kann ihn jemand abholen?", 95),
            Say("visitor", "Ich brauche das Auto leider morgen früh für die Arbeit …", 140),
        ),
    ),
    Talk(
        "Emre Kaya", minutes=34, email="emre.kaya@post.example", phone="0176 04069021", page="/kfz-brandt",
        says=(
            Say("visitor", "hi was kostet bremsen vorne komplett bei nem 318d touring", 30),
            Say("bot", "Bremsbeläge und -scheiben vorn kosten bei uns ab 349,00 € und dauern etwa zwei Stunden. Den genauen Preis für Ihren BMW nennen wir Ihnen nach einem Blick in den Fahrzeugschein. Schleift oder quietscht es schon? Dann fahren Sie damit bitte nicht weiter und rufen Sie uns an.", 5, (("service", "Bremsbeläge und -scheiben vorn"),)),
            Say("visitor", "ne nur verschleißanzeige. kann ich mit nem menschen reden wegen termin", 70),
            Say("bot", "Gern, ich gebe Ihre Anfrage an unser Team weiter.", 3),
            Say("waits", "asked", 1),
            Say("takes", "Thomas Lehmann", 240),
            Say("staff", "Guten Tag Herr Kaya, hier ist Thomas Lehmann aus der Annahme. Für den 318d liegen Scheiben und Beläge vorn bei 412,00 € mit Sensor. Mittwoch, 7:30 Uhr wäre frei, fertig gegen 11 Uhr. Passt das?", 60),
            Say("visitor", "mittwoch passt, aber brauche ich nen ersatzwagen?", 180),
            Say("staff", "Für die drei Stunden können Sie gern bei uns warten, WLAN und Kaffee sind da. Sonst hätten wir den Kleinwagen für 25,00 € am Tag.", 110),
            Say("visitor", "dann warte ich. danke!!", 80),
        ),
    ),
    Talk(
        "", minutes=22, page="/kfz-brandt", is_read=True,
        says=(
            Say("visitor", "Was wurde beim letzten Mal an meinem Astra gemacht?", 25),
            Say("bot", "Das darf ich nur der Person sagen, der das Auto gehört. Bitte geben Sie unten das Kennzeichen oder die Fahrgestellnummer ein: Liegen uns dazu Kontaktdaten vor, geht ein Code dorthin, und damit kann ich antworten.", 3, (("rule", "Schutz Ihrer Daten"),)),
            Say("proves", "B-MS 6612", 75),
        ),
    ),
    Talk(
        "", minutes=6, page="/kfz-brandt#anfahrt",
        says=(
            Say("visitor", "Haben Sie heute noch auf?", 20),
            Say("bot", "Unsere Öffnungszeiten: Montag bis Mittwoch 7:30 bis 17:30 Uhr, Donnerstag 7:30 bis 18:30 Uhr, Freitag 7:30 bis 15:30 Uhr. Am Wochenende haben wir geschlossen.", 3, HOURS),
            Say("visitor", "und kann man das auto auch abends hinstellen?", 50),
            Say("bot", "Ja. Abgeben können Sie jederzeit – der Schlüsselbriefkasten hängt rechts neben dem grünen Tor, Umschläge mit Auftragszettel stecken daneben.", 4, (("faq", "Kann ich mein Auto außerhalb der Öffnungszeiten abgeben oder abholen?"),)),
        ),
    ),
    Talk(
        "Oliver Smith", minutes=75, locale="en", email="oliver.smith@post.example", page="/kfz-brandt#leistungen",
        says=(
            Say("visitor", "Hi, is the TÜV included in the minor service, or do I need to book it separately?", 40),
            Say("bot", "They are two separate jobs. The minor service starts at €189.00. Handling of the statutory inspection (HU/AU) costs €29.00, plus the fee of the inspection body, which we pass on without surcharge. The inspector is here on Tuesdays and Thursdays.", 5, (("service", "Minor service"), ("service", "Statutory inspection (HU/AU) handling"))),
            Say("visitor", "Great. Can you do both on the same Thursday? My Audi is B-OS 2044", 65),
            Say("bot", "That sounds like a question for our team, so I am passing it on. They can see the calendar.", 4),
            Say("waits", "asked", 1),
            Say("takes", "Thomas Lehmann", 600),
            Say("staff", "Hello Mr Smith, yes, both fit into one Thursday. Please bring the car at 7:30, it will be ready around 4 pm. Would next Thursday suit you?", 90),
            Say("visitor", "Next Thursday is perfect, thank you!", 420),
        ),
    ),
    Talk(
        "Rania Khalil", minutes=34, locale="ar", phone="0176 04069082", page="/kfz-brandt",
        says=(
            Say("visitor", "السلام عليكم، التدفئة في سيارتي لا تعمل منذ يومين. السيارة تويوتا ياريس موديل 2017. متى يمكنني الحضور؟", 40, german="Guten Tag, die Heizung in meinem Auto geht seit zwei Tagen nicht. Es ist ein Toyota Yaris, Baujahr 2017. Wann kann ich kommen?"),
            Say("bot", "وعليكم السلام! لمعرفة السبب يجب أن يفحص فريقنا السيارة، وقبل أي إصلاح تحصلين على عرض سعر مكتوب. هل أحوّل طلبك إلى فريقنا؟", 5, (("faq", "Bekomme ich vorher einen Kostenvoranschlag?"),), "Guten Tag! Um die Ursache zu finden, muss unser Team das Auto prüfen; vor jeder Reparatur bekommen Sie einen schriftlichen Kostenvoranschlag. Soll ich Ihre Anfrage an unser Team weitergeben?"),
            Say("visitor", "نعم من فضلك. أستطيع الحضور يوم الأربعاء صباحاً، لأنني أعمل بعد الظهر.", 80, german="Ja bitte. Ich kann am Mittwochvormittag kommen, nachmittags arbeite ich."),
            Say("waits", "asked", 2),
        ),
    ),
    Talk(
        "Ingrid Schulz", minutes=52, phone="030 23125 402", page="/kfz-brandt",
        says=(
            Say("visitor", "Guten Tag, mein Sohn hat mir geschrieben ich soll fragen wann mein Polo zum TÜV muss", 60),
            Say("bot", "Den Monat der nächsten Hauptuntersuchung lesen Sie auf der Plakette am hinteren Kennzeichen oben ab, das Jahr steht in der Mitte. Über Ihr Fahrzeug darf ich hier erst nach einer kurzen Prüfung sprechen. Soll ich Sie mit unserem Team verbinden?", 5, (("faq", "Wann muss mein Auto zur Hauptuntersuchung?"),)),
            Say("visitor", "Ja bitte. Am besten ruft jemand meinen Sohn an", 120),
            Say("waits", "asked", 2),
        ),
    ),
    Talk(
        "Charlotte Meier-Lindt", days=1, clock="09:12", email="cml@post.example", page="/kfz-brandt#leistungen", rating=5, comment="Schnell und freundlich, danke!",
        says=(
            Say("visitor", "Guten Morgen! Lagern Sie auch Reifen ein, wenn ich sie woanders gekauft habe?", 30),
            Say("bot", "Ja, wir lagern Ihre vier Räder für 49,00 € je Saison ein, gewaschen und versichert. Für jedes Rad halten wir Größe, DOT-Nummer, Profiltiefe und Schäden schriftlich fest.", 4, (("faq", "Kann ich meine Reifen bei Ihnen einlagern?"), ("service", "Reifeneinlagerung je Saison"))),
            Say("visitor", "Und der Wechsel selbst?", 25),
            Say("bot", "Der Räderwechsel kostet 39,00 € und dauert etwa 30 Minuten. Sie können gern dabei warten.", 3, (("service", "Räderwechsel"),)),
            Say("visitor", "Prima, dann melde ich mich telefonisch.", 40),
            Say("closes", "", 900),
        ),
    ),
    Talk(
        "Dirk Krause", days=1, clock="13:40", phone="030 23125 640", email="buero@maler-krause.example", page="/kfz-brandt",
        says=(
            Say("visitor", "Unser Sprinter B-KS 7001 war letzte Woche bei Ihnen wegen der Glühkerzen, heute springt er wieder schlecht an. So geht das nicht, der muss morgens laufen.", 45),
            Say("bot", "Das tut mir leid. Ich gebe Ihre Nachricht sofort an unser Team weiter, damit sich ein Mensch darum kümmert.", 4),
            Say("waits", "complaint", 1),
            Say("takes", "Katrin Brandt", 420),
            Say("staff", "Guten Tag Herr Krause, Katrin Brandt. Das sehen wir uns ohne Berechnung an. Bringen Sie ihn heute bis 17 Uhr, Jonas Wendt misst über Nacht die Ruheströme und die Vorglühanlage. Einen Ersatztransporter stelle ich Ihnen für morgen früh hin.", 150),
            Say("visitor", "Ok, das ist ein Wort. Mein Sohn bringt ihn um halb fünf.", 300),
            Say("staff", "Gut, er kann direkt in den zweiten Hof fahren. Ich rufe Sie morgen um sieben an.", 60),
        ),
    ),
    Talk(
        "Zeynep Özdemir", days=2, clock="10:05", email="zeynep.oezdemir@post.example", page="/kfz-brandt#werkstatt", rating=4,
        says=(
            Say("visitor", "Hallo, ich habe den Clio gebraucht gekauft. Können Sie mir sagen, was der Vorbesitzer hat machen lassen?", 40),
            Say("bot", "Die technische Geschichte eines Fahrzeugs zeigen wir nur nach einer kurzen Prüfung, und nur aus der Zeit, in der es Ihnen gehört. Über einen früheren Halter geben wir keine Auskunft.", 5, (("rule", "Auskunft über Fahrzeuge"),)),
            Say("visitor", "Verstehe. Dann würde ich gern eine Durchsicht machen lassen.", 70),
            Say("bot", "Gern: Die kleine Inspektion kostet ab 189,00 € und dauert etwa zwei Stunden. Sie enthält Ölwechsel mit Filter, Bremsenprüfung und den Eintrag ins Serviceheft.", 4, (("service", "Kleine Inspektion"),)),
            Say("visitor", "Danke, ich überlege es mir.", 60),
            Say("closes", "", 1200),
        ),
    ),
    Talk(
        "", days=2, clock="21:47", page="/kfz-brandt#hochvolt",
        says=(
            Say("visitor", "Reparieren Sie auch Tesla? Mein Model 3 lädt nur noch mit 3,7 kW", 40),
            Say("bot", "Ja. Zwei unserer Mechaniker sind Fachkundige für Arbeiten an Hochvoltsystemen. Ladetechnik prüfen wir mit dem Hochvolt-Check für 149,00 €, das dauert etwa 90 Minuten. Die Antriebsbatterie öffnen wir nicht, das überlassen wir Spezialbetrieben.", 6, (("faq", "Reparieren Sie Elektroautos und Hybride?"), ("service", "Hochvolt-Check für Hybrid und E-Auto"))),
            Say("visitor", "super, danke", 30),
            Say("closes", "", 3600),
        ),
    ),
    Talk(
        "Torsten Jansen", days=3, clock="08:20", phone="030 23125 517", page="/kfz-brandt", is_read=True,
        says=(
            Say("visitor", "Moin, rote Öllampe ist kurz angegangen beim Caddy, jetzt wieder aus. Kann ich noch zur Arbeit?", 25),
            Say("bot", "Bitte halten Sie an und stellen Sie den Motor ab. Die rote Öllampe heißt: Der Öldruck kann fehlen, und das zerstört den Motor in kurzer Zeit. Rufen Sie uns unter 030 23125 140 an; wir sagen Ihnen, wie das Auto zu uns kommt.", 4, SAFETY),
            Say("waits", "safety", 1),
            Say("takes", "Thomas Lehmann", 130),
            Say("staff", "Guten Morgen Herr Jansen, Lehmann hier. Bitte wirklich stehen lassen. Ich habe den Abschlepper bestellt, er ist in etwa 40 Minuten bei Ihnen. Wo steht der Wagen?", 45),
            Say("visitor", "Parkplatz Rennbahnstraße am Supermarkt. Danke", 90),
            Say("staff", "Gute Nachricht: Der Öldruck ist in Ordnung, mit dem Manometer gemessen. Nur der Öldruckschalter war defekt und ist ersetzt. Sie können den Caddy ab 16 Uhr holen.", 24_000),
            Say("visitor", "Top, bin um 5 da", 600),
            Say("closes", "", 7200),
        ),
    ),
    Talk(
        "Lena Wagner", days=3, clock="17:55", email="lena.wagner@post.example", page="/kfz-brandt",
        says=(
            Say("visitor", "hallo mein tüv ist seit ein paar monaten abgelaufen, ist das schlimm", 30),
            Say("bot", "Melden Sie sich am besten bald: Wer mehr als zwei Monate überzieht, bekommt eine vertiefte und damit teurere Prüfung, und bei einer Kontrolle kann ein Verwarnungsgeld dazukommen. Der Prüfingenieur ist dienstags und donnerstags bei uns. Die Abwicklung kostet 29,00 € zuzüglich der Gebühr der Prüforganisation.", 5, (("faq", "Wann muss mein Auto zur Hauptuntersuchung?"), ("service", "HU/AU-Abwicklung"))),
            Say("visitor", "ok dann möchte ich einen termin", 45),
            Say("bot", "Ich gebe Ihren Wunsch an unser Team weiter. Es meldet sich morgen ab 7:30 Uhr bei Ihnen.", 4),
            Say("waits", "asked", 1),
        ),
    ),
    Talk(
        "Samir Haddad", days=4, clock="11:30", phone="0176 04069063", page="/kfz-brandt", rating=2, comment="Dreimal das Gleiche gefragt worden.",
        says=(
            Say("visitor", "Brauche Kostenvoranschlag für Stoßdämpfer hinten Corolla", 30),
            Say("bot", "Für jede größere Reparatur bekommen Sie einen schriftlichen Kostenvoranschlag nach Positionen. Stoßdämpfer stehen nicht in unserer Preisliste; den Preis ermittelt unser Team am Fahrzeug.", 5, (("faq", "Bekomme ich vorher einen Kostenvoranschlag?"),)),
            Say("visitor", "und was kostet es ungefähr", 25),
            Say("bot", "Das weiß ich leider nicht sicher und möchte nichts Falsches nennen. Ich verbinde Sie gern mit einem Menschen.", 3),
            Say("waits", "asked", 20),
            Say("takes", "Thomas Lehmann", 900),
            Say("staff", "Guten Tag Herr Haddad, für beide Dämpfer hinten mit Domlagern liegen wir bei 389,00 €. Der Kostenvoranschlag geht Ihnen heute per E-Mail zu.", 60),
            Say("closes", "", 5400),
        ),
    ),
)  # fmt: skip
