"""Whom the acts of a whole text mean: names told in other sentences, counted ones, and what pronouns stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from interdiction.announcements.acts import FoundAct
from interdiction.announcements.entries import Entry
from interdiction.announcements.naming import kind_of_verb, named_by_verb
from interdiction.announcements.parties import Line, Parties, Party
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.references import Reference
from interdiction.announcements.standing import Standing
from interdiction.announcements.targets import Phrase, items
from interdiction.model import Kind
from interdiction.model.announcement import ActKind, Modality

LISTING: Final = frozenset({ActKind.DESIGNATE, ActKind.IDENTIFY, ActKind.IMPOSE, ActKind.DELIST, ActKind.AMEND})
_UNDOES: Final = frozenset({ActKind.DELIST, ActKind.AMEND, ActKind.EXTEND})
"""Acts whose numbers are not those of whom is newly listed."""
DONE: Final = frozenset({Modality.DONE, Modality.ANNOUNCED})
_BACK, _FAR = 4, 12
"""Sentences in front of a pronoun, or of "these persons", in which those may stand whom it means."""
_REACH: Final = 8
"""Sentences behind a number in which the press may name those counted."""
_OPENED: Final = 3
"""Sentences behind an act in which a list of its names may be opened."""
_LEAST: Final = 2
"""One name behind "one individual" may be anybody's."""
_IMPOSED: Final = re.compile(r"[^,;.:]{0,90}?\b(?:on|against|targeting)\s+")
_WITHIN: Final = re.compile(r"\b(?:on|against|targeting)\s+(?=[^,;]*\b(?:is|are|was|were|has|have|had|been)\b)")
"""Inside the words of an act: "Sanctions on Orvel Bank were lifted"."""
_IMPOSED_END: Final = re.compile(
    r";|,?\s+(?:for|after|over|because|accusing|saying|which|who|that|whose|in response)\b"
)
_LIST: Final = re.compile(
    r":\s*\Z|\b(?:following|below|annex\w*|schedule|listed in|entries|these|set out)\b", re.IGNORECASE
)
_FOLLOWING: Final = re.compile(r"\bfollowing\b[^:;.]{0,80}:\s")
_BELOW: Final = re.compile(r":\s+\S")
"""Behind the verb: "The following persons were designated for ...: Almaza Holdings; Roneo Trade"."""
_GAP: Final = 2
"""Characters between "adding the alias" and the alias."""


class Told(msgspec.Struct, frozen=True):
    """A target with the number of the line in which it stands."""

    line: int
    phrase: Phrase
    aliases: tuple[tuple[str, int, int, int], ...] = ()
    """Aliases told in other lines: each with its line and its place there."""


def told(
    lines: Sequence[Line], entries: Sequence[Entry], patterns: Patterns, *, official: bool
) -> dict[tuple[int, int], list[Told]]:
    """Give the targets of each act by the numbers of its line and of the act in it.

    A name is a target when an act names it, when a pronoun or "the company" behind it stands for it in an act, when
    words present it among those listed, or when a number of targets is given that the names behind it fit. The press
    is believed only where exactly as many are named as were counted; nobody becomes a target by standing near one.
    """
    return _Text(lines, patterns, official=official).targets(entries)


class _Text:
    """One text while its targets are gathered."""

    def __init__(self, lines: Sequence[Line], patterns: Patterns, *, official: bool) -> None:
        self._lines, self._patterns, self._official = lines, patterns, official
        self._parties = Parties(lines, patterns)
        self._stands = Standing(lines, patterns)
        self._found: dict[tuple[int, int], list[Told]] = {}
        self._taken: set[int] = set()
        self._entered: set[str] = set()
        """Names of entries, in small letters."""

    def targets(self, entries: Sequence[Entry]) -> dict[tuple[int, int], list[Told]]:
        """Give the targets of each act; what only goes on with an act is one with it."""
        self._entered = {entry.value.casefold() for entry in entries}
        acts = [(number, place, act) for number, line in enumerate(self._lines) for place, act in enumerate(line.acts)]
        for number, place, act in acts:
            formal = self._lines[number].formal
            phrases = list(act.targets) or list(self._imposed(number, act))
            own = [
                self._own(number, one) for one in phrases if not (one.named and (formal or self._is_idle(number, one)))
            ]
            before = next(reversed(self._found), None) if act.goes_on else None
            if act.goes_on and (act.modality not in DONE or (before is None and not own and not act.counts)):
                continue
            if before is not None:
                self._found[before] += own
            else:
                self._found[number, place] = own
        acts = [one for one in acts if one[:2] in self._found]
        for number, place, act in acts:
            if act.refers is not None and act.modality in DONE and not any(one.named for one in act.targets):
                self._put((number, place), self._referred(number, act, act.refers))
        listing = [one for one in acts if one[2].kind in LISTING and one[2].modality in DONE]
        self._presented(listing)
        self._by_verb(listing)
        self._counted(listing)
        self._listed(acts, entries)
        return {
            act: sorted(dict.fromkeys(found), key=lambda one: (one.line, one.phrase.start))
            for act, found in self._found.items()
        }

    def _is_idle(self, number: int, phrase: Phrase) -> bool:
        """Tell a name that a headline alone says, and one that is added to an entry as an alias."""
        line = self._lines[number]
        party = self._parties.at(number, phrase.start, phrase.end)
        alone = party is None or all(self._lines[place.line].headline for place in party.places)
        return (line.headline and alone) or self._adds(line, phrase.start)

    def _adds(self, line: Line, start: int) -> bool:
        return any(0 <= start - match.end() <= _GAP for match in self._patterns.adds_alias.finditer(line.text))

    def _imposed(self, number: int, act: FoundAct) -> Iterator[Phrase]:
        """Give the names on whom sanctions are imposed: "a travel ban on Ivo Harlan"."""
        line = self._lines[number]
        if act.kind not in {ActKind.IMPOSE, ActKind.DELIST} or act.modality not in DONE:
            return
        within = _WITHIN.search(line.text, act.start, act.end)
        behind = _IMPOSED.match(line.text, act.end) if act.kind is ActKind.IMPOSE else None
        over = within or behind
        if over is not None:
            stop = _IMPOSED_END.search(line.text, over.end())
            high = min(stop.start() if stop else len(line.text), act.end if within else len(line.text))
            yield from (one for one in items(line.text, over.end(), high, line.mentions, self._patterns) if one.named)

    def _listed(self, acts: Sequence[tuple[int, int, FoundAct]], entries: Sequence[Entry]) -> None:
        """Give each entry of a list to the act in front of it: the last that names parties, else the last of all."""
        done = [one for one in acts if one[2].modality in DONE and self._may_open(one)]
        if not done and entries:
            self._opened(entries)
            lines = enumerate(self._lines)
            done = [(number, place, act) for number, line in lines for place, act in enumerate(line.acts)]
        for entry in entries:
            before = [one for one in done if self._lines[one[0]].start <= entry.start] or done[:1]
            naming = [one for one in before if one[2].kind in LISTING and not self._lines[one[0]].formal]
            over = next((one[:2] for one in reversed(naming or before)), None)
            if over is not None:
                base = self._lines[0].start
                others = tuple((value, low - base, high - base) for value, low, high in entry.aliases)
                low, high = entry.start - base, entry.end - base
                self._found[over].append(Told(0, Phrase(low, high, entry.value, True, entry.kind, aliases=others)))

    def _own(self, number: int, phrase: Phrase) -> Told:
        """Give a target that the act itself names, by the full name where it is named in short."""
        party = self._parties.at(number, phrase.start, phrase.end) if phrase.named else None
        if party is None:
            return Told(number, phrase)
        self._taken.add(id(party))
        kind = phrase.kind or party.kind
        full = party.full.mention.value.removeprefix("The ").rstrip(".")
        if len(phrase.value) < len(full) and phrase.value.split()[0].casefold() in full.casefold():
            whole = msgspec.structs.replace(party.phrase(), kind=kind)
            return Told(party.full.line, whole, party.elsewhere(party.full.line))
        return Told(number, msgspec.structs.replace(phrase, kind=kind), party.elsewhere(number))

    def _put(self, act: tuple[int, int], parties: Sequence[Party]) -> None:
        for party in parties:
            if id(party) not in self._taken and party.full.mention.value.casefold() not in self._entered:
                self._taken.add(id(party))
                self._found[act].append(Told(party.full.line, party.phrase(), party.elsewhere(party.full.line)))

    def _referred(self, number: int, act: FoundAct, meant: Reference) -> list[Party]:
        """Give those whom "both" or "the company" in front of a verb stands for: told in the sentences before it."""
        found: list[Party] = []
        far = meant.far and not meant.number
        for back in range(number, max(-1, number - (_FAR if far else _BACK) - 1), -1):
            line = self._lines[back]
            if far and back < number and (line.heading or any(one.named for act in line.acts for one in act.targets)):
                break
            here = [
                party
                for party in self._parties.of_line(back)
                if self._stands.fits(party, meant.kind)
                and self._stands.is_told(party, back, until=act.start if back == number else None)
            ]
            here = [party for party in here if party not in found]
            here = [party for party in here if not self._stands.is_oblique(party)] or here
            if not here:
                continue
            if meant.number == 1:
                return here[:1]
            found = here + found
            if far:
                continue
            if (meant.number == 0 and len(found) > 1) or len(found) == meant.number:
                return found
            if meant.number and len(found) > meant.number:
                return []
            if meant.number == 0 and line.paragraph != self._lines[number].paragraph:
                return found
        return found if meant.number == 0 else self._all_of(number, meant)

    def _all_of(self, number: int, meant: Reference) -> list[Party]:
        """Give all of a kind that a text told so far, when there are exactly as many: "the four companies"."""
        found = [
            party
            for party in self._parties.all
            if party.full.line < number
            and party.kind is meant.kind is not None
            and self._stands.is_told(party, party.full.line)
        ]
        return found if len(found) == meant.number else []

    def _presented(self, acts: Sequence[tuple[int, int, FoundAct]]) -> None:
        """Take the names behind "among them are" and its like for targets of the act told last."""
        for number, line in enumerate(self._lines):
            before = [one for one in acts if one[0] <= number]
            if not before or line.entry:
                continue
            here = [one for one in before if one[0] == number]
            opened = [match.end() for match in self._patterns.presents.finditer(line.text)]
            opened += [match.end() for match in _FOLLOWING.finditer(line.text)]
            opened += [line.text.rindex(":") + 1 for one in here if _BELOW.search(line.text, one[2].end)]
            opened += [
                match.end()
                for match in self._patterns.including.finditer(line.text)
                if here and here[0][2].end <= match.start()
            ]
            for low in opened:
                # An act that means somebody already, or counts them, opened the list; "the order adds" did not.
                meaning = [one for one in before if one[2].targets or one[2].counts] or before
                near = [one for one in meaning if number - one[0] <= _OPENED] or meaning[-1:]
                found = items(line.text, low, len(line.text), line.mentions, self._patterns)
                named = [one for one in found if one.named]
                for one in named:
                    party = self._parties.at(number, one.start, one.end)
                    if party is not None:
                        self._put(near[-1][:2], [party])

    def _by_verb(self, acts: Sequence[tuple[int, int, FoundAct]]) -> None:
        """Take whom a verb of listing names for targets of the act told last, where no act was read from it."""
        for number, line in enumerate(self._lines):
            if line.entry or line.heading or line.headline:
                continue
            near = [one[:2] for one in acts if one[0] <= number] or [one[:2] for one in acts[:1]]
            for one, verb in named_by_verb(line, self._patterns):
                party = self._parties.at(number, one.start, one.end)
                if party is None or self._adds(line, one.start) or not self._stands.is_told(party, number):
                    continue
                if any(
                    act.start < verb.end() and verb.start() < act.end and act.modality not in DONE for act in line.acts
                ):
                    continue  # "Neither the bank nor its owner has been sanctioned": the grammar read it as not done
                if not line.acts or not near:
                    near = [self._made(number, kind_of_verb(verb[0]), verb.span())]
                self._put(near[-1], [party])

    def _may_open(self, act: tuple[int, int, FoundAct]) -> bool:
        """Tell an act whose list may stand further down; "the freeze of his assets was lifted" opens none."""
        line = self._lines[act[0]]
        return act[2].kind not in _UNDOES or line.heading or line.headline or _LIST.search(line.text) is not None

    def _made(self, number: int, kind: ActKind, span: tuple[int, int]) -> tuple[int, int]:
        """Make an act of words that say it, where the grammar of acts found none."""
        line = self._lines[number]
        line.acts = [*line.acts, FoundAct(kind, Modality.DONE, *span, None, None, None, None, (), ())]
        self._found[number, len(line.acts) - 1] = []
        return number, len(line.acts) - 1

    def _opened(self, entries: Sequence[Entry]) -> None:
        """Make the acts of lists that only a heading or "Insert:" opens, where a text tells of none."""
        for entry in entries:
            before = [number for number, line in enumerate(self._lines) if line.start <= entry.start]
            for number in reversed(before):
                line = self._lines[number]
                found = [
                    (kind, match) for kind, pattern in self._patterns.openings if (match := pattern.search(line.text))
                ]
                if line.acts or line.start + len(line.text) > entry.start:
                    if line.acts:
                        break
                elif found:
                    self._made(number, found[0][0], found[0][1].span())
                    break

    def _counted(self, acts: Sequence[tuple[int, int, FoundAct]]) -> None:
        """Take the names behind a number for those counted, where they fit it."""
        for place, (number, at, act) in enumerate(acts):
            undoes = act.kind in _UNDOES
            behind = [one for one in acts[place + 1 :] if one[2].counts and one[0] > number]
            later = [one[0] for one in behind if (one[2].kind in _UNDOES) is not undoes]
            until = min([len(self._lines), *later])
            wanted: dict[Kind, int] = {}
            for count, kind, _, _ in act.counts:
                for one in (Kind(kind),) if kind is not None else (Kind.PERSON, Kind.ORGANISATION):
                    wanted[one] = wanted.get(one, 0) + count
            loose = any(kind is None for _, kind, _, _ in act.counts)
            for kind, count in wanted.items():
                self._put((number, at), self._fitting(number, until, kind, count, loose=loose))

    def _fitting(self, number: int, until: int, kind: Kind, count: int, *, loose: bool) -> list[Party]:
        """Give the names of a kind behind a line: as many as counted, of an official text also fewer.

        `loose`: the number is of persons and organisations together.
        """
        stands = self._stands
        behind = [
            party
            for party in self._parties.all
            if number <= party.full.line < until and stands.fits(party, kind) and stands.is_told(party, party.full.line)
        ]
        if self._official:
            strong = [party for party in behind if party.kind is kind and stands.is_introduced(party, sure=not loose)]
            strong = [
                party
                for party in strong
                if id(party) in self._taken or not stands.is_oblique(party) or stands.is_introduced(party, sure=False)
            ]
            strong += [party for party in behind if party not in strong and stands.is_beside(party, strong)]
            if len(strong) > count:
                strong = [party for party in strong if id(party) in self._taken or not self._stands.is_oblique(party)]
            if 0 < len(strong) <= count:
                return strong
        if count < _LEAST:
            return []
        fitting: list[Party] = []
        for line in range(number + 1, min(until, number + _REACH + 1)):
            fitting += [party for party in behind if party.full.line == line]
            if len(fitting) == count:
                return fitting
        return []
