"""The truth in YAML that a lawyer can read, and the files of the worked example."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def demo_file(name: str) -> Path:
    """Give the path of a file of the worked example, such as `book.csv` or `editions/2015-01-02`."""
    return Path(str(resources.files(__name__) / "demo" / name))
