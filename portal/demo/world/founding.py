"""The workshops themselves: directory entry, people, keys, texts, prices, hours."""

from collections.abc import Sequence
from uuid import UUID

from portal.bookings.from_files import load_services_and_hours
from portal.content.sync import load_workshop_files
from portal.demo.people import PASSWORD, PLATFORM_EMAIL, DemoShop
from portal.kit.db import Db
from portal.kit.parts import Parts
from portal.kit.settings import Settings
from portal.tenants import workshops
from portal.tenants.boundary import inside
from portal.tenants.permissions import Permission, Role


async def employ_platform_staff(db: Db) -> None:
    await workshops.open_account(
        db, email=PLATFORM_EMAIL, name="Plattform", password=PASSWORD, is_platform_staff=True
    )


async def found(parts: Parts, shop: DemoShop) -> UUID:
    return await workshops.found(
        parts,
        slug=shop.slug,
        site_key=shop.site_key,
        name=shop.name,
        allowed_origins=origins(parts.settings),
        privacy_url=f"{site_of(parts.settings)}/{shop.slug}/datenschutz",
    )


async def furnish(parts: Parts, shop: DemoShop, workshop_id: UUID) -> None:
    """People with their passwords, a token for programs, and what the workshop says of itself."""
    async with inside(parts, workshop_id) as db:
        for role, name in shop.people.items():
            account = await workshops.open_account(
                db, email=shop.email(role), name=name, password=PASSWORD
            )
            await workshops.employ(db, account, Role(role))
        everything = frozenset(Permission) - {Permission.PLATFORM_READ}
        await workshops.issue_token(db, name="Demo", token=shop.api_token, scopes=everything)
        await load_workshop_files(db, shop.content)
        await load_services_and_hours(db, shop.content)


async def follow_the_website(db: Db, settings: Settings, shop: DemoShop) -> None:
    """The website may stand on another port than at the last start: let its chat in there too."""
    profile = await workshops.get_profile(db)
    wanted = _joined(profile.allowed_origins, origins(settings))
    if wanted != list(profile.allowed_origins):
        profile.allowed_origins = wanted
    privacy = f"{site_of(settings)}/{shop.slug}/datenschutz"
    if profile.privacy_url != privacy and profile.privacy_url.startswith("http://"):
        profile.privacy_url = privacy


def site_of(settings: Settings) -> str:
    return f"http://{settings.portal_host}:{settings.portal_site_port}"


def origins(settings: Settings) -> list[str]:
    """The website is reached by several names of this machine."""
    hosts = {settings.portal_host, "127.0.0.1", "localhost"}
    return sorted(f"http://{host}:{settings.portal_site_port}" for host in hosts)


def _joined(known: Sequence[str], new: Sequence[str]) -> list[str]:
    return [*known, *(origin for origin in new if origin not in known)]
