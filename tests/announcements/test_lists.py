"""Lists in the shapes in which releases print them: bullets, numbers, lines apart, tables; and what ends them."""

from __future__ import annotations

import pytest

from interdiction.announcements.patterns import load_patterns
from interdiction.announcements.reader import read_account

PATTERNS = load_patterns()


def named(text: str) -> list[str]:
    acts = read_account(text.encode(), "text.txt", PATTERNS)[0].acts
    return [target.words.value for act in acts for target in act.targets if target.named]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("OFAC designated the following:\n\n- Ivo Harlan, a banker\n- Orvel Ltd\n", ["Ivo Harlan", "Orvel Ltd"]),
        ("The UK listed:\n\n* Ivo Harlan - governor\n* Mira Sonn - judge\n", ["Ivo Harlan", "Mira Sonn"]),
        ("The EU listed two. They are:\n\n1. Ivo Harlan, judge;\n2. Tod Reeve, cook.\n", ["Ivo Harlan", "Tod Reeve"]),
        ("Those sanctioned are:\n\nIvo Harlan, Head of Guard\n\nMira Sonn, Judge\n", ["Ivo Harlan", "Mira Sonn"]),
        ("All those sanctioned:\n\nEntities:\n\nOrvel Bank\n\nSonn Ltd\n", ["Orvel Bank", "Sonn Ltd"]),
        ("Canada listed two.\n\nName | Role\nIvo Harlan | Cook\nMira Sonn | Judge\n", ["Ivo Harlan", "Mira Sonn"]),
    ],
)  # fmt: skip
def test_each_entry_of_a_list_is_a_target(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    "tail",
    ["Related Material", "Appendix 2 (Export prohibition)", "Announcement by the Board", "Notes for editors"],
)
def test_what_stands_behind_a_list_is_no_entry(tail: str) -> None:
    text = f"OFAC designated the following:\n\n- Ivo Harlan, a banker\n- Orvel Ltd\n\n{tail}\n"
    assert named(text) == ["Ivo Harlan", "Orvel Ltd"]
