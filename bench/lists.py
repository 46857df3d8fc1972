"""How fast the official lists are read, and in how much memory: `python -m bench.lists [--quick] [--out FILE]`.

Every file is read in a process of its own. What is told is processor time of reading alone (bytes in memory to
finished listings) on one core, and beside it the XML parser alone on the same file, which no reader can beat.
Where no full file of the publisher's is at hand, a small one is multiplied, every entry with ids of its own.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from bench import machine
from bench.books import DATA, ROOT
from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile
from interdiction.names import countries
from tests.lists.readers.advanced_writer import Writer

MADE = ROOT / "tests" / "lists" / "readers" / "made"
BEGIN, END = "<!-- figures: written by `python -m bench.lists` -->", "<!-- end of figures -->"
LARGE = 125_000_000
"""Bytes of SDN_ADVANCED.XML as OFAC publishes it."""
MIDDLE = 20_000_000
"""Bytes of the EU's and the United Kingdom's lists today, more or less."""


@dataclass(frozen=True)
class Subject:
    """One file to read: what it is, whose list, the files, and the megabytes a second that are the goal."""

    name: str
    key: str
    paths: tuple[Path, ...]
    goal: float | None = None
    made: bool = False
    runs: int = 5


def multiplied(document: bytes, sections: Sequence[str], ids: str, size: int) -> bytes:
    """Repeat what stands inside each section (the name of an element) until the document has `size` bytes.

    `ids` is a pattern that ends where a number begins: each copy gets four digits of its own before it.
    """
    times = max(1, min(8999, size // len(document)))
    number = re.compile(rb"(" + ids.encode() + rb")(?=[A-Z.]{0,8}\d)")
    out, at = [], 0
    for section in sections:
        opened = re.compile(rb"<" + section.encode() + rb"\b[^>]*>").search(document, at)
        closing = document.rfind(b"</" + section.encode() + b">")
        if opened is None or closing < 0:
            raise SystemExit(f"<{section}> does not stand in the document to multiply")
        body = document[opened.end() : closing]
        out.append(document[at : opened.end()])
        out += [number.sub(rb"\g<1>%d" % (1000 + copy), body) for copy in range(times)]
        at = closing
    return b"".join([*out, document[at:]])


def advanced(size: int) -> bytes:
    """Write OFAC's non-SDN list as ADVANCED XML, by the writer of the tests, and multiply it."""
    root = etree.parse(str(DATA / "ofac/nonsdn/2025-01-10_cons_enhanced.xml")).getroot()
    sections = ("Locations", "IDRegDocuments", "DistinctParties", "ProfileRelationships", "SanctionsEntries")
    own = "ID|FixedRef|IdentityID|LocationID|IDRegDocumentID|ProfileID|From-ProfileID|To-ProfileID|SanctionsEntryID"
    return multiplied(Writer(root).document(), sections, rf' (?:{own}|NamePartGroupID)="', size)


def subjects(folder: Path, *, quick: bool) -> list[Subject]:
    """Give every file to read; those that are made are written into `folder`."""
    large, middle = (LARGE // 20, MIDDLE // 20) if quick else (LARGE, MIDDLE)
    made: dict[str, Callable[[], bytes]] = {
        "advanced.xml": lambda: advanced(large),
        "eu.xml": lambda: multiplied(
            (MADE / "eu.xml").read_bytes(), ("export",), r'logicalId="|euReferenceNumber="', middle
        ),
        "uk.xml": lambda: multiplied(
            (MADE / "uk.xml").read_bytes(), ("Designations",), r"<UniqueID>|<OFSIGroupID>", middle
        ),
        "ch.xml": lambda: multiplied(
            (MADE / "ch.xml").read_bytes(), ("swiss-sanctions-list",), r'ssid="|target-ssid="', middle // 2
        ),
    }
    for name, make in made.items():
        (folder / name).write_bytes(make())
    csl = folder / "csl.csv"
    csl.write_bytes(gzip.decompress((DATA / "us_csl/csl_consolidated_2022-05.csv.gz").read_bytes()))
    runs = 1 if quick else 5
    return [
        Subject("UN, 28 January 2026", "un", (DATA / "un/UN_2026-01-28.xml",), 30, runs=runs),
        Subject(
            "OFAC non-SDN, plain XML", "ofac-cons", (DATA / "ofac/nonsdn/2026-01-08_consolidated.xml",), 30, runs=runs
        ),
        Subject(
            "OFAC non-SDN, ENHANCED XML",
            "ofac-cons",
            (DATA / "ofac/nonsdn/2025-01-10_cons_enhanced.xml",),
            30,
            runs=runs,
        ),
        Subject("OFAC, ADVANCED XML", "ofac-cons", (folder / "advanced.xml",), 15, made=True, runs=1),
        Subject("EU, XML 1.1", "eu", (folder / "eu.xml",), 30, made=True, runs=1),
        Subject("United Kingdom, XML", "uk", (folder / "uk.xml",), 30, made=True, runs=1),
        Subject("Switzerland, XML", "ch", (folder / "ch.xml",), 30, made=True, runs=1),
        Subject("Canada, XML", "ca", (DATA / "ca/SEMA_2025.xml",), 30, runs=runs),
        Subject(
            "OFAC SDN, legacy set of four",
            "ofac-sdn",
            tuple(sorted((DATA / "ofac/2023-12-28").glob("*.csv"))),
            runs=runs,
        ),
        Subject("US Consolidated Screening List, CSV", "us-csl", (csl,), runs=runs),
        Subject("HM Treasury 2018, CSV", "uk-hmt", (DATA / "uk/UK_ConList_2018-04-13.csv",), runs=runs),
        Subject("Australia, xlsx", "au", (DATA / "au/regulation8_consolidated_2024-12.xlsx",), runs=runs),
    ]


def read_one(key: str, paths: Sequence[Path], runs: int) -> dict[str, float]:
    """Read an edition `runs` times in this process; memory is told before anything else is measured in it."""
    files = [ListFile(path.name, path.read_bytes()) for path in paths]
    countries.code("Iran")  # the tables of country names are loaded once a process, whatever is read
    seconds, listings = [], 0
    for _ in range(runs):
        began = time.process_time()
        reading = read_edition(files, key)
        seconds.append(time.process_time() - began)
        listings = len(reading.listings)
        del reading
    memory = _peak()
    size = sum(len(file.data) for file in files)
    parser = 0.0
    if files[0].name.endswith(".xml"):
        began = time.process_time()
        for _, element in etree.iterparse(io.BytesIO(files[0].data), events=("end",), tag=_entries(files[0].data)):
            element.clear()
        parser = time.process_time() - began
    return {
        "bytes": size,
        "listings": listings,
        "seconds": statistics.median(seconds),
        "megabytes": memory,
        "parser": size / 1e6 / parser if parser else 0.0,
    }


def _peak() -> float:
    """Give the most memory this process had, in megabytes; what it was forked from does not count."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


_ENTRIES = (
    "INDIVIDUAL",
    "ENTITY",
    "sdnEntry",
    "entity",
    "DistinctParty",
    "sanctionEntity",
    "Designation",
    "target",
    "record",
)


def _entries(data: bytes) -> tuple[str, ...]:
    head = data[:4096]
    namespace = re.search(rb'xmlns="([^"]+)"', head)
    prefix = f"{{{namespace[1].decode()}}}" if namespace else ""
    return tuple(prefix + name for name in _ENTRIES)


def measured(subject: Subject) -> dict[str, float]:
    """Read a subject in a process of its own."""
    arguments = ["--one", subject.key, "--runs", str(subject.runs), *map(str, subject.paths)]
    run = subprocess.run(
        [sys.executable, "-m", "bench.lists", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(run.stdout)
    return found


def page(rows: Sequence[tuple[Subject, dict[str, float]]], known: dict[str, str]) -> str:
    """Write the table."""
    lines = [
        BEGIN,
        "",
        f"Machine: {', '.join(f'{key} {value}' for key, value in known.items() if key != 'rust')}.",
        "",
        "| file | MB | listings | MB/s | goal | the parser alone, MB/s | memory, MB |",
        "|---|---:|---:|---:|---|---:|---:|",
    ]
    for subject, found in rows:
        speed = found["bytes"] / 1e6 / found["seconds"]
        goal = "" if subject.goal is None else f"{subject.goal:.0f}, {'met' if speed >= subject.goal else 'not met'}"
        name = f"{subject.name} (made)" if subject.made else subject.name
        parser = f"{found['parser']:.0f}" if found["parser"] else ""
        cells = f"{found['bytes'] / 1e6:.1f} | {found['listings']:,.0f} | {speed:.1f} | {goal} | {parser}"
        lines.append(f"| {name} | {cells} | {found['megabytes']:.0f} |")
    return "\n".join([*lines, "", END])


def main() -> None:
    """Measure and write the figures between their marks."""
    parser = argparse.ArgumentParser(prog="python -m bench.lists", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help="small files, each once, to see that everything runs")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "docs" / "benchmarks" / "lists.md", help="the page to write into"
    )
    parser.add_argument("--one", metavar="LIST", help=argparse.SUPPRESS)
    parser.add_argument("--runs", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("paths", type=Path, nargs="*", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(read_one(given.one, given.paths, given.runs)))
        return
    if not DATA.is_dir():
        raise SystemExit("nothing to measure on: the real lists (../shared/data) are not beside this checkout")
    known = machine.described()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        for subject in subjects(Path(name), quick=given.quick):
            found = measured(subject)
            rows.append((subject, found))
            print(
                f"{subject.name:<38} {found['bytes'] / 1e6 / found['seconds']:6.1f} MB/s  {found['megabytes']:.0f} MB",
                flush=True,
            )
    text = given.out.read_text(encoding="utf-8") if given.out.exists() else f"{BEGIN}{END}\n"
    before, _, rest = text.partition(BEGIN)
    given.out.write_text(before + page(rows, known) + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    main()
