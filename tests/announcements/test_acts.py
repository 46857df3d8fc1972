"""Which words are an act, who does it and how the text speaks of it, in sentences written for these tests."""

from __future__ import annotations

from datetime import date

import pytest

from interdiction.announcements.patterns import load_patterns
from interdiction.announcements.reader import read_account
from interdiction.model.announcement import Account, ActKind, Modality, Stance

PATTERNS = load_patterns()


def read(text: str) -> Account:
    return read_account(text.encode(), "text.txt", PATTERNS, published=date(2025, 5, 6))[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Committee approved the addition of two entries to its list.", ActKind.DESIGNATE),
        ("The following entries have been added to the Consolidated List.", ActKind.DESIGNATE),
        ("Also designated today are Ivo Harlan and Mira Sonn.", ActKind.DESIGNATE),
        ("Orvel Bank was placed under sanctions by Britain.", ActKind.DESIGNATE),
        ("Canada has removed three individuals from Schedule 1.", ActKind.DELIST),
        ("The General Court annulled the listing of Orvel Bank.", ActKind.DELIST),
        ("The Secretary of State decided to revoke the designation of Orvel Bank.", ActKind.DELIST),
        ("The Council prolonged the restrictive measures until July.", ActKind.EXTEND),
        ("OFSI updated the entry for one individual.", ActKind.AMEND),
        ("OFAC reissued General License 5R.", ActKind.LICENSE),
        ("The licence permits the return of funds.", ActKind.AUTHORISE),
        ("Turkey froze the assets of 770 people.", ActKind.IMPOSE),
        ("Latvia's cabinet banned exports of machine tools.", ActKind.IMPOSE),
    ],
)
def test_an_act_is_read_in_nouns_passives_and_of_any_authority(text: str, kind: ActKind) -> None:
    assert [act.kind for act in read(text).acts] == [kind]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Neither Orvel Bank nor its owner has been sanctioned.", Modality.DENIED),
        ("The EU is weighing sanctions on two lenders.", Modality.CONSIDERED),
        ("Trump threatened to impose sanctions on buyers of oil.", Modality.WARNED),
        ("Kyiv called on its allies to impose sanctions on Orvel Bank.", Modality.HYPOTHETICAL),
        ("Treasury will designate Orvel Bank.", Modality.ANNOUNCED),
    ],
)
def test_what_was_not_done_is_not_told_as_done(text: str, modality: Modality) -> None:
    assert {act.modality for act in read(text).acts} == {modality}


@pytest.mark.parametrize(
    "text",
    [
        "The property of the designated persons is worth little.",
        "Its parent company, which is not designated, sells tea.",
        "OFAC keeps the power to designate persons and to remove them.",
        "The broker's number is in the sanctions list of the press.",
        "Unless licensed by the Office of Financial Sanctions Implementation, do nothing.",
    ],
)
def test_a_participle_that_only_qualifies_is_no_act(text: str) -> None:
    assert read(text).acts == ()


def test_authorities_that_act_together_are_all_issuers() -> None:
    (act,) = read("The United States and Britain imposed sanctions on Orvel Bank.").acts
    names = {said.value for said in (act.issuer, *act.together) if said is not None}
    assert names == {"United States", "United Kingdom"}


def test_an_authority_that_no_list_holds_is_the_issuer_where_it_acts() -> None:
    (act,) = read("The Ministry of Home Affairs of Freedonia blacklisted Orvel Bank.").acts
    assert act.issuer is not None
    assert act.issuer.value.startswith("The Ministry of Home Affairs")


@pytest.mark.parametrize(
    "title",
    [
        "Kingpin Act",
        "Russia (Sanctions) (EU Exit) Regulations 2019",
        "Ordinance of 22 June 2005 on Measures concerning Congo",
    ],
)
def test_a_legal_act_is_read_by_its_title(title: str) -> None:
    assert [one.value for one in read(f"Orvel Bank was designated under the {title}.").instruments] == [title]


def test_a_measure_that_holds_no_longer_is_none() -> None:
    assert read("They are no longer subject to an asset freeze.").effects == ()
    assert len(read("They are subject to an asset freeze.").effects) == 1


def test_words_behind_a_colon_are_their_speakers() -> None:
    (claim,) = read("Foreign Secretary Ada Quill said:\n\nThe money was meant for clinics.").claims
    assert (claim.speaker.value, claim.about.value) == (
        "Foreign Secretary Ada Quill",
        "The money was meant for clinics",
    )


def test_a_denial_is_the_words_that_follow_it() -> None:
    claims = read('Harlan denied the allegation. "I sold tea," he told the paper.').claims
    assert [(claim.stance, claim.about.value) for claim in claims] == [(Stance.DENY, "I sold tea")]


def test_what_an_authority_says_of_its_own_act_is_the_act_and_no_claim() -> None:
    account = read("The Treasury said it had designated Orvel Bank.")
    assert [act.kind for act in account.acts] == [ActKind.DESIGNATE]
    assert account.claims == ()
