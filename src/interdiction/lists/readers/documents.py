"""The publisher's labels of documents and numbers, and the identifier words of the model they mean.

Numbers of different registers have different words, because two unequal numbers of one word and country
count against a pair: a tax number is never compared with a statistics code. `docs/identifiers.md` explains them.
"""

from __future__ import annotations

WORDS: dict[str, tuple[str, ...]] = {
    "passport": (
        "Passport", "Diplomatic Passport", "Service Passport", "Stateless Person Passport", "Passport Booklet",
        "British National Overseas Passport", "U.S. Passport", "U.S.A. Passport", "Passport Number", "Passport No.",
    ),
    "travel_document": (
        "Travel Document Number", "Travel Document No.", "Refugee ID Card", "Stateless Person ID Card",
        "Seafarer's Identification Document",
    ),
    "national_id": (
        "National ID No.", "National ID Number", "Cedula No.", "D.N.I.", "C.U.I.", "C.U.R.P.", "C.U.R.P. #",
        "Numero de Identidad", "Tazkira National ID Card", "Afghan ID No.", "Kenyan ID No.", "Iranian ID No.",
        "Turkish Identificiation Number", "Turkish Identification Number", "Bosnian Personal ID No.",
        "Moroccan Personal ID No.", "Kosovo Personal ID No.", "Personal ID Card", "Citizen's Card Number",
        "UAE Identification", "Federal ID Card", "Identification Number", "Identification No.", "Identity Card",
        "I.D. Number", "ID Card", "Numero de Identidad No.", "Singapore Personal ID No.", "Belgian Personal ID No.",
        "Lebanese ID No.", "Ecuadorian ID No.", "Philippine ID No.", "Indonesian ID No.", "N.R.I.C.", "I.C. Number",
    ),
    "residency": (
        "National Foreign ID Number", "Residency Number", "Romanian Permanent Resident", "N.I.E.",
        "Permanent Resident Card", "Residence Permit No.", "Immigration No.", "Temporary suspension of deportation No.",
        "Public Security and Immigration No.",
    ),
    "ssn": ("SSN", "Social Security No."),
    "tax_id": (
        "Tax ID No.", "NIT #", "NIT", "RUC #", "RUC", "R.F.C.", "R.F.C. #", "RFC", "RIF #", "RIF", "RTN", "US FEIN",
        "V.A.T. Number", "V.A.T. No.", "C.U.I.T.", "C.U.I.L.", "C.I.F.", "C.N.P.J.", "C.P.F.", "Italian Fiscal Code",
        "Fiscal Code", "Romanian Tax Registration", "RUT #", "Numero Unico de Identificacao Tributaria (NUIT)",
        "Paraguayan tax identification number", "Tax Identification Number", "GST Number", "PAN",
    ),
    "voter_id": ("Credencial electoral", "I.F.E.", "Electoral Registry No.", "LE Number", "Voter ID"),
    "military_id": ("Cartilla de Servicio Militar Nacional", "Military Registration Number", "Military ID Number"),
    "birth_certificate": ("Birth Certificate Number", "Birth Certificate No."),
    "driving_licence": ("Driver's License No.", "Driver's License", "Drivers License"),
    "visa": ("VisaNumberID", "Visa Number", "Visa No."),
    "professional_licence": ("Pilot License Number", "Tarjeta Profesional", "C.U.I.P."),
    "registration": (
        "Registration ID", "Registration Number", "Registration No.", "Company Number", "UK Company Number",
        "Commercial Registry Number", "Commercial Registry No.", "Business Registration Number",
        "Business Registration Document #", "Business Number", "Public Registration Number",
        "Central Registration System Number", "Chamber of Commerce Number", "Istanbul Chamber of Comm. No.",
        "Dubai Chamber of Commerce Membership No.", "Certificate of Incorporation Number",
        "Registration Certificate Number (Dubai)", "Registration Certificate Number", "Enterprise Number",
        "Branch Unit Number", "Registered Charity No.", "C.R. No.", "Romanian C.R.", "File Number",
        "Folio Mercantil No.", "Matricula Mercantil No", "Matricula Mercantil No.", "Organization Code",
        "Economic Register Number (CBLS)", "Company ID: No.", "Company ID", "MSB Registration Number",
        "Unified Social Credit Code (USCC)", "United Social Credit Code Certificate (USCCC)",
    ),
    "statistics_code": ("Government Gazette Number",),
    "business_licence": (
        "Trade License No.", "License", "Tourism License No.", "Permit Number", "SRE Permit No.",
        "Afghan Money Service Provider License Number", "License Number", "Business License No.",
    ),
    "duns": ("D-U-N-S Number",),
    "legal_entity": ("Legal Entity Number", "LEI", "Legal Entity Identifier"),
    "bic": ("SWIFT/BIC",),
    "bank_code": ("BIK (RU)",),
    "isin": ("ISIN",),
    "container_code": ("BIC Container Code",),
    "imo": ("Vessel Registration Identification IMO", "Identification Number IMO", "Company Number IMO", "IMO Number",
            "International Maritime Organization No.", "Vessel Registration Identification", "IMO"),
    "mmsi": ("MMSI", "MMSI Number"),
    "tail_number": ("Aircraft Tail Number", "Previous Aircraft Tail Number", "Aircraft Registration Number"),
    "serial_number": (
        "Aircraft Construction Number (also called L/N or S/N or F/N)", "Aircraft Construction Number",
        "Aircraft Manufacturer's Serial Number (MSN)", "Aircraft Manufacturer\u2019s Serial Number (MSN)",
        "Aircraft Serial Identification",
    ),
    "transponder": ("Aircraft Mode S Transponder Code",),
}  # fmt: skip

TYPES: dict[str, str] = {label: word for word, labels in WORDS.items() for label in labels}

WALLET_LABEL = "Digital Currency Address"

OTHER = "other"
"""The word of a document whose label the table does not know; the label stands in the identifier's note."""

WITHOUT_DIGITS = frozenset({"bic", "tail_number", "wallet", "container_code"})
"""Identifier words whose values may have no digit; elsewhere a value without one is a sentence, not a number."""

KEPT = (
    "Secondary sanctions risk", "Additional Sanctions Information", "Transactions Prohibited", "Executive Order",
    "Listing Date", "Effective Date", "Purchase/Sales For Divestment Date", "For more information",
    "for more information", "CAATSA Section", "Organization Type", "Target Type",
    "IFCA Determination", "Issuer Name", "Equity Ticker", "MICEX Code", "Chinese Commercial Code",
    "All offices worldwide", "All Offices Worldwide", "all offices worldwide", "All Branches Worldwide",
    "Other Vessel Type", "CMIC", "Peru Directive", "arrested", "UN/LOCODE", "Interpol",
)  # fmt: skip
"""What the remarks say for the reader, or for the measures, and no field holds: it stays in the remarks."""

_SIGNS = (
    ("driver", "driving_licence"),
    ("driving", "driving_licence"),
    ("birth", "birth_certificate"),
    ("social security", "ssn"),
    ("ssn", "ssn"),
    ("fiscal", "tax_id"),
    ("tax", "tax_id"),
    ("voter", "voter_id"),
    ("military", "military_id"),
    ("serviceman", "military_id"),
    ("fardc", "military_id"),
    ("resident", "residency"),
    ("alien", "residency"),
    ("ration", "other"),
    ("student", "other"),
    ("other", "other"),
    ("travel document", "travel_document"),
    ("laissez", "travel_document"),
    ("passport", "passport"),
    ("passeport", "passport"),
    ("pasaporte", "passport"),
    ("ident", "national_id"),
    ("tazkira", "national_id"),
    ("nationality", "national_id"),
    ("national", "national_id"),
)
"""A word in the document's description to the identifier word, the first that fits."""


def word_in(*descriptions: str) -> str:
    """Give the identifier word that free descriptions of a document mean, the first that says something."""
    for description in descriptions:
        lowered = description.lower()
        for sign, word in _SIGNS:
            if sign in lowered:
                return word
    return OTHER
