"""Each format to one register: what is stated is read, and what cannot be read is a problem, never a stake less."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from interdiction.errors import TableError
from interdiction.model.ownership import Stake, StakeKind
from interdiction.ownership.readers import read
from interdiction.ownership.register import Register, stakes_of


def given(folder: Path, name: str, content: str) -> tuple[str, Register, list[Stake]]:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    form, register = read(path)
    return form, register, stakes_of(register.stakes)


def lines(*rows: object) -> str:
    return "\n".join(json.dumps(row) for row in rows)


def codes(register: Register) -> list[str]:
    return [problem.code for problem in register.problems]


TABLE = """Owner;Owner kind;Owner country;Company;Share;Interest;Since;Until
KIL, Jong Hun;person;KP;Paradise Trading Ltd;30 %;shares;2014-01-01;
KIM, Kwang Chun;person;KP;Paradise Trading Ltd;25;;;
Paradise Trading Ltd;;;Harbour Shipping Co;(50, 75);voting rights;;2016
KIL, Jong Hun;person;KP;Harbour Shipping Co;;director;;
"""


def test_a_table_is_read_by_its_headers(tmp_path: Path) -> None:
    form, register, stakes = given(tmp_path, "stakes.csv", TABLE)
    assert (form, codes(register)) == ("table", [])
    assert [(one.kind, str(one.share)) for one in stakes] == [
        (StakeKind.SHARES, "30 %"),
        (StakeKind.SHARES, "25 %"),
        (StakeKind.VOTES, "over 50 to under 75 %"),
        (StakeKind.OTHER, "unknown share"),
    ]
    assert stakes[0].owned == stakes[2].owner == "name:paradise trading ltd"
    assert str(stakes[0].begins) == "2014-01-01"
    assert str(stakes[2].ends) == "2016"
    person = register.party_at(register.parties["id"].to_list().index("name:kil, jong hun"))
    assert (person.kind, person.countries) == ("person", ("kp",))


@pytest.mark.parametrize(("cell", "code"), [("-5", "share"), ("120", "share"), ("60-40", "share"), ("a lot", "share")])
def test_a_share_that_cannot_be_is_a_problem_and_counts_as_unknown(tmp_path: Path, cell: str, code: str) -> None:
    _, register, stakes = given(tmp_path, "s.csv", f"owner,owned,share\nX,A,{cell}\nY,A,10\n")
    assert codes(register) == [code]
    assert not stakes[0].share.known


def test_shares_that_look_like_parts_of_one_are_unknown_and_not_read_as_percentages(tmp_path: Path) -> None:
    _, register, stakes = given(tmp_path, "s.csv", "owner,owned,share\nX,A,0.5\nY,A,0.25\n")
    assert codes(register) == ["share-scale"]
    assert not any(one.share.known for one in stakes)


def test_an_owner_that_is_not_named_is_somebody_unknown_and_nobody_owned_is_a_problem(tmp_path: Path) -> None:
    _, register, stakes = given(tmp_path, "s.csv", "owner,owned,share\n,A,60\nX,,40\n")
    assert [(one.owner, one.owned) for one in stakes] == [("", "name:a")]
    assert codes(register) == ["no-owned"]


def test_a_word_nobody_knows_may_be_ownership(tmp_path: Path) -> None:
    _, register, stakes = given(tmp_path, "s.csv", "owner,owned,interest\nX,A,golden handshake\nX,B,\n")
    assert [one.kind for one in stakes] == [StakeKind.UNKNOWN, StakeKind.UNKNOWN]
    assert codes(register) == ["stake-kind"]


def test_the_natures_of_control_of_a_british_register_are_read(tmp_path: Path) -> None:
    said = "ownership-of-shares-25-to-50-percent;voting-rights-50-to-75-percent;right-to-appoint-and-remove-directors"
    _, _, stakes = given(tmp_path, "s.csv", f"owner,owned,nature of control\nX,A,{said}\n")
    assert [(one.kind.value, str(one.share)) for one in stakes] == [
        ("shares", "over 25 to 50 %"),
        ("votes", "over 50 to under 75 %"),
        ("appoint", "more than 50 %"),
    ]


def test_over_the_whole_its_own_owner_and_a_circle_are_told_and_kept(tmp_path: Path) -> None:
    rows = "owner,owned,share\nX,A,60\nY,A,60\nB,B,10\nB,C,60\nC,B,40\n"
    _, register, stakes = given(tmp_path, "s.csv", rows)
    assert codes(register) == ["over-whole", "self-owned", "owned-in-circle"]
    assert len(stakes) == 5


def test_a_table_without_owners_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="who owns") as caught:
        given(tmp_path, "s.csv", "company,share\nA,5\n")
    assert caught.value.code == "no-stakes"


def bods_4(kind: str, uid: str, details: dict[str, Any], **more: Any) -> dict[str, Any]:
    said = {"statementId": f"s-{uid}", "recordId": uid, "recordType": kind, "recordStatus": "new"}
    return {**said, "statementDate": "2020-01-01", "recordDetails": details, **more}


def test_bods_0_4_is_read_and_each_statement_of_a_record_counts_until_the_next(tmp_path: Path) -> None:
    tie = {"subject": "c", "interestedParty": "p", "interests": [{"type": "shareholding", "share": {"exact": 60}}]}
    half = {"subject": "c", "interestedParty": "p"}
    half["interests"] = [{"type": "shareholding", "share": {"minimum": 25, "exclusiveMaximum": 50}}]  # type: ignore[assignment]
    form, register, stakes = given(
        tmp_path,
        "b.json",
        json.dumps(
            [
                bods_4("person", "p", {"personType": "knownPerson", "names": [{"fullName": "Ri Chol"}]}),
                bods_4("entity", "c", {"name": "Acme", "jurisdiction": {"code": "MT"}}),
                bods_4("relationship", "r", tie),
                bods_4("relationship", "r", half, statementDate="2021-01-01"),
                bods_4("relationship", "q", tie, recordStatus="closed", statementDate="2019-05-05"),
            ]
        ),
    )
    assert (form, codes(register)) == ("bods", [])
    assert [(one.owner, str(one.share), str(one.ends)) for one in stakes] == [
        ("b#p", "60 %", "2020-12-31"),
        ("b#p", "25 to under 50 %", "None"),
        ("b#p", "60 %", "2019-05-05"),
    ]


def _held(exact: int, **more: str) -> dict[str, Any]:
    interest = {"type": "shareholding", "share": {"exact": exact}, **more}
    return {"subject": "c", "interestedParty": "p", "interests": [interest]}


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([("2020-01-01", _held(60)), ("2021-01-01", _held(60))], [("60 %", None, None)]),
        (
            [("2020-01-01", _held(60)), ("2021-01-01", _held(30)), ("2022-01-01", _held(60))],
            [
                ("60 %", None, "2020-12-31"),
                ("30 %", "2021-01-01", "2021-12-31"),
                ("60 %", "2022-01-01", None),
            ],
        ),
        (
            [("2020-01-01", _held(60)), ("2021-01-01", _held(30, startDate="2020-06-01"))],
            [("60 %", None, "2020-05-31"), ("30 %", "2020-06-01", None)],
        ),
        (
            [
                ("2020-01-01", _held(60, startDate="2010-05-05")),
                ("2021-01-01", _held(30, startDate="2010-05-05")),
            ],
            [("60 %", "2010-05-05", "2020-12-31"), ("30 %", "2021-01-01", None)],
        ),
        (
            [("2020-01-01", _held(60, endDate="2020-03-03")), ("2021-01-01", _held(30))],
            [("60 %", None, "2020-03-03"), ("30 %", "2021-01-01", None)],
        ),
        (
            [("2021-01-01", _held(30)), ("2020-01-01", _held(60))],
            [("60 %", None, "2020-12-31"), ("30 %", "2021-01-01", None)],
        ),
        ([("", _held(60)), ("", _held(30))], [("30 %", None, None)]),
        ([("", _held(10)), ("2020-01-01", _held(60))], [("60 %", None, None)]),
    ],
)
def test_the_history_of_a_relationship_is_kept_in_days(
    tmp_path: Path, statements: list[tuple[str, dict[str, Any]]], expected: list[tuple[str, str | None, str | None]]
) -> None:
    said = [
        bods_4("entity", "c", {"name": "Acme"}),
        bods_4("person", "p", {"personType": "knownPerson", "names": [{"fullName": "Ri Chol"}]}),
        *(bods_4("relationship", "r", tie, statementDate=when) for when, tie in statements),
    ]
    _, register, stakes = given(tmp_path, "b.json", json.dumps(said))
    assert codes(register) == []
    told = [(str(one.share), one.begins and str(one.begins), one.ends and str(one.ends)) for one in stakes]
    assert told == expected


def test_a_relationship_restated_and_closed_ends_on_the_day_of_the_closing(tmp_path: Path) -> None:
    said = [
        bods_4("relationship", "r", _held(60)),
        bods_4("relationship", "r", _held(60), statementDate="2021-05-05", recordStatus="closed"),
    ]
    _, _, stakes = given(tmp_path, "b.json", json.dumps(said))
    assert [(one.begins, str(one.ends)) for one in stakes] == [(None, "2021-05-05")]


def test_statements_that_replace_each_other_are_one_history(tmp_path: Path) -> None:
    def old(uid: str, when: str, exact: int, *replaces: str) -> dict[str, Any]:
        tie: dict[str, Any] = {
            "statementID": uid,
            "statementType": "ownershipOrControlStatement",
            "statementDate": when,
        }
        tie |= {"subject": {"describedByEntityStatement": "c"}, "replacesStatements": list(replaces)}
        return tie | {
            "interestedParty": {"describedByPersonStatement": "p"},
            "interests": [{"type": "shareholding", "share": {"exact": exact}}],
        }

    said = [old("s1", "2019-01-01", 60), old("s2", "2020-01-01", 40, "s1"), old("s3", "2021-01-01", 20, "s2")]
    _, _, stakes = given(tmp_path, "b.json", json.dumps(said))
    assert [(str(one.share), str(one.begins), str(one.ends)) for one in stakes] == [
        ("60 %", "None", "2019-12-31"),
        ("40 %", "2020-01-01", "2020-12-31"),
        ("20 %", "2021-01-01", "None"),
    ]


def test_a_party_keeps_the_names_that_earlier_statements_gave_it(tmp_path: Path) -> None:
    said = [
        bods_4("entity", "c", {"name": "Acme"}),
        bods_4("entity", "c", {"name": "Zorzal"}, statementDate="2022-01-01"),
    ]
    _, register, _ = given(tmp_path, "b.json", json.dumps(said))
    assert [name.text for name in register.party_at(0).names] == ["Zorzal", "Acme"]


def test_bods_0_3_is_read_with_its_flags_and_a_person_not_known_is_somebody_unknown(tmp_path: Path) -> None:
    share = {"minimum": 25, "maximum": 50, "exclusiveMinimum": True, "exclusiveMaximum": False}
    form, register, stakes = given(
        tmp_path,
        "b.json",
        lines(
            {"statementID": "e", "statementType": "entityStatement", "name": "Acme"},
            {"statementID": "p", "statementType": "personStatement", "personType": "anonymousPerson"},
            {
                "statementID": "o1",
                "statementType": "ownershipOrControlStatement",
                "subject": {"describedByEntityStatement": "e"},
                "interestedParty": {"describedByPersonStatement": "p"},
                "interests": [
                    {"type": "voting-rights", "share": share, "interestLevel": "indirect"},
                    {"type": "settlor"},
                ],
            },
            {
                "statementID": "o2",
                "statementType": "ownershipOrControlStatement",
                "subject": {"describedByEntityStatement": "e"},
                "interestedParty": {"unspecified": {"reason": "no-beneficial-owners"}},
                "interests": [],
            },
        ),
    )
    assert (form, codes(register)) == ("bods", [])
    assert [(one.owner, one.kind.value, str(one.share), one.direct) for one in stakes] == [
        ("", "votes", "over 25 to 50 %", False),
        ("", "unknown", "unknown share", True),
    ]


def test_followthemoney_is_read_with_its_looser_ties(tmp_path: Path) -> None:
    form, register, stakes = given(
        tmp_path,
        "f.json",
        lines(
            {"id": "a", "schema": "Company", "properties": {"name": ["Acme"], "leiCode": ["X"]}},
            {"id": "p", "schema": "Person", "properties": {"name": ["Ri Chol"], "birthDate": ["1970"]}},
            {
                "id": "o",
                "schema": "Ownership",
                "properties": {"owner": ["p"], "asset": ["a"], "percentage": ["50,5 %"], "startDate": ["2020"]},
            },
            {"id": "d", "schema": "Directorship", "properties": {"director": ["p"], "organization": ["a"]}},
        ),
    )
    assert (form, codes(register)) == ("ftm", [])
    assert [(one.owner, one.owned, one.kind.value, str(one.share)) for one in stakes] == [
        ("f#p", "f#a", "shares", "50.5 %"),
        ("f#p", "f#a", "other", "unknown share"),
    ]


CHILD, PARENT = "529900ABCDEFGHIJKL01", "529900ABCDEFGHIJKL02"


def test_gleif_says_control_and_no_share_unless_it_states_one(tmp_path: Path) -> None:
    head = "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType,"
    head += "Relationship.RelationshipStatus,Relationship.Period.1.startDate,Relationship.Period.1.endDate,"
    head += "Relationship.Period.1.periodType,Registration.RegistrationStatus"
    row = f"{CHILD},{PARENT},IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE,2014-01-01T00:00:00Z,,RELATIONSHIP_PERIOD,PUBLISHED"
    dead = f"{CHILD},{PARENT},IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE,,,,ANNULLED"
    form, register, stakes = given(tmp_path, "rr.csv", f"{head}\n{row}\n{dead}\n")
    assert (form, codes(register)) == ("gleif", [])
    assert [(one.owner, one.owned, one.kind.value, str(one.share), str(one.begins)) for one in stakes] == [
        (f"lei:{PARENT}", f"lei:{CHILD}", "control", "unknown share", "2014-01-01"),
        (f"lei:{PARENT}", f"lei:{CHILD}", "shares", "unknown share", "2014-01-01"),
    ]


def test_gleif_xml_says_the_same(tmp_path: Path) -> None:
    record = f"""<RelationshipRecord><Relationship><StartNode><NodeID>{CHILD}</NodeID></StartNode>
    <EndNode><NodeID>{PARENT}</NodeID></EndNode><RelationshipType>IS_INTERNATIONAL_BRANCH_OF</RelationshipType>
    <RelationshipPeriods><RelationshipPeriod><StartDate>2014-01-01T00:00:00Z</StartDate>
    <PeriodType>RELATIONSHIP_PERIOD</PeriodType></RelationshipPeriod></RelationshipPeriods>
    <RelationshipStatus>ACTIVE</RelationshipStatus></Relationship></RelationshipRecord>"""
    body = f"<RelationshipData xmlns='http://www.gleif.org/data/schema/rr/2016'>{record}</RelationshipData>"
    form, register, stakes = given(tmp_path, "rr.xml", body)
    assert (form, codes(register)) == ("gleif", [])
    assert [(one.owner, str(one.share), str(one.begins)) for one in stakes] == [
        (f"lei:{PARENT}", "100 %", "2014-01-01")
    ]


def test_broken_xml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        given(tmp_path, "rr.xml", "<RelationshipData><RelationshipRecord>")
    assert caught.value.code == "not-xml"


def test_parties_of_two_sources_with_one_lei_are_one(tmp_path: Path) -> None:
    first = f"owner,owned,owned_id,owned_identifiers,share\nX,Acme,7,lei:{CHILD},30\n"
    second = f"owner,owned_lei,share\nY,{CHILD},25\n"
    one, other = (given(tmp_path, name, text)[1] for name, text in (("a.csv", first), ("b.csv", second)))
    together = Register.joined([one, other])
    assert together.stakes["owned"].n_unique() == 1
    assert "Acme" in together.names(together.stakes["owned"]).values()


@pytest.mark.shared
def test_every_sample_of_the_standard_gives_its_last_statements_and_its_history(
    shared_data: Path,
) -> None:
    files = sorted((shared_data / "ownership" / "bods").glob("*.json"))
    assert files
    for path in files:
        form, register = read(path)
        assert (path.name, form) == (path.name, "bods")
        assert (path.name, codes(register)) == (path.name, [])
        last: dict[str, dict[str, Any]] = {}
        for one in json.loads(path.read_text(encoding="utf-8")):
            if (
                one["recordType"] == "relationship"
                and one["statementDate"] >= last.get(one["recordId"], one)["statementDate"]
            ):
                last[one["recordId"]] = one
        wanted = sum(len(one["recordDetails"].get("interests") or [{}]) for one in last.values())
        wanted += {"fermcat.json": 1, "tecido.json": 9}.get(path.name, 0)  # what earlier statements said otherwise
        assert (path.name, register.stakes.height) == (path.name, wanted)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("on", "shares"),
    [
        (date(2021, 9, 23), ["100 %"]),
        (date(2021, 9, 24), ["40 %", "60 %"]),
        (date(2022, 9, 20), ["40 %", "60 %"]),
        (date(2022, 9, 21), ["30 %", "70 %"]),
        (date(2023, 3, 4), ["80 %"]),
    ],
)
def test_a_published_company_is_owned_on_each_day_as_its_statements_said(
    shared_data: Path, on: date, shares: list[str]
) -> None:
    _, register = read(shared_data / "ownership" / "bods" / "tecido.json")
    held = [one for one in stakes_of(register.stakes) if one.kind is StakeKind.SHARES]
    now = [one for one in held if (not one.begins or one.begins.first <= on) and (not one.ends or on <= one.ends.last)]
    assert sorted(str(one.share) for one in now) == shares
