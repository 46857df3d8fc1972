from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from interdiction.errors import DataError
from interdiction.names import normalise
from interdiction.names.weights import DATA, GRADES, Weights, _common


def test_the_same_file_gives_the_same_bytes_and_digest() -> None:
    assert Weights.load() == Weights.load(DATA / "weights.yml")
    assert len(Weights.load().sha256) == 64


def test_every_number_has_the_pair_that_set_it() -> None:
    for line in (DATA / "weights.yml").read_text(encoding="utf-8").splitlines():
        body = line.split("#")[0].strip()
        if body and not body.endswith(":") and not body.startswith("version"):
            assert "#" in line, line


def test_every_common_word_stands_once_and_is_already_folded() -> None:
    graded = _common(DATA / "common_words.yml")
    words = [word for grade in GRADES if grade != "akin" for word in graded[grade]]
    assert sorted(words) == sorted(set(words))
    assert [word for word in words if normalise.fold(word) != word] == []


def test_every_word_that_stands_for_another_is_in_one_family_of_two_or_more() -> None:
    families = [family.split() for family in " ".join(_common(DATA / "common_words.yml")["akin"]).split(";")]
    words = [word for family in families for word in family]
    assert sorted(words) == sorted(set(words))
    assert [word for word in words if normalise.fold(word) != word] == []
    assert [family for family in families if len(family) < 2] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a",
        "version: '1'",
        "version: 1\nretrieval: {}\njudge: {}",
        "version: '1'\nretrieval: {}\njudge: []",
        "version: '1'\nretrieval: {}\njudge: {}\nmore: {}",
        "a: [",
        "\tversion: 1",
    ],
)
def test_a_file_that_is_not_weights_is_a_data_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "w.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as raised:
        Weights.load(path)
    assert raised.value.where == str(path)


def test_a_file_that_is_not_there_is_a_data_error(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        Weights.load(tmp_path / "absent.yml")


def test_a_user_s_own_number_is_used(tmp_path: Path) -> None:
    text = (DATA / "weights.yml").read_text(encoding="utf-8").replace('version: "', 'version: "my-', 1)
    path = tmp_path / "w.yml"
    path.write_text(text, encoding="utf-8")
    own = Weights.load(path)
    assert own.version.startswith("my-")
    assert own.sha256 != Weights.load().sha256
    assert "common" in msgspec.json.decode(own.json)["judge"]
