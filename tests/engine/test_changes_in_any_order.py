"""Edited, proposed, approved and rejected in any order: what is in force is what the rules of four eyes say."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import yaml
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from interdiction.cases.people import same
from interdiction.config import Config
from interdiction.data import demo_file
from interdiction.enforcement import document, load_policy
from interdiction.engine import changes
from interdiction.engine.editions import import_edition
from interdiction.engine.home import Home
from interdiction.errors import UsageError
from interdiction.model.change import Standing
from interdiction.names.thresholds import Channel

AT = datetime(2015, 1, 2, 18, tzinfo=UTC)
PEOPLE = st.sampled_from(["Ann First", "ANN first", "Bob Second"])
LEVELS = (0.6, 0.7, 0.8)


def policy_text(at: float) -> str:
    made = yaml.safe_load(document.packaged("policy.yml"))
    for row in made["thresholds"]:
        row["at"] = max(at, 0.8) if row.get("channels") == ["text"] else at
    return yaml.safe_dump(made, sort_keys=False)


@cache
def begun() -> Path:
    """Make a home once in which four eyes have begun at the middle level."""
    folder = Path(tempfile.mkdtemp(prefix="changes-"))
    home = Home.open(folder / "home", create=True)
    (home.path / "config.toml").write_text('policy = "policy.yml"\n')
    (home.path / "policy.yml").write_text(policy_text(0.7))
    import_edition(home, "ofac-sdn", [demo_file("editions/2015-01-01")], on=AT.date(), at=AT)
    changes.propose(home, by="Ann First", why="begin", at=AT)
    changes.approve(home, 1, by="Bob Second", why="begin", at=AT)
    return home.path


class Wanted:
    """One change as it should stand."""

    def __init__(self, by: str, before: float, after: float) -> None:
        self.by, self.before, self.after = by, before, after
        self.standing = Standing.TO_REVIEW if after < before else Standing.WAITING


class InAnyOrder(RuleBasedStateMachine):
    """A home beside a model of three lines: what is on disk, what is in force, what was proposed."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="changes-"))
        shutil.copytree(begun(), self.folder / "home")
        self.home = Home.open(self.folder / "home")
        self.disk = self.in_force = 0.7
        self.wanted: list[Wanted] = []

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(level=st.sampled_from(LEVELS))
    def edits(self, level: float) -> None:
        (self.home.path / "policy.yml").write_text(policy_text(level))
        self.disk = level

    @rule(by=PEOPLE)
    def proposes(self, by: str) -> None:
        one = Wanted(by, self.in_force, self.disk)
        waits = any(each.standing is Standing.WAITING for each in self.wanted)
        refused = self.disk == self.in_force or (waits and one.standing is Standing.WAITING)
        assert self.does(lambda: changes.propose(self.home, by=by, why="x", at=AT)) is not refused
        if not refused:
            self.wanted.append(one)
            self.in_force = min(self.in_force, self.disk)

    @rule(place=st.integers(0, 3), by=PEOPLE, approves=st.booleans())
    def says(self, place: int, by: str, approves: bool) -> None:
        if place >= len(self.wanted):
            return
        one, act = self.wanted[place], changes.approve if approves else changes.reject
        done = self.does(lambda: act(self.home, place + 2, by=by, why="x", at=AT))
        if one.standing is Standing.WAITING and approves:
            assert done is (not same(by, one.by) and self.in_force == one.before)
            self.in_force = one.after if done else self.in_force
        elif one.standing is Standing.WAITING:
            assert done
        elif one.standing is Standing.TO_REVIEW and approves:
            assert done is not same(by, one.by)
        elif one.standing is Standing.TO_REVIEW:
            assert done is (not same(by, one.by) and self.in_force == one.after)
            self.in_force = one.before if done else self.in_force
        else:
            assert not done
        if done:
            one.standing = Standing.APPROVED if approves else Standing.REJECTED

    @invariant()
    def what_is_in_force_is_what_two_people_or_the_stricter_side_say(self) -> None:
        found = load_policy(Config.read(self.home.path).policy).thresholds(Channel.BOOK).lowest
        assert found == self.in_force

    def does(self, act: object) -> bool:
        assert callable(act)
        try:
            act()
        except UsageError:
            return False
        return True


InAnyOrder.TestCase.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
TestInAnyOrder = InAnyOrder.TestCase
