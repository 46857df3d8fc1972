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
