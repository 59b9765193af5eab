"""`python -m portal` is the `carbot` command."""

from portal.cli import run

run()
