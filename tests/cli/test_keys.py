"""`interdict keys`: shown once, kept as a hash, ended when somebody says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Ask


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Path:
    shutil.copytree(demo_home, tmp_path / "home")
    return tmp_path / "home"


def test_a_key_is_shown_once_and_listed_without_its_secret(ask: Ask, home: Path) -> None:
    made = ask("keys", "add", "core banking", "--role", "analyst", "--scope", "screen,payments", "--by", "A. Officer",
               "--json", home=home).json["result"]  # fmt: skip
    assert made["text"].startswith(f"ixk_{made['key']['id']}_")
    listed = ask("keys", "list", home=home)
    assert made["key"]["id"] in listed.out
    assert made["text"].split("_")[2] not in listed.out


def test_a_key_is_rotated_and_revoked(ask: Ask, home: Path) -> None:
    made = ask("keys", "add", "x", "--by", "A. Officer", "--json", home=home).json["result"]["key"]
    new = ask("keys", "rotate", made["id"], "--by", "A. Officer", "--json", home=home).json["result"]["key"]
    assert new["replaces"] == made["id"]
    assert ask("keys", "revoke", new["id"], "--by", "A. Officer", home=home).code == 0
    usable = {one["key"]["id"]: one["usable"] for one in ask("keys", "list", "--json", home=home).json["result"]}
    assert usable == {made["id"]: True, new["id"]: False}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("keys", "add", "x"), "by-required"),
        (("keys", "add", "x", "--role", "king", "--by", "A"), "role"),
        (("keys", "add", "x", "--scope", "everything", "--by", "A"), "scope"),
        (("keys", "add", "x", "--expires", "2014-01-01", "--by", "A"), "expiry"),
        (("keys", "add", " ", "--by", "A"), "name"),
        (("keys", "revoke", "nobody", "--by", "A"), "unknown-key"),
    ],
)
def test_what_cannot_be_is_refused(ask: Ask, home: Path, arguments: tuple[str, ...], code: str) -> None:
    answer = ask(*arguments, "--json", home=home)
    assert (answer.code, answer.error["code"]) == (2, code)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::"])
def test_an_open_service_listens_on_this_machine_alone(ask: Ask, home: Path, host: str) -> None:
    answer = ask("serve", "--open", "--host", host, "--json", home=home)
    assert (answer.code, answer.error["code"]) == (2, "open-to-all")


def test_a_certificate_without_its_key_is_refused(ask: Ask, home: Path) -> None:
    answer = ask("serve", "--tls-cert", "x.pem", "--json", home=home)
    assert (answer.code, answer.error["code"]) == (2, "tls")
