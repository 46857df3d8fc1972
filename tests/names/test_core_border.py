"""The border of the native core: whatever comes in, a table or a typed error comes out, never a panic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from interdiction import _core
from interdiction.errors import DataError, IndexFileError, UsageError
from interdiction.names.weights import Weights

WEIGHTS = Weights.load().json
DIGEST = "0" * 64


def test_a_batch_gives_back_what_was_put_in() -> None:
    columns: dict[str, list[Any]] = {
        "name": ["a", None, "b"],
        "names": [["x", "y"], None, []],
        "query": [1, 2, None],
        "score": [0.5, None, 1.0],
        "weak": [True, False, None],
        "nothing": [None, None, None],
    }
    assert _core.batch(columns).columns() == columns


def test_a_batch_has_rows_a_length_and_a_readable_form() -> None:
    batch = _core.batch({"name": ["a", "b"]})
    assert (batch.num_rows, len(batch), repr(batch)) == (2, 2, "Batch(2 rows: name)")


@pytest.mark.parametrize(
    "columns",
    [
        {"name": ["a"], "kind": []},
        {"name": ["a", 1]},
        {"name": [1, "a"]},
        {"name": [object()]},
        {"names": [["a"], "b"]},
        {"names": [[1]]},
        {"name": ("a",)},
        {"query": [2**70]},
    ],
)
def test_columns_that_make_no_table_are_a_usage_error(columns: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as raised:
        _core.batch(columns)
    assert raised.value.where
    assert raised.value.mend


def test_an_empty_batch_is_answered_with_an_empty_one() -> None:
    empty = _core.batch({"names": []})
    answer = _core.compare(empty, empty, WEIGHTS)
    assert answer.num_rows == 0
    assert list(answer.columns()) == list(_one("a", "b").columns())


def test_a_table_without_names_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="no column of names"):
        _core.compare(_core.batch({"kind": ["person"]}), _core.batch({"names": [["a"]]}), WEIGHTS)


@pytest.mark.parametrize("table", [None, 3, "name", [{"name": "a"}]])
def test_what_does_not_speak_arrow_is_a_usage_error(table: object) -> None:
    with pytest.raises(UsageError, match="not an Arrow table"):
        _core.collect(table)


@pytest.mark.parametrize("column", [[1, 2], [1.5, 2.5], [b"a", b"b"], [[1], [2]], [{"a": 1}, {"a": 2}]])
def test_a_column_of_another_type_is_a_usage_error(column: list[Any]) -> None:
    frame = pl.DataFrame({"names": column})
    with pytest.raises(UsageError, match="where texts are wanted") as raised:
        _core.compare(frame, frame, WEIGHTS)
    assert raised.value.where == "names"


def test_tables_of_unequal_length_are_a_usage_error() -> None:
    with pytest.raises(UsageError, match="1 rows against 2"):
        _core.compare(_core.batch({"name": ["a"]}), _core.batch({"name": ["a", "b"]}), WEIGHTS)


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_threshold_outside_0_to_1_is_a_usage_error(threshold: float) -> None:
    one = _core.batch({"name": ["a"]})
    with pytest.raises(UsageError, match="between 0 and 1"):
        _core.compare(one, one, WEIGHTS, threshold=threshold)


@pytest.mark.parametrize("weights", [b"", b"{}", b"\xff", b"[" * 100_000, WEIGHTS.replace(b'"floor"', b'"flor"')])
def test_weights_that_cannot_be_read_are_a_data_error(weights: bytes) -> None:
    one = _core.batch({"name": ["a"]})
    with pytest.raises(DataError):
        _core.compare(one, one, weights)


def test_a_weight_out_of_range_is_a_data_error_that_names_it() -> None:
    one = _core.batch({"name": ["a"]})
    with pytest.raises(DataError, match=r"judge\.name\.ceiling"):
        _core.compare(one, one, _with("name", "ceiling", 0.99))


def test_null_names_and_null_cells_are_passed_over() -> None:
    nobody = _core.batch({"names": [None, [None], [], ["", "\x00", " "]], "kind": [None] * 4, "births": [None] * 4})
    answer = _core.compare(nobody, nobody, WEIGHTS).columns()
    assert answer["score"] == [0.0] * 4
    assert answer["band"] == ["below"] * 4


def test_nul_bidi_and_lone_surrogates_are_no_obstacle() -> None:
    assert _score("KIM\x00, Yong\u202e Chol\u200b", "KIM, Yong Chol") >= 0.8
    assert _score("Kim \ud800 Yong Chol", "KIM, Yong Chol") >= 0.8
    assert isinstance(_core.fold("\udfff"), str)
    assert isinstance(_core.analyse("\ud83d", "query"), dict)
    assert _core.normalise_identifier("passport", "56\ud800 12") != ""


def test_a_cell_of_a_million_characters_is_answered() -> None:
    long = "x" * 500_000 + " y" * 250_000
    assert 0 <= _score(long, long) <= 1
    assert 0 <= _score(long, "KIM, Yong Chol") < 0.7


def test_unreadable_cells_are_problems_of_their_row_and_the_rest_is_used() -> None:
    ours = _core.batch(
        {
            "names": [["KIM, Yong Chol"], ["KIM, Yong Chol"]],
            "births": [["1962-02-18"], ["18.2.1962", "1962-02-18"]],
            "kind": ["person", "robot"],
            "gender": ["male", "x"],
            "identifiers": [["passport:1234567@kp"], ["without a colon"]],
            "qualities": [["primary"], ["excellent"]],
        }
    )
    answer = _core.compare(ours, ours, WEIGHTS)
    assert answer.problems is not None
    problems = answer.problems.columns()
    seen = set(zip(problems["row"], problems["column"], problems["text"], strict=True))
    assert seen == {
        (1, "births", "18.2.1962"),
        (1, "kind", "robot"),
        (1, "gender", "x"),
        (1, "identifiers", "without a colon"),
        (1, "qualities", "excellent"),
    }
    assert ["birth_date" in {fact["kind"] for fact in facts} for facts in answer.columns()["facts"]] == [True, True]


def test_single_texts_stand_for_lists_and_name_for_names() -> None:
    lists = _core.batch({"names": [["Kim Yong Chol"]], "births": [["1962-02-18"]], "nationalities": [["kp"]]})
    texts = _core.batch({"name": ["Kim Yong Chol"], "births": ["1962-02-18"], "nationalities": ["kp"]})
    assert _core.compare(lists, lists, WEIGHTS).columns() == _core.compare(texts, texts, WEIGHTS).columns()


def test_every_layout_of_texts_gives_the_same_answer() -> None:
    plain = pl.DataFrame({"names": [["Kim Yong Chol"], ["Ryu Jin"]], "kind": ["person", None]})
    layouts = [
        plain,
        plain.with_columns(pl.col("kind").cast(pl.Categorical)),
        plain.with_columns(pl.col("kind").cast(pl.Enum(["person"]))),
        plain.with_columns(pl.col("names").list.to_array(1)),
        pl.concat([plain[:1], plain[1:]], rechunk=False),
        _core.collect(plain),
        _core.batch({"names": [["Kim Yong Chol"], ("Ryu Jin",)], "kind": ["person", None]}),
    ]
    theirs = _core.batch({"names": [["KIM, Yong Chol"], ["RYU, Jin"]]})
    answers = [_core.compare(layout, theirs, WEIGHTS).columns() for layout in layouts]
    assert all(answer == answers[0] for answer in answers)


def test_pyarrow_tables_and_readers_give_the_same_answer() -> None:
    pa = pytest.importorskip("pyarrow")
    columns: dict[str, list[Any]] = {"names": [["Kim Yong Chol"], None], "kind": ["person", None]}
    table = pa.table(columns, schema=pa.schema({"names": pa.list_(pa.string()), "kind": pa.string()}))
    theirs = _core.batch({"names": [["KIM, Yong Chol"], ["RYU, Jin"]]})
    expected = _core.compare(_core.batch(columns), theirs, WEIGHTS).columns()
    assert _core.compare(table, theirs, WEIGHTS).columns() == expected
    assert _core.compare(table.to_reader(), theirs, WEIGHTS).columns() == expected
    assert _core.compare(table.to_batches()[0], theirs, WEIGHTS).columns() == expected


def test_answers_are_read_by_polars() -> None:
    frame = pl.DataFrame(_one("Kim Yong Chol", "KIM, Yong Chol"))
    assert frame["score"][0] >= 0.8
    assert frame["tokens"].list.len()[0] == 3


def test_evidence_can_be_left_out() -> None:
    one = _core.batch({"name": ["Kim Yong Chol"]})
    answer = _core.compare(one, one, WEIGHTS, evidence=False).columns()
    assert (answer["tokens"], answer["facts"]) == ([[]], [[]])


def test_an_unknown_side_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        _core.analyse("Kim", "left")


@pytest.mark.parametrize("digest", ["", "0" * 63, "g" * 64, "é" * 32, "+" * 64])
def test_a_build_id_that_is_no_digest_is_a_usage_error(tmp_path: Path, digest: str) -> None:
    with pytest.raises(UsageError):
        _core.build(_core.batch({"name": ["a"]}), tmp_path / "x", WEIGHTS, digest)


def test_a_path_that_cannot_be_written_is_an_index_error(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError) as raised:
        _core.build(_core.batch({"name": ["a"]}), tmp_path / "no" / "folder", WEIGHTS, DIGEST)
    assert raised.value.mend


def test_a_file_that_is_no_index_is_an_index_error(tmp_path: Path) -> None:
    path = tmp_path / "x"
    for content in (b"", b"x", b"\x00" * 4096):
        path.write_bytes(content)
        with pytest.raises(IndexFileError) as raised:
            _core.open(path)
        assert raised.value.code.startswith("index-")
    with pytest.raises(IndexFileError):
        _core.open(tmp_path / "absent")


def test_candidates_of_another_table_are_a_usage_error(tmp_path: Path) -> None:
    index = _index(tmp_path, ["KIM, Yong Chol", "RYU, Jin"])
    queries = _core.batch({"name": ["Kim Yong Chol"]})
    for row in (
        {"query": 1, "party": 0, "name": 0},
        {"query": 0, "party": 2, "name": 0},
        {"query": 0, "party": 0, "name": 1},
    ):
        candidates = _core.batch({name: [value] for name, value in row.items()})
        with pytest.raises(UsageError, match="does not exist"):
            index.judge(queries, candidates, WEIGHTS)
    wrong: list[dict[str, list[Any]]] = [
        {"query": [0]},
        {"query": [-1], "party": [0], "name": [0]},
        {"query": ["0"], "party": [0], "name": [0]},
    ]
    for columns in wrong:
        with pytest.raises(UsageError):
            index.judge(queries, _core.batch(columns), WEIGHTS)


def test_retrieval_answers_in_order_and_names_identifiers_without_a_name(tmp_path: Path) -> None:
    table = _core.batch(
        {"key": ["a", "b"], "name": ["KIM, Yong Chol", "RYU, Jin"], "identifiers": [None, "imo:9187629"]}
    )
    _core.build(table, tmp_path / "x", WEIGHTS, DIGEST)
    index = _core.open(tmp_path / "x")
    queries = _core.batch({"name": ["Nobody", "Kim Yong Chol"], "identifiers": ["imo:IMO 9187629", None]})
    found = index.retrieve(queries)
    columns = found.columns()
    assert (columns["query"], columns["party"], columns["name"]) == ([0, 1], [1, 0], [None, 0])
    assert found.truncated == []
    assert index.keys() == ["a", "b"]
    assert (index.key(1), index.name(0), index.key(2), index.name(2)) == ("b", ("KIM, Yong Chol", 0), None, None)


def test_the_versions_are_told() -> None:
    assert set(_core.versions()) == {"core", "file", "statistics"}


def _index(folder: Path, names: list[str]) -> _core.Index:
    _core.build(_core.batch({"name": names}), folder / "x", WEIGHTS, DIGEST)
    return _core.open(folder / "x")


def _one(ours: str, theirs: str) -> _core.Batch:
    return _core.compare(_core.batch({"name": [ours]}), _core.batch({"name": [theirs]}), WEIGHTS)


def _score(ours: str, theirs: str) -> float:
    return float(_one(ours, theirs).columns()["score"][0])


def _with(section: str, field: str, value: float) -> bytes:
    import msgspec

    weights = msgspec.json.decode(WEIGHTS)
    weights["judge"][section][field] = value
    return msgspec.json.encode(weights)
