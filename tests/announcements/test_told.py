"""Whom the acts of a whole text mean: names in other sentences, short forms, pronouns, numbers; and who is not."""

from __future__ import annotations

from importlib import resources

import pytest

from interdiction.announcements.patterns import load_patterns
from interdiction.announcements.reader import read_account
from interdiction.model import Kind
from interdiction.model.announcement import Account, Modality, Origin

PATTERNS = load_patterns()
OFFICIAL = "# url: https://home.treasury.gov/news/x\n\n"


def read(text: str) -> Account:
    return read_account(text.encode(), "text.txt", PATTERNS)[0]


def named(text: str) -> list[str]:
    acts = [act for act in read(text).acts if act.modality in {Modality.DONE, Modality.ANNOUNCED}]
    return [target.words.value for act in acts for target in act.targets if target.named]


def test_a_short_form_is_the_full_name_it_stands_for() -> None:
    text = "Ivo Petrovich Harlan runs the network. OFAC today designated Harlan pursuant to E.O. 14024."
    account = read(text)
    (target,) = account.acts[0].targets
    assert (target.words.value, target.kind) == ("Ivo Petrovich Harlan", Kind.PERSON)
    assert text[target.words.span.start : target.words.span.end] == "Ivo Petrovich Harlan"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Orvel Bank and Tessaly Ltd sold arms. Both were designated by OFAC.", ["Orvel Bank", "Tessaly Ltd"]),
        ("Ivo Harlan owns Orvel Bank. The bank was sanctioned by the Treasury.", ["Orvel Bank"]),
        ("Orvel Bank lent to Ivo Harlan. OFAC designated him.", ["Ivo Harlan"]),
        ("Ivo Harlan and Mira Sonn met Tod Reeve. Both men were designated by OFAC.", []),
    ],
)  # fmt: skip
def test_what_stands_for_names_told_before_is_those_names(text: str, names: list[str]) -> None:
    assert named(text) == names


def test_those_who_are_presented_are_targets_of_the_act_told_last() -> None:
    text = "The Council listed nine persons. Among them are Ivo Harlan, a judge; Mira Sonn; and the broker Tod Reeve."
    assert named(text) == ["Ivo Harlan", "Mira Sonn", "Tod Reeve"]


def test_fewer_names_than_were_counted_are_believed_of_an_authority_alone() -> None:
    text = "OFAC today designated three companies. Orvel Trading LLC, a front, shipped arms. Tessaly Ltd owns it."
    assert named(OFFICIAL + text) == ["Orvel Trading LLC", "Tessaly Ltd"]
    assert named(text) == []


def test_background_owners_and_speakers_are_not_counted() -> None:
    text = (
        f"{OFFICIAL}OFAC today designated four individuals. Ivo Harlan, a broker, acted on behalf of Mira Sonn. "
        '"We act," said Under Secretary Dana Quill. His clerk, Tod Reeve, was arrested and is not being sanctioned.'
    )
    assert named(text) == ["Ivo Harlan"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("four companies in Port Vale and Tessaly Trading Ltd.", ["Tessaly Trading Ltd"]),
        ("supporters of the Harlan regime.", []),
        ("three leaders of M27 (Ivo Harlan, Mira Sonn and Tod Reeve).", ["Ivo Harlan", "Mira Sonn", "Tod Reeve"]),
        ("firms\u2014Orvel Trading, Sonn Shipping Inc.\u2014for smuggling.", ["Orvel Trading", "Sonn Shipping Inc"]),
        ("Hong Kong-based Orvel Co. Limited and its owner, Ivo Harlan.", ["Orvel Co. Limited", "Ivo Harlan"]),
    ],
)
def test_a_name_within_a_description_is_no_target_and_a_list_is(text: str, names: list[str]) -> None:
    assert named(f"OFAC designated {text}") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Treasury imposed sanctions and a travel ban on Ivo Harlan for his role.", ["Ivo Harlan"]),
        ("OFAC identified two aircraft, with tail numbers EX-71 and EX-72, as blocked property.", ["EX-71", "EX-72"]),
    ],
)
def test_sanctions_are_imposed_on_somebody_and_aircraft_go_by_their_numbers(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    ("text", "aliases"),
    [
        ("OFAC sanctioned Ivo Harlan, also known by the online moniker \"kpt_grom\".", ["kpt_grom"]),
        ("OFAC sanctioned Orvel Bank (Орвел Банк; f.k.a. Vale Bank).", ["Орвел Банк", "Vale Bank"]),
        ("OFAC sanctioned the vessel ASTRID K (IMO 9187655; formerly NORTHERN VALE).", ["NORTHERN VALE"]),
        ("OFAC sanctioned Sinbad.io (Sinbad), a mixer.", []),
        ("OFAC sanctioned Orvel Bank (Freedonia).", []),
    ],
)  # fmt: skip
def test_other_names_are_aliases_and_short_forms_and_places_are_none(text: str, aliases: list[str]) -> None:
    found = [alias.value for act in read(text).acts for target in act.targets for alias in target.aliases]
    assert found == aliases


@pytest.mark.parametrize(
    "text",
    [
        "The department is considering sanctions on Ivo Harlan. OFAC designated Orvel Bank.",
        "OFAC designated Orvel Bank. The agency has not blocked Ivo Harlan, who may be listed next.",
        "OFAC designated Orvel Bank. Ivo Harlan was not named.",
    ],
)
def test_a_verb_of_listing_that_is_denied_or_only_planned_names_nobody(text: str) -> None:
    assert named(text) == ["Orvel Bank"]


def test_an_entry_is_a_target_of_the_act_over_its_list() -> None:
    text = (
        f"{OFFICIAL}The following individuals have been added to OFAC's SDN List:\n\n"
        "HARLAN, Ivo (a.k.a. HAR, I.), Port Vale; DOB 1970 (individual) [SDGT].\n\n"
        "The following deletions have been made to OFAC's SDN List:\n\n"
        "SONN, Mira, Port Vale; DOB 1971 (individual) [SDGT]."
    )
    account = read(text)
    assert account.origin is Origin.OFFICIAL
    found = {act.kind.value: [one.words.value for one in act.targets if one.named] for act in account.acts}
    assert found == {"designate": ["HARLAN, Ivo"], "delist": ["SONN, Mira"]}


def test_the_statement_about_all_three_is_about_the_three_organisations_of_the_worked_example() -> None:
    text = resources.files("interdiction").joinpath("data", "demo", "announcement.txt").read_text(encoding="utf-8")
    account = read(text)
    (act,) = [act for act in account.acts if act.counts]
    assert [(one.number, one.kind) for one in act.counts] == [(3, Kind.ORGANISATION), (10, Kind.PERSON)]
    names = [one.words.value for one in act.targets if one.named]
    assert [name for name in names if name.startswith(("Reconnaissance", "Korea"))] == names[:3]
    assert len(names) == 13
    assert [one.targets for one in account.acts if one is not act] == [()] * (len(account.acts) - 1)


def test_a_text_in_capitals_takes_no_longer_than_another() -> None:
    # Each capital of a word tried as a word of its own: two to the power of its letters, and the test never ends.
    behind = (
        "THE ORVEL PETROCHEMICALDEVELOPMENTCORPORATION IN THE NORTHERNINDUSTRIALPROVINCE, Ivo Harlan and Milan Dvorsky."
    )
    assert read(f"OFAC designated two individuals who acted on behalf of {behind}").acts
