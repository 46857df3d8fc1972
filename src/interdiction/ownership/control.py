"""The control tests of each regime from `data/control.yml`: which one an owner's designation calls for on a day."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, cached_property
from hashlib import sha256
from importlib import resources
from typing import Final, Literal

import msgspec
import yaml

from interdiction.errors import DataError
from interdiction.model import Designation, Listing, Measure
from interdiction.model.ownership import WHOLE, StakeKind

FILE: Final = "control.yml"
What = Literal["shares", "votes", "appoint", "control"]


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to be reached: so much of something, or control. `programmes` narrow it to owners under these."""

    what: What
    result: Literal["blocked", "presumed"]
    at: int = 0
    more: bool = False
    programmes: tuple[str, ...] = ()

    @property
    def kind(self) -> StakeKind:
        """The stakes it counts."""
        return StakeKind(self.what)

    @property
    def parts(self) -> int:
        """The threshold in parts of the whole."""
        return WHOLE * self.at // 100

    @property
    def words(self) -> str:
        """The test as a sentence names it."""
        if self.what == "control":
            return "control"
        amount = f"more than {self.at} %" if self.more else f"{self.at} % or more"
        return f"{amount} of the {'seats on the board' if self.what == 'appoint' else self.what}"


class Rule(msgspec.Struct, frozen=True, rename={"begins": "from", "ends": "to"}, forbid_unknown_fields=True):
    """What the law of a regime says from one day to another of those whom some designations name."""

    id: str
    regime: str
    says: str
    source: str
    verified: bool
    begins: date | None = None
    ends: date | None = None
    lists: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    only: tuple[Measure, ...] = ()
    """The rule is for designations that carry nothing but these measures."""
    words: str = ""
    extends: bool = True
    aggregated: bool = False
    joint: bool = False
    group: str = ""
    tests: tuple[Criterion, ...] = ()

    def fits(self, listing: Listing, designation: Designation, on: date) -> bool:
        """Tell whether it is the rule for a designation on a day."""
        measures = set(designation.measures)
        return (
            (self.begins is None or self.begins <= on)
            and (self.ends is None or on <= self.ends)
            and (not self.lists or listing.list in self.lists)
            and (not self.programmes or matches(self.programmes, designation.programme))
            and (not self.measures or not measures.isdisjoint(self.measures))
            and (not self.only or (bool(measures) and measures <= set(self.only)))
            and (not self.words or re.search(self.words, stated(listing), re.IGNORECASE) is not None)
        )


class Regime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose law it is, and the lists it speaks through."""

    title: str
    lists: tuple[str, ...]


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    regimes: dict[str, Regime]
    rules: tuple[Rule, ...]


class Controls(msgspec.Struct, frozen=True, dict=True):
    """The tests in force, with the hash of their file for replay."""

    version: str
    sha256: str
    regimes: dict[str, Regime]
    rules: tuple[Rule, ...]

    @classmethod
    def load(cls) -> Controls:
        """Read the packaged tests. Raises `DataError` that names the rule that is wrong."""
        return _packaged()

    @cached_property
    def _of_list(self) -> dict[str, str]:
        return {key: name for name, regime in self.regimes.items() for key in regime.lists}

    def regime_of(self, list_key: str) -> str:
        """Give the regime a list speaks for; the list's own key where no regime has it."""
        return self._of_list.get(list_key, list_key)

    def rule(self, listing: Listing, designation: Designation, on: date) -> Rule | None:
        """Give the rule for a designation on a day; `None` where none is coded, which is never clear."""
        regime = self.regime_of(listing.list)
        return next((one for one in self.rules if one.regime == regime and one.fits(listing, designation, on)), None)

    def rules_for(self, listing: Listing, on: date) -> tuple[tuple[Rule | None, Designation], ...]:
        """Give, for each designation of a listing, the rule it calls for on a day."""
        several = listing.designations or (Designation("", mapped=False),)
        return tuple((self.rule(listing, one, on), one) for one in several)


def matches(patterns: tuple[str, ...], programme: str) -> bool:
    """Tell whether a programme's tag is one that the patterns mean, whole and without case."""
    return any(re.fullmatch(pattern, programme, re.IGNORECASE) for pattern in patterns)


def stated(listing: Listing) -> str:
    """Give what an entry states of itself beside its names: where a sectoral directive is told."""
    parts = [listing.remarks or ""]
    parts += [f"{one.note or ''} {one.value}" for one in listing.party.identifiers]
    parts += [f"{one.label} {one.value}" for one in listing.details]
    parts += [one.legal_basis or "" for one in listing.designations]
    return "\n".join(parts)


@cache
def _packaged() -> Controls:
    raw = resources.files("interdiction").joinpath("data", FILE).read_bytes()
    return read(raw, FILE)


def read(raw: bytes, where: str) -> Controls:
    """Read the tests from YAML. Raises `DataError` for whatever does not fit, naming the rule."""
    try:
        found = msgspec.convert(yaml.load(raw, Loader=yaml.CSafeLoader), _Document)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"not in the form of the control tests: {error}", where=where, mend="correct it") from error
    ids = [rule.id for rule in found.rules]
    for rule in found.rules:
        _check(rule, f"{where}, {rule.id}", found.regimes)
        if ids.count(rule.id) > 1:
            raise DataError("the rule stands twice", where=f"{where}, {rule.id}", mend="give each rule its own id")
    keys = [key for regime in found.regimes.values() for key in regime.lists]
    if len(keys) != len(set(keys)):
        raise DataError("a list speaks for two regimes", where=where, mend="name each list once")
    return Controls(found.version, sha256(raw).hexdigest(), found.regimes, found.rules)


def _check(rule: Rule, where: str, regimes: dict[str, Regime]) -> None:
    if rule.regime not in regimes:
        raise DataError(f"no regime is called {rule.regime!r}", where=where, mend=f"use one of {', '.join(regimes)}")
    if rule.extends != bool(rule.tests):
        raise DataError("a rule has tests or `extends: no`, not both", where=where, mend="give it one of them")
    if rule.extends and not rule.group:
        raise DataError("a rule that extends needs a group", where=where, mend="name the group")
    for test in rule.tests:
        if not 0 <= test.at <= 100 or (test.what == "control") != (test.at == 0):
            raise DataError(
                "a test of control has no `at`, any other one from 1 to 100", where=where, mend="correct it"
            )
    if not rule.source.strip():
        raise DataError("a rule needs its source", where=where, mend="say where it was read")
    for pattern in (rule.words, *rule.programmes, *(one for test in rule.tests for one in test.programmes)):
        try:
            re.compile(pattern)
        except re.error as error:
            raise DataError(f"not a pattern: {pattern!r}", where=where, mend="correct it") from error
