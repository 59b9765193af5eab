"""Commands of `carbot obd` that talk to a portal or to an adapter."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
import httpx
import msgspec

from portal.diagnostics import sending
from portal.kit import text
from portal.kit.text import _

URL = click.option(
    "--url", envvar="CARBOT_URL", required=True, help="Address of the portal. Also CARBOT_URL."
)
TOKEN = click.option(
    "--token", envvar="CARBOT_TOKEN", required=True, help="An API token. Better in CARBOT_TOKEN."
)


@click.command("upload")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@URL
@TOKEN
@click.option("--vin", default="", help="The vehicle, when the recording does not say.")
@click.option("--odometer", default="", help="Kilometres on the clock.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file.")
def upload(
    files: Sequence[Path],
    url: str,
    token: str,
    vin: str,
    odometer: str,
    as_json: bool,  # noqa: FBT001  # by name
) -> None:
    """Send recordings. The same file again is the same scan; exit 1 when one was not taken."""
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": text.locale.get()}
    failed = 0
    with httpx.Client(base_url=url, headers=headers, timeout=120) as client:
        for file in files:
            try:
                found = sending.send(
                    client, file, vin=vin, odometer_km=odometer, progress=_progress(file.name)
                )
            except sending.NotSent as refused:
                failed += 1
                _tell(file, {"error": str(refused)}, _("not sent: %(why)s", why=refused), as_json)
            else:
                _tell(file, found, _("sent as %(id)s", id=found["id"]), as_json)
    sys.exit(1 if failed else 0)


def _progress(name: str) -> sending.Progress:
    """A line on standard error that is written over; nothing where nobody watches."""

    def show(sent: int, whole: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{name}: {100 * sent // max(whole, 1):3} %", err=True, nl=sent >= whole)

    return show


def _tell(file: Path, found: dict[str, str], sentence: str, as_json: bool) -> None:  # noqa: FBT001  # one flag of the command
    if as_json:
        click.echo(msgspec.json.encode({"file": file.name, **found}).decode())
    else:
        click.echo(f"{file.name}: {sentence}", err="error" in found)
