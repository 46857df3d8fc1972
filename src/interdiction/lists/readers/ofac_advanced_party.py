"""One `DistinctParty` of OFAC's ADVANCED XML: names by identity, alias and script, and its features."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from interdiction.errors import PartyError
from interdiction.lists.readers import remarks
from interdiction.lists.readers.dates import exact_day
from interdiction.lists.readers.draft import Draft
from interdiction.lists.readers.entries import impossible, nameless
from interdiction.lists.readers.ofac_advanced_sets import NOTHING, Place, Sets
from interdiction.lists.readers.ofac_designations import Stated
from interdiction.lists.readers.ofac_features import add_address, add_remark, fact
from interdiction.lists.readers.ofac_party import KINDS
from interdiction.lists.readers.ofac_words import WHOLE
from interdiction.lists.readers.reading import Problems
from interdiction.lists.readers.xml_stream import Element, Piece, plain_text, text_of
from interdiction.model import Name, NamePart

_ENTRY = "DistinctParty"
_LOCATION = "Location"
_FAMILY = frozenset({"family", "maiden", "matronymic"})


class Found(msgspec.Struct):
    """A party while its file is read: what stands in its own element, and in the sections behind it."""

    draft: Draft
    profiles: list[str]
    identities: list[str]
    stated: Stated


class Parties:
    """Reads parties; reference values and places must have been read before."""

    def __init__(self, sets: Sets, places: Mapping[str, Place], problems: Problems, elements: dict[str, int]) -> None:
        self.sets = sets
        self.places = places
        self.problems = problems
        self.elements = elements

    def read(self, piece: Piece) -> Found:
        """Read one party; one that could not be parsed gives its words."""
        entry = piece.element
        if entry is None:
            raw = Draft.of_text(f"line-{piece.line}", plain_text(piece.raw), piece.raw, piece.line)
            return Found(raw, [], [], Stated())
        uid = str(entry.get("FixedRef", ""))
        found = Found(Draft(uid or f"line-{piece.line}", "", piece.line), [], [], Stated())
        kind = ""
        for child in entry:
            name = self.sets.name(child)
            if name == "Comment":
                self._remarks(found.draft, text_of(child))
            elif name == "Profile":
                kind = kind or self._kind(child)
                self._profile(found, child)
            else:
                self._unknown(name)
        found.draft.kind = KINDS.get(kind.lower() or "?")
        nameless(found.draft, uid, kind, _ENTRY, self.problems)
        return found

    def _unknown(self, name: str) -> None:
        self.elements[name] = self.elements.get(name, 0) + 1

    def _remarks(self, draft: Draft, text: str) -> None:
        if text:
            remarks.mine(draft, text, self.problems)
            add_remark(draft, text)

    def _kind(self, profile: Element) -> str:
        """Give `Vessel` or `Aircraft` of a transport, else the type of party: the sub-type says nothing there."""
        sub = self.sets.value("PartySubType", profile.get("PartySubTypeID"))
        return sub.text if sub.text not in NOTHING else self.sets.text("PartyType", sub.of or None)

    def _profile(self, found: Found, profile: Element) -> None:
        draft = found.draft
        found.profiles.append(str(profile.get("ID", "")))
        for child in profile:
            name = self.sets.name(child)
            if name == "Identity":
                self._identity(found, child)
            elif name == "Feature":
                self._feature(found, child)
            elif name == "Comment":
                self._remarks(draft, text_of(child))
            elif name == "ExternalReference":
                kind = self.sets.text("ExRefType", child.get("ExRefTypeID"))
                draft.detail(f"external reference {kind}".strip(), self._external(child))
            elif name != "SanctionsEntryReference":
                self._unknown(name)

    def _external(self, node: Element) -> str:
        words = []
        for child in node:
            if self.sets.name(child) == "SubLink":
                words.append(self.sets.text("TargetType", child.get("TargetTypeID")))
                words += [text_of(one) for one in child]
            else:
                words.append(text_of(child))
        return "; ".join(word for word in words if word)

    def _identity(self, found: Found, identity: Element) -> None:
        found.identities.append(str(identity.get("ID", "")))
        primary = identity.get("Primary") != "false"
        note = "false identity" if identity.get("False") == "true" else ""
        groups: dict[str, str] = {}
        aliases = []
        for child in identity:
            name = self.sets.name(child)
            if name == "Alias":
                aliases.append(child)
            elif name == "NamePartGroups":
                groups |= {str(one.get("ID")): str(one.get("NamePartTypeID")) for master in child for one in master}
            elif name == "Comment":
                found.draft.detail("identity", text_of(child))
            elif name != "IDRegDocumentReference":
                self._unknown(name)
        for alias in aliases:
            self._alias(found.draft, alias, groups, note, primary=primary)

    def _alias(self, draft: Draft, alias: Element, groups: Mapping[str, str], note: str, *, primary: bool) -> None:
        kind = self.sets.text("AliasType", alias.get("AliasTypeID"))
        quality, word = self.sets.strange.quality(kind, low=alias.get("LowQuality") == "true")
        notes = [note, word or ""]
        spellings = []
        for child in alias:
            name = self.sets.name(child)
            if name == "DocumentedName":
                spellings.append(child)
            elif name == "Comment":
                notes.append(text_of(child))
            elif name == "DatePeriod":
                notes.append(self.sets.period(child, self._wrong(draft))[1])
            else:
                self._unknown(name)
        first = primary and alias.get("Primary") == "true"
        for spelling in spellings:
            text, script, parts, own = self._spelling(draft, spelling, groups)
            if first and not draft.primary and not own:
                draft.primary, draft.own_parts = text, parts
            else:
                said = "; ".join(one for one in (*notes, *own) if one)
                draft.name(Name(text, quality, script, None, parts, said or None))

    def _spelling(
        self, draft: Draft, node: Element, groups: Mapping[str, str]
    ) -> tuple[str, str | None, tuple[NamePart, ...], list[str]]:
        """Read a `DocumentedName`: its text as the other formats write it, its script, its parts, what is noted."""
        parts: list[NamePart] = []
        shown: list[str] = []
        script = ""
        notes: list[str] = []
        for child in node:
            name = self.sets.name(child)
            if name == "DocumentedNamePart":
                for value in child:
                    text = text_of(value)
                    kind = self.sets.value("NamePartType", groups.get(str(value.get("NamePartGroupID"))) or None)
                    script = script or self.sets.value("Script", value.get("ScriptID")).text
                    parts.append(NamePart(self.sets.strange.part(kind.text), text))
                    shown.append(f"{child.get('LeadingChars') or ''}{text}{child.get('TrailingChars') or ''}")
                    if value.get("Acronym") == "true":
                        notes.append("acronym")
            elif name == "DocumentedNameCountry":
                land = self.sets.text("Country", child.get("CountryID"))
                draft.detail("name used in", "; ".join(one for one in (land, *map(text_of, child)) if one))
            elif name == "Comment" and (said := text_of(child)):
                notes.append(said)
        whole = _full_name(parts, shown)
        if len(parts) == 1 and parts[0].type == WHOLE and parts[0].text == whole:
            parts = []
        return whole, self.sets.strange.script(script, whole, draft), tuple(parts), notes

    def _feature(self, found: Found, feature: Element) -> None:
        label = self.sets.value("FeatureType", feature.get("FeatureTypeID")).text
        for version in feature:
            if self.sets.name(version) == "FeatureVersion":
                self._version(found, label, version)

    def _version(self, found: Found, label: str, version: Element) -> None:
        draft = found.draft
        values: list[str] = []
        place: Place | None = None
        extra = [self.sets.text("Reliability", version.get("ReliabilityID"))]
        for child in version:
            name = self.sets.name(child)
            if name == "VersionDetail":
                text = text_of(child)
                lookup = self.sets.text("DetailReference", child.get("DetailReferenceID"))
                values += [one for one in (lookup, text) if one]
            elif name == "VersionLocation":
                place = self.places.get(str(child.get("LocationID")), place)
            elif name == "DatePeriod":
                values.append(self.sets.period(child, self._wrong(draft))[1])
            elif name == "Comment":
                extra.append(text_of(child))
        if place is not None and label == _LOCATION:
            add_address(draft, place.parts, place.country, place.remarks)
            for other in place.others:
                add_address(draft, other, place.country)
        elif place is not None and (where := place.text()) not in values:
            values.append(where)
        noted = "; ".join(one for one in extra if one)
        if noted:
            draft.detail(label, f"{'; '.join(values)} ({noted})" if values else noted)
        for value in dict.fromkeys(one for one in values if one):
            if "Date" in label and (day := exact_day(value)) is not None:
                found.stated.days.append((label, day))
            add_remark(draft, fact(draft, label, value, self.problems))

    def _wrong(self, draft: Draft) -> Callable[[PartyError], None]:
        return lambda error: impossible(draft, error, draft.primary, self.problems)


def _full_name(parts: Iterable[NamePart], shown: Iterable[str]) -> str:
    """Write a name as OFAC's other formats do: the family names in capitals, a comma, the given names."""
    family, given = [], []
    for part, text in zip(parts, shown, strict=True):
        if part.type == WHOLE or part.type in _FAMILY:
            family.append(text.upper())
        else:
            given.append(text)
    return ", ".join(" ".join(names).strip() for names in (family, given) if names)
