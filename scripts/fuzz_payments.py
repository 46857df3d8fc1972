"""Damages messages for as long as it is told, and stops at the first that is not read or held.

    python scripts/fuzz_payments.py SECONDS [FIRST_SEED] [FOLDER]

FOLDER holds messages to begin from; without it those of the tests are taken. A failure prints its seed and is written
to fuzz-failure.bin.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from interdiction import payments
from tests.payments.damage import damaged
from tests.payments.test_fuzz import SEEDS, sound


def main(seconds: float, seed: int, folder: Path | None) -> None:
    """Damage and read until the time is over."""
    seeds = list(SEEDS.values())
    if folder is not None:
        seeds += [path.read_bytes() for path in sorted(folder.rglob("*")) if path.suffix in {".xml", ".fin"}]
    end, done = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        draw = random.Random(seed)
        raw = damaged(draw.choice(seeds), draw, times=10)
        try:
            sound(payments.stream(raw))
        except BaseException:
            Path("fuzz-failure.bin").write_bytes(raw)
            print(f"seed {seed}, after {done} messages")
            raise
        seed += 1
        done += 1
    print(f"{done:,} damaged messages were read or held")


if __name__ == "__main__":
    main(float(sys.argv[1]), int((sys.argv[2:] or ["0"])[0]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
