"""Places of words without the signs and spaces around them."""

from __future__ import annotations


def trimmed(text: str, low: int, high: int) -> tuple[int, int]:
    """Give a place without the commas, quotation marks and spaces at its ends, and without its full stop."""
    while low < high and text[low] in ' ,\n"':
        low += 1
    while high > low and text[high - 1] in ' ,.\n"':
        high -= 1
    return low, high
