"""`make test-directus`: a real Directus of our own, set up by `cms/set_up.py`, and the tests on it.

Installed once into `build/directus`, or taken from `$DIRECTUS_HOME`; SQLite in a folder that goes.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
VERSION = "12.4.0"
ADMIN, START_S = "admin@example.com", 90


def main() -> int:
    home = Path(os.environ.get("DIRECTUS_HOME") or ROOT / "build/directus")
    if not (home / "node_modules/directus").is_dir():
        print(f"Installing Directus {VERSION} into {home} …", flush=True)
        home.mkdir(parents=True, exist_ok=True)
        package = f'{{"private": true, "dependencies": {{"directus": "{VERSION}"}}}}'
        (home / "package.json").write_text(package)
        quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
        subprocess.run(["npm", "install", *quiet], cwd=home, check=True)
    with tempfile.TemporaryDirectory() as folder:
        return _tested(home, Path(folder))


def _tested(home: Path, folder: Path) -> int:
    port, portal_port = _free_port(), _free_port()
    password = secrets.token_urlsafe(16)
    directus = [shutil.which("node") or "node", str(home / "node_modules/directus/cli.js")]
    environment = _environment(folder, port, password)
    subprocess.run([*directus, "bootstrap"], cwd=folder, env=environment, check=True, timeout=120)
    server = subprocess.Popen([*directus, "start"], cwd=folder, env=environment)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/server/ping", server)
        told = {**os.environ, "DIRECTUS_ADMIN_PASSWORD": password}
        command = [sys.executable, str(ROOT / "cms/set_up.py"), "--url", url, "--admin", ADMIN]
        command += ["--portal", f"http://127.0.0.1:{portal_port}", "--seed"]
        subprocess.run(command, env=told, check=True, stdout=subprocess.DEVNULL)
        # The second run proves that it may be run again; its token and secret are the valid ones.
        printed = subprocess.run(command, env=told, check=True, stdout=subprocess.PIPE, text=True)
        told |= dict(line.split("=", 1) for line in printed.stdout.split())
        told |= {"DIRECTUS_TESTED": "1", "DIRECTUS_TEST_ADMIN": ADMIN}
        told |= {"DIRECTUS_TEST_PORTAL_PORT": str(portal_port)}
        tests = ["-m", "pytest", "-q", "tests/content/test_real_directus.py"]
        return subprocess.run([sys.executable, *tests], cwd=ROOT, env=told, check=False).returncode
    finally:
        server.terminate()
        server.wait(20)


def _environment(folder: Path, port: int, password: str) -> dict[str, str]:
    for needed in ("uploads", "extensions"):
        (folder / needed).mkdir()
    (folder / "package.json").write_text("{}")
    return {
        **os.environ,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TELEMETRY": "false",
        "LOG_LEVEL": "warn",
        "SECRET": secrets.token_hex(32),
        "DB_CLIENT": "sqlite3",
        "DB_FILENAME": str(folder / "data.db"),
        "STORAGE_LOCAL_ROOT": str(folder / "uploads"),
        "ADMIN_EMAIL": ADMIN,
        "ADMIN_PASSWORD": password,
        "IMPORT_IP_DENY_LIST": "169.254.169.254",
    }


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(address, timeout=2).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.3)
    sys.exit("Directus did not start.")


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
