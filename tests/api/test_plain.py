"""The short way from a line of a stream to the columns of the core gives what the long way gives, or gives nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.api import lines as module
from interdiction.api.lines import Lines
from interdiction.api.parties import PartyIn
from interdiction.api.plain import row
from interdiction.names.batch import COLUMNS, columns_of
from interdiction.screening.asked import problems
from tests.api.conftest import AT, served

WALLET = "0x1da5821544e25c636c1417ba96ade4cf6d2f9b5a"
NAMES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["Kim Jong Un", " Saddam", "...", "1st Bank", WALLET, f" xdc{WALLET[2:]} ", "صدام", "①", "ⅳ"]),
    st.sampled_from([{"text": "Kim", "quality": "weak"}, {"text": "Kim"}, {"text": "Kim", "quality": "no"}]),
)
DAYS = st.one_of(
    st.dates().map(str),
    st.sampled_from(["1962", "~1947", "1946/1948", " 1962-02 ", "1962-02-31", "", "31 June", "1948/1946", "١٩٦٢"]),
    st.text(max_size=5),
)
COUNTRIES = st.one_of(
    st.sampled_from(["kp", "KP", "North Korea", "Korea", "USSR", "Atlantis", "", " us ", "x" * 200, "İ", "xk"]),
    st.text(max_size=3),
)
PARTIES = st.fixed_dictionaries(
    {"names": st.lists(NAMES, max_size=5)},
    optional={
        "id": st.text(max_size=3),
        "kind": st.sampled_from([None, "person", "Person ", "organisation", "wallet", "vessel", "aircraft", "ghost"]),
        "birth_dates": st.lists(DAYS, max_size=2),
        "gender": st.sampled_from([None, "male", "female", "Male", "x"]),
        "nationalities": st.lists(COUNTRIES, max_size=2),
        "citizenships": st.lists(COUNTRIES, max_size=2),
        "residences": st.lists(COUNTRIES, max_size=2),
        "countries": st.lists(COUNTRIES, max_size=2),
        "identifiers": st.lists(st.sampled_from(["passport:563410081@kp", "imo:1", "nothing"]), max_size=1),
        "addresses": st.lists(st.text(max_size=5), max_size=1),
        "birth_places": st.lists(st.text(max_size=5), max_size=1),
    },
)


@given(PARTIES)
def test_the_short_way_gives_the_columns_of_the_long_way(said: dict[str, object]) -> None:
    asked = msgspec.json.decode(msgspec.json.encode(said), type=PartyIn)
    short = row(asked)
    if short is None:
        return
    party = asked.party()
    assert dict(zip(COLUMNS[1:], short, strict=True)) == {name: one for name, (one,) in columns_of([party]).items()}
    assert problems(party) == ()


@pytest.mark.parametrize(
    "said",
    [
        {"names": ["Kim Jong Un"]},
        {"names": ["Kim Jong Un"], "birth_dates": ["1984-01-08"], "kind": "person", "gender": "male"},
        {"names": ["Kim", "Kim Jong Un"], "nationalities": ["North Korea"], "countries": ["KP", "cn"], "id": "7"},
    ],
)
def test_what_most_lines_hold_goes_the_short_way(said: dict[str, object]) -> None:
    assert row(msgspec.convert(said, PartyIn)) is not None


def screened(home: Path, bodies: Sequence[bytes]) -> bytes:
    """Give what a stream answers to a body that comes in these parts."""
    service = served(home).service
    lines, rest = Lines(service, service.hall.current(), AT.date()), b""
    for part in bodies:
        rest = lines.take(rest + part)
    lines.end(rest)
    with lines.out as out:
        return out.read()


LONG = [
    {"names": ["Jang Yong Son"], "kind": "person"},
    {"names": ["Nobody Atall"], "birth_dates": ["1962-02-18"]},
    {"names": ["Kim Kwang Yon"], "nationalities": ["Atlantis"]},
    {"names": []},
    {"names": ["Jang Yong Son"], "identifiers": ["passport:563410081@kp"]},
    {"names": ["x"], "birth_dates": ["31 June"]},
]


@pytest.mark.parametrize("piece", [1, 2, 7])
def test_a_stream_answers_the_same_bytes_whatever_the_size_of_its_pieces(
    told: Path, clock: None, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    body = b"\n".join(json.dumps(one).encode() for one in LONG * 20) + b"\n\n{"
    whole = screened(told, [body])
    monkeypatch.setattr(module, "_PIECE", piece)
    assert screened(told, [body[at : at + 100] for at in range(0, len(body), 100)]) == whole
    said = [json.loads(line) for line in whole.splitlines()]
    assert [one["line"] for one in said[:-1]] == sorted(one["line"] for one in said[:-1])
    assert (said[-1]["read"], said[-1]["screened"]) == (121, 80)


def test_a_stream_that_was_given_up_takes_nothing_more(told: Path, clock: None) -> None:
    service = served(told).service
    lines = Lines(service, service.hall.current(), AT.date())
    lines.take(b"\n".join(json.dumps(one).encode() for one in LONG * 300) + b"\n")
    lines.give_up()
    assert lines.out.closed
    with pytest.raises(RuntimeError, match="shutdown"):
        lines.end(b'{"names": ["x"]}')
