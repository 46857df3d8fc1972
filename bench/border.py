"""One process that screens through the Arrow border when told to: `python -m bench.border FILE BOOK`.

Lines in: `size`, or `retrieve TAU THREADS FIRST END`, a part of the book in one native call that remembers
nothing of earlier ones. Lines out: JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from interdiction import _core


def main(file: str, book: str) -> None:
    """Answer until the input ends."""
    index = _core.open(file)
    names = Path(book).read_text(encoding="utf-8").splitlines()
    parts: dict[tuple[int, int], _core.Batch] = {}
    for line in sys.stdin:
        command, *words = line.split()
        if command == "size":
            answer: dict[str, float] = {"names": len(names)}
        else:
            tau, threads, first, end = float(words[0]), *map(int, words[1:])
            part = (first, end)
            if part not in parts:
                parts[part] = _core.batch({"name": names[first:end]})
                index.retrieve(parts[part], threshold=1.0, threads=1)
            started = time.perf_counter()
            found = index.retrieve(parts[part], threshold=tau, threads=threads)
            answer = {"seconds": time.perf_counter() - started, "rows": len(found)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
