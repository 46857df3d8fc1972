"""Names nobody bears, through the whole Python room: an answer or a report, never an exception, a hang or a loss."""

from __future__ import annotations

from pathlib import Path

import pytest

from interdiction import _core
from interdiction.errors import IndexFileError
from interdiction.model import Party
from interdiction.names.batch import party_batch
from interdiction.names.index import NameIndex

ORDINARY = ["KIM Yong Chol", "Al-Haramain Foundation", "A.T.E. International Ltd.", "Vladimir Putin"]
SIGNS = {
    "letters": "a",
    "digits": "7",
    "stops": ".",
    "apostrophes": "'",
    "emoji": "😀",
    "marks": "\u0301",
    "joiners": "\u200d",
    "bidi": "\u202e",
    "nul": "\x00",
    "hangul": "한",
    "han": "金",
    "arabic": "ب",
    "ligatures": "ﷺ",
    "surrogates": "\ud800",
}
CYRILLIC = str.maketrans("KMoCaP", "\u041a\u041c\u043e\u0421\u0430\u0420")


def _odd(sign: str) -> list[str]:
    return ["", sign, sign * 2, sign * 100_000, " ".join([sign] * 1000), f"KIM{sign} {sign}Yong Chol"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> NameIndex:
    path = tmp_path_factory.mktemp("odd") / "odd.names"
    names = [*ORDINARY, *(name for sign in SIGNS.values() for name in _odd(sign))]
    built = NameIndex.build(path, [(f"un:{at}", Party(kind="person", names=[name])) for at, name in enumerate(names)])
    assert built.names == len(names)
    assert built.unreadable
    assert built.cut
    return NameIndex.open(path)


@pytest.mark.parametrize("kind", SIGNS)
def test_odd_names_are_answered_and_what_a_limit_cut_is_reported(index: NameIndex, kind: str) -> None:
    names = _odd(SIGNS[kind])
    judged = index.judge(party_batch([Party(kind="person", names=[name]) for name in names]))
    assert all(0 <= row.score <= 1 for row in judged.rows())
    read = [_core.analyse(name, "query") for name in names]
    assert set(judged.truncated) >= {at for at, one in enumerate(read) if one["truncated"]}
    assert {3} <= set(judged.truncated)


@pytest.mark.parametrize("kind", ["nul", "bidi", "joiners", "marks", "surrogates", "emoji", "stops"])
def test_signs_between_the_letters_hide_nobody(index: NameIndex, kind: str) -> None:
    judged = index.judge(party_batch([Party(kind="person", names=[_odd(SIGNS[kind])[-1]])]))
    assert "un:0" in {row.key for row in judged.rows()}


@pytest.mark.parametrize("name", ["KIM Yong Chol", "Vladimir Putin"])
def test_look_alike_letters_hide_nobody(index: NameIndex, name: str) -> None:
    masked = name.translate(CYRILLIC)
    assert masked != name
    judged = index.judge(party_batch([Party(kind="person", names=[masked])]))
    assert f"un:{ORDINARY.index(name)}" in {row.key for row in judged.rows()}


def test_one_row_of_many_names_is_answered_as_they_would_be_alone(index: NameIndex) -> None:
    names = [*ORDINARY, *(name for sign in SIGNS.values() for name in _odd(sign))] * 5
    together = index.judge(party_batch([Party(kind="person", names=names)]), evidence=False)
    assert {f"un:{at}" for at in range(len(ORDINARY))} <= {row.key for row in together.rows()}


def test_an_odd_file_is_refused_with_its_code(tmp_path: Path) -> None:
    path = tmp_path / "x.names"
    for content in (b"", b"\0" * 5000, b"INTDNAME" * 1000):
        path.write_bytes(content)
        with pytest.raises(IndexFileError, match="damaged"):
            NameIndex.open(path)
