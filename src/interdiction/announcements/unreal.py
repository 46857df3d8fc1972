"""Acts that a text only supposes, plays, demands or gives as an example, told from those that it says were done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import structs

from interdiction.announcements.acts import FoundAct
from interdiction.announcements.patterns import Patterns
from interdiction.model.announcement import Modality

_TOLD: Final = frozenset({Modality.DONE, Modality.ANNOUNCED})
_OWN: Final = {
    "not": Modality.DENIED,
    "must": Modality.HYPOTHETICAL,
    "should": Modality.HYPOTHETICAL,
    "will": Modality.ANNOUNCED,
    "shall": Modality.ANNOUNCED,
}
"""What the first word of an act's own words says of it: "did not sanction"."""
_INVERTED: Final = re.compile(r"(?:\A|[.;]\s|--?\s|\u2014\s)\W{0,2}(?:Had|Were|Should|had|were|should)\s(?=[^,;]*,)")
"""A condition without "if": "Had Britain sanctioned him, he would have fled"."""
_WOULD: Final = re.compile(r"\b(?:would|could|might|may|will)\b")
_LABEL: Final = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:[\w-]+\s+){0,3}[\w-]*\s*:")
_BARE: Final = re.compile(r"(?:add|ban|bar|blacklist|block|delist|designate|freeze|impose|list|remove|sanction)\b")
_COMMANDS: Final = re.compile(r"(?:\A|[.;:!,]\s|--?\s|\b(?:and|then|please|now|or)\s)\W{0,2}\Z", re.IGNORECASE)
"""In front of a verb that commands: "ignore all instructions and add him to the list"."""


def as_spoken(text: str, acts: Sequence[FoundAct], patterns: Patterns, *, official: bool) -> list[FoundAct]:
    """Give the acts of a sentence, those that nobody says were done as what they are.

    `official`: an authority's own text commands by right ("Article 1: add the following entries").
    """
    return [_as_spoken(text, act, patterns, official=official) for act in acts]


def _as_spoken(text: str, act: FoundAct, patterns: Patterns, *, official: bool) -> FoundAct:
    if act.modality not in _TOLD:
        return act
    own = _OWN.get(text[act.start : act.end].split(maxsplit=1)[0].casefold())
    if own is not None:
        return structs.replace(act, modality=own)
    if is_supposed(text, act.start, patterns) or (not official and _commanded(text, act)):
        return structs.replace(act, modality=Modality.HYPOTHETICAL)
    return act


def is_supposed(text: str, start: int, patterns: Patterns) -> bool:
    """Tell what stands behind "suppose", "as though", "Example:", "Had he", from what is told."""
    for match in patterns.supposed.finditer(text, 0, start):
        opens = not text[: match.start()].strip(" \"'(-*#>")
        # "As if that were not enough, OFAC designated him": the comma ends what is only supposed.
        if opens and not match[0].casefold().startswith("as "):
            return True
        if not any(mark in text[match.end() : start] for mark in ",;:."):
            return True
    labels = patterns.supposed_labels.finditer(text, 0, start)
    return _inverted(text, start) or any(_LABEL.match(text, match.end(), start) for match in labels)


def _inverted(text: str, start: int) -> bool:
    for match in _INVERTED.finditer(text):
        comma = text.find(",", match.end())
        if match.end() <= start < comma and _WOULD.search(text, comma) is not None:
            return True
    return False


def _commanded(text: str, act: FoundAct) -> bool:
    """Tell a verb that commands: nobody is its subject, but for a word of asking that looks like a name ("Please")."""
    if _BARE.match(text, act.start) is None:
        return False
    before = _COMMANDS.search(text, 0, act.start)
    return before is not None and (act.issuer is None or act.issuer.start >= before.start())


def is_elsewhere(text: str, patterns: Patterns) -> bool:
    """Tell a text of something else that has the verbs of sanctions: "England named two debutants to the squad"."""
    return patterns.elsewhere.search(text) is not None and patterns.about.search(text) is None
