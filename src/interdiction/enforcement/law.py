"""The packaged files of law as one hash, so that a decision can say by which law it was made (law 5)."""

from __future__ import annotations

from functools import cache
from typing import Final

from interdiction.enforcement import document

FILES: Final = ("deadlines.yml", "jurisdictions.yml", "measures.yml", "places.yml", "rails.yml", "reach.yml")


@cache
def fingerprint() -> str:
    """Give the SHA-256 of the files in their order."""
    return document.fingerprint(b"\0".join(document.packaged(name) for name in FILES))
