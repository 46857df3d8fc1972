"""Tables and streams in one pass: the same answer however they are cut, stopped soon, never half believed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction import _core
from interdiction.errors import StoppedError, UsageError
from interdiction.model import Party
from interdiction.names.batch import party_batch
from interdiction.names.index import JudgedRow, NameIndex, Progress

LISTED = (
    ("ofac-sdn:12211", Party(kind="person", names=["KIM, Yong Chol"], birth_dates=["~1947"])),
    ("ofac-sdn:17616", Party(kind="person", names=["RYU, Jin"], identifiers=["passport:563410081@kp"])),
    ("un:1", Party(kind="vessel", names=["SPARTA IV"], identifiers=["imo:9187629"])),
)
NAMES = ("Kim Yong Chol", "Nobody Atall", "Ryu Jin", "Sparta IV", "Marie Dupont", "김영철")
PIECE = 4096


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> NameIndex:
    path = tmp_path_factory.mktemp("index") / "test.names"
    NameIndex.build(path, LISTED, build_id="test")
    return NameIndex.open(path)


def book(rows: int) -> pl.DataFrame:
    names = [NAMES[at * at % len(NAMES)] for at in range(rows)]
    births = ["1947" if at % 11 else "not a date" for at in range(rows)]
    return pl.DataFrame({"names": names, "births": births})


def streamed(index: NameIndex, table: object, **how: Any) -> tuple[list[JudgedRow], list[object], list[int]]:
    parts = list(index.stream(table, **how))
    ends = [0, *(part.first + part.height for part in parts)]
    assert ends[:-1] == [part.first for part in parts]
    rows = [row for part in parts for row in part.rows()]
    return rows, [one for part in parts for one in part.problems], [one for part in parts for one in part.truncated]


def test_a_stream_is_answered_as_one_table_for_any_number_of_threads(index: NameIndex) -> None:
    table = book(3 * PIECE + 5)
    whole = index.judge(table, threads=1)
    assert whole.height == table.height
    expected = (whole.rows(), list(whole.problems), list(whole.truncated))
    assert expected[0]
    assert expected[1]
    for threads in (1, 2, 7):
        assert streamed(index, table, threads=threads) == expected
        assert streamed(index, cut_in(table, 1000), threads=threads) == expected


def test_the_bytes_of_every_part_are_the_same_for_any_number_of_threads(index: NameIndex, tmp_path: Path) -> None:
    table = book(3 * PIECE)
    files: list[list[bytes]] = []
    for threads in (1, 2, 7):
        files.append([])
        for at, part in enumerate(index.stream(table, threads=threads)):
            path = tmp_path / f"{threads}-{at}.arrow"
            pl.DataFrame(part.arrow).write_ipc(path)
            files[-1].append(path.read_bytes())
    assert len(files[0]) == 3
    assert files[1:] == [files[0], files[0]]


@given(st.lists(st.integers(0, 5), max_size=6), st.integers(1, 3))
def test_how_a_producer_cuts_its_batches_changes_nothing(index: NameIndex, sizes: list[int], threads: int) -> None:
    pa = pytest.importorskip("pyarrow")
    table = book(sum(sizes)).to_arrow()
    cuts: list[Any] = []
    first = 0
    for size in sizes:
        cuts += table.slice(first, size).to_batches() or [pa.RecordBatch.from_pylist([], schema=table.schema)]
        first += size
    reader = pa.RecordBatchReader.from_batches(table.schema, cuts)
    assert streamed(index, reader, threads=threads) == streamed(index, table, threads=1)


def test_one_pass_gives_what_retrieving_and_judging_one_after_the_other_give(index: NameIndex) -> None:
    table, core, weights = book(PIECE + 7), index._core, index._weights.json
    candidates = core.retrieve(table, threshold=0.4)
    steps = core.judge(table, candidates, weights, threshold=0.6)
    whole = _core.join(list(core.screen(table, weights, retrieval=0.4, threshold=0.6)))
    assert steps.num_rows > 0
    assert whole.columns() == steps.columns()
    assert whole.truncated == candidates.truncated
    assert whole.problems is not None
    assert steps.problems is not None
    assert whole.problems.columns() == steps.problems.columns()
    assert whole.answers == (0, PIECE + 7)


def cut_in(table: pl.DataFrame, rows: int) -> object:
    pa = pytest.importorskip("pyarrow")
    arrow = table.to_arrow()
    return pa.RecordBatchReader.from_batches(arrow.schema, arrow.to_batches(max_chunksize=rows))


def test_every_layout_of_texts_is_read_where_it_lies(index: NameIndex) -> None:
    pa = pytest.importorskip("pyarrow")
    names = ["Kim Yong Chol", None, "a much longer name than twelve bytes", "Ryu Jin"]
    expected = streamed(index, _core.batch({"names": names}))
    assert [row.key for row in expected[0]] == ["ofac-sdn:12211", "ofac-sdn:17616"]
    kinds = [pa.string(), pa.large_string(), pa.string_view()]
    kinds += [pa.dictionary(keys, pa.string()) for keys in (pa.int8(), pa.uint16(), pa.int64())]
    for kind in kinds:
        array = pa.array(names, type=pa.string()).cast(kind)
        assert streamed(index, pa.table({"names": array})) == expected, kind
        assert streamed(index, pa.table({"names": pa.concat_arrays([array, array])[4:]})) == expected, kind
    lists = [[name] if name else None for name in names]
    for kind in (pa.list_(pa.string()), pa.large_list(pa.string_view()), pa.list_(pa.large_string(), 1)):
        array = pa.array(lists, type=kind)
        assert streamed(index, pa.table({"names": array})) == expected, kind
        assert streamed(index, pa.table({"names": pa.concat_arrays([array, array])[4:]})) == expected, kind


def test_buffers_that_contradict_each_other_are_a_usage_error(index: NameIndex) -> None:
    pa = pytest.importorskip("pyarrow")
    text, no_nulls = pa.py_buffer(b"Kim \xff\xfe Chol"), None
    offsets = {
        "not UTF-8": [0, 11],
        "backwards": [0, 8, 4],
        "past the end": [0, 4000, 11],
        "negative": [0, -3, 4],
    }
    for said, some in offsets.items():
        buffer = pa.py_buffer(b"".join(one.to_bytes(4, "little", signed=True) for one in some))
        array = pa.Array.from_buffers(pa.string(), len(some) - 1, [no_nulls, buffer, text])
        with pytest.raises(UsageError, match="malformed") as raised:
            streamed(index, pa.record_batch([array], names=["names"]))
        assert raised.value.where == "names", said
    keys = pa.array([5], type=pa.int8())
    wrong = pa.DictionaryArray.from_arrays(keys, pa.array(["a"]), safe=False)
    with pytest.raises(UsageError, match="malformed"):
        streamed(index, pa.record_batch([wrong], names=["names"]))


def test_a_table_without_rows_is_answered_with_columns(index: NameIndex) -> None:
    (part,) = index.stream(_core.batch({"names": []}))
    assert (part.rows(), part.first, part.height) == ([], 0, 0)
    assert "key" in part.arrow.columns()


@pytest.mark.parametrize("columns", [{"kind": ["person"]}, {"names": [1]}])
def test_a_table_that_cannot_be_screened_is_refused_before_it_is_read(index: NameIndex, columns: Any) -> None:
    with pytest.raises(UsageError):
        index.stream(pl.DataFrame(columns))


def broken(rows: int) -> Iterator[Any]:
    yield from book(rows).to_arrow().to_batches(max_chunksize=500)
    raise RuntimeError("the producer is gone")


def test_a_stream_that_breaks_is_an_error_after_the_parts_before_it(index: NameIndex) -> None:
    pa = pytest.importorskip("pyarrow")
    schema = book(1).to_arrow().schema
    for threads in (1, 2):
        parts = index.stream(pa.RecordBatchReader.from_batches(schema, broken(2000)), threads=threads)
        before = [next(parts).height for _ in range(4)]
        assert before == [500] * 4
        with pytest.raises(UsageError, match="the producer is gone"):
            next(parts)


def test_progress_counts_and_stops_from_another_thread(index: NameIndex) -> None:
    progress = Progress()
    table = book(3 * PIECE)
    whole = sum(len(part) for part in index.stream(table, progress=progress))
    assert (progress.rows, progress.hits, progress.cancelled) == (3 * PIECE, whole, False)
    progress = Progress()
    parts = index.stream(endless(), progress=progress)
    next(parts)
    stopper = threading.Thread(target=progress.cancel)
    stopper.start()
    with pytest.raises(StoppedError) as raised:
        for _ in parts:
            pass
    stopper.join()
    assert raised.value.code == "stopped"
    assert progress.rows >= PIECE


def endless(released: threading.Event | None = None) -> object:
    pa = pytest.importorskip("pyarrow")
    batch = book(PIECE).to_arrow().to_batches()[0]

    def batches() -> Iterator[Any]:
        try:
            while True:
                yield batch
        finally:
            if released is not None:
                released.set()

    return pa.RecordBatchReader.from_batches(batch.schema, batches())


def test_an_interrupt_gets_through_while_the_core_works(index: NameIndex) -> None:
    if threading.current_thread() is not threading.main_thread():
        pytest.skip("signals reach the main thread only")
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        pytest.skip("whoever started this process lets it ignore interrupts, as a shell does in the background")
    parts = index.stream(endless(), threads=2)
    next(parts)
    threading.Timer(0.05, signal.raise_signal, [signal.SIGINT]).start()
    with pytest.raises(KeyboardInterrupt):
        for _ in parts:
            pass
    assert list(parts) == []


def test_who_stops_reading_stops_the_work_and_lets_the_source_go(index: NameIndex) -> None:
    released = threading.Event()
    parts = index.stream(endless(released), threads=2)
    next(parts)
    assert not released.is_set()
    parts.close()  # type: ignore[attr-defined]
    assert released.wait(60)


def test_a_screening_that_was_closed_never_looks_whole(index: NameIndex) -> None:
    screening = index._core.screen(endless(), index._weights.json)
    next(screening)
    screening.close()
    with pytest.raises(StoppedError):
        next(screening)


def test_parts_of_different_answers_are_not_joined() -> None:
    one = _core.batch({"name": ["a"]})
    for parts in ([], [one, _core.batch({"names": ["a"]})]):
        with pytest.raises(UsageError, match="not the parts of one answer"):
            _core.join(parts)


def test_single_parties_are_answered_as_in_a_book(index: NameIndex) -> None:
    parties = [Party(names=[name]) for name in NAMES]
    single = [row.key for party in parties for row in index.judge(party_batch([party])).rows()]
    assert single == [row.key for row in index.judge(party_batch(parties), threads=2).rows()]
