"""The invented workshops, people and keys that the demo's documentation promises."""

from dataclasses import dataclass

from portal.tenants.permissions import Role

PASSWORD = "carbot-demo"  # noqa: S105  # known to everybody: it exists in the demo only
PLATFORM_EMAIL = "admin@carbot.example"
NAMES = {
    Role.OWNER: "inhaber",
    Role.ADVISOR: "annahme",
    Role.MECHANIC: "mechanik",
    Role.BOOKKEEPER: "buero",
}


@dataclass(frozen=True)
class DemoShop:
    slug: str
    people: dict[Role, str]

    @property
    def site_key(self) -> str:
        return f"demo-{self.slug}"

    @property
    def api_token(self) -> str:
        return f"demo-token-{self.slug}"

    def email(self, role: Role) -> str:
        return f"{NAMES[role]}@{self.slug}.example"


SHOPS = [
    DemoShop(
        "kfz-brandt",
        {
            Role.OWNER: "Matthias Brandt",
            Role.ADVISOR: "Katrin Lehmann",
            Role.MECHANIC: "Jonas Wendt",
            Role.BOOKKEEPER: "Sabine Krüger",
        },
    ),
    DemoShop(
        "autodienst-yilmaz",
        {
            Role.OWNER: "Selim Yılmaz",
            Role.ADVISOR: "Leyla Yılmaz",
            Role.MECHANIC: "Marek Nowak",
            Role.BOOKKEEPER: "Petra Hoffmann",
        },
    ),
]

SITE_KEYS = {shop.site_key for shop in SHOPS}
EMAILS = {shop.email(role) for shop in SHOPS for role in Role} | {PLATFORM_EMAIL}
