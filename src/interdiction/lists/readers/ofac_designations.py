"""Which measure, legal act and day of an OFAC entry belong to which of its programmes.

The files state programmes, sanctions types, legal acts and lists beside one another and do not tie them. They
are tied by the number or the name both bear (`UKRAINE-EO13662` and `13662 Sectoral Directive 1`). What bears
nothing goes to the programmes that got nothing, and to all where each got one: more is taken as imposed, never
less. A day is only given to a programme where the list of that day names it, or where it is the only one: the day
of the SDN list says when somebody came on it, and a programme may have been added years later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Final

import msgspec

from interdiction.lists.readers.ofac_words import COMPREHENSIVE, Strange
from interdiction.model import Designation, Measure

_KEYS: Final = re.compile(r"\b(?:EO)?(\d{5}|561)\b|(CMIC|CAATSA|PLC|FSE|CISADA)")
_ALSO: Final[dict[str, tuple[str, ...]]] = {
    "Sectoral Sanctions Identifications List": ("13662",),
    "Non-SDN Palestinian Legislative Council List": ("PLC",),
    "Reject": ("PLC", "FSE"),
    "CISADA": ("561",),
    "General License 4 Under EO 13224 (Terrorism)": ("PLC",),
}
"""What a word bears that its letters do not show."""
_OWN: Final = frozenset(_ALSO) - {"CISADA"}


class Stated(msgspec.Struct):
    """What one entry states of how it is listed. Days are `None` where the file gives none."""

    programmes: list[str] = []
    types: list[str] = []
    acts: list[tuple[str, date | None]] = []
    """Legal acts; a day only where it is the act's own and not that of the list."""
    lists: list[tuple[str, date | None]] = []
    amended: list[date] = []
    days: list[tuple[str, date]] = []
    """Facts such as `Effective Date (CMIC)`, by their label."""


def designate(stated: Stated, strange: Strange) -> tuple[Designation, ...]:
    """Give one designation for each programme; one without a programme where only measures are stated."""
    tags = list(dict.fromkeys(stated.programmes)) or ([""] if stated.types or stated.acts else [])
    types = _share(tags, dict.fromkeys(stated.types))
    acts = _share(tags, dict.fromkeys(act for act, _ in stated.acts))
    return tuple(
        Designation(
            tag,
            measures=_measures(types[tag], strange),
            listed_on=_labelled(stated, tag, "Listing Date") or _by_act(stated, tag) or _by_list(stated, tag, tags),
            amended_on=tuple(sorted(set(stated.amended))),
            effective_at=_instant(_labelled(stated, tag, "Effective Date")),
            legal_basis="; ".join(acts[tag]) or None,
        )
        for tag in tags
    )


def _measures(types: Iterable[str], strange: Strange) -> tuple[Measure, ...]:
    return tuple(dict.fromkeys(strange.measure(one) for one in types))


@lru_cache(maxsize=4096)
def _keys(text: str) -> frozenset[str]:
    if text in _OWN:
        return frozenset(_ALSO[text])
    found = {one or two for one, two in _KEYS.findall(text)}
    return frozenset(found.union(*(_ALSO.get(key, ()) for key in found)))


def _share(tags: Sequence[str], words: Iterable[str]) -> dict[str, list[str]]:
    """Give each word to the programmes it names, else to those that no word names, else to all."""
    found: dict[str, list[str]] = {tag: [] for tag in tags}
    rest = []
    for word in words:
        owners = [tag for tag in tags if _keys(tag) & _keys(word)]
        for tag in owners:
            found[tag].append(word)
        if not owners:
            rest.append(word)
    for tag in [tag for tag in tags if not found[tag]] or tags:
        found[tag] += rest
    return found


def _labelled(stated: Stated, tag: str, label: str) -> date | None:
    days = [day for name, day in stated.days if name.startswith(label) and _keys(name) & _keys(tag)]
    return min(days, default=None)


def _by_act(stated: Stated, tag: str) -> date | None:
    """Give the day of the programme's own legal act, where it has one of its own."""
    return min((day for act, day in stated.acts if day is not None and _keys(act) & _keys(tag)), default=None)


def _by_list(stated: Stated, tag: str, tags: Sequence[str]) -> date | None:
    """Give the day of the list, where it can only be this programme's."""
    lists = [(name, day) for name, day in stated.lists if name != COMPREHENSIVE] or stated.lists
    if len(tags) == 1:
        return min((day for _, day in lists if day is not None), default=None)
    named = {name: [one for one in tags if _keys(name) & _keys(one)] for name, _ in lists}
    return min((day for name, day in lists if day is not None and named[name] == [tag]), default=None)


def _instant(day: date | None) -> datetime | None:
    """Give the beginning of a day that is stated without an hour: in UTC, where it begins before Washington's."""
    return None if day is None else datetime.combine(day, time(), UTC)
