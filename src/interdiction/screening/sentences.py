"""What the core found, in sentences a reviewer can read and file: the words are here, the numbers are not."""

from __future__ import annotations

from collections.abc import Sequence

from interdiction.model import Evidence, TokenEvidence
from interdiction.names.countries import name as country_name

_TOKENS = {
    "equal": "{0}",
    "typo": "{0} for {1} (spelling)",
    "variant": "{0} for {1} (known variant)",
    "sound": "{0} for {1} (sounds alike)",
    "initial": "{0} for {1} (initial)",
    "joined": "{0} for {1} (joined or split)",
    "transliteration": "{0} for {1} (transliteration)",
    "translation": "{0} for {1} (translation)",
    "legal": "{0} for {1} (legal form)",
}

_FACTS = {
    ("birth_date", "equal"): "born on the same day ({ours})",
    ("birth_date", "compatible"): "birth dates agree as far as they are known ({ours} and {theirs})",
    ("birth_date", "circa"): "birth dates agree within the published approximation ({ours} and {theirs})",
    ("birth_date", "same_year"): "born in the same year ({ours} and {theirs})",
    ("birth_date", "swap"): "day and month look swapped ({ours} and {theirs})",
    ("birth_date", "slip"): "birth dates differ in one digit ({ours} and {theirs})",
    ("birth_date", "near"): "birth dates are close ({ours} and {theirs})",
    ("birth_date", "conflict"): "birth dates conflict ({ours} against {theirs})",
    ("nationality", "equal"): "same nationality ({theirs})",
    ("nationality", "conflict"): "different nationality ({ours} against {theirs})",
    ("country", "equal"): "tied to the same country ({theirs})",
    ("country", "conflict"): "tied to different countries ({ours} against {theirs})",
    ("gender", "equal"): "same gender ({theirs})",
    ("gender", "conflict"): "different gender ({ours} against {theirs})",
    ("identifier", "equal"): "same identifier ({theirs})",
    ("identifier", "other_type"): "same number under another type ({ours} and {theirs})",
    ("identifier", "conflict"): "different number of the same type and country ({ours} against {theirs})",
    ("kind", "conflict"): "not the same kind of party ({ours} against {theirs})",
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
    template = _FACTS.get((kind, finding))
    if template is None:
        return (
            f"{kind.replace('_', ' ')} {finding.replace('_', ' ')}: {ours or 'not stated'} and {theirs or 'not stated'}"
        )
    return template.format(ours=ours, theirs=theirs)


def _countries(codes: str) -> str:
    return ", ".join(country_name(code) for code in codes.split(" ") if code)


def why(evidence: Sequence[Evidence], *, weak_only: bool) -> str:
    """One line for a table row: the name first, then every fact that moved the score, the strongest first."""
    names = [one for one in evidence if one.kind in {"name", "weak_name"}]
    facts = sorted((one for one in evidence if one not in names), key=lambda one: -abs(one.effect))
    parts = [one.sentence for one in (*names, *facts) if one.sentence]
    if weak_only:
        parts.append("only a weak alias speaks")
    return "; ".join(parts)
