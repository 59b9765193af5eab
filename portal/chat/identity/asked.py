"""What a visitor named: a plate or a VIN, in one spelling, and as keys that tell nothing."""

import hashlib
import hmac
from collections.abc import Sequence

import msgspec

from portal.vehicles import plate as plates
from portal.vehicles import vin as vins
from portal.vehicles.vehicle_facts import foreign_key, look_of


class Asked(msgspec.Struct, frozen=True):
    """`vin` or `looks`, never both: plates are found under what they look like.

    A plate may be read in several ways (BSL 12 is BS-L 12 or B-SL 12); all of them are looked for.
    """

    vin: str = ""
    looks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The same for the same vehicle, however it was typed."""
        return f"vin {self.vin}" if self.vin else f"plate {' '.join(self.looks)}"


def asked_for(*, plate: str = "", vin: str = "") -> Asked:
    """What cannot be a plate or a VIN is kept as it looks: it is found nowhere, like any other."""
    if vin.strip():
        typed = vin.strip()
        return Asked(vin=vins.normalize(typed).vin or foreign_key(typed))
    return Asked(looks=_looks(plate))


def key_of(secret: str, *parts: str) -> bytes:
    """A keyed hash: a stolen table names neither plates nor codes."""
    return hmac.new(secret.encode(), "\0".join(parts).encode(), hashlib.sha256).digest()


def _looks(plate: str) -> tuple[str, ...]:
    keys: Sequence[str] = [found.search_key for found in plates.candidates(plate)]
    return tuple(sorted({look_of(key) for key in keys or [foreign_key(plate)]}))
