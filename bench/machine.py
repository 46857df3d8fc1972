"""The machine and the versions a run was made with; no name of a host, no place on a disk."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

from bench import rivals
from bench.books import ROOT


def described() -> dict[str, str]:
    """Give what a reader needs to judge the figures by."""
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=False, cwd=ROOT).stdout
    return {
        "processor": _line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "rust": " ".join(rustc.split()[1:2]),
        "load at the start": f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown",
        **rivals.versions(),
    }


def _memory() -> str:
    kilobytes = _line("/proc/meminfo", "MemTotal").split()[:1]
    return f"{int(kilobytes[0]) / 2**20:.0f} GB" if kilobytes else "unknown"


def _line(path: str, start: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(start)), "")
