"""The documented examples of yente asked of this service: key by key, in their order, with values of their types."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import Client
from tests.api.shapes import MORE, SHAPES

ROOT = Path(__file__).parents[2]
DOCUMENTED = ROOT.parent / "shared" / "yente_api.md"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


def differences(shape: Any, answer: Any, place: str) -> Iterator[str]:
    """Give every place at which an answer is not of a shape."""
    if shape is None:
        return
    if isinstance(shape, dict):
        yield from _of_object(shape, answer, place)
    elif isinstance(shape, list):
        if not isinstance(answer, list):
            yield f"{place} is {answer!r}, no list"
            return
        for value in answer:
            yield from differences(shape[0], value, f"{place}[]")
    elif not _alike(shape, answer):
        yield f"{place} is {answer!r}, not as {shape!r}"


def _of_object(shape: dict[str, Any], answer: Any, place: str) -> Iterator[str]:
    if not isinstance(answer, dict):
        yield f"{place} is {answer!r}, no object"
        return
    if "*" in shape:
        for value in answer.values():
            yield from differences(shape["*"], value, f"{place}.*")
        return
    there = [key for key in answer if key in shape]
    if there != list(shape):
        yield f"{place} has {there} where {list(shape)} is documented"
    more = set(answer) - set(shape) - MORE.get(place, set())
    if more:
        yield f"{place} says {sorted(more)} beside it"
    for key in there:
        yield from differences(shape[key], answer[key], f"{place}.{key}")


def _alike(shape: Any, answer: Any) -> bool:
    if isinstance(shape, float):
        return isinstance(answer, int | float) and not isinstance(answer, bool)
    if type(answer) is not type(shape):
        return False
    return not isinstance(shape, str) or not INSTANT.fullmatch(shape) or bool(INSTANT.fullmatch(answer))


@pytest.mark.parametrize("name", SHAPES)
def test_every_documented_request_is_answered_in_its_documented_shape(ask: Client, name: str) -> None:
    method, path, sent, shape = SHAPES[name]
    answer = ask(method, path, **sent)
    assert answer.status_code == 200, answer.text
    assert list(differences(shape, answer.json(), name)) == []


def test_a_shape_that_is_not_kept_is_seen() -> None:
    shape = {"a": "x", "b": [{"c": 1.5}], "d": None, "at": "2015-01-02T00:00:00"}
    good = {"a": "y", "b": [{"c": 2}], "d": [], "at": "2016-01-02T00:00:00"}
    assert list(differences(shape, good, "x")) == []
    for bad in (
        {**good, "a": 1},
        {**good, "b": [{"c": "2"}]},
        {**good, "b": {}},
        {**good, "e": 1},
        {**good, "at": "2016-01-02"},
        {key: good[key] for key in ("b", "a", "d", "at")},
        {"a": "y"},
    ):
        assert list(differences(shape, bad, "x")), bad


def test_everything_we_say_beside_it_is_told_in_the_guide() -> None:
    guide = (ROOT / "docs" / "service.md").read_text(encoding="utf-8")
    assert [key for keys in MORE.values() for key in sorted(keys) if f"`{key}`" not in guide] == []


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("/match/nosuch", {"json": {"queries": {"q": {"schema": "Person", "properties": {"name": ["A"]}}}}}, 404),
        ("/match/default?algorithm=nosuch", {"json": {"queries": {"q": {"schema": "Person"}}}}, 400),
        ("/match/default", {"json": {"queries": {str(n): {"schema": "Person"} for n in range(101)}}}, 400),
        ("/match/default?limit=0", {"json": {"queries": {}}}, 422),
        (f"/match/default?topics={'x' * 60_001}", {"json": {"queries": {}}}, 414),
        ("/entities/nosuch", None, 404),
        ("/entities/ofac-sdn:17615/adjacent/name", None, 404),
        ("/search/nosuch", None, 404),
        ("/reconcile/nosuch", None, 404),
    ],
)
def test_errors_have_the_documented_status_and_a_detail(
    ask: Client, path: str, sent: dict[str, Any] | None, status: int
) -> None:
    answer = ask("GET" if sent is None else "POST", path, **(sent or {}))
    assert answer.status_code == status, answer.text
    assert isinstance(answer.json()["detail"], str)


@pytest.mark.shared
def test_the_shape_of_a_match_is_the_one_that_is_documented() -> None:
    if not DOCUMENTED.is_file():
        pytest.skip("the page on yente is not beside the repository")
    text = DOCUMENTED.read_text(encoding="utf-8")
    (example,) = re.findall(r"^```json\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert list(differences(SHAPES["match"][3], json.loads(example), "documented")) == []
