"""Dockerfile and docker-compose.yml say what the portal understands."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from portal.kit.settings import Settings

CHECKOUT = Path(__file__).parents[1]
COMPOSE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
DOCKERFILE = (CHECKOUT / "Dockerfile").read_text()
SECRETS = ("PORTAL_SECRET", "POSTGRES_PASSWORD", "OWNER_PASSWORD", "APP_PASSWORD")


def has_compose():
    if not shutil.which("docker"):
        return False
    asked = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return asked.returncode == 0


@pytest.mark.skipif(not has_compose(), reason="docker compose is not installed")
def test_compose_accepts_the_file():
    settings = {**os.environ, **dict.fromkeys(SECRETS, "0" * 48)}
    for profile in ([], ["--profile", "tls"]):
        subprocess.run(
            ["docker", "compose", *profile, "config", "--quiet"],
            cwd=CHECKOUT,
            env=settings,
            check=True,
        )


@pytest.mark.parametrize("service", ["app", "worker", "migrate"])
def test_compose_sets_only_settings_that_exist(service):
    assert {name.lower() for name in COMPOSE["services"][service]["environment"]} <= set(
        Settings.model_fields
    )


def test_the_application_never_gets_the_password_of_the_owner():
    for service in ("app", "worker"):
        assert "OWNER" not in str(COMPOSE["services"][service]["environment"])


def test_nothing_but_caddy_listens_beyond_this_machine():
    for name, service in COMPOSE["services"].items():
        if name != "caddy":
            assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_every_service_that_another_waits_for_exists():
    for service in COMPOSE["services"].values():
        assert set(service.get("depends_on", {})) <= set(COMPOSE["services"])


def test_what_the_image_copies_exists_and_is_not_ignored():
    kept = re.findall(r"^!(.+)$", (CHECKOUT / ".dockerignore").read_text(), re.MULTILINE)
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (CHECKOUT / source).exists(), source
            assert source.split("/")[0] in kept


def test_the_image_runs_without_rights():
    assert "\nUSER carbot\n" in DOCKERFILE
