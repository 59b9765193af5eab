# ruff: noqa: E501  # a table: one row a line
"""What the mechanics noted lately beside their recordings, with a first idea of the cost."""

from typing import NamedTuple


class CasePlan(NamedTuple):
    """`lines`: title, quantity, unit price in euro with VAT. `wear` 0..1 paints a brake disc."""

    plate: str
    kind: str
    state: str
    symptoms: str
    notes: str
    lines: tuple[tuple[str, str, str], ...] = ()
    wear: float | None = None
    caption: str = ""


CASES: dict[str, tuple[CasePlan, ...]] = {
    "kfz-brandt": (
        CasePlan(
            "B-ME 1887",
            "test_drive",
            "done",
            "Ab etwa 80 km/h vibriert das Lenkrad, beim Bremsen stärker.",
            "Probefahrt 12 km mit Kundin: Schwingung ab 78 km/h bestätigt. Vorderräder nachgewuchtet, danach ruhig. Bremsscheiben vorn mit 0,09 mm Seitenschlag an der Grenze, beim nächsten Reifenwechsel erneut messen.",
            lines=(("Räder wuchten, Vorderachse", "1", "38,00"),),
        ),
        CasePlan(
            "B-MS 6612",
            "visual",
            "in_work",
            "Schleifgeräusch vorn rechts beim langsamen Bremsen, seit dem Wochenende.",
            "Bremsbelag vorn rechts innen bei 2 mm, Scheibe mit Riefen und Grat. Links 4 mm. Bremsschläuche und Staubmanschetten ohne Befund. Fahrzeug nur noch für den Weg zur Werkstatt.",
            lines=(
                ("Bremsscheiben und Beläge vorn, Teile", "1", "214,90"),
                ("Einbau Bremse vorn", "1,4", "98,00"),
                ("Bremsflüssigkeit wechseln", "1", "69,00"),
            ),
            wear=0.8,
            caption="Bremsscheibe vorn rechts, Riefen innen",
        ),
    ),
    "autodienst-yilmaz": (
        CasePlan(
            "K-GN 606",
            "test_drive",
            "open",
            "Ruckelt beim Beschleunigen im 3. Gang, nur bei warmem Motor.",
            "",
        ),
        CasePlan(
            "K-MW 1848",
            "visual",
            "in_work",
            "Pfeift vorn links, sobald leicht gebremst wird.",
            "Beläge vorn 3 mm, Verschleißanzeiger links liegt an. Scheiben gleichmäßig, 22,4 mm (Mindestmaß 22,0 mm). Empfehlung: Scheiben und Beläge zusammen.",
            lines=(
                ("Bremsscheiben und Beläge vorn, Teile", "1", "189,00"),
                ("Einbau Bremse vorn", "1,3", "89,00"),
            ),
            wear=0.35,
            caption="Bremsscheibe vorn links, gemessen 22,4 mm",
        ),
    ),
}  # fmt: skip
