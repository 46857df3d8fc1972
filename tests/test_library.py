"""The package as a library: the contract's Python door."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

import interdiction as ix
from interdiction.data import demo_file
from interdiction.errors import PartyError, UsageError


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from datetime import UTC, datetime

    from interdiction.engine.story import tell

    folder = tmp_path_factory.mktemp("library") / "home"
    tell(folder, datetime(2015, 1, 2, tzinfo=UTC))
    return folder


def test_two_spellings_of_one_name_compare_as_a_hit() -> None:
    assert ix.compare("Kim Yong Chol", "KIM, Yong-Chol", kind="person").score >= 0.70


def test_two_men_of_one_family_compare_below_a_hit() -> None:
    assert ix.compare("Kim Yong Su", "KIM, Yong Chol", kind="person").score < 0.70


def test_an_agreeing_fact_raises_and_a_contradicting_one_lowers() -> None:
    listed = ix.Party(kind="person", names=["KIM, Yong Chol"], birth_dates=["1962-02-18"], nationalities=["kp"])
    bare = ix.Party(kind="person", names=["Kim Yong Chol"])
    same = ix.Party(kind="person", names=["Kim Yong Chol"], birth_dates=["1962-02-18"])
    other = ix.Party(kind="person", names=["Kim Yong Chol"], birth_dates=["1985-07-01"])
    assert ix.compare(other, listed).score < ix.compare(bare, listed).score < ix.compare(same, listed).score


def test_an_unknown_kind_is_a_typed_error() -> None:
    with pytest.raises(PartyError):
        ix.compare("a", "b", kind="dragon")


def test_a_party_is_screened_as_of_a_day(home: Path) -> None:
    party = ix.Party(kind="person", names=["Kim Yong Chol"], birth_dates=["1962-02-18"])
    with ix.Engine.open(home) as engine:
        assert [hit.listing for hit in engine.screen(party)][:1] == ["ofac-sdn:17614"]
        before = engine.screen(party, as_of="2015-01-01")
    assert [hit.listing for hit in before] == ["ofac-sdn:12211"]
    assert [one.finding for one in before[0].evidence if one.kind == "birth_date"] == ["conflict"]


def test_any_table_that_speaks_arrow_gives_the_same_hits(home: Path) -> None:
    frame = pl.read_csv(demo_file("book.csv"), infer_schema=False)
    with ix.Engine.open(home) as engine:
        ours = engine.screen_many(frame)
        theirs = engine.screen_many(frame.to_arrow())
        single = [hit.listing for hit in engine.screen(ix.Party(names=["KANG, Ryong"]))]
    assert ours.equals(theirs)
    assert isinstance(pa.table(ours), pa.Table)
    assert single == ["ofac-sdn:17627"]


def test_a_threshold_that_could_not_be_kept_is_refused(home: Path) -> None:
    with ix.Engine.open(home) as engine, pytest.raises(UsageError) as caught:
        engine.screen("KOMID", threshold=0.4)
    assert caught.value.code == "threshold"


def test_importing_the_package_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    code = "import sys, interdiction; print([m for m in ('polars','sqlalchemy','lxml','rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_version_is_answered_before_anything_heavy_is_imported() -> None:
    import subprocess
    import sys

    code = (
        "import sys; sys.argv = ['interdict', '--version']\n"
        "from interdiction.cli import main; main()\n"
        "print([m for m in ('typer','polars','sqlalchemy','rich','msgspec') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1] == "[]"


def test_every_exported_name_can_be_had() -> None:
    assert all(getattr(ix, name) is not None for name in ix.__all__)
    with pytest.raises(AttributeError):
        ix.nothing_of_the_kind  # noqa: B018
