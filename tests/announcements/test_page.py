"""Documents of every kind: the text is clean, and every character knows where it stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.announcements.page import read_page
from interdiction.errors import InputError

HTML = (
    "<!doctype html><html><head><title>Sanctions</title><style>p {color: red}</style></head><body>"
    "<nav>Home | News</nav>"
    "<p>The Treasury today sanctioned <b>Alfa &amp; Beta</b> Trading.</p>"
    "<script>var x = 'OFAC designated Nobody';</script>"
    "<footer>Subscribe to our letter</footer></body></html>"
)
MAIL = (
    "From: Press Office <press@treasury.gov>\nSubject: Sanctions\nDate: Fri, 02 Jan 2015 10:00:00 -0500\n\n"
    "OFAC today designated one entity.\n"
)


def test_a_web_page_loses_its_markup_menus_and_scripts_and_keeps_the_places() -> None:
    page = read_page(HTML.encode(), "a.html")
    assert "Alfa & Beta Trading" in page.text
    assert "designated Nobody" not in page.text
    assert "Home" not in page.text
    start = page.text.index("sanctioned")
    assert page.words(page.span(start, start + 10)) == "sanctioned"
    entity = page.text.index("&")
    assert page.words(page.span(entity, entity + 1)) == "&"


def test_an_email_gives_its_headers_and_its_body() -> None:
    page = read_page(MAIL.encode(), "a.eml")
    assert page.headers["from"].endswith("<press@treasury.gov>")
    assert page.text.strip() == "OFAC today designated one entity."


def test_a_packed_email_is_unpacked_and_says_so() -> None:
    raw = (
        "From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        "Content-Transfer-Encoding: base64\n\nT0ZBQyBkZXNpZ25hdGVkIG9uZSBlbnRpdHku\n"
    )
    page = read_page(raw.encode(), "b.eml")
    assert "OFAC designated one entity." in page.text
    assert [one.code for one in page.problems] == ["packed-mail"]


def test_invisible_characters_are_left_out_and_counted() -> None:
    page = read_page("OFAC desig\u200bnated Al\u00adfa\u202e.".encode(), "c.txt")
    assert page.text == "OFAC designated Alfa."
    assert [one.code for one in page.problems] == ["invisible"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b" \r\n\x00", "empty"),
        (b"%PDF-1.7 ...", "not-text"),
        (b"PK\x03\x04....", "not-text"),
        (b"abc\x00\x01\x00\x02\x00\x03\x00\x04", "not-text"),
        (b"a" * 5_000_001, "too-long"),
    ],
)
def test_what_is_no_text_is_refused_with_its_code(raw: bytes, code: str) -> None:
    with pytest.raises(InputError) as refused:
        read_page(raw, "x")
    assert refused.value.code == code
    assert refused.value.mend


@given(st.text(min_size=1).filter(lambda text: text.strip("\x00 \t\r\n\ufeff")))
def test_every_character_of_the_text_stands_in_the_original(text: str) -> None:
    try:
        page = read_page(text.encode("utf-8", "replace"), "any.txt")
    except InputError:
        return
    assert len(page.places) == len(page.text)
    assert list(page.places) == sorted(page.places)
    assert all(0 <= place < len(page.original) for place in page.places)


def test_a_printed_page_loses_its_broken_words_and_form_feeds_and_every_place_stays() -> None:
    original = (
        "The Treasury desig-\nnated Orvel Bank.\fPage 2 of 3\nIt acted under its autho-\n  rity. All prop-\nerty."
    )
    page = read_page(original.encode(), "order.txt")
    assert page.text == "The Treasury designated Orvel Bank.\nPage 2 of 3\nIt acted under its authority. All property."
    at = page.text.index("designated")
    assert page.words(page.span(at, at + len("designated"))) == "desig-\nnated"


def test_a_hyphen_at_the_end_of_one_line_stays_in_a_text_that_is_not_printed() -> None:
    assert read_page(b"an Iran-\nbased broker", "story.txt").text == "an Iran-\nbased broker"


def test_a_forwarded_email_loses_its_marks() -> None:
    raw = b"From: a@bank.example\nSubject: Fwd\n\nSee below.\n\n> OFAC today designated\n> Orvel Bank.\n>\n> No reason."
    page = read_page(raw, "mail.eml")
    assert ">" not in page.text
    assert "designated\nOrvel Bank." in page.text
