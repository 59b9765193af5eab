"""Country of a WMI nobody knows, from its first two characters (ISO 3780, public assignments)."""

_ORDER = "ABCDEFGHJKLMNPRSTUVWXYZ1234567890"
_WHOLE = "A0"

# First character, then `XY country` for the second characters X to Y in the order above.
_ASSIGNED = {
    "A": "AH ZA JK CI LM LS NP BW RS NA TU MG VW MU XY TN Z1 CY 23 ZW 45 MZ",
    "B": "AB AO CC ET FG KE HH RW LL NG RR DZ 33 KE 34 LY",
    "C": "AB EG FG MA LM ZM",
    "D": "AE EG",
    "H": f"{_WHOLE} CN",
    "J": f"{_WHOLE} JP",
    "K": "FH IL LR KR ST JO 11 KR 33 KG 55 KG",
    "L": f"{_WHOLE} CN",
    "M": "AE IN FK ID LR TH SS MM UU MN XX KZ YZ IN 10 IN",
    "N": "AE IR FG PK JJ IQ LR TR ST UZ UU AZ XX TJ YY AM 15 IR 78 TR",
    "P": "AC PH FG SG LR MY ST BD VV KH 55 IN 00 MY",
    "R": "AB AE FK TW LN VN PP LA ST SA UW RU 11 HK 88 SA",
    "S": "AM GB NT DE UZ PL 12 LV 33 GE 44 IS",
    "T": "AH CH JP CZ RV HU W2 PT 35 RS 66 AD 78 NL",
    "U": "AC ES HM DK NR IE UW RO 12 MK 33 PT 57 SK 80 BA",
    "V": "AE AT FR FR SW ES X2 FR 35 HR 68 EE",
    "W": f"{_WHOLE} DE",
    "X": "AC BG DE RU FH GR JK RU LR NL SW RU XY LU Z0 RU",
    "Y": "AE BE FK FI NN MT SW SE X2 NO 35 BY 68 UA",
    "Z": "AU IT VV SI XZ SI 11 SM 35 LT 60 RU",
    "1": f"{_WHOLE} US",
    "2": "A5 CA",
    "3": "AX MX 55 DO 66 HN 77 PA 89 PR",
    "4": f"{_WHOLE} US",
    "5": f"{_WHOLE} US",
    "6": "AX AU Y1 NZ",
    "7": "AE NZ F0 US",
    "8": "AE AR FG CL LN EC ST PE XZ VE 22 BO",
    "9": "AE BR FG CO SV PY UW UY 08 BR 37 BR 99 UY",
}


def _spell_out() -> dict[str, str]:
    countries: dict[str, str] = {}
    for first, spans in _ASSIGNED.items():
        words = spans.split()
        for span, country in zip(words[::2], words[1::2], strict=True):
            start, end = sorted(_ORDER.index(edge) for edge in span)
            countries.update({first + second: country for second in _ORDER[start : end + 1]})
    return countries


_COUNTRIES = _spell_out()


def find_country(vin: str) -> str | None:
    """ISO 3166-1 alpha-2 of the body that assigned the WMI; None where nothing is assigned."""
    return _COUNTRIES.get(vin[:2])
