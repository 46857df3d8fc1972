"""What is in force on a day, frozen and ready to be screened (decision 002).

`ready` answers from the manifest where it can and asks the store where it must. Invariants:
1. A manifest that names another store, weights, programmes or core than those at hand is never used.
2. Files of a build are written beside their final names and moved, so that no reader sees half of one.
3. A build is named by everything it was made from; the same lists and rules give the same name.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from interdiction.engine.drafts import drafted
from interdiction.engine.frozen import ListingFile, write_listings
from interdiction.engine.home import Home
from interdiction.engine.inforce import EditionInForce, named
from interdiction.engine.progress import Progress, silent
from interdiction.errors import IndexFileError, NoListError
from interdiction.lists.programmes import Programmes, fingerprint
from interdiction.lists.sources import Sources
from interdiction.model import Edition, Listing, Pairing, from_json, to_json
from interdiction.names.index import NameIndex, core_version
from interdiction.names.weights import Weights
from interdiction.screening.screener import Screener

if TYPE_CHECKING:
    from interdiction.store.reading import Reader

KEPT_BUILDS = 8
"""The index folder keeps this many builds: past days stay ready for another look."""


class Manifest(msgspec.Struct, frozen=True):
    """What `current.json` holds: the build, and how the store looked when it was made."""

    build: str
    rules: str
    store: tuple[int, ...]
    editions: tuple[EditionInForce, ...]
    pairings: tuple[Pairing, ...] = ()
    registers: int = 0


class Force(msgspec.Struct, frozen=True):
    """The lists in force, opened: `screener` answers, `editions` say what an answer rests on."""

    screener: Screener
    editions: tuple[EditionInForce, ...]
    weights: Weights
    programmes: str
    """Fingerprint of the programme truth the designations were joined with."""
    listings: ListingFile
    """The listings in force, in the order of the index."""
    place: Path
    """Where this build stands, without the ending of its files; what is derived from it may be kept beside."""
    pairings: tuple[Pairing, ...] = ()
    """What people said of pairs of listings, as far as it was known then."""
    registers: int = 0
    """How many registers of stakes the home has: where there is none nobody asks the store for owners."""


def ready(
    home: Home,
    weights: Weights | None = None,
    *,
    as_of: date | None = None,
    others: Mapping[str, date] | None = None,
    known_at: datetime | None = None,
    lists: Collection[str] = (),
    editions: Collection[str] = (),
    standing: Force | None = None,
    progress: Progress | None = None,
) -> Force:
    """Open what was in force at the end of `as_of`, or now; `others` gives single lists another day.

    `known_at` leaves out editions that came to us later (the second clock), `lists` all lists but these. With
    `editions` (their ids) it is exactly those, whatever came since: what a decision rested on, once more.
    `standing` is what is open already: it is given again where nothing of it has changed. `weights` are the
    package's unless given. Raises `NoListError` when no list was in force then, or one of
    `lists` was not; `UsageError` (`unknown-list`) for a list that is none.
    """
    weights = weights or Weights.load()
    rules = _rules(weights)
    asked = _Asked(as_of, dict(others or {}), known_at, frozenset(lists), frozenset(editions))
    if asked == _Asked():
        found = _from_manifest(home, weights, rules, standing)
        if found is not None:
            return found
    return _from_store(home, asked, weights, rules, standing, progress or silent)


class _Asked(msgspec.Struct, frozen=True):
    """Which editions are asked for; nothing said is what is in force now."""

    as_of: date | None = None
    others: Mapping[str, date] = {}
    known_at: datetime | None = None
    lists: frozenset[str] = frozenset()
    exactly: frozenset[str] = frozenset()

    def editions(self, reader: Reader, home: Home) -> list[Edition]:
        """Give the edition of each list, ordered by list."""
        if self.exactly:
            exact = [one for one in reader.editions() if one.id in self.exactly]
            gone = sorted(self.exactly - {one.id for one in exact})
            if gone:
                raise _no_list(f"this home has no edition {gone[0]}", home, gone[0].partition("@")[0])
            return exact
        found = {edition.list: edition for edition in reader.last_editions(self.as_of, self.known_at)}
        for key, day in sorted(self.others.items()):
            one = reader.last_edition(key, day, self.known_at)
            found.pop(key, None)
            if one is not None:
                found[key] = one
        if self.lists:
            for key in sorted(self.lists):
                Sources.load().get(key)
            absent = sorted(self.lists - found.keys())
            if absent:
                raise _no_list(f"not in force: {', '.join(absent)}", home, absent[0])
            found = {key: edition for key, edition in found.items() if key in self.lists}
        if not found:
            when = f" on {self.as_of}" if self.as_of else ""
            known = f" of what was known on {self.known_at:%Y-%m-%d %H:%M} UTC" if self.known_at else ""
            raise _no_list(f"no list {'was' if when or known else 'is'} in force{when}{known}", home, "ofac-sdn")
        return [found[key] for key in sorted(found)]


def _no_list(message: str, home: Home, key: str) -> NoListError:
    return NoListError(message, where=str(home.path), mend=f"import one: interdict lists import {key} PATH")


def _from_manifest(home: Home, weights: Weights, rules: str, standing: Force | None) -> Force | None:
    try:
        manifest = from_json(home.manifest.read_bytes(), Manifest)
        if manifest.rules != rules or manifest.store != home.stamp():
            return None
        if standing is not None and _same(standing, manifest, home.index):
            return standing
        found = _open(home.index, manifest.build, manifest.editions, weights, rules, manifest.pairings)
        return msgspec.structs.replace(found, registers=manifest.registers)
    except (FileNotFoundError, NotADirectoryError, IndexFileError, msgspec.DecodeError):
        return None  # whatever is wrong with the frozen copy, the store is asked


def _same(force: Force, manifest: Manifest, folder: Path) -> bool:
    """Tell whether the manifest names what is open already: decisions that were kept change no list."""
    return (
        force.place == folder / manifest.build
        and force.editions == manifest.editions
        and force.pairings == manifest.pairings
        and force.registers == manifest.registers
    )


def _from_store(
    home: Home, asked: _Asked, weights: Weights, rules: str, standing: Force | None, progress: Progress
) -> Force:
    look = home.stamp()
    with home.reading() as reader:
        editions = asked.editions(reader, home)
        registers = len(reader.registers())
        frozen = tuple(named(edition) for edition in editions)
        pairings = tuple(reader.pairings(asked.known_at))
        build = hashlib.sha256(to_json([rules, [(one.edition, one.state) for one in frozen]])).hexdigest()[:32]
        folder = _writable(home.index)
        said = Manifest(build, rules, look, frozen, pairings, registers)
        kept = standing if asked == _Asked() and (folder / f"{build}.names").exists() else None
        if kept is not None and _same(kept, said, folder):
            force = kept  # the store changed, and nothing of the lists did: what was learnt of them is kept
        else:
            try:
                force = _open(folder, build, frozen, weights, rules, pairings)
            except (FileNotFoundError, IndexFileError):
                progress("building the index", 0, 0)
                listings = _joined(editions, lambda edition: reader.listings(edition.list, edition.seq))
                _build(folder, build, listings, weights)
                force = _open(folder, build, frozen, weights, rules, pairings)
            force = msgspec.structs.replace(force, registers=registers)
    if asked == _Asked() and folder == home.index:
        _replace(home.manifest, to_json(said))
        _sweep(folder, build)
    return force


def _joined(editions: Sequence[Edition], read: Callable[[Edition], Iterator[Listing]]) -> list[Listing]:
    """Give every listing with its designations joined with what their programmes mean."""
    from interdiction.lists.programmes import designations

    programmes, sources = Programmes.load(), Sources.load()
    return [
        msgspec.structs.replace(listing, designations=designations(listing, sources.get(edition.list), programmes))
        for edition in editions
        for listing in read(edition)
    ]


def _build(folder: Path, build: str, listings: Sequence[Listing], weights: Weights) -> None:
    write_listings(folder / f"{build}.listings", listings)
    NameIndex.build(
        folder / f"{build}.names", ((listing.id, listing.party) for listing in listings), weights, build_id=build
    )


def _open(
    folder: Path,
    build: str,
    editions: tuple[EditionInForce, ...],
    weights: Weights,
    programmes: str,
    pairings: tuple[Pairing, ...],
) -> Force:
    index = NameIndex.open(folder / f"{build}.names", weights)
    listings = ListingFile(folder / f"{build}.listings")
    if index.parties != len(listings):
        raise IndexFileError(
            "the index and its listings are of different builds",
            where=str(folder),
            mend="delete the index folder of the home; it is built again from the store",
            code="index-damaged",
        )
    return Force(Screener(index, listings), editions, weights, programmes, listings, folder / build, pairings)


def _rules(weights: Weights) -> str:
    return hashlib.sha256(to_json([core_version(), weights.sha256, fingerprint()])).hexdigest()[:16]


def _writable(folder: Path) -> Path:
    """Give the index folder, or one of this process alone where the home cannot be written."""
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(_own_folder().name)


_OWN: list[tempfile.TemporaryDirectory[str]] = []


def _own_folder() -> tempfile.TemporaryDirectory[str]:
    if not _OWN:
        _OWN.append(tempfile.TemporaryDirectory(prefix="interdict-index-"))
    return _OWN[0]


def _replace(path: Path, data: bytes) -> None:
    draft = drafted(path)
    draft.write_bytes(data)
    draft.replace(path)


def _sweep(folder: Path, build: str) -> None:
    """Remove builds beyond the newest few, never the current one."""
    builds = sorted(folder.glob("*.names"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in builds[KEPT_BUILDS:]:
        if path.stem != build:
            for name in folder.glob(f"{path.stem}.*"):
                with contextlib.suppress(OSError):  # a reader of another platform may still map it
                    name.unlink(missing_ok=True)
