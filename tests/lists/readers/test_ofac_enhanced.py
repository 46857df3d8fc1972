"""The ENHANCED XML: the real file of 10 January 2025, and an instance made by hand for what that one lacks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree

from interdiction.errors import ListFileError
from interdiction.lists.detect import read_edition
from interdiction.lists.readers import ListFile, Reading
from interdiction.lists.readers.ofac_enhanced import NAMESPACES
from interdiction.lists.readers.ofac_words import NAME_PARTS, SCRIPTS
from interdiction.model import Kind, Listing, Measure, NamePart, NameQuality
from tests.lists.readers.leaves import Rules, lost, nothing

NS = NAMESPACES[0]
CLOSED = "2025-01-10_cons_enhanced.xml"

RULES: Rules = {
    # Numbers that tie parts of the file to one another, and flags that the order of the values says as well.
    **dict.fromkeys(("@id", "@refId", "@featureTypeId", "@featureVersionId", "@nameId", "@nameTranslationId",
                     "@entityId", "versionId", "valueRefId", "identityId", "isPrimary"), nothing),
    **dict.fromkeys(("isApproximate", "isDateRange"), nothing),
    "generalInfo/entityType": {"Entity": "organisation", "Individual": "person", "Vessel": "vessel"}.get,
    "names/name/isLowQuality": lambda text: "weak" if text == "true" else None,
    "identityDocuments/identityDocument/isValid": lambda text: None if text == "true" else "not valid",
    "names/name/aliasType": {"A.K.A.": None, "F.K.A.": "former", "N.K.A.": "N.K.A."}.get,
    "names/name/translations/translation/script": lambda text: SCRIPTS.get(text, text),
    "addresses/address/translations/translation/script": nothing,
    "names/name/translations/translation/nameParts/namePart/type": lambda text: None
    if NAME_PARTS[text] == "whole" else NAME_PARTS[text],
    "addresses/address/translations/translation/addressParts/addressPart/type": nothing,
    "features/feature/type": nothing,
}  # fmt: skip
"""What leaves become, and those that mean nothing. The type of a feature decides the field; its value is sought."""

BODY = """<publicationInfo><dataAsOf>2025-03-04T00:00:00</dataAsOf><filters><sanctionsLists>
<sanctionsList refId="1550">SDN List</sanctionsList></sanctionsLists></filters></publicationInfo>
<referenceValues><referenceValue refId="1"><type>SCRIPT</type><value>Latin</value></referenceValue></referenceValues>
<featureTypes><featureType featureTypeId="1"><type>Birthdate</type></featureType></featureTypes>
<entities>{entities}</entities>"""

HEAD = """<entity id="{uid}"><generalInfo><identityId>1</identityId><entityType refId="600">{kind}</entityType>{general}
</generalInfo><sanctionsLists><sanctionsList refId="1550" id="1" datePublished="2015-01-02">SDN List</sanctionsList>
</sanctionsLists><sanctionsPrograms><sanctionsProgram refId="1" id="1">DPRK2</sanctionsProgram></sanctionsPrograms>
<sanctionsTypes><sanctionsType refId="1705" id="1">{measure}</sanctionsType></sanctionsTypes><legalAuthorities>
<legalAuthority refId="1" id="1">Executive Order 13687 (North Korea)</legalAuthority></legalAuthorities>"""

NAMES = """<names><name id="1"><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations>
<translation id="1"><isPrimary>true</isPrimary><script refId="20122">Latin</script>
<formattedFirstName>Yong Chol</formattedFirstName><formattedLastName>KIM</formattedLastName>
<formattedFullName>{name}</formattedFullName><nameParts><namePart id="1"><type refId="1">Last Name</type>
<value>Kim</value></namePart><namePart id="2"><type refId="2">First Name</type><value>Yong Chol</value></namePart>
</nameParts></translation></translations></name>{more}</names>"""

ALIAS = """<name id="2"><isPrimary>false</isPrimary><aliasType refId="1400">{alias}</aliasType>
<isLowQuality>{low}</isLowQuality><translations><translation id="{at}"><isPrimary>true</isPrimary>
<script refId="1">{script}</script><formattedLastName>{name}</formattedLastName>
<formattedFullName>{name}</formattedFullName><nameParts><namePart id="3"><type refId="1">{part}</type>
<value>{name}</value></namePart></nameParts></translation></translations></name>"""

REST = """<addresses><address id="1"><country refId="1">Korea, North</country><translations><translation id="1">
<isPrimary>true</isPrimary><script refId="1">Latin</script><addressParts><addressPart id="1"><type refId="1">CITY</type>
<value>Pyongyang</value></addressPart></addressParts></translation><translation id="2"><isPrimary>false</isPrimary>
<script refId="1">Hangul</script><addressParts><addressPart id="2"><type refId="1">CITY</type><value>평양</value>
</addressPart></addressParts></translation></translations></address></addresses>
<features><feature id="1"><type featureTypeId="8">Birthdate</type><versionId>1</versionId><value>circa 1962</value>
<valueDate id="1"><fromDateBegin>1962-01-01</fromDateBegin><fromDateEnd>1962-01-01</fromDateEnd>
<toDateBegin>1962-12-31</toDateBegin><toDateEnd>1962-12-31</toDateEnd><isApproximate>true</isApproximate>
<isDateRange>false</isDateRange></valueDate><isPrimary>true</isPrimary><reliability refId="1562">Reported</reliability>
<comments>from a passport</comments></feature>{features}</features>
<identityDocuments><identityDocument id="1"><type refId="1571">Passport</type>
<name nameId="2" nameTranslationId="2">KIM, Young Chul</name><documentNumber>563410081</documentNumber>
<isValid>false</isValid><issuingAuthority>Ministry of Foreign Affairs</issuingAuthority>
<issuingLocation>Pyongyang</issuingLocation><issuingCountry refId="1">Korea, North</issuingCountry><issueDate id="2">
<fromDateBegin>2001-10-01</fromDateBegin><fromDateEnd>2001-10-01</fromDateEnd><toDateBegin>2001-10-01</toDateBegin>
<toDateEnd>2001-10-01</toDateEnd><isApproximate>false</isApproximate><isDateRange>false</isDateRange></issueDate>
<expirationDate id="3"><fromDateBegin>2011-01-23</fromDateBegin><toDateEnd>2011-01-23</toDateEnd>
<isApproximate>false</isApproximate><isDateRange>false</isDateRange></expirationDate><comments>seen in Syria</comments>
<idFeatures><idFeature id="1" featureVersionId="1">diplomatic</idFeature></idFeatures></identityDocument>
</identityDocuments>
<relationships><relationship id="1"><type refId="1">Acting for or on behalf of</type>
<relatedEntity entityId="9345">KOREA MINING DEVELOPMENT TRADING CORPORATION</relatedEntity>
<quality refId="1">High</quality><dateRange id="4"><fromDateBegin>2010-03-04</fromDateBegin>
<toDateEnd>2014-05-06</toDateEnd><isApproximate>false</isApproximate><isDateRange>true</isDateRange></dateRange>
<comments>in Iran</comments></relationship></relationships></entity>"""

FEATURE = """<feature id="9"><type featureTypeId="9">{}</type><versionId>9</versionId><value>{}</value>
<isPrimary>true</isPrimary></feature>"""
OTHERS = (
    ("Place of Birth", "Nampo, Korea, North"), ("Gender", "Male"), ("Nationality Country", "Korea, North"),
    ("Citizenship Country", "Iran"), ("Digital Currency Address - XBT", "149w62rY42aZBox8fGcmqNsXUzSStKeq8C"),
    ("ISIN", "CNE000000G62"), ("Vessel Call Sign", "T2EU4"), ("VESSEL FLAG", "Iran"), ("Vessel Tonnage", "99,144"),
    ("Aircraft Model", "B-747"), ("Email Address", "a@b.kp"), ("Effective Date (EO 13687 Directive 1):", "02 Jan 2015"),
    ("Heading of a new kind", "of a new value"),
)  # fmt: skip


def entity(uid: object = 17614, name: str = "KIM, Yong Chol", kind: str = "Individual", **more: str) -> str:
    """Write an entity with everything that the schema offers."""
    general = (
        "<livingStatus refId='1'>Alive</livingStatus><remarks>DOB 18 Feb 1962; a friend of the house.</remarks>"
        "<title>Boss; Head</title><isUsCitizen>false</isUsCitizen><isUsPerson>false</isUsPerson>"
    )
    aliases = (
        ("A.K.A.", "false", "Hangul", "김영철", "Entity Name"),
        ("F.K.A.", "false", "Latin", "OLD", "Nickname"),
        ("N.K.A.", "false", "Latin", "NEW", "Patronymic"),
        ("A.K.A.", "true", "Latin", "RED", "Maiden Name"),
    )
    names = "".join(
        ALIAS.format(alias=alias, low=low, script=script, name=text, part=part, at=at)
        for at, (alias, low, script, text, part) in enumerate(aliases, start=2)
    )
    features = "".join(FEATURE.format(*one) for one in OTHERS)
    head = HEAD.format(uid=uid, kind=kind, general=general, measure=more.get("measure", "Block"))
    return head + NAMES.format(name=name, more=names) + REST.format(features=features)


def document(*entities: str, namespace: str = NS) -> bytes:
    """Write a file of these entities."""
    body = BODY.format(entities="\n".join(entities))
    return f'<?xml version="1.0"?>\n<sanctionsData xmlns="{namespace}">{body}</sanctionsData>'.encode()


def read(data: bytes, key: str = "ofac-sdn") -> Reading:
    return read_edition([ListFile("enhanced.xml", data)], key)


def codes(reading: Reading) -> list[tuple[str, str]]:
    return [(one.code, one.grade.value) for one in reading.problems]


def elements(data: bytes) -> dict[str, etree._Element]:
    return {str(one.get("id")): one for one in etree.fromstring(data).iter(f"{{{NS}}}entity")}


@pytest.mark.shared
def test_the_instance_made_by_hand_is_valid(shared_data: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(shared_data / "ofac/schemas/enhanced_xml.xsd")))
    schema.assertValid(etree.fromstring(document(entity())))


def test_everything_the_schema_offers_reaches_its_field() -> None:
    reading = read(document(entity()))
    assert (reading.format, reading.on, reading.list_hint) == ("ofac-enhanced-xml", date(2025, 3, 4), "ofac-sdn")
    assert reading.problems == ()
    (listing,) = reading.listings
    party = listing.party
    assert party.kind is Kind.PERSON
    assert [(one.text, one.quality, one.script, one.note) for one in party.names] == [
        ("KIM, Yong Chol", NameQuality.PRIMARY, None, None),
        ("김영철", NameQuality.STRONG, "Hang", None),
        ("OLD", NameQuality.FORMER, None, None),
        ("NEW", NameQuality.STRONG, None, "N.K.A."),
        ("RED", NameQuality.WEAK, None, None),
    ]
    assert party.names[0].parts == (NamePart("family", "Kim"), NamePart("given", "Yong Chol"))
    assert [part.type for name in party.names[2:] for part in name.parts] == ["nickname", "patronymic", "maiden"]
    assert [str(day) for day in party.birth_dates] == ["1962-02-18", "~1962"]
    assert (party.nationalities, party.citizenships, party.birth_places) == (("kp",), ("ir",), ("Nampo, Korea, North",))
    assert party.titles == ("Boss", "Head")
    assert [(one.city, one.country) for one in party.addresses] == [("Pyongyang", "kp"), ("평양", "kp")]
    wallet, isin, passport = party.identifiers
    assert (wallet.type, isin.type) == ("wallet", "isin")
    assert (passport.value, passport.country, str(passport.issued)) == ("563410081", "kp", "2001-10-01")
    assert str(passport.expires) == "2011-01-23"
    assert party.vessel is not None
    assert (party.vessel.flag, party.vessel.tonnage) == ("ir", "99144")
    assert party.aircraft is not None
    (tie,) = listing.relations
    assert (tie.type, tie.to, tie.listing) == ("acting_for", "KOREA MINING DEVELOPMENT TRADING CORPORATION", None)
    assert tie.note == "Acting for or on behalf of; High; 04 Mar 2010 to 06 May 2014; in Iran"
    (designation,) = listing.designations
    assert (designation.programme, designation.measures) == ("DPRK2", (Measure.ASSET_FREEZE,))
    assert designation.legal_basis == "Executive Order 13687 (North Korea)"
    assert designation.listed_on == date(2015, 1, 2)
    assert listing.remarks is not None
    assert listing.remarks.endswith("Heading of a new kind of a new value")


def test_no_leaf_of_the_instance_is_lost() -> None:
    data = document(entity())
    (listing,) = read(data).listings
    assert lost(elements(data)["17614"], listing, RULES) == []


def test_a_tie_points_to_the_listing_by_its_id() -> None:
    komid = entity(9345, "KOMID", "Entity")
    ties = [one.relations[0].listing for one in read(document(entity(), komid)).listings]
    assert ties == ["ofac-sdn:9345", "ofac-sdn:9345"]


def test_days_of_a_directive_belong_to_its_programme() -> None:
    body = entity().replace("DPRK2", "X-EO13687")
    (designation,) = read(document(body)).listings[0].designations
    assert designation.effective_at == datetime(2015, 1, 2, tzinfo=UTC)


def test_new_words_are_kept_and_reported_once() -> None:
    body = entity(measure="Confiscate").replace(">F.K.A.<", ">X.K.A.<").replace("Acting for or on behalf of", "Knows")
    reading = read(document(body.replace(">Hangul<", ">Khitan<"), body.replace("17614", "5")))
    assert [one.text for one in reading.problems] == ["Khitan", "X.K.A.", "Knows", "Confiscate"]
    assert set(codes(reading)) == {("unknown-word", "published")}
    listing = reading.listings[0]
    assert listing.designations[0].measures == (Measure.MENU,)
    assert listing.relations[0].type == "linked_to"
    assert [name.note for name in listing.party.names if name.text == "OLD"] == ["X.K.A."]
    assert {("script", "Khitan: 김영철"), ("sanctions type", "Confiscate")} <= {
        (one.label, one.value) for one in listing.details
    }
    odd = read(document(entity().replace(">Nickname<", ">Regnal Name<").replace(">CITY<", ">BUILDING<", 1)))
    assert [one.text for one in odd.problems] == ["Regnal Name", "BUILDING"]
    assert ("BUILDING", "Pyongyang") in [(one.label, one.value) for one in odd.listings[0].details]
    assert "regnal name" in [part.type for name in odd.listings[0].party.names for part in name.parts]


def test_defects_cost_only_their_entry() -> None:
    good, nameless = (
        entity(1, "A"),
        entity(3, "").replace("김영철", "").replace(">KIM<", "><").replace("Yong Chol<", "<"),
    )
    data = document(good, entity(1, "B"), entity(2, "C", "Spaceship"))
    reading = read(data)
    assert codes(reading) == [("duplicate-id", "row"), ("unknown-type", "row")]
    assert {"A", "B"} <= {name.text for name in reading.listings[0].party.names}
    assert ("damaged-xml", "file") in codes(read(data.replace(b"<names>", b"<names", 1)))
    two = document(good, entity(2, "C", "Spaceship"))
    cut = read(two[: two.index(b"Spaceship")])
    assert codes(cut)[0] == ("cut", "file")
    assert [one.unread for one in cut.listings] == [False, True]
    assert read(document(nameless)).listings[0].party.primary_name == "OLD"
    strange = read(document(good.replace("<features>", "<secrets/><features>")))
    assert codes(strange) == [("unknown-element", "published")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (document(), "empty"),
        (document(entity(), namespace="urn:new"), "unknown-namespace"),
        (document(entity()).replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1), "xml-entity"),
        (b"<html><body>Service unavailable</body></html>", "html"),
    ],
)
def test_what_is_not_this_file_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ListFileError) as refused:
        read(data)
    assert refused.value.code == code


@pytest.fixture(scope="module")
def real(shared_data: Path) -> bytes:
    return (shared_data / "ofac/nonsdn" / CLOSED).read_bytes()


@pytest.mark.shared
def test_no_leaf_of_the_real_file_is_lost(real: bytes) -> None:
    reading = read(real, "ofac-cons")
    entries = elements(real)
    assert (len(reading.listings), reading.list_hint, reading.problems) == (443, "ofac-cons", ())
    gone = {one.uid: lost(entries[one.uid], one, RULES) for one in reading.listings}
    # Five names are given twice, as one in use and as a former one: the first stands.
    assert {leaf for leaves in gone.values() for leaf in leaves} == {("names/name/aliasType", "F.K.A.")}
    assert sum(map(len, gone.values())) <= 5


@pytest.mark.shared
def test_the_real_file_says_what_the_plain_xml_says(real: bytes, shared_data: Path) -> None:
    """The plain file is nine months younger: where the publisher changed a party the two differ."""
    plain = (shared_data / "ofac/nonsdn/2025-10-22_consolidated.xml").read_bytes()
    ours = {one.uid: one for one in read(real, "ofac-cons").listings}
    theirs = {one.uid: one for one in read_edition([ListFile("plain", plain)], "ofac-cons").listings}
    assert ours.keys() == theirs.keys()
    unlike = {uid for uid in ours if _facts(ours[uid]) != _facts(theirs[uid])}
    assert len(unlike) <= 23


def _facts(listing: Listing) -> tuple[object, ...]:
    party = listing.party
    names = frozenset((name.text, name.quality) for name in party.names if name.script is None)
    several = (
        party.birth_dates, party.birth_places, party.nationalities, party.citizenships, party.countries,
        party.identifiers, party.contacts, party.titles, party.founded, listing.programmes,
    )  # fmt: skip
    ties = frozenset((tie.to, tie.listing) for tie in listing.relations)
    return (party.kind, party.gender, party.vessel, names, ties, *(frozenset(field) for field in several))
