"""`carbot content`: fetch the workshops' texts now."""

import asyncio
import sys

import click

from portal.kit.settings import Settings


@click.group()
def content() -> None:
    """Texts of the workshops."""


@content.command("sync")
@click.option("--workshop", "slugs", multiple=True, help="Only this one; may be given again.")
def sync(slugs: tuple[str, ...]) -> None:
    """Fetch frequent questions from Directus; exit 1 when one workshop's could not be fetched."""
    sys.exit(asyncio.run(_sync(Settings(), slugs)))


async def _sync(settings: Settings, slugs: tuple[str, ...]) -> int:
    from portal.content import syncing
    from portal.content.sources import ContentUnavailable, ContentUnreadable
    from portal.kit.parts import running
    from portal.tenants import workshops
    from portal.tenants.boundary import inside

    source = syncing.source_of(settings)
    if source is None:
        raise click.ClickException("DIRECTUS_URL and DIRECTUS_TOKEN are needed.")
    failed = 0
    async with running(settings) as parts:
        async with inside(parts, None) as db:
            found = await syncing.workshops_by_slug(db, slugs or None)
        if len(found) < len(slugs):
            raise click.ClickException("Some of these workshops do not exist.")
        for workshop_id in found:
            async with inside(parts, workshop_id) as db:
                slug = (await workshops.get_workshop(db)).slug
            try:
                faq = await source.faq(slug)
            except (ContentUnavailable, ContentUnreadable) as error:
                failed += 1
                click.echo(f"{slug}: {error}", err=True)
                continue
            async with inside(parts, workshop_id) as db:
                click.echo(f"{slug}: {await syncing.record(db, source.kind, faq)}")
    return 1 if failed else 0
