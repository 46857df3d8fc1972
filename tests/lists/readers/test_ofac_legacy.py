from __future__ import annotations

from collections.abc import Callable

import pytest

from interdiction.errors import ListFileError
from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile, Reading
from interdiction.model import Grade, Kind, Listing, NameQuality

Make = Callable[..., str]
File = Callable[..., ListFile]
ByUid = Callable[[tuple[Listing, ...]], dict[str, Listing]]


def codes(reading: Reading) -> list[tuple[str, str]]:
    return [(one.code, one.grade.value) for one in reading.problems]


def read(*files: ListFile) -> Reading:
    return read_edition(files, "ofac-sdn")


def test_a_set_is_joined_by_its_numbers_whatever_its_files_are_called(
    sdn: Make, alt: Make, add: Make, file: File
) -> None:
    reading = read(
        file("c", add(36, 25, None, "Havana", "Cuba"), add(36, 26, "Calle 1", "Sofia, Stolichna 1000", "Bulgaria")),
        file("b", alt(36, 12, "aka", "AERO-CARIBBEAN"), alt(36, 13, "fka", "OLD"), alt(36, 14, "nka", "NEW")),
        file("a", sdn(36, "AEROCARIBBEAN AIRLINES", program="NPWMD] [DPRK2", Title="Boss; Head")),
    )
    assert reading.format == "ofac-csv"
    assert reading.parts == ("add", "alt", "sdn")
    assert reading.problems == ()
    (listing,) = reading.listings
    assert listing.id == "ofac-sdn:36"
    assert listing.programmes == ("NPWMD", "DPRK2")
    assert listing.party.kind is Kind.ORGANISATION
    assert listing.party.titles == ("Boss", "Head")
    assert [(name.text, name.quality) for name in listing.party.names] == [
        ("AEROCARIBBEAN AIRLINES", NameQuality.PRIMARY),
        ("AERO-CARIBBEAN", NameQuality.STRONG),
        ("OLD", NameQuality.FORMER),
        ("NEW", NameQuality.STRONG),
    ]
    havana, sofia = listing.party.addresses
    assert (havana.city, havana.country) == ("Havana", "cu")
    assert (sofia.street, sofia.city, sofia.region, sofia.postal_code) == ("Calle 1", "Sofia", "Stolichna", "1000")


def test_the_columns_of_a_ship_are_read(sdn: Make, file: File) -> None:
    row = sdn(
        15036,
        "ARTAVIL",
        "vessel",
        Call_Sign="T2EU4",
        Vess_type="Crude/Oil Products Tanker",
        Tonnage="99,144",
        GRT="56,068",
        Vess_flag="Iran",
        Vess_owner="NITC",
    )
    vessel = read(file("sdn.csv", row)).listings[0].party.vessel
    assert vessel is not None
    assert (vessel.call_sign, vessel.tonnage, vessel.gross_tonnage) == ("T2EU4", "99144", "56068")
    assert (vessel.flag, vessel.owner, vessel.type) == ("ir", "NITC", "Crude/Oil Products Tanker")


@pytest.mark.parametrize(
    "damage",
    [
        '7,"KIM, Yong Chol","individual","DPRK2"',
        '7,"KIM, Yong Chol,"individual","DPRK2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ',
        '7,"KIM, Yong Chol","individual","DPRK2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1962',
        '7,"KIM, Yong Chol","individual","DPRK2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ',
        '7,"KIM, \0Yong Chol","individual","DPRK2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ',
        'x7,"KIM, Yong Chol","individual","DPRK2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ',
    ],
)
def test_a_damaged_row_costs_only_itself_and_is_screened_by_its_text(
    damage: str, sdn: Make, file: File, by_uid: ByUid
) -> None:
    rows = [sdn(uid, f"COMPANY {uid}") for uid in range(1000, 1553)]
    reading = read(file("sdn.csv", *rows[:200], damage, *rows[200:]))
    found = by_uid(reading.listings)
    assert all(f"{uid}" in found and not found[f"{uid}"].unread for uid in range(1000, 1553))
    (unread,) = [listing for listing in reading.listings if listing.unread]
    assert any("KIM, Yong Chol" in name.text for name in unread.party.names)
    assert unread.remarks == damage
    assert unread.uid == ("line-201" if damage.startswith("x") else "7")
    (problem,) = reading.problems
    assert (problem.code, problem.grade, problem.line, problem.file) == ("bad-row", Grade.ROW, 201, "sdn.csv")


def test_the_name_of_a_damaged_row_is_kept_apart_from_the_rest_of_its_text(file: File, sdn: Make) -> None:
    reading = read(file("sdn.csv", sdn(1, "A"), sdn(2, "B"), '7,"KIM, Yong Chol","individual","DPRK2"'))
    assert reading.listings[-1].party.names[0].text == "KIM, Yong Chol"


def test_a_value_over_two_lines_is_one_value(file: File, sdn: Make) -> None:
    broken = sdn(2, "KIM, Yong Chol").replace("Yong", "\r\nYong")
    reading = read(file("sdn.csv", sdn(1, "A"), broken, sdn(3, "C")))
    assert [listing.party.primary_name for listing in reading.listings] == ["A", "KIM, Yong Chol", "C"]
    assert reading.problems == ()


def test_rows_without_a_line_end_between_them_are_both_read(file: File, sdn: Make, by_uid: ByUid) -> None:
    reading = read(file("sdn.csv", sdn(1, "A"), sdn(2, "B") + sdn(3, "C"), sdn(4, "D")))
    assert by_uid(reading.listings).keys() == {"1", "2", "3", "4"}
    assert not any(listing.unread for listing in reading.listings)


def test_a_row_published_twice_is_noted_and_two_parties_under_one_number_are_both_kept(file: File, sdn: Make) -> None:
    reading = read(file("sdn.csv", sdn(1, "A"), sdn(1, "A"), sdn(1, "B", Remarks="DOB 1970."), sdn(2, "C")))
    assert codes(reading) == [("repeated-row", "published"), ("duplicate-id", "row")]
    assert [name.text for name in reading.listings[0].party.names] == ["A", "B"]
    assert [str(day) for day in reading.listings[0].party.birth_dates] == ["1970"]


def test_an_alias_whose_party_is_missing_is_a_listing_of_its_own(file: File, sdn: Make, alt: Make, add: Make) -> None:
    reading = read(
        file("sdn.csv", sdn(1, "A")),
        file("alt.csv", alt(1, 1, "aka", "AA"), alt(9, 2, "aka", "LOST ONE"), alt(9, 3, "aka", "LOST TWO")),
        file("add.csv", add(1, 1, None, "Havana", "Cuba"), add(8, 2, None, "Lima", "Peru")),
    )
    orphan = reading.listings[-1]
    assert (orphan.uid, orphan.unread) == ("9", True)
    assert [name.text for name in orphan.party.names] == ["LOST ONE", "LOST TWO"]
    assert codes(reading) == [("orphan-row", "row"), ("orphan-row", "row")]


def test_an_alias_of_a_damaged_row_goes_with_it(file: File, sdn: Make, alt: Make) -> None:
    reading = read(
        file("sdn.csv", sdn(1, "A"), sdn(2, "B"), '3,"C","individual"'),
        file("alt.csv", alt(3, 1, "aka", "CC"), alt(1, 2, "aka", "AA")),
    )
    assert reading.listings[-1].unread
    assert "CC" in [name.text for name in reading.listings[-1].party.names]


def test_a_damaged_alias_row_is_screened_and_given_to_its_party(file: File, sdn: Make, alt: Make) -> None:
    reading = read(
        file("sdn.csv", sdn(1, "A")),
        file("alt.csv", alt(1, 1, "aka", "AA"), alt(1, 3, "aka", "AC"), '1,2,"aka","AB"'),
    )
    assert "AB" in [name.text for name in reading.listings[0].party.names]
    assert reading.listings[1].unread
    assert codes(reading) == [("bad-row", "row")]


def test_unknown_words_are_problems_and_their_parties_compare_with_all(file: File, sdn: Make, alt: Make) -> None:
    reading = read(
        file("sdn.csv", sdn(1, "A"), sdn(2, "B"), sdn(3, "C", "spaceship")),
        file("alt.csv", alt(1, 1, "aka", "AA"), alt(1, 2, "xka", "AB")),
    )
    assert reading.listings[2].party.kind is None
    assert [name.quality for name in reading.listings[0].party.names[1:]] == [NameQuality.STRONG, NameQuality.STRONG]
    assert codes(reading) == [("unknown-type", "row"), ("unknown-type", "row")]


def thousand(text: str) -> str:
    return ("x; " * 400 + text)[-1000:]


def test_cut_remarks_are_joined_exactly_with_their_continuation(file: File, sdn: Make) -> None:
    reading = read(
        file("sdn.csv", sdn(1, "A", Remarks=thousand("DOB 1970; a.k.a. 'WHOIS HACKIN"))),
        file("comments.csv", '1,"G TEAM\'; Gender Male."'),
    )
    assert reading.problems == ()
    assert reading.listings[0].party.names[1].text == "WHOIS HACKING TEAM"
    assert (reading.listings[0].remarks or "").endswith("'WHOIS HACKING TEAM'; Gender Male.")


def test_the_cut_token_of_a_remark_without_continuation_is_no_name_and_no_number(file: File, sdn: Make) -> None:
    for tail in (
        "a.k.a. 'WHOIS HACKIN",
        "Digital Currency Address - XBT 3F6bbvS1krsc1qR8FsbTDfYQyvkMm",
        "Passport 563",
    ):
        reading = read(file("sdn.csv", sdn(1, "A", Remarks=thousand("Gender Male; " + tail))))
        (problem,) = reading.problems
        assert (problem.code, problem.grade) == ("remark-cut", Grade.PUBLISHED)
        assert tail[-20:] in problem.text
        party = reading.listings[0].party
        assert len(party.names) == 1
        assert party.identifiers == ()
        assert party.gender is not None


def test_a_continuation_without_its_party_is_kept_as_the_publishers_defect(file: File, sdn: Make) -> None:
    reading = read(file("sdn.csv", sdn(1, "A")), file("comments.csv", '12300,"Z S.A.S.; Linked To: RED MUNDIAL."'))
    assert codes(reading) == [("orphan-comment", "published")]
    assert "RED MUNDIAL" in reading.problems[0].text


def test_a_loose_joint_is_not_read_across(file: File, sdn: Make) -> None:
    reading = read(
        file("sdn.csv", sdn(1, "A", Remarks="DOB 1970; a.k.a. 'HAL")), file("c.csv", '1,"F\'; Gender Male."')
    )
    assert codes(reading) == [("remark-joint", "published")]
    party = reading.listings[0].party
    assert [name.text for name in party.names] == ["A"]
    assert str(party.birth_dates[0]) == "1970"
    assert party.gender is not None


def test_ties_point_to_the_listing_that_bears_the_name_alone(file: File, sdn: Make) -> None:
    reading = read(
        file(
            "sdn.csv",
            sdn(1, "LAZARUS GROUP"),
            sdn(2, "TWIN"),
            sdn(3, "TWIN"),
            sdn(4, "X", Remarks="Linked To: LAZARUS GROUP; Linked To: TWIN; Linked To: ACME CO."),
            sdn(5, "ACME CO."),
        )
    )
    ties = reading.listings[3].relations
    assert [(one.to, one.listing) for one in ties] == [
        ("LAZARUS GROUP", "ofac-sdn:1"),
        ("TWIN", None),
        ("ACME CO.", "ofac-sdn:5"),
    ]


def test_a_file_cut_inside_a_row_says_so_and_keeps_what_was_there(sdn: Make) -> None:
    whole = "\r\n".join([sdn(1, "A"), sdn(2, "B"), sdn(3, "KIM, Yong Chol", Remarks="DOB 1962.")]).encode()
    for cut in range(len(whole) - 30, len(whole) - 1):
        reading = read(ListFile("sdn.csv", whole[:cut]))
        assert ("cut", "file") in codes(reading), whole[:cut][-40:]
        assert len(reading.listings) == 3


def test_a_file_cut_at_a_rows_end_says_so_where_the_publishers_end_mark_is_missing(sdn: Make, alt: Make) -> None:
    whole = "\r\n".join([sdn(1, "A"), sdn(2, "B"), ""]).encode()
    assert codes(read(ListFile("sdn.csv", whole))) == [("cut", "file")]
    assert codes(read(ListFile("sdn.csv", whole + b"\x1a"))) == []
    rewritten = whole.replace(b"\r", b"")
    marked = (alt(1, 1, "aka", "AA") + "\n\x1a").encode()
    assert ("cut", "file") in codes(read(ListFile("sdn.csv", rewritten), ListFile("alt.csv", marked)))


def test_a_download_that_was_never_filled_is_a_cut_file(sdn: Make) -> None:
    begun = "\n".join([sdn(1, "A"), sdn(2, "B"), ""]).encode() + b"\0" * 64
    assert ("cut", "file") in codes(read(ListFile("sdn.csv", begun)))


def test_a_cell_of_any_length_is_read(sdn: Make, file: File) -> None:
    reading = read(file("sdn.csv", sdn(1, "A"), sdn(2, "B", Remarks="x" * 200_000), sdn(3, "C")))
    assert [listing.uid for listing in reading.listings] == ["1", "2", "3"]
    assert not any(listing.unread for listing in reading.listings)
    assert all(len(problem.text) <= 240 for problem in reading.problems)


def test_where_nothing_of_the_set_has_an_end_mark_that_is_noted(sdn: Make) -> None:
    rewritten = "\n".join([sdn(1, "A"), sdn(2, "B")]).encode()
    assert codes(read(ListFile("sdn.csv", rewritten))) == [("no-end-mark", "published")]


def test_a_byte_order_mark_is_dropped_and_noted(sdn: Make, file: File) -> None:
    marked = ListFile("sdn.csv", b"\xef\xbb\xbf" + file("sdn.csv", sdn(1, "A")).data)
    reading = read(marked)
    assert codes(reading) == [("byte-order-mark", "published")]
    assert reading.listings[0].uid == "1"


def test_cp1252_is_the_rule_and_utf8_is_noted(sdn: Make, file: File) -> None:
    plain = file("sdn.csv", sdn(1, "CAÑO LÓPEZ"), sdn(2, "\u2018ABD"))
    assert [listing.party.primary_name for listing in read(plain).listings] == ["CAÑO LÓPEZ", "\u2018ABD"]
    assert read(plain).problems == ()
    wide = ListFile("sdn.csv", plain.data.decode("cp1252").encode("utf-8"))
    assert [listing.party.primary_name for listing in read(wide).listings] == ["CAÑO LÓPEZ", "\u2018ABD"]
    assert codes(read(wide)) == [("utf-8", "published")]


def test_a_byte_that_no_encoding_knows_is_a_problem_of_its_row_and_the_row_is_used(sdn: Make, file: File) -> None:
    data = file("sdn.csv", sdn(1, "KIM_ Yong"), sdn(2, "B")).data.replace(b"_", b"\x81")
    reading = read(ListFile("sdn.csv", data))
    assert codes(reading) == [("encoding", "row")]
    assert reading.listings[0].party.primary_name == "KIM\ufffd Yong"


def test_a_line_of_column_names_is_passed_over(sdn: Make, file: File) -> None:
    reading = read(file("sdn.csv", "ent_num,SDN_Name,SDN_Type", sdn(1, "A"), sdn(2, "B")))
    assert codes(reading) == [("header", "published")]
    assert len(reading.listings) == 2


def test_a_name_of_digits_is_a_name(sdn: Make, file: File) -> None:
    assert read(file("sdn.csv", sdn(1, "7TH OF TIR"), sdn(2, "313"))).listings[1].party.primary_name == "313"


def test_a_set_without_its_main_file_is_refused(alt: Make, file: File) -> None:
    with pytest.raises(ListFileError) as refused:
        read(file("alt.csv", alt(1, 1, "aka", "AA")))
    assert refused.value.code == "not-a-list"
    assert refused.value.mend


def test_a_role_given_twice_is_refused(sdn: Make, file: File) -> None:
    with pytest.raises(ListFileError) as refused:
        read(file("sdn.csv", sdn(1, "A")), file("sdn2.csv", sdn(2, "B")))
    assert (refused.value.code, refused.value.where) == ("duplicate-part", "sdn2.csv")


def test_the_non_sdn_list_is_recognised_by_its_tags(sdn: Make, file: File) -> None:
    assert read(file("sdn.csv", sdn(1, "A", program="CMIC-EO13959"))).list_hint == "ofac-cons"
    assert read(file("cons_prim.csv", sdn(1, "A", program="CUBA"))).list_hint == "ofac-sdn"
