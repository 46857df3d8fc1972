"""Names for files that are written beside their place first: two processes that write the same one do not meet."""

from __future__ import annotations

import os
import threading
from pathlib import Path


def drafted(path: Path) -> Path:
    """Give the name under which this thread writes a file before it takes its place."""
    return path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident():x}.part")
