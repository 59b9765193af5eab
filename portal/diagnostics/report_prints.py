"""The owner's report on paper: a PDF by WeasyPrint, which needs the system's Pango.

Nothing is fetched from anywhere: the template names no picture, fonts and styles are files of ours.
"""

from functools import cache

from portal.diagnostics.report_texts import ReportContent
from portal.kit.pages import STATIC, rendered
from portal.tenants.public_pages import Shopfront

MISSING = "libpango-1.0-0, libpangoft2-1.0-0"
"""What Debian calls the packages that WeasyPrint needs."""


class PrintingUnavailable(Exception):
    """WeasyPrint cannot load Pango on this machine."""


@cache
def can_print() -> bool:
    try:
        import weasyprint  # noqa: F401  # loads libraries that a machine may not have
    except (ImportError, OSError):
        return False
    return True


def html_of(content: ReportContent, front: Shopfront, facts: dict[str, str]) -> str:
    """The printed page; render it in the owner's language."""
    return rendered("diagnostics/report_print.html", report=content, shop=front, facts=facts)


def pdf_of(html: str) -> bytes:
    """Tagged, so that screen readers read it. For a thread, outside of any transaction.

    Raises `PrintingUnavailable`.
    """
    if not can_print():
        raise PrintingUnavailable(MISSING)
    import weasyprint  # see `can_print`

    fetch = weasyprint.urls.URLFetcherResponse
    document = weasyprint.HTML(
        string=html,
        base_url=f"file://{STATIC}/",
        url_fetcher=lambda url: fetch(url, *_only_ours(url)),
    )
    made: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return made


def _only_ours(url: str) -> tuple[bytes, dict[str, str]]:
    """Styles and fonts from the folder of static files, and nothing else."""
    name = url.rsplit("/", 1)[-1]
    folders = [
        folder for folder in (STATIC / "css", STATIC / "vendor") if (folder / name).is_file()
    ]
    if not folders or not name or not url.startswith("file:"):
        raise ValueError("Printing fetches nothing from elsewhere.")
    kind = "text/css" if name.endswith(".css") else "font/woff2"
    return (folders[0] / name).read_bytes(), {"Content-Type": kind}
