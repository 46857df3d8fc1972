"""The door of the command line: `interdict`."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run `interdict` with the arguments of this process and leave with the contract's exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):  # answered before anything heavy is imported
        from importlib.metadata import version

        sys.stdout.write(f"interdict {version('interdiction')}\n")
        return
    from interdiction.cli.app import run

    sys.exit(run(sys.argv[1:]))
