from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from interdiction.enforcement import document, jurisdictions, places
from interdiction.enforcement.jurisdictions import Ground, hits_of_party, hits_of_text, in_force, sponsors
from interdiction.enforcement.moment import Moment
from interdiction.errors import DataError, UsageError
from interdiction.model import (
    Address,
    Basis,
    Contact,
    Hit,
    Identifier,
    Measure,
    PartialDate,
    Party,
    Place,
    PlaceKind,
    Role,
    Vessel,
)

MINISTRY = Party(names=["Ministry of Foreign Trade of the Democratic People's Republic of Korea"])
BEFORE = Moment.of(date(2016, 3, 16), datetime.fromisoformat("2016-03-16T00:00:59-04:00"))
AFTER = Moment.of(date(2016, 3, 16), datetime.fromisoformat("2016-03-16T00:01:00-04:00"))
BIC = Identifier("bic", "MELIIRTH")
DAY = Moment(date(2020, 5, 5))


def listings(found: list[Hit]) -> list[str]:
    return [hit.listing for hit in found]


def us(party: Party, moment: Moment = DAY, role: Role = Role.DEBTOR) -> list[str]:
    return listings(hits_of_party("Q", party, role, moment, {"us"}))


def test_north_korea_s_government_is_blocked_from_the_minute_the_order_took_effect() -> None:
    assert us(MINISTRY, Moment(date(2015, 1, 2))) == []
    assert us(MINISTRY, BEFORE) == []
    assert us(MINISTRY, AFTER) == ["government:kp", "embargo:kp-us"]
    in_utc = Moment.of(date(2016, 3, 16), datetime.fromisoformat("2016-03-16T04:00:59+00:00"))
    assert us(MINISTRY, in_utc) == []
    assert us(MINISTRY, Moment(date(2016, 3, 15))) == []
    assert us(MINISTRY, Moment(date(2016, 3, 16))) == ["government:kp", "embargo:kp-us"]


def test_the_hit_on_a_government_names_act_citation_instant_and_measure() -> None:
    hit = hits_of_party("Q", MINISTRY, Role.DEBTOR, AFTER, {"us"})[0]
    (designation,) = hit.designations
    assert hit.basis is Basis.JURISDICTION
    assert designation.authority == "Executive Order 13722, section 1(a)(i)"
    assert "510.304(a)(1)" in (designation.legal_basis or "")
    assert designation.measures == (Measure.ASSET_FREEZE,)
    assert designation.effective_at == datetime.fromisoformat("2016-03-16T00:01:00-04:00")
    assert hit.why == "the name holds 'ministry' and names North Korea"


@pytest.mark.parametrize(
    ("place", "law", "begins", "ends"),
    [
        ("ir", "us", date(2012, 2, 6), None),
        ("sy", "us", date(2011, 8, 18), date(2025, 7, 1)),
        ("ve", "us", date(2019, 8, 5), None),
        ("cu", "us", date(1963, 7, 8), None),
        ("kp", "us", date(2016, 3, 16), None),
    ],
)
def test_a_government_without_a_row_is_blocked_from_its_day_to_its_day(
    place: str, law: str, begins: date, ends: date | None
) -> None:
    def blocked(day: date) -> bool:
        return any(
            one.ground is Ground.GOVERNMENT and (one.place, one.law) == (place, law) for one in in_force(Moment(day))
        )

    assert not blocked(date.fromordinal(begins.toordinal() - 1))
    assert blocked(begins)
    assert blocked(date(2025, 6, 30))
    assert blocked(date(2026, 1, 1)) is (ends is None)
    if ends is not None:
        assert not blocked(ends)


def test_venezuela_is_told_apart_by_the_hour() -> None:
    party = Party(names=["Petroleos de Venezuela SA"])
    day = date(2019, 8, 5)
    assert us(party, Moment.of(day, datetime.fromisoformat("2019-08-05T08:59:59-04:00"))) == []
    assert us(party, Moment.of(day, datetime.fromisoformat("2019-08-05T09:00:00-04:00"))) == ["government:ve"]


@pytest.mark.parametrize(
    ("party", "role", "expected"),
    [
        (Party(names=["Embassy of the D.P.R.K."], residences=["de"]), Role.CREDITOR, "government:kp"),
        (Party(names=["Embassy of Sweden"], residences=["kp"]), Role.CREDITOR, None),
        (Party(names=["Workers' Party of Korea"]), Role.CREDITOR, "government:kp"),
        (Party(names=["Bank Markazi Jomhouri Islami Iran"]), Role.CREDITOR_AGENT, "government:ir"),
        (Party(names=["Central Bank"], residences=["ir"]), Role.CREDITOR_AGENT, "government:ir"),
        (Party(names=["Bank of Nobody"], identifiers=[BIC]), Role.CREDITOR_AGENT, "government:ir"),
        (Party(names=["Trader of Nobody"], identifiers=[BIC]), Role.CREDITOR, None),
        (Party(names=["Ministerio de Salud"], addresses=[Address(country="ve")]), Role.DEBTOR, "government:ve"),
        (Party(names=["Ministry of Sound"], residences=["gb"]), Role.DEBTOR, None),
        (Party(names=["Kim Yong Chol"], residences=["kp"]), Role.DEBTOR, None),
    ],
)  # fmt: skip
def test_a_government_is_known_by_its_titles_its_organs_and_its_banks(
    party: Party, role: Role, expected: str | None
) -> None:
    found = [one for one in us(party, role=role) if one.startswith("government:")]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    "party",
    [
        Party(names=["A"], residences=["ir"]),
        Party(names=["A"], addresses=[Address(city="Bandar-Abbas")]),
        Party(names=["A"], addresses=[Address(city="Shiraz")]),
        Party(names=["A"], addresses=[Address(street="12 Azadi, Téhéran")]),
        Party(names=["A"], identifiers=[Identifier("iban", "IR12 0170 0000 0010 0324 2000 01")]),
        Party(names=["A"], identifiers=[Identifier("mmsi", "422123456")]),
        Party(names=["A"], contacts=[Contact("phone", "+98 21 1234567")]),
        Party(names=["A"], contacts=[Contact("phone", "0098 21 1234567")]),
        Party(names=["A"], vessel=Vessel(flag="IR")),
    ],
)
def test_a_party_is_in_a_place_by_its_address_its_account_its_bank_its_telephone_or_its_flag(party: Party) -> None:
    hits = [hit for hit in hits_of_party("Q", party, Role.CREDITOR, DAY, {"us"}) if hit.listing == "embargo:ir-us"]
    assert [hit.designations[0].measures for hit in hits] == [(Measure.PAYMENT_BAN,)]
    assert hits[0].evidence[0].finding == "located"


@pytest.mark.parametrize(
    "party",
    [
        Party(names=["A"], nationalities=["ir"], citizenships=["ir"]),
        Party(names=["A"], birth_places=["Tehran, Iran"], birth_dates=[PartialDate.parse("1970")]),
        Party(names=["Iran Castillo"], kind="person"),
        Party(names=["A"], identifiers=[Identifier("account", "IRIS-PAYMENTS")]),
        Party(names=["A"], identifiers=[Identifier("bic", "IRVTUS3N")]),
        Party(names=["A"], contacts=[Contact("phone", "+1 982 1234567")]),
    ],
)
def test_nationality_and_birth_alone_are_never_a_hit_nor_what_only_looks_like_a_code(party: Party) -> None:
    assert us(party) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cigars from Habana", "embargo:cu-us"),
        ("livraison au Soudan", None),
        ("tour of KRIMEA", "region:crimea-us"),
        ("порт Севастополь", "region:crimea-us"),
        ("ship to CUHAV", "embargo:cu-us"),
        ("물품 평양", "embargo:kp-us"),
        ("aid for South Sudan", None),
        ("invoice 5005, Springfield", None),
    ],
)
def test_spellings_and_ports_in_a_text_are_hits_of_their_own(text: str, expected: str | None) -> None:
    found = hits_of_text("Q", [text], DAY, {"us"})
    assert listings(found) == ([expected] if expected else [])
    for hit in found:
        assert hit.evidence[0].finding == "mentioned"
        assert Measure.PAYMENT_BAN not in hit.designations[0].measures


def test_sudan_counts_until_its_embargo_was_lifted() -> None:
    assert listings(hits_of_text("Q", ["livraison au Soudan"], Moment(date(2017, 10, 11)), {"us"})) == ["embargo:sd-us"]
    assert hits_of_text("Q", ["livraison au Soudan"], Moment(date(2017, 10, 12)), {"us"}) == []


def test_a_place_that_a_message_names_in_a_field_counts_with_its_ambiguous_spellings() -> None:
    port = Place("Mariel", "44E", PlaceKind.PORT)
    assert listings(hits_of_text("Q", [], DAY, {"us"}, [port])) == ["embargo:cu-us"]
    assert hits_of_text("Q", ["Mariel sent it"], DAY, {"us"}) == []


def test_each_law_speaks_for_itself() -> None:
    party = Party(names=["A"], residences=["kp"])
    assert {law: listings(hits_of_party("Q", party, Role.DEBTOR, DAY, {law})) for law in ("us", "eu", "un", "xx")} == {
        "us": ["embargo:kp-us"],
        "eu": ["embargo:kp-eu"],
        "un": ["embargo:kp-un"],
        "xx": [],
    }
    assert hits_of_party("Q", party, Role.DEBTOR, Moment(date(2015, 1, 2)), {"us", "eu", "uk"}) == []


def test_north_korea_was_no_state_sponsor_on_2_january_2015() -> None:
    assert sponsors(Moment(date(2015, 1, 2))) == {"cu", "ir", "sd", "sy"}
    assert sponsors(Moment(date(2017, 11, 20))) == {"ir", "sd", "sy", "kp"}
    assert sponsors(Moment(date(2008, 10, 10))) >= {"kp"}
    assert "kp" not in sponsors(Moment(date(2008, 10, 12)))
    assert sponsors(Moment(date(2026, 2, 12))) == {"cu", "ir", "kp", "sy"}


def test_part_596_speaks_only_of_governments_that_no_other_part_blocks() -> None:
    ministry = Party(names=["Ministry of Finance of Syria"], residences=["sy"])
    assert us(ministry, Moment(date(2020, 1, 1))) == ["government:sy", "embargo:sy-us"]
    assert us(ministry, Moment(date(2025, 7, 2))) == ["terrorism-list:sy"]
    assert us(MINISTRY, Moment(date(2018, 1, 1))) == ["government:kp", "embargo:kp-us"]


def test_every_row_of_the_file_states_act_citation_source_and_an_interval() -> None:
    for row in jurisdictions.load().rows:
        assert row.authority
        assert row.citation
        assert row.source
        assert row.law in {"us", "eu", "uk", "un"}
        assert jurisdictions.law_of(row.id) == row.law
        if row.verified:
            assert "not read" not in row.source or "hour was not read" in row.source


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: government:ir", "id: government:kp", "twice"),
        ("id: government:ir", "id: embargo:ir", "begin with the ground"),
        ('since: "2012-02-06T00:01:00-05:00"', 'since: "2012-02-06T00:01:00"', "zone"),
        ('until: "2025-07-01T00:00:00-04:00"', 'until: "2005-07-01T00:00:00-04:00"', "ends before"),
        ("    place: ve\n", "    place: atlantis\n", "atlantis"),
        ("    law: us\n", "    law: us\n    colour: red\n", "colour"),
    ],
)
def test_a_wrong_file_is_refused_and_the_row_named(
    monkeypatch: pytest.MonkeyPatch, old: str, new: str, told: str
) -> None:
    raw = document.packaged(jurisdictions.FILE).decode()
    assert old in raw
    monkeypatch.setattr(document, "packaged", lambda _: raw.replace(old, new, 1).encode())
    with pytest.raises(DataError) as refused:
        jurisdictions.load.__wrapped__()
    assert told in str(refused.value)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(UsageError) as refused:
        Moment.of(date(2016, 3, 16), datetime(2016, 3, 16, 0, 1))  # noqa: DTZ001
    assert refused.value.code == "instant"


def test_every_place_can_be_found_by_each_of_its_words() -> None:
    for key, one in places.places().items():
        for word in (*one.anywhere, *one.texts, *one.written, *one.ports):
            assert key in {sign.place for sign in places.of_text(f"x {word} y")}, word
        for word in one.addresses:
            party = Party(names=["A"], addresses=[Address(city=word)])
            assert key in {sign.place for sign in places.of_party(party)}, word


def test_a_day_counts_as_a_whole_for_a_prohibition_and_for_a_licence_only_if_all_of_it_is_covered() -> None:
    until = datetime.fromisoformat("2026-03-08T00:01:00-05:00")
    since = datetime.fromisoformat("2026-03-01T12:00:00-05:00")
    first, last, middle = Moment(date(2026, 3, 1)), Moment(date(2026, 3, 8)), Moment(date(2026, 3, 7))
    assert [one.touches(since, until) for one in (first, middle, last)] == [True, True, True]
    assert [one.within(since, until) for one in (first, middle, last)] == [False, True, False]
    assert not Moment(date(2026, 3, 9)).touches(since, until)
    assert msgspec.structs.replace(last, at=datetime.fromisoformat("2026-03-08T00:00:30-05:00")).within(since, until)


def test_the_page_names_every_row(request: pytest.FixtureRequest) -> None:
    page = Path(request.config.rootpath, "docs", "jurisdictions.md").read_text(encoding="utf-8")
    for row in jurisdictions.load().rows:
        assert f"| `{row.id}` |" in page
