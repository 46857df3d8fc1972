"""Who says what: the shapes in which speech is reported, each with several verbs and speakers."""

from __future__ import annotations

import pytest

from interdiction.announcements.patterns import load_patterns
from interdiction.announcements.reader import read_account
from interdiction.model.announcement import Claim, Stance

SPEAKERS = (
    "Ada Quill",
    "The Freedonian foreign ministry",
    "A spokesman for Orvel Bank",
    "Two people close to the firm",
)


def claims(text: str) -> list[Claim]:
    return list(read_account(text.encode(), "text.txt", load_patterns())[0].claims)


def one(text: str) -> tuple[str, str, Stance]:
    (claim,) = claims(text)
    return claim.speaker.value, claim.about.value, claim.stance


@pytest.mark.parametrize("speaker", SPEAKERS)
@pytest.mark.parametrize(
    "verb", ["said", "told reporters", "insisted", "argues", "maintained", "averred", "wrote on X"]
)
def test_what_stands_behind_that_is_said(speaker: str, verb: str) -> None:
    words = "the cargo was grain"
    assert one(f"{speaker} {verb} that {words}.") == (speaker, words, Stance.ASSERT)


@pytest.mark.parametrize("verb", ["said", "declared", "fumed", "quipped", "shrugged", "giggled", "thundered"])
def test_a_quotation_needs_no_verb_of_speech_that_is_known(verb: str) -> None:
    assert one(f'"The cargo was grain and timber," {verb} Ada Quill.')[:2] == (
        "Ada Quill",
        "The cargo was grain and timber",
    )


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Ada Quill, a partner at the law firm Orvel, said the ruling "clears the way".', "Ada Quill"),
        ("The company, reached by phone, said the cargo was grain.", "The company"),
        ("Two people familiar with the matter, who asked not to be named, said the ship had sailed.", "Two people"),
        ("An official who asked not to be named said the ship had sailed.", "An official"),
        ("In Port Vale, a director of Orvel Bank said the ship had sailed.", "a director of Orvel Bank"),
        ("Sources close to the firm say the ship has sailed.", "Sources close to the firm"),
    ],
)
def test_words_between_a_speaker_and_his_verb_are_not_the_speaker(text: str, speaker: str) -> None:
    (claim,) = claims(text)
    assert claim.speaker.value.startswith(speaker)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Ada Quill denied any role in the attack.", Stance.DENY),
        ("Orvel Bank rejected the accusations.", Stance.DENY),
        ("The embassy flatly rejected the insinuation.", Stance.DENY),
        ("Ada Quill called the report a fabrication.", Stance.DENY),
        ("The ministry distanced itself from the trader.", Stance.DENY),
        ("Analysts questioned whether the ban would bite.", Stance.DOUBT),
        ("Several diplomats cast doubt on the timetable.", Stance.DOUBT),
        ("Two traders are sceptical.", Stance.DOUBT),
        ("Freedonia blamed Sylvania for the attack.", Stance.ACCUSE),
        ("Freedonia pointed the finger at Sylvania.", Stance.ACCUSE),
        ("Freedonia laid the blame on Sylvania.", Stance.ACCUSE),
        ("The minister laughed the charge off.", Stance.DISMISS),
        ("The minister brushed the criticism aside.", Stance.DISMISS),
        ("The minister scoffed at the pictures.", Stance.DISMISS),
        ("The Kremlin called the new list absurd.", Stance.DISMISS),
        ("Some traders suspect a deal.", Stance.SUGGEST),
        ("The minister hinted at a second list.", Stance.SUGGEST),
        ("The ministry declined to comment.", Stance.NO_COMMENT),
        ("A spokesman would not be drawn.", Stance.NO_COMMENT),
        ("The embassy preferred not to comment.", Stance.NO_COMMENT),
        ("The ministry stopped short of naming the firm.", Stance.NO_COMMENT),
        ("Orvel Bank did not respond to a request for comment.", Stance.NO_ANSWER),
        ("Orvel Bank could not be reached.", Stance.NO_ANSWER),
        ("The director did not pick up his phone.", Stance.NO_ANSWER),
        ("Orvel Bank has yet to reply.", Stance.NO_ANSWER),
    ],
)
def test_a_verb_tells_what_the_speaker_does(text: str, stance: Stance) -> None:
    assert one(text)[2] is stance


@pytest.mark.parametrize(
    ("text", "speaker", "stance"),
    [
        ("According to the Orvel Institute, the ship sailed at dawn.", "the Orvel Institute", Stance.ASSERT),
        ("In our view, foreign banks are unlikely to be a first target.", "our", Stance.DOUBT),
        (
            "The talks followed a report by the weekly Vedette that the ship had sailed.",
            "the weekly Vedette",
            Stance.ASSERT,
        ),
        ("It was submitted for the minister that the ship had sailed.", "the minister", Stance.ASSERT),
        ("The three firms were accused by Freedonia of shipping arms.", "Freedonia", Stance.ACCUSE),
        ("Reuters, citing two sources: the order is unsigned.", "Reuters", Stance.ASSERT),
        ("Sylvania's energy minister: the gas licence is untouched.", "Sylvania's energy minister", Stance.ASSERT),
    ],
)
def test_speech_is_reported_without_a_verb_too(text: str, speaker: str, stance: Stance) -> None:
    (claim,) = [found for found in claims(text) if found.speaker.value.startswith(speaker)]
    assert claim.stance is stance


def test_a_participle_of_speech_has_the_speaker_of_its_sentence() -> None:
    found = claims("A senior diplomat denounced the list as baseless, saying it rested on gossip.")
    assert [claim.speaker.value for claim in found] == ["A senior diplomat", "A senior diplomat"]


def test_whom_an_order_means_denies_with_what_he_says_of_himself() -> None:
    text = 'OFAC today designated Ivo Harlan. "I sold boots and tents," Harlan told the paper.'
    assert claims(text)[-1].stance is Stance.DENY
    assert claims(text.replace("I sold boots and tents", "I will appeal to the courts"))[-1].stance is Stance.ASSERT


@pytest.mark.parametrize(
    "words", ["it has never owned a ship", "none of the six bought a barrel", "it didn't sell arms"]
)
def test_who_says_that_something_is_not_so_denies_it(words: str) -> None:
    assert one(f"The trading house said {words}.")[2] is Stance.DENY


@pytest.mark.parametrize("words", ["no decision has been made", "it will not hesitate", "nothing has been signed"])
def test_what_is_only_undecided_is_not_denied(words: str) -> None:
    assert one(f"The embassy said {words}.")[2] is Stance.ASSERT


def test_a_quotation_of_several_sentences_belongs_to_whom_its_end_names() -> None:
    found = claims('Mira Sonn spoke first.\n\n"The order was wrong. I hope that the courts agree," Ivo Harlan said.')
    assert {claim.speaker.value for claim in found} == {"Ivo Harlan"}


def test_a_name_below_a_quotation_is_its_speaker() -> None:
    found = claims('"We act today. We will act again."\nAda Quill, High Commissioner for Trade\n\nIt rained.')
    assert {claim.speaker.value for claim in found} == {"Ada Quill"}


def test_turns_of_a_debate_are_their_speakers() -> None:
    text = (
        "Dr Mira Sonn (Lab): To ask the minister whether he will act.\n\n"
        "The Minister for Trade (Ivo Harlan): We have been clear that this will not go unanswered.\n\n"
        "Tod Reeve (Con): Is it not the case that the bans are theatre?\n\n"
        "Ivo Harlan: I will not speculate about future listings.\n"
    )
    assert [(claim.speaker.value, claim.stance) for claim in claims(text)] == [
        ("Ivo Harlan", Stance.ASSERT),
        ("Tod Reeve", Stance.DOUBT),
        ("Ivo Harlan", Stance.NO_COMMENT),
    ]


def test_an_interview_gives_the_answers_to_who_answers() -> None:
    text = (
        "Vedette: Was it close, minister?\n\nAda Quill: It was closer than I like.\n\nAnd the castle?\n\n"
        "I never talk about listings before they are published.\n"
    )
    assert [(claim.speaker.value, claim.stance) for claim in claims(text)] == [
        ("Ada Quill", Stance.ASSERT),
        ("Ada Quill", Stance.NO_COMMENT),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Freedonia added two firms to its list.",
        "OFAC denied his petition for removal.",
        "The Council considers that three persons should be listed.",
        "Rivals trade blame.",
        "OFAC encourages anyone who suspects a breach to report it.",
        "Date of birth: 3 March 1971. Position: director.",
        'OFAC is issuing General License 5B, "Authorizing Certain Transactions Related to Orvel Works."',
        "If Orvel Bank does not answer, the measures return.",
        "They did not take part in the decision.",
        "Freedonia would contest the listing.",
    ],
)
def test_words_of_speech_that_say_nothing_are_no_claim(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    "text",
    [
        'OFAC stated in FAQ 1203 that the term "foreign financial institution" includes exchanges.',
        "The agency clarified that the licence covers insurance.",
        "The notice said that the entry was wrong.",
        "Nobody who has been there believes that.",
    ],
)
def test_an_authority_that_explains_its_own_text_claims_nothing(text: str) -> None:
    assert claims(text) == []


def test_the_short_answer_to_a_report_denies_it() -> None:
    found = claims(
        "OFAC answers questions. Is it true, as a paper wrote, that the list has changed?\n\nIt has. It is not."
    )
    assert all(claim.stance is not Stance.DENY for claim in found)
    found = claims("OFAC answers questions. Is it true that the list has changed?\n\nIt is not.")
    assert found[-1].stance is Stance.DENY
