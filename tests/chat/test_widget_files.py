"""Parts of the widget may be kept for ever; the loader may not, and an old one still opens a chat."""

import pytest

from portal.chat import widget_files


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A folder as the build leaves it."""
    for name in ("carbot.js", "chat-de-1a2b3c4d.js", "chat-en-1a2b3c4d.js", "more-ABCD1234.js"):
        (tmp_path / name).write_text(f"/* {name} */")
    monkeypatch.setattr(widget_files, "FOLDER", tmp_path)
    return tmp_path


async def asked(client, name):
    return await client.get(f"/widget/v1/{name}")


async def test_parts_are_kept_and_the_loader_is_asked_for_again(client, built):
    part, loader = await asked(client, "chat-de-1a2b3c4d.js"), await asked(client, "carbot.js")
    assert "immutable" in part.headers["cache-control"]
    assert "max-age=300" in loader.headers["cache-control"]


async def test_an_old_loader_gets_the_panel_of_today(client, built):
    panel = await asked(client, "chat-en-00000000.js")
    assert panel.text == "/* chat-en-1a2b3c4d.js */"
    assert panel.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["more-00000000.js", "chat-xx-00000000.js", "chat-de-..js", "chat-*-1.js", "x.py"]
)
async def test_nothing_else_is_guessed(client, built, name):
    assert (await asked(client, name)).status_code == 404


async def test_without_a_build_it_is_said_what_to_do(client, tmp_path, monkeypatch):
    monkeypatch.setattr(widget_files, "FOLDER", tmp_path)
    missing = await asked(client, "carbot.js")
    assert (missing.status_code, missing.json()["code"]) == (503, "WIDGET_NOT_BUILT")
