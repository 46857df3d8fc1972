"""Writes src/interdiction/data/iso20022_fields.json from the ISO 20022 schemas: every type, and what each leaf is.

    python scripts/payment_fields.py ../shared/data/payments/xsd

A leaf whose type holds people's words is `text`, unless its name says that it is a name, an account or a number;
one whose type is a closed form (a date, an amount, a code) is not screened, and its class is the reason. References
that banks' systems give are not screened either; those that a customer gives are.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"
OUT = Path(__file__).resolve().parent.parent / "src" / "interdiction" / "data" / "iso20022_fields.json"

BY_TYPE = {
    "CountryCode": "country",
    "LEIIdentifier": "lei",
    "IBAN2007Identifier": "iban",
    "UUIDv4Identifier": "reference",
    "UnicodeChartsCode": "technical",
    "HexBinaryText": "technical",
    "SHA256SignatureText": "technical",
    "Max10KBinary": "technical",
    "PhoneNumber": "text",
    "Max15NumericText": "number",
    "Exact2NumericText": "number",
}
BY_BASE = {
    "xs:date": "date",
    "xs:dateTime": "date",
    "xs:time": "date",
    "xs:gYear": "date",
    "xs:decimal": "number",
    "xs:boolean": "indicator",
    "xs:base64Binary": "technical",
}
BY_NAME = {
    "Nm": "name",
    "BirthDt": "birth_date",
    "CityOfBirth": "birth_place",
    "PrvcOfBirth": "birth_place",
    "CtryOfBirth": "birth_country",
    "MmbId": "identifier",
    "TaxId": "identifier",
    "RegnId": "identifier",
}
BY_PARENT = {
    ("GenericAccountIdentification", "Id"): "account",
    ("ProxyAccountIdentification", "Id"): "account",
    ("GenericOrganisationIdentification", "Id"): "identifier",
    ("GenericPersonIdentification", "Id"): "identifier",
    ("GenericFinancialIdentification", "Id"): "identifier",
}
OF_BANKS = frozenset(
    {
        "MsgId", "InstrId", "TxId", "ClrSysRef", "BizMsgIdr", "MsgDefIdr", "PmtInfId", "OrgnlMsgId", "OrgnlMsgNmId",
        "OrgnlInstrId", "OrgnlTxId", "OrgnlClrSysRef", "OrgnlPmtInfId", "GrpCxlId", "CxlId", "RtrId", "StsId",
        "AcctSvcrRef", "AcctSvcrTxId", "CmonId", "CtrPtyMktInfrstrctrTxId", "IntraBalMvmntId", "IntraPosMvmntId",
        "MktInfrstrctrTxId", "OthrTxId", "PoolId", "SctiesSttlmTxId", "BizSvc", "CharSet",
    }
)  # fmt: skip
"""References that the systems of banks and market infrastructures give; no customer writes in them."""


def leaf_class(name: str, type_name: str, simple: Any) -> str:
    """Say what a leaf is: the class of what is screened, or the reason why it is not."""
    base = simple.find(f"{XS}restriction").get("base", "")
    facets = list(simple.find(f"{XS}restriction"))
    enumerated = any(facet.tag == f"{XS}enumeration" for facet in facets)
    closed = enumerated or type_name.endswith("Code") or type_name == "Exact4AlphaNumericText"
    found = (
        ("bic" if "BIC" in type_name and type_name.endswith("Identifier") else "")
        or BY_TYPE.get(type_name)
        or BY_NAME.get(name)
        or BY_BASE.get(base)
        or ("reference" if name in OF_BANKS else "")
        or ("code" if closed else "")
    )
    return found or "text"


def types_of(schema: Any) -> dict[str, Any]:
    """Give the complex types of one schema as rows: name, type or class, place, least, most (0: no bound).

    Elements of one choice share their place; where one alternative is a sequence nothing of the choice is asked for.
    """
    named = {one.get("name"): one for one in schema if one.tag in {f"{XS}complexType", f"{XS}simpleType"}}
    found: dict[str, Any] = {}
    for name, node in named.items():
        if node.tag != f"{XS}complexType" or node.find(f"{XS}simpleContent") is not None:
            continue
        rows: list[list[Any]] = []
        particle(node[0], named, rows)
        plain = name.rstrip("0123456789")
        for row in rows:
            if (plain, row[0]) in BY_PARENT:
                row[1] = f"={BY_PARENT[plain, row[0]]}"
            elif plain == "PostalAddress" and row[1] == "=text":
                row[1] = "=address"
        found[name] = rows
    return found


def particle(node: Any, named: dict[str, Any], rows: list[list[Any]]) -> None:
    """Add the rows of a sequence or a choice."""
    place = 1 + max((row[2] for row in rows), default=-1)
    if node.tag == f"{XS}choice" and any(child.tag != f"{XS}element" for child in node):
        for child in node:
            before = len(rows)
            if child.tag == f"{XS}element":
                rows.append(element(child, place, named))
            else:
                particle(child, named, rows)
            for row in rows[before:]:
                row[3] = 0
            place = 1 + max(row[2] for row in rows)
    elif node.tag == f"{XS}choice":
        least, most = int(node.get("minOccurs", "1")), node.get("maxOccurs", "1")
        for child in node:
            row = element(child, place, named)
            row[3] = min(row[3], least)
            row[4] = row[4] if most == "1" else 0
            rows.append(row)
    else:
        for child in node:
            if child.tag == f"{XS}any":
                rows.append(["*", "=text", place, 0, 0])
            elif child.tag == f"{XS}element":
                rows.append(element(child, place, named))
            else:
                particle(child, named, rows)
            place = 1 + max(row[2] for row in rows)


def element(node: Any, place: int, named: dict[str, Any]) -> list[Any]:
    """Give the row of one element."""
    most = node.get("maxOccurs", "1")
    what = child_class(node.get("name"), node.get("type"), named)
    return [node.get("name"), what, place, int(node.get("minOccurs", "1")), 0 if most == "unbounded" else int(most)]


def child_class(name: str, type_name: str, named: dict[str, Any]) -> str:
    """Give the type of an element that holds elements, or `=` and the class of a leaf."""
    node = named.get(type_name)
    if node is None:
        return f"={BY_BASE.get(type_name, 'text')}"
    if node.tag == f"{XS}simpleType":
        return f"={leaf_class(name, type_name, node)}"
    if node.find(f"{XS}simpleContent") is not None:
        return "=amount"
    return str(type_name)


def main(folder: Path) -> None:
    """Read every schema of a folder and write the file."""
    messages: dict[str, str] = {}
    types: dict[str, Any] = {}
    for path in sorted(folder.glob("*.xsd")):
        schema: Any = etree.parse(str(path)).getroot()
        root = schema.find(f"{XS}element").get("type")
        own = types_of(schema)
        if root == "Document":
            ((name, root, *_),) = own.pop("Document")
            messages[path.stem] = f"{name}:{root}"
        else:
            messages[path.stem] = f"{schema.find(f'{XS}element').get('name')}:{root}"
        for name, one in own.items():
            if types.setdefault(name, one) != one:
                raise SystemExit(f"{name} is another type in {path.name}")
    OUT.write_text(written(messages, types))


def written(messages: dict[str, str], types: dict[str, Any]) -> str:
    """Give the file with one line for each type, so that a change shows."""
    lines = [f"  {json.dumps(name)}: {json.dumps(one)}" for name, one in sorted(types.items())]
    return (
        '{"messages": '
        + json.dumps(dict(sorted(messages.items())), indent=2)
        + ',\n"types": {\n'
        + ",\n".join(lines)
        + "\n}}\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
