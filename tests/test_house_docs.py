"""What is written beside the code is true of it: named tests and files, the API's addresses, the map."""

import re
from pathlib import Path

import pytest

from portal.app import create_app
from portal.kit.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "STYLE.md", *sorted((ROOT / "docs").rglob("*.md"))]
TESTS = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("*.py"))
SCRIPTS = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
VERBS = "GET|POST|PUT|PATCH|DELETE"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_a_page_names_exists(page):
    named = set(re.findall(r"`(test_\w+)`", page.read_text()))
    assert [name for name in sorted(named) if f"def {name}(" not in TESTS] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_exists(page):
    named = set(
        re.findall(
            r"`((?:portal|tests|widget|docs|cms|locales|migrations)/[^`*… ]*)`", page.read_text()
        )
    )
    missing = [name for name in sorted(named) if not (ROOT / name).exists()]
    scripts = set(re.findall(r"`(test_\w+\.py)`", page.read_text()))
    assert missing + sorted(scripts - SCRIPTS) == []


def test_every_threat_has_a_proof():
    table = (ROOT / "docs/security.md").read_text().split("\n\n")[1].splitlines()[2:]
    proofs = {row.split(" | ")[0]: row.split(" | ")[-1] for row in table}
    assert [
        threat for threat, proof in proofs.items() if not re.search(r"`(tests/|test_)", proof)
    ] == []


def test_the_map_names_every_room():
    readme = (ROOT / "README.md").read_text()
    rooms = [path.parent.name for path in (ROOT / "portal").glob("*/__init__.py")]
    assert [
        room for room in rooms if f"portal/{room}" not in readme and f"{room}/`" not in readme
    ] == []
    assert len(readme.splitlines()) <= 80


def bare(path):
    """An address without the names of its parameters."""
    return re.sub(r"\{[^}]*\}", "{}", path.partition("?")[0])


@pytest.fixture(scope="module")
def described():
    """Verb and address of everything that the API describes."""
    app = create_app(Settings(portal_secret="x" * 40, portal_mode="test"))
    paths = app.openapi_schema.to_schema()["paths"]
    return {
        (verb.upper(), bare(path).removeprefix("/api/v1/"))
        for path, deeds in paths.items()
        for verb in deeds
        if path.startswith("/api/v1/")
    }


def documented():
    page = (ROOT / "docs/api.md").read_text().partition("## Live recordings")[0]
    for verbs, path in re.findall(rf"`((?:{VERBS})(?:/(?:{VERBS}))*) ([^`]+)`", page):
        for verb in verbs.split("/"):
            yield verb, bare(path).removeprefix("/api/v1/")


def test_every_documented_address_is_there(described):
    assert sorted(set(documented()) - described) == []


def test_every_address_is_documented(described):
    page = re.sub(r"\{[^}`]*\}", "{}", (ROOT / "docs/api.md").read_text())
    stems = {
        re.sub(r"/\{\}.*", "", path.removeprefix("workshops/{}/")) for _verb, path in described
    }
    assert [stem for stem in sorted(stems) if stem not in page] == []
