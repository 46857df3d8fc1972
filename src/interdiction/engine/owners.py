"""Who is reached through owners, and the hits that makes: owned parties as a source of their own beside the lists.

1. Every party of the registers is screened against the lists; a hit that a rule of the policy confirms, and a party
   that stands under the id of a listing, is surely listed. Every other hit may be: then what it owns is unknown.
2. Whoever is reached, or may be, is found by customers and payments by name and number as a listed party is. The hit is
   on the owner's listing, with the owner's designations, of basis ownership.
3. The same lists, registers, policy and day give the same answers; what is derived is kept beside the index.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
import polars as pl

from interdiction.enforcement import find
from interdiction.engine.progress import Progress, silent
from interdiction.engine.registers import register_of
from interdiction.errors import IndexFileError
from interdiction.model import Basis, Evidence, Hit, Listing, Outcome, to_json
from interdiction.model.codec import decoder
from interdiction.model.ownership import Control, RegisterImport
from interdiction.names.index import NameIndex
from interdiction.names.thresholds import Channel
from interdiction.ownership.control import Controls
from interdiction.ownership.proof import Proof, prove
from interdiction.ownership.register import Register
from interdiction.ownership.ties import Tie, ties
from interdiction.ownership.verdicts import Named, Verdicts, judge
from interdiction.screening.screener import Asked, Screened, Screener

if TYPE_CHECKING:
    from interdiction.enforcement import Policy
    from interdiction.engine.force import Force
    from interdiction.engine.hall import Engine
    from interdiction.screening.screener import Ids

_MOST_LISTINGS: Final = 12
"""Owners of one party for whom a hit each is given; the proof names all."""
_KEPT: Final = 8
_NOTHING: Final = Screened()
_Seeds = list[tuple[str, str, bool]]
"""(party of the registers, listing, sure)."""
_SEEDS: Final = decoder(_Seeds)


class Owners(msgspec.Struct, frozen=True, dict=True):
    """The answers about a home's registers on a day, and the index of those who are reached."""

    verdicts: Verdicts
    imports: tuple[RegisterImport, ...]
    reached: tuple[str, ...]
    screener: Screener | None
    """None where nobody is reached."""
    listings: Mapping[str, Listing]
    listed_ids: Mapping[str, Sequence[str]]
    """Party of the registers to the listings that name it or may, whether it holds anything or not."""
    proofs: dict[tuple[str, str], Proof]

    def proof(self, party: str, regime: str) -> Proof | None:
        """Give what a regime says of a party of the registers, with its proof."""
        if (party, regime) not in self.proofs:
            said = next((one for one in self.verdicts.of(party) if one.regime == regime), None)
            if said is None:
                return None
            self.proofs[party, regime] = prove(self.verdicts, party, said)
        return self.proofs[party, regime]

    def find(self, text: str) -> dict[str, str]:
        """Give the parties of the registers that an id or a name means: that very id or name, else names it is in."""
        parties = self.verdicts.graph.register.parties
        said = " ".join(text.casefold().split())
        name = pl.col("names").list.eval(pl.element().str.to_lowercase())
        for wanted in (
            pl.col("id") == text,
            name.list.contains(said),
            pl.col("id").str.ends_with(f"#{text}"),
            name.list.join("\n").str.contains(said, literal=True),
        ):
            found = parties.filter(wanted).select("id", pl.col("names").list.first())
            if found.height and said:
                return {key: first or key for key, first in found.iter_rows()}
        return {}

    def listed(self, party: str) -> list[Listing]:
        """Give the listings that surely name a party of the registers."""
        node = self.verdicts.graph.node.get(party, -1)
        return [one.listing for one in self.verdicts.named.get(node, ()) if one.sure]

    def ties(self, party: str) -> list[Tie]:
        """Give the paths from a party to those listed near it, of whatever kind: a risk, never a block."""
        return ties(self.verdicts.graph.register, party, self.listed_ids)

    def add_batch(
        self, batch: Any, ids: Ids, answers: dict[int, Screened], *, threshold: Asked, threads: int = 0
    ) -> dict[int, Screened]:
        """Give the answers about the rows of an Arrow batch, by place, with their hits through owners, best first."""
        if self.screener is None:
            return answers
        owned = self.screener.screen_batch(batch, ids, threshold=threshold, threads=threads)
        return answers | {at: self._with(answers.get(at, _NOTHING), one) for at, one in owned.items()}

    def found_in(self, table: Any, ids: Ids, *, threshold: Asked, threads: int = 0) -> dict[int, tuple[Hit, ...]]:
        """Give the hits through owners of a table of parties, by place, for those that have any."""
        found: dict[int, tuple[Hit, ...]] = {}
        if self.screener is not None:
            for _, answers in self.screener.screen_stream(table, ids, threshold=threshold, threads=threads):
                found |= {at: hits for at, one in answers.items() if (hits := self.hits(one.hits))}
        return found

    def _with(self, answer: Screened, owned: Screened) -> Screened:
        hits = self.hits(owned.hits)
        truncated = answer.truncated or owned.truncated
        if not hits and truncated == answer.truncated:
            return answer
        return msgspec.structs.replace(answer, hits=merged(answer.hits, hits), truncated=truncated)

    def hits(self, owned: Sequence[Hit]) -> tuple[Hit, ...]:
        """Turn hits on parties that are reached into hits on the listings of those who reach them."""
        found: dict[tuple[str, str], Hit] = {}
        for hit in owned:
            party = hit.listing.partition(":")[2]
            for said in self.verdicts.of(party):
                if said.answer is None or said.control in {Control.NOT_BLOCKED, Control.LISTED}:
                    continue
                proof = self.proof(party, said.regime)
                for key in proof.listings[:_MOST_LISTINGS] if proof else ():
                    listing = self.listings.get(key)
                    if proof is not None and listing is not None:
                        found.setdefault((listing.id, said.regime), _owned(hit, listing, proof))
        return tuple(found.values())


def merged(hits: Sequence[Hit], owned: Sequence[Hit]) -> tuple[Hit, ...]:
    """Give hits by name and number with those through owners, best first."""
    return tuple(sorted((*hits, *owned), key=lambda hit: -hit.score))


def _owned(hit: Hit, listing: Listing, proof: Proof) -> Hit:
    """Give the hit of a customer or payee that is, by name or number, a party which an owner reaches."""
    spoke = Evidence(
        kind="ownership",
        finding=proof.control.value,
        ours=proof.name,
        theirs=proof,
        sentence=proof.sentence,
    )
    unknown = "the stakes that decide" if proof.control is Control.UNKNOWN else ""
    return msgspec.structs.replace(
        hit,
        listing=listing.id,
        listed_name=listing.party.primary_name,
        basis=Basis.OWNERSHIP,
        evidence=(spoke, *hit.evidence),
        designations=listing.designations,
        weak_only=False,
        why=f"{proof.sentence} ({hit.why})" if hit.why else proof.sentence,
        not_known="; ".join(filter(None, (unknown, hit.not_known))),
    )


def owners_of(
    engine: Engine,
    force: Force,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    progress: Progress | None = None,
) -> Owners | None:
    """Give what is known of owners on a day, against the lists of `force`; `None` where the home has no register.

    Without a day it is the last one the home knows of: that of its newest edition or register.
    """
    register, imports = register_of(engine.home, known_at)
    if not imports:
        return None
    on = as_of or max(*(one.at.date() for one in imports), *(edition.on for edition in force.editions))
    step = progress or silent
    made_of = [[one.source, one.sha256, one.at] for one in imports]
    digest = hashlib.sha256(to_json([made_of, engine.policy.reference, Controls.load().sha256])).hexdigest()[:16]
    seeds = _kept(force.place.with_name(f"{force.place.name}.{digest}.named"))
    if seeds is None:
        step("screening the owners", 0, 0)
        seeds = _screened(engine, force, register)
        _keep(force.place.with_name(f"{force.place.name}.{digest}.named"), to_json(seeds))
    listings = {key: force.listings.listing(force.screener.index.party(key)) for _, key, _ in seeds}
    named: dict[str, list[Named]] = {}
    for party, key, sure in seeds:
        named.setdefault(party, []).append(Named(listings[key], sure))
    step("following the stakes", 0, 0)
    verdicts = judge(register, on, named, lists=[edition.list for edition in force.editions])
    reached = tuple(party for party, _ in verdicts.reached())
    screener = _index(engine, force, register, reached, f"{digest}-{on:%Y%m%d}")
    ids = {
        party: [one.listing.id if one.sure else f"{one.listing.id}, not confirmed" for one in some]
        for party, some in named.items()
    }
    return Owners(verdicts, imports, reached, screener, listings, ids, {})


def _screened(engine: Engine, force: Force, register: Register) -> _Seeds:
    """Screen every party of the registers against the lists."""
    policy, index = engine.policy, force.screener.index
    ids = register.parties["id"]
    seeds: dict[tuple[str, str], bool] = {}
    for party in ids:
        with contextlib.suppress(KeyError):
            index.party(party)
            seeds[party, party] = True
    asked = engine.thresholds(Channel.CHECK)
    # The lists alone: what owners reach is what is being found out.
    for _, answers in Screener(index, force.listings).screen_stream(register.parties, ids, threshold=asked):
        for at, answer in answers.items():
            for hit in answer.hits:
                key = (ids[at], hit.listing)
                seeds[key] = seeds.get(key, False) or _confirmed(force, hit, policy)
    return [(party, listing, sure) for (party, listing), sure in sorted(seeds.items())]


def _confirmed(force: Force, hit: Hit, policy: Policy) -> bool:
    listing = force.screener.listing(hit)
    return find(hit, policy, listed=listing.party.kind, unread=listing.unread).outcome is Outcome.TRUE


def _index(engine: Engine, force: Force, register: Register, reached: Sequence[str], digest: str) -> Screener | None:
    if not reached:
        return None
    wanted = set(reached)
    parties = [register.party_at(at) for at, key in enumerate(register.parties["id"]) if key in wanted]
    listings = _Owned([Listing("owned", party.id or "", party) for party in parties])
    path = _writable(force.place.parent) / f"{force.place.name}.{digest}.owned"
    try:
        index = NameIndex.open(path, engine.weights)
    except (FileNotFoundError, IndexFileError):
        NameIndex.build(path, [(f"owned:{party.id}", party) for party in parties], engine.weights, build_id=digest)
        index = NameIndex.open(path, engine.weights)
        _sweep(path)
    return Screener(index, listings)


class _Owned:
    """Those who are reached, in the order of their index."""

    def __init__(self, listings: Sequence[Listing]) -> None:
        self._listings = listings

    def listing(self, at: int) -> Listing:
        return self._listings[at]


def _kept(path: Path) -> _Seeds | None:
    with contextlib.suppress(OSError, msgspec.DecodeError):
        return _SEEDS.decode(path.read_bytes())
    return None


def _keep(path: Path, data: bytes) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):  # a home that cannot be written derives it each time
        draft.write_bytes(data)
        draft.replace(path)


def _writable(folder: Path) -> Path:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        if not _OWN:
            _OWN.append(tempfile.TemporaryDirectory(prefix="interdict-owners-"))
        return Path(_OWN[0].name)


_OWN: list[tempfile.TemporaryDirectory[str]] = []


def _sweep(path: Path) -> None:
    """Remove the oldest of what was derived for other days."""
    build = path.name.partition(".")[0]
    made = sorted(path.parent.glob(f"{build}.*.owned"), key=lambda one: one.stat().st_mtime_ns, reverse=True)
    for old in made[_KEPT:]:
        with contextlib.suppress(OSError):
            old.unlink()
