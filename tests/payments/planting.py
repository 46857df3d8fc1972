"""Makes messages with one text planted in one leaf, from the types of the schemas."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from interdiction.payments.iso20022.fields import fields, paths

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"
NAME = "CHANGGWANG SINYONG CORPORATION"


def planted(message: str, path: str, text: str) -> bytes:
    """Give a message that holds nothing but `text` at `path`, an envelope around a header."""
    root = fields().root(message)
    assert root is not None
    namespace = f"{{{NAMESPACE}{message}}}"
    if root[0] == "AppHdr":
        top = etree.Element("Envelope")
        node = etree.SubElement(top, f"{namespace}AppHdr")
        etree.SubElement(etree.SubElement(top, f"{{{NAMESPACE}pacs.008.001.08}}Document"), "FIToFICstmrCdtTrf")
    else:
        top = etree.Element(f"{namespace}Document")
        node = etree.SubElement(top, f"{namespace}{root[0]}")
    for name in path.split("/"):
        node = etree.SubElement(node, "Any" if name == "*" else f"{namespace}{name}")
    node.text = text
    if node.tag.endswith("Amt"):
        node.set("Ccy", "EUR")
    return etree.tostring(top)


def leaves(message: str) -> Iterator[tuple[str, str]]:
    """Give every leaf of a message with its class."""
    yield from paths(message)
