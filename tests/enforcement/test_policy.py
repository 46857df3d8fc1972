from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from interdiction.enforcement import ConfirmedBy, Institution, find, load_policy, outcome
from interdiction.enforcement.document import packaged
from interdiction.enforcement.policy import FILE
from interdiction.errors import DataError, UsageError
from interdiction.model import Band, Basis, Evidence, Kind, Outcome, Role

from .cases import US, hit

BORN = Evidence("birth_date", "equal", "1962-02-18", "1962-02-18", 0.05)
PASSPORT = Evidence("identifier", "equal", "passport:5", "passport:5", 0.2)
KP = Evidence("country", "equal", "kp", "kp", 0.02)
OTHER_DAY = Evidence("birth_date", "conflict", "1950-01-02", "1962-02-18", -0.2)


@pytest.mark.parametrize("evidence", [(BORN,), (PASSPORT,), (BORN, KP)])
def test_a_certain_hit_with_its_fact_is_confirmed_by_the_rule(evidence: tuple[Evidence, ...]) -> None:
    assert outcome(hit(band=Band.CERTAIN, evidence=evidence), US) == (Outcome.TRUE, "certain-hit")


@pytest.mark.parametrize(
    "found",
    [
        hit(band=Band.CERTAIN),
        hit(band=Band.STRONG, evidence=(BORN,)),
        hit(band=Band.POSSIBLE, evidence=(PASSPORT,)),
        hit(band=Band.BELOW, evidence=(PASSPORT,)),
        hit(band=Band.CERTAIN, evidence=(BORN,), weak=True),
        hit(band=Band.CERTAIN, evidence=(PASSPORT, OTHER_DAY)),
        hit(band=Band.CERTAIN, evidence=(BORN, Evidence("gender", "conflict"))),
        hit(band=Band.CERTAIN, evidence=(BORN, Evidence("party_kind", "conflict"))),
        hit(band=Band.CERTAIN, evidence=(BORN,), basis=Basis.TEXT),
        hit(band=Band.CERTAIN, evidence=(BORN,), basis=Basis.OWNERSHIP),
        hit(band=Band.CERTAIN, evidence=(BORN,), basis=Basis.JURISDICTION),
    ],
)
def test_everything_else_waits_for_a_person(found: object) -> None:
    for listed in (None, *Kind):
        assert outcome(found, US, listed=listed) == (Outcome.UNCONFIRMED, "")  # type: ignore[arg-type]


def test_the_exact_name_of_an_organisation_in_its_country_is_confirmed_and_that_of_a_person_is_not() -> None:
    found = hit(band=Band.STRONG, evidence=(KP,))
    assert outcome(found, US, listed=Kind.ORGANISATION) == (Outcome.TRUE, "exact-organisation")
    certain = hit(band=Band.CERTAIN, evidence=(KP,))
    for listed in (None, Kind.PERSON, Kind.VESSEL, Kind.AIRCRAFT):
        assert outcome(found, US, listed=listed) == (Outcome.UNCONFIRMED, "")
        assert outcome(certain, US, listed=listed) == (Outcome.UNCONFIRMED, "")


def test_a_near_name_of_an_organisation_is_not_confirmed() -> None:
    found = hit(band=Band.STRONG, evidence=(KP,))
    near = msgspec.structs.replace(found, evidence=(Evidence("name", "near"), KP))
    assert outcome(near, US, listed=Kind.ORGANISATION) == (Outcome.UNCONFIRMED, "")


def test_an_unread_row_and_words_in_text_are_never_confirmed_by_a_rule() -> None:
    found = hit(band=Band.CERTAIN, evidence=(BORN,))
    assert outcome(found, US, unread=True) == (Outcome.UNCONFIRMED, "")
    assert find(found, US, role=Role.REMITTANCE).outcome is Outcome.UNCONFIRMED


def test_what_a_person_said_stands_above_every_rule() -> None:
    found = hit(band=Band.CERTAIN, evidence=(BORN,))
    cleared = find(found, US, judged=(Outcome.FALSE, "A. Officer"))
    assert (cleared.outcome, cleared.by, cleared.confirmed_by) == (Outcome.FALSE, "A. Officer", ConfirmedBy.PERSON)
    ruled = find(found, US, judged=(Outcome.UNCONFIRMED, "A. Officer"))
    assert (ruled.outcome, ruled.by, ruled.confirmed_by) == (Outcome.TRUE, "certain-hit", ConfirmedBy.RULE)


@pytest.mark.parametrize("said", [Outcome.TRUE, Outcome.FALSE, Outcome.UNDETERMINED])
def test_an_outcome_needs_the_person_who_gave_it(said: Outcome) -> None:
    with pytest.raises(UsageError) as refused:
        find(hit(), US, judged=(said, " "))
    assert refused.value.code == "no-person"


def test_a_rule_can_be_switched_off_and_the_decision_says_so() -> None:
    off = US.without("certain-hit")
    assert outcome(hit(band=Band.CERTAIN, evidence=(BORN,)), off) == (Outcome.UNCONFIRMED, "")
    assert "off: certain-hit" in off.reference
    with pytest.raises(DataError):
        US.without("certain")


def test_the_law_behind_a_list_is_that_of_the_institutions_it_binds() -> None:
    policy = load_policy()
    assert policy.institution.kind == "none"
    assert not policy.laws
    found = [US.law_of(key) for key in ("ofac-sdn", "ofac-cons", "un", "eu", "uk", "x")]
    assert found == ["us", "us", "un", "eu", "uk", None]
    assert US.laws == {"us"}
    with pytest.raises(DataError):
        policy.for_institution("moon")


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        (Institution(kind="us", also=("moon",)), "moon"),
        (Institution(kind="eu", owned_by=("ofac",)), "ofac"),
        (Institution(kind="eu", rail="pigeon"), "pigeon"),
        (Institution(kind="moon"), "moon"),
    ],
)
def test_a_profile_with_a_word_that_does_not_exist_is_refused(profile: Institution, told: str) -> None:
    with pytest.raises(DataError, match=told):
        load_policy().for_profile(profile)


def test_a_decision_names_everything_of_the_profile_that_a_rule_asks() -> None:
    profile = Institution("A", "eu", ("ABCDDEFF",), ("us",), ("us",), "sct_inst", users_checked_daily=True)
    policy = load_policy().for_profile(profile)
    assert policy.laws == {"eu", "us"}
    assert policy.reference.endswith(
        "institution eu, bics ABCDDEFF, also us, owned by us, rail sct_inst, users checked daily"
    )


def test_every_kind_that_can_block_states_its_duty() -> None:
    for name, kind in load_policy().kinds.items():
        if name != "none":
            assert kind.bound_by
            assert set(kind.needs) <= set(kind.bound_by)
            assert kind.on_block
            assert kind.on_freeze
            assert kind.on_reject


def test_a_users_own_policy_is_read_and_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_bytes(packaged(FILE).replace(b'  name: ""\n  kind: none', b"  name: Example Bank\n  kind: us"))
    policy = load_policy(path)
    assert (policy.institution.name, policy.institution.kind) == ("Example Bank", "us")
    assert policy.sha256 != load_policy().sha256
    assert policy.sha256 in policy.reference


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("bands: [certain]", "bands: [certain, possible]", "certain and strong"),
        ("bands: [certain]", "bands: [certain, strong]", "exact name"),
        ("bands: [certain]", "bands: []", "certain and strong"),
        ("      birth_date: [equal]\n      identifier: [equal]\n", "      birth_date: []\n", "agreeing fact"),
        ("bands: [certain]", "bands: [certain]\n    bases: [text]", "name or identifier"),
        ("id: exact-organisation", "id: certain-hit", "twice"),
        ("  kind: none", "  kind: moon", "moon"),
        ("    bound_by: []", "    bound_by: [ofac-sdn]", "none"),
        ("version:", "verison:", "verison"),
        ("version:", 'version: "1"\nversion:', "stands twice"),
        ("kinds:", "kinds: [", "wrong"),
    ],
)
def test_a_policy_that_breaks_the_law_or_its_form_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    raw = packaged(FILE).decode()
    assert old in raw
    path = tmp_path / "mine.yml"
    path.write_text(raw.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        load_policy(path)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    "raw", [b"", b"\x00", b"[]", b"a: &a [*a]", b"\xff\xfe", b"- " * 5000, b"!!python/object:os.system {}"]
)
def test_what_is_no_policy_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "mine.yml"
    path.write_bytes(raw)
    with pytest.raises(DataError):
        load_policy(path)
    with pytest.raises(DataError):
        load_policy(tmp_path / "nothing.yml")
