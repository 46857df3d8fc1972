"""Who acts, in the shapes in which a sentence names him: subject, agent, genitive, apposition, several together."""

from __future__ import annotations

import pytest

from interdiction.announcements.patterns import load_patterns
from interdiction.announcements.reader import read_account
from interdiction.model.announcement import Act

PATTERNS = load_patterns()


def only(text: str) -> Act:
    (act,) = read_account(text.encode(), "text.txt", PATTERNS)[0].acts
    return act


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("The Lithuanians have banned eleven officials.", "Lithuanians"),
        ("The bank lent to Orvel; the Estonians quietly listed Ivo Harlan.", "Estonians"),
        ("The Freedonian federal department for economic affairs blacklisted Orvel Bank.", "federal department"),
        ("The Minister for Trade, Senator Ada Quill, listed Orvel Bank.", "Minister"),
        ("The UK (on Tuesday 4 June) sanctioned Orvel Bank.", "United Kingdom"),
        ("The Cabinet Secretary for Interior has, under the Kingpin Act, blacklisted Orvel Bank.", "Cabinet Secretary"),
        ("OFAC implemented the State Department's designation of Orvel Bank.", "Department of State"),
        ("Orvel Bank was sanctioned by Lithuania in March.", "Lithuania"),
        ("We have today placed sanctions on Orvel Bank.", "We"),
        ("The Treasury said it was targeting 12 people.", "Department of the Treasury"),
    ],
)
def test_whoever_is_told_to_act_is_the_issuer(text: str, issuer: str) -> None:
    found = only(text).issuer
    assert found is not None
    assert issuer in found.value


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Qatar, Bahrain and the UAE designated four commanders.", {"Qatar", "Bahrain", "UAE"}),
        ("Orvel Bank was sanctioned by Britain in May and by Canada in June.", {"United Kingdom", "Canada"}),
    ],
)
def test_all_who_act_together_are_issuers(text: str, names: set[str]) -> None:
    act = only(text)
    assert {said.value for said in (act.issuer, *act.together) if said is not None} == names


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Following a judgment of the General Court, the Council removed Orvel Bank.", "Court"),
        ("In view of the situation in Sudan, the Council listed Orvel Bank.", "Sudan"),
        ("Orvel Bank was hacked and sanctioned by Russian brokers.", "Russian"),
        ("The Kremlin-linked financier was designated.", "Russia"),
    ],
)
def test_an_authority_or_country_that_only_stands_near_does_not_act(text: str, wrong: str) -> None:
    account = read_account(text.encode(), "text.txt", PATTERNS)[0]
    issuers = [said.value for act in account.acts for said in (act.issuer, *act.together) if said is not None]
    assert wrong not in " ".join(issuers)


def test_whoever_reports_an_act_in_the_passive_is_no_target() -> None:
    act = only("Yesterday the Foreign Secretary, Ada Quill, announced that nine people would be sanctioned.")
    assert not any(target.named for target in act.targets)
    assert [count.number for count in act.counts] == [9]


def test_whoever_speaks_behind_an_act_is_no_target() -> None:
    act = only("New Zealand has imposed travel bans on 14 more officials, Foreign Minister Ada Quill said.")
    assert not any(target.named for target in act.targets)
