"""Many documents are read on every core: the same accounts in the same order, and the same refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.announcements import TEXTS
from interdiction.announcements.patterns import load_patterns
from interdiction.engine.announcing import read_texts
from interdiction.errors import InputError

PATTERNS = load_patterns()
PATHS = sorted(TEXTS.glob("*.txt"))


def test_documents_read_side_by_side_are_those_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    seen: list[tuple[int, int]] = []
    together = read_texts(PATHS, PATTERNS, step=lambda _, done, whole: seen.append((done, whole)))
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert together == read_texts(PATHS, PATTERNS)
    assert [text.account.file for text in together] == [path.name for path in PATHS]
    assert seen == [(done, len(PATHS)) for done in range(1, len(PATHS) + 1)]


def test_one_document_that_is_no_text_refuses_the_run_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    binary, gone = tmp_path / "binary.txt", tmp_path / "gone.txt"
    binary.write_bytes(bytes(range(256)) * 4)
    for bad in (binary, gone):
        with pytest.raises(InputError) as refused:
            read_texts([*PATHS[:9], bad], PATTERNS)
        assert bad.name in refused.value.where
        assert refused.value.mend
