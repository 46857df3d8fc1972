"""Run the commands shown in README and docs and write their real output beneath them; `--check` only compares.

A fenced `console` block whose lines begin with `$ interdict` is an example. All run in one folder in which
`interdict demo` has been run, as a reader who follows the pages would have it. A page that needs more says so in a
comment, `<!-- first: interdict pay ... -->`, which runs before its examples and is not shown.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FIRST = re.compile(r"^<!-- first: (interdict .*) -->$", re.MULTILINE)
FIXED = {"INTERDICT_NOW": "2015-01-02T18:00:00+00:00", "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}


def pages() -> list[Path]:
    """Give every page that may hold examples."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def run(command: str, folder: Path) -> str:
    """Run one example and give what a reader would see."""
    words = shlex.split(command)
    program = [sys.executable, "-c", "from interdiction.cli import main; main()", *words[1:]]
    done = subprocess.run(
        program, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, **FIXED}, encoding="utf-8"
    )
    if done.returncode == 5:
        raise SystemExit(f"{command} is our own fault: {done.stderr}")
    return "\n".join(line.rstrip() for line in (done.stdout + done.stderr).strip("\n").splitlines())


def rewritten(text: str, folder: Path) -> str:
    """Give a page with the real output under each of its examples."""

    def block(found: re.Match[str]) -> str:
        commands = [line for line in found[1].splitlines() if line.startswith("$ ")]
        if not commands or not all(line.startswith("$ interdict") for line in commands):
            return found[0]
        shown = [f"{line}\n{run(line[2:], folder)}".rstrip() for line in commands]
        return "```console\n" + "\n".join(shown) + "\n```"

    for command in FIRST.findall(text):
        run(command, folder)
    return BLOCK.sub(block, text)


def main() -> int:
    """Rewrite or compare every page; with `--check`, give 1 when one shows what the command no longer says."""
    check = "--check" in sys.argv[1:]
    stale = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run("interdict demo", folder)
        for page in pages():
            text = page.read_text(encoding="utf-8")
            wanted = rewritten(text, folder)
            if wanted == text:
                continue
            stale = 1
            if check:
                print(
                    "\n".join(
                        difflib.unified_diff(text.splitlines(), wanted.splitlines(), page.name, "real", lineterm="")
                    )
                )
            else:
                page.write_text(wanted, encoding="utf-8")
                print(f"rewrote {page.relative_to(ROOT)}")
    return stale if check else 0


if __name__ == "__main__":
    sys.exit(main())
