from __future__ import annotations

import importlib.util
import unicodedata
from pathlib import Path
from types import ModuleType

import pytest

from interdiction import _core

ROOT = Path(__file__).resolve().parents[2]


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tables_script", ROOT / "scripts" / "tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tables = _load()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tables written into a folder of the test's own."""
    monkeypatch.setattr(tables, "TABLES", tmp_path)
    assert tables.main([]) == 0
    return tmp_path


def test_the_committed_tables_are_the_yaml_truth() -> None:
    for name, content in tables.render().items():
        assert (tables.TABLES / name).read_text(encoding="utf-8") == content, f"{name}: run python scripts/tables.py"
    assert tables.main(["--check"]) == 0


def test_writing_twice_gives_the_same_bytes(elsewhere: Path) -> None:
    before = {path.name: path.read_bytes() for path in elsewhere.iterdir()}
    assert tables.main([]) == 0
    assert before == {path.name: path.read_bytes() for path in elsewhere.iterdir()}


@pytest.mark.parametrize("damage", ["edited", "missing"])
def test_check_refuses_a_table_that_differs_and_leaves_it(elsewhere: Path, damage: str) -> None:
    table = elsewhere / "stop_words.tsv"
    if damage == "edited":
        table.write_text("always\tputin\n", encoding="utf-8")
    else:
        table.unlink()
    assert tables.main(["--check"]) == 1
    assert not table.exists() or table.read_text(encoding="utf-8") == "always\tputin\n"


def test_a_spelling_belongs_to_one_variant_class_only() -> None:
    seen: dict[str, int] = {}
    rows = list(tables.name_variants(tables.load("name_variants")))
    assert len(rows) >= 250
    for row in rows:
        number, spellings = row.split("\t")
        for spelling in spellings.split(" "):
            assert spelling not in seen, f"{spelling} stands in {seen[spelling]} and {number}"
            seen[spelling] = int(number)


@pytest.mark.parametrize(
    ("table", "truth"),
    [
        ("name_variants", [{"culture": "a", "spellings": "ivan iwan"}, {"culture": "b", "spellings": "iwan jan"}]),
        ("name_variants", [{"culture": "a", "spellings": "Ivan iwan"}]),
        ("name_variants", [{"culture": "a", "spellings": "ivan"}]),
        ("name_variants", [{"culture": "a", "spellings": ["noh", False]}]),
        ("name_variants", [{"spellings": "ivan iwan"}]),
        ("legal_forms", [{"id": 1, "anywhere": ["ltd"]}, {"id": 2, "end": ["ltd"]}]),
        ("legal_forms", [{"id": 1, "anywhere": ["ltd"]}, {"id": 1, "end": ["ag"]}]),
        ("legal_forms", [{"id": 1, "anywhere": ["d.o.o."]}]),
        ("legal_forms", [{"id": 1, "somewhere": ["ltd"]}]),
        ("legal_forms", [{"id": 0, "end": ["ltd"]}]),
        ("stop_words", {"always": {"a": ["the"]}, "long": ["the"], "first": [], "between": [], "assimilated": []}),
        ("stop_words", {"always": {}, "long": [], "first": [], "between": [], "assimilated": [], "never": []}),
        ("romanisation", {"sino_korean": {"정": "正", "종": "正"}}),
        ("romanisation", {"arabic": {"علي": "Ali"}}),
    ],
)
def test_a_truth_that_contradicts_itself_or_could_never_be_met_is_refused(table: str, truth: object) -> None:
    with pytest.raises(tables.TruthError):
        list(tables.WRITERS[table](truth))


def test_no_spelling_in_a_table_is_one_that_normalising_would_change() -> None:
    spellings = {
        word for row in tables.name_variants(tables.load("name_variants")) for word in row.split("\t")[1].split()
    }
    spellings |= {row.split("\t")[1] for row in tables.stop_words(tables.load("stop_words"))}
    spellings |= {row.split("\t")[2] for row in tables.legal_forms(tables.load("legal_forms"))}
    latin = {spelling for spelling in spellings if any("LATIN" in unicodedata.name(c) for c in spelling)}
    assert {spelling for spelling in spellings if spelling.isascii()} == latin
    assert {spelling: _core.fold(spelling) for spelling in latin if _core.fold(spelling) != spelling} == {}


def test_every_variant_class_is_the_one_the_core_gives_its_spellings() -> None:
    for row in tables.name_variants(tables.load("name_variants")):
        number, spellings = row.split("\t")
        for spelling in spellings.split(" "):
            (token,) = _core.analyse(spelling, "query")["forms"][0]["tokens"]
            assert (token["text"], token["variant"]) == (spelling, int(number))


def test_readings_of_other_scripts_are_latin_words() -> None:
    for row in tables.romanisation(tables.load("romanisation")):
        section, native, readings = row.split("\t")
        assert native
        for reading in readings.split("|"):
            assert reading.isascii() is not (section in {"sino_korean", "korean_hanja_surnames"}), row
