"""Print the development group of `pyproject.toml`, one requirement a line: pip of any age can install it."""

import tomllib
from pathlib import Path

print("\n".join(tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["dev"]))
