"""Takes SWIFT FIN text apart: messages, their blocks one to five, and the fields of block four with their lines.

Nothing is thrown away: what stands between blocks, or in a block that nobody knows, is given back as stray text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

import msgspec

MOST_FIELDS: Final = 2000
"""Fields of one message; SWIFT carries ten thousand characters. The last one holds all that follows, as text."""
_START: Final = re.compile(r"\{1:[A-Z0-9]")
_BLOCK: Final = re.compile(r"\{([1-5S]):")
_END: Final = re.compile(r"\n-\s*\}|\A-\s*\}")
_TAG: Final = re.compile(r"^:([0-9]{2}[A-Z]?):", re.MULTILINE)
_INNER: Final = re.compile(r"\{([A-Za-z0-9]{2,4}):([^{}]*)\}")
_TRAILER: Final = re.compile(r"(\{[A-Z0-9]{2,4}(:[A-Z0-9/.,:+-]*)?\}|\s)*")
_BETWEEN: Final = re.compile(r"[\s$\x01-\x03]*")


class Field(msgspec.Struct, frozen=True, gc=False):
    """One field of block four: its tag, its text without the last line break, and the line of the message it is on."""

    tag: str
    text: str
    line: int

    @property
    def number(self) -> str:
        """The tag without its letter."""
        return self.tag[:2]

    @property
    def at(self) -> str:
        """Where it stood, for people."""
        return f":{self.tag}: line {self.line}"


class Blocks(msgspec.Struct):
    """One message taken apart. `problems` are pairs of a code and words."""

    basic: str = ""
    application: str = ""
    user: list[tuple[str, str]] = []
    fields: list[Field] = []
    strays: list[str] = []
    problems: list[tuple[str, str]] = []


def messages(text: str) -> Iterator[str]:
    """Give each message of a file; what stands before the first is a message of its own where it says anything."""
    starts = [found.start() for found in _START.finditer(text)]
    if not starts or _BETWEEN.fullmatch(text[: starts[0]]) is None:
        starts.insert(0, 0)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        part = text[start:end]
        if _BETWEEN.fullmatch(part) is None:
            yield part


def apart(message: str) -> Blocks:
    """Take one message apart."""
    found = Blocks(user=[], fields=[], strays=[], problems=[])
    text = message.replace("\r\n", "\n").replace("\r", "\n")
    at, order = 0, []
    while at < len(text):
        head = _BLOCK.search(text, at)
        between = text[at : head.start() if head else len(text)]
        if _BETWEEN.fullmatch(between) is None:
            found.strays.append(between)
        if head is None:
            break
        order.append(head[1])
        at = _block(found, text, head)
    _order(found, order)
    if not order and _TAG.search(text):
        found.strays.clear()
        _fields(found, text, 1)
    return found


def _block(found: Blocks, text: str, head: re.Match[str]) -> int:
    """Read the block that begins at `head`; give where it ends."""
    number, start = head[1], head.end()
    if number == "4":
        end = _END.search(text, start)
        inner = text[start:] if end is None else text[start : end.start()]
        if end is None and not inner.lstrip().startswith("{"):
            found.problems.append(("mt-block", "block 4 has no end"))
            following = re.search(r"\{[1-5S]:", inner)
            if following is not None:
                inner = inner[: following.start()]
        elif end is None:
            inner = inner[: _closing(text, head.start()) - 1 - start]
        _fields(found, inner, text.count("\n", 0, start) + 1)
        if end is not None:
            return end.end()
        return start + len(inner) + (1 if text[start + len(inner) : start + len(inner) + 1] == "}" else 0)
    end_at = _closing(text, head.start())
    inner = text[start : end_at - 1] if text[end_at - 1 : end_at] == "}" else text[start:end_at]
    if number == "1":
        found.basic = inner
    elif number == "2":
        found.application = inner
    elif number == "3":
        _user(found, inner)
    elif _TRAILER.fullmatch(inner) is None:
        found.strays.append(inner)
    return end_at


def _closing(text: str, start: int) -> int:
    """Give the place behind the brace that closes the one at `start`; the end of the text where none does."""
    depth = 0
    for found in re.finditer(r"[{}]", text[start:]):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return start + found.end()
    return len(text)


def _user(found: Blocks, inner: str) -> None:
    found.user += [(one[1], one[2]) for one in _INNER.finditer(inner)]
    rest = _INNER.sub("", inner)
    if rest.strip(" \n{}"):
        found.strays.append(rest)
        found.problems.append(("mt-block", "block 3 cannot be read whole"))


def _fields(found: Blocks, inner: str, line: int) -> None:
    tags = list(islice(_TAG.finditer(inner), MOST_FIELDS + 1))
    if len(tags) > MOST_FIELDS:
        found.problems.append(("mt-block", f"the message has more than {MOST_FIELDS:,} fields"))
    before = inner[: tags[0].start()] if tags else inner
    if before.strip():
        found.strays.append(before)
        found.problems.append(("mt-text", "text stands before the first field of block 4"))
    ends = [*(one.start() for one in tags[1:]), len(inner)][: len(tags)]
    at = 0
    for tag, end in zip(tags, ends, strict=True):
        text = inner[tag.end() : end].rstrip("\n")
        line += inner.count("\n", at, tag.start())
        at = tag.start()
        found.fields.append(Field(tag[1], text, line))


def _order(found: Blocks, order: list[str]) -> None:
    numbers = [one for one in order if one != "S"]
    if numbers != sorted(numbers):
        found.problems.append(("mt-block", "the blocks are out of order"))
    if len(set(numbers)) != len(numbers):
        found.problems.append(("mt-block", "a block stands twice"))
    for number, name in (("1", "sender"), ("2", "kind"), ("4", "text")):
        if number not in numbers:
            found.problems.append(("mt-block", f"block {number}, which gives the {name}, is missing"))
