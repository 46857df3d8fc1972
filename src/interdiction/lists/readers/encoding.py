"""From the bytes of a text file to its lines: UTF-8 and cp1252 told apart by content, damage found line by line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import msgspec

from interdiction.errors import ListFileError
from interdiction.lists.readers.reading import ListFile, Problems
from interdiction.model import Grade

END_MARK = "\x1a"
"""The DOS end-of-file character that closes every legacy file as OFAC writes it."""

_WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_END = re.compile(rb"\r\n|\n|\r")


class TextLines(msgspec.Struct):
    """The lines of a file (without their ends), how they ended and whether the end mark stood."""

    lines: list[str]
    carriage_returns: bool
    end_mark: bool
    open_end: bool
    """The last line had no line end."""
    padded: bool
    """NUL bytes stand behind the last line: the room of a download that was never filled."""
    doubtful: frozenset[int] = frozenset()
    """Numbers (from 1) of lines with bytes that the file's own encoding does not know."""


def text_lines(file: ListFile, problems: Problems) -> TextLines:
    """Decode a legacy text file.

    A byte order mark is dropped and noted. Bytes above 127 are UTF-8 where most lines that have such bytes
    are valid UTF-8, else cp1252 (what OFAC and HM Treasury write); a line of the other kind is decoded on its
    own and reported. Raises `ListFileError` `encoding` for UTF-16, UTF-32 and binary content.
    """
    data = file.data
    head = data[:2000].rstrip(b"\0")
    if head.count(0) * (8 if data.startswith(_WIDE) else 4) > len(head):
        raise ListFileError(
            "not a text of one byte a character",
            code="encoding",
            where=file.name,
            mend="download the file again and do not convert it (cp1252 or UTF-8 is expected)",
        )
    if data.startswith(codecs.BOM_UTF8):
        data = data.removeprefix(codecs.BOM_UTF8)
        problems.add("byte-order-mark", "the file begins with a byte order mark", grade=Grade.PUBLISHED, line=1)
    body = data.rstrip(b"\x1a \t\r\n\0")
    tail = data[len(body) :]
    raw = _LINE_END.split(body) if b"\r" in body else body.split(b"\n")
    lines, doubtful = _decoded(raw, problems)
    return TextLines(
        lines=lines,
        carriage_returns=b"\r" in data,
        end_mark=b"\x1a" in tail,
        open_end=b"\n" not in tail and b"\r" not in tail,
        padded=b"\0" in tail,
        doubtful=frozenset(doubtful),
    )


def _decoded(raw: list[bytes], problems: Problems) -> tuple[list[str], list[int]]:
    if all(line.isascii() for line in raw):
        return [line.decode("ascii") for line in raw], []
    high = [(number, line) for number, line in enumerate(raw, start=1) if not line.isascii()]
    valid = sum(_is_utf8(line) for _, line in high)
    main = "utf-8" if valid * 2 > len(high) else "cp1252"
    if main == "utf-8":
        problems.add(
            "utf-8",
            f"{valid} lines hold UTF-8 where cp1252 is usual; read as UTF-8",
            grade=Grade.PUBLISHED,
            line=high[0][0],
        )
    doubtful = []
    lines = []
    for number, line in enumerate(raw, start=1):
        try:
            lines.append(line.decode(main))
        except UnicodeDecodeError as error:
            doubtful.append(number)
            lines.append(line.decode("cp1252", errors="replace"))
            problems.add(
                "encoding",
                f"byte {line[error.start]:#04x} is not {main}",
                grade=Grade.ROW,
                line=number,
                text=lines[-1],
                expected=main,
                mend="the row is used with the character as cp1252, or a replacement sign, in its place",
            )
    return lines, doubtful


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def blank(data: bytes) -> bool:
    """Tell whether a file holds nothing but white space, end marks and NUL bytes."""
    return not data.strip(b" \t\r\n\x1a\0\xef\xbb\xbf")


def numbered(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Give the lines that say something, with their numbers from 1."""
    for number, line in enumerate(lines, start=1):
        if line and not line.isspace() and line != END_MARK:
            yield number, line
