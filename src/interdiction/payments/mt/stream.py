"""Reads a file of SWIFT MT messages, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from interdiction.model import Payment
from interdiction.payments.mt.blocks import messages
from interdiction.payments.mt.message import payments
from interdiction.payments.reading import Reading, decoded, unreadable, whole


def read(raw: bytes, name: str) -> Reading:
    """Read the messages of a file; `name` is what problems call it. Nothing that stands in it raises."""
    return Reading(_all(decoded(raw), name), [])


def _all(text: str, name: str) -> Iterator[Payment]:
    row = 1
    for one in messages(text):
        for payment in payments(one, name, row):
            row = payment.row + 1
            yield payment
    if row == 1:
        yield unreadable(whole("mt-block", "the file holds no message", name, text), text, name)
