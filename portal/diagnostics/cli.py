"""Commands of `carbot obd` that talk to a portal or to an adapter."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
import httpx
import msgspec

from portal.diagnostics import live_commands, sending
from portal.diagnostics.live_terminal import Screen
from portal.diagnostics.recorder.adapter import Port
from portal.diagnostics.recorder.pace import UNKNOWN_CAR
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
                    client,
                    file,
                    vin=vin,
                    odometer_km=odometer,
                    progress=_progress(file.name),
                    waiting=live_commands.to_stderr,
                )
            except sending.NotSent as refused:
                failed += 1
                _tell(file, {"error": str(refused)}, _("not sent: %(why)s", why=refused), as_json)
            else:
                _tell(file, found, _("sent as %(id)s", id=found["id"]), as_json)
    sys.exit(1 if failed else 0)


_PORT = click.option("--port", "device", default="", help="Serial device: /dev/rfcomm0, COM3 …")
_TCP = click.option("--tcp", default="", help="Adapter in the network: host:port.")
_BAUD = click.option("--baudrate", type=int, default=None, help="Speed of the serial device.")
_RATE = click.option(
    "--rate",
    type=click.FloatRange(0.5, UNKNOWN_CAR),
    default=UNKNOWN_CAR,
    help="Requests a second, at most 10: a car may take more amiss.",
)
_FOLDER = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("recordings"),
    help="Where the transcript is written.",
)
_SECONDS = click.option("--seconds", type=float, default=0.0, help="End by itself after this time.")


@click.command("record")
@_PORT
@_TCP
@_BAUD
@_RATE
@_FOLDER
@_SECONDS
@click.option("--url", envvar="CARBOT_URL", default="", help="Stream to this portal as well.")
@click.option("--token", envvar="CARBOT_TOKEN", default="", help="An API token for it.")
@click.option("--vin", default="", help="The vehicle, when it does not tell its VIN.")
def record(
    device: str,
    tcp: str,
    baudrate: int | None,
    rate: float,
    folder: Path,
    seconds: float,
    url: str,
    token: str,
    vin: str,
) -> None:
    """Record a car through an ELM327 adapter until Ctrl-C, and show it live in the portal."""
    if url and not token:
        raise click.UsageError(_("--url needs --token as well."))
    port = _port(device, tcp, baudrate)
    wish = live_commands.Wish(port, folder, rate, url, token, vin, seconds)
    say, quiet = live_commands.to_stderr, live_commands.quiet
    sys.exit(live_commands.record(wish, on_values=quiet, say=say))


@click.command("live")
@_PORT
@_TCP
@_BAUD
@_RATE
@_FOLDER
@_SECONDS
@click.option("--json", "as_json", is_flag=True, help="One JSON object a value.")
def live(
    device: str,
    tcp: str,
    baudrate: int | None,
    rate: float,
    folder: Path,
    seconds: float,
    as_json: bool,  # noqa: FBT001  # by name
) -> None:
    """Show what a car says right now; the transcript is kept as with `record`."""
    port = _port(device, tcp, baudrate)
    wish = live_commands.Wish(port, folder, rate, seconds=seconds)
    with Screen(as_json=as_json) as screen:
        status = live_commands.record(wish, on_values=screen.show, say=live_commands.to_stderr)
    sys.exit(status)


def _port(device: str, tcp: str, baudrate: int | None) -> Port:
    if bool(device) == bool(tcp):
        raise click.UsageError(_("Please name either --port or --tcp."))
    return Port.tcp(tcp) if tcp else Port.serial(device, baudrate)


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
