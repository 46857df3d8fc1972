"""The native core: Arrow tables in, Arrow tables out. `interdiction.names` imports it, and the readers of messages
and of phrases.

Wherever a table is taken, anything that offers `__arrow_c_stream__` or `__arrow_c_array__` will do: a
`Batch`, a polars frame, a pyarrow table, a pandas frame. Party columns, the same on both sides: `names`
(list of texts; or `name`, one text), `qualities` (in step with the names: primary, strong, weak, former),
`key` (text, the listing's id), `kind`, `gender` (text), `births` (list of texts such as `1962-02-18`, `1962`,
`~1947`, `1946/1948`), `nationalities`, `countries` (lists of codes), `identifiers` (list of
`type:value@country`). All but the names may be absent; null cells and null items are passed over; a column
of single texts stands for lists of one. A cell that cannot be read is listed in `Batch.problems`.

Errors: `UsageError` for arguments and tables, `DataError` for weights, `IndexFileError` for index files.
"""

import builtins
from collections.abc import Sequence
from os import PathLike
from typing import Any, Self, final

__all__ = [
    "Batch",
    "BuildReport",
    "Delta",
    "Index",
    "MessageReader",
    "PhraseBook",
    "PhraseHit",
    "PhraseHits",
    "Progress",
    "Screening",
    "TextIndex",
    "analyse",
    "batch",
    "build",
    "collect",
    "compare",
    "delta",
    "errors",
    "fold",
    "join",
    "normalise_identifier",
    "open",
    "text_index",
    "versions",
]

@final
class Batch:
    """An immutable table in Arrow layout."""

    @property
    def num_rows(self) -> int: ...
    @property
    def problems(self) -> Batch | None:
        """Cells of the input that could not be read, as columns row, column, text; `None` where none were read."""

    @property
    def truncated(self) -> list[int]:
        """Rows of the input whose answer may lack names, because a limit cut the name or the work."""

    @property
    def answers(self) -> tuple[int, int] | None:
        """First row and number of rows of the stream that this part answers; `None` for what answers no stream."""

    def columns(self) -> dict[str, list[Any]]: ...
    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

@final
class BuildReport:
    """What a build made; `unreadable` and `cut` are names that no query, or not every query, can find."""

    @property
    def parties(self) -> int: ...
    @property
    def names(self) -> int: ...
    @property
    def forms(self) -> int: ...
    @property
    def tokens(self) -> int: ...
    @property
    def bytes(self) -> int: ...
    @property
    def unreadable(self) -> list[int]: ...
    @property
    def cut(self) -> list[int]: ...
    @property
    def problems(self) -> Batch: ...

@final
class Progress:
    """How far a screening is, readable from any thread, and the way to stop it."""

    def __new__(cls) -> Self: ...
    @property
    def rows(self) -> int:
        """Rows screened, some of which may not have been given out yet."""

    @property
    def hits(self) -> int: ...
    @property
    def cancelled(self) -> bool: ...
    def cancel(self) -> None:
        """Stop soon: whoever reads the answers gets a `StoppedError`."""

@final
class Screening:
    """The answers to a table or stream, one `Batch` for each piece of at most 4096 rows, in order; at least one.

    Each part has the columns of `Index.judge`, its `problems` and `truncated`, all with rows numbered through
    the stream. The stream is pulled by threads of the core, a few pieces ahead of whoever reads.
    """

    def __iter__(self) -> Self: ...
    def __next__(self) -> Batch:
        """Raise `StopIteration` at the end, `StoppedError` when it was cancelled or closed before.

        `UsageError` where the stream breaks or a column is malformed; `KeyboardInterrupt` gets through.
        """

    def close(self) -> None: ...

@final
class Index:
    """An opened index: immutable, shared by threads."""

    @property
    def parties(self) -> int: ...
    @property
    def names(self) -> int: ...
    @property
    def bytes(self) -> int: ...
    @property
    def build_id(self) -> str: ...
    def name(self, ordinal: int) -> tuple[str, int] | None: ...
    def key(self, party: int) -> str | None: ...
    def keys(self) -> list[str]: ...
    def retrieve(self, queries: object, *, threshold: float = 0.4, threads: int = 0) -> Batch:
        """Give columns query, name, party (u32) and score (f64), ordered by query, party, name.

        Every listed name that scores at least `threshold` against a name of the row, and every party with
        an equal identifier, these with `name` null and score 0 unless a name found them too.
        """

    def screen(
        self,
        queries: object,
        weights_json: builtins.bytes,
        *,
        retrieval: float = 0.4,
        threshold: float = 0.7,
        rows: Sequence[tuple[float, str, str]] | None = None,
        suppressed: bool = False,
        evidence: bool = True,
        threads: int = 0,
        progress: Progress | None = None,
    ) -> Screening:
        """Retrieve and judge in one pass, whatever the length of the stream."""

    def judge(
        self,
        queries: object,
        candidates: object,
        weights_json: builtins.bytes,
        *,
        threshold: float = 0.7,
        rows: Sequence[tuple[float, str, str]] | None = None,
        suppressed: bool = False,
        evidence: bool = True,
        threads: int = 0,
    ) -> Batch:
        """Give one row per query and party that is a hit at its threshold, or `suppressed` where that is asked.

        `rows` are (threshold, list, kind), an empty text fitting all; the first that fits the listed party counts,
        and `threshold` where none does. Suppressed is what its names alone would make a hit and facts took below.

        Columns: query, party (u32), key, name (the listed name that fitted best), our_name, score,
        name_score, threshold (f64), standing (hit, suppressed, below), band (certain, strong, possible,
        below), basis (name, identifier), weak_only,
        supporting (u32), tokens (list of kind, ours, theirs, similarity, weight, contribution) and facts
        (list of kind, finding, ours, theirs, effect). Ordered by query, score, supporting facts, key.
        """

@final
class TextIndex:
    """What finds the names of one index inside texts at one threshold: immutable, shared by threads."""

    def find(self, texts: object, *, threads: int = 0) -> Batch:
        """Give columns query, name, party (u32), score (f64), start, end (u32), ordered by query, name, start.

        Looks into the column `text`. Places count characters (code points) from 0; no two windows of one name
        overlap. `truncated` are the texts whose answer may lack names.
        """

@final
class Delta:
    """The names of some parties of an index, weighed by the whole index: immutable, shared by threads."""

    @property
    def parties(self) -> int: ...
    @property
    def names(self) -> int: ...
    def retrieve(self, queries: object, *, threshold: float = 0.4, threads: int = 0) -> Batch:
        """Answer as `Index.retrieve`, kept to the parties of the delta and naming them by their numbers there."""

    def judge(
        self,
        queries: object,
        weights_json: builtins.bytes,
        *,
        retrieval: float = 0.4,
        threshold: float = 0.7,
        rows: Sequence[tuple[float, str, str]] | None = None,
        suppressed: bool = False,
        evidence: bool = True,
        threads: int = 0,
    ) -> Batch:
        """Judge as `Index.screen` does, against the parties of the delta alone."""

def delta(index: Index, parties: Sequence[int]) -> Delta: ...
def batch(columns: dict[str, list[Any]]) -> Batch: ...
def collect(table: object) -> Batch: ...
def join(parts: list[Batch]) -> Batch: ...
def build(parties: object, path: str | PathLike[str], weights_json: builtins.bytes, build_id: str) -> BuildReport: ...
def open(path: str | PathLike[str]) -> Index: ...  # noqa: A001
def compare(
    ours: object, theirs: object, weights_json: builtins.bytes, *, threshold: float = 0.7, evidence: bool = True
) -> Batch: ...
def analyse(text: str, side: str) -> dict[str, Any]: ...
def errors() -> list[tuple[str, str, str, str]]: ...
def fold(text: str) -> str: ...
def normalise_identifier(kind: str, value: str) -> str: ...
def text_index(index: Index, threshold: float) -> TextIndex: ...
def versions() -> dict[str, Any]: ...

@final
class MessageReader:
    """Reads ISO 20022 messages that are plain XML, of a known kind and as their schema says; shared by threads."""

    def __new__(cls, tables_json: builtins.bytes) -> Self: ...
    def read(self, raw: builtins.bytes) -> tuple[Any, ...] | None:
        """Give a message as (kind, envelope, frame, groups), as `payments.iso20022.plain` takes it; `None` where it has
        to be read another way."""

    def read_part(self, raw: builtins.bytes) -> tuple[Any, ...] | None:
        """Give one transaction of a large message, which holds nothing else but the elements around it."""

@final
class PhraseBook:
    """Tables of phrases, and searches that ask for one table or several; immutable, shared by threads.

    `tables`: phrases, and whether case counts; `searches`: tables by their place. Raises `DataError` for a phrase that
    cannot be read, with `path` as the place.
    """

    def __new__(
        cls,
        tables: Sequence[tuple[Sequence[str], bool]],
        searches: Sequence[Sequence[int]],
        classes: dict[str, list[str]],
        path: str,
    ) -> Self: ...
    def hits(self, text: str) -> PhraseHits:
        """Give every place where a phrase stands, to be asked by search."""

    def between(self, search: int, text: str, low: int, high: int) -> list[PhraseHit]:
        """Give the places of one search between two others, as if the text ended at the second."""

    def whole(self, search: int, text: str) -> PhraseHit | None:
        """Give the phrase of one search that a whole text is."""

@final
class PhraseHits:
    """What stands in one text, for all searches."""

    def of(self, search: int) -> tuple[PhraseHit, ...]:
        """Give the places of one search, by start and the order of its tables; those of one table may overlap."""

    def first(self, search: int, low: int) -> PhraseHit | None:
        """Give the first place of one search that does not begin before `low`."""

    def at(self, search: int, start: int) -> PhraseHit | None:
        """Give the place of one search that begins at `start`."""

@final
class PhraseHit:
    """A place of a text where a phrase stands; asked as a match of `re` is."""

    @property
    def place(self) -> int:
        """The table of the phrase, by its place in the search."""

    @property
    def number(self) -> str | None:
        """The number that stands for `#`."""

    def start(self) -> int: ...
    def end(self) -> int: ...
    def span(self) -> tuple[int, int]: ...
    def __getitem__(self, group: int, /) -> str: ...
