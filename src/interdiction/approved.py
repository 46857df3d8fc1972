"""What of a home's configuration two people approved, kept beside it, so that a file changed on disk is not in force.

1. A home in which nobody ever approved anything is a trial: its files are in force as they stand.
2. Else a file counts only with the hash that was approved; where it differs, the approved content counts instead.
3. The store's log is the truth of it; this folder is its copy for readers that open no store.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import msgspec

from interdiction.errors import DataError

FOLDER: Final = "approved"
IN_FORCE: Final = "in-force.json"
CONFIG: Final = "config.toml"
POLICY: Final = "policy"
"""The policy file, whatever its path."""
WEIGHTS: Final = "weights"
LICENCES: Final = "licences.yml"
CASES: Final = "cases.yml"
NAMES: Final = (CONFIG, POLICY, WEIGHTS, LICENCES, CASES)
"""What is held to approval: each by this name."""
NONE: Final = ""
"""Stands for the hash of a file that is not there."""


class Approved(msgspec.Struct, frozen=True):
    """What is in force: the hash of each file by its name, the change that brought it, and its entry in the log."""

    seq: int
    change: str
    files: dict[str, str]


def read(home: Path) -> Approved | None:
    """Give what was approved; `None` for a trial. Raises `DataError` (`approved`) where it cannot be read."""
    path = home / FOLDER / IN_FORCE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Approved)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise _lost(path, f"what was approved cannot be read: {error}") from error


def place(home: Path, name: str, path: Path, approved: Approved | None) -> Path:
    """Give the file to read for one that stands at `path`: itself, or what was approved where it differs from that.

    A file that is approved as absent is a path at which nothing stands. Raises `DataError` (`approved`).
    """
    if approved is None:
        return path
    wanted = approved.files.get(name, NONE)
    if digest(name, path) == wanted:
        return path
    if not wanted:
        return home / FOLDER / "none"
    kept = home / FOLDER / wanted
    if digest(name, kept) != wanted:
        raise _lost(kept, f"the approved content of {name} is not what was approved")
    return kept


def own(home: Path, name: str) -> Path:
    """Give the file to read for one that stands in the home under its own name. Raises as `place` does."""
    return place(home, name, home / name, read(home))


def digest(name: str, path: Path) -> str:
    """Give the hash of a file as approval sees it; `NONE` where there is none."""
    try:
        return hashed(name, path.read_bytes())
    except OSError:
        return NONE


def hashed(name: str, raw: bytes) -> str:
    """Give the hash of a content as approval sees it: of `config.toml` without where the store is."""
    return hashlib.sha256(without_store(raw) if name == CONFIG else raw).hexdigest()


def without_store(raw: bytes) -> bytes:
    """Give a `config.toml` without its `[store]`: which database it is belongs to the machine, and holds passwords."""
    kept: list[bytes] = []
    inside = False
    for line in raw.splitlines():
        if line.lstrip().startswith(b"["):
            inside = line.split(b"#", maxsplit=1)[0].strip() == b"[store]"
        if not inside:
            kept.append(line.rstrip())
    return b"\n".join(kept).strip() + b"\n"


def _lost(path: Path, what: str) -> DataError:
    return DataError(
        what, where=str(path), mend="write it anew from the store: interdict changes restore", code="approved"
    )
