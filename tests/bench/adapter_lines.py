"""What an adapter and a CAN log print of one drive: engine speed, speed, load, air, temperature."""

import random
from functools import cache

EPOCH = 1_700_000_000.0
STEP_S = 0.02


@cache
def lines(count: int) -> list[str]:
    """`7E8 04 41 0C 0E 5E`: answers in the order in which a program asks for them in turn."""
    chance = random.Random(3)
    engine, speed = 800.0, 0.0
    found: list[str] = []
    while len(found) < count:
        engine = min(4000.0, max(780.0, engine + chance.gauss(0, 40)))
        speed = min(200.0, max(0.0, speed + chance.gauss(0, 1)))
        found += [
            f"7E8 04 41 0C {_two(int(engine * 4))}",
            f"7E8 03 41 0D {int(speed):02X}",
            f"7E8 03 41 04 {chance.randrange(60, 200):02X}",
            f"7E8 04 41 10 {_two(chance.randrange(300, 3000))}",
            f"7E8 03 41 05 {80 + chance.randrange(3):02X}",
        ]
    return found[:count]


@cache
def transcript(count: int) -> bytes:
    return ("\r".join(lines(count)) + "\r>").encode()


@cache
def candump(count: int) -> bytes:
    """The same answers, each behind its request and in front of two frames of other traffic."""
    chance = random.Random(4)
    rows: list[str] = []
    for at, line in enumerate(lines(count)):
        moment = EPOCH + at * STEP_S
        pid = line.split()[3]
        rows += [
            f"({moment:.6f}) can0 7DF#0201{pid}0000000000",
            f"({moment + 0.004:.6f}) can0 7E8#{line[4:].replace(' ', '').ljust(16, 'A')}",
            f"({moment + 0.006:.6f}) can0 280#{chance.randrange(1 << 64):016X}",
            f"({moment + 0.008:.6f}) can0 5A0#{chance.randrange(1 << 64):016X}",
        ]
    return "\n".join(rows).encode()


def _two(number: int) -> str:
    return f"{number >> 8:02X} {number & 0xFF:02X}"
