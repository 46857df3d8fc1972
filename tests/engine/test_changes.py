"""Nobody changes alone what decides: the approved configuration is in force, whatever stands on disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml

from interdiction.config import Config
from interdiction.data import demo_file
from interdiction.enforcement import document
from interdiction.engine import Engine, access, audit, changes
from interdiction.engine.alarms import alarms
from interdiction.engine.case_rules import rules_of
from interdiction.engine.editions import import_edition
from interdiction.engine.emergency import enter
from interdiction.engine.home import Home
from interdiction.engine.looking import look_through
from interdiction.engine.taking_out import ask_take_out, taken_out
from interdiction.errors import DataError, InterdictError
from interdiction.model import Party
from interdiction.model.access import Role
from interdiction.model.audit import AuditKind
from interdiction.model.change import HomeChange, Standing
from interdiction.names.thresholds import Channel
from interdiction.store.audit import AuditLog
from interdiction.store.schema import access_key

AT = datetime(2015, 1, 2, 18, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
ANN = {"by": "Ann First", "why": "as agreed"}
BOB = {"by": "Bob Second", "why": "looked at it"}


def policy_text(at: float) -> str:
    made = yaml.safe_load(document.packaged("policy.yml"))
    for row in made["thresholds"]:
        row["at"] = max(at, 0.8) if row.get("channels") == ["text"] else at
    return yaml.safe_dump(made, sort_keys=False)


@pytest.fixture
def house(shared: Home) -> Home:
    """A home on either database, with its own policy, in which four eyes have begun."""
    config = shared.path / "config.toml"
    more = config.read_text() if config.is_file() else ""
    config.write_text(f'policy = "policy.yml"\n\n[max_age_days]\nofac-sdn = 30\n\n[institution]\nkind = "us"\n\n{more}')
    (shared.path / "policy.yml").write_text(policy_text(0.75))
    import_edition(shared, "ofac-sdn", [demo_file("editions/2015-01-02")], on=AT.date(), at=AT)
    begun = changes.propose(shared, at=AT, **ANN)
    changes.approve(shared, begun.number, at=LATER, **BOB)
    return shared


def threshold(home: Home) -> float:
    with Engine.open(home.path) as engine:
        return engine.thresholds(Channel.BOOK).lowest


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(InterdictError) as caught:
        act()
    return caught.value.code


def waiting(home: Home, change: HomeChange) -> Standing:
    return next(one.standing for one in changes.state(home).changes if one.number == change.number)


def test_a_home_nobody_approved_is_a_trial_whose_files_count_as_they_stand(house: Home, tmp_path: Path) -> None:
    trial = Home.open(tmp_path / "trial", create=True)
    import_edition(trial, "ofac-sdn", [demo_file("editions/2015-01-02")], on=AT.date(), at=AT)
    (trial.path / "config.toml").write_text('policy = "p.yml"\n')
    (trial.path / "p.yml").write_text(policy_text(0.9))
    assert changes.state(trial).approved is None
    assert threshold(trial) == 0.9
    assert changes.restore(trial) is None


def test_what_is_changed_on_disk_alone_is_not_in_force_and_is_told(house: Home) -> None:
    (house.path / "policy.yml").write_text(policy_text(0.95))
    assert threshold(house) == 0.75
    config = Config.read(house.path)
    assert config.unapproved == ("policy",)
    assert [one.code for one in alarms((), AT.date(), config)] == ["configuration-unapproved"]


@pytest.mark.parametrize("name", ["policy.yml", "config.toml"])
def test_a_file_that_is_gone_or_broken_changes_nothing_that_is_in_force(house: Home, name: str) -> None:
    before = Config.read(house.path)
    raw = (house.path / name).read_text()
    kept = raw[raw.find("[store]") :] if "[store]" in raw else ""
    (house.path / name).write_text(f"threshold = 0.9\n\n{kept}" if name == "config.toml" else "]")
    assert threshold(house) == 0.75
    assert Config.read(house.path).max_age_days == before.max_age_days
    assert refused(lambda: changes.propose(house, at=LATER, **ANN)) in {"config", "data"}


def test_loosening_waits_for_another_person_and_then_is_in_force(house: Home) -> None:
    (house.path / "policy.yml").write_text(policy_text(0.9))
    asked = changes.propose(house, at=LATER, **ANN)
    assert asked.standing is Standing.WAITING
    assert threshold(house) == 0.75
    assert refused(lambda: changes.approve(house, asked.number, by="ann  FIRST.", why="yes", at=LATER)) == "same-person"
    assert threshold(house) == 0.75
    changes.approve(house, asked.number, at=LATER, **BOB)
    assert threshold(house) == 0.9
    assert Config.read(house.path).unapproved == ()


def test_tightening_is_in_force_at_once_and_a_second_person_can_take_it_back(house: Home) -> None:
    (house.path / "policy.yml").write_text(policy_text(0.6))
    asked = changes.propose(house, at=LATER, **ANN)
    assert asked.standing is Standing.TO_REVIEW
    assert threshold(house) == 0.6
    assert refused(lambda: changes.reject(house, asked.number, by="Ann First", why="no", at=LATER)) == "same-person"
    changes.reject(house, asked.number, at=LATER, **BOB)
    assert threshold(house) == 0.75
    assert Config.read(house.path).unapproved == ("policy",)


def test_what_tightens_one_thing_and_loosens_another_waits(house: Home) -> None:
    made = yaml.safe_load(policy_text(0.6))
    made["thresholds"].insert(0, {"at": 0.99, "lists": ["ofac-sdn"], "why": "noise"})
    (house.path / "policy.yml").write_text(yaml.safe_dump(made, sort_keys=False))
    assert changes.propose(house, at=LATER, **ANN).standing is Standing.WAITING
    assert threshold(house) == 0.75


@pytest.mark.parametrize(
    ("days", "standing"), [(5, Standing.TO_REVIEW), (31, Standing.WAITING)], ids=["sooner", "later"]
)
def test_a_list_may_be_called_stale_sooner_by_one_person_and_later_by_two(
    house: Home, days: int, standing: Standing
) -> None:
    config = house.path / "config.toml"
    config.write_text(config.read_text().replace("ofac-sdn = 30", f"ofac-sdn = {days}"))
    assert changes.propose(house, at=LATER, **ANN).standing is standing
    assert Config.read(house.path).max_age_days["ofac-sdn"] == min(days, 30)


def test_licences_and_rules_for_cases_that_nobody_approved_count_for_nothing(house: Home) -> None:
    (house.path / "licences.yml").write_bytes(document.packaged("licences.yml").replace(b"id: ", b"id: own-"))
    rules = yaml.safe_load(document.packaged("cases.yml"))
    rules["alone"] = ["possible", "strong"]
    (house.path / "cases.yml").write_text(yaml.safe_dump(rules))
    with Engine.open(house.path) as engine:
        assert not any(one.id.startswith("own-") for one in engine.policy.licences.all)
    assert rules_of(house.path) == rules_of(house.path / "elsewhere")
    assert set(Config.read(house.path).unapproved) == {"licences.yml", "cases.yml"}
    asked = changes.propose(house, at=LATER, **ANN)
    assert asked.standing is Standing.WAITING
    changes.approve(house, asked.number, at=LATER, **BOB)
    assert len(rules_of(house.path)[0].alone) == 2


def test_where_the_store_is_belongs_to_the_machine_and_is_no_change(house: Home) -> None:
    config = house.path / "config.toml"
    config.write_text(f"{config.read_text().rstrip()}\n\n\n")
    assert Config.read(house.path).unapproved == ()
    assert "[store]" not in changes.compare(house, 1)[1]


def test_a_change_that_another_one_overtook_is_refused(house: Home) -> None:
    (house.path / "policy.yml").write_text(policy_text(0.9))
    late = changes.propose(house, at=LATER, **ANN)
    (house.path / "policy.yml").write_text(policy_text(0.92))
    assert refused(lambda: changes.propose(house, at=LATER, **ANN)) == "change-waits"
    changes.reject(house, late.number, at=LATER, **BOB)
    assert refused(lambda: changes.approve(house, late.number, by="Cem", why="yes", at=LATER)) == "change-state"
    other = changes.propose(house, at=LATER, **ANN)
    (house.path / "policy.yml").write_text(policy_text(0.7))
    assert changes.propose(house, at=LATER, **ANN).standing is Standing.TO_REVIEW
    assert refused(lambda: changes.approve(house, other.number, at=LATER, **BOB)) == "change-overtaken"
    assert waiting(house, other) is Standing.WAITING
    assert threshold(house) == 0.7


def test_what_is_beside_the_home_is_held_against_the_store_before_anything_is_kept(house: Home) -> None:
    (house.path / "approved" / "in-force.json").unlink()
    (house.path / "policy.yml").write_text(policy_text(0.95))
    with house.writing(5, lists=False) as database, database.transaction() as connection:
        assert refused(lambda: audit.note_configuration(house, connection, LATER)) == "approved"
        assert threshold(house) == 0.75, "the copy was written anew, for the next run"
        audit.note_configuration(house, connection, LATER)
    for path in (house.path / "approved").iterdir():
        if path.name != "in-force.json":
            path.write_bytes(b"thresholds: []\n")
    assert refused(lambda: threshold(house)) == "approved"
    changes.restore(house)
    assert threshold(house) == 0.75


def test_every_step_stands_in_the_log_and_what_is_in_force_with_it(house: Home) -> None:
    (house.path / "policy.yml").write_text(policy_text(0.9))
    with house.writing(5, lists=False) as database, database.transaction() as connection:
        audit.note_configuration(house, connection, LATER)
    with house.reading() as reader:
        log = AuditLog(reader.connection)
        steps = [(one.kind, one.subject, one.by) for one in log.entries()][::-1]
        changed = bytes(log.entries(kind=AuditKind.CONFIGURATION_CHANGED.value)[0].body)
    assert steps[-4:-1] == [
        ("proposal-step", "CH-1", "Ann First"),
        ("proposal-step", "CH-1", "Bob Second"),
        ("configuration-approved", "CH-1", "Bob Second"),
    ]
    assert b'"in_force"' in changed
    assert audit.verify(house).count == 0


def test_a_running_engine_takes_up_what_was_approved(house: Home) -> None:
    with Engine.open(house.path) as engine:
        engine.renew()
        assert engine.thresholds(Channel.BOOK).lowest == 0.75
        (house.path / "policy.yml").write_text(policy_text(0.9))
        asked = changes.propose(house, at=LATER, **ANN)
        engine.renew()
        assert engine.thresholds(Channel.BOOK).lowest == 0.75
        changes.approve(house, asked.number, at=LATER, **BOB)
        engine.renew()
        assert engine.thresholds(Channel.BOOK).lowest == 0.9


def entropy(start: int) -> bytes:
    return bytes((start + at) % 256 for at in range(96))


def test_a_key_that_may_do_more_than_look_opens_nothing_until_another_person_approves(house: Home) -> None:
    looking, _ = access.add(house, "screen", Role.VIEWER, by="Ann First", at=LATER, entropy=entropy(1))
    key, _ = access.add(house, "core", Role.APPROVER, by="Ann First", at=LATER, entropy=entropy(2))
    assert looking.usable(LATER)
    assert not key.usable(LATER)
    number = int(key.waits_for.removeprefix("CH-"))
    assert refused(lambda: changes.approve(house, number, by="Ann First", why="yes", at=LATER)) == "same-person"
    changes.approve(house, number, at=LATER, **BOB)
    usable = {one.key.id: one.key.usable(LATER) for one in access.keys(house)}
    assert usable == {looking.id: True, key.id: True}
    access.rotate(house, key.id, by="Ann First", at=LATER, until=LATER, entropy=entropy(3))
    assert sum(one.key.usable(LATER) for one in access.keys(house)) == 2


def test_a_key_that_was_rejected_or_taken_back_never_opens(house: Home) -> None:
    key, _ = access.add(house, "core", Role.ANALYST, by="Ann First", at=LATER, entropy=entropy(2))
    changes.reject(house, int(key.waits_for.removeprefix("CH-")), by="Ann First", why="a slip", at=LATER)
    assert [one.key.usable(LATER) for one in access.keys(house)] == [False]
    assert waiting(house, changes.state(house).changes[-1]) is Standing.REJECTED


def test_nothing_is_proposed_where_nothing_differs_and_nothing_that_cannot_be_read(house: Home) -> None:
    assert refused(lambda: changes.propose(house, at=LATER, **ANN)) == "nothing-changed"
    unknown = yaml.safe_load(policy_text(0.7))
    unknown["thresholds"].insert(0, {"at": 0.6, "lists": ["no-such-list"]})
    for text in ("version: x\n", yaml.safe_dump(unknown, sort_keys=False)):
        (house.path / "policy.yml").write_text(text)
        with pytest.raises(DataError):
            changes.propose(house, at=LATER, **ANN)


def test_a_look_through_the_store_finds_no_damage_in_what_two_people_changed(house: Home) -> None:
    (house.path / "policy.yml").write_text(policy_text(0.9))
    asked = changes.propose(house, at=LATER, **ANN)
    key, _ = access.add(house, "core", Role.APPROVER, by="Ann First", at=LATER, entropy=entropy(2))
    assert look_through(house).damage == ()
    changes.approve(house, asked.number, at=LATER, **BOB)
    changes.approve(house, int(key.waits_for.removeprefix("CH-")), at=LATER, **BOB)
    assert look_through(house).damage == ()


def test_a_key_opened_by_hand_in_the_store_is_damage(house: Home) -> None:
    key, _ = access.add(house, "core", Role.APPROVER, by="Ann First", at=LATER, entropy=entropy(2))
    with house.writing(5, lists=False) as database, database.transaction() as connection:
        body = connection.exec_driver_sql("SELECT body FROM access_key").scalar_one()
        opened = bytes(body).replace(f',"waits_for":"{key.waits_for}"'.encode(), b"")
        assert opened != bytes(body)
        connection.execute(sa.update(access_key).values(body=opened))
    assert [one.where for one in look_through(house).damage]


def test_an_entry_leaves_a_list_of_our_own_when_another_person_approves(house: Home) -> None:
    party = Party(names=["Zorzal AG"])
    enter(house, [party], why="a call", by="Ann First", at=LATER)
    assert refused(lambda: ask_take_out(house, ["Nobody"], at=LATER, **ANN)) == "no-such-entry"
    asked = ask_take_out(house, ["ZORZAL AG"], at=LATER, **ANN)
    (entry,) = asked.entries
    assert entry.startswith("own-emergency:")
    assert refused(lambda: changes.approve(house, asked.number, by="Ann First", why="yes", at=LATER)) == "same-person"
    with Engine.open(house.path) as engine:
        assert [hit.listing for hit in engine.screen("Zorzal AG")] == [entry]
    changes.approve(house, asked.number, at=LATER, **BOB)
    with Engine.open(house.path) as engine:
        assert engine.screen("Zorzal AG") == []
    ((gone),) = taken_out(house)
    assert "Ann First" in gone.words
    assert "Approved by Bob Second" in gone.words
    assert waiting(house, asked) is Standing.APPROVED
