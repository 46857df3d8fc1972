"""Damages messages at random: bytes changed, taken out, doubled, exchanged; elements and lines moved about."""

from __future__ import annotations

import random
import re

PIECES = (
    *(b"<", b">", b"</", b"/>", b"&", b"&lt;", b"&#0;", b"&#x41;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?x?>"),
    *(b"<Nm>", b"</Nm>", b"<Document>", b"</Document>", b'xmlns="x"', b"<!DOCTYPE x>", b"=", b"'", b'"'),
    *(b"\x00", b"\xff", b"\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\r", b"\r\n", b"\n:"),
    *(b"{", b"}", b"{4:", b"-}", b":50K:", b":59F:", b":20:", b":32A:", b"/", b"//", b"1/"),
    *(b"7", b"705", b"6", b"5220", b"9" * 25, b"NaN", b"1e999", b"KIM YONG CHOL"),
)


def damaged(raw: bytes, draw: random.Random, times: int = 6) -> bytes:
    """Give a message that somebody, or a bad line, has worked on."""
    data = bytearray(raw)
    for _ in range(draw.randint(1, times)):
        at = draw.randrange(len(data) + 1)
        end = min(len(data), at + draw.choice((1, 1, 2, 5, 20, 100)))
        match draw.randrange(7):
            case 0:
                data[at:end] = b""
            case 1:
                data[at:at] = draw.choice(PIECES)
            case 2:
                data[at:end] = draw.choice(PIECES)
            case 3:
                data[at:at] = data[at:end] * draw.choice((1, 2, 50))
            case 4 if data:
                data[at % len(data)] = draw.randrange(256)
            case 5:
                data = bytearray(_moved(bytes(data), draw))
            case _:
                del data[at:]
    return bytes(data)


def _moved(raw: bytes, draw: random.Random) -> bytes:
    """Exchange two elements, or two lines."""
    parts = re.split(rb"(?=<)|(?<=>)|(?<=\n)", raw)
    if len(parts) > 2:
        one, other = draw.randrange(len(parts)), draw.randrange(len(parts))
        parts[one], parts[other] = parts[other], parts[one]
    return b"".join(parts)
