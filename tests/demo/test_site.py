"""The workshops' websites: strict, complete, and saying what the portal says."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import httpx
import pytest

from portal.demo.people import SHOPS
from portal.demo.site import Site
from portal.demo.table import start_table
from portal.kit.mail import Attachment, FolderMailer, compose
from portal.kit.settings import Settings
from portal.kit.sms import FolderSms, Sms
from portal.kit.text import LANGUAGES, speaking

PORTAL = "http://127.0.0.1:7000"
PAGES = ["/", "/mail"] + [
    f"/{shop.slug}{page}" for shop in SHOPS for page in ("", "/impressum", "/datenschutz")
]


@pytest.fixture
def site(tmp_path):
    return Site(Settings(portal_port=7000, portal_home=tmp_path))


@pytest.fixture
def page(site):
    return lambda path: Page(site.answer(path).body.decode())


class Page(HTMLParser):
    """All tags of a page with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.html, self.tags = html, []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def all(self, wanted):
        return [attributes for tag, attributes in self.tags if tag == wanted]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_carries_the_strict_policy(site, path):
    policy = site.answer(path).headers["content-security-policy"]

    allowed = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert allowed["default-src"] == "'none'"
    assert allowed["script-src"] == allowed["connect-src"] == PORTAL
    assert allowed["style-src"] == "'self'"
    assert "unsafe" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("path", PAGES)
def test_no_page_needs_more_than_the_policy_allows(page, path):
    shown = page(path)

    assert not [attributes for _, attributes in shown.tags if "style" in attributes]
    assert not [
        name for _, attributes in shown.tags for name in attributes if name.startswith("on")
    ]
    assert not shown.all("style")
    assert all(script["src"].startswith(PORTAL) for script in shown.all("script"))


@pytest.mark.parametrize("path", PAGES)
def test_all_that_a_page_names_is_there(site, page, path):
    shown = page(path)
    named = [a["href"] for a in shown.all("a") + shown.all("link")]
    named += [image["src"] for image in shown.all("img")]

    for address in named:
        if urlsplit(address).scheme in {"tel", "mailto"} or address.startswith(PORTAL):
            continue
        target, _, anchor = address.partition("#")
        assert site.answer(target or path).status == 200, address
        if anchor:
            ids = [attributes.get("id") for _, attributes in page(target or path).tags]
            assert anchor in ids, address


@pytest.mark.parametrize("path", PAGES)
def test_pictures_have_a_size_and_a_text(page, path):
    assert all({"width", "height", "alt"} <= set(image) for image in page(path).all("img"))


@pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: shop.slug)
def test_the_chat_is_embedded_with_the_shops_key(page, shop):
    (script,) = page(f"/{shop.slug}").all("script")

    assert script["src"] == f"{PORTAL}/widget/v1/carbot.js"
    assert script["data-site-key"] == f"demo-{shop.slug}"
    assert "async" in script


def test_prices_and_hours_are_those_of_the_portal(page):
    html = page("/kfz-brandt").html

    assert "ab 89,00 €" in html
    assert "07:30 – 18:30" in html
    assert re.search(r"<th scope=\"row\">Sonntag</th><td>geschlossen", html)


@pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: shop.slug)
def test_the_imprint_follows_the_law_of_today(page, shop):
    html = page(f"/{shop.slug}/impressum").html

    assert "§ 5 DDG" in html
    assert "TMG" not in html
    assert "ec.europa.eu" not in html


def test_the_newest_mail_comes_first(site):
    folder = FolderMailer(site._mail)
    for subject in ("Zuerst", "Danach"):
        folder._write(
            compose(sender="a@b.example", to="c@d.example", subject=subject, text="Grüße", key="")
        )

    html = site.answer("/mail").body.decode()

    assert html.index("Danach") < html.index("Zuerst")
    assert "Grüße" in html


def test_text_messages_and_attachments_lie_beside_the_mails(site):
    calendar = Attachment("termin.ics", b"BEGIN:VCALENDAR", "text/calendar; method=REQUEST")
    FolderMailer(site._mail)._write(
        compose(sender="a@b.de", to="c@d.de", subject="S", text="T", key="", attachments=[calendar])
    )
    FolderSms(site._mail)._write(Sms(to="+491711234567", text="Ihr Fahrzeug ist fertig.", key="k"))
    html = site.answer("/mail").body.decode()
    assert "termin.ics" in html
    assert html.index("+491711234567") < html.index("termin.ics")


def test_markup_in_a_mail_is_shown_and_not_obeyed(site):
    FolderMailer(site._mail)._write(
        compose(sender="a@b.example", to="c@d.example", subject="<b>", text="<script>", key="")
    )

    html = site.answer("/mail").body.decode()

    assert "<script>" not in html
    assert "&lt;b&gt;" in html


@pytest.mark.parametrize(
    "path",
    [
        "/nobody",
        "/kfz-brandt/agb",
        "/files/../people.py",
        "/files/kfz-brandt",
        "/files",
        "/fonts/../app.js",
    ],
)
def test_what_is_not_there_is_not_found(site, path):
    assert site.answer(path).status == 404


async def test_it_answers_over_http_to_readers_only(site):
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(site), base_url="http://site"
    ) as client:
        answer = await client.get("/autodienst-yilmaz")
        refused = await client.post("/autodienst-yilmaz")

    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert refused.status_code == 405


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_names_every_address_and_person_unbroken(language):
    with speaking(language):
        table = start_table(Settings(portal_port=18_000, portal_site_port=18_001))

    for shop in SHOPS:
        assert f"http://127.0.0.1:18000/w/{shop.slug}/\n" in stripped(table)
        assert f"http://127.0.0.1:18001/{shop.slug}\n" in stripped(table)
        for role, name in shop.people.items():
            assert re.search(rf"{re.escape(shop.email(role))} +{name}", table)
    assert "http://127.0.0.1:18000/admin\n" in stripped(table)
    assert "carbot-demo" in table
    assert max(len(line.rstrip()) for line in table.splitlines()) <= 80


def stripped(text):
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
