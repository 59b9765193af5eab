"""Fills the demo: both workshops, their people, and two years of believable history."""

from sqlalchemy import select

from portal.demo.people import PASSWORD, PLATFORM_EMAIL, DemoShop
from portal.kit.parts import Parts
from portal.kit.settings import Settings
from portal.tenants import workshops
from portal.tenants.boundary import inside
from portal.tenants.models import Account, Workshop
from portal.tenants.permissions import Permission, Role


async def fill(parts: Parts, shops: list[DemoShop]) -> None:
    """Whatever is missing; a workshop that is there already is left as it is."""
    async with inside(parts, None) as db:
        there = set(await db.scalars(select(Workshop.slug)))
        if await db.scalar(select(Account.id).where(Account.email == PLATFORM_EMAIL)) is None:
            await workshops.open_account(
                db,
                email=PLATFORM_EMAIL,
                name="Plattform",
                password=PASSWORD,
                is_platform_staff=True,
            )
    for shop in shops:
        if shop.slug not in there:
            await _found(parts, shop)


async def _found(parts: Parts, shop: DemoShop) -> None:
    workshop_id = await workshops.found(
        parts,
        slug=shop.slug,
        site_key=shop.site_key,
        name=shop.slug,
        allowed_origins=_origins(parts.settings),
    )
    async with inside(parts, workshop_id) as db:
        for role, name in shop.people.items():
            account = await workshops.open_account(
                db, email=shop.email(role), name=name, password=PASSWORD
            )
            await workshops.employ(db, account, Role(role))
        everything = frozenset(Permission) - {Permission.PLATFORM_READ}
        await workshops.issue_token(db, name="Demo", token=shop.api_token, scopes=everything)


def _origins(settings: Settings) -> list[str]:
    hosts = {settings.portal_host, "127.0.0.1", "localhost"}
    return sorted(f"http://{host}:{settings.portal_site_port}" for host in hosts)
