"""Official XML, streamed entry by entry: no entities, no network, and damage costs only the entry it is in.

1. A document type or an entity declaration refuses the file: official lists have none.
2. After an error in the markup the entries are read each on its own from the raw text.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec
from lxml import etree

from interdiction.errors import ListFileError
from interdiction.lists.readers.reading import ListFile, Problems
from interdiction.model import Grade, Name

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for its elements

_PROLOG = 1 << 16
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_TAGS = re.compile(r"</?[A-Za-z_][\w.:-]*(?:\s[^<>]*)?/?>")
_CLOSED = re.compile(r"</([A-Za-z_][\w.:-]*)>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Piece(msgspec.Struct):
    """One entry: the element, or the raw text of one that cannot be parsed (`element` is then `None`).

    `again` marks what was found in the raw text after an error: it may have been given before.
    """

    tag: str
    line: int
    element: Element | None = None
    raw: str = ""
    again: bool = False


class Root(msgspec.Struct, frozen=True):
    """The document element: its namespace (empty for none), local name and attributes."""

    namespace: str
    name: str
    attributes: Mapping[str, str]


class Shape(msgspec.Struct, frozen=True):
    """What to look for: the namespace of the document, the entries, and elements to hand to `meta` on the way."""

    root: str
    namespace: str
    entries: tuple[str, ...]
    meta: Mapping[str, Callable[[Element], None]] = {}
    copies: tuple[str, ...] = ()
    """Elements in which an entry is a copy of what it was: in raw text it begins no entry of its own."""


def root_of(file: ListFile) -> Root:
    """Reach the document element.

    Raises `ListFileError`: `xml-entity` for a document type or entities, `damaged-envelope` where no
    document element can be reached.
    """
    _refuse_entities(file)
    try:
        for _, element in etree.iterparse(io.BytesIO(file.data), events=("start",), **_SAFE):
            if element.getroottree().docinfo.internalDTD is not None:
                raise _entity(file)
            name = etree.QName(element)
            return Root(name.namespace or "", name.localname, {str(key): str(one) for key, one in element.items()})
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise ListFileError(
            f"the XML cannot be read: {error}",
            code="damaged-envelope",
            where=file.name,
            mend="download the file again",
        ) from None
    raise ListFileError("no document element", code="damaged-envelope", where=file.name, mend="download it again")


_SAFE: dict[str, bool] = {
    "resolve_entities": False,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def pieces(file: ListFile, shape: Shape, problems: Problems) -> Iterator[Piece]:
    """Give the entries of a document in their order.

    An error in the markup becomes a problem of grade FILE (`cut` where the text simply ends, `damaged-xml`
    elsewhere); all entries are then looked for in the raw text and parsed one by one, those already given too:
    a damaged tag may have swallowed any of them.
    """
    prefix = f"{{{shape.namespace}}}" if shape.namespace else ""
    entries = {prefix + name: name for name in shape.entries}
    meta = {prefix + name: take for name, take in shape.meta.items()}
    try:
        for _, element in etree.iterparse(io.BytesIO(file.data), events=("end",), tag=[*entries, *meta], **_SAFE):
            if element.tag in meta:
                meta[element.tag](element)
                continue
            yield Piece(entries[element.tag], element.sourceline or 0, element)
            _forget(element)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        text = _text(file.data)
        line = getattr(error, "lineno", 0) or 0
        ends = not text[-_TAIL:].rstrip().endswith(f"</{shape.root}>")
        problems.add(
            "cut" if ends else "damaged-xml",
            f"the XML breaks off or breaks: {error}",
            grade=Grade.FILE,
            line=line,
            text=_line(text, line),
            mend="download the file again; until then what it lacks stays in force",
        )
        yield from _salvaged(text, shape, problems)


_TAIL = 1 << 12
"""Characters in which the closing tag of a document stands, blanks behind it included."""


def _line(text: str, number: int) -> str:
    """Give one line, counted from 1, without parting a text of a hundred megabytes; nothing where there is none."""
    at = 0
    for _ in range(number - 1):
        at = text.find("\n", at) + 1
        if not at:
            return ""
    end = text.find("\n", at)
    return text[at : end if end >= 0 else len(text)] if number > 0 else ""


def _forget(element: Element) -> None:
    """Free an entry that has been read, and what stands before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while (before := element.getprevious()) is not None:
            parent.remove(before)


def _salvaged(text: str, shape: Shape, problems: Problems) -> Iterator[Piece]:
    """Give the entries of the raw text, each parsed alone; what cannot be parsed comes as raw text."""
    names = "|".join(re.escape(name) for name in shape.entries)
    start = re.compile(rf"<({names})(?=[\s>/])")
    found = [opened for opened in start.finditer(text) if not _copied(text, opened.start(), shape.copies)]
    line = at = 0
    for number, opened in enumerate(found):
        line += text.count("\n", at, opened.start())
        at = opened.start()
        until = found[number + 1].start() if number + 1 < len(found) else len(text)
        raw = text[at:until]
        closed = raw.rfind(f"</{opened[1]}>")
        body = raw[: closed + len(opened[1]) + 3] if closed >= 0 else raw
        element = _alone(body, shape.namespace)
        if element is None:
            problems.add(
                "bad-row",
                "an entry cannot be parsed; its text is screened as it stands",
                grade=Grade.ROW,
                line=line + 1,
                node=opened[1],
                text=plain_text(body),
                expected=f"<{opened[1]}>…</{opened[1]}>",
            )
        yield Piece(opened[1], line + 1, element, "" if element is not None else body, again=True)


def _copied(text: str, at: int, copies: tuple[str, ...]) -> bool:
    return bool(copies) and text[max(0, at - 200) : at].rstrip().endswith(tuple(f"<{name}>" for name in copies))


def _alone(body: str, namespace: str) -> Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(f'<r xmlns="{namespace}">{body}</r>'.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root[0] if len(root) else None


def report_strange(strange: Mapping[str, int], problems: Problems) -> None:
    """Report elements that a reader did not know, with how often they stood there."""
    for name, times in strange.items():
        problems.add(
            "unknown-element",
            f"<{name}> is not in the schema this reader knows ({times} times); what it says is not used",
            grade=Grade.PUBLISHED,
            node=name,
            mend="look at the publisher's schema; a new element may hold names",
        )


def repeated(again: list[dict[str, str]], name: str, text: str) -> None:
    """File a value that an entry states once more: with the first further set that lacks it."""
    for one in again:
        if name not in one:
            one[name] = text
            return
    again.append({name: text})


def report_fused(piece: Piece, names: Sequence[Name], again: Sequence[dict[str, str]], problems: Problems) -> None:
    """Report an entry that states what stands once in an entry more than once: two entries lost their border."""
    problems.add(
        "fused-entries",
        f"an entry states {', '.join(sorted(set().union(*again)))} more than once; all names are kept under its id",
        grade=Grade.ROW,
        line=piece.line,
        node=piece.tag,
        text=" / ".join(name.text for name in names),
        expected="one of each",
        mend="download the file again",
    )


def text_of(element: Element) -> str:
    """Give the text of an element, what stands in elements inside it included."""
    if len(element):
        return " ".join("".join(str(text) for text in element.itertext()).split())
    return (element.text or "").strip()


def plain_text(raw: str) -> str:
    """Give the words of raw XML without its tags; of a damaged tag only what is known to be one goes."""
    names = sorted(set(_CLOSED.findall(raw)), key=len, reverse=True)
    text = _TAGS.sub(" ", raw)
    for name in names:
        text = text.replace(f"<{name}", " ").replace(f"</{name}", " ").replace(f"{name}>", " ")
    return " ".join(_CONTROL.sub(" ", text.replace("<", " ").replace(">", " ")).split())


def _text(data: bytes) -> str:
    """Give the document as text, for reading what a parser refuses: its declared encoding, else UTF-8, else cp1252."""
    if data.startswith(_WIDE):
        return data.decode("utf-16", errors="replace").replace("\r\n", "\n")
    declared = _DECLARED.search(data[:200])
    names = ([declared[1].decode("ascii")] if declared else []) + ["utf-8"]
    for name in names:
        try:
            return data.decode(name).replace("\r\n", "\n")
        except (UnicodeError, LookupError):
            continue
    lines = []
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
    return "\n".join(lines).replace("\r\n", "\n")


def _refuse_entities(file: ListFile) -> None:
    if _FORBIDDEN.search(file.data[:_PROLOG].replace(b"\0", b"")):
        raise _entity(file)


def _entity(file: ListFile) -> ListFileError:
    return ListFileError(
        "the document declares a document type or entities, which no official list does",
        code="xml-entity",
        where=file.name,
        mend="do not use this file; download it from the publisher's own address",
    )
