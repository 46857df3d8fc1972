"""A weights file with other numbers: every line and comment kept, each changed number marked with what it was."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SECTION = re.compile(r"^(?P<indent> *)(?P<key>[a-z_]+):\s*(?:#.*)?$")
_NUMBER = re.compile(r"^(?P<indent> *)(?P<key>[a-z_]+):(?P<gap> +)(?P<value>[0-9.]+)(?P<rest>.*)$")
_VERSION = re.compile(r'^version:\s*"(?P<version>[^"]*)"', re.MULTILINE)


def rewritten(text: str, numbers: Mapping[str, float], version: str) -> str:
    """Give the file with `numbers` (`fact.birth_equal`, of the section `judge`) and its version replaced."""
    path: list[tuple[int, str]] = []
    lines = []
    for line in text.splitlines():
        written = line
        section, number = _SECTION.match(line), _NUMBER.match(line)
        found = section or number
        if found is not None:
            depth = len(found["indent"])
            path = [one for one in path if one[0] < depth]
            place = ".".join([*(key for _, key in path), found["key"]])
            if section is not None:
                path.append((depth, found["key"]))
            elif number is not None and place.startswith("judge.") and place[6:] in numbers:
                value = numbers[place[6:]]
                was, rest = number["value"], number["rest"]
                if value != float(was):
                    mark = "; " if "#" in rest else "  # "
                    gap = number["gap"]
                    written = f"{number['indent']}{number['key']}:{gap}{value:g}{rest}{mark}fitted, was {was}"
        lines.append(written)
    return _VERSION.sub(f'version: "{version}"', "\n".join(lines) + "\n", count=1)
