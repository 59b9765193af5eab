"""From the first byte of an upload to a scan that was read: the portal and its worker apart."""

from statistics import median
from time import perf_counter

import httpx

from tests.bench.figures import Figure, most
from tests.bench.processes import Process, until
from tests.bench.recordings import ROWS, long_drive
from tests.bench.world import Bench
from tests.makers.shops import Shop

STORED_S = 1.5
WAIT_S = 20.0


async def run(bench: Bench) -> list[Figure]:
    shop = (await bench.shops(1))[0]
    file = long_drive(bench.much(ROWS, 60_000))
    async with bench.portal() as portal, bench.worker():
        times = [await _upload(portal, shop, file.name, file.data) for _ in range(bench.rounds)]
    accepted, stored = (median(column) for column in zip(*times, strict=True))
    told = f"{len(file.data) / 1e6:.1f} MB; answered after {accepted:.2f} s"
    return [Figure("OBD", "upload until it is read", "s", stored, target=most(STORED_S), note=told)]


async def _upload(portal: Process, shop: Shop, name: str, data: bytes) -> tuple[float, float]:
    headers = {"authorization": f"Bearer {shop.token}"}
    address = f"http://127.0.0.1:{portal.port}/api/v1"
    async with httpx.AsyncClient(headers=headers, timeout=WAIT_S) as device:
        began = perf_counter()
        answer = await device.post(
            f"{address}/integrations/obd/sessions", files={"file": (name, data, "text/csv")}
        )
        if answer.status_code != 202:
            raise RuntimeError(f"answered {answer.status_code}: {answer.text[:120]}")
        accepted = perf_counter() - began
        scan = f"{address}/diagnostics/{answer.json()['id']}"
        await until(lambda: _is_read(device, scan), WAIT_S)
        return accepted, perf_counter() - began


async def _is_read(device: httpx.AsyncClient, scan: str) -> bool:
    """Raises when it ends in any other way."""
    status = (await device.get(scan)).json()["status"]
    if status not in {"received", "read"}:
        raise RuntimeError(f"the scan ended as {status}")
    return status == "read"
