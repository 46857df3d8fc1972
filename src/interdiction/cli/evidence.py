"""`interdict decisions export`: the evidence gathered, decided again meanwhile, and written where it was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from interdiction.cli.door import progress
from interdiction.errors import UsageError

if TYPE_CHECKING:
    from interdiction.model import KeptFile
    from interdiction.reports.evidence import Pack


def export(id_: str, output: Path, *, by: str, home: Path, at: datetime) -> list[Path]:
    """Write the evidence as a page, as data or as a folder of both with every file, and give what was written.

    Raises `UsageError`: `by-required`, `unknown-decision`, `output` for a folder that has something in it.
    """
    from interdiction.desk.evidence import gather
    from interdiction.engine import Engine
    from interdiction.engine.records import number_of
    from interdiction.reports import evidence
    from interdiction.reports.evidence_page import evidence as page
    from interdiction.tables.write import write_whole

    with progress("export") as step, Engine.open(home, progress=step) as engine:
        found = gather(engine, number_of(id_), by=by, at=at, to=output.name)
    form = output.suffix.lower()
    if form in {".html", ".json"}:
        whole = page(found.pack).encode("utf-8") if form == ".html" else evidence.data(found.pack)
        write_whole(whole, output, "evidence")
        return [output]
    return _folder(output, found.pack, found.data, found.files)


def _folder(folder: Path, found: Pack, data: bytes, files: Sequence[tuple[KeptFile, bytes]]) -> list[Path]:
    from interdiction.reports import evidence
    from interdiction.reports.evidence_page import evidence as page
    from interdiction.reports.write import file_name, written
    from interdiction.tables.write import write_whole

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder} is there already and has something in it",
            where="--output",
            mend="name a folder that is new or empty, or a file that ends in .html or .json",
            code="output",
        )
    contents = {
        Path("evidence.html"): page(found).encode("utf-8"),
        Path("evidence.json"): evidence.data(found),
        Path("decision.json"): bytes(found.record.decision),
        Path("input") / _plain(found.run.input.name): data,
    }
    contents |= {Path("reports") / file_name(one, ".html"): written(one, ".html") for one in found.filings}
    contents |= {Path("documents") / f"{one.sha256[:12]}-{_plain(one.name)}": body for one, body in files}
    made = []
    for name, body in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(body, path, "evidence")
        made.append(path)
    return made


def _plain(name: str) -> str:
    """Give a base name that stays inside the folder, whatever a file was once called."""
    return Path(name.replace("\\", "/")).name.lstrip(".") or "file"
