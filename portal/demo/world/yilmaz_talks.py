# ruff: noqa: E501  # what people wrote, each message on its line
"""The conversations of this week on the website of Autodienst Yılmaz."""

from portal.demo.world.rows import Say, Talk

SAFETY = (("rule", "Sicherheitsregel"),)

TALKS = (
    Talk(
        "Marcel Weber", minutes=14, phone="0171 3920008", email="marcel.weber@post.example", page="/autodienst-yilmaz",
        says=(
            Say("visitor", "Hallo, mein Leon K-MW 1848 hat TÜV bis Ende des Monats, kriege ich noch was?", 35),
            Say("bot", "Der Prüfingenieur kommt montags, mittwochs und freitags zu uns. Die HU/AU mit Vorführung kostet 25,00 € zuzüglich der Prüfgebühr. Ob diesen Monat noch ein Platz frei ist, sieht unser Team; ich gebe Ihre Anfrage weiter.", 5, (("service", "HU/AU mit Vorführung"), ("faq", "Kann ich bei Ihnen TÜV (HU/AU) machen lassen?"))),
            Say("waits", "asked", 1),
            Say("visitor", "Geht auch ganz früh, ich wohne um die Ecke", 200),
        ),
    ),
    Talk(
        "Fatma Demir", minutes=41, locale="tr", phone="0176 04069011", page="/autodienst-yilmaz",
        says=(
            Say("visitor", "Merhaba, kış lastiklerimi taktırmak istiyorum, fiyatı ne kadar?", 40, german="Guten Tag, ich möchte meine Winterreifen aufziehen lassen. Was kostet das?"),
            Say("bot", "Merhaba! Dört komple tekerleğin değişimi 29,00 € tutar ve yaklaşık 30 dakika sürer. İsterseniz sizi Türkçe konuşan bir çalışanımıza bağlayayım.", 5, (("service", "Räderwechsel"),), "Guten Tag! Der Wechsel von vier Kompletträdern kostet 29,00 € und dauert etwa 30 Minuten. Wenn Sie möchten, verbinde ich Sie mit jemandem aus unserem Team, der Türkisch spricht."),
            Say("visitor", "Evet lütfen, Türkçe konuşmak istiyorum", 50, german="Ja bitte, ich möchte gern Türkisch sprechen."),
            Say("waits", "asked", 1),
            Say("takes", "Elif Yılmaz", 300),
            Say("staff", "Merhaba Fatma Hanım, ben Elif. Lastik değişimi 29,00 €. Lastikleriniz bizde D 14 rafında duruyor. Perşembe sabahı 9:00 uygun mu?", 70),
            Say("visitor", "Perşembe 9 olur, çok teşekkürler Elif Hanım", 160, german="Donnerstag um 9 passt, vielen Dank, Frau Elif."),
            Say("staff", "Rica ederim, çayınız hazır olacak. Görüşmek üzere!", 45),
        ),
    ),
    Talk(
        "", minutes=8, page="/autodienst-yilmaz#preise",
        says=(
            Say("visitor", "Was kostet ein Ölwechsel und wie lange dauert das?", 25),
            Say("bot", "Ein Ölwechsel mit Filter kostet bei uns ab 79,00 €, bis 4 Liter Markenöl sind dabei. Er dauert etwa 40 Minuten, Sie können gern warten.", 3, (("service", "Ölwechsel inkl. Filter"),)),
            Say("visitor", "brauche ich dafür einen Termin?", 40),
            Say("bot", "Ja, für einen Ölwechsel am besten mit Termin. Meist haben wir innerhalb einer Woche Platz. Für eine Glühlampe oder ein kurzes Hinhören brauchen Sie keinen.", 4, (("faq", "Wie kurzfristig kann ich kommen?"),)),
        ),
    ),
    Talk(
        "Kemal Arslan", minutes=27, phone="0176 04069013", page="/autodienst-yilmaz",
        says=(
            Say("visitor", "Bremspedal geht beim BMW fast bis zum Boden durch, kann ich langsam zu euch fahren?", 20),
            Say("bot", "Bitte fahren Sie nicht mehr. Wenn das Bremspedal durchfällt, kann die Bremse ganz ausfallen. Lassen Sie das Auto stehen und rufen Sie uns unter 0221 4710 220 an, wir holen es ab.", 4, SAFETY),
            Say("waits", "safety", 1),
            Say("visitor", "steht in der Vogelsanger 112. wann kommt ihr?", 60),
        ),
    ),
    Talk(
        "Kwame Osei", minutes=95, locale="en", email="kwame.osei@post.example", page="/autodienst-yilmaz",
        says=(
            Say("visitor", "Hello, do you have a loaner car for next Monday? My i30 needs a service.", 40),
            Say("bot", "We have one small car for €19.00 a day, so please ask early. We also have two bicycles that cost nothing.", 4, (("faq", "Can I borrow a car?"),)),
            Say("visitor", "The bicycle is fine actually! Can I bring the car at 8?", 55),
            Say("waits", "asked", 2),
            Say("takes", "Elif Yılmaz", 500),
            Say("staff", "Hi Mr Osei, Elif here. Monday at 8:00 works, the service for your i30 is about €240.00 and the bike will be waiting. Shall I write you down?", 80),
            Say("visitor", "Yes please, thank you!", 190),
        ),
    ),
    Talk(
        "Birgit Peters", days=1, clock="10:30", phone="0221 4710 338", page="/autodienst-yilmaz", rating=5, comment="Die Frau Yılmaz ist ein Schatz.",
        says=(
            Say("visitor", "Guten Tag, es riecht so muffig wenn ich die Lüftung anmache", 40),
            Say("bot", "Riecht es muffig, hilft meist eine Desinfektion mit neuem Innenraumfilter. Die Klimadesinfektion mit Innenraumfilter kostet 69,00 € und dauert etwa 45 Minuten.", 4, (("faq", "Meine Klimaanlage kühlt nicht mehr richtig. Was machen Sie da?"), ("service", "Klimadesinfektion mit Innenraumfilter"))),
            Say("visitor", "Das möchte ich machen lassen, am liebsten mit Frau Yılmaz sprechen", 80),
            Say("waits", "asked", 2),
            Say("takes", "Elif Yılmaz", 180),
            Say("staff", "Guten Tag Frau Peters! Morgen um 11 Uhr habe ich noch Platz, Sie können solange mit mir Tee trinken.", 50),
            Say("visitor", "Sehr gern, bis morgen!", 120),
            Say("closes", "", 1500),
        ),
    ),
    Talk(
        "Jana Zimmermann", days=1, clock="19:20", email="jana.zimmermann@post.example", page="/autodienst-yilmaz#preise",
        says=(
            Say("visitor", "Hey, mein TÜV ist drei Monate drüber. Was kommt da auf mich zu?", 30),
            Say("bot", "Wer mehr als zwei Monate überzieht, muss zu einer vertieften Prüfung, und die kostet mehr. Die neue Frist zählt dann ab dem Tag, an dem wirklich geprüft wurde. Am besten machen wir gleich den nächsten Prüftag aus.", 5, (("faq", "Mein TÜV ist abgelaufen. Was nun?"),)),
            Say("visitor", "ok mittwoch würde gehen", 70),
            Say("bot", "Ich gebe das an unser Team weiter, es meldet sich morgen ab 8:00 Uhr bei Ihnen.", 3),
            Say("waits", "asked", 1),
        ),
    ),
    Talk(
        "Daniela Roth", days=1, clock="14:05", phone="0221 4710 400", email="fuhrpark@rheinkueche.example", page="/autodienst-yilmaz",
        says=(
            Say("visitor", "Rheinküche Catering: beim Transit K-RC 102 geht die Schiebetür nicht mehr zu. Freitag haben wir 300 Gäste …", 40),
            Say("bot", "Das klingt dringend. Ich gebe Ihre Nachricht gleich an unser Team weiter.", 3),
            Say("waits", "asked", 1),
            Say("takes", "Mehmet Yılmaz", 260),
            Say("staff", "Frau Roth, Mehmet Yılmaz. Kommen Sie heute noch vorbei, wir sehen uns die Laufrolle an. Wenn wir das Teil nicht da haben, machen wir die Tür bis Freitag provisorisch gängig.", 90),
            Say("visitor", "Sie sind unsere Rettung, Fahrer ist um 16 Uhr da.", 200),
            Say("staff", "Gut. Tor ist offen.", 30),
        ),
    ),
    Talk(
        "Deniz Aksoy", days=2, clock="12:48", email="deniz.aksoy@post.example", page="/autodienst-yilmaz", rating=3,
        says=(
            Say("visitor", "Baut ihr auch mitgebrachte Bremsbeläge ein? Hab welche online bestellt", 30),
            Say("bot", "Bremsen- und Lenkungsteile bauen wir nur ein, wenn wir sie selbst bestellt haben. Bremsbeläge vorn kosten bei uns ab 159,00 € mit Material und Probefahrt.", 4, (("faq", "Kann ich Teile selbst mitbringen?"), ("service", "Bremsbeläge vorn erneuern"))),
            Say("visitor", "schade, aber verstehe ich", 35),
            Say("closes", "", 2400),
        ),
    ),
    Talk(
        "Wilfried Krämer", days=2, clock="09:40", phone="0221 4710 455", page="/autodienst-yilmaz",
        says=(
            Say("visitor", "guten tag ich bin 81 und komme schlecht zu ihnen koennen sie den honda holen", 90),
            Say("bot", "Gern: In Ehrenfeld, Nippes, Lindenthal und der Innenstadt holen wir Ihr Auto ab. Für Seniorinnen und Senioren aus dem Viertel ist das kostenlos. Ich verbinde Sie mit unserem Team, damit Sie einen Tag ausmachen.", 5, (("faq", "Haben Sie einen Hol- und Bringservice?"),)),
            Say("waits", "asked", 1),
            Say("takes", "Elif Yılmaz", 240),
            Say("staff", "Guten Tag Herr Krämer, Elif Yılmaz. Marek holt Ihren Honda am Freitag um 9 Uhr in der Gutenbergstraße ab und bringt ihn nachmittags zurück. Sie brauchen nur den Schlüssel und den Fahrzeugschein.", 80),
            Say("visitor", "das ist sehr nett vielen dank", 300),
            Say("closes", "", 900),
        ),
    ),
    Talk(
        "", days=3, clock="22:15", page="/autodienst-yilmaz",
        says=(
            Say("visitor", "kann man bei euch in raten zahlen", 20),
            Say("bot", "Bei größeren Reparaturen ab 400,00 € finden wir eine Lösung, in der Regel drei Monatsraten ohne Zinsen. Bitte sprechen Sie Mehmet Yılmaz an, bevor wir anfangen.", 4, (("faq", "Kann ich in Raten zahlen?"),)),
            Say("closes", "", 3600),
        ),
    ),
    Talk(
        "Tomasz Wójcik", days=3, clock="15:32", phone="0176 04069017", page="/autodienst-yilmaz",
        says=(
            Say("visitor", "Hallo, Rechnung von letzte Woche für Octavia, da steht Radlager aber gemacht war Koppelstange?", 50),
            Say("bot", "Das klärt am besten ein Mensch mit Ihnen. Ich gebe Ihre Nachricht an unser Team weiter.", 4),
            Say("waits", "complaint", 1),
            Say("takes", "Elif Yılmaz", 700),
            Say("staff", "Guten Tag Herr Wójcik, Sie haben recht, da ist uns beim Schreiben der falsche Baustein hineingerutscht. Der Betrag stimmt, die Arbeit heißt Koppelstangen VA. Sie bekommen heute eine berichtigte Rechnung per Post.", 120),
            Say("visitor", "Alles klar, danke schön", 400),
            Say("closes", "", 3000),
        ),
    ),
    Talk(
        "Ewa Lewandowska", days=4, clock="08:50", email="ewa.lewandowska@post.example", page="/autodienst-yilmaz", rating=5,
        says=(
            Say("visitor", "Guten Morgen, bei meinem Fabia leuchtet die gelbe Motorlampe seit gestern", 30),
            Say("bot", "Bei dauerhaft gelbem Licht kommen Sie bitte in den nächsten Tagen vorbei, dann lesen wir aus. Blinkt die Leuchte, läuft der Motor unrund oder ist die Lampe rot, halten Sie an, Motor aus, und rufen Sie uns an. Die Fehlerdiagnose kostet ab 39,00 €.", 5, (("faq", "Die Motorkontrollleuchte ist an. Kann das warten?"), ("service", "Fehlerdiagnose"))),
            Say("visitor", "Blinkt nicht. Kann ich heute kommen?", 60),
            Say("waits", "asked", 2),
            Say("takes", "Elif Yılmaz", 150),
            Say("staff", "Guten Morgen Frau Lewandowska, kommen Sie um 10 Uhr, Marek liest den Fehlerspeicher aus.", 40),
            Say("visitor", "Super, bis gleich", 50),
            Say("closes", "", 5400),
        ),
    ),
)  # fmt: skip
