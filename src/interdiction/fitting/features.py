"""What the judge reports of a pair, as named features, and the numbers of the weights file that each one scales.

A feature is the effect of one finding. The score is their sum, so a coefficient of 1 for each is the judge as it
is; another coefficient says that the finding should weigh so many times as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from interdiction.names.index import JudgedRow

BASE: Final = "name"
"""The likeness of the names, and everything that no number is fitted for."""

NUMBERS: Final[dict[str, tuple[str, ...]]] = {
    "birth_date equal": ("fact.birth_equal",),
    "birth_date compatible": ("fact.birth_within",),
    "birth_date circa": ("fact.birth_circa",),
    "birth_date swap": ("fact.birth_swapped",),
    "birth_date slip": ("fact.birth_slip",),
    "birth_date same_year": ("fact.birth_same_year",),
    "birth_date near": ("fact.birth_near",),
    "birth_date conflict": ("fact.birth_vague", "fact.birth_far", "fact.birth_farther"),
    "nationality equal": ("fact.nationality_equal",),
    "nationality conflict": ("fact.nationality_conflict",),
    "country equal": ("fact.country_equal",),
    "country conflict": ("fact.country_conflict",),
    "gender equal": ("fact.gender_equal",),
    "gender conflict": ("fact.gender_conflict",),
    "identifier other_type": ("fact.identifier_other_type",),
    "identifier conflict": ("fact.identifier_conflict", "fact.passport_conflict"),
    "contradiction": (
        *("name.person_contradiction", "name.person_contradicted"),
        *("name.other_contradiction", "name.other_contradicted"),
    ),
    "omission": ("name.person_omitted", "name.other_omitted", "name.other_omission"),
    "spelling": ("name.person_spelled", "name.other_spelled"),
    "lone_part": ("name.person_lone", "name.other_lone"),
    "given_name": ("name.leading",),
    "family_name": ("name.family",),
    "son_of": ("name.son_of",),
    "order": ("name.shuffled", "name.exchanged"),
    "number": ("name.number",),
    "letter": ("name.letter", "name.letter_other"),
    "sister": ("name.sister",),
    "place": ("name.place",),
    "inside": ("name.inside",),
    "legal_form": ("name.legal_other", "name.legal_absent"),
    "romanised": ("name.romanised",),
    "signs": ("name.signs",),
}
"""Feature to numbers of the section `judge`. Not fitted: what is law (which facts may sink, what stands alone)."""


def features(row: JudgedRow) -> dict[str, float]:
    """Give the effects of a judged pair by feature; they add up to its score."""
    found = {BASE: 0.0}
    lines = [*((line.finding, line.effect) for line in row.structure)]
    lines += [(f"{fact.kind} {fact.finding}", fact.effect) for fact in row.facts]
    for name, effect in lines:
        key = name if name in NUMBERS else BASE
        found[key] = found.get(key, 0.0) + effect
    return found


def numbers(judge: Mapping[str, Any], names: Iterable[str]) -> dict[str, float]:
    """Give the numbers behind these features that a weights file has, by their place in it."""
    places = [place for name in names for place in NUMBERS[name]]
    found = {}
    for place in places:
        section, _, key = place.partition(".")
        value = judge.get(section, {}).get(key)
        if isinstance(value, int | float):
            found[place] = float(value)
    return found
