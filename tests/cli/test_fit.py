from __future__ import annotations

from pathlib import Path

from interdiction.names.weights import Weights
from tests.cli.conftest import Ask
from tests.fitting.test_fit import table


def test_numbers_are_fitted_written_and_chosen_by_the_home(ask: Ask, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    answer = ask("fit", table(tmp_path / "d.csv"), "-o", home / "own.yml", "--json", home=home)
    result = answer.json["result"]
    assert (answer.code, answer.json["schema"], result["decisions"]) == (0, "interdict.fit/1", 300)
    own = Weights.load(home / "own.yml")
    assert own.version.startswith(f"{Weights.load().version}+fit.")
    pair = (
        '{"kind": "person", "names": ["Kim Yong Chol"], "gender": "male"}',
        '{"kind": "person", "names": ["KIM, Yong Chol"], "gender": "female"}',
    )
    before = ask("compare", *pair, "--json", home=home).json["result"]["score"]
    (home / "config.toml").write_text("weights = 'own.yml'\n", encoding="utf-8")
    assert ask("compare", *pair, "--json", home=home).json["result"]["score"] < before


def test_listings_in_force_are_known_by_their_ids(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    rows = "".join(f"Kim Yong Chol,196{at % 10},ofac-sdn:17614,{'no' if at % 2 else 'yes'}\n" for at in range(80))
    path.write_text(f"name,born,listing,match\n{rows}", encoding="utf-8")
    answer = ask("fit", path)
    assert answer.code == 0
    assert "80 decisions, 40 of them matches" in answer.out


def test_too_few_decisions_are_refused(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("name,listed_name,match\nKim,KIM,yes\n", encoding="utf-8")
    answer = ask("fit", path, "--json")
    assert (answer.code, answer.error["code"]) == (3, "too-few-decisions")
