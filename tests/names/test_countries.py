from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from interdiction.errors import DataError
from interdiction.names import countries
from interdiction.names.countries import LONGEST, _read, code, codes, known, name, says_none

EDITIONS = ("2015-01-02", "2018-12-20", "2023-12-28")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Korea, North", "kp"),
        ("Democratic People's Republic of Korea", "kp"),
        ("Democratic People\u2019s Republic of Korea", "kp"),
        ("RPDC", "kp"),
        ("Republic of Korea", "kr"),
        ("Burma", "mm"),
        ("Congo, Democratic Republic of the", "cd"),
        ("Congo, Republic of the", "cg"),
        ("Region: Crimea", "ua"),
        ("Region: Gaza", "ps"),
        ("West Bank (Palestinian Authority)", "ps"),
        ("Palestinian", "ps"),
        ("Kosovo", "xk"),
        ("Iran (Islamic Republic of)", "ir"),
        ("Iran, Islamic Republic of", "ir"),
        ("Syrian Arab Republic", "sy"),
        ("the Russian Federation", "ru"),
        ("T\u00fcrkiye", "tr"),
        ("TURKIYE", "tr"),
        ("C\u00f4te d'Ivoire", "ci"),
        ("Cote d Ivoire", "ci"),
        ("Bolivia (Plurinational State of)", "bo"),
        ("Virgin Islands, British", "vg"),
        ("Man, Isle of", "im"),
        ("Bahamas, The", "bs"),
        ("St. Kitts and Nevis", "kn"),
        ("Cabo Verde.  Previously Cape Verde.", "cv"),
        ("Tunisian passport", "tn"),
        ("Bahrain (citizenship revoked in Jan. 2015)", "bh"),
        ("Iran / unknown", "ir"),
        ("PRK", "kp"),
        ("kp", "kp"),
        ("KP", "kp"),
        ("U.S.A.", "us"),
        ("UK", "gb"),
        ("NA", "na"),
        ("Russian", "ru"),
        ("iranian", "ir"),
    ],
)
def test_the_spellings_of_lists_and_books_give_their_country(text: str, expected: str) -> None:
    assert code(text) == expected
    assert codes(text) == (expected,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deutschland", "de"),
        ("Cor\u00e9e du Nord", "kp"),
        ("\u0420\u043e\u0441\u0441\u0438\u044f", "ru"),
        ("\u4e2d\u56fd", "cn"),
        ("\u5317\u671d\u9c9c", "kp"),
        ("\ubd81\ud55c", "kp"),
        ("\u0627\u06cc\u0631\u0627\u0646", "ir"),
        ("\u0130RAN", "ir"),
        ("Espa\u00f1a", "es"),
        ("SZWAJCARIA", "ch"),
    ],
)
def test_names_in_other_languages_are_understood_where_the_unicode_names_know_them(
    text: str, expected: str | None
) -> None:
    assert code(text) == expected


@pytest.mark.parametrize("text", ["Niger", "NIGER", "N\u00edger"])
def test_niger_is_never_nigeria(text: str) -> None:
    assert code(text) == "ne"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Korea", ("kp", "kr")),
        ("Congo", ("cd", "cg")),
        ("Sudan/South Sudan", ("sd", "ss")),
        ("Sudan/or South Sudan", ("sd", "ss")),
        ("Region: Kafia Kingi", ("sd", "ss")),
        ("Czechoslovakia", ("cz", "sk")),
    ],
)
def test_an_ambiguous_text_gives_every_candidate_and_no_single_code(text: str, expected: tuple[str, ...]) -> None:
    assert codes(text) == expected
    assert code(text) is None


@pytest.mark.parametrize(
    ("text", "own", "successor"),
    [
        ("USSR", "su", "kg"),
        ("former Soviet Union", "su", "ru"),
        ("ex-Yugoslavia", "yu", "ba"),
        ("Serbia and Montenegro", "cs", "me"),
        ("East Germany", "dd", "de"),
        ("Netherlands Antilles", "an", "cw"),
    ],
)
def test_a_state_that_is_no_more_keeps_its_own_code_and_names_its_successors(
    text: str, own: str, successor: str
) -> None:
    assert code(text) == own
    assert codes(text)[0] == own
    assert successor in codes(text)


def test_a_withdrawn_state_among_alternatives_is_not_the_one_country() -> None:
    assert code("USSR/Finland") is None
    assert "fi" in codes("USSR/Finland")


@pytest.mark.parametrize(
    "text", ["", "  ", "undetermined", "Unknown", "None Identified", "na", "n/a", "N/A", "-", "?", "stateless"]
)
def test_a_text_that_says_no_country_is_known_gives_none(text: str) -> None:
    assert says_none(text)
    assert code(text) is None
    assert codes(text) == ()


@pytest.mark.parametrize(
    "text", ["Jalisco", "New Mexico", "Atlantis", "Region: Commonwealth of Independent States", "ASIA"]
)
def test_what_is_no_country_is_not_guessed(text: str) -> None:
    assert code(text) is None
    assert codes(text) == ()
    assert not says_none(text)


def test_a_text_too_long_to_be_a_country_is_not_searched_for_one() -> None:
    assert code("Russia" + " " * LONGEST) is None
    assert code("Russia/" * 100_000) is None


def test_every_code_has_a_name_and_gives_itself_back() -> None:
    for one in known():
        assert name(one) != one
        assert code(one) == one or one == "na", one
        assert code(one.upper()) == one
        assert code(name(one)) == one, one


def test_a_name_is_given_back_for_what_is_no_code() -> None:
    assert name("KP") == "North Korea"
    assert name("Kafia Kingi") == "Kafia Kingi"


def test_the_file_holds_no_code_twice() -> None:
    text = (Path(countries.__file__).parent.parent / "data" / countries.FILE).read_text(encoding="utf-8")
    keys = re.findall(r"^  (\S+?): \{name", text, flags=re.MULTILINE)
    assert len(keys) == len(set(keys)) == len(known())


def test_the_file_covers_iso_3166_1() -> None:
    assert len(known() - {"xk", "su", "yu", "cs", "dd", "an"}) == 249


BOOK = {
    "countries": {"kp": {"name": "North Korea", "alpha3": "PRK"}, "kr": {"name": "South Korea", "alpha3": "KOR"}},
    "withdrawn": {},
    "several": {"Korea": ["kp", "kr"]},
    "none": [],
    "languages": ["en"],
}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"countries": {"kp": {"name": "Korea", "alpha3": "PRK"}, "kr": {"name": "Korea", "alpha3": "KOR"}}}, "kr"),
        ({"several": {"Korea": ["kp", "xx"]}}, "xx"),
        ({"countries": {"kp": {"nmae": "North Korea", "alpha3": "PRK"}}}, "nmae"),
        ({"more": []}, "more"),
    ],
)
def test_a_wrong_file_is_refused_by_name_of_the_entry(change: dict[str, object], told: str) -> None:
    assert _read(yaml.safe_dump(BOOK).encode()).meanings["prk"] == ("kp",)
    with pytest.raises(DataError, match=told) as caught:
        _read(yaml.safe_dump(BOOK | change).encode())
    assert caught.value.mend


def test_what_is_not_yaml_is_a_data_error() -> None:
    with pytest.raises(DataError):
        _read(b"countries: {")


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    found = codes(text)
    assert set(found) <= known()
    assert code(text) in {None, *found[:1]}


def _listed(shared_data: Path) -> set[str]:
    """Every country text that the lists at hand hold in a field of countries."""
    texts: set[str] = set()
    for edition in EDITIONS:
        folder = shared_data / "ofac" / edition
        with (folder / "sdn.csv").open(encoding="cp1252", newline="") as rows:
            for row in csv.reader(rows):
                if len(row) == 12:
                    texts.update(re.findall(r"(?:nationality|citizen) ([^;]+?)(?:;|\.?$)", row[11]))
        if (folder / "add.csv").exists():
            with (folder / "add.csv").open(encoding="cp1252", newline="") as rows:
                texts.update(row[4] for row in csv.reader(rows) if len(row) > 4)
    for path in sorted((shared_data / "un").glob("*.xml")):
        root = ET.parse(path).getroot()
        for tag in ("COUNTRY", "COUNTRY_OF_BIRTH", "ISSUING_COUNTRY", "COUNTRY_OF_ISSUE"):
            texts.update(node.text or "" for node in root.iter(tag))
        for field in ("NATIONALITY", "NATIONALITY2"):
            texts.update(value.text or "" for node in root.iter(field) for value in node.iter("VALUE"))
    return {text.strip().rstrip(".") for text in texts} - {"-0-", ""}


@pytest.mark.shared
def test_every_country_text_of_the_real_lists_is_understood(shared_data: Path) -> None:
    texts = _listed(shared_data)
    assert len(texts) > 200
    unresolved = {text for text in texts if not codes(text) and not says_none(text)}
    # several countries, never enumerated by the list
    assert unresolved == {"Region: Commonwealth of Independent States"}
