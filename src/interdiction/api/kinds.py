"""The kinds of arguments that routes take."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Annotated, Any, ParamSpec, TypeVar

from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from interdiction.api.service import Service

Serving = NamedDependency[Service]
"""The service of this process."""
InPath = FromPath[str]
"""A word of the path."""
Words = FromQuery[list[str] | None]
"""A parameter that may be repeated."""
Word = FromQuery[str | None]
"""A parameter that may be left out."""
Switch = FromQuery[bool]
"""A parameter that is true or false."""
Limit = Annotated[int, QueryParameter(ge=1, le=500, description="How many to give at most.")]
Offset = Annotated[int, QueryParameter(ge=0, le=9499, description="How many to pass over.")]

P = ParamSpec("P")
T = TypeVar("T")


def in_thread(function: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Let a route run in a thread, so that what it waits for keeps no other request waiting.

    The framework's own way wraps a function once more for each route of the same path.
    """

    @wraps(function)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.to_thread(function, *args, **kwargs)

    return run
