"""Which words are a legal act: titles with numbers, several titles in a row, short titles; and what only looks so."""

from __future__ import annotations

import pytest

from interdiction.announcements.patterns import load_patterns
from interdiction.announcements.reader import read_account

PATTERNS = load_patterns()


def titles(text: str) -> list[str]:
    found = read_account(text.encode(), "text.txt", PATTERNS)[0].instruments
    return [" ".join(text[one.span.start : one.span.end].split()) for one in found]


@pytest.mark.parametrize(
    "title",
    [
        "ATC Resolution No. 61 (2025)",
        "Resolution No. TF-131",
        "MOFCOM Announcement No. 27",
        "Gazette Notice No. 5517",
        "Act 38 of 2001",
        "Order 14-F",
        "R.A. No. 11479",
        "Supplementary Protocol A/SP1/12/01",
        "Reg (EU) 2025/2033",
        "Council Decision 2012/642/CFSP",
        "Magnitsky law",
    ],
)
def test_a_legal_act_is_read_by_its_number_or_name(title: str) -> None:
    assert titles(f"Orvel Bank was listed by {title} on Monday.") == [title]


def test_titles_in_a_row_are_several() -> None:
    text = "In accordance with the Foreign Trade Law, the National Security Law and the Anti-Sanctions Law, it acted."
    assert titles(text) == ["Foreign Trade Law", "National Security Law", "Anti-Sanctions Law"]


def test_a_short_title_stands_for_the_act_wherever_it_is_told_again() -> None:
    text = (
        "BIS amends the Export Administration Regulations (EAR). Items subject to the EAR need a licence.\n\n"
        'The Russia (Sanctions) Regulations 2019 ("the 2019 Regulations") apply. He relied on the 2019 Regulations.'
    )
    assert titles(text)[1] == "EAR"
    assert titles(text)[-1] == "2019 Regulations"


def test_the_annex_and_whoever_stands_in_front_of_it_are_none_of_the_title() -> None:
    text = "The Council included Orvel Refining DMCC in the Annex to Regulation (EU) 2023/2147."
    assert titles(text) == ["Regulation (EU) 2023/2147"]


@pytest.mark.parametrize(
    "text",
    [
        "Orvel (Stock Code: 9471) trades in Freedonia.",
        "It is authorised by the Solicitors Regulation Authority.",
        "The Practising Law Institute met on Friday.",
    ],
)
def test_a_name_that_holds_a_word_of_titles_is_no_legal_act(text: str) -> None:
    assert titles(text) == []
