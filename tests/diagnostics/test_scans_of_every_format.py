"""Each format from its bytes to the page that a mechanic sees."""

import pytest

from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.makers import can_logs
from tests.makers.recordings import (
    ANDROBD,
    DASHCOMMAND,
    OBD_FUSION,
    VCDS_LOG,
    VCDS_SCAN,
    VCDS_SCAN_GERMAN,
)

FILES = {
    "androbd": ANDROBD.encode(),
    "obd_fusion": OBD_FUSION.encode(),
    "dashcommand": DASHCOMMAND.encode(),
    "vcds_autoscan": VCDS_SCAN.encode(),
    "vcds_log": VCDS_LOG.encode("cp1252"),
    "candump": can_logs.candump(),
    "blf": can_logs.blf(),
    "mf4": can_logs.mf4(),
}


async def read(parts, device, shop, data):
    async with device(shop) as program:
        answer = await program.post(
            "/api/v1/integrations/obd/sessions", files={"file": ("recording", data)}
        )
        scan_id = answer.json()["id"]
        await work_off(parts)
        return (await program.get(f"/api/v1/diagnostics/{scan_id}")).json()


@pytest.mark.parametrize("name", FILES)
async def test_a_file_becomes_a_page(parts, device, signed_in, shop, name):
    scan = await read(parts, device, shop, FILES[name])
    assert (scan["status"], scan["format"]) == ("read", name)
    browser = await signed_in(shop, Role.MECHANIC)
    page = await browser.get(f"{shop.home}/diagnostics/{scan['id']}")
    assert page.status_code == 200


async def test_a_testers_words_are_shown_for_codes_of_the_maker(parts, device, signed_in, shop):
    scan = await read(parts, device, shop, VCDS_SCAN_GERMAN.encode("cp1252"))
    assert [code["code"] for code in scan["trouble_codes"]] == ["01493"]
    browser = await signed_in(shop, Role.MECHANIC)
    page = (await browser.get(f"{shop.home}/diagnostics/{scan['id']}")).text
    assert "01493" in page
    assert "Rücklicht links (M4)" in page


async def test_a_scan_with_a_silent_module_never_says_that_there_are_no_faults(
    parts, device, signed_in, shop
):
    text = VCDS_SCAN.replace("2 Faults Found:", "No fault code found.").replace(
        "3 Faults Found:", "No fault code found."
    )
    scan = await read(parts, device, shop, text.encode())
    assert scan["codes_read"] == "partial"
    assert scan["trouble_codes"] == []
    browser = await signed_in(shop, Role.MECHANIC)
    page = (await browser.get(f"{shop.home}/diagnostics/{scan['id']}")).text
    assert "44" in page
    for comfort in ("keine fehlercodes", "sind keine fehler gespeichert"):
        assert comfort not in page.lower()
