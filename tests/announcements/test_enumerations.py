"""Whom a sentence enumerates, in subjects and objects of every shape, with the other names that it gives them."""

from __future__ import annotations

import pytest

from interdiction.announcements.patterns import load_patterns
from interdiction.announcements.reader import read_account
from interdiction.announcements.told import DONE
from interdiction.model import Kind

PATTERNS = load_patterns()


def named(text: str) -> list[str]:
    acts = [one for one in read_account(text.encode(), "text.txt", PATTERNS)[0].acts if one.modality in DONE]
    return [target.words.value for act in acts for target in act.targets if target.named]


def aliases(text: str) -> list[str]:
    acts = read_account(text.encode(), "text.txt", PATTERNS)[0].acts
    return [alias.value for act in acts for target in act.targets for alias in target.aliases]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("His wife, ex-model Mira Sonn, 31, and brother Ivo Harlan were blacklisted.", ["Mira Sonn", "Ivo Harlan"]),
        ("Orvel Bank, which lent to Tod Reeve, was blacklisted.", ["Orvel Bank"]),
        ("Both Harlan and his wife Mira were blacklisted by Canada.", ["Harlan", "Mira"]),
        ("The UK listed Ivo Harlan, 45, of Lemberg, and his cousin Tod Reeve, 39.", ["Ivo Harlan", "Tod Reeve"]),
        ("Canada sanctioned two of his brothers (Oswaldo and Hugo Sonn).", ["Oswaldo", "Hugo Sonn"]),
        ("The Council deleted the entry of the deceased General Ivo Harlan.", ["Ivo Harlan"]),
        ("The entry of Orvel Optics Institute was revised by the Council.", ["Orvel Optics Institute"]),
        ("Sanctioned today: Ivo Harlan and Orvel Trading LLC.", ["Ivo Harlan", "Orvel Trading LLC"]),
        ("Ivo Harlan, along with Orvel Bank, was blacklisted by OFAC.", ["Ivo Harlan", "Orvel Bank"]),
        ("Ivo Harlan, who runs it, was sanctioned alongside Tod Reeve.", ["Ivo Harlan", "Tod Reeve"]),
        ("OFAC sanctioned Orvel Bank, not its owner Ivo Harlan.", ["Orvel Bank"]),
        ("OFAC did not sanction Ivo Harlan but did designate Orvel Bank.", ["Orvel Bank"]),
        ("Among those sanctioned by OFAC were Ivo Harlan and Orvel Bank.", ["Ivo Harlan", "Orvel Bank"]),
        ("OFAC sanctioned Defence Minister Ivo Harlan and Gen. Tod Reeve.", ["Ivo Harlan", "Tod Reeve"]),
        ("Delisted quietly: Mira Sonn (she sued) & the late Tod Reeve.", ["Mira Sonn", "Tod Reeve"]),
        ("Ivo Harlan waves goodbye after the UK put him on its blacklist.", ["Ivo Harlan"]),
        ("The Company says that the Treasury lifted the freeze over the accounts of Ivo Harlan.", ["Ivo Harlan"]),
    ],
)
def test_everybody_who_is_enumerated_is_a_target_and_nobody_else(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The Russia Regulations were amended by the Council (CACR).",
        "Listed on: 21/10/2025 UK Sanctions List Date Designated: 21/10/2025 Last Updated: 21/10/2025.",
    ],
)
def test_regulations_and_labels_of_data_mean_nobody(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ('The Council added Colonel Prosper "Maboko" Ndakala to its list.', ["Maboko"]),
        ('The UK listed Ivo Harlan, 58, dubbed "The Distiller", on Friday.', ["The Distiller"]),
        ('OFAC designated Ivo Harlan alias "Ka Dodong" alias "Ka Sinag".', ["Ka Dodong", "Ka Sinag"]),
        ("OFAC sanctioned Ivo Harlan (a.k.a. HARLANN, Ivo).", ["HARLANN, Ivo"]),
        ("OFAC sanctioned Ivo Harlan, also known as Abu Yusuf and Abu Talha.", ["Abu Yusuf", "Abu Talha"]),
        ('OFAC sanctioned Ivo Harlan, who uses the aliases "Abu Yusuf" and "Abu Talha".', ["Abu Yusuf", "Abu Talha"]),
        ("OFAC sanctioned Ivo Harlan, whose nom de guerre is Abu Yusuf.", ["Abu Yusuf"]),
        ("OFAC sanctioned the tanker Astrid, since renamed Nora.", ["Nora"]),
        ("OFAC sanctioned Vanguard Corps, or VC, and its clerk.", ["VC"]),
    ],
)
def test_nicknames_and_names_behind_an_age_are_aliases(text: str, others: list[str]) -> None:
    assert aliases(text) == others


def test_a_column_of_a_table_holds_the_other_names_of_its_rows() -> None:
    text = (
        "The following persons were designated by the Committee:\n\n"
        "No | Name | Other names | Passport\n"
        '1 | Abdirashid Farole | Dahir Yare; "Ilkacase" | P0448171\n'
        "2 | Orvel Money Ltd | formerly Juba Remit | -\n"
    )
    assert named(text) == ["Abdirashid Farole", "Orvel Money Ltd"]
    assert aliases(text) == ["Dahir Yare", "Ilkacase", "Juba Remit"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The US added 27 Chinese, Iranian and Turkish companies to the Entity List.", [27]),
        ("Sanctions were slapped on a trio of generals.", [3]),
        ("The UK sanctioned a further 11 of Russia's shadow fleet tankers.", [11]),
        ("The sanctions list was expanded by six people.", [6]),
        ("These new sanctions target seven individuals.", [7]),
        ("The EU decided on 3 May in Case 12 to list nine persons.[4] The banks remain.", [9]),
    ],
)
def test_whoever_is_counted_is_counted_with_his_number_alone(text: str, numbers: list[int]) -> None:
    acts = read_account(text.encode(), "text.txt", PATTERNS)[0].acts
    assert sorted({one.number for act in acts for one in act.counts}) == numbers


def test_counts_behind_a_plus_are_counts_of_their_own() -> None:
    (act,) = read_account(b"The EU listed 22 people + 42 companies.", "text.txt", PATTERNS)[0].acts
    assert [(one.number, one.kind) for one in act.counts] == [(22, Kind.PERSON), (42, Kind.ORGANISATION)]


@pytest.mark.parametrize(
    "text",
    [
        "Turkey froze the assets of the justice and interior ministers, Harlan said.",
        "The Treasury designated nobody; Sonnland objected.",
        "The EU blacklists Mondays.",
        "OFAC designates [NAME] and [COMPANY].",
        "An order authorises sanctions against the Orvel Party.",
    ],
)
def test_speakers_placeholders_and_whoever_may_only_be_listed_are_no_targets(text: str) -> None:
    assert named(text) == []


def test_a_name_in_front_of_its_affiliate_is_only_a_description() -> None:
    text = "OFAC sanctioned the Sepehr Energy affiliate Oghab Trading and Ansar leader Ivo Harlan."
    assert named(text) == ["Oghab Trading", "Ivo Harlan"]


def test_a_long_list_stands_between_adding_and_the_list() -> None:
    text = "The office put Ivo Harlan, Orvel Pilotage EOOD and a shell of his, Tern Navigation Ltd, on the SDN List."
    assert named(f"OFAC acted. {text}") == ["Ivo Harlan", "Orvel Pilotage EOOD", "Tern Navigation Ltd"]


def test_a_table_of_ships_in_columns_gives_names_and_former_names() -> None:
    text = (
        "OFAC identified three tankers as blocked property. They appear in Table A.\n\n"
        "Table A\n"
        "No.   Name                  IMO       Flag         Ex-names\n"
        "A-1   CALLISTO BREEZE       9164718   Panama       Jin Hai 7\n"
        "A-2   VERONA PEARL          9237503   Comoros      Sahand Star, Fortune 21\n"
        "A-3   OTTO                  9255787   unknown      -\n"
    )
    assert named(text) == ["CALLISTO BREEZE", "VERONA PEARL", "OTTO"]
    assert aliases(text) == ["Jin Hai 7", "Sahand Star", "Fortune 21"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It was Regulation (EU) 2025/770, which hit Orvel Lens FZE and Sonn Ltd.", ["Orvel Lens FZE", "Sonn Ltd"]),
        ("Three were delisted: Ivo Harlan, Tod Reeve and Mira Sonn.", ["Ivo Harlan", "Tod Reeve", "Mira Sonn"]),
        ("The Treasury granted the trader Ivo Harlan a licence.", ["Ivo Harlan"]),
        ("The EU listed Redleaf Vector (Shenzhen) and its owner, Ivo Harlan.", ["Redleaf Vector", "Ivo Harlan"]),
    ],
)  # fmt: skip
def test_relative_clauses_colons_and_licences_name_whom_they_mean(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        'OFAC designated four people. "They look at it," his lawyer, Ada Quill, says.',
        "OFAC designated a bank. He told Radio Vale that all is well.",
        "The Financial Control Unit had ordered the freezing of their assets.",
    ],
)
def test_lawyers_papers_and_whoever_acts_are_no_targets(text: str) -> None:
    assert named(text) == []
