"""Identical hits: those on which exactly the same speaks for and against, so that one answer is the answer to all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from interdiction.model import Basis, Hit, Outcome, to_json
from interdiction.model.case import Case


class Same(msgspec.Struct, frozen=True):
    """One pair that is like the one asked about, as it would be closed: what the preview shows and its hash covers."""

    case: int
    version: int
    subject: str
    ours: str
    listing: str
    fingerprint: str


class Preview(msgspec.Struct, frozen=True):
    """What closing together would close. `hash` has to be given back: what changed meanwhile is closed by nobody."""

    pairs: tuple[Same, ...]
    hash: str


def fingerprint(hits: Sequence[Hit]) -> str:
    """Give the mark of hits of one subject on one listing: the same where the same spoke for and against."""
    # A text around a name is another in each payment: what is alike there is the name, and that is in the tokens.
    said = [
        [
            hit.listing,
            hit.related or "",
            hit.band,
            hit.basis,
            hit.weak_only,
            [(one.kind, one.finding, _ours(hit, one.ours), one.theirs) for one in hit.evidence],
            [(one.programme, one.measures) for one in hit.designations],
        ]
        for hit in hits
    ]
    return hashlib.sha256(to_json(sorted(said, key=to_json))).hexdigest()[:32]


def _ours(hit: Hit, ours: object) -> object:
    return hit.matched_name if hit.basis is Basis.TEXT else ours


def preview(cases: Sequence[Case], like: Case, listing: str) -> Preview:
    """Give every pair of the open cases on which the same spoke as on this one, and nothing is said yet."""
    model = like.pair(listing)
    mark = model.fingerprint if model is not None else ""
    found = tuple(
        Same(one.number, one.version, one.subject, pair.ours, pair.listing, pair.fingerprint)
        for one in sorted(cases, key=lambda case: case.number)
        for pair in one.pairs
        if pair.listing == listing
        and pair.fingerprint == mark
        and pair.outcome is Outcome.UNCONFIRMED
        and pair.proposal is None
    )
    return Preview(found, hashlib.sha256(to_json(found)).hexdigest()[:16])
