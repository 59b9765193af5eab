"""Workshops with the texts, prices and hours of the two invented ones."""

from pathlib import Path

from portal.bookings.from_files import load_services_and_hours
from portal.content.sync import load_workshop_files
from portal.kit.parts import Parts
from portal.tenants.boundary import inside
from tests.makers.shops import Shop, found_shop

FILES = Path(__file__).parents[2] / "cms" / "content"


async def furnished(parts: Parts, slug: str = "kfz-brandt") -> Shop:
    """A new workshop that says what `cms/content/<slug>` says."""
    shop = await found_shop(parts, name="", phone="")
    async with inside(parts, shop.id) as db:
        await load_workshop_files(db, FILES / slug)
        await load_services_and_hours(db, FILES / slug)
    return shop
