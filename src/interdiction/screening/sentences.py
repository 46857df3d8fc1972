"""What the core found, in sentences a reviewer can read and file: the words are here, the numbers are not."""

from __future__ import annotations

from collections.abc import Sequence

from interdiction.model import Evidence, TokenEvidence
from interdiction.names.countries import name as country_name

_TOKENS = {
    "equal": "{0}",
    "typo": "{0} for {1} (spelling)",
    "variant": "{0} for {1} (known variant)",
    "translation": "{0} for {1} (known translation)",
    "akin": "{0} for {1} (another word for the same)",
    "sound": "{0} for {1} (sounds alike)",
    "initial": "{0} for {1} (initial)",
    "joined": "{0} for {1} (joined or split)",
    "transliteration": "{0} (transliterated)",
}

STRUCTURE = {
    "contradiction": "parts of the two names contradict each other",
    "omission": "one name has parts that the other leaves out",
    "lone_part": "only one part of a longer name agrees",
    "given_name": "the longer name begins with another given name, as a son's does",
    "son_of": "the order of given name and father's name is reversed",
    "order": "the parts stand in an unusual order",
    "number": "the numbers in the names differ",
    "letter": "the single letters in the names differ",
    "sister": "each name says something else that the organisation does",
    "place": "one of the names is that of a branch or place",
    "legal_form": "the legal forms differ",
    "spelling": "several parts are spelt differently",
    "family_name": "the family name is missing",
    "signs": "signs of the two names differ",
    "inside": "one name has another word between those that agree",
    "romanised": "the names meet only through a romanisation",
    "capped": "a weak alias counts less than a name",
}
"""What the structure of the names took from the score, by the core's word for it."""

_FACTS = {
    ("birth_date", "equal"): "born on the same day ({ours})",
    ("birth_date", "compatible"): "birth dates agree as far as they are known ({ours} and {theirs})",
    ("birth_date", "circa"): "birth dates agree within what the list calls approximate ({ours} and {theirs})",
    ("birth_date", "same_year"): "born in the same year ({ours} and {theirs})",
    ("birth_date", "swap"): "day and month of birth look exchanged ({ours} and {theirs})",
    ("birth_date", "slip"): "birth dates differ in one digit ({ours} and {theirs})",
    ("birth_date", "near"): "birth dates are less than two years apart ({ours} and {theirs})",
    ("birth_date", "conflict"): "birth dates conflict ({ours} against {theirs})",
    ("nationality", "equal"): "same nationality ({theirs})",
    ("nationality", "conflict"): "different nationality ({ours} against {theirs})",
    ("country", "equal"): "tied to the same country ({theirs})",
    ("country", "conflict"): "tied to different countries ({ours} against {theirs})",
    ("gender", "equal"): "same gender ({theirs})",
    ("gender", "conflict"): "different gender ({ours} against {theirs})",
    ("identifier", "equal"): "same identifier ({theirs})",
    ("identifier", "other_type"): "same number under another type ({ours} and {theirs})",
    ("identifier", "conflict"): "another number of the same type ({ours} against {theirs})",
    ("birth_date", "neither"): "no date of birth on either side",
    ("birth_date", "not_ours"): "no date of birth on our side (theirs is {theirs})",
    ("birth_date", "not_theirs"): "no date of birth on the list (ours is {ours})",
    ("identifier", "neither"): "no identifier on either side",
    ("identifier", "not_ours"): "no identifier on our side (theirs is {theirs})",
    ("identifier", "not_theirs"): "no identifier on the list (ours is {ours})",
    ("identifier", "not_comparable"): "no two identifiers that can be compared ({ours}, {theirs})",
    ("party_kind", "conflict"): "not the same kind of party ({ours} against {theirs})",
}


def token_sentence(tokens: Sequence[TokenEvidence]) -> str:
    """Say how the tokens of two names were laid against each other, what was left over last."""
    aligned = [_TOKENS[token.kind].format(token.ours, token.theirs) for token in tokens if token.kind in _TOKENS]
    extra = [token.ours for token in tokens if token.kind == "extra"]
    missing = [token.theirs for token in tokens if token.kind == "missing"]
    parts = []
    if aligned:
        parts.append(f"agree on {', '.join(aligned)}")
    if extra:
        parts.append(f"only ours: {' '.join(extra)}")
    if missing:
        parts.append(f"only theirs: {' '.join(missing)}")
    return "; ".join(parts)


def fact_sentence(kind: str, finding: str, ours: str, theirs: str) -> str:
    """Say what one fact of the two parties showed."""
    if kind in {"nationality", "country"}:
        ours, theirs = _countries(ours), _countries(theirs)
    template = _FACTS.get((kind, finding), "{kind} {finding} ({ours} and {theirs})")
    return template.format(
        kind=kind.replace("_", " "), finding=finding, ours=ours or "not stated", theirs=theirs or "not stated"
    )


def _countries(codes: str) -> str:
    return ", ".join(country_name(code) for code in codes.split(" ") if code)


def why(evidence: Sequence[Evidence]) -> str:
    """One line for a table row: the name first, then every fact that moved the score, the strongest first."""
    names = [one for one in evidence if one.kind in {"name", "weak_name"}]
    known = [one for one in evidence if one.kind not in _NAMES and one.finding not in UNKNOWN]
    facts = sorted(known, key=lambda one: -abs(one.effect))
    return "; ".join(one.sentence for one in (*names, *facts) if one.sentence)


def not_known(evidence: Sequence[Evidence]) -> str:
    """Say what could decide and is not known; empty where everything that could is."""
    return "; ".join(one.sentence for one in evidence if one.finding in UNKNOWN)


UNKNOWN = frozenset({"neither", "not_ours", "not_theirs", "not_comparable"})
"""Findings of what is not known; they move nothing."""
_NAMES = frozenset({"name", "weak_name", "name_structure"})
