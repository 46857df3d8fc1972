"""Reads `programmes.yml` and `authorities.yml` strictly: whatever does not fit is refused with file and entry.

Reach for `Programmes.load` instead; this module is apart so that a run which never reads the YAML never
imports its parser.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
import yaml

from interdiction.errors import DataError
from interdiction.model import Authority, Measure, Programme

T = TypeVar("T", Authority, Programme, "Same")


def read_authorities(raw: bytes, file: str) -> dict[str, Authority]:
    """Read the legal acts of `file` by id. Raises `DataError` for what does not fit."""
    found: dict[str, Authority] = {}
    for entry in _entries(raw, "authorities", file):
        act = _read(entry, Authority, ("id",), file)
        if not act.id.strip() or not act.name.strip() or not act.issuer.strip():
            raise DataError("an act without id, name or issuer", where=f"{file}, {act.id}", mend="give all three")
        if found.setdefault(act.id, act) is not act:
            raise DataError("the id stands twice", where=f"{file}, {act.id}", mend="keep one entry")
    return found


def read_programmes(raw: bytes, file: str) -> list[Programme]:
    """Read the programmes of `file`. Raises `DataError` for an entry that does not fit or contradicts itself."""
    found = []
    for entry in _entries(raw, "programmes", file, "same"):
        programme = _read(entry, Programme, ("list", "tag"), file)
        _check(programme, f"{file}, {programme.list} {programme.tag}")
        found.append(programme)
    return found + _repeated(raw, found, file)


class Same(msgspec.Struct, frozen=True):
    """A list whose rows bear the tags of others: each tag means what it means on the first of them that has it."""

    list: str
    tags_of: tuple[str, ...]


def _repeated(raw: bytes, programmes: Sequence[Programme], file: str) -> list[Programme]:
    """Give the programmes that a list has from others."""
    found = []
    for entry in _document(raw, file).get("same") or ():
        same = _read(entry, Same, ("list",), file)
        own = {one.tag for one in programmes if one.list == same.list}
        for other in same.tags_of:
            new = [one for one in programmes if one.list == other and one.tag not in own]
            found += [msgspec.structs.replace(one, list=same.list) for one in new]
            own.update(one.tag for one in new)
    return found


class _Loader(yaml.CSafeLoader):
    """Refuses a key that stands twice, of which YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        twice = next((key for at, key in enumerate(keys) if key in keys[:at]), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"the key {twice} stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


def _entries(raw: bytes, root: str, file: str, *others: str) -> list[Any]:
    document = _document(raw, file)
    entries = document.get(root) if root in document and not set(document) - {root, *others} else None
    if not isinstance(entries, list) or not entries:
        raise DataError(f"no list of {root}", where=file, mend=f"put the entries under one key `{root}:`")
    return entries


def _document(raw: bytes, file: str) -> dict[Any, Any]:
    try:
        document = yaml.load(raw, Loader=_Loader)  # noqa: S506 - a subclass of the safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise DataError(
            f"not YAML: {getattr(error, 'problem', None) or error}",
            where=f"{file}, line {mark.line + 1}" if mark else file,
            mend="correct the line",
        ) from error
    return document if isinstance(document, dict) else {}


def _read(entry: Any, wanted: type[T], naming: tuple[str, ...], file: str) -> T:
    if not isinstance(entry, dict):
        raise DataError(f"not an entry: {entry!r:.60}", where=file, mend="write `- tag: ...` and its fields")
    where = f"{file}, {' '.join(str(entry.get(field, '?')) for field in naming)}"
    unknown = sorted(str(field) for field in entry if field not in wanted.__struct_fields__)
    if unknown:
        fields = ", ".join(wanted.__struct_fields__)
        raise DataError(f"unknown field {', '.join(unknown)}", where=where, mend=f"the fields are {fields}")
    try:
        return msgspec.convert(entry, wanted)
    except msgspec.ValidationError as error:
        raise DataError(str(error), where=where, mend="docs/programmes.md shows the form of an entry") from error


def _check(programme: Programme, where: str) -> None:
    """Refuse what the types cannot: an entry that claims without a source, or contradicts itself."""
    freezes = Measure.ASSET_FREEZE in programme.measures
    for wrong, message, mend in (
        (not programme.tag.strip() or not programme.list.strip(), "no tag or list", "name both"),
        (not programme.source.strip(), "no source", "say where the fact can be read"),
        (not programme.measures, "no measures", "give at least one word of docs/measures.md"),
        (programme.verified and not programme.authorities, "verified without authority", "name the legal act"),
        (
            programme.blocking != freezes,
            "blocking and measures disagree",
            "blocking means that asset_freeze is in them",
        ),
    ):
        if wrong:
            raise DataError(message, where=where, mend=mend)
