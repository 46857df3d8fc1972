"""The door to a user's own program: it gets a document on standard input and answers proposals on standard output.

The program is the user's, named by the user, and runs as the user; no shell reads its command line. Its answer is
believed in nothing: it has a time, a size and a form, and each value is checked (`announcements/proposals.py`).
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from interdiction.errors import InputError, InterdictError, UsageError

if TYPE_CHECKING:
    from interdiction.announcements.accounts import Text
    from interdiction.engine.progress import Progress
    from interdiction.model import Problem
    from interdiction.model.proposal import Sheet

SECONDS: Final = 60
"""A program of a language model on the user's own machine answers within a minute about a page."""
LONGEST_SECONDS: Final = 3600
_CHUNK: Final = 65536
_KEPT: Final = 2000
"""Of what a program says on standard error: its last words."""


def asked(
    command: str, texts: Sequence[Text], seconds: int, step: Progress
) -> tuple[list[tuple[str, Sheet]], list[Problem]]:
    """Ask a program about each document; give the answers by the documents' hashes, and what went wrong.

    A program that fails takes nothing from what the rules read. Raises `UsageError` (`ask-program`) for a command that
    cannot be started.
    """
    from interdiction.announcements.asking import read_answer, request, shown
    from interdiction.model import Grade, Problem

    argv = _argv(command)
    found: list[tuple[str, Sheet]] = []
    problems: list[Problem] = []
    for done, text in enumerate(texts):
        step(f"asking {Path(argv[0]).name} about {text.account.file}", done, len(texts))
        try:
            sheet = read_answer(_run(argv, request(text), seconds), argv[0])
            if sheet.sha256 not in {"", text.account.sha256}:
                raise InputError(
                    "the proposals are of another document", where=argv[0], mend="leave out sha256, or repeat it",
                    code="other-document",
                )  # fmt: skip
        except UsageError:
            raise
        except InterdictError as error:
            problems.append(Problem(error.code, error.message, Grade.FILE, file=text.account.file, mend=error.mend))
            continue
        name = shown(Path(argv[0]).name)
        found.append((text.account.sha256, _named(sheet, f"{sheet.by} ({name})" if sheet.by else name)))
    return found, problems


def filed(paths: Sequence[Path], texts: Sequence[Text]) -> list[tuple[str, Sheet]]:
    """Read files of proposals; each names its document by `sha256`.

    Raises `InputError`: `unreadable`, `proposals` for what is no file of proposals, `other-document`.
    """
    from interdiction.announcements.asking import MOST_BYTES, read_answer, shown

    known = {text.account.sha256 for text in texts}
    found: list[tuple[str, Sheet]] = []
    for path in paths:
        try:
            with path.open("rb") as stream:
                raw = stream.read(MOST_BYTES + 1)
        except OSError as error:
            raise InputError(
                f"the proposals cannot be read: {error.strerror}", where=str(path), mend="check its path and rights",
                code="unreadable",
            ) from error  # fmt: skip
        sheet = read_answer(raw, str(path))
        if sheet.sha256 not in known:
            raise InputError(
                "the proposals are of another document"
                if sheet.sha256
                else "the proposals do not say of which document",
                where=str(path),
                mend="write the document's sha256, as --request gives it: places count in one document only",
                code="other-document",
            )
        found.append((sheet.sha256, _named(sheet, sheet.by or shown(path.name))))
    return found


def write_request(texts: Sequence[Text], path: Path) -> None:
    """Write what a program would be asked, for whoever asks it himself. Raises `UsageError` (`one-document`)."""
    from interdiction.announcements.asking import request
    from interdiction.tables.write import write_whole

    if len(texts) != 1:
        raise UsageError(
            f"a request is of one document, not of {len(texts)}", where="--request", mend="read one file at a time",
            code="one-document",
        )  # fmt: skip
    write_whole(request(texts[0]), path, "request")


def _named(sheet: Sheet, by: str) -> Sheet:
    import msgspec

    return msgspec.structs.replace(sheet, by=by)


def _argv(command: str) -> list[str]:
    try:
        argv = shlex.split(command)
    except ValueError as error:
        raise UsageError(
            f"the command cannot be read: {error}", where="--ask", mend="close its quotation marks", code="ask-program"
        ) from error
    if not argv:
        raise UsageError("no program is named", where="--ask", mend="name a program", code="ask-program")
    return argv


def _run(argv: Sequence[str], question: bytes, seconds: int) -> bytes:
    """Give what a program answers, at most one byte more than an answer may have.

    Raises `UsageError` (`ask-program`), and `InputError`: `ask-time`, `ask-size`, `ask-failed`.
    """
    from interdiction.announcements.asking import MOST_BYTES, shown

    try:
        program = subprocess.Popen(  # noqa: S603 - the user's own program, named on the command line, without a shell
            argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
    except OSError as error:
        raise UsageError(
            f"the program cannot be started: {error.strerror}", where=argv[0], mend="give its path",
            code="ask-program",
        ) from error  # fmt: skip
    answer, words = _Collected(program.stdout, MOST_BYTES, program), _Collected(program.stderr, None, program)
    feeding = threading.Thread(target=_feed, args=(program.stdin, question), daemon=True)
    feeding.start()
    until = time.monotonic() + seconds
    try:
        answer.join(seconds)
        if answer.is_alive():
            raise InputError(
                f"the program did not answer within {seconds} seconds", where=argv[0],
                mend="give it more with --ask-seconds", code="ask-time",
            )  # fmt: skip
        if answer.too_much:
            raise InputError(
                f"the program answered more than {MOST_BYTES:,} bytes", where=argv[0], mend="propose less",
                code="ask-size",
            )  # fmt: skip
        try:
            code = program.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired as error:
            raise InputError(
                f"the program did not end within {seconds} seconds", where=argv[0],
                mend="let it end once it has answered", code="ask-time",
            ) from error  # fmt: skip
        if code:
            words.join(1)
            said = shown(words.data.decode("utf-8", "replace").strip().rpartition("\n")[2])
            raise InputError(
                f"the program ended with {code}{f': {said}' if said else ''}", where=argv[0],
                mend="run it by itself on what --request writes", code="ask-failed",
            )  # fmt: skip
    finally:
        _end(program)
        for thread in (answer, words, feeding):
            thread.join(1)
    return bytes(answer.data)


class _Collected(threading.Thread):
    """Reads a stream to its end or to a limit, at which the program is ended; without a limit keeps the last words."""

    def __init__(self, stream: IO[bytes] | None, most: int | None, program: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self.data = bytearray()
        self.too_much = False
        self._stream, self._most, self._program = stream, most, program
        self.start()

    def run(self) -> None:
        if self._stream is None:
            return
        with suppress(OSError, ValueError), self._stream:
            while chunk := os.read(self._stream.fileno(), _CHUNK):
                self.data += chunk
                if self._most is None:
                    del self.data[:-_KEPT]
                elif len(self.data) > self._most:
                    self.too_much = True
                    _end(self._program)
                    return


def _feed(stream: IO[bytes] | None, question: bytes) -> None:
    """Write the question; a program that does not read it to the end may still answer."""
    if stream is not None:
        with suppress(OSError, ValueError), stream:
            stream.write(question)


def _end(program: subprocess.Popen[bytes]) -> None:
    """End a program that nobody has waited for yet, and whatever it started; one that has ended keeps its children."""
    if program.returncode is not None:
        return
    if hasattr(os, "killpg"):
        # Nobody has waited for it, so its number is still its own.
        with suppress(OSError):
            os.killpg(program.pid, signal.SIGKILL)
    else:
        program.kill()
    with suppress(subprocess.TimeoutExpired):
        program.wait(5)
