from __future__ import annotations

import pytest

from interdiction.model import Party
from interdiction.names.thresholds import Row, Thresholds
from interdiction.screening.text import Text, screen_texts
from tests.screening.conftest import Make

KIM = Party(kind="person", names=["KIM, Yong Chol"])


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((Row(0.99, "un"), Row(0.7)), True),
        ((Row(0.99, "ofac-sdn"), Row(0.7)), False),
        ((Row(0.99, "", "vessel"), Row(0.7)), True),
        ((Row(0.99, "ofac-sdn", "person"), Row(0.7)), False),
    ],
)
def test_a_pair_is_a_hit_from_the_threshold_of_its_own_list_and_kind(
    screener: Make, rows: tuple[Row, ...], found: bool
) -> None:
    (answer,) = screener(KIM).screen([Party(names=["Kim Yong Chol"])], threshold=Thresholds(rows))
    assert bool(answer.hits) == found
    assert {hit.threshold for hit in answer.hits} <= {0.7}


def test_names_inside_texts_have_thresholds_of_their_own(screener: Make, komid: Party) -> None:
    text = Text("p", "second instalment to Korea Mining Development Trading Corp for the pumps")
    (found,) = screen_texts(screener(komid), [text])
    (none,) = screen_texts(screener(komid), [text], threshold=0.999)
    assert ([hit.threshold for hit in found.hits], none.hits) == ([0.8], ())
