from __future__ import annotations

from pathlib import Path

import pytest

from interdiction.config import Config
from interdiction.errors import DataError


def read(folder: Path, text: str) -> Config:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return Config.read(folder)


def test_no_file_and_an_empty_file_give_the_defaults(tmp_path: Path) -> None:
    assert Config.read(tmp_path / "nowhere") == Config(tmp_path / "nowhere")
    assert read(tmp_path, "") == Config(tmp_path)


def test_what_is_set_is_read(tmp_path: Path) -> None:
    config = read(tmp_path, 'policy = "bank.yml"\nweights = "/etc/ours.yml"\n[max_age_days]\nofac-sdn = 3\n')
    assert (config.policy, config.weights, dict(config.max_age_days)) == (
        tmp_path / "bank.yml",
        Path("/etc/ours.yml"),
        {"ofac-sdn": 3},
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("threshold = 0.8", "threshold"),
        ("policy = 3", "policy"),
        ("weights = ''", "weights"),
        ("institution = 3", "institution"),
        ("[institution]\nname = 'a bank'", "institution"),
        ("[institution]\nkind = 'us'\nsize = 3", "institution"),
        ("max_age_days = 3", "max_age_days"),
        ("[max_age_days]\nun = -1", "max_age_days.un"),
        ("[max_age_days]\nun = true", "max_age_days.un"),
        ("colour = 3", "colour"),
        ("policy = ", "TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DataError, match=says) as caught:
        read(tmp_path, text)
    assert (caught.value.code, caught.value.where) == ("config", str(tmp_path / "config.toml"))


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(DataError):
        Config.read(tmp_path)
