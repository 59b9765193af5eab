"""The `carbot` command."""

import asyncio
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from portal import cli_words
from portal.content.cli import content
from portal.kit import text
from portal.kit.settings import Settings, SettingsIncomplete

WEBSOCKET_BYTES = 256_000
"""Of one message: more is cut off by the server before it is held in memory."""


@click.group()
@click.pass_context
def main(command: click.Context) -> None:
    """CarBot: the portal for independent car workshops."""
    language = text.preferred(os.environ.get("LANG", "de").split(".")[0])
    command.with_resource(text.speaking(language))
    if language == text.DEFAULT:
        cli_words.speak_german()


main.add_command(content)


@main.command()
def serve() -> None:
    """Answer requests with production settings."""
    import gc

    import uvicorn

    gc.disable()  # loading makes no garbage to speak of; `parts.running` collects from then on
    settings = Settings()
    uvicorn.run(
        "portal.app:serve",
        factory=True,
        host=settings.portal_host,
        port=settings.portal_port,
        workers=settings.portal_workers,
        forwarded_allow_ips=settings.portal_trusted_proxies,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        ws_max_size=WEBSOCKET_BYTES,
    )


@main.command()
def worker() -> None:
    """Do the queued jobs."""
    import gc

    gc.disable()  # see `serve`
    from portal import worker as process

    process.run(Settings())


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from portal.migrate import upgrade

    url = Settings().database_owner_url
    if url is None:
        raise click.ClickException("DATABASE_OWNER_URL is needed.")
    upgrade(url.get_secret_value())


@main.command()
@click.option("--reset", is_flag=True, help="Erase what earlier starts left, then begin anew.")
def demo(reset: bool) -> None:  # noqa: FBT001  # by name
    """Start everything on this machine, with two invented workshops."""
    from portal import demo as demonstration

    sys.exit(demonstration.run(reset=reset))


@main.command()
def doctor() -> None:
    """Say what is configured, reachable and missing; exit 1 when something needed is missing."""
    from portal import doctor as examination

    marks = {True: "ok     ", False: "MISSING", None: "without"}

    async def show() -> bool:
        healthy = True
        async for line in examination.examine(Settings()):
            click.echo(f"{marks[line.ok]}  {line.what:<10} {line.told}")
            healthy = healthy and line.ok is not False
        return healthy

    sys.exit(0 if asyncio.run(show()) else 1)


@main.group()
def workshop() -> None:
    """Workshops of this installation."""


@workshop.command("create")
@click.argument("slug")
@click.option("--name", required=True, help="The name that customers see.")
@click.option("--owner-email", required=True)
@click.option("--owner-name", required=True)
@click.password_option(help="Password of the owner, 12 characters or more.")
def workshop_create(slug: str, name: str, owner_email: str, owner_name: str, password: str) -> None:
    """Found a workshop with its owner; prints the site key for the widget."""
    from portal.kit.parts import running
    from portal.tenants import workshops

    if len(password) < 12:
        raise click.ClickException("The password needs 12 characters or more.")

    async def create() -> str:
        async with running(Settings()) as parts:
            owner = workshops.Owner(owner_email, owner_name, password)
            return await workshops.open_business(parts, slug=slug, name=name, owner=owner)

    click.echo(asyncio.run(create()))


@workshop.command("suspend")
@click.argument("slug")
@click.option("--reason", required=True, help="Shown to the workshop's staff.")
def workshop_suspend(slug: str, reason: str) -> None:
    """Close a workshop for its staff and its widget; nothing is deleted."""
    from portal.kit.parts import running
    from portal.tenants import workshops

    async def suspend() -> None:
        async with running(Settings()) as parts:
            await workshops.suspend(parts, slug, reason)

    asyncio.run(suspend())


@main.group()
def chat() -> None:
    """The assistant of the chat."""


@chat.command("eval")
@click.option("--provider", "address", help="OpenAI-compatible address; without it: built-in.")
@click.option("--model", default="gpt-4o-mini", show_default=True)
@click.option("--key-from", default="OPENAI_API_KEY", help="Environment variable with the key.")
@click.option("--hostile", is_flag=True, help="A scripted model that obeys every attacker.")
@click.option("--every", default=1, help="Only each n-th attack: endpoints cost money.")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path))
def chat_eval(
    address: str | None,
    model: str,
    key_from: str,
    hostile: bool,  # noqa: FBT001  # by name
    every: int,
    file: Path | None,
) -> None:
    """Ask all test conversations and attacks; exit 1 when anything leaks or an attack succeeds."""
    from portal import evaluating

    key = os.environ.get(key_from, "")
    wanted = evaluating.Wanted(address=address, model=model, key=key, hostile=hostile, every=every)
    found = evaluating.run(wanted, lambda line: click.echo(line, err=True))
    click.echo(found.table)
    if file is not None:
        file.write_bytes(found.json)
    sys.exit(1 if found.is_alarming else 0)


@main.group()
def vin() -> None:
    """Vehicle identification numbers."""


@vin.command("decode")
@click.argument("vins", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--vpic", "with_vpic", is_flag=True, help="Ask vPIC about American numbers, too.")
def vin_decode(vins: tuple[str, ...], as_json: bool, with_vpic: bool) -> None:  # noqa: FBT001
    """Explain VINs, from arguments or one a line from standard input; long lists show progress."""
    from portal.vehicles.vin import bulk, cli_view, vpic

    if with_vpic and not vpic.is_installed():
        raise click.ClickException("vPIC is not here: pip install 'carbot[vpic]'")
    typed = vins or (line.rstrip("\r\n") for line in _standard_input())
    locale = text.locale.get()
    for report in bulk.judge_all(typed, lambda line: click.echo(line, err=True)):
        facts = vpic.find(report) if with_vpic else None
        if as_json:
            click.echo(cli_view.as_json(report, facts))
        else:
            click.echo(cli_view.as_text(report, locale, facts))


def _standard_input() -> Iterator[str]:
    """Lines of a pipe in any encoding: what is no UTF-8 spoils its own line only."""
    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")


class _LoadedLater(click.Group):
    """Commands that talk to a portal or an adapter are loaded when they are called."""

    LATER = ("live", "record", "upload")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *self.LATER])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.LATER:
            return super().get_command(ctx, cmd_name)
        from portal.diagnostics import cli

        found: click.Command = getattr(cli, cmd_name)
        return found


@main.group(cls=_LoadedLater)
def obd() -> None:
    """OBD-II recordings."""


@obd.command("decode")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def obd_decode(file: Path, as_json: bool) -> None:  # noqa: FBT001  # by name
    """Read a recording: signals, trouble codes, findings, and what could not be read."""
    from portal.diagnostics.obd import cli_view
    from portal.diagnostics.obd.decoding import decode
    from portal.diagnostics.obd.not_a_recording import NotARecording
    from portal.diagnostics.packed_files import unpacked
    from portal.diagnostics.rules.judging import judge
    from portal.diagnostics.rules.sentences import as_finding

    try:
        recording = decode(*unpacked(file.read_bytes(), file.name))
    except NotARecording as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    recording.findings = [as_finding(verdict) for verdict in judge(recording)]
    if as_json:
        click.echo(cli_view.as_json(recording))
    else:
        click.echo(cli_view.as_text(recording, text.locale.get()))


@obd.command("redecode")
@click.option("--workshop", "slug", help="Only this workshop.")
@click.option(
    "--older-than-version", "version", type=int, help="Default: the version of this decoder."
)
def obd_redecode(slug: str | None, version: int | None) -> None:
    """Read stored recordings again that an older decoder has read; exit 1 when a file is missing.

    It may be stopped and started again at any time.
    """
    from portal.diagnostics import redecoding
    from portal.kit.errors import Problem
    from portal.kit.parts import running

    def tell(line: str) -> None:
        click.echo(line, err=True)

    async def redecode() -> bool:
        async with running(Settings()) as parts:
            return await redecoding.run(parts, slug, version, tell)

    try:
        whole = asyncio.run(redecode())
    except Problem as problem:
        raise click.ClickException(text._(problem.title)) from problem
    sys.exit(0 if whole else 1)


@main.group()
def files() -> None:
    """Stored files: recordings, photos, printed reports, imported sheets."""


@files.command("sweep")
@click.option("--dry-run", is_flag=True, help="Only tell what would be deleted.")
def files_sweep(dry_run: bool) -> None:  # noqa: FBT001  # by name
    """Delete files older than a day that no row names; the worker does it every night."""
    from portal import leftovers
    from portal.kit.parts import running

    async def sweep() -> list[leftovers.Left]:
        async with running(Settings()) as parts:
            return await leftovers.sweep(parts, only_look=dry_run)

    found = asyncio.run(sweep())
    for left in found:
        for key in left.keys:
            click.echo(f"{left.workshop}  {key}")
    count = sum(len(left.keys) for left in found)
    told = text.ngettext("%(num)s file that nobody names", "%(num)s files that nobody names", count)
    click.echo(told if dry_run else text._("%(files)s: deleted", files=told), err=True)


def run() -> None:
    try:
        main()
    except SettingsIncomplete as error:
        click.echo(str(error), err=True)
        sys.exit(2)
