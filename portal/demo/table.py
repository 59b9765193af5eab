"""What a start ends with: addresses, people, passwords."""

from io import StringIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from portal.demo.people import ADVISOR, BOOKKEEPER, MECHANIC, OWNER, PASSWORD, PLATFORM_EMAIL, SHOPS
from portal.kit.settings import Settings
from portal.kit.text import _

WIDTH = 104


def start_table(settings: Settings) -> str:
    out = StringIO()
    console = Console(file=out, width=WIDTH)
    console.print()
    console.print(_addresses(settings))
    console.print(_people())
    console.print(_("Password of all: %(password)s", password=PASSWORD), highlight=False)
    console.print(_("Ctrl-C ends the demo. What you do here is kept for the next start."))
    return out.getvalue()


def _addresses(settings: Settings) -> Table:
    site = f"http://{settings.portal_host}:{settings.portal_site_port}"
    table = _table(_("CarBot is ready."), "", *(shop.name for shop in SHOPS))
    for name, pattern in (
        (_("Dashboard"), settings.base_url + "/w/{}/"),
        (_("Website with chat"), site + "/{}"),
    ):
        table.add_row(name, *(pattern.format(shop.slug) for shop in SHOPS))
    table.add_section()
    table.add_row(_("Platform"), f"{settings.base_url}/admin")
    table.add_row(_("Mail"), f"{site}/mail")
    return table


def _people() -> Table:
    table = _table("", _("Sign in as"), *(shop.name for shop in SHOPS))
    for role, name in _roles().items():
        table.add_row(name, *(f"{shop.email(role)}\n{shop.people[role]}" for shop in SHOPS))
    table.add_section()
    table.add_row(_("Platform"), PLATFORM_EMAIL)
    return table


def _roles() -> dict[str, str]:
    return {
        OWNER: _("Owner"),
        ADVISOR: _("Service advisor"),
        MECHANIC: _("Mechanic"),
        BOOKKEEPER: _("Bookkeeper"),
    }


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title or None, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
