"""Several processes on one store: two services and commands write at once, and each sees what the others did."""

from __future__ import annotations

import shutil
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from interdiction.data import demo_file
from interdiction.engine.home import Home
from interdiction.engine.looking import look_through
from interdiction.engine.records import kept
from tests.engine.conftest import sdn_row
from tests.faults.serving import Served, command, served
from tests.faults.test_killed import PAYMENTS, file_of_one

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a service is ended by its group of processes")
NEW = {"queries": {"q": {"schema": "Person", "properties": {"name": ["Quentin Zzyzx"]}}}}


def edition(folder: Path) -> Path:
    """Give the next edition of the worked example: one party more."""
    shutil.copytree(demo_file("editions/2015-01-02"), folder)
    sdn = folder / "sdn.csv"
    sdn.write_bytes(sdn_row(99_999, "ZZYZX, Quentin").encode() + b"\r\n" + sdn.read_bytes())
    return folder


def taken_up(service: Served) -> bool:
    """Wait until a service answers from the new edition."""
    for _ in range(200):
        if service.ask("POST", "/match/default", NEW).json["responses"]["q"]["results"]:
            return True
        time.sleep(0.05)
    return False


def test_two_services_and_commands_write_to_one_store_and_see_each_other(home: Home, tmp_path: Path) -> None:
    payments = tmp_path / "payments.csv"
    payments.write_bytes(PAYMENTS)
    acknowledged: dict[str, str] = {}
    comments: list[str] = []
    with served(home.path) as one, served(home.path) as other:
        assert one.match("first").status == 200
        at_work = [True]

        def record(service: Served, worker: int) -> None:
            number = 0
            while at_work[0]:
                number += 1
                name = f"c-{worker}-{number}"
                answer = service.match(name)
                assert answer.status == 200, answer.body
                acknowledged[answer.json["responses"]["q"]["decision"]["id"]] = name
                told = service.comment(1, name)
                assert told.status in {201, 412}, told.body
                comments.extend([name] * (told.status == 201))

        with ThreadPoolExecutor(2) as pool:
            working = [pool.submit(record, service, worker) for worker, service in enumerate((one, other))]
            try:
                paid = command(home.path, "pay", str(payments), "--record", "--json")
                words = ("lists", "import", "ofac-sdn", str(edition(tmp_path / "edition")), "--on", "2015-01-03")
                imported = command(home.path, *words)
                listed = command(home.path, "decisions", "list", "--json")
                both = [taken_up(service) for service in (one, other)]
            finally:
                at_work[0] = False
            for each in working:
                each.result()
        assert [paid.returncode, imported.returncode, listed.returncode] == [1, 0, 0], paid.stderr + imported.stderr
        assert both == [True, True]
        shown = {uid: service.ask("GET", f"/v1/decisions/{uid}").status for uid in list(acknowledged)[-4:]
                 for service in (one, other)}  # fmt: skip
        assert set(shown.values()) == {200}
    with kept(home) as decisions:
        names = {found.id: found.name for found in decisions.records()}
    assert {uid: names[uid] for uid in acknowledged} == acknowledged
    assert len(names) == 1 + len(acknowledged) + 12
    said = Counter(file_of_one(home))
    assert {name: said[name] for name in comments} == dict.fromkeys(comments, 1)
    assert look_through(home).damage == ()
