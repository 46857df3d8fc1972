"""Write docs/probes.md: pairs that are soon judged wrongly, the side each has to fall on, and what we say of it.

The pairs stand in tests/golden/probes.yml; `--check` only compares the page with what the judge says now.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from interdiction.model import Party
from interdiction.names.weights import Weights
from interdiction.screening.comparison import Comparison, compare
from interdiction.screening.screener import THRESHOLD
from interdiction.screening.sentences import why

ROOT = Path(__file__).resolve().parent.parent
PROBES = ROOT / "tests" / "golden" / "probes.yml"
PAGE = ROOT / "docs" / "probes.md"
HEAD = """# Probes: pairs that are soon judged wrongly, and what we say of each

Written by `scripts/probes_page.py` from `tests/golden/probes.yml`, whose pairs are judged again by every run of the
tests: the *expected* side was set down by hand, with its reason; the score and what it rests on are the judge's own
words (weights {weights}). A hit is 0.70 or more. The column *logic-v2* is what nomenklatura 4.17.4 gives the same two
names (0.70 is a hit there, too), in bold where that is the other side. [Judging](judging.md) explains the rules.

Some of these pairs are among the named ones that the numbers were fitted to: the page shows principles. How often the
judge is right on pairs that nobody looked at stands in [benchmarks/quality](benchmarks/quality/README.md).

Try any pair yourself: `interdict compare "V. Putin" "Vladimir Putin" --kind person`.
"""


def groups() -> list[dict[str, Any]]:
    """Read the groups of pairs."""
    found: list[dict[str, Any]] = yaml.safe_load(PROBES.read_text(encoding="utf-8"))
    return found


def judged(pair: dict[str, Any]) -> Comparison:
    """Put one pair to the judge."""
    ours, theirs = (
        Party(kind=pair["kind"], names=[pair[side]], **pair.get(facts, {}))
        for side, facts in (("ours", "our_facts"), ("theirs", "their_facts"))
    )
    return compare(ours, theirs)


def page() -> str:
    """Give the page as it should be."""
    lines = [HEAD.format(weights=Weights.load().version)]
    for group in groups():
        lines += [f"## {group['group']}", ""]
        lines += [group["note"], ""] if "note" in group else []
        lines += ["| ours | theirs | expected | score | logic-v2 | why it is so | what the judge says |"]
        lines += ["|---|---|---|---|---|---|---|", *(_row(pair) for pair in group["pairs"]), ""]
    return "\n".join(lines)


def _row(pair: dict[str, Any]) -> str:
    said = judged(pair)
    side = "hit" if said.score >= THRESHOLD else "below"
    score = f"{said.score:.2f} {said.band.value}" + (" **(not as expected)**" if side != pair["side"] else "")
    ours, theirs = (_side(pair, *keys) for keys in (("ours", "our_facts"), ("theirs", "their_facts")))
    return (
        f"| {ours} | {theirs} | {pair['side']} | {score} | {_rival(pair)} | {pair['why']} | {why(said.evidence)}"
        f"{'; suppressed by fact' if said.suppressed else ''} |"
    )


def _side(pair: dict[str, Any], name: str, facts: str) -> str:
    known = [value for values in pair.get(facts, {}).values() for value in values]
    return "; ".join((pair[name], *known))


def _rival(pair: dict[str, Any]) -> str:
    score = pair.get("logic_v2")
    if score is None:
        return "–"
    return f"{score:.2f}" if (score >= THRESHOLD) == (pair["side"] == "hit") else f"**{score:.2f}**"


def main() -> int:
    """Write or compare."""
    wanted = page()
    if "--check" in sys.argv[1:]:
        same = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == wanted
        print("" if same else "docs/probes.md is not what the judge says now: run scripts/probes_page.py")
        return 0 if same else 1
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
