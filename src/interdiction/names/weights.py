"""The scoring numbers: `data/weights.yml` and `data/common_words.yml`, or a user's own file, as one checked object."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from interdiction.errors import DataError

DATA = Path(__file__).resolve().parent.parent / "data"

GRADES = ("everywhere", "names", "frequent", "business", "activity", "place", "akin")


class Weights(msgspec.Struct, frozen=True):
    """The numbers of retrieval and judge as the core takes them.

    `version` is the file's own word and `sha256` the digest of `json`: decisions carry both, so that a
    replay notices a number that changed under an unchanged version.
    """

    version: str
    sha256: str
    json: bytes

    @property
    def reference(self) -> str:
        """What a decision carries."""
        return f"{self.version} sha256:{self.sha256}"

    @property
    def judge(self) -> dict[str, Any]:
        """The numbers of the judge, by section."""
        found: dict[str, Any] = msgspec.json.decode(self.json)["judge"]
        return found

    def changed(self, numbers: Mapping[str, float], version: str = "") -> Weights:
        """Give the same weights with other numbers of the judge, by their place (`fact.birth_equal`)."""
        raw = msgspec.json.decode(self.json)
        for place, value in numbers.items():
            section, _, key = place.partition(".")
            raw["judge"][section][key] = value
        raw["version"] = version or self.version
        json = msgspec.json.encode(raw, order="deterministic")
        return Weights(raw["version"], hashlib.sha256(json).hexdigest(), json)

    @classmethod
    def load(cls, path: Path | None = None) -> Weights:
        """Read the package's weights, or those of `path` in the same form; common words are always the package's.

        Raises `DataError` for a file that is not YAML, lacks a section or holds what the sections may not;
        numbers out of range are refused by the core when they are first used.
        """
        return _packaged() if path is None else _load(path)


@cache
def _packaged() -> Weights:
    return _load(DATA / "weights.yml")


def _load(path: Path) -> Weights:
    raw = _mapping(path)
    unknown = sorted(set(raw) - {"version", "retrieval", "judge"})
    missing = sorted({"version", "retrieval", "judge"} - set(raw))
    if unknown or missing:
        wrong = [f"unknown section {name}" for name in unknown] + [f"no section {name}" for name in missing]
        raise DataError("; ".join(wrong), where=str(path), mend="keep version, retrieval and judge", code="weights")
    if not isinstance(raw["version"], str) or not isinstance(raw["judge"], dict):
        raise DataError(
            "version is text in quotes, judge a mapping",
            where=str(path),
            mend='write version: "2026.1"',
            code="weights",
        )
    judge: dict[str, Any] = {**raw["judge"], "common": _common(DATA / "common_words.yml")}
    try:
        json = msgspec.json.encode({**raw, "judge": judge}, order="deterministic")
    except TypeError as error:
        raise DataError(str(error), where=str(path), mend="use numbers and text only", code="weights") from error
    return Weights(raw["version"], hashlib.sha256(json).hexdigest(), json)


def _common(path: Path) -> dict[str, list[str]]:
    raw = _mapping(path)
    graded: dict[str, list[str]] = {}
    for grade in GRADES:
        words = raw.get(grade, "")
        if not isinstance(words, str):
            raise DataError(
                f"{grade} is not a text of words", where=str(path), mend="write words with spaces", code="weights"
            )
        graded[grade] = words.split()
    return graded


def _mapping(path: Path) -> dict[str, Any]:
    try:
        raw = yaml.load(path.read_bytes(), yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)  # noqa: S506
    except (OSError, yaml.YAMLError) as error:
        raise DataError(
            f"the weights cannot be read: {error}", where=str(path), mend="correct the file", code="weights"
        ) from error
    if not isinstance(raw, dict):
        raise DataError("not a mapping", where=str(path), mend="begin with version, retrieval, judge", code="weights")
    return raw
