"""From what the core judged to a `Hit` with its evidence in words."""

from __future__ import annotations

from interdiction.model import Band, Basis, Evidence, Hit, Listing, Suppression, TokenEvidence
from interdiction.names import forms
from interdiction.names.index import JudgedRow
from interdiction.names.translations import translated
from interdiction.screening.sentences import STRUCTURE, fact_sentence, not_known, token_sentence, why


def evidence(row: JudgedRow) -> tuple[Evidence, ...]:
    """Give the names first, then what their structure took, then each fact; the effects add up to the score.

    Kind `name` with finding `equal` means that every token agrees as written; where only a weak alias speaks
    its kind is `weak_name`. What the structure of the names took is kind `name_structure`.
    """
    found = []
    for at, line in enumerate(row.structure):
        if at == 0:  # the core gives the names first, then what their structure took
            found.append(_name(row, line.finding, line.effect))
        else:
            sentence = STRUCTURE[line.finding]
            found.append(Evidence(kind="name_structure", finding=line.finding, effect=line.effect, sentence=sentence))
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


def _name(row: JudgedRow, finding: str, effect: float) -> Evidence:
    tokens = tuple(
        TokenEvidence(
            kind="translation" if token.kind == "variant" and translated(token.ours, token.theirs) else token.kind,
            ours=token.ours,
            theirs=token.theirs,
            similarity=token.similarity,
            weight=token.weight,
            contribution=token.contribution,
        )
        for token in row.tokens
    )
    sentence = token_sentence(tokens)
    return Evidence(
        kind="weak_name" if row.weak_only else "name",
        finding="equal" if finding == "exact" else finding,
        ours=row.our_name,
        theirs=row.name,
        effect=effect,
        sentence=f"only the weak alias: {sentence}" if row.weak_only else sentence,
        tokens=tokens,
    )


def hit(row: JudgedRow, listing: Listing, query_id: str) -> Hit:
    """Give the hit of one judged pair, or what facts suppressed.

    `listing` carries its designations already joined with their programmes.
    """
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
        why=why(spoke),
        threshold=row.threshold,
        suppressed=Suppression.FACT if row.standing == "suppressed" else None,
        not_known="; ".join(filter(None, (not_known(spoke), _malformed(listing)))),
    )


def _malformed(listing: Listing) -> str:
    """Name the numbers of the list that are not written as their type is: they could not count as different ones."""
    said = (forms.sentence(one.type, one.value, one.country) for one in listing.party.identifiers)
    return "; ".join(f"on the list, {one}" for one in said if one)
