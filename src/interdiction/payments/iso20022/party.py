"""Reads parties, accounts and addresses of ISO 20022 by what stands in them, whatever the message or version."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from lxml.etree import _Element

from interdiction.model import Address, Identifier, PlaceKind, Role
from interdiction.names import countries
from interdiction.payments.draft import Draft, Gathered, country_at_end
from interdiction.payments.iso20022.fields import worded, words

Other = Callable[[_Element, str, str], None]
"""What reads whatever is no field of a party: the element, its name, that of the element around it."""

_PARTS_OF_ADDRESS: Final = {"TwnNm": "city", "CtrySubDvsn": "region", "PstCd": "postal_code"}


class _Names(dict[str, str]):
    """The names of tags without their namespaces, each found once."""

    def __missing__(self, tag: str) -> str:
        if len(self) > _MOST_NAMES:
            self.clear()
        found = self[tag] = tag.rpartition("}")[2]
        return found


_MOST_NAMES: Final = 20_000
"""Tags kept; a message that invents more than that is not worth remembering."""
local: Final = _Names().__getitem__
"""Gives the name of a tag without its namespace."""


def where(element: _Element) -> str:
    """Give the path of an element from the message down, in the names of its elements."""
    names = []
    node: _Element | None = element
    while node is not None:
        names.append(local(node.tag))
        if names[-1] in {"Document", "AppHdr"}:
            break
        node = node.getparent()
    if len(names) > 1 and names[-1] == "Document":
        names.pop()
    return "/".join(reversed(names))


def value(element: _Element) -> str:
    """Give the text of a leaf, without the blanks around it."""
    return (element.text or "").strip()


_COMPOUND: Final = frozenset(
    {"PstlAdr", "Adr", "Othr", "DtAndPlcOfBirth", "CtctDtls", "OrgId", "PrvtId", "FinInstnId", "Authstn"}
)
"""Fields that hold elements."""


class PartyReader:
    """Reads one message's parties into what is gathered; `other` takes what it does not know."""

    def __init__(self, gathered: Gathered, other: Other) -> None:
        self.gathered, self.other = gathered, other
        self.words = words()

    def party(self, element: _Element, draft: Draft, kind: str = "organisation") -> None:
        """Read the fields of a party, an institution or one of their parts; `kind` says of whom numbers are."""
        parent = local(element.tag)
        fields = self._FIELDS
        for child in element:
            name = local(child.tag)
            read = fields.get(name)
            if read is not None and (len(child) > 0) == (name in _COMPOUND):
                read(self, child, draft, kind)
            elif name in self.words.wrappers and len(child):
                self.party(child, draft, kind)
            else:
                self.other(child, name, parent)

    def _name(self, child: _Element, draft: Draft, _: str) -> None:
        self.gathered.name(draft, child.text or "", f"{draft.at}/Nm")

    def _bic(self, child: _Element, draft: Draft, _: str) -> None:
        if found := value(child):
            draft.bic(found)
            if not found.isascii() or (worded(found) and len(found) not in {8, 11}):
                self.gathered.text(found, where(child), "identifier")

    def _lei(self, child: _Element, draft: Draft, _: str) -> None:
        if found := value(child):
            draft.identifiers.append(Identifier("lei", found))

    def _number(self, child: _Element, draft: Draft, kind: str) -> None:
        """Read a number that stands by itself: of a tax payer, of a branch, of a member of a clearing system."""
        if found := value(child):
            name = local(child.tag)
            types = {"TaxId": ("tax_id",), "RegnId": ("registration",), "MmbId": ("bank_code",)}
            self._numbered(child, found, draft, types.get(name) or words().unknown[kind])

    def _person(self, child: _Element, draft: Draft, _: str) -> None:
        self.party(child, draft, "person")

    def _organisation(self, child: _Element, draft: Draft, _: str) -> None:
        self.party(child, draft, "organisation")

    def _institution(self, child: _Element, draft: Draft, _: str) -> None:
        self.party(child, draft, "institution")

    def _identifier(self, child: _Element, draft: Draft, kind: str) -> None:
        """Read a number with its scheme and issuer; of no scheme it is compared as each type it may be."""
        number, scheme, issuer = "", "", ""
        for part in child:
            name = local(part.tag)
            if name == "Id" and not len(part):
                number = value(part)
            elif name == "SchmeNm" and len(part):
                for one in part:
                    if local(one.tag) == "Cd" and not len(one):
                        scheme = value(one)
                    else:
                        self.other(one, local(one.tag), name)
            elif name == "Issr" and not len(part):
                issuer = value(part)
                self.other(part, name, "Othr")
            else:
                self.other(part, name, "Othr")
        if number:
            given = words().schemes.get(kind, {}).get(scheme)
            types = (given,) if given else words().unknown[kind]
            country = issuer.lower() if len(issuer) == 2 and issuer.lower() in countries.known() else None
            self._numbered(child, number, draft, types, country)

    def _numbered(
        self, child: _Element, number: str, draft: Draft, types: tuple[str, ...], country: str | None = None
    ) -> None:
        draft.identifiers += [Identifier(one, number, country) for one in types]
        if worded(number):
            self.gathered.text(number, where(child), "identifier")

    def _birth(self, child: _Element, draft: Draft, _: str) -> None:
        places = []
        for part in child:
            name, text = local(part.tag), value(part)
            if len(part):
                self.other(part, name, "DtAndPlcOfBirth")
            elif name == "BirthDt":
                if text and not draft.born(text):
                    self.gathered.doubt("birth-date", "the date of birth cannot be read", where(part), text)
            elif name == "CtryOfBirth":
                self._country(part)
            elif text:
                places.append(text)
                self.gathered.place(text, where(part), PlaceKind.TOWN)
                self.gathered.text(text, where(part), "address")
        draft.places += [", ".join(places)] if places else []

    def _residence(self, child: _Element, draft: Draft, _: str) -> None:
        if found := self._country(child):
            draft.residences.append(found)

    def _country(self, child: _Element, at: str = "") -> str | None:
        text = value(child)
        if not text:
            return None
        at = at or where(child)
        self.gathered.place(text, at, PlaceKind.COUNTRY)
        if text.lower() in countries.known():
            return text.lower()
        self.gathered.doubt("country", "no country has this code", at, text, expected="an ISO 3166-1 code")
        self.gathered.text(text, at, "address")
        return None

    def address(self, child: _Element, draft: Draft | None = None, _: str = "") -> None:
        """Read a postal address: its lines are one text, so that a name that runs over two of them is found."""
        fields: dict[str, str] = {}
        lines: list[str] = []
        at = where(child)
        holder = draft or Draft(Role.OTHER, at)
        country = None
        for part in child:
            name, text = local(part.tag), value(part)
            if len(part) or name == "AdrTp":
                self.other(part, name, "PstlAdr")
            elif name == "Ctry":
                country = self._country(part, f"{at}/Ctry")
            elif text:
                lines.append(text)
                known = _PARTS_OF_ADDRESS.get(name)
                if known:
                    fields[known] = text
                if name in {"TwnNm", "TwnLctnNm", "CtrySubDvsn", "DstrctNm"}:
                    self.gathered.place(text, f"{at}/{name}", PlaceKind.TOWN)
        if lines:
            self.gathered.text("\n".join(lines), at, "address")
            if country is None:
                country = country_at_end(lines[-1])
        street = ", ".join(line for line in lines if line not in fields.values())
        if fields or street or country:
            holder.addresses.append(Address(street=street or None, country=country, **fields))

    def _contact(self, child: _Element, draft: Draft, _: str) -> None:
        """Read the people named beside a party: parties of their own."""
        person = Draft(Role.CONTACT, where(child), draft.part)
        for part in child:
            name = local(part.tag)
            if name == "Nm" and not len(part):
                self._name(part, person, "")
            else:
                self.other(part, name, local(child.tag))
        if person.says_something:
            self.gathered.drafts.append(person)

    def account(self, element: _Element, draft: Draft) -> None:
        """Read an account into its owner; its own name is that of a party when it is another than the owner's."""
        for child in element:
            name = local(child.tag)
            if name == "Id" and len(child):
                self._account_number(child, draft)
            elif name == "Nm" and not len(child):
                self._account_name(child, draft)
            elif name == "Prxy" and len(child):
                self._proxy(child, draft)
            else:
                self.other(child, name, local(element.tag))

    def _account_number(self, element: _Element, draft: Draft) -> None:
        for child in element:
            name = local(child.tag)
            if name == "IBAN" and not len(child):
                draft.account(value(child), "iban")
            elif name == "Othr" and len(child):
                for part in child:
                    if local(part.tag) == "Id" and not len(part):
                        self._account(part, draft)
                    else:
                        self.other(part, local(part.tag), "Othr")
            elif not len(child):
                self._account(child, draft)
            else:
                self.other(child, name, "Id")

    def _account(self, child: _Element, draft: Draft) -> None:
        if found := value(child):
            draft.account(found)
            if worded(found):
                self.gathered.text(found, where(child), "identifier")

    def _account_name(self, child: _Element, draft: Draft) -> None:
        name = " ".join((child.text or "").split())
        if not name or name.casefold() in {one.casefold() for one in draft.names}:
            return
        owner = Draft(Role.ACCOUNT_OWNER, where(child), draft.part)
        self.gathered.name(owner, name, owner.at)
        self.gathered.drafts.append(owner)

    def _proxy(self, element: _Element, draft: Draft) -> None:
        for child in element:
            if local(child.tag) == "Id" and not len(child):
                self._account(child, draft)
            else:
                self.other(child, local(child.tag), "Prxy")

    _FIELDS: ClassVar[dict[str, Callable[[PartyReader, _Element, Draft, str], None]]] = {
        "Nm": _name,
        "PstlAdr": address,
        "Adr": address,
        "BICFI": _bic,
        "BIC": _bic,
        "AnyBIC": _bic,
        "BICOrBEI": _bic,
        "LEI": _lei,
        "MmbId": _number,
        "TaxId": _number,
        "RegnId": _number,
        "Othr": _identifier,
        "DtAndPlcOfBirth": _birth,
        "CtryOfRes": _residence,
        "Ctry": _residence,
        "CtctDtls": _contact,
        "Authstn": _contact,
        "OrgId": _organisation,
        "PrvtId": _person,
        "FinInstnId": _institution,
    }
