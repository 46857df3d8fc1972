"""A payment and the parties in it, in the words of ISO 20022 whatever format it came in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from interdiction.model.party import Party
from interdiction.model.problem import Problem


class Role(StrEnum):
    """The part somebody plays in a payment (ISO 20022 names)."""

    DEBTOR = "debtor"
    ULTIMATE_DEBTOR = "ultimate_debtor"
    DEBTOR_AGENT = "debtor_agent"
    CREDITOR = "creditor"
    ULTIMATE_CREDITOR = "ultimate_creditor"
    CREDITOR_AGENT = "creditor_agent"
    INTERMEDIARY_AGENT = "intermediary_agent"
    INITIATING_PARTY = "initiating_party"
    INSTRUCTING_AGENT = "instructing_agent"
    INSTRUCTED_AGENT = "instructed_agent"
    PREVIOUS_INSTRUCTING_AGENT = "previous_instructing_agent"
    FORWARDING_AGENT = "forwarding_agent"
    INSTRUCTING_REIMBURSEMENT_AGENT = "instructing_reimbursement_agent"
    INSTRUCTED_REIMBURSEMENT_AGENT = "instructed_reimbursement_agent"
    THIRD_REIMBURSEMENT_AGENT = "third_reimbursement_agent"
    SETTLEMENT_ACCOUNT = "settlement_account"
    """Whoever holds the account the banks settle over; the message gives the account, seldom a name."""
    CHARGES_AGENT = "charges_agent"
    EXCHANGE_AGENT = "exchange_agent"
    INVOICER = "invoicer"
    INVOICEE = "invoicee"
    TAX_CREDITOR = "tax_creditor"
    TAX_DEBTOR = "tax_debtor"
    ULTIMATE_TAX_DEBTOR = "ultimate_tax_debtor"
    GARNISHEE = "garnishee"
    GARNISHMENT_ADMINISTRATOR = "garnishment_administrator"
    CHEQUE_PARTY = "cheque_party"
    """From whom a cheque comes, or to whom it is delivered."""
    REMITTANCE_RECIPIENT = "remittance_recipient"
    """To whom the remittance advice is sent."""
    REGULATORY_AUTHORITY = "regulatory_authority"
    CREDITOR_SCHEME = "creditor_scheme"
    """Whoever a direct debit's creditor identifier names."""
    ACCOUNT_OWNER = "account_owner"
    ACCOUNT_SERVICER = "account_servicer"
    ORIGINATOR = "originator"
    """Who gives the reason of a return, a cancellation or a status."""
    ASSIGNER = "assigner"
    ASSIGNEE = "assignee"
    CASE_CREATOR = "case_creator"
    SENDER = "sender"
    """Of the message, from its header."""
    RECEIVER = "receiver"
    """Of the message, from its header."""
    APPLICANT = "applicant"
    BENEFICIARY = "beneficiary"
    """Of a letter of credit or a guarantee."""
    ISSUING_BANK = "issuing_bank"
    ADVISING_BANK = "advising_bank"
    AVAILABLE_WITH = "available_with"
    DRAWEE = "drawee"
    CONFIRMING_BANK = "confirming_bank"
    CONTACT = "contact"
    """A person named as contact of a party."""
    VESSEL = "vessel"
    OTHER = "other"
    """A party in a place that has no word of its own: screened like every other."""
    REMITTANCE = "remittance"
    """Free text, not a party: names inside it are hits of basis *text*."""


class Part(StrEnum):
    """Which part of a message somebody stands in."""

    TRANSACTION = "transaction"
    UNDERLYING = "underlying"
    """The customer transfer that a cover payment covers."""
    ORIGINAL = "original"
    """The earlier payment that a return, a cancellation or a status speaks of."""
    HEADER = "header"
    """The envelope: who sent the message to whom."""


class Funds(StrEnum):
    """What a message does with funds. Only `order` and `return` move or order any."""

    ORDER = "order"
    RETURN = "return"
    CANCELLATION = "cancellation"
    """Asks that an earlier payment be cancelled, recalled or changed."""
    STATUS = "status"
    """Says what became of an earlier payment or request."""
    ADVICE = "advice"
    """Announces or confirms an entry; the funds move by another message."""
    MESSAGE = "message"
    """Free format."""
    UNDERTAKING = "undertaking"
    """A letter of credit or a guarantee: a promise to pay later."""

    @property
    def moves(self) -> bool:
        """Whether the message itself orders or moves funds."""
        return self in {Funds.ORDER, Funds.RETURN}


class Amount(msgspec.Struct, frozen=True):
    """An exact amount; `currency` is an ISO 4217 code."""

    value: Decimal
    currency: str


class PaymentParty(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody in a payment: the role, the party, and where the value stood (a column, a path, a tag and line).

    Accounts, BICs and LEIs are identifiers of the party (`iban`, `account`, `bic`, `lei`).
    """

    role: Role
    party: Party
    at: str
    part: Part = Part.TRANSACTION


class FreeText(msgspec.Struct, frozen=True, gc=False):
    """A text to be looked into for names, and where it stood; `kind` says what it is.

    `remittance`, `instruction`, `regulatory`, `address`, `goods`, `documents`, `shipment`, `reason`, `narrative`,
    `identifier`, or `other` where the field is not known.
    """

    text: str
    at: str
    kind: str = "other"


class PlaceKind(StrEnum):
    """What is named when a message names a place."""

    COUNTRY = "country"
    """An ISO 3166-1 alpha-2 code, lower case."""
    TOWN = "town"
    PORT = "port"
    VESSEL = "vessel"


class Place(msgspec.Struct, frozen=True, gc=False):
    """A place as it was written, and where it stood; nothing is looked up here."""

    text: str
    at: str
    kind: PlaceKind


class Reference(msgspec.Struct, frozen=True, gc=False):
    """A reference and what it is: `message`, `instruction`, `end_to_end`, `transaction`, `related`, `case`, ...;
    `original_` before it where it is the earlier payment's."""

    type: str
    value: str


class Rail(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a message says of the way it travels, in its own codes; nothing is concluded here."""

    clearing_system: str = ""
    """ISO 20022 code or name (`FDW`, `TGT`, `ACH`), `fin` for SWIFT MT, `iat` for NACHA IAT."""
    settlement_method: str = ""
    """`INDA`, `INGA`, `COVE` or `CLRG`."""
    service_levels: tuple[str, ...] = ()
    """`SEPA`, `G001`, `URGP`, ..."""
    local_instruments: tuple[str, ...] = ()
    """`INST`, `CTAA`, ..."""
    clearing_channel: str = ""
    business_service: str = ""
    """Of the header: `swift.cbprplus.03`, ..."""


class Payment(msgspec.Struct, frozen=True, omit_defaults=True):
    """One payment as it was read; `id` is the sender's reference, else the row.

    A payment that came as a message has `texts`; one that came in a table has `remittance`. Both are screened.
    """

    id: str
    parties: tuple[PaymentParty, ...]
    amount: Amount | None = None
    on: date | None = None
    remittance: str | None = None
    source: str = ""
    row: int = 0
    """Counts from 1: the row of a table, the transaction of a message."""
    problems: tuple[Problem, ...] = ()
    kind: str = "table"
    """What it came as: `pacs.008`, `mt103`, `mt202cov`, `nacha-iat`, `table`; `unreadable` where nobody can tell."""
    uetr: str | None = None
    """Of the payment itself, or of the one that the message speaks of; lower case."""
    funds: Funds = Funds.ORDER
    references: tuple[Reference, ...] = ()
    texts: tuple[FreeText, ...] = ()
    places: tuple[Place, ...] = ()
    """Towns, ports, countries and vessels where they stand in a field of their own."""
    purposes: tuple[str, ...] = ()
    """Codes of what the payment is for: `SALA`, `TAXS`, `CHAR`, ..."""
    rail: Rail = Rail()
    instructed: Amount | None = None
    """The amount the debtor asked for, before exchange and charges, where it is stated beside `amount`."""

    @property
    def screened_texts(self) -> tuple[FreeText, ...]:
        """Every text of the payment that is looked into for names."""
        if not self.remittance:
            return self.texts
        return (FreeText(self.remittance, "remittance", "remittance"), *self.texts)
