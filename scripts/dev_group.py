"""Print a dependency group of `pyproject.toml`, `dev` unless told, one requirement a line: for a pip of any age."""

import sys
import tomllib
from pathlib import Path

group = sys.argv[1] if len(sys.argv) > 1 else "dev"
print("\n".join(tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"][group]))
