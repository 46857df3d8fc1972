"""Words that say nobody inside a text: what payments are for, and what organisations everywhere are called."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from interdiction.errors import DataError
from interdiction.names.normalise import fold

_GRADES: Final = ("everywhere", "business", "activity")
"""Of `common_words.yml`: shared by names of organisations. Names of persons and places stay telling."""
_FORMS: Final = ("anywhere", "end", "start", "late", "edge")
_WORD: Final = re.compile(r"[^\W_]+")


def says_nobody(words: str, name: str) -> bool:
    """Tell whether words of a text that are alike a listed name are ordinary, all of them.

    A legal form among them makes a name of them, and so does the listed name's own spelling, its legal form aside.
    """
    said = _WORD.findall(fold(words))
    if not said or any(word in legal_forms() or word not in _ordinary() for word in said):
        return False
    return said != [word for word in _WORD.findall(fold(name)) if word not in legal_forms()]


@cache
def _ordinary() -> frozenset[str]:
    common, texts = read_words("common_words.yml"), read_words("text_words.yml")
    return frozenset(word for text in (*(common[grade] for grade in _GRADES), texts["words"]) for word in text.split())


@cache
def legal_forms() -> frozenset[str]:
    """Give the legal forms of one word, such as LLC, GMBH, OOO."""
    found = read_words("legal_forms.yml")
    spelled = (text for one in found for place in _FORMS for text in one.get(place, ()))
    return frozenset(text for text in spelled if " " not in text)


@cache
def read_words(name: str) -> Any:
    """Give what a file of words in `data/` holds; raises `DataError` for one that is no YAML."""
    raw = resources.files("interdiction").joinpath("data", name).read_bytes()
    try:
        return yaml.load(raw, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise DataError(f"the file is wrong: {error}", where=name, mend="restore the file of the package") from error
