"""Write `docs/errors.md` from the code: every stable code, what it says and how to mend it; `--check` only compares."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from interdiction import _core

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "interdiction"
PAGE = ROOT / "docs" / "errors.md"

HEAD = """# Errors and problems

Every error carries a stable code, what was wrong, where, and how to mend it. In `--json` mode it is one object on
standard error: `{"error":{"code","message","where","mend"}}`. The exit code is that of its kind; where several things
went wrong the graver wins, in the order 5, 2, 4, 3, 1.

A *problem* is the same for one row, node or cell: it stands in `problems` of the answer and stops nothing. Its grade
says how much it takes away: `published` is the publisher's own defect, kept and shown; `row` is a part that could not
be read; `file` puts the whole file in doubt, so that nothing leaves force because of it.

This page is written from the code by `make docs`; `…` stands for a value.
"""


class Seen(NamedTuple):
    """One place in the code that gives a code."""

    kind: str
    says: str
    mend: str


def text(node: ast.expr | None) -> str:
    """Give the words of a literal, with `…` for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(text(part) if isinstance(part, ast.Constant) else "…" for part in node.values)
    if isinstance(node, ast.BinOp):
        return text(node.left) + text(node.right)
    return ""


def places() -> dict[str, list[Seen]]:
    """Collect every code with what is said beside it."""
    found: dict[str, list[Seen]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                words = {word.arg: word.value for word in node.keywords}
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                first = text(node.args[0]) if node.args else ""
                if "code" in words and text(words["code"]):
                    says = text(words.get("message")) or first
                    kind = name if name.endswith("Error") else "Problem"
                    found[text(words["code"])].append(Seen(kind, says, text(words.get("mend"))))
                elif name == "add" and len(node.args) > 1 and first and text(node.args[1]):
                    found[first].append(Seen("Problem", text(node.args[1]), text(words.get("mend"))))
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_SAYS":
                pairs = zip(node.value.keys, node.value.values, strict=True) if isinstance(node.value, ast.Dict) else ()
                for key, value in pairs:
                    if isinstance(value, ast.Tuple):
                        found[text(key)].append(Seen("HomeError", text(value.elts[0]), text(value.elts[1])))
    for kind, code, says, mend in _core.errors():
        found[code].append(Seen(kind, says, mend))
    return found


def page() -> str:
    """Give the whole page."""
    rows = ["| code | kind | says | mend |", "|---|---|---|---|"]
    for code, seen in sorted(places().items()):
        kinds = " · ".join(dict.fromkeys(one.kind for one in seen))
        says = " / ".join(dict.fromkeys(one.says for one in seen if one.says.strip("… :")))
        mend = " / ".join(dict.fromkeys(one.mend for one in seen if one.mend))
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in (f"`{code}`", kinds, says, mend)) + " |")
    return HEAD + "\n" + "\n".join(rows) + "\n"


def main() -> int:
    """Write the page; with `--check` give 1 when it is not what the code says."""
    wanted = page()
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current != wanted:
            print("docs/errors.md is not what the code says: run `make docs`")
        return int(current != wanted)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
