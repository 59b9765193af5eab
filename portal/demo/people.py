"""The invented workshops, people and keys that the demo's documentation promises."""

from dataclasses import dataclass
from pathlib import Path

from portal.tenants import demo_keys
from portal.tenants.demo_keys import PLATFORM_EMAIL
from portal.tenants.permissions import Role

PASSWORD = "carbot-demo"  # noqa: S105  # known to everybody: it exists in the demo only
__all__ = ["NAMES", "PASSWORD", "PLATFORM_EMAIL", "SHOPS", "DemoShop"]

NAMES = dict(zip(Role, demo_keys.NAMES, strict=True))
CONTENT = Path(__file__).parents[2] / "cms" / "content"


@dataclass(frozen=True)
class DemoShop:
    slug: str
    name: str
    people: dict[Role, str]

    @property
    def site_key(self) -> str:
        return demo_keys.site_key(self.slug)

    @property
    def api_token(self) -> str:
        return demo_keys.api_token(self.slug)

    @property
    def content(self) -> Path:
        """Texts, prices and hours: the folder that the portal and the website both read."""
        return CONTENT / self.slug

    def email(self, role: Role) -> str:
        return demo_keys.email(self.slug, NAMES[role])


SHOPS = [
    DemoShop(
        "kfz-brandt",
        "Kfz-Meisterbetrieb Brandt",
        {
            Role.OWNER: "Katrin Brandt",
            Role.ADVISOR: "Thomas Lehmann",
            Role.MECHANIC: "Jonas Wendt",
            Role.BOOKKEEPER: "Sabine Krüger",
        },
    ),
    DemoShop(
        "autodienst-yilmaz",
        "Autodienst Yılmaz",
        {
            Role.OWNER: "Mehmet Yılmaz",
            Role.ADVISOR: "Elif Yılmaz",
            Role.MECHANIC: "Marek Nowak",
            Role.BOOKKEEPER: "Petra Hoffmann",
        },
    ),
]
