"""How well the judge tells the same party from another, by names alone: F1 on labelled pairs, alerts among innocents.

    python bench/judge_quality.py [FOLDER] [--errors]

FOLDER holds `labelled/` and `ofac/2023-12-28/`; by default `../shared/data` beside the repository.
`--errors` lists every pair that was judged wrongly and every innocent that was reported.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from interdiction import _core
from interdiction.model import Party
from interdiction.names.batch import party_batch
from interdiction.names.index import NameIndex
from interdiction.names.weights import Weights

THRESHOLD = 0.70
KINDS = {"Person": "person", "Organization": "organisation", "Company": "organisation", "LegalEntity": None}
OFAC_KINDS = {"individual": "person", "vessel": "vessel", "aircraft": "aircraft"}


def pairs(path: Path, *, errors: bool) -> None:
    """Print precision, recall and F1 of one file of labelled pairs."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = [KINDS.get(row["schema"]) for row in rows]
    ours, theirs = (
        party_batch([Party(kind=kind, names=[row[column]]) for row, kind in zip(rows, kinds, strict=True)])
        for column in ("name1", "name2")
    )
    scores = _core.compare(ours, theirs, Weights.load().json, evidence=False).columns()["score"]
    for schema in ("Person", "other", ""):
        taken = [at for at, row in enumerate(rows) if not schema or (row["schema"] == "Person") == (schema == "Person")]
        told = [(scores[at] >= THRESHOLD, rows[at]["is_match"] == "true") for at in taken]
        right, false, missed = told.count((True, True)), told.count((True, False)), told.count((False, True))
        f1 = 2 * right / max(1, 2 * right + false + missed)
        print(f"{path.stem:22} {schema or 'all':8} F1 {f1:.3f}  of {len(taken)}: {false} false, {missed} missed")
    if errors:
        for score, row in sorted(zip(scores, rows, strict=True), key=lambda pair: pair[0]):
            if (score >= THRESHOLD) != (row["is_match"] == "true"):
                print(f"  {score:.3f} {row['is_match']:5} {row['schema'][:6]:6} {row['name1']} | {row['name2']}")


def innocents(path: Path, index: NameIndex, *, errors: bool) -> None:
    """Print how many of 1,000 innocent people are reported."""
    with path.open(encoding="utf-8", newline="") as file:
        names = [row["full_name"] for row in csv.DictReader(file)]
    judged = index.judge(party_batch([Party(kind="person", names=[name]) for name in names]), evidence=False)
    rows = judged.rows()
    alerts = len({row.query for row in rows})
    print(f"{path.stem:22} {1000 * alerts / len(names):.2f} reported of 1,000 ({len(names)} people, {len(rows)} hits)")
    if errors:
        for row in sorted(rows, key=lambda row: -row.score):
            print(f"  {row.score:.3f} {row.our_name} | {row.name}")


def listed(folder: Path) -> Iterator[tuple[str, Party]]:
    """Give the parties of OFAC's comma-separated files with primary names and aliases, kind, and nothing else."""
    aliases: dict[str, list[str]] = {}
    with (folder / "alt.csv").open(encoding="latin-1", newline="") as file:
        for row in csv.reader(file):
            if len(row) > 3:
                aliases.setdefault(row[0], []).append(row[3])
    with (folder / "sdn.csv").open(encoding="latin-1", newline="") as file:
        for row in csv.reader(file):
            if len(row) > 3:
                kind = OFAC_KINDS.get(row[2].strip(), "organisation")
                yield f"ofac-sdn:{row[0]}", Party(kind=kind, names=[row[1], *aliases.get(row[0], [])])


def main(folder: Path, *, errors: bool) -> None:
    """Measure everything the folder has."""
    for name in ("alias_pairs", "name_pairs"):
        pairs(folder / "labelled" / f"{name}.csv", errors=errors)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "list.names"
        NameIndex.build(path, listed(folder / "ofac" / "2023-12-28"))
        index = NameIndex.open(path)
        for name in ("innocent_global", "innocent_us"):
            innocents(folder / "labelled" / f"{name}.csv", index, errors=errors)


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    default = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
    main(Path(given[0]) if given else default, errors="--errors" in sys.argv)
