"""Reads a YAML file of rules strictly: an unknown word, or a key that stands twice, is an error."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Hashable
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from interdiction.errors import DataError

T = TypeVar("T")


class _Strict(yaml.CSafeLoader):
    """Refuses a key that stands twice: YAML would keep the last one without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for at, key in enumerate(keys):
            if key in keys[:at]:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


def packaged(name: str) -> bytes:
    """Give the bytes of a file of `interdiction/data`."""
    return resources.files("interdiction").joinpath("data", name).read_bytes()


def given(path: Path) -> bytes:
    """Give the bytes of a user's own file. Raises `DataError` (`data`) when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(
            f"the file cannot be read: {error.strerror}", where=str(path), mend="check its path and rights"
        ) from error


def parse(raw: bytes, wanted: type[T], where: str) -> T:
    """Read `wanted` from YAML. Raises `DataError` that names the entry."""
    try:
        return msgspec.convert(yaml.load(raw, Loader=_Strict), wanted)  # noqa: S506 - a safe loader, made stricter
    except (yaml.YAMLError, msgspec.ValidationError, RecursionError) as error:
        raise DataError(
            f"the file is wrong: {error}",
            where=where,
            mend="correct the entry it names; docs/enforcement.md explains it",
        ) from error


def fingerprint(raw: bytes) -> str:
    """Give the SHA-256 of a file, so that a decision can say which rules it followed (law 5)."""
    return hashlib.sha256(raw).hexdigest()


def check_template(template: str, known: frozenset[str], where: str) -> None:
    """Raise `DataError` for a sentence with a field that does not exist, or with anything but plain fields."""
    try:
        fields = list(string.Formatter().parse(template))
    except ValueError as error:
        raise DataError(f"not a sentence: {error}", where=where, mend="write fields as {listed}") from error
    for _, field, form, conversion in fields:
        if field is not None and (field not in known or form or conversion):
            raise DataError(
                f"the sentence has an unknown field {field!r}",
                where=where,
                mend=f"use one of {', '.join(sorted(known))}",
            )
