"""A document of any kind to clean text whose every character knows where it stood in the original."""

from __future__ import annotations

import html
import re
from array import array
from email import message_from_string, policy
from html.parser import HTMLParser
from typing import Final

import msgspec

from interdiction.errors import InputError
from interdiction.model import Problem
from interdiction.model.announcement import Span
from interdiction.tables.decode import decode

LONGEST: Final = 5_000_000
"""Characters; no announcement is a tenth of it."""

_HTML: Final = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|main|div|p|span|article|section"
    r"|h[1-6]|script|style|title|meta|table|ul|ol|center|blockquote)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL: Final = re.compile(r"(?:[A-Za-z][A-Za-z-]{1,40}: ?[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}\r?\n")
_MAIL_WORDS: Final = re.compile(r"^(?:from|subject|date|message-id|mime-version|received):", re.I | re.M)  # noqa: FURB167
_MAIL_HEADERS: Final = 2
_FOREIGN: Final = (b"%PDF", b"{\\rtf", b"\x1f\x8b", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"\x7fELF")
_CONTROLS: Final = bytes({*range(32)} - {*b"\t\n\r\f\v\x1b"})
"""Bytes that no text holds, but one in fifty for what a bad copy leaves."""
_INVISIBLE: Final = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    "\u034f\u061c\u115f\u1160\u180e\u2061\u2062\u2063\u2064\u3164"
) | {chr(code) for code in range(0xE0000, 0xE0080)}
"""Signs that nobody sees; the last are tags, in which whole sentences can be hidden."""
_PLAIN: Final = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-"}
    | dict.fromkeys("\u00a0\u2009\u202f\t", " ")
)
_LIGATURES: Final = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\u2026": "..."}
_ODD: Final = re.compile(
    rf" *\n(?: *> ?)* *| {{2,}}|[{''.join(_INVISIBLE)}{''.join(_LIGATURES)}\x00-\x09\x0b-\x1f]", re.UNICODE
)
"""What does not stay one character: line breaks with their spaces and the signs of a forwarded e-mail, several spaces,
signs nobody sees, ligatures."""
_BROKEN: Final = re.compile(r"(?<=[a-z])-[ \t]*\r?\n[ \t]*(?=[a-z])")
"""A word that a printer broke at the end of a line."""
_PRINTED: Final = re.compile(f"{_BROKEN.pattern}|{_ODD.pattern}")
_FEWEST_BROKEN: Final = 3
"""As many broken words tell the text of a printed page, as its form feeds do."""
_BLOCKS: Final = re.compile(
    r"p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|section|article|header|blockquote|title|hr|dd|dt", re.IGNORECASE
)
_VOID: Final = re.compile(r"area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr", re.IGNORECASE)
_UNSEEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:[a-z%]*)\s*(?:;|\Z)|opacity\s*:\s*0\s*(?:;|\Z)",
    re.IGNORECASE,
)
_ENDS: Final = {"p": _BLOCKS, "li": re.compile("li"), "td": re.compile("td|tr"), "tr": re.compile("tr")}
"""Elements that end where another begins."""
_SILENT: Final = re.compile(r"script|style|noscript|nav|footer|aside|form|button|svg|iframe|template", re.IGNORECASE)


class Page(msgspec.Struct, frozen=True):
    """Clean text and the place of each of its characters in `original`, the decoded document."""

    file: str
    original: str
    text: str
    places: array[int]
    headers: dict[str, str] = {}
    """What an e-mail, or the head of a saved text (`# date: ...`), says of itself, in lower case."""
    problems: tuple[Problem, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Give the place of `text[start:end]` in the original."""
        if start >= end:
            at = self.places[start] if start < len(self.places) else len(self.original)
            return Span(at, at)
        return Span(self.places[start], self.places[end - 1] + 1)

    def columns(self) -> str:
        """Give the text with a bar wherever the original parts columns, by a tab or by several spaces."""
        made = list(self.text)
        for match in re.finditer(r"(?<=[^\s.!?:|]) (?=\S)", self.text):
            at = match.start()
            first, behind = self.places[at], self.places[at + 1]
            if self.original[first] == "\t" or (behind - first > 1 and not self.original[first:behind].strip(" \t")):
                made[at] = "|"
        return "".join(made)

    def words(self, span: Span) -> str:
        """Give what stands at a place of the original."""
        return self.original[span.start : span.end]


def read_page(raw: bytes, file: str) -> Page:
    """Read plain text, the text of a PDF, HTML or an e-mail.

    Raises `InputError`: `empty`, `not-text` for a document of another kind, `too-long`.
    """
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise InputError("the document is empty", where=file, mend="save its text again", code="empty")
    sample = raw[:65536]
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    if sample.startswith(_FOREIGN) or (not wide and _controls(sample) > len(sample) // 50):
        raise InputError(
            "the document is no text", where=file, mend="give its text, its HTML page or its e-mail", code="not-text"
        )
    original, problems = decode(raw, file)
    if len(original) > LONGEST:
        raise InputError(
            f"the document has {len(original):,} characters, no announcement has", where=file,
            mend=f"give at most {LONGEST:,}", code="too-long",
        )  # fmt: skip
    return _page(original, file, problems)


def _controls(sample: bytes) -> int:
    return len(sample) - len(sample.translate(None, _CONTROLS))


def _page(original: str, file: str, problems: list[Problem]) -> Page:
    mail = _MAIL.match(original)
    if mail and len(_MAIL_WORDS.findall(mail[0])) >= _MAIL_HEADERS:
        original, headers, start, more = _mail(original, mail.end(), file)
        problems = [*problems, *more]
    else:
        headers, start = _head(original)
    unseen = 0
    if _HTML.match(original, start):
        text, places, unseen = _markup(original, start)
    else:
        text, places = original[start:], array("I", range(start, len(original)))
    text, places, hidden = _cleaned(text, places)
    if unseen:
        said = f"{unseen} characters of the page that nobody sees were left out"
        problems = [*problems, Problem(code="hidden", message=said, file=file)]
    if hidden:
        said = f"{hidden} invisible characters were left out"
        problems = [*problems, Problem(code="invisible", message=said, file=file)]
    return Page(file, original, text, places, headers, tuple(problems))


def _head(original: str) -> tuple[dict[str, str], int]:
    """Give the lines `# key: value` that a saved text may begin with, and where the text begins behind them."""
    headers: dict[str, str] = {}
    at = 0
    for line in original.splitlines(keepends=True):
        found = re.match(r"#\s*([a-z]{2,20}):\s*(.*)", line)
        if not found:
            break
        headers[found[1]] = found[2].strip()
        at += len(line)
    return headers, at


def _mail(original: str, body: int, file: str) -> tuple[str, dict[str, str], int, list[Problem]]:
    """Give the text to read, the headers, where the body begins, and a note where the text had to be unpacked."""
    message = message_from_string(original, policy=policy.default)
    headers = {key.lower(): str(value) for key, value in message.items()}
    encoded = str(message.get("content-transfer-encoding", "7bit")).lower() in {"base64", "quoted-printable"}
    if not encoded and message.get_content_maintype() != "multipart":
        return original, headers, body, []
    part = message.get_body(preferencelist=("plain", "html"))
    try:
        text = str(part.get_content()) if part is not None else ""
    except (LookupError, ValueError, KeyError):
        text = ""
    if not text.strip():
        raise InputError("the e-mail holds no text that can be read", where=file, mend="save its text", code="not-text")
    note = Problem(
        code="packed-mail",
        message="the e-mail is packed in parts; places are counted in its text part, not in the file",
        file=file,
    )
    return text, headers, 0, [note]


class _Reader(HTMLParser):
    """Collects the visible text of a page with the place of each character."""

    def __init__(self, source: str, start: int) -> None:
        super().__init__(convert_charrefs=False)
        self.text: list[str] = []
        self.places: array[int] = array("I")
        self._silent = 0
        self._unseen: tuple[str, int] = ("", 0)
        """The element that hides what it holds, and how many of its name are open."""
        self.unseen = 0
        self._lines = [start]
        for found in re.compile("\n").finditer(source, start):
            self._lines.append(found.end())

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _put(self, text: str, at: int, *, step: int = 1) -> None:
        self.text.append(text)
        self.places.extend(at + step * place for place in range(len(text)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        hides, depth = self._unseen
        if hides and (over := _ENDS.get(hides)) is not None and over.fullmatch(tag):
            hides, depth = "", 0
        if hides:
            depth += tag == hides
        elif _is_unseen(tag, attrs):
            hides, depth = tag, 1
        self._unseen = (hides, depth)
        if _SILENT.fullmatch(tag):
            self._silent += 1
        elif _BLOCKS.fullmatch(tag):
            self._put("\n", self._at())

    def handle_endtag(self, tag: str) -> None:
        hides, depth = self._unseen
        if tag == hides:
            self._unseen = (hides, depth - 1) if depth > 1 else ("", 0)
        if _SILENT.fullmatch(tag):
            self._silent = max(0, self._silent - 1)
        elif _BLOCKS.fullmatch(tag):
            self._put("\n", self._at())

    def handle_data(self, data: str) -> None:
        if self._unseen[0] and not self._silent:
            self.unseen += len(data.strip())
        elif not self._silent:
            self._put(data.replace("\n", " ").replace("\r", " "), self._at())

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name};")

    def _entity(self, written: str) -> None:
        if not self._silent and not self._unseen[0]:
            self._put(html.unescape(written), self._at(), step=0)


def _is_unseen(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    """Tell an element that no reader of the page sees."""
    said = dict(attrs)
    return not _VOID.fullmatch(tag) and ("hidden" in said or _UNSEEN.search(said.get("style") or "") is not None)


def _markup(original: str, start: int) -> tuple[str, array[int], int]:
    reader = _Reader(original, start)
    reader.feed(original[start:])
    reader.close()
    return "".join(reader.text), reader.places, reader.unseen


def _cleaned(text: str, places: array[int]) -> tuple[str, array[int], int]:
    """Give plain quotes and spaces, one space where several stand, and no invisible characters."""
    text = text.translate(_PLAIN)
    printed = "\f" in text or len(_BROKEN.findall(text)) >= _FEWEST_BROKEN
    text = text.replace("\f", "\n")
    odd = _PRINTED if printed else _ODD
    kept: list[str] = []
    where: array[int] = array("I")
    hidden = at = 0
    for match in odd.finditer(text):
        kept.append(text[at : match.start()])
        where.extend(places[at : match.start()])
        at, said = match.end(), match[0]
        plain = "" if said[0] == "-" else "\n" if "\n" in said else " " if said[0] == " " else _LIGATURES.get(said, "")
        hidden += said in _INVISIBLE
        kept.append(plain)
        where.extend([places[match.start() + said.find(plain) if plain in said else match.start()]] * len(plain))
    kept.append(text[at:])
    where.extend(places[at:])
    return "".join(kept), where, hidden
