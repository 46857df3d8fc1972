"""Damaged files of the other authorities: refused whole, or what can be read is added and nobody removed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.errors import ListFileError
from interdiction.lists.detect import read_edition
from interdiction.lists.editions import plan
from interdiction.lists.readers import ListFile, Reading
from interdiction.lists.sources import Sources
from interdiction.model import EditionState, Grade

MADE = Path(__file__).parent / "made"
HMT_HEADER = (
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,DOB,Town of Birth,Country of Birth,Nationality,Passport Details,"
    "NI Number,Position,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,Country,"
    "Other Information,Group Type,Alias Type,Regime,Listed On,Last Updated,Group ID"
)
EU_HEADER = (
    "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_Remark;Entity_SubjectType;"
    "Entity_Regulation_Programme;Entity_Regulation_NumberTitle;Entity_Regulation_PublicationDate;NameAlias_WholeName;"
    "NameAlias_NameLanguage;Address_City;Address_CountryIso2Code;BirthDate_BirthDate;Identification_Number;"
    "Identification_TypeCode;Citizenship_CountryIso2Code"
)


def hmt_row(uid: int, name: str, alias: str = "Prime Alias", **more: str) -> str:
    cells = dict.fromkeys(HMT_HEADER.split(","), "")
    cells |= {"Name 6": name, "Group Type": "Entity", "Alias Type": alias, "Regime": "Syria", "Group ID": str(uid)}
    cells |= {key.replace("_", " "): value for key, value in more.items()}
    return ",".join(f'"{cell}"' if "," in cell else cell for cell in cells.values())


def eu_row(uid: int, name: str) -> str:
    return f"28/01/2026;{uid};EU.{uid}.1;remark;E;SYR;36/2012 (OJ L16);2012-01-19;{name};EN;;;;;;"


def hmt(*rows: str) -> bytes:
    return "\r\n".join(["Last Updated,13/04/2018", HMT_HEADER, *rows, ""]).encode("cp1252")


def eu(*rows: str) -> bytes:
    return ("\ufeff" + "\n".join([EU_HEADER, *rows, ""])).encode()


def sema(*names: str) -> bytes:
    records = "".join(
        f"<record><Country-Pays>Syria / Syrie</Country-Pays><EntityOrShip-EntiteOuNavire>{name}"
        f"</EntityOrShip-EntiteOuNavire><Schedule-Annexe>1, Part 2</Schedule-Annexe><Item-NumeroDarticle>{at}"
        f"</Item-NumeroDarticle><DateOfListing-DateDinscription>2011-05-24</DateOfListing-DateDinscription></record>\n"
        for at, name in enumerate(names, start=1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<data-set>\n{records}</data-set>'.encode()


def read(data: bytes, key: str, name: str = "file") -> Reading:
    return read_edition([ListFile(name, data)], key)


FILES: dict[str, tuple[str, bytes]] = {
    "eu.xml": ("eu", (MADE / "eu.xml").read_bytes()),
    "uk.xml": ("uk", (MADE / "uk.xml").read_bytes()),
    "ch.xml": ("ch", (MADE / "ch.xml").read_bytes()),
    "ca.xml": ("ca", sema("FIRST COMPANY", "SECOND COMPANY", "THIRD COMPANY")),
    "uk.csv": ("uk", (MADE / "uk.csv").read_bytes()),
    "hmt.csv": ("uk-hmt", hmt(hmt_row(1, "FIRST COMPANY"), hmt_row(2, "SECOND, COMPANY"), hmt_row(3, "THIRD"))),
    "eu.csv": ("eu", eu(eu_row(1, "FIRST COMPANY"), eu_row(2, "SECOND COMPANY"), eu_row(3, "THIRD COMPANY"))),
}
XML = [name for name in FILES if name.endswith("xml")]
TABLES = [name for name in FILES if name.endswith("csv")]


@pytest.mark.parametrize("name", XML)
def test_a_cut_document_keeps_what_stands_before_the_cut_and_is_in_doubt(name: str) -> None:
    key, data = FILES[name]
    whole = read(data, key)
    first = whole.listings[0]
    cut = read(data[: len(data) * 9 // 10], key)
    assert {"cut"} <= {one.code for one in cut.problems if one.grade is Grade.FILE}
    assert first.uid in {one.uid for one in cut.listings}


@pytest.mark.parametrize("name", XML)
def test_an_entity_bomb_is_refused(name: str) -> None:
    key, data = FILES[name]
    head, _, body = data.partition(b"?>")
    bomb = head + b'?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + body
    with pytest.raises(ListFileError) as caught:
        read(bomb, key)
    assert caught.value.code == "xml-entity"


@pytest.mark.parametrize("name", XML)
def test_another_namespace_is_refused(name: str) -> None:
    key, data = FILES[name]
    root = {
        "eu.xml": b"<export ",
        "uk.xml": b"<Designations ",
        "ch.xml": b"<swiss-sanctions-list ",
        "ca.xml": b"<data-set",
    }
    start = root[name]
    other = data.replace(b' xmlns="http://eu.europa.ec/fpi/fsd/export"', b"").replace(
        start, start.strip() + b' xmlns="http://example.com/new" ', 1
    )
    with pytest.raises(ListFileError) as caught:
        read(other, key)
    assert caught.value.code == "unknown-namespace"


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>Service unavailable</body></html>", "html"),
        (b"Colour of the thing\nred\n", "not-a-list"),
    ],
)
def test_what_is_no_list_is_refused(name: str, data: bytes, code: str) -> None:
    key, _ = FILES[name]
    with pytest.raises(ListFileError) as caught:
        read(data, key)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("eu.xml", b'identificationTypeCode="imo"', b'identificationTypeCode="hullcode"'),
        ("eu.xml", b'code="enterprise" classificationCode="E"', b'code="vessel" classificationCode="V"'),
        ("eu.xml", b'logicalId="69101"/>', b'logicalId="69101" nickName="Pet"/>'),
        ("uk.xml", b"<SanctionsImposed>Asset freeze|Travel Ban", b"<SanctionsImposed>Asset freeze|Moon ban"),
        ("uk.xml", b"<NameType>ALias", b"<NameType>Nickname"),
        ("uk.xml", b"<Titles><Title>Mullah", b"<Secrets><Secret>Mullah</Secret></Secrets><Titles><Title>Mullah"),
        ("ch.xml", b'object-type="vessel"', b'object-type="submarine"'),
        ("ch.xml", b'relation-type="related-to"', b'relation-type="godfather-of"'),
        ("ca.xml", b"</record>", b"<Colour-Couleur>red</Colour-Couleur></record>"),
        ("uk.csv", b",Primary Name,", b",Main Name,"),
    ],
)
def test_a_new_word_is_a_problem_and_is_kept(name: str, old: bytes, new: bytes) -> None:
    key, data = FILES[name]
    assert old in data
    reading = read(data.replace(old, new, 1), key)
    assert [(one.code, one.grade) for one in reading.problems] == [("new-word", Grade.PUBLISHED)] * len(
        reading.problems
    )
    assert reading.problems
    word = reading.problems[0].text.strip("<>")
    kept = str(reading.listings)
    assert word in kept or word.lower() in kept.lower() or "submarine" in kept


@pytest.mark.parametrize("name", XML)
def test_two_entries_of_one_id_are_reported_and_both_kept(name: str) -> None:
    key, data = FILES[name]
    text = data.decode()
    ids = {
        "eu.xml": ('logicalId="2204"', 'logicalId="108672"'),
        "uk.xml": ("<UniqueID>AFG0001<", "<UniqueID>AFG0006<"),
        "ch.xml": ('<target ssid="46130"', '<target ssid="5142"'),
        "ca.xml": ("Darticle>2<", "Darticle>1<"),
    }
    twice = read(text.replace(*ids[name], 1).encode(), key)
    assert [(one.code, one.grade) for one in twice.problems] == [("duplicate-id", Grade.ROW)]
    assert len(twice.listings) == len(read(data, key).listings) - 1
    before = {one.text for listing in read(data, key).listings for one in listing.party.names}
    assert before == {one.text for listing in twice.listings for one in listing.party.names}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("uk.csv", b",Alias strength,", b",Strength of alias,"), ("hmt.csv", b",DOB,", b",Date of birth,"),
     ("eu.csv", b";NameAlias_NameLanguage;", b";NameAlias_Language;")],
)  # fmt: skip
def test_a_renamed_column_takes_nothing_away(name: str, old: bytes, new: bytes) -> None:
    key, data = FILES[name]
    codes = {one.code: one.grade for one in read(data.replace(old, new), key).problems if one.node or one.code}
    assert codes["column-missing"] is Grade.FILE
    assert codes["unknown-column"] is Grade.PUBLISHED


@pytest.mark.parametrize("name", TABLES)
def test_a_row_that_does_not_fit_is_screened_as_it_stands_and_costs_only_itself(name: str) -> None:
    key, data = FILES[name]
    whole = read(data, key)
    bad = data.rstrip() + b'\nSTRAY "ROW OF SOMEBODY\n'
    reading = read(bad, key)
    assert {one.uid for one in whole.listings} <= {one.uid for one in reading.listings}
    (unread,) = [one for one in reading.listings if one.unread]
    assert "SOMEBODY" in unread.party.names[0].text
    assert [one.grade for one in reading.problems if one.code == "bad-row"] == [Grade.ROW]


@pytest.mark.parametrize("name", TABLES)
def test_a_header_without_its_ids_is_refused(name: str) -> None:
    key, data = FILES[name]
    for column in (b"Unique ID", b"Group ID", b"Entity_LogicalId"):
        data = data.replace(column, b"Number")
    with pytest.raises(ListFileError) as caught:
        read(data, key)
    assert caught.value.code == "unknown-columns"


def test_a_line_of_another_encoding_is_reported_and_read() -> None:
    rows = [hmt_row(1, "SOCIÉTÉ UNE"), hmt_row(2, "SOCIÉTÉ DEUX"), hmt_row(3, "GARÇON")]
    mixed = hmt(*rows).replace("SOCIÉTÉ DEUX".encode("cp1252"), "SOCIÉTÉ DEUX".encode())
    reading = read(mixed, "uk-hmt")
    assert {"SOCIÉTÉ UNE", "GARÇON"} <= {one.party.primary_name for one in reading.listings}
    utf = ("\ufeff" + "\n".join([EU_HEADER, eu_row(1, "Жук"), eu_row(2, "Éa"), eu_row(3, "Ös")])).encode()
    reading = read(utf.replace("Ös".encode(), b"\xd6s"), "eu")
    assert [(one.code, one.grade) for one in reading.problems if "column" not in one.code] == [("encoding", Grade.ROW)]
    assert [one.party.primary_name for one in reading.listings] == ["Жук", "Éa", "Ös"]


def test_a_cut_workbook_and_one_of_other_columns_are_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(ListFileError) as caught:
        read(packed.getvalue()[:120], "au")
    assert caught.value.code == "not-a-list"


def removal_of(name: str, damage: Callable[[bytes], bytes]) -> EditionState:
    key, data = FILES[name]
    whole = read(data, key)
    source = Sources.load().get(key)
    previous = {one.uid: one for one in whole.listings}
    found = plan(previous, None, read(damage(data), key), source, date(2012, 1, 28), parts=(), others=())
    assert found.removed == ()
    return found.state


@pytest.mark.parametrize("name", FILES)
def test_a_defective_edition_removes_nobody(name: str) -> None:
    def cut(data: bytes) -> bytes:
        if name in XML:
            return data[: len(data) * 17 // 20]
        lines = data.rstrip().split(b"\n")
        return b"\n".join([*lines[:-1], lines[-1][:20]])

    assert removal_of(name, cut) is EditionState.OVERLAY


EDIT = st.tuples(
    st.floats(0, 1), st.integers(0, 60), st.sampled_from([b"", b'"', b"<", b">", b"\n", b",", b"\0", b"&x;"])
)


@given(st.sampled_from(sorted(FILES)), EDIT)
def test_a_damaged_file_is_read_or_refused_and_keeps_whom_the_damage_did_not_touch(
    name: str, edit: tuple[float, int, bytes]
) -> None:
    key, data = FILES[name]
    at = int(edit[0] * len(data))
    damaged = data[:at] + edit[2] + data[at + edit[1] :]
    try:
        reading = read(damaged, key)
    except ListFileError as error:
        assert error.code
        return
    texts = " ".join(one.text for listing in reading.listings for one in listing.party.names)
    if name in {"hmt.csv", "eu.csv"}:
        for row in data.split(b"\n")[2:]:
            if row.strip() and row in damaged.split(b"\n") and b"COMPANY" in row:
                assert "COMPANY" in texts


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    for key, start in (
        ("eu", EU_HEADER.encode() + b"\n"),
        ("uk-hmt", HMT_HEADER.encode() + b"\n"),
        ("ca", b"<data-set>"),
    ):
        try:
            read(start + data, key)
        except ListFileError as error:
            assert error.code
