"""Lists and settings at the edge: the run ends, the page is whole, and what could not be measured says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree import ElementTree as ET

import pytest

from interdiction.assurance.report.page import page
from interdiction.assurance.result import BookTested
from interdiction.assurance.run import Customers
from interdiction.assurance.subject import Subject
from interdiction.model import Name, NameQuality, Party
from interdiction.names.thresholds import Row, Thresholds
from tests.assurance.conftest import Run

Make = Callable[..., Subject]
ONE = Customers([Party(id="1", kind="person", names=["Emily Hartwell"])], BookTested("", "", 1, 1))


@pytest.mark.parametrize(
    "parties",
    [
        [Party(kind="person", names=["محمد طاهر أنوري"])],
        [Party(kind="person", names=[Name("K", NameQuality.WEAK)])],
        [Party(kind="vessel", names=["7"], identifiers=["imo:9187629"])],
        [Party(names=["..."]), Party(kind="person", names=["X"])],
        [Party(kind="wallet", identifiers=["wallet:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"])],
        [Party(kind="organisation", names=["A " * 200])],
        [Party(kind="person", names=["\u202eevil\u202c", "<b>&amp;", "a\x00b\x1f"])],
    ],
    ids=["arabic", "weak", "number", "signs", "wallet", "long", "markup"],
)
def test_a_list_that_few_classes_fit_is_measured_as_far_as_it_goes(
    parties: Sequence[Party], subject: Make, run: Run
) -> None:
    result = run(subject(parties), ONE, each=3, every=True, tried=(0.5,)).result
    assert [one.key for one in result.classes if not one.recall.of and not one.reason] == []
    html = page(result)
    body = html[html.index("<main>") : html.index("</main>") + len("</main>")]
    assert ET.fromstring(body.replace("<br>", "<br/>")).tag == "main"


def test_thresholds_that_leave_one_level_still_give_a_page(subject: Make, run: Run) -> None:
    apart = Thresholds((Row(0.5, list="un"), Row(1.0)))
    result = run(subject(), ONE, each=2, thresholds=apart).result
    assert len(result.curve) == 1
    assert "Recall by class" in page(result)


def test_a_book_of_certain_matches_alone_leaves_no_innocents(subject: Make, run: Run) -> None:
    known = Party(id="1", kind="person", names=["Walid Sameer Khouri"], birth_dates=["1962-02-08"])
    result = run(subject(), Customers([known], BookTested("a.csv", "", 1, 1)), each=2).result
    assert (result.alerts.innocents, result.alerts.certain, result.alerts.alerted.share) == (0, 1, None)
    assert [one.threshold for one in result.budgets] == [None, None]
    assert "1 rows with a certain match were left out" in page(result)
