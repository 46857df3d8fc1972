"""The facts that OFAC writes into free remarks: split at `; `, each part told by the label it begins with.

The remarks stay whole in `Listing.remarks`; what is read here stands besides in the fields of the party.
A part that no rule knows (a title, a function, a kinship) stays in the remarks only and is counted.

1. A rule is chosen by the longest label that the part begins with; labels are in `remark_rules` and `documents`.
2. No part is read twice, and a part that was cut off is not read at all (law 2: no cut token becomes a name).
"""

from __future__ import annotations

import re

from interdiction.errors import PartyError
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.reading import Problems
from interdiction.lists.readers.remark_rules import RULES, Rule, by_shape, kept
from interdiction.model import Grade

_SPLIT = re.compile(r"; +|;(?=[a-z]{4})")
_ALTERNATIVE = ("alt. ", "Alt. ")
_QUOTED = ("a.k.a. '", "f.k.a. '", "n.k.a. '")
_LONGEST_REJOINED = 3
"""Parts that a quotation or a bracket may run over before it counts as never closed."""


def _index(rules: dict[str, Rule]) -> dict[str, tuple[tuple[str, Rule], ...]]:
    """Labels by their first word, longest first."""
    index: dict[str, list[tuple[str, Rule]]] = {}
    for label, rule in rules.items():
        index.setdefault(label.split(" ", 1)[0].rstrip(":"), []).append((label, rule))
    return {first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in index.items()}


_BY_FIRST_WORD = _index(RULES)


def mine(draft: Draft, text: str, problems: Problems, *, cut_at_end: bool = False) -> None:
    """Read the facts in one party's remarks into the draft.

    With `cut_at_end` the last part was cut off by the publisher and is left out. An impossible date is a
    problem of grade published; the other parts are used.
    """
    parts = segments(text)
    if cut_at_end and parts:
        parts.pop()
    last = len(parts) - 1
    for at, part in enumerate(parts):
        read(draft, part, problems, last=at == last and not cut_at_end)


def segments(text: str) -> list[str]:
    """Split remarks at `; `, where no quoted alias and no bracket is open."""
    parts = _SPLIT.split(text)
    if "(" not in text and "'" not in text:
        return parts
    joined: list[str] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        if _open(part):
            for more in range(1, _LONGEST_REJOINED + 1):
                longer = "; ".join(parts[at : at + more + 1])
                if at + more < len(parts) and not _labelled(parts[at + more]) and not _open(longer):
                    part, at = longer, at + more
                    break
                if at + more >= len(parts) or _labelled(parts[at + more]):
                    break
        joined.append(part)
        at += 1
    return joined


def _open(part: str) -> bool:
    if part.startswith(_QUOTED):
        return not part.rstrip(" .").endswith("'")
    return part.count("(") > part.count(")") and not part.startswith("(")


def _labelled(part: str) -> bool:
    return _rule(part.removeprefix("alt. ")) is not None


def read(draft: Draft, part: str, problems: Problems, *, last: bool) -> bool:
    """Read one part; true where a field now holds it. The `last` one carries the full stop of the whole remark."""
    body = part.strip()
    if body.startswith("(") and (body.count("(") > body.count(")") or body.endswith((")", ")."))):
        body = body.removesuffix(".").removesuffix(")")[1:] if body.endswith((")", ").")) else body[1:]
    if body.startswith(_ALTERNATIVE):
        body = body[5:]
    found = _rule(body)
    try:
        if found is None:
            known = by_shape(draft, body)
        else:
            label, rule = found
            known = rule(draft, label, body[len(label) :].lstrip(": "), last)
    except PartyError as error:
        problems.add(
            "impossible-date",
            error.message,
            grade=Grade.PUBLISHED,
            line=draft.line,
            node=draft.uid,
            text=part,
            expected="a day that exists",
            mend="nothing: the rest of the remarks is used",
        )
        return False
    if not known and body.strip(" ."):
        draft.unknown.append(body)
    return known and (found is None or found[1] is not kept)


def _rule(body: str) -> tuple[str, Rule] | None:
    first = body.split(" ", 1)[0].rstrip(":")
    candidates = _BY_FIRST_WORD.get(first)
    if candidates is None:
        return None
    for label, rule in candidates:
        if body.startswith(label) and not body[len(label) : len(label) + 1].isalnum():
            return label, rule
    return None
