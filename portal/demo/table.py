"""What a start ends with: addresses, people, passwords, in lines that fit 80 columns."""

from collections.abc import Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from portal.demo.people import (
    ADVISOR,
    BOOKKEEPER,
    MECHANIC,
    OWNER,
    PASSWORD,
    PLATFORM_EMAIL,
    SHOPS,
    DemoShop,
)
from portal.kit.settings import Settings
from portal.kit.text import _

LONG_ENOUGH = 160  # columns: no address is ever broken
LABELS = 18
Row = tuple[str, str, str]


def start_table(settings: Settings) -> str:
    site = f"http://{settings.portal_host}:{settings.portal_site_port}"
    out = StringIO()
    console = Console(file=out, width=LONG_ENOUGH, highlight=False)
    console.print()
    console.print(Text(_("CarBot is ready."), "bold green"))
    for shop in SHOPS:
        _show(console, shop.name, _rows(shop, settings.base_url, site))
    platform = [
        (_("Portal"), f"{settings.base_url}/admin", ""),
        (_("Sign in as"), PLATFORM_EMAIL, ""),
        (_("Mail"), f"{site}/mail", ""),
    ]
    _show(console, _("Platform"), platform)
    console.print()
    console.print(_("Password of all: %(password)s", password=PASSWORD))
    console.print(_("Ctrl-C ends the demo and keeps what you did."))
    return out.getvalue()


def _show(console: Console, title: str, rows: Sequence[Row]) -> None:
    lines = Table.grid(padding=(0, 2, 0, 0))
    lines.add_column(min_width=LABELS)
    lines.add_column(no_wrap=True)
    for label, address, who in rows:
        lines.add_row(f"  {label}", address, who)
    console.print()
    console.print(Text(title, "bold"))
    console.print(lines)


def _rows(shop: DemoShop, portal: str, site: str) -> list[Row]:
    roles = {
        OWNER: _("Owner"),
        ADVISOR: _("Service advisor"),
        MECHANIC: _("Mechanic"),
        BOOKKEEPER: _("Bookkeeper"),
    }
    return [
        (_("Portal"), f"{portal}/w/{shop.slug}/", ""),
        (_("Website with chat"), f"{site}/{shop.slug}", ""),
        *((name, shop.email(role), shop.people[role]) for role, name in roles.items()),
    ]
