"""The policy: who the institution is, whose law binds it, and which hits a rule may confirm without a person.

The default stands in `data/policy.yml`; an institution gives its own file of the same form. What is law and
not choice is held here, whatever a file says: no rule confirms a band below strong, nor without an agreeing fact.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

import msgspec

from interdiction.enforcement import document, law, rails
from interdiction.enforcement.licences import NO_LICENCES, Licences, read_licences
from interdiction.enforcement.table import Table, load_table
from interdiction.enforcement.threshold import ThresholdRow, check, rows_of
from interdiction.errors import DataError
from interdiction.model import Band, Basis, Kind
from interdiction.names.thresholds import Channel, Thresholds

FILE: Final = "policy.yml"
LAWS: Final = frozenset({"us", "eu", "uk", "un"})
NO_PROFILE: Final = "none"

_rows_of = lru_cache(64)(rows_of)
"""Asked for with every request of a service."""


class Institution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who acts: its name for the record, its kind (a word under `kinds` of the policy), and where it stands.

    The fields are those of `[institution]` in the configuration of a home, which stands above the policy.
    """

    name: str = ""
    kind: str = NO_PROFILE
    bics: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    owned_by: tuple[str, ...] = ()
    rail: str = ""
    users_checked_daily: bool = False

    @property
    def reference(self) -> str:
        """What a decision carries of it: its kind, and everything else that a rule asks."""
        said = [self.kind]
        several = {"bics": self.bics, "also": self.also, "owned by": self.owned_by}
        said += [f"{word} {'+'.join(values)}" for word, values in several.items() if values]
        said += [f"rail {self.rail}"] if self.rail else []
        said += ["users checked daily"] if self.users_checked_daily else []
        return ", ".join(said)


class InstitutionKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What it means to be of a kind: the lists that bind, those it may not release without, and its duties."""

    title: str
    bound_by: tuple[str, ...]
    needs: tuple[str, ...]
    on_block: str = ""
    on_reject: str = ""
    on_freeze: str = ""
    law: str = ""
    """The law of such an institution: us, eu, uk, un; empty where the kind names none."""


class ConfirmationRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a hit counts as confirmed without a person. `facts` and `against` map a kind of evidence to findings."""

    id: str
    why: str
    bands: tuple[Band, ...]
    facts: dict[str, tuple[str, ...]]
    against: dict[str, tuple[str, ...]] = {}
    bases: tuple[Basis, ...] = (Basis.NAME, Basis.IDENTIFIER)
    listed: tuple[Kind, ...] = ()
    exact: bool = False
    enabled: bool = True


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    institution: Institution
    kinds: dict[str, InstitutionKind]
    thresholds: tuple[ThresholdRow, ...]
    confirmation: tuple[ConfirmationRule, ...]


class Policy(msgspec.Struct, frozen=True, dict=True):
    """A policy in force, with the rule table it is applied by, and the hash of each for replay."""

    version: str
    sha256: str
    institution: Institution
    kinds: dict[str, InstitutionKind]
    threshold_rows: tuple[ThresholdRow, ...]
    rules: tuple[ConfirmationRule, ...]
    table: Table
    licences: Licences = NO_LICENCES

    @property
    def kind(self) -> InstitutionKind:
        """What the institution's kind means."""
        return self.kinds[self.institution.kind]

    @cached_property
    def reference(self) -> str:
        """What a decision carries: versions and hashes of policy and table, the institution and rules switched off."""
        off = ",".join(rule.id for rule in self.rules if not rule.enabled)
        return (
            f"policy {self.version} sha256:{self.sha256}; table {self.table.version} sha256:{self.table.sha256}; "
            f"law sha256:{law.fingerprint()}; "
            f"licences sha256:{self.licences.sha256}; "
            f"institution {self.institution.reference}{f'; off: {off}' if off else ''}"
        )

    def thresholds(self, channel: Channel) -> Thresholds:
        """Give the scores from which a pair is a hit, for names that come by this channel."""
        return _rows_of(self.threshold_rows, channel)

    def for_institution(self, kind: str, name: str = "") -> Policy:
        """Give the same policy for an institution of `kind`. Raises `DataError` for a kind it does not know."""
        _known_kind(kind, self.kinds, "institution")
        return msgspec.structs.replace(self, institution=Institution(name, kind))

    def for_profile(self, profile: Institution) -> Policy:
        """Give the same policy for the institution of `profile`.

        Raises `DataError` for a kind, a law or a rail that does not exist.
        """
        _check_profile(profile, self.kinds, "institution")
        return msgspec.structs.replace(self, institution=profile)

    @property
    def laws(self) -> frozenset[str]:
        """The laws that bind the institution of themselves; empty without a profile."""
        own = {self.kind.law} if self.kind.law else set()
        return frozenset(own | set(self.institution.also))

    def law_of(self, list_key: str) -> str | None:
        """Give the law behind a list: that of the kind of institution which the list binds, or null."""
        return next((kind.law for kind in self.kinds.values() if list_key in kind.bound_by and kind.law), None)

    def without(self, *rules: str) -> Policy:
        """Give the same policy with confirmation rules switched off. Raises `DataError` for a rule it does not have."""
        for rule in rules:
            if rule not in {one.id for one in self.rules}:
                raise DataError(
                    f"no confirmation rule is called {rule!r}",
                    where="policy",
                    mend=f"use one of {', '.join(one.id for one in self.rules)}",
                )
        off = tuple(msgspec.structs.replace(one, enabled=one.enabled and one.id not in rules) for one in self.rules)
        return msgspec.structs.replace(self, rules=off)


def load_policy(path: Path | None = None, licences: Path | None = None) -> Policy:
    """Read the packaged policy, or a user's own file of the same form, and the licences at hand.

    `licences` is a user's own file of them, which may be absent. Raises `DataError` that names the entry.
    """
    where = FILE if path is None else str(path)
    raw = document.packaged(FILE) if path is None else document.given(path)
    found = document.parse(raw, _Document, where)
    _check_profile(found.institution, found.kinds, where)
    if NO_PROFILE not in found.kinds or found.kinds[NO_PROFILE].bound_by:
        raise DataError(
            f"the kind {NO_PROFILE!r} must be there and bound by no list",
            where=where,
            mend="take it from the packaged file",
        )
    check(found.thresholds, where)
    ids = [rule.id for rule in found.confirmation]
    for rule in found.confirmation:
        _check(rule, f"{where}, {rule.id}")
        if ids.count(rule.id) > 1:
            raise DataError(f"the rule {rule.id!r} stands twice", where=where, mend="give each rule its own id")
    return Policy(
        version=found.version,
        sha256=document.fingerprint(raw),
        institution=found.institution,
        kinds=found.kinds,
        threshold_rows=found.thresholds,
        rules=found.confirmation,
        table=load_table(),
        licences=read_licences(licences),
    )


def _check_profile(profile: Institution, kinds: dict[str, InstitutionKind], where: str) -> None:
    _known_kind(profile.kind, kinds, where)
    for one in (*profile.also, *profile.owned_by):
        if one not in LAWS:
            raise DataError(f"no law is called {one!r}", where=where, mend=f"use one of {', '.join(sorted(LAWS))}")
    if profile.rail and profile.rail not in rails.known():
        raise DataError(
            f"no rail is called {profile.rail!r}", where=where, mend=f"use one of {', '.join(rails.known())}"
        )


def _known_kind(kind: str, kinds: dict[str, InstitutionKind], where: str) -> None:
    if kind not in kinds:
        raise DataError(
            f"no kind of institution is called {kind!r}", where=where, mend=f"use one of {', '.join(kinds)}"
        )


def _check(rule: ConfirmationRule, where: str) -> None:
    """Hold what law 3 demands of every rule, whoever wrote it."""
    if not rule.bands or set(rule.bands) - {Band.CERTAIN, Band.STRONG}:
        raise DataError("a rule confirms only the bands certain and strong", where=where, mend="correct `bands`")
    if Band.STRONG in rule.bands and not rule.exact:
        raise DataError("a rule for the band strong needs an exact name", where=where, mend="set `exact: true`")
    if not any(rule.facts.values()):
        raise DataError("a rule needs an agreeing fact beside the name", where=where, mend="fill in `facts`")
    if not rule.bases or set(rule.bases) - {Basis.NAME, Basis.IDENTIFIER}:
        raise DataError("a rule confirms only hits by name or identifier", where=where, mend="correct `bases`")
