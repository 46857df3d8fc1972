"""From what the core judged to a `Hit` with its evidence in words."""

from __future__ import annotations

from interdiction.model import Band, Basis, Evidence, Hit, Listing, TokenEvidence
from interdiction.names.index import JudgedRow
from interdiction.screening.sentences import fact_sentence, token_sentence, why


def evidence(row: JudgedRow) -> tuple[Evidence, ...]:
    """Give the name first, then each fact, in the core's order."""
    found = []
    if row.tokens or row.name_score:
        tokens = tuple(
            TokenEvidence(
                kind=token.kind,
                ours=token.ours,
                theirs=token.theirs,
                similarity=token.similarity,
                weight=token.weight,
                contribution=token.contribution,
            )
            for token in row.tokens
        )
        found.append(
            Evidence(
                kind="weak_name" if row.weak_only else "name",
                finding="equal" if tokens and all(token.kind == "equal" for token in tokens) else "near",
                ours=row.our_name,
                theirs=row.name,
                effect=row.name_score,
                sentence=token_sentence(tokens),
                tokens=tokens,
            )
        )
    found += [
        Evidence(
            kind=fact.kind,
            finding=fact.finding,
            ours=fact.ours or None,
            theirs=fact.theirs or None,
            effect=fact.effect,
            sentence=fact_sentence(fact.kind, fact.finding, fact.ours, fact.theirs),
        )
        for fact in row.facts
    ]
    return tuple(found)


def hit(row: JudgedRow, listing: Listing, query_id: str) -> Hit:
    """Give the hit of one judged pair; `listing` carries its designations already joined with their programmes."""
    spoke = evidence(row)
    return Hit(
        query_id=query_id,
        listing=row.key,
        listed_name=listing.party.primary_name,
        matched_name=row.name,
        score=row.score,
        band=Band(row.band),
        basis=Basis(row.basis),
        evidence=spoke,
        designations=listing.designations,
        weak_only=row.weak_only,
        why=why(spoke, weak_only=row.weak_only),
    )
