"""Make a Directus ready for the portal: schema, rights, a token, flows, and the first texts.

    export DIRECTUS_ADMIN_PASSWORD=…
    python cms/set_up.py --url http://127.0.0.1:8055 --admin admin@example.com --seed

Running it again changes nothing but the token and the webhook's secret, which are made anew and
printed for the portal's settings. Needs httpx and PyYAML, which the portal's environment has.
"""

import argparse
import json
import os
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import yaml

HERE = Path(__file__).parent
READER, EDITOR = "CarBot: Texte lesen", "CarBot: Texte schreiben"
FLOWS = {"CarBot: Text angelegt": "items.create", "CarBot: Text geändert": "items.update"}
KEYS = {"items.create": '["{{$trigger.key}}"]', "items.update": "{{$trigger.keys}}"}
READS = {"collection": "faq", "action": "read", "fields": ["*"], "permissions": {}}


class Refused(Exception):
    """Directus did not do what it was asked; the text is its own."""


class Admin:
    """The little of Directus' interface that setting it up needs, as its administrator."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self._client = httpx.Client(base_url=url.rstrip("/"), timeout=60)
        signed_in = self.post("/auth/login", {"email": email, "password": password})
        self._client.headers["authorization"] = f"Bearer {signed_in['access_token']}"

    def get(self, path: str, **query: str) -> Any:
        return self._read(self._client.get(path, params=query))

    def post(self, path: str, body: Any) -> Any:
        return self._read(self._client.post(path, json=body))

    def patch(self, path: str, body: Any) -> Any:
        return self._read(self._client.patch(path, json=body))

    def named(self, path: str, name: str, body: dict[str, Any]) -> str:
        """The id of the thing with this name, made if there is none."""
        found = self.get(path, filter=json.dumps({"name": {"_eq": name}}))
        made = found[0] if found else self.post(path, {"name": name, **body})
        return str(made["id"])

    def _read(self, answer: httpx.Response) -> Any:
        if answer.is_error:
            raise Refused(answer.text)
        return answer.json()["data"] if answer.content else None


def main() -> None:
    asked = _asked()
    password = os.environ.get("DIRECTUS_ADMIN_PASSWORD", "")
    try:
        admin = Admin(asked.url, asked.admin, password)
        apply_schema(admin)
        settings = {"DIRECTUS_URL": asked.url, "DIRECTUS_TOKEN": reader(admin)}
        for slug in asked.editors:
            editors_of(admin, slug)
        if asked.portal:
            settings["DIRECTUS_WEBHOOK_SECRET"] = tell_portal(admin, asked.portal)
        if asked.seed:
            print(f"{seed(admin)} texts imported", file=sys.stderr)
    except (Refused, httpx.HTTPError) as error:
        sys.exit(f"Directus: {error}")
    print("\n".join(f"{name}={value}" for name, value in settings.items()))


def apply_schema(admin: Admin) -> None:
    """`schema.json` is a snapshot of a Directus on SQLite; `force` takes it to any database."""
    snapshot = json.loads((HERE / "schema.json").read_text())
    if difference := admin.post("/schema/diff?force=true", snapshot):
        admin.post("/schema/apply", difference)


def reader(admin: Admin) -> str:
    """Who the portal is to Directus: may read texts and nothing else. A new token each time."""
    policy = admin.named("/policies", READER, {"icon": "visibility", "permissions": []})
    if not admin.get("/permissions", filter=json.dumps({"policy": {"_eq": policy}})):
        admin.post("/permissions", {**READS, "policy": policy})
    token, email = secrets.token_urlsafe(32), "carbot-portal@example.com"
    found = admin.get("/users", filter=json.dumps({"email": {"_eq": email}}))
    if found:
        admin.patch(f"/users/{found[0]['id']}", {"token": token})
    else:
        person = {"email": email, "first_name": "CarBot", "token": token}
        admin.post("/users", {**person, "policies": [{"policy": policy}]})
    return token


def editors_of(admin: Admin, slug: str) -> None:
    """A role whose members write the texts of one workshop and see no other's.

    Directus 12 keeps such rules for licensed installations and refuses them elsewhere.
    """
    own = {"workshop": {"_eq": slug}}
    policy = admin.named("/policies", f"{EDITOR} ({slug})", {"app_access": True})
    if not admin.get("/permissions", filter=json.dumps({"policy": {"_eq": policy}})):
        for action in ("create", "read", "update", "delete"):
            rights = {"collection": "faq", "action": action, "fields": ["*"], "policy": policy}
            limits = {"permissions": own, "validation": own, "presets": {"workshop": slug}}
            admin.post("/permissions", {**rights, **limits})
    admin.named("/roles", f"{EDITOR} ({slug})", {"policies": [{"policy": policy}]})


def tell_portal(admin: Admin, portal: str) -> str:
    """Flows that name changed texts to the portal; a new secret each time."""
    secret = secrets.token_urlsafe(32)
    for name, event in FLOWS.items():
        options = {"type": "action", "scope": [event], "collections": ["faq"]}
        flow = admin.named(
            "/flows", name, {"status": "active", "trigger": "event", "options": options}
        )
        request = {
            "method": "POST",
            "url": f"{portal.rstrip('/')}/api/v1/integrations/directus/webhook",
            "headers": [
                {"header": "Authorization", "value": f"Bearer {secret}"},
                {"header": "Content-Type", "value": "application/json"},
            ],
            "body": f'{{"collection": "faq", "keys": {KEYS[event]}}}',
        }
        _put_operation(admin, flow, request)
    return secret


def _put_operation(admin: Admin, flow: str, request: dict[str, Any]) -> None:
    found = admin.get("/operations", filter=json.dumps({"flow": {"_eq": flow}}))
    if found:
        admin.patch(f"/operations/{found[0]['id']}", {"options": request})
        return
    place = {"position_x": 19, "position_y": 1}
    operation = {"name": "Portal", "key": "portal", "type": "request", "options": request}
    made = admin.post("/operations", {**operation, **place, "flow": flow})
    admin.patch(f"/flows/{flow}", {"operation": made["id"]})


def seed(admin: Admin) -> int:
    """The texts in `content/`, published, where their workshop has none yet."""
    count = 0
    for folder in _folders():
        there = admin.get("/items/faq", filter=json.dumps({"workshop": {"_eq": folder.name}}))
        items = [] if there else list(_items(folder))
        if items:
            admin.post("/items/faq", items)
        count += len(items)
    return count


def _items(folder: Path) -> Iterator[dict[str, Any]]:
    for locale in ("de", "en", "tr", "pl", "uk", "ar", "ru"):
        file = folder / f"faq.{locale}.yaml"
        entries = yaml.safe_load(file.read_text()) if file.exists() else []
        for position, entry in enumerate(entries):
            yield {
                "status": "published",
                "sort": position,
                "workshop": folder.name,
                "locale": locale,
                "question": entry["question"],
                "answer": entry["answer"].strip(),
                "keywords": entry.get("keywords", []),
            }


def _folders() -> list[Path]:
    return sorted(folder for folder in (HERE / "content").iterdir() if folder.is_dir())


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make a Directus ready for the portal.")
    parser.add_argument("--url", required=True, help="address of Directus")
    parser.add_argument("--admin", required=True, help="e-mail address of its administrator")
    parser.add_argument("--portal", help="address of the portal as Directus reaches it")
    parser.add_argument(
        "--editors",
        action="append",
        default=[],
        metavar="SLUG",
        help="a role for the editors of this workshop (needs a licence of Directus)",
    )
    parser.add_argument("--seed", action="store_true", help="import the texts in cms/content")
    return parser.parse_args()


if __name__ == "__main__":
    main()
