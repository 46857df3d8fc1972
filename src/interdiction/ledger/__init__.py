"""The account of what is held: steps that make entries, balances, interest, values. Pure; nothing here stores or asks.

1. The postings of every entry add up to nothing, in one unit; units are never mixed.
2. An entry is never changed: a mistake is taken back by another entry.
3. Nothing closes by itself: what leaves is released, transferred, charged or licensed by somebody who is named.
"""

from interdiction.ledger.book import Held, balances, book, standing
from interdiction.ledger.exact import minor_units, rounded, total
from interdiction.ledger.interest import accrued, due
from interdiction.ledger.value import Valued, valued

__all__ = [
    "Held",
    "Valued",
    "accrued",
    "balances",
    "book",
    "due",
    "minor_units",
    "rounded",
    "standing",
    "total",
    "valued",
]
