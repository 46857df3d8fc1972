"""Common words of organisations and their translations: BANK, BANQUE and BANKASI are one word, not one spelling.

The families stand in `data/name_variants.yml`, culture *Organisation*; the core judges by them as by every other
family, and this tells a reviewer which kind of family it was.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_FAMILY = re.compile(r"^- \{culture: Organisation, spellings: ([^}]*)\}", re.MULTILINE)


def translated(ours: str, theirs: str) -> bool:
    """Tell whether two folded words are in one family of common words."""
    family = _families().get(ours)
    return family is not None and family == _families().get(theirs)


@cache
def _families() -> dict[str, int]:
    # By lines: reading two thousand families as YAML takes a second, and a check of one name has none to spare.
    text = resources.files("interdiction").joinpath("data", "name_variants.yml").read_text(encoding="utf-8")
    return {word: at for at, found in enumerate(_FAMILY.finditer(text)) for word in found[1].split()}
