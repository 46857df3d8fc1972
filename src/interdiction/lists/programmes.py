"""Joins the programme tags of a listing with what they mean: name, legal acts and measures.

Reach for it when an answer is given, never when a list is read: a correction of `data/programmes.yml` then
needs no new edition. docs/programmes.md says how the file is read and corrected.

1. A tag that the file does not hold, or holds unverified, takes at least the default measures of its list and
   is marked unmapped: the tag DPRK2 was published for the first time on the day it had to be enforced.
2. Nothing is dropped: every tag and every designation the listing itself states gives a designation, and a
   listing without any gives one with the list's default measures.
3. A tag that only informs (secondary sanctions) never stands alone: then the default measures stand as well.
4. Where a verified programme is a menu of named measures and the remarks of the entry name some of them, those
   apply: of the Libyans on the United Nations list some are under a travel ban and no freeze. A freeze that the
   remarks leave out is never simply dropped, since remarks can be cut: the entry stays one to be read (menu).
5. Where a list states the measures of each entry (`states_measures` in the register: the United Kingdom), those are
   the measures; an entry that states none falls under the rules above.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import msgspec

from interdiction.errors import DataError
from interdiction.model import Authority, Designation, Listing, ListSource, Measure, Programme

PROGRAMMES_FILE: Final = "programmes.yml"
AUTHORITIES_FILE: Final = "authorities.yml"

_SPACING: Final = re.compile(r"[\W_]+")
_NAMED: Final = {
    Measure.ASSET_FREEZE: re.compile(r"\bassets?\s+freeze\b", re.IGNORECASE),
    Measure.TRAVEL_BAN: re.compile(r"\btravel\s+ban\b", re.IGNORECASE),
    Measure.ARMS_EMBARGO: re.compile(r"\barms\s+embargo\b", re.IGNORECASE),
}


class Programmes:
    """The programmes of all lists with the legal acts behind them; immutable once made."""

    __slots__ = ("_authorities", "_programmes", "sha256")

    sha256: str
    """Of the bytes it was loaded from: a decision records it, so that it can be reached again."""

    def __init__(
        self,
        programmes: Iterable[Programme],
        authorities: Iterable[Authority],
        *,
        sha256: str = "",
        file: str = PROGRAMMES_FILE,
    ) -> None:
        """Refuse, with `DataError`, a tag that stands twice on one list and an authority that nobody defines."""
        self._authorities = {one.id: one for one in authorities}
        self._programmes: dict[tuple[str, str], Programme] = {}
        for one in programmes:
            where = f"{file}, {one.list} {one.tag}"
            if self._programmes.setdefault((one.list, _key(one.tag)), one) is not one:
                raise DataError("the tag stands twice", where=where, mend="keep one entry")
            strangers = [act for act in one.authorities if act not in self._authorities]
            if strangers:
                raise DataError(
                    f"unknown authority {', '.join(strangers)}", where=where, mend=f"define it in {AUTHORITIES_FILE}"
                )
        self.sha256 = sha256

    @classmethod
    def load(cls, path: Path | None = None) -> Programmes:
        """Read the package's programmes, or those of `path` in the same form.

        Beside `path` an `authorities.yml` is used where there is one, else the package's. Raises `DataError`
        that names file and entry for anything that does not fit: an unknown field or measure, a tag that
        stands twice, an authority nobody defines, an entry without source.
        """
        return _packaged() if path is None else _load(path, path.with_name(AUTHORITIES_FILE))

    def of(self, list_key: str, tag: str) -> Programme | None:
        """Give the programme behind `tag` on the list `list_key`; case, spaces and hyphens do not count."""
        return self._programmes.get((list_key, _key(tag)))

    def all(self) -> tuple[Programme, ...]:
        """Give every programme, in the order of the file."""
        return tuple(self._programmes.values())

    def authorities(self, programme: Programme) -> tuple[Authority, ...]:
        """Give the legal acts `programme` rests on."""
        return tuple(self._authorities[one] for one in programme.authorities)


def designations(listing: Listing, source: ListSource, programmes: Programmes | None = None) -> tuple[Designation, ...]:
    """Give what `listing` is under: one designation for each of its tags, never none.

    A known and verified tag gives its own measures; any other at least the default measures of `source`,
    with `mapped` false. Dates, authority, legal basis and measures that the entry itself states are kept.
    `programmes` are the package's unless given. Raises `DataError` where `source` is not the list of the
    listing: the defaults of another list could free it.
    """
    if source.key != listing.list:
        raise DataError(
            f"{listing.id} was joined with the source {source.key}", mend="give the source of the listing's own list"
        )
    programmes = programmes or Programmes.load()
    stated: dict[str, list[Designation]] = {}
    for own in listing.designations:
        stated.setdefault(_key(own.programme), []).append(own)
    tags: dict[str, str] = {}
    for tag in (*listing.programmes, *(own.programme for own in listing.designations)):
        tags.setdefault(_key(tag), tag)
    default = source.default_measures or (Measure.MENU,)
    found = tuple(
        _as_stated(own, programmes.of(listing.list, tag), programmes)
        if source.states_measures and own.measures
        else _designation(own, tag, programmes.of(listing.list, tag), programmes, default, listing.remarks or "")
        for key, tag in tags.items()
        for own in stated.get(key) or [Designation(tag)]
    )
    if any(one.measures != (Measure.SECONDARY,) for one in found):
        return found
    if not found:
        return (Designation("", measures=default, mapped=False),)
    return tuple(msgspec.structs.replace(one, measures=_union(default, one.measures), mapped=False) for one in found)


def unknown_tags(listings: Iterable[Listing], programmes: Programmes | None = None) -> Mapping[tuple[str, str], int]:
    """Count the tags that have no entry: `(list, tag)` to number of listings."""
    programmes = programmes or Programmes.load()
    return Counter(
        (listing.list, tag)
        for listing in listings
        for tag in dict.fromkeys((*listing.programmes, *(own.programme for own in listing.designations)))
        if programmes.of(listing.list, tag) is None
    )


@cache
def fingerprint() -> str:
    """Give the sha256 of the package's programmes without parsing them; `Programmes.sha256` is the same."""
    data = resources.files("interdiction").joinpath("data")
    return _sha256(_bytes(data.joinpath(PROGRAMMES_FILE)), _bytes(data.joinpath(AUTHORITIES_FILE)))


def _as_stated(own: Designation, programme: Programme | None, programmes: Programmes) -> Designation:
    """Take the measures that the entry itself states; the programme adds its legal acts only."""
    acts = ", ".join(act.name for act in programmes.authorities(programme)) if programme else ""
    return msgspec.structs.replace(own, authority=own.authority or acts or None, mapped=True)


def _designation(
    own: Designation,
    tag: str,
    programme: Programme | None,
    programmes: Programmes,
    default: tuple[Measure, ...],
    remarks: str,
) -> Designation:
    mapped = programme is not None and programme.verified
    known = programme.measures if programme else ()
    if mapped and Measure.MENU in known:
        known = _chosen(known, remarks)
    acts = ", ".join(act.name for act in programmes.authorities(programme)) if programme else ""
    return msgspec.structs.replace(
        own,
        programme=tag,
        authority=own.authority or acts or None,
        measures=_union(() if mapped else default, known, own.measures),
        mapped=mapped,
    )


def _chosen(menu: tuple[Measure, ...], remarks: str) -> tuple[Measure, ...]:
    """Give what the remarks name of a menu, all of it where they name nothing."""
    named = tuple(one for one in menu if one in _NAMED and _NAMED[one].search(remarks))
    if Measure.ASSET_FREEZE in menu and Measure.ASSET_FREEZE not in named:
        return (*named, Measure.MENU) if named else menu
    return named or menu


def _union(*several: tuple[Measure, ...]) -> tuple[Measure, ...]:
    return tuple(dict.fromkeys(one for measures in several for one in measures))


def _key(tag: str) -> str:
    """Give the form in which tags compare: OFAC has written "561-Related" and "561 Related"."""
    return _SPACING.sub("", tag.casefold()) or tag.strip()


@cache
def _packaged() -> Programmes:
    data = resources.files("interdiction").joinpath("data")
    return _load(data.joinpath(PROGRAMMES_FILE), data.joinpath(AUTHORITIES_FILE))


def _load(path: Traversable, beside: Traversable) -> Programmes:
    from interdiction.lists.programme_file import read_authorities, read_programmes  # noqa: PLC0415 - see there

    if not beside.is_file():
        beside = resources.files("interdiction").joinpath("data", AUTHORITIES_FILE)
    raw, acts_raw = _bytes(path), _bytes(beside)
    acts = read_authorities(acts_raw, beside.name)
    return Programmes(read_programmes(raw, path.name), acts.values(), sha256=_sha256(raw, acts_raw), file=path.name)


def _bytes(path: Traversable) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", where=str(path), mend="give a file that can") from error


def _sha256(programmes: bytes, authorities: bytes) -> str:
    return hashlib.sha256(hashlib.sha256(programmes).digest() + hashlib.sha256(authorities).digest()).hexdigest()
