"""Whether a change of the configuration can only stop more: then it need not wait for the second person.

What cannot be told is not stricter. Weights never are: whether other numbers find more is measured, not read.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

from msgspec.structs import replace

from interdiction import approved
from interdiction.config import Config
from interdiction.enforcement import document, load_policy
from interdiction.enforcement.licences import read_licences
from interdiction.engine.case_rules import read_rules
from interdiction.lists.sources import Sources
from interdiction.model import Kind
from interdiction.names.thresholds import Channel


def config(before: Config, after: Config) -> bool:
    """Say whether only maximum ages of lists went down or were added."""
    ages = all(after.max_age_days.get(key, days + 1) <= days for key, days in before.max_age_days.items())
    same = replace(after, max_age_days=before.max_age_days, policy=None, weights=None, store=before.store)
    return ages and same == replace(before, policy=None, weights=None, approved_by="", unapproved=())


def policy(before: Path, after: Path) -> bool:
    """Say whether only thresholds went down, each for every list and kind."""
    one, other = load_policy(before), load_policy(after)
    same = replace(other, version=one.version, sha256=one.sha256, threshold_rows=one.threshold_rows)
    return same == one and all(
        new.at(f"{key}:", kind) <= old.at(f"{key}:", kind)
        for channel in Channel
        for old, new in [(one.thresholds(channel), other.thresholds(channel))]
        for key, kind in product((source.key for source in Sources.load()), (None, *Kind))
    )


def licences(before: Path, after: Path) -> bool:
    """Say whether licences were only taken away."""
    had = read_licences(before).all
    return all(one in had for one in read_licences(after).all)


def cases(before: Path, after: Path) -> bool:
    """Say whether one person alone may only do less than before."""
    one, _ = read_rules(_rules(before), str(before))
    other, _ = read_rules(_rules(after), str(after))
    return set(other.alone) <= set(one.alone) and replace(other, alone=one.alone, version=one.version) == one


def _rules(path: Path) -> bytes:
    return document.given(path) if path.is_file() else document.packaged(approved.CASES)


FILES: dict[str, Callable[[Path, Path], bool]] = {
    approved.POLICY: policy,
    approved.LICENCES: licences,
    approved.CASES: cases,
}
