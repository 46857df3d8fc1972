"""The shapes of language in which acts are told: active, passive, noun, headline, participle, idiom."""

from __future__ import annotations

import pytest

from interdiction.announcements.patterns import load_patterns
from interdiction.announcements.reader import read_account
from interdiction.model.announcement import Account, ActKind, Modality

PATTERNS = load_patterns()


def read(text: str) -> Account:
    return read_account(text.encode(), "text.txt", PATTERNS)[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The committee placed five militia leaders under sanctions.", ActKind.DESIGNATE),
        ("Treasury quietly added Orvel Bank to its sanctions list.", ActKind.DESIGNATE),
        ("Added to the list were Ivo Harlan and his brother Tod.", ActKind.DESIGNATE),
        ("Two refiners found themselves on the blacklist.", ActKind.DESIGNATE),
        ("More than 200 targets were hit in the latest round.", ActKind.DESIGNATE),
        ("The sanctions package hits Orvel Bank and 48 vessels.", ActKind.DESIGNATE),
        ("BIS issued a rule that adds 37 entities to the Entity List.", ActKind.DESIGNATE),
        ("Norway took over the listings of the bloc.", ActKind.DESIGNATE),
        ("The Interior Secretary gazetted Orvel Bank as a specified entity.", ActKind.DESIGNATE),
        ("Orvel Bank entered the list last year.", ActKind.DESIGNATE),
        ("Two Freedonian Banks Now Under Sanctions", ActKind.DESIGNATE),
        ("Sanctions were slapped on Ivo Harlan.", ActKind.IMPOSE),
        ("An asset freeze now applies to Ivo Harlan.", ActKind.IMPOSE),
        ("The Freedonian government froze the bank accounts of a charity.", ActKind.IMPOSE),
        ("EU ministers gave the green light to sanctions on Orvel Bank.", ActKind.IMPOSE),
        ("The bloc's ambassadors signed off on the 17th package.", ActKind.IMPOSE),
        ("Estonia barred Ivo Harlan from entering the country.", ActKind.IMPOSE),
        ("Canada cancelled the visas of eleven lawmakers.", ActKind.IMPOSE),
        ("FinCEN finds Orvel Bank to be of primary money laundering concern.", ActKind.IDENTIFY),
        ("Ivo Harlan won his place off the list.", ActKind.DELIST),
        ("Ivo Harlan had his sanctions lifted.", ActKind.DELIST),
        ("Four individuals came off the sanctions list.", ActKind.DELIST),
        ("The Russian side has excluded from the list Ivo Harlan.", ActKind.DELIST),
        ("The measures were overturned by the General Court.", ActKind.DELIST),
        ("The Union prorogued its framework of sanctions.", ActKind.EXTEND),
        ("HM Treasury renewed the designation of Ivo Harlan.", ActKind.EXTEND),
        ("The office edited the entry of Ivo Harlan.", ActKind.AMEND),
        ("Orvel Bank's designation was announced by the Treasury.", ActKind.DESIGNATE),
        ("The listing of Orvel Bank was published on Monday.", ActKind.DESIGNATE),
        ("The Secretary found that Orvel Bank meets the criteria for designation.", ActKind.DESIGNATE),
        ("The Treasury expanded its list to include Orvel Bank.", ActKind.DESIGNATE),
        ("New sanctions on Orvel Bank were announced by the EU.", ActKind.IMPOSE),
        ("Moscow responded with an entry ban on ten officials.", ActKind.IMPOSE),
        ("Assets of Orvel Bank were frozen by Japan.", ActKind.IMPOSE),
        ("The EU's 15th package was adopted.", ActKind.IMPOSE),
        ("Orvel Group was released from debarment.", ActKind.DELIST),
        ("The removal of Orvel Bank from the list was welcomed.", ActKind.DELIST),
        ("The Council kept Orvel Bank on its list.", ActKind.EXTEND),
    ],
)
def test_an_act_is_read_in_each_of_its_shapes(text: str, kind: ActKind) -> None:
    assert kind in {act.kind for act in read(text).acts}


@pytest.mark.parametrize(
    "text",
    [
        "They are barred from entering the country and may not open accounts.",
        "Those listed are subject to an asset freeze.",
        "The names of all in the list may be found on the website.",
        "Exports to the four will be prohibited from January 17.",
        "The notice cites an order on Transport and Prohibiting Certain Goods.",
        "Harbour Town, Freedonia; Target Type Criminal Organization.",
        "The actions also target nearly 80 percent of all assets.",
    ],
)
def test_what_only_holds_or_is_a_title_is_no_act(text: str) -> None:
    assert read(text).acts == ()


@pytest.mark.parametrize(
    "headline",
    ["Orvel Bank sanctioned over drone sales", "Orvel Bank blacklisted by Treasury", "Four firms removed from US list"],
)
def test_a_headline_leaves_out_the_auxiliary(headline: str) -> None:
    assert read(f"{headline}\n\nA story follows.").acts != ()


@pytest.mark.parametrize(
    "text",
    ["Ada Quill sanctioned Orvel Bank.", "Warsaw sanctioned Orvel Bank.", "The central bank sanctioned Orvel Bank."],
)
def test_whoever_stands_in_front_of_a_verb_with_an_object_acts(text: str) -> None:
    (act,) = read(text).acts
    assert act.issuer is not None
    assert [target.words.value for target in act.targets] == ["Orvel Bank"]


def test_sanctions_on_somebody_that_were_lifted_let_him_go() -> None:
    (act,) = read("Sanctions on Orvel Bank were lifted.").acts
    assert [target.words.value for target in act.targets] == ["Orvel Bank"]


def test_the_third_of_may_is_a_day_and_no_doubt() -> None:
    (act,) = read("On 3 May the Council sanctioned Orvel Bank.").acts
    assert act.modality is Modality.DONE


def test_what_stands_behind_the_comma_of_a_condition_is_done() -> None:
    (act,) = read("As if that were not enough, OFAC designated Orvel Bank.").acts
    assert act.modality is Modality.DONE


def test_what_will_be_done_is_announced() -> None:
    (act,) = read("Tokyo will freeze the assets of Orvel Bank.").acts
    assert act.modality is Modality.ANNOUNCED


@pytest.mark.parametrize(
    "text",
    [
        "Officials added that the ten were chosen for the posts they hold.",
        "The FBI added that North Korea was responsible.",
    ],
)
def test_whoever_adds_that_something_is_so_has_put_nobody_on_a_list(text: str) -> None:
    assert read(text).acts == ()


@pytest.mark.parametrize("nobody", ["nobody", "no one", "none of the banks", "no new persons", "neither of the two"])
def test_an_act_whose_object_is_nobody_was_not_done(nobody: str) -> None:
    assert [act.modality for act in read(f"The Treasury designated {nobody} on Friday.").acts] == [Modality.DENIED]
    assert [act.modality for act in read(f"The order itself names {nobody}.").acts] == [Modality.DENIED]
