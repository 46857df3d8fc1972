from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.config import Config
from interdiction.enforcement import load_policy
from interdiction.enforcement.document import packaged
from interdiction.enforcement.policy import FILE, Policy
from interdiction.engine.decide import policy_of
from interdiction.errors import DataError, UsageError
from interdiction.names.thresholds import LOWEST, LOWEST_IN_TEXT, Channel, Row, Thresholds

SHIPPED = packaged(FILE).decode()
START = SHIPPED.index("thresholds:")
END = SHIPPED.index("# Rules that turn a hit")


def policy(folder: Path, thresholds: str) -> Policy:
    path = folder / "policy.yml"
    path.write_text(f"{SHIPPED[:START]}thresholds:{thresholds}\n\n{SHIPPED[END:]}", encoding="utf-8")
    return load_policy(path)


OWN = """
  - {at: 0.9, channels: [text]}
  - {at: 0.65, lists: [un], listed: [person, vessel], channels: [book, payment]}
  - {at: 0.75, channels: [payment]}
  - {at: 0.8, lists: [ofac-cons]}
  - {at: 0.7}"""


def test_the_packaged_thresholds_are_070_and_080_inside_texts() -> None:
    of = {channel: load_policy().thresholds(channel) for channel in Channel}
    assert {channel: (found.lowest, len(found.rows)) for channel, found in of.items()} == {
        Channel.CHECK: (0.7, 1),
        Channel.BOOK: (0.7, 1),
        Channel.PAYMENT: (0.7, 1),
        Channel.TEXT: (0.8, 1),
    }


@pytest.mark.parametrize(
    ("channel", "listing", "kind", "at"),
    [
        (Channel.TEXT, "un:1", "person", 0.9),
        (Channel.BOOK, "un:1", "person", 0.65),
        (Channel.BOOK, "un:1", "organisation", 0.7),
        (Channel.BOOK, "un:1", None, 0.7),
        (Channel.PAYMENT, "un:1", "vessel", 0.65),
        (Channel.PAYMENT, "un:1", "organisation", 0.75),
        (Channel.PAYMENT, "ofac-cons:1", "person", 0.75),
        (Channel.CHECK, "ofac-cons:1", "person", 0.8),
        (Channel.CHECK, "un:1", "person", 0.7),
        (Channel.BOOK, "un-old:1", "person", 0.7),
    ],
)
def test_the_first_row_that_fits_counts(
    tmp_path: Path, channel: Channel, listing: str, kind: str | None, at: float
) -> None:
    assert policy(tmp_path, OWN).thresholds(channel).at(listing, kind) == at


def test_thresholds_are_shown_in_the_order_they_are_asked(tmp_path: Path) -> None:
    assert str(policy(tmp_path, OWN).thresholds(Channel.PAYMENT)) == "un person 0.65, un vessel 0.65, 0.75"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("\n  - {at: 0.8, channels: [text]}\n  - {at: 0.49}", "0.49 cannot be kept"),
        ("\n  - {at: 0.8, channels: [text]}\n  - {at: 1.01}", "1.01 cannot be kept"),
        ("\n  - {at: 0.8, channels: [text]}\n  - {at: .nan}", "nan cannot be kept"),
        ("\n  - {at: 0.7}", "the channel text: below 0.8"),
        ("\n  - {at: 0.8, lists: [un]}", "no threshold fits every listing"),
        ("\n  - {at: 0.8, channels: [text]}", "no threshold fits every listing in the channel check"),
        (" []", "no threshold fits"),
        ("\n  - {at: high}", "wrong"),
        ("\n  - {at: 0.8, channels: [mail]}", "wrong"),
        ("\n  - {at: 0.8, listed: [dragon]}", "wrong"),
        ("\n  - {at: 0.8, list: un}", "wrong"),
    ],
)
def test_a_threshold_that_could_not_be_kept_or_a_gap_is_refused(tmp_path: Path, rows: str, told: str) -> None:
    with pytest.raises(DataError, match=told):
        policy(tmp_path, rows)


def test_a_list_that_no_list_is_called_is_refused(tmp_path: Path) -> None:
    policy(tmp_path, "\n  - {at: 0.9, lists: [ofac_sdn]}\n  - {at: 0.8}")
    with pytest.raises(DataError, match="no list is called 'ofac_sdn'") as caught:
        policy_of(Config(tmp_path, policy=tmp_path / "policy.yml"))
    assert caught.value.code == "threshold"


def test_what_is_asked_on_the_command_line_never_falls_below_what_a_text_allows() -> None:
    assert Thresholds.of(0.6, Channel.PAYMENT).lowest == 0.6
    assert Thresholds.of(0.6, Channel.TEXT).lowest == LOWEST_IN_TEXT
    for wrong in (LOWEST - 0.01, 1.01, float("nan")):
        with pytest.raises(UsageError) as caught:
            Thresholds.of(wrong)
        assert caught.value.code == "threshold"


@given(
    st.lists(
        st.builds(Row, st.sampled_from([0.5, 0.7, 0.9]), st.sampled_from(["", "un"]), st.sampled_from(["", "person"]))
    ),
    st.sampled_from(["un:1", "eu:1"]),
    st.sampled_from([None, "person", "vessel"]),
)
def test_no_listing_is_asked_for_less_than_the_lowest(rows: list[Row], listing: str, kind: str | None) -> None:
    found = Thresholds((*rows, Row(0.6)))
    assert found.at(listing, kind) >= found.lowest
