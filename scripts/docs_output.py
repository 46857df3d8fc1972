"""Run the commands shown in README and docs and write their real output beneath them; `--check` only compares.

A fenced `console` block whose lines begin with `$ interdict` or `$ curl` is an example. All run in one folder in which
`interdict demo` has been run, as a reader who follows the pages would have it. A page that needs more says so in a
comment, `<!-- first: interdict pay ... -->`, which runs before its examples and is not shown. A page with curl says
`<!-- serve: HOME ANN=analyst BOB=approver -->`: its examples ask a service over that home, with keys of these names and
roles in the variables; where this machine has no curl or no jq they are left as they are.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FIRST = re.compile(r"^<!-- first: (interdict .*) -->$", re.MULTILINE)
SERVE = re.compile(r"^<!-- serve: (\S+)((?: [A-Z]+=[a-z]+)*) -->$", re.MULTILINE)
COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)$", re.MULTILINE)
PROGRAM = (sys.executable, "-c", "from interdiction.cli import main; main()")
PORT = "localhost:8000"
FIXED = {"INTERDICT_NOW": "2015-01-02T18:00:00+00:00", "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}


def pages() -> list[Path]:
    """Give every page that may hold examples."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def run(command: str, folder: Path) -> str:
    """Run one example and give what a reader would see."""
    words = shlex.split(command)
    done = subprocess.run(
        [*PROGRAM, *words[1:]],
        cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, **FIXED}, encoding="utf-8",
    )  # fmt: skip
    if done.returncode == 5:
        raise SystemExit(f"{command} is our own fault: {done.stderr}")
    return _shown(done.stdout + done.stderr)


def _shown(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


@contextmanager
def service(home: str, keys: str, folder: Path) -> Iterator[Callable[[str], str]]:
    """Serve a home and give what runs one line of a shell against it."""
    held = dict(FIXED)
    for word in keys.split():
        name, role = word.split("=")
        made = run(
            f"interdict keys add {name.capitalize()} --role {role} --by 'A. Officer' --home {home} --json", folder
        )
        held[name] = json.loads(made)["result"]["text"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    served = subprocess.Popen(
        [*PROGRAM, "serve", "--home", home, "--port", port, "--no-log"],
        cwd=folder, env={**os.environ, **FIXED}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip

    def asked(command: str) -> str:
        line = command.replace(PORT, f"127.0.0.1:{port}")
        done = subprocess.run(
            ["bash", "-c", line], cwd=folder, env={**os.environ, **held}, capture_output=True, text=True,
            check=False, encoding="utf-8",
        )  # fmt: skip
        return _shown(done.stdout + done.stderr)

    try:
        _ready(served, port)
        yield asked
    finally:
        served.terminate()
        served.wait()


def _ready(served: subprocess.Popen[bytes], port: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and served.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise SystemExit("the service does not answer")


def rewritten(text: str, folder: Path) -> str:
    """Give a page with the real output under each of its examples."""
    for command in FIRST.findall(text):
        run(command, folder)
    text = _filled(text, "interdict", lambda command: run(command, folder))
    wanted = SERVE.search(text)
    if wanted is None:
        return text
    if shutil.which("curl") is None or shutil.which("jq") is None:
        sys.stderr.write("no curl or no jq here: examples that ask the service are left as they are\n")
        return text
    with service(wanted[1], wanted[2], folder) as asked:
        return _filled(text, "curl", asked)


def _filled(text: str, program: str, shown: Callable[[str], str]) -> str:
    def block(found: re.Match[str]) -> str:
        commands = COMMAND.findall(found[1])
        if not commands or not all(one.startswith(f"{program} ") for one in commands):
            return found[0]
        return "```console\n" + "\n".join(f"$ {one}\n{shown(one)}".rstrip() for one in commands) + "\n```"

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
