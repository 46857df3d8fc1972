"""One frozen Config, read once at a door from `config.toml` in the home; nobody else reads it or the environment."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from interdiction.errors import DataError

DEFAULT_THRESHOLD = 0.70
LOWEST_THRESHOLD = 0.5
"""Below it answers are not complete: retrieval, from 0.40 on, need not have shown such a pair."""

FILE = "config.toml"


class Institution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who acts: `kind` is a word of the policy (`us`, `eu`, `uk`, `un`, `none`), `name` stands in the record."""

    kind: str
    name: str = ""


class Fetching(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How publishers are reached: `ca_file` are further certificates to trust (PEM), `proxy` is asked first."""

    ca_file: str | None = None
    proxy: str | None = None


class Config(msgspec.Struct, frozen=True):
    """What the user may set: every field has a default, an empty or absent file is a valid one.

    `threshold` is the score from which a pair is a hit; `institution` says whose law binds us; `policy` is a
    policy file of our own (absolute, or relative to the home); `max_age_days` makes a list stale after so many
    days, by list key; `fetching` says how publishers are reached.
    """

    home: Path
    threshold: float = DEFAULT_THRESHOLD
    institution: Institution | None = None
    policy: Path | None = None
    max_age_days: Mapping[str, int] = MappingProxyType({})
    fetching: Fetching = Fetching()

    @classmethod
    def read(cls, home: Path) -> Config:
        """Read the home's `config.toml`. Raises `DataError` (code `config`) naming the entry that is wrong."""
        path = home / FILE
        try:
            text = path.read_bytes().decode("utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return cls(home)
        except (OSError, UnicodeDecodeError) as error:
            raise _wrong(path, f"cannot be read: {error}", "make it a readable UTF-8 text file") from error
        try:
            return cls(home, **_entries(tomllib.loads(text), path))
        except tomllib.TOMLDecodeError as error:
            raise _wrong(path, f"is not TOML: {error}", "correct the line named") from error


def _entries(table: Mapping[str, Any], path: Path) -> dict[str, Any]:
    unknown = sorted(set(table) - {"threshold", "institution", "policy", "max_age_days", "fetching"})
    if unknown:
        mend = "use threshold, policy, [institution], [max_age_days] and [fetching]"
        raise _wrong(path, f"knows no entry {unknown[0]!r}", mend)
    entries: dict[str, Any] = {}
    if "threshold" in table:
        entries["threshold"] = _threshold(table["threshold"], path)
    if "institution" in table:
        entries["institution"] = _institution(table["institution"], path)
    if "policy" in table:
        if not isinstance(table["policy"], str) or not table["policy"].strip():
            raise _wrong(path, "policy is not a path", 'write policy = "policy.yml"')
        entries["policy"] = path.parent / table["policy"]
    if "max_age_days" in table:
        entries["max_age_days"] = _ages(table["max_age_days"], path)
    if "fetching" in table:
        entries["fetching"] = _fetching(table["fetching"], path)
    return entries


def _fetching(value: object, path: Path) -> Fetching:
    try:
        found = msgspec.convert(value, Fetching, strict=True)
    except msgspec.ValidationError as error:
        raise _wrong(path, f"fetching: {error}", 'write [fetching] and below it proxy = "http://proxy:3128"') from error
    return msgspec.structs.replace(found, ca_file=str(path.parent / found.ca_file)) if found.ca_file else found


def _threshold(value: object, path: Path) -> float:
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not LOWEST_THRESHOLD <= number <= 1:
        raise _wrong(path, f"threshold {value!r} is not from {LOWEST_THRESHOLD} to 1", "write threshold = 0.70")
    return float(number)


def _institution(value: object, path: Path) -> Institution:
    try:
        return msgspec.convert(value, Institution, strict=True)
    except msgspec.ValidationError as error:
        raise _wrong(path, f"institution: {error}", 'write [institution] and below it kind = "us"') from error


def _ages(value: object, path: Path) -> Mapping[str, int]:
    if not isinstance(value, dict):
        raise _wrong(path, "max_age_days is not a table", "write [max_age_days] and below it ofac-sdn = 3")
    for key, days in value.items():
        if not isinstance(days, int) or isinstance(days, bool) or days < 0:
            raise _wrong(path, f"max_age_days.{key} is not a number of days", f"write {key} = 3")
    return MappingProxyType(dict(value))


def _wrong(path: Path, what: str, mend: str) -> DataError:
    return DataError(f"{path.name} {what}", where=str(path), mend=mend, code="config")
