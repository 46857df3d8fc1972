from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from interdiction.errors import DataError
from interdiction.lists.programmes import Programmes, designations, fingerprint, unknown_tags
from interdiction.model import Authority, Designation, Listing, ListSource, Measure, Party, Programme

FREEZE = Measure.ASSET_FREEZE
SDN = ListSource("ofac-sdn", "SDN", "OFAC", "us", (FREEZE,))
CONS = ListSource("ofac-cons", "Consolidated", "OFAC", "us", (Measure.MENU,))
UN = ListSource("un", "Consolidated", "UN", "un", (FREEZE,))


def listing(*tags: str, of: str = "ofac-sdn", own: tuple[Designation, ...] = ()) -> Listing:
    return Listing(of, "9345", Party(names=["KOREA MINING DEVELOPMENT TRADING CORPORATION"]), tags, own)


def made(*programmes: Programme) -> Programmes:
    acts = [Authority("eo-13687", "Executive Order 13687", "President"), Authority("a", "Act A", "Congress")]
    return Programmes(programmes, acts)


VERIFIED = Programme("DPRK2", "ofac-sdn", "North Korea", ("eo-13687",), (FREEZE,), "80 FR 819", verified=True)


# What a tag means


@pytest.mark.parametrize(
    ("tag", "order"),
    [
        ("DPRK", "13551"),
        ("DPRK2", "13687"),
        ("DPRK3", "13722"),
        ("DPRK4", "13810"),
        ("NPWMD", "13382"),
        ("SDGT", "13224"),
        ("RUSSIA-EO14024", "14024"),
        ("TCO", "13581"),
    ],
)
def test_a_known_tag_freezes_under_its_order(tag: str, order: str) -> None:
    (found,) = designations(listing(tag), SDN)
    assert found.programme == tag
    assert f"Executive Order {order}" in (found.authority or "")
    assert found.measures == (FREEZE,)
    assert found.mapped


def test_a_list_that_states_the_measures_of_each_entry_is_believed_whatever_the_programme() -> None:
    uk = ListSource("uk", "UK", "FCDO", "gb", (FREEZE,), states_measures=True)
    ban = Designation("The Somewhere (Sanctions) Regulations 2031", measures=(Measure.TRAVEL_BAN,))
    (found,) = designations(listing(of="uk", own=(ban,)), uk)
    assert (found.measures, found.mapped) == ((Measure.TRAVEL_BAN,), True)
    silent = Designation("The Somewhere (Sanctions) Regulations 2031")
    (found,) = designations(listing(of="uk", own=(silent,)), uk)
    assert (found.measures, found.mapped) == ((FREEZE,), False)


def test_an_entry_under_two_programmes_has_two_designations_in_the_order_of_the_list() -> None:
    found = designations(listing("NPWMD", "DPRK2"), SDN)
    assert [one.programme for one in found] == ["NPWMD", "DPRK2"]


def test_one_tag_means_different_things_on_two_lists() -> None:
    (sdn,) = designations(listing("UKRAINE-EO13662"), SDN)
    (cons,) = designations(listing("UKRAINE-EO13662", of="ofac-cons"), CONS)
    assert sdn.measures == (FREEZE,)
    assert cons.measures == (Measure.DEBT_EQUITY, Measure.TRADE)


def test_a_list_that_repeats_others_has_their_tags_and_its_own() -> None:
    known = Programmes.load()
    repeated, own, both = (known.of("us-csl", tag) for tag in ("DPRK2", "EL", "UKRAINE-EO13662"))
    assert repeated is not None
    assert own is not None
    assert both is not None
    assert (repeated.list, repeated.measures) == ("us-csl", (FREEZE,))
    assert (own.measures, own.blocking) == ((Measure.TRADE,), False)
    # Of a tag that both lists of OFAC have, the non-SDN one counts: what the row's own list says comes on top.
    assert both.measures == (Measure.DEBT_EQUITY, Measure.TRADE)


@pytest.mark.parametrize(
    ("tag", "measures"),
    [
        ("CMIC-EO13959", (Measure.INVESTMENT_BAN,)),
        ("561-Related", (Measure.CORRESPONDENT_ACCOUNT,)),
        ("561 Related", (Measure.CORRESPONDENT_ACCOUNT,)),
        ("NS-PLC", (Measure.PAYMENT_BAN,)),
        ("FSE-IR", (Measure.PAYMENT_BAN,)),
        ("CAATSA - RUSSIA", (Measure.MENU,)),
    ],
)
def test_the_tags_of_the_non_sdn_lists_do_not_freeze(tag: str, measures: tuple[Measure, ...]) -> None:
    (found,) = designations(listing(tag, of="ofac-cons"), CONS)
    assert found.measures == measures
    assert found.mapped


def test_guinea_bissau_is_a_travel_ban_and_al_qaida_a_freeze() -> None:
    (gb,) = designations(listing("GB", of="un"), UN)
    (al_qaida,) = designations(listing("Al-Qaida", of="un"), UN)
    assert gb.measures == (Measure.TRAVEL_BAN,)
    assert al_qaida.measures == (FREEZE, Measure.TRAVEL_BAN, Measure.ARMS_EMBARGO)


@pytest.mark.parametrize(
    ("remarks", "measures"),
    [
        ("Listed pursuant to paragraph 15 of resolution 1970 (Travel Ban).", (Measure.TRAVEL_BAN, Measure.MENU)),
        ("Listed pursuant to paragraphs 15 and 17 (Travel Ban, Asset Fre", (Measure.TRAVEL_BAN, Measure.MENU)),
        ("Listed pursuant to paragraph 17 of resolution 1970 (\nAsset  Freeze).", (FREEZE,)),
        ("Listed pursuant to paragraphs 15 and 17 (Travel Ban,\nAsset Freeze).", (FREEZE, Measure.TRAVEL_BAN)),
        ("Listed pursuant to paragraph 17 of resolution 1973.", (FREEZE, Measure.TRAVEL_BAN, Measure.MENU)),
        (None, (FREEZE, Measure.TRAVEL_BAN, Measure.MENU)),
    ],
)
def test_of_a_menu_what_the_entry_names_applies(remarks: str | None, measures: tuple[Measure, ...]) -> None:
    one = Listing("un", "690731", Party(names=["QADHAFI"]), ("Libya",), remarks=remarks)
    assert designations(one, UN)[0].measures == measures


def test_remarks_never_narrow_what_is_no_menu_or_not_verified() -> None:
    remarks = "Under a travel ban."
    freeze = Listing("un", "1", Party(names=["X"]), ("DPRK",), remarks=remarks)
    loose = Listing("ofac-sdn", "1", Party(names=["X"]), ("ISA",), remarks=remarks)
    assert designations(freeze, UN)[0].measures == (FREEZE, Measure.TRAVEL_BAN)
    assert designations(loose, SDN)[0].measures == (FREEZE, Measure.MENU)


# What is not known still blocks


def test_the_tag_of_the_order_freezes_although_nobody_has_entered_it_yet() -> None:
    (found,) = designations(listing("DPRK2"), SDN, made(Programme("NPWMD", "ofac-sdn", "n", ("a",), (FREEZE,), "s")))
    assert found == Designation("DPRK2", measures=(FREEZE,), mapped=False)


def test_a_tag_nobody_has_seen_takes_the_default_beside_a_known_one() -> None:
    found = designations(listing("DPRK2", "DPRK9"), SDN)
    assert [(one.measures, one.mapped) for one in found] == [((FREEZE,), True), ((FREEZE,), False)]


def test_an_unverified_tag_keeps_its_name_and_act_and_takes_at_least_the_default() -> None:
    loose = Programme("X", "ofac-sdn", "x", ("a",), (Measure.TRADE,), "somewhere", blocking=False)
    (found,) = designations(listing("X"), SDN, made(loose))
    assert found == Designation("X", "Act A", (FREEZE, Measure.TRADE), mapped=False)


def test_tags_in_another_script_are_not_confused() -> None:
    found = designations(listing("\u0423\u043a\u0430\u0437 7", "\u0417\u0430\u043a\u043e\u043d 7"), SDN)
    assert len({one.programme for one in found}) == 2


def test_an_entry_without_any_tag_takes_the_default() -> None:
    assert designations(listing(), SDN) == (Designation("", measures=(FREEZE,), mapped=False),)
    assert designations(listing(""), SDN)[0].measures == (FREEZE,)


@pytest.mark.parametrize("tags", [("IFSR",), ("IRGC",), ("IFSR", "IRGC")])
def test_a_tag_that_only_informs_does_not_stand_alone(tags: tuple[str, ...]) -> None:
    found = designations(listing(*tags), SDN)
    assert all(FREEZE in one.measures and not one.mapped for one in found)


def test_a_tag_that_only_informs_stays_what_it_is_beside_one_that_freezes() -> None:
    found = designations(listing("NPWMD", "IFSR"), SDN)
    assert [one.measures for one in found] == [(FREEZE,), (Measure.SECONDARY,)]


def test_a_list_without_default_measures_asks_for_a_look_at_the_entry() -> None:
    bare = ListSource("ofac-cons", "t", "p", "us", ())
    assert designations(listing("NEW", of="ofac-cons"), bare)[0].measures == (Measure.MENU,)


def test_the_defaults_of_another_list_are_refused() -> None:
    with pytest.raises(DataError, match="ofac-cons"):
        designations(listing("DPRK2"), CONS)


# What the entry itself states


def test_dates_and_basis_of_the_entry_are_kept() -> None:
    own = Designation(
        "DPRK2",
        listed_on=date(2015, 1, 2),
        amended_on=(date(2016, 3, 16),),
        effective_at=datetime(2015, 1, 2, 17, tzinfo=UTC),
        legal_basis="section 1(a)(ii)",
    )
    (found,) = designations(listing("DPRK2", own=(own,)), SDN)
    assert (found.listed_on, found.amended_on) == (own.listed_on, own.amended_on)
    assert (found.effective_at, found.legal_basis) == (own.effective_at, own.legal_basis)
    assert found.authority == "Executive Order 13687"
    assert found.measures == (FREEZE,)


def test_a_designation_of_the_entry_without_its_tag_is_not_lost() -> None:
    found = designations(listing("NPWMD", own=(Designation("DPRK2", listed_on=date(2015, 1, 2)),)), SDN)
    assert [one.programme for one in found] == ["NPWMD", "DPRK2"]
    assert found[1].listed_on == date(2015, 1, 2)


def test_two_designations_under_one_tag_both_stand() -> None:
    own = (Designation("DPRK2", listed_on=date(2015, 1, 2)), Designation("DPRK2", listed_on=date(2016, 3, 16)))
    found = designations(listing("DPRK2", own=own), SDN)
    assert [one.listed_on for one in found] == [date(2015, 1, 2), date(2016, 3, 16)]


def test_the_entrys_own_authority_and_measures_add_to_the_programme() -> None:
    own = Designation("DPRK2", "Executive Order 13687, section 1(a)(i)", (Measure.TRAVEL_BAN,))
    (found,) = designations(listing("DPRK2", own=(own,)), SDN)
    assert found.authority == own.authority
    assert found.measures == (FREEZE, Measure.TRAVEL_BAN)


def test_unknown_tags_are_counted_by_list() -> None:
    listings = [listing("DPRK2", "DPRK9"), listing("DPRK9"), listing("DPRK2", of="un")]
    assert unknown_tags(listings) == {("ofac-sdn", "DPRK9"): 2, ("un", "DPRK2"): 1}


# The file


def test_no_programme_is_without_source_measures_and_name() -> None:
    for one in Programmes.load().all():
        assert one.source.strip(), one.tag
        assert one.measures, one.tag
        assert one.name.strip(), one.tag


def test_every_authority_resolves_and_every_verified_programme_has_one() -> None:
    programmes = Programmes.load()
    for one in programmes.all():
        acts = programmes.authorities(one)
        assert len(acts) == len(one.authorities)
        assert acts or not one.verified, one.tag
        assert all(act.name and act.issuer for act in acts)


def test_no_authority_is_left_without_programme() -> None:
    programmes = Programmes.load()
    used = {act for one in programmes.all() for act in one.authorities}
    data = Path(__file__).parents[2] / "src" / "interdiction" / "data" / "authorities.yml"
    assert used == {entry["id"] for entry in yaml.safe_load(data.read_bytes())["authorities"]}


def test_a_tag_that_names_an_order_rests_on_that_order() -> None:
    named = 0
    for one in Programmes.load().all():
        number = re.search(r"EO(\d{5})", one.tag)
        if number:
            named += 1
            assert f"eo-{number[1]}" in one.authorities, one.tag
    assert named > 30


def test_every_programme_of_the_sdn_list_freezes_or_is_known_not_to() -> None:
    loose = {one.tag for one in Programmes.load().all() if one.list == "ofac-sdn" and not one.blocking}
    assert loose == {"IFSR", "IRGC"}


def test_the_fingerprint_is_that_of_what_is_loaded() -> None:
    assert fingerprint() == Programmes.load().sha256
    assert len(fingerprint()) == 64


def test_the_documented_counts_are_those_of_the_file() -> None:
    page = (Path(__file__).parents[2] / "docs" / "programmes.md").read_text(encoding="utf-8")
    for key in {one.list for one in Programmes.load().all()} - {"us-csl"}:
        held = [one for one in Programmes.load().all() if one.list == key]
        verified = sum(one.verified for one in held)
        assert f"| {key} | {len(held)} | {verified} | {len(held) - verified} |" in page


def test_every_measure_is_explained() -> None:
    page = (Path(__file__).parents[2] / "docs" / "measures.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## `(\w+)`", page, flags=re.MULTILINE)) == set(Measure)


# A file of one's own

ENTRY = {
    "tag": "DPRK2",
    "list": "ofac-sdn",
    "name": "North Korea",
    "authorities": ["eo-13687"],
    "measures": ["asset_freeze"],
    "source": "80 FR 819",
    "verified": True,
}


def written(folder: Path, *entries: object) -> Path:
    path = folder / "programmes.yml"
    path.write_text(yaml.safe_dump({"programmes": list(entries)}), encoding="utf-8")
    return path


def test_a_file_of_ones_own_replaces_the_packages(tmp_path: Path) -> None:
    programmes = Programmes.load(written(tmp_path, ENTRY))
    assert [one.tag for one in programmes.all()] == ["DPRK2"]
    assert programmes.sha256 != fingerprint()


def test_a_file_of_ones_own_can_bring_its_own_acts(tmp_path: Path) -> None:
    acts = {"authorities": [{"id": "act-1", "name": "Act 1", "issuer": "Parliament", "citation": "2026 c. 1"}]}
    (tmp_path / "authorities.yml").write_text(yaml.safe_dump(acts), encoding="utf-8")
    programmes = Programmes.load(written(tmp_path, ENTRY | {"authorities": ["act-1"]}))
    (act,) = programmes.authorities(programmes.all()[0])
    assert act.citation == "2026 c. 1"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"measures": ["freeze"]}, "freeze"),
        ({"measures": []}, "measures"),
        ({"mesures": ["asset_freeze"]}, "mesures"),
        ({"source": " "}, "source"),
        ({"authorities": ["eo-99999"]}, "eo-99999"),
        ({"authorities": []}, "authority"),
        ({"verified": "yes"}, "verified"),
        ({"blocking": False}, "blocking"),
        ({"measures": ["trade"]}, "blocking"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(tmp_path: Path, change: dict[str, object], told: str) -> None:
    with pytest.raises(DataError) as caught:
        Programmes.load(written(tmp_path, ENTRY | {"tag": "NPWMD", "authorities": ["eo-13382"]}, ENTRY | change))
    assert told in caught.value.message
    assert caught.value.where == "programmes.yml, ofac-sdn DPRK2"
    assert caught.value.mend


@pytest.mark.parametrize("missing", ["tag", "list", "name", "authorities", "measures", "source"])
def test_an_entry_with_a_part_missing_is_refused(tmp_path: Path, missing: str) -> None:
    with pytest.raises(DataError, match=missing):
        Programmes.load(written(tmp_path, {key: value for key, value in ENTRY.items() if key != missing}))


def test_a_tag_that_stands_twice_is_refused_however_it_is_spelt(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="twice"):
        Programmes.load(written(tmp_path, ENTRY, ENTRY | {"tag": "dprk 2"}))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "programmes:",
        "programmes: []",
        "programmes: {a: 1}",
        "- tag: x",
        "other: [1]",
        "programmes: [1]",
        "a: {",
        "\x00",
    ],
)
def test_what_is_no_file_of_programmes_is_a_data_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "programmes.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        Programmes.load(path)
    assert "programmes.yml" in caught.value.where


def test_a_key_that_stands_twice_in_an_entry_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, ENTRY)
    path.write_text(path.read_text(encoding="utf-8") + "  measures: [trade]\n", encoding="utf-8")
    with pytest.raises(DataError, match="twice"):
        Programmes.load(path)


def test_a_file_that_cannot_be_read_is_a_data_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        Programmes.load(tmp_path / "absent.yml")


# The real lists


def _tags_of_csv(path: Path) -> set[str]:
    with path.open(encoding="cp1252", newline="") as rows:
        return {tag for row in csv.reader(rows) if len(row) > 4 for tag in re.split(r"\]\s*\[", row[3].strip("[] "))}


@pytest.mark.shared
@pytest.mark.parametrize(("edition", "tags"), [("2015-01-02", 43), ("2018-12-20", 49), ("2023-12-28", 75)])
def test_every_tag_of_the_real_sdn_editions_is_known(shared_data: Path, edition: str, tags: int) -> None:
    held = _tags_of_csv(shared_data / "ofac" / edition / "sdn.csv")
    assert len(held) == tags
    assert {tag for tag in held if Programmes.load().of("ofac-sdn", tag) is None} == set()


@pytest.mark.shared
def test_every_tag_of_the_real_non_sdn_lists_is_known(shared_data: Path) -> None:
    folder = shared_data / "ofac" / "nonsdn"
    held = _tags_of_csv(folder / "2025-12_cons_prim.csv")
    for file in ("2025-10-22_consolidated.xml", "2026-01-08_consolidated.xml"):
        held |= {node.text or "" for node in ET.parse(folder / file).getroot().iterfind(".//{*}program")}
    enhanced = ET.parse(folder / "2025-01-10_cons_enhanced.xml").getroot()
    held |= {node.text or "" for node in enhanced.iterfind(".//{*}sanctionsProgram")}
    assert len(held) > 10
    assert {tag for tag in held if Programmes.load().of("ofac-cons", tag) is None} == set()


@pytest.mark.shared
def test_every_programme_that_ofac_names_in_its_reference_values_is_known(shared_data: Path) -> None:
    root = ET.parse(shared_data / "ofac" / "nonsdn" / "2025-01-10_cons_enhanced.xml").getroot()
    named = {
        node.findtext("{*}value") or ""
        for node in root.iterfind(".//{*}referenceValue")
        if node.findtext("{*}type") == "PROGRAM"
    }
    assert len(named) == 82
    programmes = Programmes.load()
    assert {tag for tag in named if not programmes.of("ofac-sdn", tag) and not programmes.of("ofac-cons", tag)} == set()


@pytest.mark.shared
def test_every_list_type_of_the_real_un_editions_is_known(shared_data: Path) -> None:
    held = {
        (node.text or "").strip()
        for path in (shared_data / "un").glob("*.xml")
        for node in ET.parse(path).getroot().iter("UN_LIST_TYPE")
    }
    assert len(held) == 14
    assert {tag for tag in held if Programmes.load().of("un", tag) is None} == set()


@pytest.mark.shared
def test_of_the_real_libyans_five_are_under_the_travel_ban_alone(shared_data: Path) -> None:
    root = ET.parse(shared_data / "un" / "UN_2026-01-28.xml").getroot()
    alone = 0
    for node in (*root.iter("INDIVIDUAL"), *root.iter("ENTITY")):
        if (node.findtext("UN_LIST_TYPE") or "").strip() == "Libya":
            remarks = " ".join(part.text or "" for part in node if part.tag.startswith("COMMENTS"))
            one = Listing("un", node.findtext("DATAID") or "", Party(names=["X"]), ("Libya",), remarks=remarks)
            (found,) = designations(one, UN)
            assert found.mapped
            assert FREEZE in found.measures or found.measures == (Measure.TRAVEL_BAN, Measure.MENU)
            alone += FREEZE not in found.measures
    assert alone == 5


@pytest.mark.shared
def test_every_real_sdn_entry_is_blocked(shared_data: Path) -> None:
    for edition in ("2015-01-02", "2018-12-20", "2023-12-28"):
        with (shared_data / "ofac" / edition / "sdn.csv").open(encoding="cp1252", newline="") as rows:
            sets = {tuple(re.split(r"\]\s*\[", row[3].strip("[] "))) for row in csv.reader(rows) if len(row) > 4}
        for tags in sets:
            assert any(FREEZE in one.measures for one in designations(listing(*tags), SDN)), tags
