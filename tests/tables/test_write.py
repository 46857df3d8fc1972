from __future__ import annotations

from pathlib import Path

import fastexcel
import polars as pl
import pytest

from interdiction.errors import UsageError
from interdiction.tables import read_sheet, write

FRAME = pl.DataFrame(
    {
        "query_id": ["1", "=cmd()", None],
        "name": ['Kim, "Bo"', "+1", "@x"],
        "score": [0.91, 0.7, 1.0],
        "names": [["a", "b"], [], None],
    },
    schema_overrides={"names": pl.List(pl.String)},
)


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".jsonl", ".ndjson", ".xlsx", ".XLSX"])
def test_what_is_written_reads_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"hits{suffix}"
    write(FRAME, path)
    found = read_sheet(path)
    assert found.header == ("query_id", "name", "score", "names")
    assert found.cells["c1"].to_list() == ['Kim, "Bo"', "+1", "@x"]
    assert found.cells["c3"].to_list()[0] == "a; b"
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_cell_that_looks_like_a_formula_is_text_in_excel(tmp_path: Path) -> None:
    path = tmp_path / "hits.xlsx"
    write(FRAME, path)
    sheet = fastexcel.read_excel(path).load_sheet(0, dtypes="string")
    assert pl.DataFrame(sheet)["query_id"].to_list()[1] == "=cmd()"
    import zipfile

    with zipfile.ZipFile(path) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_csv_keeps_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "hits.csv"
    write(FRAME, path)
    assert "=cmd()" in path.read_text(encoding="utf-8")


def test_the_same_frame_gives_the_same_bytes(tmp_path: Path) -> None:
    for suffix in (".csv", ".jsonl", ".xlsx", ".parquet"):
        one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
        write(FRAME, one)
        write(FRAME, two)
        assert one.read_bytes() == two.read_bytes()


def test_a_text_longer_than_a_cell_is_marked_as_cut_not_dropped(tmp_path: Path) -> None:
    path = tmp_path / "hits.xlsx"
    write(pl.DataFrame({"why": ["x" * 40_000]}), path)
    text = read_sheet(path).cells["c0"][0]
    assert len(text) == 32_767
    assert text.endswith("[cut]")


@pytest.mark.parametrize("name", ["hits", "hits.txt", "hits.xls"])
def test_an_unknown_suffix_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as refused:
        write(FRAME, tmp_path / name)
    assert refused.value.code == "output-format"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        write(FRAME, tmp_path / "no" / "hits.csv")
    assert refused.value.code == "output"


def test_more_rows_than_a_sheet_has_are_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        write(pl.DataFrame({"n": range(1_048_576)}), tmp_path / "hits.xlsx")
    assert refused.value.code == "output-rows"
    assert not list(tmp_path.iterdir())


def test_an_empty_result_has_its_header(tmp_path: Path) -> None:
    for suffix in (".csv", ".xlsx"):
        write(FRAME.clear(), tmp_path / f"hits{suffix}")
        assert read_sheet(tmp_path / f"hits{suffix}").header == ("query_id", "name", "score", "names")


def test_an_interrupt_while_writing_leaves_the_old_result_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(pl.DataFrame({"a": ["old"]}), tmp_path / "x.csv")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(pl.DataFrame({"a": ["new"]}), tmp_path / "x.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
    assert "old" in (tmp_path / "x.csv").read_text()
