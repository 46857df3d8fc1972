"""The mapping of a table of one's own to parties: a small YAML file, read strictly; without it, what headers mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import yaml

from interdiction.errors import ListFileError
from interdiction.tables.columns import FIELDS, NUMBERS, plain

FIRST_KEY = "mapping"
"""The key that every mapping begins with: by it a mapping is told from other files of an edition."""

TEXT_FIELDS = (
    "id", "name", "alias", "weak_alias", "former_name", "first_name", "middle_name", "last_name", "kind", "gender",
    "born", "died", "founded", "place_of_birth", "nationality", "citizenship", "residence", "country", "address",
    "title", "function", "phone", "email", "website", "programme", "listed_on", "legal_basis", "reference", "remarks",
    "identifiers", "flag", "vessel_type", "taken_out", *NUMBERS,
)  # fmt: skip
"""Fields that a column may be mapped to. A row that states `taken_out` is a listing no more."""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a field stands: columns by their headers, how several values in one cell are parted, words translated."""

    columns: tuple[str, ...] = ()
    split: str | None = None
    words: dict[str, str] = {}
    constant: str | None = None


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping as the file states it: field to column, columns, or a `Column`."""

    mapping: int
    fields: dict[str, Any]
    title: str = ""
    encoding: str | None = None
    sheet: str | None = None


class Layout(msgspec.Struct, frozen=True):
    """What each field is read from, resolved to the places of columns; `rest` are the columns of no field."""

    fields: dict[str, tuple[Column, tuple[int, ...]]]
    rest: tuple[int, ...]
    encoding: str | None = None
    sheet: str | None = None


def is_mapping(data: bytes) -> bool:
    """Tell whether a file of an edition is a mapping."""
    for line in data[:4096].decode("utf-8", "replace").lstrip("\ufeff").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            return line.partition(":")[0].strip() == FIRST_KEY
    return False


def read_mapping(data: bytes, file: str) -> Said:
    """Read a mapping. Raises `ListFileError` (`mapping`) that says what does not fit."""
    try:
        tree = yaml.safe_load(data)
        found = msgspec.convert(tree, Said)
    except (yaml.YAMLError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise _wrong(f"it cannot be read: {str(error).splitlines()[0]}", file) from error
    if found.mapping != 1:
        raise _wrong(f"version {found.mapping} is not known", file)
    unknown = sorted(set(found.fields) - set(TEXT_FIELDS))
    if unknown:
        raise _wrong(f"no field is called {', '.join(unknown)}", file)
    if not {"name", "last_name"} & set(found.fields):
        raise _wrong("it says of no column that it is the name", file)
    return found


def resolve(mapping: Said | None, header: Sequence[str], file: str) -> Layout:
    """Find the columns of a mapping in a header; without a mapping the headers of `docs/tables.md` are known.

    Raises `ListFileError` (`mapping`) for a column that is not there, (`unknown-columns`) where no column is a name.
    """
    places = {plain(name): at for at, name in enumerate(header)}
    if mapping is None:
        return _recognised(places, header, file)
    fields: dict[str, tuple[Column, tuple[int, ...]]] = {}
    for field, said in mapping.fields.items():
        column = _column(said, field, file)
        missing = [name for name in column.columns if plain(name) not in places]
        if missing:
            raise _wrong(f"the table has no column {', '.join(map(repr, missing))}", file)
        if not column.columns and column.constant is None:
            raise _wrong(f"{field} names no column", file)
        fields[field] = (column, tuple(places[plain(name)] for name in column.columns))
    used = {at for _, found in fields.values() for at in found}
    rest = tuple(at for at in range(len(header)) if at not in used)
    return Layout(fields, rest, mapping.encoding, mapping.sheet)


def _column(said: Any, field: str, file: str) -> Column:
    if isinstance(said, str):
        return Column((said,))
    if isinstance(said, list) and all(isinstance(one, str) for one in said):
        return Column(tuple(said))
    try:
        if isinstance(said, Mapping) and isinstance(said.get("columns"), str):
            said = {**said, "columns": [said["columns"]]}
        return msgspec.convert(said, Column)
    except msgspec.ValidationError as error:
        raise _wrong(f"{field}: {error}", file) from error


def _recognised(places: Mapping[str, int], header: Sequence[str], file: str) -> Layout:
    fields: dict[str, tuple[Column, tuple[int, ...]]] = {}
    taken: set[int] = set()
    for field, spellings in FIELDS.items():
        if field not in TEXT_FIELDS:
            continue
        found = [places[one] for one in spellings if one in places and places[one] not in taken]
        if found:
            several = field in {"alias", "identifiers", "nationality", "country"}
            fields[field] = (Column(split=";" if several else None), tuple(found))
            taken.update(found)
    if not {"name", "last_name"} & set(fields):
        raise ListFileError(
            f"no column is a name: {', '.join(header)[:120]}",
            code="unknown-columns",
            where=file,
            mend="say which column is what: --mapping FILE",
        )
    return Layout(fields, tuple(at for at in range(len(header)) if at not in taken))


def _wrong(what: str, file: str) -> ListFileError:
    return ListFileError(
        f"the mapping does not fit: {what}", code="mapping", where=file, mend="docs/lists/own.md shows its form"
    )
