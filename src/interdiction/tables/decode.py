"""Bytes of a table to text: which encoding, and what was in doubt about it."""

from __future__ import annotations

import codecs
import re
from typing import Final

from interdiction.errors import TableError
from interdiction.model import Grade, Problem

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN: Final = (b"%PDF", b"{\\rtf", b"\x1f\x8b", b"PK", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format", b"\x7fELF")
_MARKUP: Final = re.compile(rb"\s*<(?:!doctype|html|head|body|table|\?xml|[a-z][\w:.-]*[\s>/])", re.IGNORECASE)
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_SAMPLE: Final = 1 << 16
_WESTERN_SHARE: Final = 0.35
"""Letters beyond ASCII; the most accented book of a Windows-1252 language stays far below, Cyrillic is near 1."""


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("interdiction.cp1252", _as_windows)


def refuse_what_is_no_table(raw: bytes, file: str) -> None:
    """Raise `TableError` (`empty`, `not-a-table`) for bytes that are plainly something else than rows of text."""
    if not raw.strip(b"\x00\x1a \t\r\n\xef\xbb\xbf"):
        raise TableError(
            "the file is empty", where=file, code="empty", mend="export the table again; a header row is needed"
        )
    sample = raw[:_SAMPLE]
    marked = any(raw.startswith(bom) for bom, _ in _BOMS)
    if _MARKUP.match(sample.removeprefix(codecs.BOM_UTF8)):
        raise _not_a_table("the file is a web page or XML", file)
    if sample.startswith(_FOREIGN):
        raise _not_a_table("the file is a document, picture, archive or database", file)
    if marked:
        return
    header = sample.split(b"\n", 1)[0]
    if _CONTROL.search(header) or len(_CONTROL.findall(sample)) > len(sample) // 5:
        raise _not_a_table("the file holds binary data, or text in two bytes a letter without its mark", file)


def _not_a_table(message: str, file: str) -> TableError:
    return TableError(
        message,
        where=file,
        code="not-a-table",
        mend="give rows as CSV in UTF-8, Parquet, JSON Lines or Excel (.xlsx)",
    )


def decode(raw: bytes, file: str, encoding: str | None = None) -> tuple[str, list[Problem]]:
    """Give the text of `raw` and what was in doubt: UTF-8 or what a byte-order mark says, else Windows-1252.

    A file that is UTF-8 in places and not in others is read each byte its best way, with a problem of
    grade FILE; so is one whose letters suggest that Windows-1252 was the wrong guess. A named `encoding`
    is obeyed; raises `TableError` (`encoding`) when there is none of that name.
    """
    if encoding is not None:
        try:
            return raw.decode(encoding, "replace").removeprefix("\ufeff"), []
        except LookupError as error:
            raise TableError(
                f"there is no encoding {encoding!r}",
                where=file,
                code="encoding",
                mend="name one such as cp1251",
            ) from error
    for bom, name in _BOMS:
        if raw.startswith(bom):
            if name == "utf-8":
                raw = raw.removeprefix(bom)
                break
            return raw[len(bom) :].decode(name, "replace"), []
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError:
        return _windows(raw, file)


def _windows(raw: bytes, file: str) -> tuple[str, list[Problem]]:
    if not raw.decode("utf-8", "ignore").isascii():
        # A name in UTF-8 read as Windows-1252 is no name any more: one bad byte must not cost the whole file.
        text = raw.decode("utf-8", "interdiction.cp1252")
        problem = Problem(
            code="mixed-encoding",
            message="the file is UTF-8 in some places and Windows-1252 in others; each was read as what it is",
            grade=Grade.FILE,
            file=file,
            expected="one encoding, best UTF-8",
            mend="export the table again as UTF-8",
        )
        return text, [problem]
    text = raw.decode("cp1252", "replace")
    letters = [letter for letter in text[:_SAMPLE] if letter.isalpha()]
    beyond = sum(not letter.isascii() for letter in letters)
    if beyond <= _WESTERN_SHARE * len(letters):
        return text, []
    problem = Problem(
        code="encoding-doubt",
        message="the file is not UTF-8 and was read as Windows-1252, but its letters do not look like that",
        grade=Grade.FILE,
        file=file,
        text=text[:60],
        expected="UTF-8",
        mend="export the table again as UTF-8, or name its encoding",
    )
    return text, [problem]
