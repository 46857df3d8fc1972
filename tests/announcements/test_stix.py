"""The draft as STIX 2.1: valid ids and references, claims as opinions, nobody joined to an incident."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from interdiction.announcements import stix
from interdiction.announcements.stix import bundle
from interdiction.engine import Engine
from tests.announcements.test_drafts import AT, PRESS_A, PRESS_B, drafted, engine, home

__all__ = ["engine", "home"]
CLAIM = "Freedonia denied any role in the attack. The United States accused Freedonia of the attack."


def test_ids_are_uuids_of_version_5_in_the_namespace_of_stix() -> None:
    space = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
    assert stix._id("identity Orvel Bank") == str(uuid.uuid5(space, "identity Orvel Bank"))


def test_every_reference_of_a_bundle_is_in_it(engine: Engine, tmp_path: Path) -> None:
    (draft,) = drafted(engine, tmp_path, f"{PRESS_A}\n{CLAIM}", PRESS_B)
    made = bundle(draft, AT)
    ids = [one["id"] for one in made["objects"]]
    assert len(ids) == len(set(ids))
    refs = [ref for one in made["objects"] for ref in one.get("object_refs", [])]
    refs += [one[end] for one in made["objects"] for end in ("source_ref", "target_ref") if end in one]
    assert set(refs) <= set(ids)
    assert bundle(draft, AT) == made


def test_no_relationship_joins_anybody_to_an_incident(engine: Engine, tmp_path: Path) -> None:
    (draft,) = drafted(engine, tmp_path, PRESS_A)
    objects = bundle(draft, AT)["objects"]
    incidents = {one["id"] for one in objects if one["type"] == "incident"}
    assert incidents
    ends = {one[end] for one in objects if one["type"] == "relationship" for end in ("source_ref", "target_ref")}
    assert not incidents & ends


def test_a_denial_and_an_accusation_are_opposed_opinions(engine: Engine, tmp_path: Path) -> None:
    (draft,) = drafted(engine, tmp_path, f"{PRESS_A}\n{CLAIM}")
    opinions = {
        tuple(one["authors"]): one["opinion"] for one in bundle(draft, AT)["objects"] if one["type"] == "opinion"
    }
    assert opinions[("Freedonia",)] == "strongly-disagree"
    assert opinions[("United States",)] == "strongly-agree"


def test_the_command_writes_the_bundle(home: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    from interdiction.cli.app import run

    text, out = tmp_path / "a.txt", tmp_path / "a.json"
    text.write_text(PRESS_B, encoding="utf-8")
    assert run(["read", str(text), "--home", str(home), "--stix", str(out)]) == 0
    capsysbinary.readouterr()
    assert json.loads(out.read_text(encoding="utf-8"))["type"] == "bundle"
