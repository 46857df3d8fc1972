"""nomenklatura's logic-v2 on the same rows, at the same threshold; without it the columns say so.

It is in the optional dependency group `bench`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Any

from bench.quality.cases import Pair, Question
from bench.rivals import has
from interdiction.model import Kind, Party

SCHEMAS = {
    Kind.PERSON: "Person",
    Kind.ORGANISATION: "Organization",
    Kind.VESSEL: "Vessel",
    Kind.AIRCRAFT: "Airplane",
    None: "LegalEntity",
}


class LogicV2:
    """Scores pairs of parties as that matcher does."""

    def __init__(self) -> None:
        self.algorithm = import_module("nomenklatura.matching").LogicV2
        self.settings = import_module("nomenklatura.matching.types").ScoringConfig.defaults()
        self.model = import_module("followthemoney").model
        self.kept: dict[int, tuple[Party, Any]] = {}

    @classmethod
    def here(cls) -> LogicV2 | None:
        """Give it where it is installed."""
        return cls() if has("nomenklatura", "followthemoney") else None

    @staticmethod
    def version() -> str:
        """Give the version of nomenklatura."""
        return version("nomenklatura")

    def _entity(self, party: Party) -> Any:
        # The party is kept as well: without it its id would go to another.
        _, known = self.kept.get(id(party), (party, None))
        if known is None:
            facts: dict[str, list[str]] = {"name": [name.text for name in party.names]}
            if party.kind is Kind.PERSON:
                facts["birthDate"] = [
                    text for day in party.birth_dates if (text := str(day))[0].isdigit() and "/" not in text
                ]
                facts["nationality"] = list(party.nationalities)
                facts["passportNumber"] = [one.value for one in party.identifiers if one.type == "passport"]
            else:
                facts["imoNumber" if party.kind is Kind.VESSEL else "idNumber"] = [
                    one.value for one in party.identifiers
                ]
            schema = SCHEMAS.get(party.kind, "LegalEntity")
            allowed = self.model.get(schema).properties
            properties = {key: values for key, values in facts.items() if key in allowed and values}
            known = self.model.get_proxy({"id": f"e{id(party)}", "schema": schema, "properties": properties})
            self.kept[id(party)] = (party, known)
        return known

    def score(self, ours: Party, theirs: Party) -> float:
        """Give the score of one pair."""
        result = self.algorithm.compare(self._entity(ours), self._entity(theirs), self.settings)
        return float(result.score)

    def pairs(self, pairs: Sequence[Pair]) -> list[float]:
        """Give the score of each pair."""
        return [self.score(pair.ours, pair.theirs) for pair in pairs]

    def answered(
        self,
        questions: Sequence[Question],
        candidates: Sequence[Sequence[str]],
        listed: Mapping[str, Party],
        threshold: float,
    ) -> list[dict[str, float]]:
        """Score each question against the candidates that our retrieval gave, and keep what reaches the threshold."""
        found = []
        for question, keys in zip(questions, candidates, strict=True):
            scores = {key: self.score(question.party, listed[key]) for key in keys}
            found.append({key: score for key, score in scores.items() if score >= threshold})
        return found
