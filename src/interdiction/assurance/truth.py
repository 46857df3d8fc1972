"""The YAML behind assurance: the words of the report, the invented innocents, the table for Cyrillic."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from interdiction.errors import DataError
from interdiction.names.weights import DATA

T = TypeVar("T")


class Rule(msgspec.Struct, frozen=True):
    """A rule the report answers to: what it asks, what stands in the report, and what does not."""

    rule: str
    here: str
    elsewhere: str = msgspec.field(name="not")


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/assurance.yml`."""

    method: tuple[str, ...]
    limits: tuple[str, ...]
    invented: str
    lines: tuple[str, ...]
    review: str
    reviewed: tuple[str, ...]
    law: tuple[Rule, ...]
    cyrillic: dict[str, str]


class People(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Given and family names of a country, with commas between them."""

    country: str
    given: str
    family: str


class Firms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What firms of some countries do, and their legal forms, with commas between them."""

    countries: tuple[str, ...]
    does: str
    forms: str


class Innocents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/innocents.yml`."""

    home: frozenset[str]
    family_first: frozenset[str]
    people: tuple[People, ...]
    firms: tuple[Firms, ...]


@cache
def texts() -> Texts:
    """Read the words of the report. Raises `DataError` (code `assurance`)."""
    return _read(DATA / "assurance.yml", Texts)


@cache
def innocents() -> Innocents:
    """Read the pools of invented innocents. Raises `DataError` (code `assurance`)."""
    return _read(DATA / "innocents.yml", Innocents)


def _read(path: Path, wanted: type[T]) -> T:
    try:
        raw = yaml.load(path.read_bytes(), yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)  # noqa: S506
        return msgspec.convert(raw, wanted)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(
            f"{path.name} cannot be read: {error}",
            where=str(path),
            mend="restore the file of the package",
            code="assurance",
        ) from error
