"""The register of official lists, from `data/sources.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import msgspec
import yaml

from interdiction.errors import DataError, UsageError
from interdiction.model import ListSource, Measure

FILE = "sources.yml"
_HEAD = {"bounds", "sources"}
_FIELDS = frozenset(ListSource.__struct_fields__) - {"key"}


_OWN_KEY = re.compile(r"own-[a-z0-9][a-z0-9-]{0,39}")
"""The keys of lists that users make themselves; they stand in no register."""


NOTICE: Final = "own-notice-"
"""Official texts that were confirmed here before the list has them: what they name is frozen by law (actual notice)."""


def own_source(key: str) -> ListSource:
    """Give the source of a list of the user's own: it never forbids anything by law, but for actual notice."""
    if key.startswith(NOTICE):
        law = key.removeprefix(NOTICE)
        return ListSource(
            key,
            title=f"Announced by an official text and confirmed here, not yet listed ({law})",
            publisher="ourselves, from the authority's own text",
            jurisdiction=law,
            default_measures=(Measure.ASSET_FREEZE,),
            formats=("table",),
        )
    return ListSource(
        key,
        title=f"Own list: {key.removeprefix('own-')}",
        publisher="ourselves",
        jurisdiction="internal",
        default_measures=(Measure.INTERNAL,),
        formats=("table",),
        states_measures=True,
    )


class Sources:
    """Every list that can be imported, by key: those of the register, and own lists (`own-NAME`)."""

    def __init__(self, sources: tuple[ListSource, ...]) -> None:
        self._by_key = {source.key: source for source in sources}

    @classmethod
    def load(cls, path: Path | None = None) -> Sources:
        """Read the package's register, or another one in the same form.

        Raises `DataError` (code `sources`) naming the entry that is wrong.
        """
        return _packaged() if path is None else _parse(path.read_bytes(), str(path))

    def get(self, key: str) -> ListSource:
        """Give one source. Raises `UsageError` (code `unknown-list`) for a key that is none."""
        if _OWN_KEY.fullmatch(key):
            return own_source(key)
        try:
            return self._by_key[key]
        except KeyError:
            raise UsageError(
                f"no list is called {key!r}",
                where="LIST",
                mend=f"use one of {', '.join(self._by_key)}; a list of your own is called own-NAME",
                code="unknown-list",
            ) from None

    def __getitem__(self, key: str) -> ListSource:
        return self.get(key)

    def __iter__(self) -> Iterator[ListSource]:
        return iter(self._by_key.values())

    def __contains__(self, key: object) -> bool:
        return key in self._by_key or (isinstance(key, str) and _OWN_KEY.fullmatch(key) is not None)


@cache
def _packaged() -> Sources:
    return _parse(resources.files("interdiction").joinpath("data", FILE).read_bytes(), f"data/{FILE}")


def _parse(raw: bytes, where: str) -> Sources:
    try:
        tree = yaml.load(raw, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _wrong(where, f"is not YAML: {error}") from error
    if not isinstance(tree, dict) or not isinstance(tree.get("sources"), dict) or set(tree) - _HEAD:
        raise _wrong(where, "holds something else than `bounds` and `sources`")
    return Sources(tuple(_source(str(key), entry, where) for key, entry in tree["sources"].items()))


def _source(key: str, entry: Any, where: str) -> ListSource:
    place = f"{where}: {key}"
    if not isinstance(entry, dict):
        raise _wrong(place, "is not an entry")
    unknown = sorted(map(str, set(entry) - _FIELDS))
    if unknown:
        raise _wrong(place, f"has a field {unknown[0]!r} that means nothing")
    try:
        source = msgspec.convert({"key": key, **entry}, ListSource)
    except msgspec.ValidationError as error:
        raise _wrong(place, f"does not fit: {error}") from error
    if not source.default_measures:
        raise _wrong(place, "has no default measure: an unknown programme would forbid nothing")
    if source.notice is not None and not source.notice.startswith("https://"):
        raise _wrong(place, "names an address of changes that is not https")
    strange = [role for role in source.fetch if role not in source.addresses]
    if strange:
        raise _wrong(place, f"fetches {strange[0]!r}, for which it has no address")
    return source


def _wrong(where: str, what: str) -> DataError:
    return DataError(f"the register of lists {what}", where=where, mend="correct that entry", code="sources")
