"""The page: whole in itself, safe with any name, the same bytes from the same result."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import msgspec
import pytest

from interdiction.assurance.report import marks
from interdiction.assurance.report.page import page
from interdiction.assurance.result import Assurance
from interdiction.assurance.run import Wanted, customers
from interdiction.assurance.subject import Subject
from interdiction.assurance.truth import texts
from interdiction.model import Name, Party
from tests.assurance.conftest import DEFAULT, Run, people

Make = Callable[..., Subject]


@pytest.fixture
def result(subject: Make, run: Run) -> Assurance:
    whom = customers(None, "", Wanted(thresholds=DEFAULT, innocents=200))
    return run(subject(), whom, each=4, tried=(0.9,)).result


def test_the_page_needs_nothing_from_anywhere(result: Assurance) -> None:
    html = page(result)
    assert re.findall(r"(?:src|href|url|@import|<script|<link|<iframe)[=( ]", html) == []
    assert re.findall(r"https?://", html) == []


def test_every_plot_is_well_formed_and_says_what_it_shows(result: Assurance) -> None:
    html = page(result)
    drawn = [ET.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]
    assert len(drawn) > len(result.classes)
    titles = [one.findtext("title") for one in drawn if one.get("class") in {"row", "plot"}]
    assert all(titles)


def test_the_page_names_everything_that_the_figures_depend_on(result: Assurance) -> None:
    html = page(result)
    setting = result.setting
    wanted = [
        setting.weights_sha256,
        setting.core,
        *(one.sha256 for one in setting.lists),
        "22 November 2026, 08:00 UTC",
    ]
    assert [one for one in wanted if one not in html] == []
    assert [one.key for one in result.classes if one.key not in html] == []


def test_the_page_answers_to_its_rules_and_states_its_limits(result: Assurance) -> None:
    html = page(result)
    assert "3 NYCRR 504.3" in html
    assert "Wolfsberg" in html
    assert [one for one in texts().limits if str(marks.text(one)) not in html] == []


def test_the_same_result_gives_the_same_page(result: Assurance) -> None:
    assert page(result) == page(msgspec.json.decode(msgspec.json.encode(result), type=Assurance))


def test_a_name_that_is_markup_stays_text(subject: Make, run: Run) -> None:
    evil = Party(kind="organisation", names=[Name('<script>alert("1")</script> & TRADING COMPANY')])
    whom = customers(None, "", Wanted(thresholds=DEFAULT, innocents=100))
    html = page(run(subject([evil, *people()]), whom, each=9, tried=(0.95,)).result)
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_signs_that_nobody_sees_are_written_out() -> None:
    assert marks.name("KO\u200bREA") == '<bdi>KO<span class="sign">U+200B</span>REA</bdi>'


def test_a_loss_is_never_rounded_away() -> None:
    from interdiction.assurance.intervals import share

    assert marks.recall(share(9_999, 10_000)) == "< 100 %"
    assert marks.recall(share(10_000, 10_000)) == "100.0 %"
    assert marks.recall(share(0, 0)) == "–"


def test_a_promise_that_was_not_kept_stands_in_the_summary(result: Assurance) -> None:
    broken = tuple(
        msgspec.structs.replace(one, recall=msgspec.structs.replace(one.recall, found=one.recall.found - 1))
        if one.key == "exact"
        else one
        for one in result.classes
    )
    html = page(msgspec.structs.replace(result, classes=broken))
    assert "Promises not kept: exact (1 lost)" in html
    assert "Promises not kept" not in page(result)
