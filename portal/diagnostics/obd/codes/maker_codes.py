# ruff: noqa: E501  # a table: one row a line
"""What makers' own codes mean, as far as it is certain; all others stay manufacturer specific.

VW's numbers are printed by every VCDS scan and were public long before; GM gave four codes of the
chassis another meaning than SAE J2012 does. Wording is ours. A row with `!` concerns brakes, steering
or restraints.
"""

from typing import NamedTuple

_VW = "volkswagen vw audi seat cupra skoda škoda bentley lamborghini"
_GM = "opel vauxhall chevrolet cadillac buick gmc saab saturn pontiac hummer"

_VW_ROWS = """
!00283 Drehzahlfühler vorn links (G47) | wheel speed sensor front left (G47)
!00285 Drehzahlfühler vorn rechts (G45) | wheel speed sensor front right (G45)
!00287 Drehzahlfühler hinten rechts (G44) | wheel speed sensor rear right (G44)
!00290 Drehzahlfühler hinten links (G46) | wheel speed sensor rear left (G46)
00446 Funktionseinschränkung durch Unterspannung | function limited by low voltage
00470 Komfort-Datenbus im Eindrahtbetrieb | comfort bus in single-wire mode
00526 Bremslichtschalter (F) | brake light switch (F)
00532 Versorgungsspannung | supply voltage
!00588 Zünder für Fahrerairbag (N95) | igniter of driver airbag (N95)
!00589 Zünder 1 für Beifahrerairbag (N131) | igniter 1 of passenger airbag (N131)
00668 Bordspannung Klemme 30 | vehicle voltage terminal 30
00778 Lenkwinkelgeber (G85) | steering angle sensor (G85)
00779 Temperaturfühler Außentemperatur (G17) | ambient temperature sensor (G17)
00849 S-Kontakt am Zündanlassschalter (D) | S contact at ignition switch (D)
01176 Schlüssel (Wegfahrsperre) | key (immobiliser)
!01276 Hydraulikpumpe für ABS (V64) | ABS hydraulic pump (V64)
01299 Diagnoseinterface für Datenbus (J533) | diagnostic interface for data bus (J533)
01304 Radio | radio
!01309 Steuergerät für Lenkhilfe (J500) | power steering control unit (J500)
01312 Datenbus Antrieb | powertrain data bus
01314 Motorsteuergerät | engine control unit
01315 Getriebesteuergerät | gearbox control unit
!01316 Bremsensteuergerät | brake control unit
01317 Steuergerät im Schalttafeleinsatz (J285) | control unit in instrument cluster (J285)
!01321 Steuergerät für Airbag (J234) | airbag control unit (J234)
01330 Zentralsteuergerät für Komfortsystem (J393) | central comfort control unit (J393)
01331 Türsteuergerät Fahrerseite (J386) | door control unit driver side (J386)
01332 Türsteuergerät Beifahrerseite (J387) | door control unit passenger side (J387)
01333 Türsteuergerät hinten links (J388) | door control unit rear left (J388)
01334 Türsteuergerät hinten rechts (J389) | door control unit rear right (J389)
01336 Datenbus Komfort | comfort data bus
65535 Steuergerät defekt | control unit defective
P1136 Gemischanpassung (additiv) Bank 1: System zu mager | mixture adaptation (additive) bank 1: too lean
P1176 Lambdakorrektur hinter Katalysator Bank 1: Regelgrenze erreicht | lambda correction behind catalyst bank 1: control limit reached
P1250 Kraftstofffüllstand: zu niedrig | fuel level: too low
P1340 Geber für Nockenwelle und Kurbelwelle: Zuordnung falsch | camshaft and crankshaft sensors: wrong relation
P1545 Drosselklappensteuerung: Funktionsstörung | throttle control: malfunction
P1550 Ladedruck: Regelabweichung | boost pressure: deviation
P1555 Ladedruck: obere Grenze überschritten | boost pressure: upper limit exceeded
P1556 Ladedruckregelung: untere Grenze unterschritten | boost control: lower limit not reached
P1557 Ladedruckregelung: obere Grenze überschritten | boost control: upper limit exceeded
P1570 Motorsteuergerät: gesperrt (Wegfahrsperre) | engine control unit: locked by immobiliser
P1602 Spannungsversorgung Klemme 30: zu niedrig | supply terminal 30: too low
P1612 Motorsteuergerät: falsch codiert | engine control unit: wrong coding
"""
_GM_ROWS = """
C0035 Raddrehzahlsensor vorn links: Stromkreis fehlerhaft | wheel speed sensor front left: circuit fault
C0040 Raddrehzahlsensor vorn rechts: Stromkreis fehlerhaft | wheel speed sensor front right: circuit fault
C0045 Raddrehzahlsensor hinten links: Stromkreis fehlerhaft | wheel speed sensor rear left: circuit fault
C0050 Raddrehzahlsensor hinten rechts: Stromkreis fehlerhaft | wheel speed sensor rear right: circuit fault
"""


class MakerCode(NamedTuple):
    """Texts by language; `is_grave` where brakes, steering or restraints are concerned."""

    texts: dict[str, str]
    is_grave: bool


def _read(rows: str) -> dict[str, MakerCode]:
    found = {}
    for row in rows.strip().splitlines():
        code, _, words = row.removeprefix("!").partition(" ")
        german, _, english = words.partition(" | ")
        texts = {"de": german, "en": english[0].upper() + english[1:]}
        found[code] = MakerCode(texts, is_grave=row.startswith("!"))
    return found


_BY_MAKE = {
    make: codes
    for makes, codes in ((_VW, _read(_VW_ROWS)), (_GM, _read(_GM_ROWS)))
    for make in makes.split()
}


def find(code: str, make: str | None) -> MakerCode | None:
    """What a maker's code means (`P1570`, `01314`), None unless make and code are known.

    `make` is the brand as a vehicle carries it; what follows its first word is ignored.
    """
    first = (make or "").lower().replace("-", " ").split()[:1]
    codes = _BY_MAKE.get(first[0]) if first else None
    tidy = code.strip().upper()
    return codes.get(tidy.zfill(5) if tidy.isdigit() else tidy) if codes else None
