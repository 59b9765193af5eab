"""How the results of service 06 are scaled: SAE J1979 appendix E, one line per id.

`value = raw * factor + offset`; ids from 80 on hold signed numbers of 16 bits.
"""

from typing import NamedTuple


class Scaling(NamedTuple):
    unit: str
    factor: float
    offset: float
    signed: bool


UNKNOWN = Scaling("", 1.0, 0.0, signed=False)
_TABLE = """
01 1 0 -
02 0.1 0 -
03 0.01 0 -
04 0.001 0 -
05 0.0000305 0 -
06 0.000305 0 -
07 0.25 0 rpm
08 0.01 0 km/h
09 1 0 km/h
0A 0.000122 0 V
0B 0.001 0 V
0C 0.01 0 V
0D 0.00390625 0 mA
0E 0.001 0 A
0F 0.01 0 A
10 0.001 0 s
11 0.1 0 s
12 1 0 s
13 0.001 0 Ω
14 1 0 Ω
15 1000 0 Ω
16 0.1 -40 °C
17 0.01 0 kPa
18 0.0117 0 kPa
19 0.079 0 kPa
1A 1 0 kPa
1B 10 0 kPa
1C 0.01 0 °
1D 0.5 0 °
1E 0.0000305 0 -
1F 0.05 0 -
20 0.00390625 0 -
21 0.001 0 Hz
22 1 0 Hz
23 1000 0 Hz
24 1 0 -
25 1 0 km
26 0.1 0 V/s
27 0.01 0 g/s
28 1 0 g/s
29 0.25 0 Pa/s
2A 0.001 0 kg/h
2B 1 0 -
2C 0.01 0 g/cyl
2D 0.01 0 mg/stroke
2E 1 0 -
2F 0.01 0 %
30 0.001526 0 %
31 0.001 0 l
32 0.00077470 0 mm
33 0.00024414 0 -
34 1 0 min
35 0.01 0 s
36 0.01 0 g
37 0.1 0 g
38 1 0 g
39 0.01 -327.68 %
3A 0.001 0 g
3B 0.0001 0 g
3C 0.0000001 0 s
3D 0.01 0 mA
3E 0.00006103516 0 mm²
3F 0.01 0 l
40 1 0 ppm
41 0.00001 0 mA
81 1 0 -
82 0.1 0 -
83 0.01 0 -
84 0.001 0 -
85 0.0000305 0 -
86 0.000305 0 -
87 1 0 ppm
8A 0.000122 0 V
8B 0.001 0 V
8C 0.01 0 V
8D 0.00390625 0 mA
8E 0.001 0 A
90 0.001 0 s
96 0.1 0 °C
99 0.1 0 kPa
9C 0.01 0 °
9D 0.5 0 °
A8 1 0 g/s
A9 0.25 0 Pa/s
AD 0.01 0 mg/stroke
AE 0.1 0 mg/stroke
AF 0.01 0 %
B0 0.003052 0 %
B1 2 0 V/s
FC 0.01 0 kPa
FD 0.001 0 kPa
FE 0.25 0 Pa
"""


def scaling_of(unit_id: int) -> Scaling:
    """The scaling of a unit id; raw numbers, signed from 80 on, where the standard has none."""
    return SCALINGS.get(unit_id) or UNKNOWN._replace(signed=unit_id >= 0x80)


def _table() -> dict[int, Scaling]:
    found: dict[int, Scaling] = {}
    for line in _TABLE.strip().splitlines():
        number, factor, offset, unit = line.split()
        at = int(number, 16)
        plain = "" if unit == "-" else unit
        found[at] = Scaling(plain, float(factor), float(offset), signed=at >= 0x80)
    return found


SCALINGS = _table()
