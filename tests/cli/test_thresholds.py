from __future__ import annotations

from pathlib import Path

from interdiction.engine import Engine
from tests.cli.conftest import Ask
from tests.enforcement.test_threshold import END, SHIPPED, START


def test_the_policy_of_the_home_decides_and_the_command_line_overrides(
    ask: Ask, demo_home: Path, tmp_path: Path
) -> None:
    rows = "thresholds:\n  - {at: 0.97, listed: [person]}\n  - {at: 0.8}\n\n"
    own = tmp_path / "own.yml"
    own.write_text(SHIPPED[:START] + rows + SHIPPED[END:], encoding="utf-8")
    config = demo_home / "config.toml"
    before = config.read_text(encoding="utf-8") if config.exists() else None
    config.write_text(f"policy = '{own}'\n", encoding="utf-8")
    try:
        assert ask("check", "Kim Yong Chol").code == 0
        asked = ask("check", "Kim Yong Chol", "--threshold", "0.7", "--json")
        assert (asked.code, {hit["threshold"] for hit in asked.json["result"]}) == (1, {0.7})
        with Engine.open(demo_home) as engine:
            assert engine.screen("Kim Yong Chol") == []
    finally:
        config.unlink() if before is None else config.write_text(before, encoding="utf-8")


def test_a_decision_says_the_thresholds_it_was_made_by_also_where_nobody_was_found(ask: Ask, tmp_path: Path) -> None:
    payments = tmp_path / "payments.csv"
    payments.write_text(
        "id,debtor,creditor,amount,currency,date\np1,Nobody Atall,Somebody Else,10,USD,2015-01-02\n", encoding="utf-8"
    )
    (shipped,) = ask("pay", payments, "--json").json["result"]
    (asked,) = ask("pay", payments, "--threshold", "0.75", "--json").json["result"]
    assert shipped["hits"] == asked["hits"] == []
    assert shipped["thresholds"] == "names 0.70; texts 0.80"
    assert asked["thresholds"] == "names 0.75; texts 0.80"


def test_compare_says_whether_it_is_a_hit_by_the_policy_of_the_home_or_by_what_is_asked(
    ask: Ask, tmp_path: Path
) -> None:
    rows = """thresholds:
  - {at: 0.6, lists: [un], channels: [check]}
  - {at: 0.9, listed: [person], channels: [check]}
  - {at: 0.7, channels: [check]}
  - {at: 0.8}

"""
    (tmp_path / "own.yml").write_text(SHIPPED[:START] + rows + SHIPPED[END:], encoding="utf-8")
    (tmp_path / "config.toml").write_text('policy = "own.yml"\n', encoding="utf-8")
    pair = ("Kim Yong Chol", "KIM, Yong-Chol")

    def said(*options: str) -> tuple[float, str]:
        result = ask("compare", *pair, *options, "--json", home=tmp_path).json["result"]
        return result["threshold"], result["band"]

    assert said("--kind", "person") == (0.9, "below")
    assert said() == (0.7, "strong")
    assert said("--kind", "person", "--threshold", "0.8") == (0.8, "strong")
    assert "no hit: one begins at 0.90" in ask("compare", *pair, "--kind", "person", home=tmp_path).out
    scores = {
        ask("compare", *pair, "--kind", "person", *more, "--json").json["result"]["score"]
        for more in ((), ("--threshold", "0.9"))
    }
    assert len(scores) == 1


def test_check_says_from_which_score_on_it_looked_also_where_nobody_was_found(ask: Ask) -> None:
    assert "hits from 0.95" in ask("check", "Nobody Atall", "--threshold", "0.95").out
    assert ask("check", "Nobody Atall", "--json").json["thresholds"] == "0.70"


def test_the_reckoning_that_is_shown_adds_up_to_the_score(ask: Ask) -> None:
    facts = '{"names": ["Kim Yong Su"], "kind": "person", "birth_dates": ["1962-02-19"], "nationalities": ["us"]}'
    listed = '{"names": ["KIM, Yong Chol"], "kind": "person", "birth_dates": ["1962-02-18"], "nationalities": ["kp"]}'
    lines = ask("compare", facts, listed).out.splitlines()
    effects = [float(line.split()[0]) for line in lines if line.startswith(("  +", "  -"))]
    (score,) = [float(line.split()[0]) for line in lines if line.endswith(" score")]
    assert len(effects) > 3
    assert abs(sum(effects) - score) < 0.0006 * len(effects)
