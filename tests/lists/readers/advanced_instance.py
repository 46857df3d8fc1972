"""An ADVANCED document written by hand from the facts of 2 January 2015: every element of the schema stands in it.

No file of the publisher's is at hand. It validates against the schema of 2025 (a test says so where the schema is).
"""

from __future__ import annotations

from tests.lists.readers.advanced_writer import NS, SETS

_VALUES = {
    "AliasType": {1400: "A.K.A.", 1401: "F.K.A.", 1403: "Name"},
    "AreaCodeType": {1: "ISO 3166 (2)"},
    "CalendarType": {1: "Gregorian", 2: "Hijri"},
    "CountryRelevance": {1413: "PRIMARY", 1414: "SECONDARY"},
    "DetailReference": {91526: "Male"},
    "DetailType": {1431: "LOOKUP", 1432: "TEXT", 1433: "COUNTRY"},
    "DocNameStatus": {1: "Primary Latin", 2: "Others"},
    "EntryEventType": {1: "Created", 2: "Amended"},
    "EntryLinkType": {1: "Replaces"},
    "ExRefType": {1: "UN"},
    "FeatureTypeGroup": {1: "Unknown"},
    "IDRegDocDateType": {1480: "Issue Date", 1481: "Expiration Date", 1482: "Renewal Date"},
    "IDRegDocType": {1571: "Passport", 1596: "Tax ID No."},
    "IdentityFeatureLinkType": {1: "Unknown"},
    "LegalBasisType": {1: "Unknown"},
    "List": {1550: "SDN List"},
    "LocPartType": {1451: "ADDRESS1", 1454: "CITY", 1455: "STATE/PROVINCE", 1456: "POSTAL CODE"},
    "LocPartValueStatus": {1: "Main"},
    "LocPartValueType": {1: "Unknown"},
    "NamePartType": {1520: "Last Name", 1521: "First Name", 1522: "Middle Name", 1525: "Entity Name"},
    "PartyType": {1: "Individual", 2: "Entity", 4: "Transport"},
    "RelationQuality": {1: "Unknown", 1540: "High"},
    "Reliability": {1: "Unknown", 1562: "Reported"},
    "SanctionsType": {1: "Program", 1705: "Block"},
    "ScriptStatus": {1: "Unknown"},
    "SupInfoType": {1: "Press release"},
    "TargetType": {1: "Notice"},
    "Validity": {1: "Valid", 2: "Fraudulent"},
}
_FEATURES = {
    8: "Birthdate", 9: "Place of Birth", 10: "Nationality Country", 25: "Location", 26: "Title", 224: "Gender",
    344: "Digital Currency Address - XBT", 3: "VESSEL FLAG", 5: "VESSEL TONNAGE", 99: "Organization Established Date",
}  # fmt: skip
_SPECIAL = {
    "AreaCode": '<AreaCode ID="1" CountryID="11117" Description="Korea, North" AreaCodeTypeID="1">KP</AreaCode>',
    "Country": '<Country ID="11117" ISO2="KP">Korea, North</Country><Country ID="11109">Iran</Country>'
    '<Country ID="11212" ISO2="US">United States</Country>',
    "DecisionMakingBody": '<DecisionMakingBody ID="1" OrganisationID="1">Treasury</DecisionMakingBody>',
    "FeatureType": "".join(
        f'<FeatureType ID="{number}" FeatureTypeGroupID="1">{word}</FeatureType>' for number, word in _FEATURES.items()
    ),
    "LegalBasis": '<LegalBasis ID="1" LegalBasisShortRef="Executive Order 13687 (North Korea)" LegalBasisTypeID="1" '
    'SanctionsProgramID="2">Executive Order 13687 (North Korea)</LegalBasis>'
    '<LegalBasis ID="2" LegalBasisShortRef="Executive Order 13382 (Non-proliferation)" LegalBasisTypeID="1" '
    'SanctionsProgramID="1">Executive Order 13382 (Non-proliferation)</LegalBasis>',
    "Organisation": '<Organisation ID="1" CountryID="11212">State</Organisation>',
    "PartySubType": '<PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType>'
    '<PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType>'
    '<PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType>',
    "RelationType": '<RelationType ID="1" Symmetrical="false">Acting for or on behalf of</RelationType>',
    "SanctionsProgram": '<SanctionsProgram ID="1" SubsidiaryBodyID="1">Unknown</SanctionsProgram>'
    '<SanctionsProgram ID="2" SubsidiaryBodyID="1">DPRK2</SanctionsProgram>',
    "Script": '<Script ID="215" ScriptCode="Latin">Latin</Script><Script ID="286" ScriptCode="Hang">Hangul</Script>',
    "SubsidiaryBody": '<SubsidiaryBody ID="1" Notional="false" DecisionMakingBodyID="1">OFAC</SubsidiaryBody>',
}
_SAME = 'CalendarTypeID="1" YearFixed="true" MonthFixed="true" DayFixed="true"'
_EDGE = 'Approximate="{}" YearFixed="true" MonthFixed="true" DayFixed="true"'


def day(year: int, month: int, date: int) -> str:
    """Write the three elements of a day."""
    return f"<Year>{year}</Year><Month>{month}</Month><Day>{date}</Day>"


def period(first: str, last: str, near: str = "false", comment: str = "") -> str:
    """Write a period from one day to another."""
    edge = _EDGE.format(near)
    said = f"<Comment>{comment}</Comment>" if comment else ""
    return (
        f"<DatePeriod {_SAME}>{said}<Start {edge}><From>{first}</From></Start><End {edge}><To>{last}</To></End>"
        "</DatePeriod>"
    )


def part(group: int, text: str, script: int = 215, more: str = "", acronym: str = "false") -> str:
    """Write one part of a name."""
    return (
        f'<DocumentedNamePart {more}><NamePartValue NamePartGroupID="{group}" ScriptID="{script}" ScriptStatusID="1" '
        f'Acronym="{acronym}">{text}</NamePartValue></DocumentedNamePart>'
    )


def feature(number: int, kind: int, body: str, reliability: int = 1, identity: int = 7157) -> str:
    """Write one feature in one version."""
    return (
        f'<Feature ID="{number}" FeatureTypeID="{kind}"><FeatureVersion ID="{number}" ReliabilityID="{reliability}">'
        f'{body}</FeatureVersion><IdentityReference IdentityID="{identity}" IdentityFeatureLinkTypeID="1"/></Feature>'
    )


PLACES = """<Location ID="501"><Comment>behind the station</Comment><LocationAreaCode AreaCodeID="1"/>
<LocationCountry CountryID="11117" CountryRelevanceID="1413"/>
<LocationCountry CountryID="11109" CountryRelevanceID="1414"/>
<LocationPart LocPartTypeID="1451"><LocationPartValue Primary="true" LocPartValueTypeID="1" LocPartValueStatusID="1">
<Comment>old street</Comment><Value>Victory Street 1</Value></LocationPartValue></LocationPart>
<LocationPart LocPartTypeID="1454"><LocationPartValue Primary="true" LocPartValueTypeID="1" LocPartValueStatusID="1">
<Value>Pyongyang</Value></LocationPartValue><LocationPartValue Primary="false" LocPartValueTypeID="1"
LocPartValueStatusID="1"><Value>평양</Value></LocationPartValue></LocationPart><FeatureVersionReference
FeatureVersionID="6"/><IDRegDocumentReference IDRegDocumentID="1"/></Location>
<Location ID="502"><LocationCountry CountryID="11117" CountryRelevanceID="1413"/></Location>"""

PAPERS = f"""<IDRegDocument ID="1" IDRegDocTypeID="1571" IdentityID="7157" IssuedBy-CountryID="11117"
IssuedIn-LocationID="501" ValidityID="2"><Comment>seen in Syria</Comment><IDRegistrationNo>563410081</IDRegistrationNo>
<IssuingAuthority>Ministry of Foreign Affairs</IssuingAuthority>
<DocumentDate IDRegDocDateTypeID="1480">{period(day(2001, 10, 1), day(2001, 10, 1))}</DocumentDate>
<DocumentDate IDRegDocDateTypeID="1481">{period(day(2011, 1, 23), day(2011, 1, 23))}</DocumentDate>
<DocumentDate IDRegDocDateTypeID="1482">{period(day(2006, 5, 4), day(2006, 5, 4))}</DocumentDate>
<IDRegDocumentMention IDRegDocumentID="2" ReferenceType="RefersTo"/><FeatureVersionReference FeatureVersionID="1"/>
<DocumentedNameReference DocumentedNameID="1"/><ProfileRelationshipReference ProfileRelationshipID="1"/></IDRegDocument>
<IDRegDocument ID="2" IDRegDocTypeID="1596" IdentityID="4137" ValidityID="1"><IDRegistrationNo>7707294809
</IDRegistrationNo></IDRegDocument>"""

PERSON = f"""<DistinctParty FixedRef="17614"><Comment>nationality Korea, North; a friend of the house.</Comment>
<Profile ID="17614" PartySubTypeID="4"><Comment>seen in Iran</Comment>
<Identity ID="7157" FixedRef="17614" Primary="true" False="false"><Comment>his own</Comment>
<Alias FixedRef="17614" AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName ID="1" FixedRef="17614"
DocNameStatusID="1">{part(1, "Kim")}{part(2, "Yong Chol")}<IDRegDocumentReference IDRegDocumentID="1"/></DocumentedName>
<DocumentedName ID="2" FixedRef="17614" DocNameStatusID="2"><Comment>in a letter</Comment>{part(1, "김", 286)}
{part(2, "영철", 286)}<DocumentedNameCountry CountryID="11117"><Comment>at home</Comment></DocumentedNameCountry>
</DocumentedName></Alias>
<Alias FixedRef="17614" AliasTypeID="1401" Primary="false" LowQuality="false"><Comment>before 1990</Comment>
{period(day(1985, 1, 2), day(1990, 3, 4))}<DocumentedName ID="3" FixedRef="17614" DocNameStatusID="2">
{part(3, "Gim")}{part(4, "Young", 215, 'LeadingChars="(" TrailingChars=")"')}</DocumentedName></Alias>
<Alias FixedRef="17614" AliasTypeID="1400" Primary="false" LowQuality="true"><DocumentedName ID="4" FixedRef="17614"
DocNameStatusID="2">{part(5, "RED", 215, "", "true")}</DocumentedName></Alias>
<NamePartGroups><MasterNamePartGroup><NamePartGroup ID="1" NamePartTypeID="1520"/></MasterNamePartGroup>
<MasterNamePartGroup><NamePartGroup ID="2" NamePartTypeID="1521"/></MasterNamePartGroup><MasterNamePartGroup>
<NamePartGroup ID="3" NamePartTypeID="1520"/><NamePartGroup ID="4" NamePartTypeID="1522"/></MasterNamePartGroup>
<MasterNamePartGroup><NamePartGroup ID="5" NamePartTypeID="1525"/></MasterNamePartGroup></NamePartGroups>
<IDRegDocumentReference IDRegDocumentID="1"/></Identity>
<Identity ID="7158" FixedRef="17614" Primary="false" False="true"><Alias FixedRef="17614" AliasTypeID="1403"
Primary="true" LowQuality="false"><DocumentedName ID="5" FixedRef="17614" DocNameStatusID="1">{part(6, "Pak")}
</DocumentedName></Alias><NamePartGroups><MasterNamePartGroup><NamePartGroup ID="6" NamePartTypeID="1520"/>
</MasterNamePartGroup></NamePartGroups></Identity>
{feature(1, 8, "<Comment>from a passport</Comment>" + period(day(1962, 2, 18), day(1962, 2, 18)), 1562)}
{feature(2, 8, period(day(1947, 0, 0), day(1947, 0, 0), "true"))}
{feature(3, 9, '<VersionDetail DetailTypeID="1432">Nampo</VersionDetail>')}
{feature(4, 10, '<VersionDetail DetailTypeID="1433"/><VersionLocation LocationID="502"/>')}
{feature(5, 224, '<VersionDetail DetailTypeID="1431" DetailReferenceID="91526"/>')}
{feature(6, 25, '<VersionLocation LocationID="501"/><IDRegDocumentReference IDRegDocumentID="1"/>')}
{feature(7, 26, '<VersionDetail DetailTypeID="1432">Boss; Head</VersionDetail>')}
{feature(8, 344, '<VersionDetail DetailTypeID="1432">149w62rY42aZBox8fGcmqNsXUzSStKeq8C</VersionDetail>')}
<SanctionsEntryReference SanctionsEntryID="1"/>
<ExternalReference ExRefTypeID="1"><Comment>the United Nations list</Comment><ExRefValue>KPi.010</ExRefValue>
<DirectURL>https://un.example/1</DirectURL><SubLink TargetTypeID="1"><Description>the notice</Description>
<DirectURL>https://un.example/2</DirectURL></SubLink></ExternalReference></Profile></DistinctParty>"""

COMPANY = f"""<DistinctParty FixedRef="9345"><Profile ID="9345" PartySubTypeID="3"><Identity ID="4137" FixedRef="9345"
Primary="true" False="false"><Alias FixedRef="9345" AliasTypeID="1403" Primary="true" LowQuality="false">
<DocumentedName ID="6" FixedRef="9345" DocNameStatusID="1">{part(7, "Korea Mining Development Trading Corporation")}
</DocumentedName></Alias><NamePartGroups><MasterNamePartGroup><NamePartGroup ID="7" NamePartTypeID="1525"/>
</MasterNamePartGroup></NamePartGroups></Identity>
{feature(9, 99, period(day(1990, 10, 17), day(1990, 10, 17)), 1, 4137)}</Profile></DistinctParty>"""

SHIP = f"""<DistinctParty FixedRef="5"><Profile ID="5" PartySubTypeID="1"><Identity ID="55" FixedRef="5" Primary="true"
False="false"><Alias FixedRef="5" AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName ID="7"
FixedRef="5" DocNameStatusID="1">{part(8, "CHONG CHON GANG")}</DocumentedName></Alias><NamePartGroups>
<MasterNamePartGroup><NamePartGroup ID="8" NamePartTypeID="1525"/></MasterNamePartGroup></NamePartGroups></Identity>
{feature(10, 3, '<VersionDetail DetailTypeID="1433"/><VersionLocation LocationID="502"/>', 1, 55)}
{feature(11, 5, '<VersionDetail DetailTypeID="1432">9,147</VersionDetail>', 1, 55)}</Profile></DistinctParty>"""

TIES = f"""<ProfileRelationship ID="1" From-ProfileID="17614" To-ProfileID="9345" RelationTypeID="1"
RelationQualityID="1540" Former="true" SanctionsEntryID="1"><Comment>in Iran</Comment>
{period(day(2010, 3, 4), day(2014, 5, 6))}<IDRegDocumentReference IDRegDocumentID="1"/></ProfileRelationship>"""

ENTRIES = f"""<SanctionsEntry ID="1" ProfileID="17614" ListID="1550" EntryProfileRef="SDN17614"
EntryDeltaFlag="NewEntry">
<Comment>an official of the Government</Comment><LimitationsToListing>none known</LimitationsToListing>
<EntryEvent ID="1" EntryEventTypeID="1" LegalBasisID="1"><Comment>by the Secretary</Comment><Date CalendarTypeID="1">
{day(2015, 1, 2)}</Date></EntryEvent><EntryEvent ID="2" EntryEventTypeID="2" LegalBasisID="1"><Date CalendarTypeID="1">
{day(2018, 3, 5)}</Date></EntryEvent><SanctionsMeasure ID="1" SanctionsTypeID="1705"><Comment>all property</Comment>
{period(day(2015, 1, 2), day(2035, 1, 1))}</SanctionsMeasure><SanctionsMeasure ID="2" SanctionsTypeID="1">
<Comment>DPRK2</Comment><DatePeriod {_SAME}/></SanctionsMeasure><SupportingInfo ID="1" SupInfoTypeID="1">
<Text>Treasury Imposes Sanctions</Text><DirectURL>https://treasury.example/jl9733</DirectURL></SupportingInfo>
<ProfileRelationshipReference ProfileRelationshipID="1"/></SanctionsEntry>
<SanctionsEntry ID="2" ProfileID="9345" ListID="1550"><EntryEvent ID="3" EntryEventTypeID="1" LegalBasisID="2">
<Date CalendarTypeID="1">{day(2005, 6, 28)}</Date></EntryEvent><EntryEvent ID="4" EntryEventTypeID="1" LegalBasisID="1">
<Date CalendarTypeID="1">{day(2015, 1, 2)}</Date></EntryEvent><SanctionsMeasure ID="3" SanctionsTypeID="1">
<Comment>X-EO13382</Comment><DatePeriod {_SAME}/></SanctionsMeasure><SanctionsMeasure ID="4" SanctionsTypeID="1">
<Comment>X-EO13687</Comment><DatePeriod {_SAME}/></SanctionsMeasure></SanctionsEntry>
<SanctionsEntry ID="3" ProfileID="5" ListID="1550"><EntryEvent ID="5" EntryEventTypeID="1"><Date CalendarTypeID="1">
{day(2014, 7, 30)}</Date></EntryEvent><SanctionsMeasure ID="5" SanctionsTypeID="1"><Comment>DPRK</Comment>
<DatePeriod {_SAME}/></SanctionsMeasure></SanctionsEntry>"""

LINKS = f"""<SanctionsEntryLink ID="1" EntryA-SanctionsEntryID="1" EntryB-SanctionsEntryID="2" EntryLinkTypeID="1">
<Comment>same action</Comment><Date CalendarTypeID="1">{day(2015, 1, 2)}</Date></SanctionsEntryLink>"""


def sets() -> str:
    """Write every reference set of the schema."""
    found = []
    for kind in SETS:
        values = "".join(f'<{kind} ID="{at}">{word}</{kind}>' for at, word in _VALUES.get(kind, {}).items())
        found.append(f"<{kind}Values>{_SPECIAL.get(kind, values)}</{kind}Values>")
    return "".join(found)


def document(parties: str = PERSON + COMPANY + SHIP, namespace: str = NS, more: str = "") -> bytes:
    """Write the document with these parties; `more` are attributes of its root."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<Sanctions xmlns="{namespace}" Version="3"{more}>'
        f'<DateOfIssue CalendarTypeID="1">{day(2015, 1, 2)}</DateOfIssue><ReferenceValueSets>{sets()}'
        f"</ReferenceValueSets><Locations>{PLACES}</Locations><IDRegDocuments>{PAPERS}</IDRegDocuments>"
        f"<DistinctParties>{parties}</DistinctParties><ProfileRelationships>{TIES}</ProfileRelationships>"
        f"<SanctionsEntries>{ENTRIES}</SanctionsEntries><SanctionsEntryLinks>{LINKS}</SanctionsEntryLinks></Sanctions>"
    ).encode()
