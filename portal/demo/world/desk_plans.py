# ruff: noqa: E501  # what people wrote, each text on its line
"""What the teams keep beside their conversations: prepared answers, notes, tasks."""

from typing import NamedTuple


class Note(NamedTuple):
    talk: str
    staff: str
    text: str


class Task(NamedTuple):
    """`state` as the board has it; `days`: working days until it is due, negative in the past."""

    title: str
    kind: str
    priority: str = "medium"
    state: str = "new"
    staff: str = ""
    talk: str = ""
    phone: str = ""
    days: int | None = None
    description: str = ""
    resolution: str = ""
    consent: bool = False


class Desk(NamedTuple):
    answer_minutes: int
    replies: tuple[tuple[str, str, str], ...]
    notes: tuple[Note, ...]
    tasks: tuple[Task, ...]
    german: dict[str, str]
    """What a provider has translated for the team: the visitor's words and their German."""


BRANDT = Desk(
    30,
    (
        ("termin", "Termin bestätigen", "Guten Tag {name}, Ihr Termin steht: {termin}. Bitte bringen Sie den Fahrzeugschein und das Felgenschloss mit. Viele Grüße, {ich}"),
        ("fertig", "Auto ist fertig", "Guten Tag {name}, Ihr {fahrzeug} ({kennzeichen}) ist fertig. Sie können ihn heute bis 17:30 Uhr abholen, danach liegt der Schlüssel im Schlüsselbriefkasten. Viele Grüße, {ich}"),
        ("foto", "Fahrzeugschein als Foto", "Guten Tag {name}, schicken Sie uns bitte ein Foto vom Fahrzeugschein (ZB1) an unsere E-Mail-Adresse. Dann nennen wir Ihnen einen verbindlichen Preis."),
        ("abschleppen", "Nicht weiterfahren", "Bitte lassen Sie das Fahrzeug stehen und fahren Sie nicht weiter. Rufen Sie uns unter {phone} an, wir holen es ab."),
        ("rückruf", "Rückruf ankündigen", "Guten Tag {name}, ich rufe Sie heute noch zurück. Unter welcher Nummer erreiche ich Sie am besten? {ich}, {werkstatt}"),
        ("ersatzwagen", "Ersatzwagen", "Unser Kleinwagen kostet 25,00 € am Tag, Kraftstoff wie gefahren. Soll ich ihn für Sie reservieren?"),
    ),
    (
        Note("Anja Petersen", "Katrin Brandt", "Kundin seit 2019. Jonas ist um halb neun mit dem Abschlepper in der Nähe, ich frage ihn."),
        Note("Emre Kaya", "Thomas Lehmann", "Scheiben und Beläge liegen schon im Regal 4, Sensor ist bestellt."),
        Note("Dirk Krause", "Jonas Wendt", "Relais 457 hatte letzte Woche schon Kontaktspuren. Bitte nicht noch einmal berechnen."),
    ),
    (
        Task("Rückruf: Ingrid Schulz", "callback", "high", talk="Ingrid Schulz", phone="030 23125 402", days=0, description="Sohn anrufen wegen HU vom Polo.", consent=True),
        Task("Abschleppen: Golf von Anja Petersen, Parkstraße", "other", "urgent", "assigned", "Thomas Lehmann", "Anja Petersen", "0171 3920014", 0),
        Task("Kostenvoranschlag Bremsen Passat, Leasing", "estimate", "medium", "assigned", "Thomas Lehmann", days=2, description="Leasinggeber will Originalteile und ein Foto vom Tacho."),
        Task("Ruheströme und Vorglühanlage am Sprinter messen", "complaint", "high", "in_progress", "Katrin Brandt", "Dirk Krause", "030 23125 640", 0, "Ohne Berechnung. Ersatztransporter steht im zweiten Hof."),
        Task("Sensor Bremsverschleiß BMW nachbestellen", "parts", "medium", "in_progress", "Thomas Lehmann", "Emre Kaya", days=1),
        Task("Terminvorschlag für Lena Wagner", "appointment", "medium", talk="Lena Wagner", days=1),
        Task("Infoblatt Reifeneinlagerung neu drucken", "other", "low"),
        Task("Rückruf: Torsten Jansen", "callback", "high", "completed", "Thomas Lehmann", "Torsten Jansen", "030 23125 517", -2, resolution="Abgeholt und Bremsschlauch getauscht, Kunde ist zufrieden.", consent=True),
        Task("Angebot Anhängerkupplung Skoda Octavia", "estimate", "low", "cancelled", "Katrin Brandt", days=-3, resolution="Kunde hat das Auto verkauft."),
    ),
    {
        "Hi, is the TÜV included in the minor service, or do I need to book it separately?": "Hallo, ist der TÜV in der kleinen Inspektion enthalten oder muss ich ihn extra buchen?",
        "Great. Can you do both on the same Thursday? My Audi is B-OS 2044": "Prima. Können Sie beides am selben Donnerstag machen? Mein Audi ist B-OS 2044",
        "Next Thursday is perfect, thank you!": "Nächsten Donnerstag passt es bestens, danke!",
    },
)  # fmt: skip

YILMAZ = Desk(
    45,
    (
        ("termin", "Termin bestätigen", "Hallo {name}, Ihr Termin: {termin}. Bis dann! {ich}"),
        ("fertig", "Auto ist fertig", "Hallo {name}, Ihr {fahrzeug} ist fertig und steht vor der Halle. Wir sind bis 18 Uhr da. {ich}"),
        ("stehenlassen", "Nicht weiterfahren", "Bitte fahren Sie nicht mehr, wir holen das Auto ab. Rufen Sie uns an: {phone}"),
        ("türkisch", "Auf Türkisch weiter", "Merhaba {name}, size Türkçe de yardımcı olabiliriz. {ich}, {werkstatt}"),
        ("fahrrad", "Leihfahrrad", "Unsere zwei Leihfahrräder kosten nichts. Sagen Sie uns einfach am Vortag Bescheid."),
    ),
    (
        Note("Kemal Arslan", "Mehmet Yılmaz", "Ich fahre selbst mit dem Hänger hin, Marek macht Platz auf Bühne 1."),
        Note("Fatma Demir", "Elif Yılmaz", "Räder liegen in D 14, rechts hinten hat nur noch 3,5 mm. Beim Termin ansprechen."),
    ),
    (
        Task("BMW von Kemal Arslan abholen, Vogelsanger 112", "other", "urgent", "in_progress", "Mehmet Yılmaz", "Kemal Arslan", "0176 04069013", 0),
        Task("Rückruf: Marcel Weber", "callback", "high", talk="Marcel Weber", phone="0171 3920008", days=0, consent=True),
        Task("Antwort an Jana Zimmermann: Preis Zahnriemen", "estimate", "medium", "assigned", "Elif Yılmaz", "Jana Zimmermann", days=1),
        Task("Hydraulikschlauch für Rheinküche-Transporter bestellen", "parts", "high", "assigned", "Mehmet Yılmaz", "Daniela Roth", days=1),
        Task("Gutschrift für Tomasz Wójcik prüfen", "complaint", "high", "completed", "Mehmet Yılmaz", "Tomasz Wójcik", days=-1, resolution="35,00 € gutgeschrieben, Kunde hat sich bedankt."),
    ),
    {
        "Merhaba, kış lastiklerimi taktırmak istiyorum, fiyatı ne kadar?": "Hallo, ich möchte meine Winterreifen aufziehen lassen, was kostet das?",
        "Evet lütfen, Türkçe konuşmak istiyorum": "Ja bitte, ich möchte Türkisch sprechen",
        "Perşembe 9 olur, çok teşekkürler Elif Hanım": "Donnerstag um 9 passt, vielen Dank, Frau Elif",
        "Hello, do you have a loaner car for next Monday? My i30 needs a service.": "Hallo, haben Sie nächsten Montag einen Ersatzwagen? Mein i30 braucht eine Inspektion.",
        "The bicycle is fine actually! Can I bring the car at 8?": "Das Fahrrad reicht mir! Kann ich das Auto um 8 bringen?",
        "Yes please, thank you!": "Ja bitte, danke!",
    },
)  # fmt: skip

DESKS = {"kfz-brandt": BRANDT, "autodienst-yilmaz": YILMAZ}
