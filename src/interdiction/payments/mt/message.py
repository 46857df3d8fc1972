"""From one SWIFT MT message to its payments: one, or as many as it orders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

import msgspec

from interdiction.model import Amount, Funds, Part, Payment, Place, Problem, Rail, Reference, Role
from interdiction.payments.amounts import currencies
from interdiction.payments.draft import Draft, Gathered, together
from interdiction.payments.mt import party
from interdiction.payments.mt.blocks import Blocks, Field, apart
from interdiction.payments.mt.words import Message, text_tags, unscreened_tags, words
from interdiction.payments.reading import named, unreadable, whole

_INPUT: Final = re.compile(r"I(\d{3})([A-Z0-9]{12})[A-Z0-9]*")
_OUTPUT: Final = re.compile(r"O(\d{3})\d{4}\d{6}([A-Z0-9]{12})[A-Z0-9]*")
_BASIC: Final = re.compile(r"[A-Z]\d{2}([A-Z0-9]{12})\d*")
_UETR: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_AMOUNT: Final = re.compile(r"(?:[A-Z]?(\d{6})|[DM]\d{3}|[A-Z]{2})?([A-Z]{3})(\d{1,15}(?:,\d{0,6})?)")
_AMOUNT_TAGS: Final = ("32A", "32B", "32C", "32D", "32K", "33B", "34B")
_ILLEGAL: Final = re.compile(r"[^A-Za-z0-9/\-?:().,'+ \n=!\"%&*<>;@#_{\[\]}]")
"""What stands in neither of the character sets x, y and z."""
_WORD: Final = re.compile(r"[A-Za-z]{3}")
_TWO_WORDS: Final = re.compile(r"[A-Za-z]{3}[^A-Za-z]+[A-Za-z]{3}")
_CODEWORD: Final = re.compile(r"^/[A-Z0-9]{2,8}/", re.MULTILINE)
_ROLES_OF_COVER: Final = frozenset({"202", "205"})
_UNKNOWN: Final = Message(Funds.ORDER, "no")
_REFERENCES: Final = {
    "20": "transaction",
    "20C": "transaction",
    "21": "related",
    "21F": "exchange",
    "21R": "customer",
    "28D": "message_index",
    "21A": "related",
}


class Head(msgspec.Struct, frozen=True):
    """What the header blocks say."""

    number: str = ""
    sender: str = ""
    receiver: str = ""
    uetr: str | None = None
    validation: str = ""
    user: tuple[tuple[str, str], ...] = ()


def payments(text: str, source: str, first: int) -> Iterator[Payment]:
    """Give the payments of one message; the first gets the row `first`. Nothing that stands in it raises."""
    blocks = apart(text)
    if not blocks.fields:
        problem = whole("mt-block", "no field of a SWIFT message stands in it", source, text)
        yield unreadable(problem, text, source, first)
        return
    around = Gathered()
    head = _head(blocks, around)
    known = words().message(head.number)
    if known is None:
        around.doubt("unknown-message", f"no message MT {head.number or '?'} is known", "block 2", blocks.application)
    kind = known or _UNKNOWN
    for code, message in blocks.problems:
        around.doubt(code, message, "the message")
    for stray in blocks.strays:
        around.text(stray, "outside of the blocks", "other")
        around.doubt("mt-text", "text stands outside of the blocks", "the message", stray)
    for need in kind.needs:
        if not any(need in {field.tag, field.number} for field in blocks.fields):
            around.doubt("mt-missing", f"field {need} is missing", "block 4")
    common, several = _divided(blocks.fields, kind.repeats)
    shared = [around, _read(common, kind, head)]
    for row, own in enumerate(several or [[]], start=first):
        yield _payment([_read(own, kind, head), *shared], [*own, *common], head, kind, source, row)


def _head(blocks: Blocks, around: Gathered) -> Head:
    basic = _BASIC.fullmatch(blocks.basic)
    given, sent = _INPUT.fullmatch(blocks.application), _OUTPUT.fullmatch(blocks.application)
    ours = _bic(basic[1]) if basic else ""
    if basic is None and blocks.basic:
        around.doubt("mt-block", "block 1 cannot be read", "block 1", blocks.basic)
        around.text(blocks.basic, "block 1", "other")
    user = tuple(blocks.user)
    uetr = next((value.strip().lower() for tag, value in user if tag == "121"), None)
    if uetr is not None and _UETR.fullmatch(uetr) is None:
        around.doubt("mt-block", "the UETR cannot be read", "block 3", uetr)
    for tag, value in user:
        if tag not in words().block3 and _WORD.search(value):
            around.text(value, f"block 3 field {tag}", "other")
    validation = next((value.strip() for tag, value in user if tag == "119"), "")
    if given is not None:
        number, sender, receiver = given[1], ours, _bic(given[2])
    elif sent is not None:
        number, sender, receiver = sent[1], _bic(sent[2]), ours
    else:
        found = re.match(r"[IO](\d{3})", blocks.application)
        number, sender, receiver = (found[1] if found else ""), ours, ""
        if blocks.application:
            around.doubt("mt-block", "block 2 cannot be read", "block 2", blocks.application)
            around.text(blocks.application, "block 2", "other")
    for role, bic in ((Role.SENDER, sender), (Role.RECEIVER, receiver)):
        if bic:
            draft = Draft(role, "block 1" if (role is Role.SENDER) == (given is not None) else "block 2", Part.HEADER)
            draft.bic(bic)
            around.drafts.append(draft)
    return Head(number, sender, receiver, uetr, validation, user)


def _bic(address: str) -> str:
    """Give the BIC of a logical terminal: the ninth character is the terminal's."""
    return address[:8] + address[9:12]


def _divided(fields: Sequence[Field], tag: str) -> tuple[list[Field], list[list[Field]]]:
    """Part the fields that all transactions share from those of each."""
    if not tag:
        return [], [list(fields)]
    common: list[Field] = []
    several: list[list[Field]] = []
    for field in fields:
        if field.tag == tag and not (tag == "20" and not several and field is not fields[0] and not common):
            several.append([field])
        elif several:
            several[-1].append(field)
        else:
            common.append(field)
    return common, several


def _read(fields: Sequence[Field], kind: Message, head: Head) -> Gathered:
    """Gather what some fields say, in their order."""
    found = Gathered()
    roles = words().roles[kind.roles]
    part = Part.TRANSACTION
    for field in fields:
        if head.number in _ROLES_OF_COVER and field.number == "50" and part is Part.TRANSACTION:
            part, roles = Part.UNDERLYING, words().underlying
        _field(field, roles, part, found)
    return found


def _field(field: Field, roles: dict[str, Role], part: Part, found: Gathered) -> None:
    if _ILLEGAL.search(field.text):
        found.doubt(
            "mt-character", f"field {field.tag} holds characters that SWIFT does not carry", field.at, field.text
        )
    texts, unscreened = text_tags(), unscreened_tags()
    role = roles.get(field.tag) or (roles.get(field.number) if field.tag not in texts else None)
    if field.tag in words().accounts:
        draft = Draft(words().accounts[field.tag], field.at, part)
        lines = [line for line in field.text.lstrip("/").split("\n") if line.strip()]
        draft.account(lines[0].strip()) if lines else None
        for line in lines[1:]:
            draft.bic(line.strip())
        if _WORD.search(field.text):
            found.text(field.text, field.at, "identifier")
        found.drafts.append(draft)
    elif role is not None and field.tag not in unscreened:
        at = len(found.drafts)
        draft = party.read(field, role, found)
        draft.part = part
        found.drafts.insert(at, draft)
    elif field.tag in unscreened:
        why, form = unscreened[field.tag]
        if form.fullmatch(field.text) is None:
            found.doubt("mt-form", f"field {field.tag} is no {why}", field.at, field.text)
            found.text(field.text, field.at, "other")
        elif _TWO_WORDS.search(field.text):
            found.text(field.text, field.at, "identifier")
        if field.tag in _REFERENCES:
            found.references.append(Reference(_REFERENCES[field.tag], field.text.strip()[:80]))
    elif field.tag in texts:
        _text(field, texts[field.tag], found)
    else:
        found.text(field.text, field.at, "other")
        found.doubt("mt-tag", f"field {field.tag} is not known", field.at, field.text)


def _text(field: Field, known: tuple[str, int], found: Gathered) -> None:
    kind, width = known
    if any(len(line) > width for line in field.text.split("\n")):
        found.doubt("mt-width", f"a line of field {field.tag} has more than {width} characters", field.at, field.text)
    # `//` goes on with the line before; `/BNF/` says to whom the words speak.
    plain = re.sub(r"\n//", "\n", field.text)
    found.text(_CODEWORD.sub(lambda word: word[0].replace("/", " "), plain), field.at, kind)
    place = words().places.get(field.tag)
    if place is not None:
        text = re.sub(r"^\d{6}", "", field.text).strip()
        if text:
            found.places.append(Place(text, field.at, place))


def _payment(
    parts: Sequence[Gathered], fields: Sequence[Field], head: Head, kind: Message, source: str, row: int
) -> Payment:
    own = together(parts)
    amount, on, problem = _amount(fields, needed=kind.funds.moves or kind.funds is Funds.UNDERTAKING)
    if problem is not None:
        own.problems.append(problem)
    parties = [draft.done() for draft in own.drafts if draft.says_something]
    cover = any(one.part is Part.UNDERLYING for one in parties)
    if kind.funds.moves:
        roles = named(parties)
        if Role.DEBTOR not in roles and kind.roles == "banks" and head.sender:
            debtor = Draft(Role.DEBTOR, "block 1 or 2: no field 52, so the sender")
            debtor.bic(head.sender)
            parties.insert(0, debtor.done())
            roles.add(Role.DEBTOR)
        if Role.CREDITOR not in roles and head.number in {"200", "201"} and head.sender:
            roles.add(Role.CREDITOR)  # the sender's own account at the bank of field 57
        for role in (Role.DEBTOR, Role.CREDITOR):
            if role not in roles:
                own.doubt("no-party", f"no {role.value} is named", "block 4")
    references = tuple(dict.fromkeys(own.references))
    return Payment(
        id=next((one.value for one in references if one.type == "transaction"), "") or f"MT{head.number}/{row}",
        parties=tuple(parties),
        amount=amount,
        on=on,
        source=source,
        row=row,
        problems=tuple(msgspec.structs.replace(one, file=one.file or source) for one in own.problems),
        kind=_kind(head, cover=cover),
        uetr=head.uetr,
        funds=kind.funds,
        references=references,
        texts=tuple(own.texts),
        places=tuple(own.places),
        purposes=tuple(field.text.strip()[:20] for field in fields if field.tag == "26T"),
        rail=Rail(
            clearing_system="fin",
            service_levels=tuple(value for tag, value in head.user if tag == "111"),
            local_instruments=tuple(value for tag, value in head.user if tag in {"103", "119"}),
        ),
        instructed=_instructed(fields, amount),
    )


def _kind(head: Head, *, cover: bool) -> str:
    if not head.number:
        return "mt"
    if head.number in _ROLES_OF_COVER and (cover or head.validation == "COV"):
        return f"mt{head.number}cov"
    return f"mt{head.number}+" if head.validation == "STP" else f"mt{head.number}"


def _amount(fields: Sequence[Field], *, needed: bool) -> tuple[Amount | None, date | None, Problem | None]:
    day = next((field.text.strip()[:6] for field in fields if field.tag == "30"), "")
    field = next((one for tag in _AMOUNT_TAGS for one in fields if one.tag == tag), None)
    if field is None:
        missing = Problem(code="amount", message="no amount is stated", node="block 4", mend=_MEND)
        return None, _day(day), missing if needed else None
    found = _AMOUNT.fullmatch(field.text.strip())
    amount = _value(found[2], found[3]) if found else None
    doubt = None
    if amount is None or found is None:
        doubt = Problem(
            code="amount", message="the amount cannot be read", node=field.at, text=field.text[:80], mend=_MEND
        )
    on = _day((found[1] if found else "") or day)
    if doubt is None and found is not None and found[1] and on is None:
        doubt = Problem(
            code="date", message="the value date is no day", node=field.at, text=field.text[:80], mend=_MEND
        )
    return amount, on, doubt


_MEND: Final = "ask the sender for a correct message, or decide on it by hand"


def _value(currency: str, text: str) -> Amount | None:
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return Amount(value, currency) if currency in currencies() else None


def _day(text: str) -> date | None:
    if re.fullmatch(r"\d{6}", text) is None:
        return None
    year = int(text[:2])
    try:
        return date(2000 + year if year < 80 else 1900 + year, int(text[2:4]), int(text[4:]))
    except ValueError:
        return None


def _instructed(fields: Sequence[Field], amount: Amount | None) -> Amount | None:
    field = next((one for one in fields if one.tag == "33B"), None)
    found = _AMOUNT.fullmatch(field.text.strip()) if field else None
    stated = _value(found[2], found[3]) if found else None
    return stated if stated != amount else None
