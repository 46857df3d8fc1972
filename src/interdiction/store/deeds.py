"""Says what the audit log keeps of each thing that is stored: facts, counts and hashes, never a second copy."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import msgspec

from interdiction.model import Edition, Entry, Filing, Pairing, Receipt, Record, Run, RunEnd, to_json
from interdiction.model.audit import AuditKind, Deed
from interdiction.model.codec import decoder
from interdiction.model.order import OrderEvent
from interdiction.model.ownership import RegisterImport
from interdiction.model.rescreen import Rescreen, RescreenEnd


class _Versions(msgspec.Struct):
    """What a decision of either sort says it rests on."""

    policy: str = ""
    weights: str = ""
    core: str = ""


_VERSIONS = decoder(_Versions)


def edition(one: Edition, holds: str) -> Deed:
    """Tell of an edition that came into force, or into its place in the past; `holds` is the number of its state."""
    body = {
        "sha256": one.sha256,
        "state": one.state,
        "listings": one.listings,
        "added": one.added,
        "amended": one.amended,
        "removed": one.removed,
        "waiting": one.waiting,
        "problems": len(one.problems),
        "holds": holds,
    }
    return Deed(one.known_at, AuditKind.LIST_ACCEPTED, one.id, body, one.by or "")


def refusal(list_key: str, at: datetime, sha256: str, code: str, files: str, by: str | None, message: str) -> Deed:
    """Tell of an edition refused whole."""
    body = {"sha256": sha256, "code": code, "files": files, "row": row(message.encode())}
    return Deed(at, AuditKind.LIST_REFUSED, list_key, body, by or "")


def order(event: OrderEvent) -> Deed:
    """Tell of an act on a draft order."""
    body = {"why": event.why, "listings": event.listings, "sha256": _hash(event)}
    return Deed(event.at, AuditKind(f"order-{event.act.value}"), f"O-{event.order}", body, event.by)


def pairing(said: Pairing) -> Deed:
    """Tell of a word on whether two listings are one party."""
    body = {"verdict": said.verdict, "why": said.why}
    return Deed(said.at, AuditKind.PAIRING_SAID, f"{said.one} {said.other}", body, said.by)


def register(one: RegisterImport, parties: bytes, stakes: bytes) -> Deed:
    """Tell of a register of stakes that came in, with what is stored of it."""
    body = {"sha256": one.sha256, "format": one.format, "parties": one.parties, "stakes": one.stakes}
    body["row"] = row(to_json(one), parties, stakes)
    return Deed(one.at, AuditKind.REGISTER_IMPORTED, one.source, body, one.by or "")


def run(one: Run) -> Deed:
    """Tell of a file that is decided on."""
    body = {
        "command": one.command,
        "on": one.on,
        "input": one.input.sha256,
        "asked": one.asked,
        "editions": one.editions,
        "stale": one.stale,
        "institution": one.institution,
        "row": row(to_json(one)),
    }
    return Deed(one.at, AuditKind.RUN_BEGUN, f"R-{one.number}", body, one.by)


def decided(records: Sequence[Record], numbers: Sequence[int], seal: bytes) -> Deed:
    """Tell of decisions that were stored together: at least one."""
    first, last = numbers[0], numbers[-1]
    versions = _VERSIONS.decode(records[0].decision)
    body = {
        "run": records[0].run,
        "first": first,
        "last": last,
        "results": dict(sorted(Counter(one.result for one in records).items())),
        "policy": versions.policy,
        "weights": versions.weights,
        "core": versions.core,
        "seal": seal.hex(),
    }
    follows = [f"D-{one.follows}" for one in records if one.follows is not None]
    if follows:
        body["follows"] = follows
    people = {one.judged[-1].by for one in records if one.judged}
    subject = f"D-{first}" if first == last else f"D-{first}..D-{last}"
    return Deed(records[-1].at, AuditKind.DECIDED, subject, body, people.pop() if len(people) == 1 else "")


def run_ended(ended: RunEnd, at: datetime) -> Deed:
    """Tell of the end of a run: what was read, screened and kept."""
    body = {"read": ended.read, "screened": ended.screened, "kept": ended.kept}
    return Deed(at, AuditKind.RUN_ENDED, f"R-{ended.run}", body)


def rescreened(begun: Rescreen, ended: RescreenEnd) -> Deed:
    """Tell of a book screened whole: counts in and out, and the hash of everything found."""
    body = {
        "source": begun.source,
        "sha256": begun.sha256,
        "editions": begun.editions,
        "policy": begun.policy,
        "weights": begun.weights,
        "core": begun.core,
        "read": ended.read,
        "screened": ended.screened,
        "hits": ended.hits,
        "new": len(ended.new),
        "complete": ended.complete,
        "doubts": ended.doubts,
        "found": ended.slices_sha256,
        "row": row(to_json(begun), to_json(ended)),
    }
    return Deed(ended.ended_at, AuditKind.BOOK_RESCREENED, f"S-{ended.number}", body, begun.by)


def booked(entries: Sequence[Entry], seal: bytes) -> Deed:
    """Tell of entries of the ledger that were stored together: at least one."""
    first, last = entries[0], entries[-1]
    body = {
        "first": first.number,
        "last": last.number,
        "steps": [one.step for one in entries],
        "decision": first.decision,
        "authority": first.authority,
        "why": first.why,
        "seal": seal.hex(),
    }
    return Deed(last.at, AuditKind.LEDGER_BOOKED, f"B-{first.property}", body, first.by)


def made(filing: Filing, seal: bytes) -> Deed:
    """Tell of a report that was made."""
    body = {"kind": filing.kind, "subjects": filing.subjects, "due": filing.due, "seal": seal.hex()}
    return Deed(filing.at, AuditKind.REPORT_MADE, f"F-{filing.number}", {**body, "last": filing.number}, filing.by)


def filed(receipt: Receipt, seal: bytes) -> Deed:
    """Tell of a report that went out."""
    body = {"receipt": receipt.receipt, "on": receipt.on, "last": receipt.number, "seal": seal.hex()}
    return Deed(receipt.at, AuditKind.REPORT_FILED, f"F-{receipt.filing}", body, receipt.by)


def row(*stored: bytes) -> str:
    """Give the seal of a row by what is stored in it, in hexadecimal: no part can pass for the end of another."""
    return digest(*(hashlib.sha256(one).digest() for one in stored)).hex()


def digest(*parts: bytes) -> bytes:
    """Give the SHA-256 of parts that follow each other."""
    found = hashlib.sha256()
    for one in parts:
        found.update(one)
    return found.digest()


def _hash(value: object) -> str:
    return hashlib.sha256(to_json(value)).hexdigest()
