"""Books and other tables: any file of rows to recognised columns and parties, bad cells as problems of their row.

`read_book` gives the customers of a file, `book_of` those of a frame already in memory, `read_sheet` the bare
rows for another kind of table, `write` puts a result into a file. What a user sees is in `docs/tables.md`.
"""

from interdiction.tables.book import Book, book_of, read_book
from interdiction.tables.kinds import of_kind, without_kind
from interdiction.tables.pieces import Pieces, read_pieces
from interdiction.tables.sheet import Ragged, Sheet, read_sheet, sheet_of
from interdiction.tables.write import write

__all__ = [
    "Book",
    "Pieces",
    "Ragged",
    "Sheet",
    "book_of",
    "of_kind",
    "read_book",
    "read_pieces",
    "read_sheet",
    "sheet_of",
    "without_kind",
    "write",
]
