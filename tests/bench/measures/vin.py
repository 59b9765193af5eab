"""VINs explained in one process, one after the other."""

from time import perf_counter

from portal.vehicles.vin import decode
from tests.bench.figures import Figure, least
from tests.bench.world import Bench

# One of each kind: Germany, North America with check digit, Japan, small maker, misread, refused.
VINS = (
    "WVWZZZ1KZ6W612305",
    "WBA3A5C51CF256651",
    "1M8GDM9AXKP042788",
    "1HGCM82633A004352",
    "JTDKB20U093500001",
    "VF1BB05CF31454718",
    "SALLAAA146A393201",
    "TMBJJ7NE1E0123456",
    "WP1ZZZ92ZDLA00012",
    "WVWZZZ1KZ6W61230O",
    "WVWZZZ1KZ6W6123",
)


async def run(bench: Bench) -> list[Figure]:
    vins = VINS * bench.much(1000, 300)
    fastest = min(_seconds(vins) for _ in range(bench.rounds))
    value = len(vins) / fastest
    return [Figure("VIN", "decoded", "/s", value, target=least(50_000), note="best round")]


def _seconds(vins: tuple[str, ...]) -> float:
    began = perf_counter()
    for vin in vins:
        decode(vin)
    return perf_counter() - began
