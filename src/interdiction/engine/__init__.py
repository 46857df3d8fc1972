"""The hall: the only room that sees the others and puts their steps in order."""

from interdiction.engine.hall import Engine

__all__ = ["Engine"]
