"""Walks through a part of an ISO 20022 message and gathers all that is screened, wherever it stands."""

from __future__ import annotations

from functools import cache
from typing import Final

from lxml.etree import _Element

from interdiction.model import Identifier, Part, PlaceKind, Reference, Role
from interdiction.payments.draft import Draft, Gathered
from interdiction.payments.iso20022.fields import Fields, Words, fields, worded, words
from interdiction.payments.iso20022.party import PartyReader, local, value, where

_OTHER: Final = "other"
_SIGNS: Final = frozenset({"FinInstnId", "PstlAdr", "PrvtId", "OrgId"})
"""Children by which a party is known in a place that no schema names."""


class Found(Gathered):
    """What a part of a message says, with what is kept beside the parties: amounts, days, codes."""

    __slots__ = ("amounts", "codes", "days")

    def __init__(self) -> None:
        super().__init__()
        self.amounts: dict[str, tuple[str, str]] = {}
        self.days: dict[str, str] = {}
        self.codes: list[tuple[str, str]] = []


class Walk:
    """One walk; `found` grows with every element."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.words: Words = words()
        self.fields: Fields = fields()
        self.reader = PartyReader(found, self.other)
        self.within = _within()
        self.kind = _OTHER
        self.part = Part.TRANSACTION

    def children(self, element: _Element, path: str = "", *, but: frozenset[str] = frozenset()) -> None:
        """Read what stands in an element at `path`, except the children named in `but`."""
        parent = local(element.tag)
        path = path or where(element)
        parties: dict[str, Draft] = {}
        for child in element:
            name = local(child.tag)
            if not len(child):
                if name not in but:
                    self.leaf(child, name, parent)
            elif name in but:
                continue
            elif (role := self._role(parent, name, child)) is not None:
                parties[name] = self._party(child, role, f"{path}/{name}")
            elif name.endswith("Acct"):
                self._account(child, name, parties)
            else:
                self.other(child, name, parent, f"{path}/{name}")

    def other(self, element: _Element, name: str, parent: str, path: str = "") -> None:
        """Read one element of any kind that is no field of a party."""
        if not len(element):
            self.leaf(element, name, parent)
            return
        kind, part = self.kind, self.part
        self.kind = self.words.texts.get(name, kind)
        self.part = self.words.parts.get(name, part)
        if name == "PstlAdr":
            self.reader.address(element)
        else:
            role = self._role(parent, name, element)
            if role is None:
                self.children(element, path)
            else:
                self._party(element, role, path or where(element))
        self.kind, self.part = kind, part

    def _role(self, parent: str, name: str, element: _Element) -> Role | None:
        role = self.words.roles.get(name)
        if name in self.within:
            role = _roles().get((parent, name), role)
        if role is None and name not in self.fields.elements and any(local(one.tag) in _SIGNS for one in element):
            return Role.OTHER
        return role

    def _party(self, element: _Element, role: Role, path: str) -> Draft:
        draft = Draft(role, path, self.part)
        kind = self.kind
        self.kind = self.words.texts.get(local(element.tag), kind)
        at = len(self.found.drafts)
        self.reader.party(element, draft)
        self.found.drafts.insert(at, draft)
        self.kind = kind
        return draft

    def _account(self, element: _Element, name: str, parties: dict[str, Draft]) -> None:
        owner = parties.get(name.removesuffix("Acct"))
        if owner is None:
            role = self.words.accounts.get(name) or self.words.roles.get(name.removesuffix("Acct"), Role.OTHER)
            owner = Draft(role, where(element), self.part)
            self.found.drafts.append(owner)
        self.reader.account(element, owner)

    def leaf(self, element: _Element, name: str, parent: str) -> None:
        """Keep or look into one leaf, by its class."""
        text = value(element)
        if not text:
            return
        leaf_class = self.fields.leaf(parent, name)
        if leaf_class in self.words.reasons:
            self._kept(element, text, leaf_class, (parent, name))
        elif leaf_class == "country":
            self.found.place(text, where(element), PlaceKind.COUNTRY)
        elif leaf_class in _OF_PARTIES:
            self._somebody(element, text, leaf_class)
        else:
            self._text(element, text, name, parent)
        if name in self.words.references:
            prefix = "original_" if self.part is Part.ORIGINAL else ""
            self.found.references.append(Reference(f"{prefix}{self.words.references[name]}", text))

    def _kept(self, element: _Element, text: str, leaf_class: str, at: tuple[str, str]) -> None:
        """Keep what is not screened and yet needed."""
        parent, name = at
        if leaf_class == "amount":
            self.found.amounts.setdefault(name, (text, element.get("Ccy", "")))
        elif leaf_class == "date":
            self.found.days.setdefault(parent if name in {"Dt", "DtTm"} else name, text)
        elif leaf_class == "reference" and " " in text and worded(text):
            self.found.text(text, where(element), "identifier")
        if name in _KEPT:
            self.found.codes.append((f"{parent}/{name}", text))

    def _somebody(self, element: _Element, text: str, leaf_class: str) -> None:
        """Take a name or a number in a place that is no party's for a party of its own."""
        draft = Draft(Role.OTHER, where(element), self.part)
        if leaf_class == "name":
            self.found.name(draft, text, draft.at)
        elif leaf_class == "bic":
            draft.bic(text)
        elif leaf_class == "lei":
            draft.identifiers.append(Identifier("lei", text))
        else:
            draft.account(text, leaf_class)
        self.found.drafts.append(draft)
        if leaf_class != "name" and worded(text):
            self.found.text(text, draft.at, "identifier")

    def _text(self, element: _Element, text: str, name: str, parent: str) -> None:
        if name == "Prtry":
            self.found.codes.append((f"{parent}/{name}", text))
        if name in self.words.mostly_numbers and not worded(text):
            return
        kind = self.words.texts.get(name, self.kind)
        self._joined(element, text, kind) if name in _LINES else self.found.text(text, where(element), kind)

    def _joined(self, element: _Element, text: str, kind: str) -> None:
        """Put a line to the line before it: a name may run over both."""
        before = element.getprevious()
        texts = self.found.texts
        if before is not None and before.tag == element.tag and texts and texts[-1].at == where(element):
            last = texts.pop()
            self.found.text(f"{last.text}\n{text}", last.at, kind)
        else:
            self.found.text(text, where(element), kind)


@cache
def _within() -> frozenset[str]:
    """Give the elements whose role depends on what stands around them."""
    return frozenset(name for _, name in _roles())


@cache
def _roles() -> dict[tuple[str, str], Role]:
    return {
        (parent, name): role for at, role in words().roles_within.items() for parent, _, name in [at.partition("/")]
    }


_LINES: Final = frozenset({"Ustrd", "AddtlInf", "AddtlRmtInf", "Inf", "InstrInf"})
"""Texts that are repeated as lines."""
_KEPT: Final = frozenset({"Cd", "UETR", "OrgnlUETR", "SttlmMtd", "ClrChanl", "BizSvc", "NbOfTxs", "PmtMtd"})
_OF_PARTIES: Final = frozenset({"name", "bic", "lei", "iban", "account"})
