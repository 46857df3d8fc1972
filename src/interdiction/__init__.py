"""Sanctions interdiction: from the announcement to the block, with proof.

    import interdiction as ix

    ix.compare("Kim Yong Chol", "KIM, Yong-Chol", kind="person").score
    with ix.Engine.open("home") as engine:
        engine.screen(ix.Party(kind="person", names=["Kim Yong Chol"], birth_dates=["1962-02-18"]))

Names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from interdiction.engine import Engine as Engine
    from interdiction.errors import InterdictError as InterdictError
    from interdiction.model import Hit as Hit
    from interdiction.model import Identifier as Identifier
    from interdiction.model import Listing as Listing
    from interdiction.model import Name as Name
    from interdiction.model import PartialDate as PartialDate
    from interdiction.model import Party as Party
    from interdiction.screening.comparison import compare as compare

_HOMES = {
    "Engine": "interdiction.engine",
    "InterdictError": "interdiction.errors",
    "Hit": "interdiction.model",
    "Identifier": "interdiction.model",
    "Listing": "interdiction.model",
    "Name": "interdiction.model",
    "PartialDate": "interdiction.model",
    "Party": "interdiction.model",
    "compare": "interdiction.screening.comparison",
}

__all__ = ["Engine", "Hit", "Identifier", "InterdictError", "Listing", "Name", "PartialDate", "Party", "compare"]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("interdiction")
    if name not in _HOMES:
        raise AttributeError(f"module 'interdiction' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
