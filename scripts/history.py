"""Imports an archive of daily editions of the SDN list and holds the result against the archive's own counts.

`python scripts/history.py sdn_daily.tar.xz`; the counts stand beside it as `…_versions.csv`. Every edition is read
back from the store and from its file; the two must be equal field for field.
"""

from __future__ import annotations

import csv
import sys
import tarfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from interdiction.engine.given import editions_in
from interdiction.engine.home import Home
from interdiction.engine.imports import import_each
from interdiction.errors import InterdictError
from interdiction.lists.detect import read_edition
from interdiction.lists.readers.reading import ListFile
from interdiction.model import Edition

LIST = "ofac-sdn"


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

        wall, cpu = time.perf_counter(), time.process_time()
        import_each(home, LIST, editions_in([files]), at=datetime.now(UTC), told=heard)
        print(f"{len(told)} editions: {time.process_time() - cpu:.0f} s of a core, {time.perf_counter() - wall:.0f} s")
        print(f"store {home.store.stat().st_size / 1e6:.1f} MB, files {_size(home.path / 'raw') / 1e6:.1f} MB")
        with home.reading() as reader:
            found = reader.editions(LIST)
        wrong = [*refused, *_miscounted(found, told), *_unlike(home, found, files)]
    print(*wrong or ["all editions equal their files and their counts"], sep="\n")
    return int(bool(wrong))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def _miscounted(found: list[Edition], told: list[dict[str, str]]) -> list[str]:
    sums = Counter({name: sum(getattr(one, name) for one in found[1:]) for name in ("added", "removed", "amended")})
    days = Counter(one.on for one in found)
    print(f"{dict(sums)}; {sum(count > 1 for count in days.values())} days with several editions")
    stated = [
        (row["file"], int(row["records"]), int(row["added_vs_prev"]), int(row["removed_vs_prev"])) for row in told
    ]
    # The first edition adds all of itself; the archive says nothing of it.
    got = [(one.parts[0].file, one.listings, one.added if at else 0, one.removed) for at, one in enumerate(found)]
    return [f"{one} is not {other}" for one, other in zip(got, stated, strict=True) if one != other]


def _unlike(home: Home, found: list[Edition], files: Path) -> list[str]:
    wrong = []
    for one in found:
        file = files / one.parts[0].file
        said = {
            listing.uid: listing for listing in read_edition([ListFile(file.name, file.read_bytes())], LIST).listings
        }
        with home.reading() as reader:
            kept = {listing.uid: listing for listing in reader.listings(LIST, one.seq)}
        if kept != said:
            wrong.append(f"{file.name}: the store says something else than the file")
    return wrong


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
