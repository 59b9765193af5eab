"""What a start ends with: addresses, people, passwords."""

from io import StringIO

from rich.console import Console
from rich.table import Table

from portal.demo.people import NAMES, PASSWORD, PLATFORM_EMAIL, SHOPS
from portal.kit.settings import Settings
from portal.kit.text import _


def start_table(settings: Settings) -> str:
    site = f"http://{settings.portal_host}:{settings.portal_site_port}"
    table = Table(title=_("CarBot is ready. Ctrl-C ends it."), title_justify="left")
    for heading in ("", _("Address"), _("Who")):
        table.add_column(heading, overflow="fold")
    table.add_row(_("Dashboard"), settings.base_url, "")
    for shop in SHOPS:
        people = ", ".join(f"{name}@" for name in NAMES.values())
        table.add_row(
            shop.slug, f"{settings.base_url}/w/{shop.slug}/", f"{people}\n{shop.slug}.example"
        )
        table.add_row(_("Website"), f"{site}/{shop.slug}", "")
    table.add_row(_("Platform"), f"{settings.base_url}/admin", PLATFORM_EMAIL)
    table.add_row(_("Mail"), f"{site}/mail", str(settings.portal_home / "mail"))
    table.add_row(_("Password of all"), PASSWORD, "")
    out = StringIO()
    Console(file=out, width=110).print(table)
    return out.getvalue()
