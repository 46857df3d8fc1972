"""The page of `interdict read --html`: what an officer must not miss, and that no document can write into it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Ask

TEXT = """# date: 2015-01-05

Council widens its measures over the Sahel

On 3 January 2015 OFAC designated Oren Baskal <script>alert(1)</script> & Sons Trading LLC. It named
Ivo Harlan on 9 October 2013, when OFAC sanctioned Temple Bay Trading. Two more designations lay on its table in May.
Harbour Line Shipping denied it. OFAC has not designated Rolf Tanner.
"""


@pytest.fixture
def page(ask: Ask, tmp_path: Path) -> str:
    story = tmp_path / "story.txt"
    story.write_text(TEXT, encoding="utf-8")
    ask("read", story, "--html", tmp_path / "page.html")
    return (tmp_path / "page.html").read_text(encoding="utf-8")


def row(page: str, label: str) -> str:
    found = re.search(rf"<tr><td>{label}</td><td>(.*?)</td></tr>", page, re.DOTALL)
    return found[1] if found else ""


def test_a_sentence_that_speaks_of_an_order_and_was_not_read_is_pointed_at(page: str) -> None:
    unread = re.findall(r'<div class="pair unread" id="([^"]+)"><p>(.*?)</p>', page, re.DOTALL)
    places = [place for place, words in unread if "designations lay on its table" in words]
    assert len(places) == 1
    assert f'href="#{places[0]}"' in row(page, "Not read")


def test_every_place_that_is_pointed_at_is_on_the_page(page: str) -> None:
    places = re.findall(r'href="#([^"]+)"', page)
    assert places
    assert set(places) <= set(re.findall(r'id="([^"]+)"', page))


def test_the_orders_own_day_stands_before_those_of_other_acts(page: str) -> None:
    assert row(page, "Day").startswith("<b>2015-01-03</b>")
    assert "2013-10-09" in row(page, "Day")


def test_what_was_not_done_and_what_the_answer_rests_on_stand_in_the_summary(page: str) -> None:
    assert "only denied" in row(page, "Not done")
    assert "ofac-sdn@2015-01-02" in row(page, "Held against")


def test_names_that_are_no_targets_are_marked_as_such(page: str) -> None:
    assert '<mark class="name" title="a name, not read as a target: Harbour Line Shipping">' in page


def test_a_document_cannot_write_markup_into_the_page(page: str) -> None:
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_without_a_list_the_page_says_that_nobody_was_looked_up(ask: Ask, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(TEXT, encoding="utf-8")
    answer = ask("read", story, "--html", tmp_path / "page.html", home=tmp_path / "none")
    shown = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert answer.code == 4
    assert "no list is in force: nobody was looked up" in row(shown, "Held against")
    assert "not looked up" in row(shown, "Targets")
    assert "answers to this name" not in shown
    assert "answers to this name" not in answer.out


def test_no_order_found_still_says_which_sentences_to_read(ask: Ask, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("The committee may yet see names struck off the list, observers think.\n", encoding="utf-8")
    answer = ask("read", story, "--html", tmp_path / "page.html")
    assert "No order found" in answer.out
    assert "sentences that speak of an order, and no act was read there: 0" in answer.out
    assert 'href="#s0-0"' in row((tmp_path / "page.html").read_text(encoding="utf-8"), "Not read")


def test_a_list_that_was_not_read_is_pointed_at_by_the_words_before_it(ask: Ask, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("OFAC acted today.\n\nFurther names have been added to the SDN List:\n\n- - -\n", encoding="utf-8")
    ask("read", story, "--html", tmp_path / "page.html")
    shown = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "nobody was read whom" in row(shown, "Not read")
    assert "and what follows it" in shown


def test_the_summary_says_what_was_ordered_and_sets_apart_whom_the_order_lets_go(ask: Ask, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("OFAC designated Orvel Bank. OFAC removed Temple Bay Trading from its list.", encoding="utf-8")
    ask("read", story, "--html", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert re.findall(r"<b>(\w+)</b>", row(page, "Ordered")) == ["designate", "delist"]
    assert "Orvel Bank" in row(page, "Targets")
    assert "Temple Bay" not in row(page, "Targets")
    assert "Temple Bay Trading" in row(page, "Let go, licensed")


def test_a_target_of_an_act_that_another_sentence_tells_points_there(ask: Ask, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Ivo Harlan owns a bank. OFAC sanctioned Harlan on Monday.", encoding="utf-8")
    ask("read", story, "--html", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert 'target: Ivo Harlan (person), of the act in <a class="at" href="#s0-1">1</a>' in page or (
        'target: Ivo Harlan, of the act in <a class="at" href="#s0-1">1</a>' in page
    )
