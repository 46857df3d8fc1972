"""Which format the files of an edition have, told from their content, never from their names.

`read_edition` is the one way into the readers: detect, then read.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from interdiction.errors import ListFileError
from interdiction.lists.readers import (
    au_xlsx,
    ca_xml,
    ch_xml,
    eu_csv,
    eu_xml,
    ftm,
    ofac_advanced,
    ofac_enhanced,
    ofac_legacy,
    ofac_xml,
    uk_csv,
    uk_hmt,
    uk_xml,
    un_xml,
    us_csl,
)
from interdiction.lists.readers.encoding import blank, text_lines
from interdiction.lists.readers.reading import ListFile, Problems, Reading
from interdiction.lists.readers.xml_stream import root_of

Read = Callable[[Sequence[ListFile], str], Reading]

READERS: Final[dict[str, Read]] = {
    ofac_legacy.CSV: ofac_legacy.read,
    ofac_legacy.FIXED: ofac_legacy.read,
    ofac_xml.FORMAT: ofac_xml.read,
    ofac_enhanced.FORMAT: ofac_enhanced.read,
    ofac_advanced.FORMAT: ofac_advanced.read,
    un_xml.FORMAT: un_xml.read,
    us_csl.CSV: us_csl.read_csv,
    us_csl.JSON: us_csl.read_json,
    ftm.FORMAT: ftm.read,
    eu_xml.FORMAT: eu_xml.read,
    eu_csv.FORMAT: eu_csv.read,
    eu_csv.OLD_FORMAT: eu_csv.read,
    uk_xml.FORMAT: uk_xml.read,
    uk_csv.FORMAT: uk_csv.read,
    uk_hmt.FORMAT: uk_hmt.read,
    ch_xml.FORMAT: ch_xml.read,
    ca_xml.FORMAT: ca_xml.read,
    au_xlsx.FORMAT: au_xlsx.read,
}
"""Format to reader."""

_ROOTS: Final = {
    ofac_xml.ROOT: (ofac_xml.FORMAT, ofac_xml.NAMESPACES),
    ofac_advanced.ROOT: (ofac_advanced.FORMAT, ofac_advanced.NAMESPACES),
    ofac_enhanced.ROOT: (ofac_enhanced.FORMAT, ofac_enhanced.NAMESPACES),
    un_xml.ROOT: (un_xml.FORMAT, un_xml.NAMESPACES),
    eu_xml.ROOT: (eu_xml.FORMAT, eu_xml.NAMESPACES),
    uk_xml.ROOT: (uk_xml.FORMAT, uk_xml.NAMESPACES),
    ch_xml.ROOT: (ch_xml.FORMAT, ch_xml.NAMESPACES),
    ca_xml.ROOT: (ca_xml.FORMAT, ca_xml.NAMESPACES),
}
"""Document element to the format it begins, and the namespaces that its reader knows."""
_OWN: Final = "own-"
_AS_TABLES: Final = frozenset({"eu-sectoral"})
"""Lists that no publisher gives as a file of its own: a table with a mapping stands for it, as for own lists."""
_TABLES: Final[tuple[Callable[[Sequence[str]], str | None], ...]] = (
    eu_csv.recognise,
    uk_hmt.recognise,
    uk_csv.recognise,
    us_csl.recognise,
)
"""One for each family of lists that come as one table with a header: tells its format from the first lines."""
_SEVERAL: Final = frozenset({ofac_legacy.CSV, ofac_legacy.FIXED})
"""Formats whose editions may be several files."""
_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HEAD: Final = 4096
_SLICE: Final = 1 << 16


def detect(files: Sequence[ListFile]) -> str:
    """Tell the format of an edition: one of the keys of `READERS`.

    Raises `ListFileError` with code `empty`, `packed`, `html`, `not-a-list`, `unknown-columns`, `unknown-namespace`,
    `xml-entity`, `encoding`, `mixed-formats`, `duplicate-part` or `damaged-envelope`.
    """
    if not files:
        raise ListFileError("no files", code="empty", mend="give the files of one edition")
    formats = [_format(file) for file in files]
    if len(set(formats)) > 1:
        said = ", ".join(f"{file.name}: {fmt}" for file, fmt in zip(files, formats, strict=True))
        raise ListFileError(
            f"files of different formats in one edition ({said})",
            code="mixed-formats",
            where=files[0].name,
            mend="import one edition in one format at a time",
        )
    fmt = formats[0]
    if fmt not in _SEVERAL and len(files) > 1:
        raise ListFileError(
            "an edition of this format is one file",
            code="duplicate-part",
            where=files[1].name,
            mend="import one file at a time",
        )
    return fmt


def read_edition(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one edition whatever its format; listings carry `list_key`. Raises `ListFileError` as `detect` does.

    A list of one's own (`own-NAME`) may be any table: the key tells it, not the content.
    """
    if list_key.startswith(_OWN) or list_key in _AS_TABLES:
        from interdiction.lists.readers import own_table  # noqa: PLC0415 - polars is loaded for tables only

        for file in files:
            _refuse_blank(file)
        return own_table.read(files, list_key)
    with _uncollected():
        return READERS[detect(files)](files, list_key)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of cycles out: a reading makes millions of small objects and no cycles of them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _refuse_blank(file: ListFile) -> None:
    if blank(file.data):
        raise ListFileError(
            "the file is empty",
            code="empty",
            where=file.name,
            mend="download it again: publishers have served empty files; the last edition stays in force",
        )


_PACKED: Final = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"\xfd7zXZ\x00": "xz",
    b"BZh": "bzip2",
    b"\x28\xb5\x2f\xfd": "zstd",
}
"""First bytes of compressed files."""


def _refuse_packed(file: ListFile) -> None:
    for start, what in _PACKED.items():
        if file.data.startswith(start):
            raise ListFileError(
                f"the file is packed ({what})",
                code="packed",
                where=file.name,
                mend="unpack it and import what is inside; the last edition stays in force",
            )


def _format(file: ListFile) -> str:
    _refuse_blank(file)
    if au_xlsx.is_workbook(file.data):
        return au_xlsx.FORMAT
    try:
        return _format_of_text(file)
    except ListFileError:
        _refuse_packed(file)  # only what is no list: damage may begin with any bytes
        raise


def _format_of_text(file: ListFile) -> str:
    start = file.data.lstrip(b"\xef\xbb\xbf \t\r\n")
    wide_xml = file.data[:2] in {b"\xff\xfe", b"\xfe\xff"} and b"<\0" in file.data[:8] + b"\0"
    if wide_xml:
        return _xml_format(file, start)
    if start.startswith(b"{") and (fmt := _json_format(start[:_HEAD])) is not None:
        return fmt
    lines: list[str] = []
    for data in dict.fromkeys((_sample(file.data), file.data)):
        lines = text_lines(ListFile(file.name, data), Problems(file.name, [])).lines
        if (fmt := _table_format(lines)) is not None:
            return fmt
        if start.startswith(b"<"):
            break  # XML of fifty megabytes need not be voted on twice
    if start.startswith(b"<"):
        return _xml_format(file, start)
    raise ofac_legacy.unknown_columns(file.name, lines)


def _table_format(lines: Sequence[str]) -> str | None:
    if ofac_legacy.csv_role(lines):
        return ofac_legacy.CSV
    if ofac_legacy.fixed_role(lines):
        return ofac_legacy.FIXED
    return next((fmt for recognise in _TABLES if (fmt := recognise(lines)) is not None), None)


def _json_format(head: bytes) -> str | None:
    return us_csl.JSON if us_csl.recognise_json(head) else ftm.FORMAT if ftm.recognise(head) else None


def _sample(data: bytes) -> bytes:
    """Take the beginning, the middle and the end of a large file: enough to vote on its format nearly always."""
    if len(data) <= 3 * _SLICE:
        return data
    middle = len(data) // 2
    return b"\n".join((data[:_SLICE], data[middle : middle + _SLICE], data[-_SLICE:]))


def _xml_format(file: ListFile, start: bytes) -> str:
    if _HTML.search(start[:_HEAD]):
        raise ListFileError(
            "a web page, not a list",
            code="html",
            where=file.name,
            mend="the address answered with a page (an error, a login); download the file itself",
        )
    root = root_of(file)
    name = root.name
    if name not in _ROOTS:
        raise ListFileError(
            f"<{name}> begins no known list",
            code="not-a-list",
            where=file.name,
            mend="known are the XML lists of OFAC, the UN, the EU, the United Kingdom, Switzerland and Canada",
        )
    fmt, namespaces = _ROOTS[name]
    if root.namespace not in namespaces:
        raise ListFileError(
            f"<{name}> of an unknown namespace {root.namespace!r}",
            code="unknown-namespace",
            where=file.name,
            mend=f"known: {', '.join(repr(known) for known in namespaces)}; a new one needs a look at the schema first",
        )
    return fmt
