"""FollowTheMoney's words and what the model calls them, for reading and for writing."""

from __future__ import annotations

from typing import Final

from interdiction.model import Kind, Measure, NameQuality

KINDS: Final[dict[str, Kind | None]] = {
    "Person": Kind.PERSON,
    "Organization": Kind.ORGANISATION,
    "Company": Kind.ORGANISATION,
    "PublicBody": Kind.ORGANISATION,
    "LegalEntity": None,
    "Thing": None,
    "Asset": None,
    "Security": None,
    "Vehicle": None,
    "Vessel": Kind.VESSEL,
    "Airplane": Kind.AIRCRAFT,
    "CryptoWallet": Kind.WALLET,
}
"""Schema of a party to its kind; a legal entity may be a person."""

SCHEMATA: Final[dict[Kind | None, str]] = {
    None: "LegalEntity",
    Kind.PERSON: "Person",
    Kind.ORGANISATION: "Organization",
    Kind.VESSEL: "Vessel",
    Kind.AIRCRAFT: "Airplane",
    Kind.WALLET: "CryptoWallet",
}

NAMES: Final[dict[str, NameQuality]] = {
    "name": NameQuality.STRONG,
    "alias": NameQuality.STRONG,
    "weakAlias": NameQuality.WEAK,
    "abbreviation": NameQuality.WEAK,
    "previousName": NameQuality.FORMER,
}

PARTS: Final[dict[str, str]] = {
    "firstName": "given", "secondName": "given", "middleName": "middle", "fatherName": "patronymic",
    "motherName": "matronymic", "lastName": "family", "maidenName": "maiden",
}  # fmt: skip
"""Parts of names: the format does not say of which name, so they stay together as details too."""

IDENTIFIERS: Final[dict[str, tuple[str, str | None]]] = {
    "passportNumber": ("passport", None),
    "idNumber": ("national_id", None),
    "socialSecurityNumber": ("ssn", None),
    "taxNumber": ("tax_id", None),
    "vatCode": ("tax_id", None),
    "innCode": ("tax_id", "ru"),
    "registrationNumber": ("registration", None),
    "ogrnCode": ("registration", "ru"),
    "uscCode": ("registration", "cn"),
    "okpoCode": ("statistics_code", "ru"),
    "leiCode": ("lei", None),
    "swiftBic": ("bic", None),
    "bikCode": ("bank_code", "ru"),
    "dunsCode": ("duns", None),
    "isin": ("isin", None),
    "isinCode": ("isin", None),
    "imoNumber": ("imo", None),
    "mmsi": ("mmsi", None),
    "serialNumber": ("serial_number", None),
    "icaoCode": ("transponder", None),
    "publicKey": ("wallet", None),
    "kppCode": ("other", "ru"),
    "cikCode": ("other", "us"),
    "npiCode": ("other", "us"),
    "uniqueEntityId": ("other", "us"),
    "permId": ("other", None),
    "ricCode": ("other", None),
    "giiNumber": ("other", None),
}
"""Property to the word of the identifier and the country that issues all such numbers; the property is the note."""

WRITTEN: Final[dict[str, str]] = {
    "passport": "passportNumber", "national_id": "idNumber", "ssn": "socialSecurityNumber", "tax_id": "taxNumber",
    "registration": "registrationNumber", "statistics_code": "okpoCode", "lei": "leiCode", "bic": "swiftBic",
    "bank_code": "bikCode", "duns": "dunsCode", "isin": "isin", "imo": "imoNumber", "mmsi": "mmsi",
    "serial_number": "serialNumber", "transponder": "icaoCode", "wallet": "publicKey",
    "tail_number": "registrationNumber",
}  # fmt: skip
"""Word of an identifier to the property it is written as; the rest become `Identification` entities."""

CONTACTS: Final = {"email": "email", "phone": "telephone", "website": "website"}

VESSEL: Final = {
    "callSign": "call_sign", "type": "type", "tonnage": "tonnage", "grossRegisteredTonnage": "gross_tonnage",
    "flag": "flag", "buildDate": "built",
}  # fmt: skip
AIRCRAFT: Final = {"model": "model", "type": "model", "operator": "operator", "buildDate": "manufactured"}

LINKS: Final[dict[str, tuple[str, str, str, str, tuple[str, ...]]]] = {
    "Ownership": ("owner", "asset", "owns", "owned_by", ("role", "percentage", "sharesCount", "ownershipType")),
    "Directorship": ("director", "organization", "leader_of", "led_by", ("role",)),
    "Membership": ("member", "organization", "member_of", "linked_to", ("role",)),
    "Employment": ("employee", "employer", "employed_by", "linked_to", ("role",)),
    "Family": ("person", "relative", "family", "family", ("relationship",)),
    "Associate": ("person", "associate", "associate", "associate", ("relationship",)),
    "Representation": ("agent", "client", "acting_for", "principal_of", ("role",)),
    "Succession": ("predecessor", "successor", "predecessor_of", "successor_of", ()),
    "UnknownLink": ("subject", "object", "linked_to", "linked_to", ("role",)),
}
"""Schema of a tie: its two ends, what each is to the other, and what else it says."""

MEASURES: Final[tuple[tuple[str, Measure], ...]] = (
    (r"asset.{0,20}(?:freez|block)|freez\w* of (?:funds|assets)|targeted financial sanction|^block$|blocking",
     Measure.ASSET_FREEZE),
    (r"travel ban|travel restriction|entry ban|visa", Measure.TRAVEL_BAN),
    (r"arms embargo", Measure.ARMS_EMBARGO),
    (r"trust services|trade|export|technical assistance|goods", Measure.TRADE),
    (r"investment", Measure.INVESTMENT_BAN),
    (r"correspondent", Measure.CORRESPONDENT_ACCOUNT),
    (r"^payment ban$", Measure.PAYMENT_BAN),
    (r"^menu$", Measure.MENU),
    (r"secondary sanctions", Measure.SECONDARY),
    (r"debt|equity|capital market|directive [1-3]\b", Measure.DEBT_EQUITY),
)  # fmt: skip
"""What the provisions of a sanction say, to the measure; the rest stays words."""
