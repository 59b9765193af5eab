"""The invented workshops, people and keys that the demo's documentation promises."""

from dataclasses import dataclass
from pathlib import Path

from portal.tenants import demo_names

PLATFORM_EMAIL = demo_names.PLATFORM_EMAIL
PASSWORD = "carbot-demo"  # noqa: S105  # known to everybody: it exists in the demo only

OWNER, ADVISOR, MECHANIC, BOOKKEEPER = ROLES = ("owner", "advisor", "mechanic", "bookkeeper")
"""The values of `permissions.Role`, which would bring half the portal along."""
NAMES = dict(zip(ROLES, demo_names.NAMES, strict=True))
CONTENT = Path(__file__).parents[2] / "cms" / "content"


@dataclass(frozen=True)
class DemoShop:
    slug: str
    name: str
    people: dict[str, str]

    @property
    def site_key(self) -> str:
        return demo_names.site_key(self.slug)

    @property
    def api_token(self) -> str:
        return demo_names.api_token(self.slug)

    @property
    def content(self) -> Path:
        """Texts, prices and hours: the folder that the portal and the website both read."""
        return CONTENT / self.slug

    def email(self, role: str) -> str:
        return demo_names.email(self.slug, NAMES[role])


SHOPS = [
    DemoShop(
        "kfz-brandt",
        "Kfz-Meisterbetrieb Brandt",
        {
            OWNER: "Katrin Brandt",
            ADVISOR: "Thomas Lehmann",
            MECHANIC: "Jonas Wendt",
            BOOKKEEPER: "Sabine Krüger",
        },
    ),
    DemoShop(
        "autodienst-yilmaz",
        "Autodienst Yılmaz",
        {
            OWNER: "Mehmet Yılmaz",
            ADVISOR: "Elif Yılmaz",
            MECHANIC: "Marek Nowak",
            BOOKKEEPER: "Petra Hoffmann",
        },
    ),
]
