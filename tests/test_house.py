"""What holds for the whole house: texts complete, settings documented, sessions at one place."""

import ast
import re
from io import BytesIO
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from sqlalchemy.ext.asyncio import create_async_engine

from portal.kit.db import Base
from portal.kit.settings import Settings
from portal.tables import every_table
from portal.worker import JOBS

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "portal").rglob("*.py"))
TEMPLATES = sorted((ROOT / "portal").rglob("*.html"))
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
OPTIONS = {
    "**/templates/**.html": {
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "newstyle_gettext": "true",
    }
}


def messages_in_the_source():
    keywords = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
    found = extract_from_dir(ROOT / "portal", METHODS, OPTIONS, keywords)
    return {m[2] if isinstance(m[2], str) else tuple(m[2]) for m in found}


def german():
    text = (ROOT / "locales/de/LC_MESSAGES/portal.po").read_bytes()
    return {
        m.id if isinstance(m.id, str) else tuple(m.id): m
        for m in read_po(BytesIO(text), locale="de")
        if m.id
    }


def test_every_text_has_its_german():
    known = german()
    missing = [m for m in messages_in_the_source() if m not in known or not all(strings(known[m]))]
    assert missing == []


def test_no_text_hides_in_an_f_string():
    """Whoever collects texts does not look there, and the text stays English."""
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in SOURCES
        for whole in ast.walk(ast.parse(path.read_text()))
        if isinstance(whole, ast.JoinedStr)
        for call in ast.walk(whole)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"_", "N_", "ngettext"}
        and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


def test_no_german_text_is_left_over():
    assert sorted(map(str, german().keys() - messages_in_the_source())) == []


def test_german_texts_fill_in_the_same_names():
    def names(text):
        return sorted(set(re.findall(r"%\((\w+)\)", text)))

    odd = []
    for key, message in german().items():
        originals = [key] if isinstance(key, str) else list(key)
        wanted = names(" ".join(originals))
        odd += [m for m in strings(message) if not set(names(m)) <= set(wanted)]
    assert odd == []


def strings(message):
    return message.string if isinstance(message.string, list | tuple) else [message.string]


def test_every_setting_is_documented():
    page = (ROOT / "docs/settings.md").read_text()
    undocumented = [
        name.upper() for name in Settings.model_fields if f"`{name.upper()}`" not in page
    ]
    assert undocumented == []


def test_every_documented_setting_exists():
    page = (ROOT / "docs/settings.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE))
    assert documented == {name.upper() for name in Settings.model_fields}


def test_only_the_boundary_makes_sessions():
    makers = {"async_sessionmaker", "sessionmaker", "create_async_engine"}
    allowed = {"portal/kit/db.py", "portal/tenants/boundary.py"}
    found = set()
    for path in SOURCES:
        name = str(path.relative_to(ROOT))
        for node in ast.walk(ast.parse(path.read_text())):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id in makers | {"Db", "AsyncSession"}:
                found.add(name)
    assert found <= allowed


def test_no_room_filters_by_workshop_itself():
    rooms = [p for p in SOURCES if not {"tenants", "kit", "admin"} & {*p.parts}]
    guilty = [p.name for p in rooms if re.search(r"\.workshop_id\s*==", p.read_text())]
    assert guilty == []


def test_every_queued_job_has_a_worker():
    queued = set()
    for path in SOURCES:
        queued |= set(
            re.findall(r"\blater(?:_for_each)?\(\s*\w+,\s*\"([\w.]+)\"", path.read_text())
        )
    assert queued - {"room.verb"} <= set(JOBS)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\sstyle=",
        r"\son\w+=",
        r"javascript:",
        r"(src|href|action|data-src)=.?https?://",
        r"\|\s*safe\b",
    ],
)
def test_templates_hold_nothing_that_the_policy_forbids(pattern):
    guilty = [str(p.relative_to(ROOT)) for p in TEMPLATES if re.search(pattern, p.read_text())]
    assert guilty == []


def test_files_stay_small():
    kinds = (*SOURCES, *TEMPLATES, *sorted((ROOT / "widget/src").rglob("*.js")))
    long = [str(p.relative_to(ROOT)) for p in kinds if len(p.read_text().splitlines()) > 400]
    assert long == []


def test_functions_stay_small():
    long = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = node.end_lineno - node.lineno + 1
                if length > 50:
                    long.append(f"{path.relative_to(ROOT)}:{node.name} ({length})")
    assert long == []


async def test_migrations_make_exactly_the_tables_that_the_code_maps(settings):
    every_table()
    url = settings.database_owner_url.get_secret_value()
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))

    def differences(connection):
        return compare_metadata(MigrationContext.configure(connection), Base.metadata)

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()
