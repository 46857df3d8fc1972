"""Writes the parties of an ENHANCED file of OFAC as an ADVANCED one: the same facts in the other form.

No ADVANCED file of OFAC's is at hand. The documents made here validate against its schema of 2025; how the
publisher fills each element was seen in a file of its own of 17 March 2020.
"""

from __future__ import annotations

from itertools import count
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

NS = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML"
_E = "{https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML}"
SETS = (
    "AliasType", "AreaCode", "AreaCodeType", "CalendarType", "Country", "CountryRelevance", "DecisionMakingBody",
    "DetailReference", "DetailType", "DocNameStatus", "EntryEventType", "EntryLinkType", "ExRefType", "FeatureType",
    "FeatureTypeGroup", "IDRegDocDateType", "IDRegDocType", "IdentityFeatureLinkType", "LegalBasis",
    "LegalBasisType", "List", "LocPartType", "LocPartValueStatus", "LocPartValueType", "NamePartType",
    "Organisation", "PartySubType", "PartyType", "RelationQuality", "RelationType", "Reliability",
    "SanctionsProgram", "SanctionsType", "Script", "ScriptStatus", "SubsidiaryBody", "SupInfoType", "TargetType",
    "Validity",
)  # fmt: skip
"""The reference sets in the order of the schema."""

_FIXED = """DateOfIssue
CalendarType 1 Gregorian
CountryRelevance 1413 PRIMARY
DocNameStatus 1 Primary Latin
DocNameStatus 2 Others
EntryEventType 1 Created
FeatureType 25 Location
IDRegDocDateType 1480 Issue Date
IDRegDocDateType 1481 Expiration Date
IdentityFeatureLinkType 1 Unknown
LocPartValueStatus 1 Main
LocPartValueType 1 Unknown
PartyType 1 Individual
PartyType 2 Entity
PartyType 4 Transport
Reliability 1 Unknown
RelationQuality 1 Unknown
SanctionsType 1 Program
ScriptStatus 1 Unknown
AliasType 1403 Name
Validity 1 Valid
Validity 2 Fraudulent
DetailType 1432 TEXT
DetailType 1431 LOOKUP
FeatureTypeGroup 1 Unknown
AreaCodeType 1 ISO 3166 (2)
LegalBasisType 1 Unknown"""
_MORE = {
    "FeatureType": 'FeatureTypeGroupID="1"', "LegalBasis": 'LegalBasisTypeID="1" SanctionsProgramID="1"',
    "RelationType": 'Symmetrical="false"', "SanctionsProgram": 'SubsidiaryBodyID="1"', "Script": 'ScriptCode="x"',
}  # fmt: skip
_OTHER = """<PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType>
<PartySubType ID="2" PartyTypeID="4">Aircraft</PartySubType>
<PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType>
<PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType>
<Organisation ID="1" CountryID="{land}">State</Organisation>
<DecisionMakingBody ID="1" OrganisationID="1">United States Treasury Department</DecisionMakingBody>
<SubsidiaryBody ID="1" Notional="false" DecisionMakingBodyID="1">Office of Foreign Assets Control</SubsidiaryBody>
<SanctionsProgram ID="1" SubsidiaryBodyID="1">Unknown</SanctionsProgram>"""
_KINDS = {"Individual": 4, "Entity": 3, "Vessel": 1, "Aircraft": 2}
_PERIOD = 'CalendarTypeID="1" YearFixed="true" MonthFixed="true" DayFixed="true"'


class Writer:
    """Collects sections; words get numbers as they come."""

    def __init__(self, root: etree._Element, uids: frozenset[str] | None = None) -> None:
        self.root = root
        self.uids = uids
        self.ids: dict[tuple[str, str], int] = {}
        self.next = count(200000)
        self.places: list[str] = []
        self.papers: list[str] = []
        self.parties: list[str] = []
        self.ties: list[str] = []
        self.entries: list[str] = []
        for line in _FIXED.splitlines()[1:]:
            kind, number, word = line.split(" ", 2)
            self.ids[kind, word] = int(number)

    def ref(self, kind: str, word: str) -> int:
        """Give the number of a word."""
        return self.ids.setdefault((kind, word), next(self.next))

    def document(self) -> bytes:
        """Write the whole document."""
        wanted = [e for e in self.root.iter(f"{_E}entity") if self.uids is None or e.get("id") in self.uids]
        here = {e.get("id") for e in wanted}
        for entity in wanted:
            self._entity(entity, here)
        day = self.root.findtext(f".//{_E}dataAsOf", "")[:10]
        other = _OTHER.format(land=self.ref("Country", "United States"))
        sets = []
        for kind in SETS:
            values = [line for line in other.splitlines() if line.startswith(f"<{kind} ")]
            values += [
                f'<{kind} ID="{number}" {self._more(kind, word)}>{escape(word)}</{kind}>'
                for (one, word), number in self.ids.items()
                if one == kind
            ]
            sets.append(f"<{kind}Values>{''.join(values)}</{kind}Values>")
        return (
            f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<Sanctions xmlns="{NS}" Version="3">'
            f'<DateOfIssue CalendarTypeID="1">{_ymd(day)}</DateOfIssue>\n'
            f"<ReferenceValueSets>{''.join(sets)}</ReferenceValueSets>\n"
            f"<Locations>{_lines(self.places)}</Locations>\n<IDRegDocuments>{_lines(self.papers)}</IDRegDocuments>\n"
            f"<DistinctParties>{_lines(self.parties)}</DistinctParties>\n"
            f"<ProfileRelationships>{_lines(self.ties)}</ProfileRelationships>\n"
            f"<SanctionsEntries>{_lines(self.entries)}</SanctionsEntries>\n<SanctionsEntryLinks/>\n</Sanctions>\n"
        ).encode()

    def _more(self, kind: str, word: str) -> str:
        return f"LegalBasisShortRef={quoteattr(word)} {_MORE[kind]}" if kind == "LegalBasis" else _MORE.get(kind, "")

    def _entity(self, entity: etree._Element, here: set[str | None]) -> None:
        uid = str(entity.get("id"))
        identity = 500000 + int(uid)
        kind = _KINDS[entity.findtext(f".//{_E}entityType", "")]
        aliases, groups = self._names(uid, entity)
        features = "".join(self._feature(one, identity) for one in entity.iter(f"{_E}feature"))
        features += "".join(self._address(one, identity) for one in entity.iter(f"{_E}address"))
        remarks = entity.findtext(f".//{_E}remarks", "")
        self.parties.append(
            f'<DistinctParty FixedRef="{uid}"><Comment>{escape(remarks)}</Comment><Profile ID="{uid}" '
            f'PartySubTypeID="{kind}"><Identity ID="{identity}" FixedRef="{uid}" Primary="true" False="false">'
            f"{aliases}<NamePartGroups>{groups}</NamePartGroups></Identity>{features}</Profile></DistinctParty>"
        )
        for paper in entity.iter(f"{_E}identityDocument"):
            self._paper(paper, identity)
        for tie in entity.iter(f"{_E}relationship"):
            target = tie.find(f"{_E}relatedEntity")
            if target is not None and target.get("entityId") in here:
                quality = self.ref("RelationQuality", tie.findtext(f"{_E}quality") or "Unknown")
                kind_of_tie = self.ref("RelationType", tie.findtext(f"{_E}type", ""))
                self.ties.append(
                    f'<ProfileRelationship ID="{tie.get("id")}" From-ProfileID="{uid}" To-ProfileID='
                    f'"{target.get("entityId")}" RelationTypeID="{kind_of_tie}" '
                    f'RelationQualityID="{quality}" Former="false" SanctionsEntryID="{self._entry_id(uid, 0)}"/>'
                )
        self._entries(uid, entity)

    def _names(self, uid: str, entity: etree._Element) -> tuple[str, str]:
        aliases, groups = [], []
        for name in entity.iter(f"{_E}name"):
            if name.find(f"{_E}translations") is None:
                continue
            primary = name.findtext(f"{_E}isPrimary")
            kind = self.ref("AliasType", name.findtext(f"{_E}aliasType") or "Name")
            spellings = []
            for spelling in name.iter(f"{_E}translation"):
                status = 1 if primary == "true" and spelling.findtext(f"{_E}isPrimary") == "true" else 2
                script = self.ref("Script", spelling.findtext(f"{_E}script", ""))
                values = []
                for part in spelling.iter(f"{_E}namePart"):
                    group = next(self.next)
                    kind_of_part = self.ref("NamePartType", part.findtext(f"{_E}type", ""))
                    groups.append(f'<NamePartGroup ID="{group}" NamePartTypeID="{kind_of_part}"/>')
                    values.append(
                        f'<DocumentedNamePart><NamePartValue NamePartGroupID="{group}" ScriptID="{script}" '
                        f'ScriptStatusID="1" Acronym="false">{escape(part.findtext(f"{_E}value", ""))}'
                        "</NamePartValue></DocumentedNamePart>"
                    )
                spellings.append(
                    f'<DocumentedName ID="{spelling.get("id")}" FixedRef="{uid}" DocNameStatusID="{status}">'
                    f"{''.join(values)}</DocumentedName>"
                )
            aliases.append(
                f'<Alias FixedRef="{uid}" AliasTypeID="{kind}" Primary="{primary}" '
                f'LowQuality="{name.findtext(f"{_E}isLowQuality")}">{"".join(spellings)}</Alias>'
            )
        return "".join(aliases), "".join(f"<MasterNamePartGroup>{one}</MasterNamePartGroup>" for one in groups)

    def _feature(self, one: etree._Element, identity: int) -> str:
        label, value = one.findtext(f"{_E}type", ""), one.findtext(f"{_E}value", "")
        period = one.find(f"{_E}valueDate")
        if period is not None:
            body = _period(period)
        elif one.find(f"{_E}valueRefId") is not None:
            body = f'<VersionDetail DetailTypeID="1431" DetailReferenceID="{self.ref("DetailReference", value)}"/>'
        else:
            body = f'<VersionDetail DetailTypeID="1432">{escape(value)}</VersionDetail>'
        reliability = self.ref("Reliability", one.findtext(f"{_E}reliability") or "Unknown")
        comment = escape(one.findtext(f"{_E}comments", ""))
        return (
            f'<Feature ID="{one.get("id")}" FeatureTypeID="{self.ref("FeatureType", label)}"><FeatureVersion '
            f'ID="{one.findtext(f"{_E}versionId")}" ReliabilityID="{reliability}"><Comment>{comment}</Comment>{body}'
            f'</FeatureVersion><IdentityReference IdentityID="{identity}" IdentityFeatureLinkTypeID="1"/></Feature>'
        )

    def _address(self, one: etree._Element, identity: int) -> str:
        number, land = int(one.get("id", "0")), one.findtext(f"{_E}country")
        parts: dict[str, list[str]] = {}
        for part in one.iter(f"{_E}addressPart"):
            parts.setdefault(part.findtext(f"{_E}type", ""), []).append(part.findtext(f"{_E}value", ""))
        body = f'<LocationCountry CountryID="{self.ref("Country", land)}" CountryRelevanceID="1413"/>' if land else ""
        for kind, values in parts.items():
            said = "".join(
                f'<LocationPartValue Primary="{"true" if at == 0 else "false"}" LocPartValueTypeID="1" '
                f'LocPartValueStatusID="1"><Value>{escape(value)}</Value></LocationPartValue>'
                for at, value in enumerate(values)
            )
            body += f'<LocationPart LocPartTypeID="{self.ref("LocPartType", kind)}">{said}</LocationPart>'
        self.places.append(f'<Location ID="{number}">{body}</Location>')
        return (
            f'<Feature ID="{900000 + number}" FeatureTypeID="25"><FeatureVersion ID="{900000 + number}" '
            f'ReliabilityID="1"><Comment/><VersionLocation LocationID="{number}"/></FeatureVersion>'
            f'<IdentityReference IdentityID="{identity}" IdentityFeatureLinkTypeID="1"/></Feature>'
        )

    def _paper(self, one: etree._Element, identity: int) -> None:
        land = one.findtext(f"{_E}issuingCountry")
        issued = f' IssuedBy-CountryID="{self.ref("Country", land)}"' if land else ""
        dates = ""
        for field, kind in (("issueDate", 1480), ("expirationDate", 1481)):
            period = one.find(f"{_E}{field}")
            if period is not None:
                dates += f'<DocumentDate IDRegDocDateTypeID="{kind}">{_period(period)}</DocumentDate>'
        valid = 1 if one.findtext(f"{_E}isValid") == "true" else 2
        self.papers.append(
            f'<IDRegDocument ID="{one.get("id")}" IDRegDocTypeID="'
            f'{self.ref("IDRegDocType", one.findtext(f"{_E}type", ""))}" IdentityID="{identity}"{issued} '
            f'ValidityID="{valid}"><Comment>{escape(one.findtext(f"{_E}comments", ""))}</Comment><IDRegistrationNo>'
            f"{escape(one.findtext(f'{_E}documentNumber', ''))}</IDRegistrationNo><IssuingAuthority>"
            f"{escape(one.findtext(f'{_E}issuingAuthority', ''))}</IssuingAuthority>{dates}</IDRegDocument>"
        )

    def _entry_id(self, uid: str, at: int) -> str:
        return f"{7 + at}0{int(uid):06d}"

    def _entries(self, uid: str, entity: etree._Element) -> None:
        acts = [one.text or "" for one in entity.findall(f"{_E}legalAuthorities/{_E}legalAuthority")]
        types = [one.text or "" for one in entity.findall(f"{_E}sanctionsTypes/{_E}sanctionsType")]
        tags = [one.text or "" for one in entity.findall(f"{_E}sanctionsPrograms/{_E}sanctionsProgram")]
        for at, one in enumerate(entity.findall(f"{_E}sanctionsLists/{_E}sanctionsList")):
            events = "".join(
                f'<EntryEvent ID="{next(self.next)}" EntryEventTypeID="1" LegalBasisID='
                f'"{self.ref("LegalBasis", act)}"><Comment/><Date CalendarTypeID="1">'
                f"{_ymd(str(one.get('datePublished')))}</Date></EntryEvent>"
                for act in acts
            )
            measures = "".join(
                f'<SanctionsMeasure ID="{next(self.next)}" SanctionsTypeID="{kind}"><Comment>{escape(said)}</Comment>'
                f"<DatePeriod {_PERIOD}/></SanctionsMeasure>"
                for kind, said in [(self.ref("SanctionsType", word), "") for word in types] + [(1, tag) for tag in tags]
            )
            self.entries.append(
                f'<SanctionsEntry ID="{self._entry_id(uid, at)}" ProfileID="{uid}" ListID='
                f'"{self.ref("List", one.text or "")}">{events}{measures}</SanctionsEntry>'
            )


def _lines(parts: list[str]) -> str:
    return "\n".join(parts)


def _ymd(day: str) -> str:
    year, month, date = day.split("-")
    return f"<Year>{int(year)}</Year><Month>{int(month)}</Month><Day>{int(date)}</Day>"


def _period(node: etree._Element) -> str:
    said = {etree.QName(child).localname: child.text or "" for child in node}
    near = said["isApproximate"]
    flags = f'Approximate="{near}" YearFixed="true" MonthFixed="true" DayFixed="true"'
    start = f"<Start {flags}><From>{_ymd(said['fromDateBegin'])}</From><To>{_ymd(said['fromDateEnd'])}</To></Start>"
    end = f"<End {flags}><From>{_ymd(said['toDateBegin'])}</From><To>{_ymd(said['toDateEnd'])}</To></End>"
    return f"<DatePeriod {_PERIOD}>{start}{end}</DatePeriod>"
