"""The shapes that tables of PIDs are made of. `value = raw * factor + offset`."""

from typing import NamedTuple


class Scale(NamedTuple):
    unit: str
    factor: float = 1.0
    offset: float = 0.0


class Field(NamedTuple):
    """`width` bytes from `start` (A = 0); of these `bits` bits above `shift`, if given.

    `flag` is the bit of byte A that says the field is there; `unused` the raw value of no reading.
    """

    key: str
    start: int
    width: int
    factor: float = 1.0
    offset: float = 0.0
    signed: bool = False
    flag: int | None = None
    unused: int | None = None
    unit: str = ""
    shift: int = 0
    bits: int | None = None

    @property
    def end(self) -> int:
        return self.start + self.width

    @property
    def is_plain(self) -> bool:
        """Whole bytes that are always there and always mean something."""
        return self.flag is None and self.unused is None and self.bits is None

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest value that its bits can hold."""
        bits = self.bits or 8 * self.width
        low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if self.signed else (0, (1 << bits) - 1)
        return low * self.factor + self.offset, high * self.factor + self.offset


class Pid(NamedTuple):
    """`length` bytes always follow; fields behind them belong to ECUs that send more."""

    length: int
    fields: tuple[Field, ...]

    @property
    def longest(self) -> int:
        return max([self.length, *(field.end for field in self.fields)])


PERCENT = Scale("%", 100 / 255)
TRIM = Scale("%", 100 / 128, -100.0)
TEMPERATURE = Scale("°C", 1.0, -40.0)
HOT = Scale("°C", 0.1, -40.0)
TORQUE = Scale("%", 1.0, -125.0)
RATIO = Scale("", 1 / 32768)
RAIL = Scale("kPa", 10.0)
BOOST = Scale("kPa", 1 / 32)
PLAIN = Scale("")


def run(keys: str, width: int, scale: Scale, *, flag: int | None = None, start: int = 1,
        signed: bool = False) -> tuple[Field, ...]:  # fmt: skip
    """Fields behind one another, each with the next bit of byte A."""
    return tuple(
        Field(key, start + at * width, width, scale.factor, scale.offset, signed,
              None if flag is None else flag + at, None, scale.unit)
        for at, key in enumerate(keys.split())
    )  # fmt: skip


def part(key: str, start: int, shift: int, bits: int, *, flag: int | None = None) -> Field:
    """A few bits of one byte."""
    return Field(key, start, 1, flag=flag, shift=shift, bits=bits)
