"""The native retrieval against the plain definition in `tests/reference/oracle.py`: the same names, the same scores."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from interdiction import _core
from interdiction.names.weights import DATA, Weights

ONE = 65536


def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "oracle", Path(__file__).resolve().parent.parent / "reference" / "oracle.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


oracle = reference()
NUMBERS = oracle.Numbers.of(yaml.safe_load((DATA / "weights.yml").read_text(encoding="utf-8"))["retrieval"])

Answer = dict[tuple[int, int], int]


def by_engine(listed: Sequence[str], queries: Sequence[str], threshold: float, folder: Path) -> Answer:
    """Query and name to score, of 65536."""
    parties = _core.batch({"key": [f"un:{i}" for i in range(len(listed))], "names": [[text] for text in listed]})
    path = folder / "property.names"
    _core.build(parties, path, Weights.load().json, "0" * 64)
    asked = _core.batch({"names": [[text] for text in queries]})
    found = _core.open(path).retrieve(asked, threshold=threshold, threads=1).columns()
    rows = zip(found["query"], found["name"], found["score"], strict=True)
    return {(query, name): round(score * ONE) for query, name, score in rows}


def by_definition(listed: Sequence[str], queries: Sequence[str], threshold: float) -> Answer:
    names = [oracle.name_of(_core.analyse(text, "list")) for text in listed]
    judge = oracle.Oracle(names, NUMBERS)
    answer = {}
    for query, text in enumerate(queries):
        forms = oracle.name_of(_core.analyse(text, "query"))
        for name, listed_forms in enumerate(names):
            score = judge.score(forms, listed_forms)
            if score >= max(1, int(threshold * ONE)):
                answer[query, name] = score
    return answer


PARTS = (
    "kim yong young chol cheol jong un mohammed muhammad mahmoud ahmad hassan hussein abd al rahman abu bin ibn "
    "ivan petrov petrova petrof sergei zhang yang chang wei hafez hafiz khachaturyan khatchaturian bank of trading "
    "company ltd llc ooo gmbh inc j. a. t. e. international 2005 2004 iv no 1 one kore korea mining development "
    "김영철 Владимир Путин 習近平 Γεωργίου alrahman abdul yongchol rahma oil"
)
WORDS = st.sampled_from(PARTS.split())
NAMES = st.one_of(
    st.lists(WORDS, min_size=1, max_size=6).map(" ".join),
    st.lists(WORDS, min_size=1, max_size=3).map("".join),
    st.text(alphabet="abkm. -'0", max_size=14),
    st.lists(st.text(alphabet="abz", min_size=1, max_size=7), min_size=1, max_size=5).map(" ".join),
    st.text(max_size=12),
)


@st.composite
def slips(draw: st.DrawFn, names: list[str]) -> str:
    """A listed name with one letter dropped, doubled or exchanged, or a blank lost."""
    text = draw(st.sampled_from(names))
    at = draw(st.integers(0, max(0, len(text) - 1)))
    change = draw(st.sampled_from(["drop", "double", "exchange", "run together", "none"]))
    changed = {
        "drop": text[:at] + text[at + 1 :],
        "double": text[: at + 1] + text[at:],
        "exchange": text[:at] + "e" + text[at + 1 :],
        "run together": text.replace(" ", ""),
        "none": text,
    }
    return changed[change]


@given(data=st.data())
def test_engine_and_definition_agree(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    listed = data.draw(st.lists(NAMES, min_size=1, max_size=12))
    queries = data.draw(st.lists(st.one_of(NAMES, slips(listed)), min_size=1, max_size=5))
    threshold = data.draw(st.sampled_from([0.3, 0.5, 0.7, 1.0]))
    folder = tmp_path_factory.mktemp("property")
    assert by_engine(listed, queries, threshold, folder) == by_definition(listed, queries, threshold)


@pytest.mark.shared
def test_the_definitions_agree_on_ten_thousand_real_pairs(shared_data: Path, tmp_path: Path) -> None:
    with (shared_data / "ofac" / "2023-12-28" / "alt.csv").open(encoding="cp1252", newline="") as source:
        aliases = [row[3].strip() for row in csv.reader(source) if len(row) > 3]
    listed, queries = aliases[::167][:100], aliases[1::167][:50] + aliases[::334][:50]
    assert (len(listed), len(queries)) == (100, 100)
    engine = by_engine(listed, queries, 0.3, tmp_path)
    assert engine == by_definition(listed, queries, 0.3)
    assert len(engine) > 60


def test_a_sound_key_keeps_zhang_chang_and_yang_apart() -> None:
    assert [oracle.sound_key(name) for name in ("zhang", "chang", "yang")] == [".Jng", ".Cng", ".yng"]
    assert [oracle.sound_key(name) for name in ("hafez", "hafiz", "kim", "kam")] == [".hfz", ".hfz", "ikm", "akm"]
    assert [oracle.sound_key(name) for name in ("alexandr", "aleksander", "ali", "b52x")] == [
        "Alksndr",
        "Alksndr",
        None,
        None,
    ]
