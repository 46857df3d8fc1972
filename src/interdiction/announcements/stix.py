"""A draft order as STIX 2.1, for those who feed other systems: who is designated, what is claimed, nothing concluded.

Attribution stays an opinion of its speaker. No relationship joins a designated party to an incident: an order names
people for what they are, and a text that mentions an attack does not say that they took part in it.
Source: OASIS, STIX Version 2.1, sections 3 (common), 4 (domain objects), 5 (relationships).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from interdiction.model import Kind, to_json
from interdiction.model.announcement import Stance
from interdiction.model.order import DraftOrder

_SPACE: Final = bytes.fromhex("00abedb4aa42466c9c01fed23315a9b7")
"""The namespace that STIX 2.1, section 2.9, gives for ids made from content."""
_CLASSES: Final = {Kind.PERSON: "individual", Kind.ORGANISATION: "organization"}
_OPINIONS: Final = {
    Stance.ASSERT: "agree",
    Stance.ACCUSE: "strongly-agree",
    Stance.DENY: "strongly-disagree",
    Stance.DOUBT: "disagree",
    Stance.SUGGEST: "disagree",
    Stance.DISMISS: "strongly-agree",
}
"""How a stance stands to what the report tells; who declines to comment has no opinion."""

Stix = dict[str, Any]


def bundle(draft: DraftOrder, at: datetime) -> Stix:
    """Give the draft as one bundle. The same draft and instant give the same bundle."""
    made = f"{at:%Y-%m-%dT%H:%M:%S}.000Z"
    found: dict[str, Stix] = {}

    def put(kind: str, key: str, fields: Mapping[str, Any]) -> str:
        name = f"{kind}--{_id(f'{kind} {key}')}"
        found.setdefault(
            name, {"type": kind, "spec_version": "2.1", "id": name, "created": made, "modified": made, **fields}
        )
        return name

    def somebody(name: str, kind: Kind | None = None, **more: Any) -> str:
        what = _CLASSES.get(kind, "unknown") if kind else "unknown"
        return put("identity", name, {"name": name, "identity_class": what, **more})

    issuer = somebody(draft.issuer.value, Kind.ORGANISATION) if draft.issuer else None
    for target in draft.targets:
        if not target.named:
            continue
        listed = [{"source_name": one.partition(":")[0], "external_id": one} for one in target.listings]
        whom = somebody(
            target.listed_name or target.name, target.kind, **({"external_references": listed} if listed else {})
        )
        if issuer:
            act = draft.instrument.value if draft.instrument else "an order"
            put(
                "relationship",
                f"{issuer} {whom}",
                {
                    "relationship_type": "related-to",
                    "source_ref": issuer,
                    "target_ref": whom,
                    "description": f"named under {act}, as the documents say ({target.resolved.value})",
                },
            )
    for reason in draft.reasons:
        put("incident", reason.quote, {"name": reason.quote, "description": "as the issuer or the press words it"})
    report = _report(draft, made, sorted(found))
    for claim in draft.claims:
        opinion = _OPINIONS.get(claim.stance)
        if opinion is None:
            continue
        somebody(claim.speaker)
        put(
            "opinion",
            f"{claim.speaker} {claim.stance} {claim.about.quote}",
            {
                "opinion": opinion,
                "authors": [claim.speaker],
                "explanation": f"{claim.stance.value}: {claim.about.quote} "
                f"(Admiralty {claim.reliability}{claim.credibility})",
                "object_refs": [report["id"]],
            },
        )
    found[report["id"]] = report
    objects = [found[key] for key in sorted(found)]
    return {"type": "bundle", "id": f"bundle--{_id(to_json(objects).decode())}", "objects": objects}


def _id(said: str) -> str:
    """Give the UUID of version 5 (RFC 9562, section 5.5) for what an object says: no clock and no chance in it."""
    digest = bytearray(hashlib.sha1(_SPACE + said.encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def _report(draft: DraftOrder, made: str, refs: list[str]) -> Stix:
    files = ", ".join(source.file for source in draft.sources)
    published = min((source.published for source in draft.sources if source.published), default=None)
    hashes = [
        {"source_name": source.file, "hashes": {"SHA-256": source.sha256}, "description": source.origin.value}
        for source in draft.sources
    ]
    name = f"report--{_id('report ' + ' '.join(source.sha256 for source in draft.sources))}"
    return {
        "type": "report",
        "spec_version": "2.1",
        "id": name,
        "created": made,
        "modified": made,
        "name": f"Draft order read from {files}",
        "published": f"{published}T00:00:00.000Z" if published else made,
        "report_types": ["identity"],
        "object_refs": refs or [name],
        "external_references": hashes,
    }
