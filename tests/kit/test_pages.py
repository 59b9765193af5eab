"""A page swapped in by htmx says the same as the page that was loaded whole."""

import pytest

from portal.tenants.permissions import Role

SWAPPED = {"hx-request": "true", "hx-target": "main"}
PAGES = (
    "diagnostics",
    "diagnostics/upload",
    "diagnostics/live",
    "diagnostics/sessions",
    "vehicles",
)


@pytest.mark.parametrize("path", PAGES)
async def test_a_swapped_page_has_the_macros_of_its_head(signed_in, shop, path):
    browser = await signed_in(shop, Role.OWNER)
    whole = await browser.get(f"{shop.home}/{path}")
    swapped = await browser.get(f"{shop.home}/{path}", headers=SWAPPED)
    assert (whole.status_code, swapped.status_code) == (200, 200)
    assert swapped.text.startswith("<title>")
    assert swapped.text.partition("</title>")[2].strip()[:200] in whole.text
