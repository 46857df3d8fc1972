"""What of a question could not be used, said beside its answer: a party is screened on what remains of it."""

from __future__ import annotations

from collections.abc import Iterator

from interdiction.model import Grade, Party, Problem, contradict
from interdiction.model.identifier_types import TYPES
from interdiction.names import countries, forms


def problems(party: Party) -> tuple[Problem, ...]:
    """Name what is missing, malformed or contradictory in a party. Nothing of it stops the screening."""
    return (*_names(party), *_births(party), *_countries(party), *_identifiers(party))


def nothing(party: Party) -> bool:
    """Tell whether there is nothing to screen by: no readable name and no identifier."""
    return not party.identifiers and not _readable(party)


def _readable(party: Party) -> bool:
    return any(letter.isalnum() for name in party.names for letter in name.text)


def _names(party: Party) -> Iterator[Problem]:
    if not _readable(party):
        yield Problem(
            code="no-name",
            message="there is no name: screened by identifiers alone"
            if party.identifiers
            else "there is no name and no identifier: nothing was screened",
            node="name",
            expected="a name with a letter or a digit",
            mend="give the party its name",
        )


def _births(party: Party) -> Iterator[Problem]:
    if contradict(party.birth_dates):
        stated = ", ".join(map(str, party.birth_dates))
        yield Problem(
            code="several-dates",
            message=f"the birth dates {stated} cannot all be right; each is compared, the best fit counts",
            grade=Grade.PUBLISHED,
            node="birth_dates",
            text=stated,
            expected="one date of birth",
            mend="find out which is right: a wrong one beside it can hide no hit, but may raise one",
        )


def _countries(party: Party) -> Iterator[Problem]:
    stated = (*party.nationalities, *party.citizenships, *party.residences, *party.countries)
    for text in dict.fromkeys(stated):
        if text.lower() not in countries.known():
            yield Problem(
                code="country",
                message=f"no country has the code {text[:40]!r}; it is not compared",
                node="countries",
                text=text[:80],
                expected="an ISO 3166-1 code such as kp",
                mend="give its two-letter code",
            )


def _identifiers(party: Party) -> Iterator[Problem]:
    for one in party.identifiers:
        said = forms.sentence(one.type, one.value, one.country)
        if said:
            yield malformed(said, one.type, one.value)
        if one.type not in TYPES:
            yield unknown_type(one.type)


def unknown_type(word: str, *, file: str = "", line: int = 0) -> Problem:
    """Give the problem of a type of identifier that no list knows: a slip (pasport) leaves the number weaker."""
    return Problem(
        code="identifier-type",
        message=f"no list has numbers of a type {word[:40]!r}; the value was compared with numbers of other types",
        grade=Grade.PUBLISHED,
        file=file,
        line=line,
        node=word[:80],
        expected="a word of docs/identifiers.md, such as passport or tax_id",
        mend="write the type as the lists call it, or other",
    )


def malformed(said: str, node: str, text: str, *, file: str = "", line: int = 0) -> Problem:
    """Give the problem of an identifier whose form is wrong; nothing of it is lost."""
    return Problem(
        code="identifier-form",
        message=said,
        grade=Grade.PUBLISHED,
        file=file,
        line=line,
        node=node,
        text=text[:80],
        mend="check the number against the document; the party was screened all the same",
    )
