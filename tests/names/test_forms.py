from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.names import forms
from interdiction.names.batch import is_address


@pytest.mark.parametrize(
    ("kind", "value", "country"),
    [
        ("imo", "9187629", None),
        ("imo", "IMO 9187629", None),
        ("imo", "5342883", None),  # the number of a company ends in another check digit than a ship's
        ("lei", "253400HA6URWT39X2982", None),
        ("bic", "HAVIGB2L", None),
        ("bic", "HAVIGB2LXXX", None),
        ("iban", "GB82 WEST 1234 5698 7654 32", None),
        ("duns", "52-024-2307", None),
        ("tax_id", "7707083893", "ru"),
        ("tax_id", "773407989940", "ru"),
        ("tax_id", "DIB-771110-HQ1", "mx"),
        ("tax_id", "800018928-0", "co"),
    ],
)
def test_a_number_written_as_its_kind_has_no_fault(kind: str, value: str, country: str | None) -> None:
    assert forms.fault(kind, value, country) == ""
    assert forms.text(kind, value, country).startswith(f"{kind}:")


@pytest.mark.parametrize(
    ("kind", "value", "country", "said"),
    [
        ("imo", "9187620", None, "check digit"),
        ("imo", "918762", None, "seven digits"),
        ("imo", "RS 150443", None, "not written"),
        ("lei", "253400HA6URWT39X2983", None, "check digit"),
        ("lei", "123", None, "check digit"),
        ("bic", "HAVI-GB", None, "too long or too short"),
        ("iban", "GB82 WEST 1234 5698 7654 33", None, "check digit"),
        ("iban", "G" * 500, None, "too long or too short"),
        ("duns", "12345", None, "nine digits"),
        ("tax_id", "7707083894", "ru", "check digit"),
        ("tax_id", "890325040-4", "co", "check digit"),
    ],
)
def test_a_malformed_number_is_said_to_be_so(kind: str, value: str, country: str | None, said: str) -> None:
    assert said in forms.fault(kind, value, country)
    assert said in forms.sentence(kind, value, country)
    assert forms.text(kind, value, country).startswith(f"{kind}?:")


@pytest.mark.parametrize(
    ("kind", "country"),
    [("passport", "kp"), ("national_id", "ru"), ("tax_id", None), ("tax_id", "us"), ("other", None)],
)
def test_what_has_no_known_form_has_no_fault(kind: str, country: str | None) -> None:
    assert forms.fault(kind, "!", country) == ""


def test_every_form_that_is_named_exists() -> None:
    known = forms._forms()
    for modules in (*known.anywhere.values(), *known.tax_id.values()):
        assert modules
        for name in modules:
            assert callable(import_module(f"stdnum.{name}").validate)


@given(
    st.sampled_from([(kind, None) for kind in forms.types()] + [("tax_id", one) for one in forms._forms().tax_id]),
    st.text(max_size=40) | st.from_regex(r"[0-9A-Z -]{1,30}", fullmatch=True),
)
def test_any_text_is_told_apart_without_an_error(of: tuple[str, str | None], value: str) -> None:
    assert isinstance(forms.fault(of[0], value, of[1]), str)


@pytest.mark.shared
def test_hardly_a_number_of_the_official_lists_is_malformed(shared_data: Path) -> None:
    from interdiction.engine.given import list_files
    from interdiction.lists.detect import read_edition

    found = read_edition(list_files(sorted((shared_data / "ofac" / "2023-12-28").iterdir())), "ofac-sdn")
    numbers = [one for listing in found.listings for one in listing.party.identifiers if one.type in forms.types()]
    wrong = [one for one in numbers if forms.fault(one.type, one.value, one.country)]
    assert len(numbers) > 3_500
    assert 0.005 < len(wrong) / len(numbers) < 0.03


@pytest.mark.parametrize(
    ("name", "kind", "is_one"),
    [
        ("0x098B716B8Aaf21512996dC57EB0615e2383E2f96", None, True),
        ("0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "wallet", True),
        ("12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", "wallet", True),
        ("12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", None, False),
        ("0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "person", False),
        ("LAZARUS GROUP", "wallet", False),
    ],
)
def test_the_name_of_a_wallet_may_be_its_address(name: str, kind: str | None, is_one: bool) -> None:
    from interdiction.model import Kind

    assert (is_address(name, Kind(kind) if kind else None) and kind != "person") == is_one
