"""The kinds of arguments that routes take."""

from __future__ import annotations

from typing import Annotated

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
