"""Imports an archive of daily editions of the SDN list and holds the result against the archive's own counts.

`python scripts/history.py sdn_daily.tar.xz`; the counts stand beside it as `…_versions.csv`. Then every edition is read
back: its listings from the store and from its file must be equal field for field, its official bytes must be the
file's own, and editions of one day must stand in the order in which they came. What it prints is a table in Markdown.
"""

from __future__ import annotations

import csv
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from interdiction.engine.given import editions_in
from interdiction.engine.home import Home
from interdiction.engine.imports import import_each
from interdiction.errors import InterdictError
from interdiction.lists.detect import read_edition
from interdiction.lists.programmes import unknown_tags
from interdiction.lists.readers.reading import ListFile
from interdiction.model import Edition

LIST = "ofac-sdn"
CHANGES = (6809, 927, 1126)
"""Added, removed and amended over the whole archive, as counted from its rows."""


def main(archive: Path) -> int:
    """Import, measure, compare; 1 when anything differs."""
    with archive.with_name(archive.name.replace(".tar.xz", "_versions.csv")).open(newline="") as file:
        told = list(csv.DictReader(file))
    with TemporaryDirectory() as place:
        files = Path(place, "editions")
        with tarfile.open(archive) as packed:
            packed.extractall(files, filter="data")
        home = Home.open(Path(place, "home"), create=True)
        refused: list[str] = []

        def heard(path: Path, outcome: object) -> None:
            if isinstance(outcome, InterdictError):
                refused.append(f"{path.name}: {outcome}")

        whole = sum(one.stat().st_size for one in files.iterdir())
        print(f"| {len(told)} editions, {whole / 1e6:.0f} MB | | |\n|---|---|---|")
        with timed("imported, to the last edition in force"):
            import_each(home, LIST, editions_in([files]), at=datetime.now(UTC), told=heard)
        print(
            f"| the store; the official files beside it | {_megabytes(home.path / 'store.sqlite')} "
            f"| {_megabytes(home.path / 'raw')} |"
        )
        with home.reading() as reader:
            found = reader.editions(LIST)
        wrong = [*refused, *_miscounted(found, told)]
        with timed("all editions read back and compared"):
            wrong += _unlike(home, found, files)
    print(*wrong or ["All editions equal their files and their counts."], sep="\n")
    return int(bool(wrong))


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print what the block took: time of a core, and by the clock."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    print(f"| {what} | {time.process_time() - cpu:.0f} s of a core | {time.perf_counter() - wall:.0f} s |", flush=True)


def _megabytes(path: Path) -> str:
    size = sum(one.stat().st_size for one in path.iterdir()) if path.is_dir() else path.stat().st_size
    return f"{size / 1e6:.1f} MB"


def _miscounted(found: list[Edition], told: list[dict[str, str]]) -> list[str]:
    sums = Counter({name: sum(getattr(one, name) for one in found[1:]) for name in ("added", "removed", "amended")})
    days = Counter(one.on for one in found)
    several = sum(count > 1 for count in days.values())
    print(f"| added, removed, amended | {sums['added']:,} · {sums['removed']:,} · {sums['amended']:,} | |")
    print(f"| days with several editions, in their order | {several} | |")
    stated = [
        (row["file"], int(row["records"]), int(row["added_vs_prev"]), int(row["removed_vs_prev"])) for row in told
    ]
    # The first edition adds all of itself; the archive says nothing of it.
    got = [(one.parts[0].file, one.listings, one.added if at else 0, one.removed) for at, one in enumerate(found)]
    wrong = [f"{one} is not {other}" for one, other in zip(got, stated, strict=True) if one != other]
    if (sums["added"], sums["removed"], sums["amended"]) != CHANGES:
        wrong.append(f"{dict(sums)} are not the {CHANGES} of the archive")
    return wrong


def _unlike(home: Home, found: list[Edition], files: Path) -> list[str]:
    wrong = []
    for one in found:
        file = files / one.parts[0].file
        listings = read_edition([ListFile(file.name, file.read_bytes())], LIST).listings
        wrong += [f"{file.name}: the tag {tag} is not known" for _, tag in unknown_tags(listings)]
        said = {listing.uid: listing for listing in listings}
        with home.reading() as reader:
            kept = {listing.uid: listing for listing in reader.listings(LIST, one.seq)}
        if kept != said:
            wrong.append(f"{file.name}: the store says something else than the file")
        if home.raw.read(one.parts[0].sha256) != file.read_bytes():
            wrong.append(f"{file.name}: the bytes kept are not the file's")
    return wrong


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
