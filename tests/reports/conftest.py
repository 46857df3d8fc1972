"""The command line, as the tests of the door use it."""

from __future__ import annotations

from tests.cli.conftest import ask, demo_home

__all__ = ["ask", "demo_home"]
