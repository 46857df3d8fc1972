"""Statements of a text that lists can bear out: already under sanctions, active in these countries, the number."""

from __future__ import annotations

from collections.abc import Sequence

from interdiction.announcements.accounts import Text
from interdiction.announcements.counts import number_in
from interdiction.announcements.resolve import Changed, ListDay, acts_done
from interdiction.model import Kind
from interdiction.model.order import Checked, Derived, DraftTarget
from interdiction.names import countries


def checked(texts: Sequence[Text], targets: Sequence[DraftTarget], day: ListDay | None) -> list[Checked]:
    """Hold every statement that can be checked against the lists."""
    found: list[Checked] = []
    for text in texts:
        for statement in text.account.statements:
            said = text.cite(statement.words, statement.sentence)
            if statement.about == "already listed":
                found.append(_already(said.sentence, text, targets, day))
            else:
                note = "a superlative: no list can tell"
                found.append(Checked(statement.about, said, None, note))
        if text.account.places:
            found.append(_places(text, day))
    return found


def _already(sentence: int, text: Text, targets: Sequence[DraftTarget], day: ListDay | None) -> Checked:
    statement = next(
        one for one in text.account.statements if one.sentence == sentence and one.about == "already listed"
    )
    said = text.cite(statement.words, sentence)
    if day is None:
        return Checked(statement.about, said, None, "no edition to hold it against")
    meant = _meant(sentence, text, targets, day)
    if not meant:
        return Checked(statement.about, said, None, "nobody that it could be about is resolved")
    before = [one for one in meant if one.before]
    told = "; ".join(f"{one.listing.id} under {', '.join(one.before)} since {one.since}" for one in before)
    missing = [one.listing.id for one in meant if not one.before]
    note = told if not missing else f"{told}; not before: {', '.join(missing)}".removeprefix("; ")
    return Checked(statement.about, said, not missing, note, tuple(one.listing.id for one in meant))


def _meant(sentence: int, text: Text, targets: Sequence[DraftTarget], day: ListDay) -> list[Changed]:
    """Give those whom the statement is about: the targets of the act in front of it, named or proposed."""
    acts = [act for act in text.account.acts if act.sentence <= sentence and (act.targets or act.counts)]
    if not acts:
        return []
    number = number_in(text.words(sentence))
    counted = [act for act in acts if any(count.number == number for count in act.counts)]
    last = (counted or acts)[-1]
    words = {target.words.value for target in last.targets}
    here = [one for one in targets if any(cited.file == text.account.file for cited in one.said)]
    listings = {listing for one in here if one.name in words for listing in one.listings}
    names = {cited.value for one in here for cited in one.said if one.name in words or cited.value in words}
    listings |= {listing for one in here if {cited.value for cited in one.said} & names for listing in one.listings}
    kinds = {count.kind for count in last.counts if count.number == number}
    return [one for one in day.changed if one.listing.id in listings and (not kinds or one.listing.party.kind in kinds)]


def _places(text: Text, day: ListDay | None) -> Checked:
    said = text.cite(text.account.places[0])
    names = [countries.name(place.value) for place in text.account.places]
    about = f"active in {', '.join(names)}"
    if day is None:
        return Checked(about, said, None, "no edition to hold it against")
    people = [one for one in day.of_kind(Kind.PERSON) if one.how == "added"]
    borne: list[str] = []
    seen: set[str] = set()
    for one in people:
        titles = " ".join((*one.listing.party.titles, *one.listing.party.functions, one.listing.remarks or ""))
        here = {name for name in names if name.casefold() in titles.casefold()}
        if here:
            borne.append(one.listing.id)
            seen |= here
    if not people:
        return Checked(about, said, None, "nobody was added that day")
    missing = [name for name in names if name not in seen]
    note = f"borne out by the titles of {len(borne)} of the {len(people)} persons added"
    if missing:
        note += f"; no title names {', '.join(missing)}"
    return Checked(about, said, not missing, note, tuple(borne))


def instrument(texts: Sequence[Text], day: ListDay | None) -> Derived | None:
    """Give the legal act: its number from the text, else derived from the programme of what changed that day."""
    cited = [text.cite(act.instrument) for text, act in acts_done(texts) if act.instrument]
    cited = cited or [text.cite(one) for text in texts for one in text.account.instruments]
    numbered = [one for one in cited if any(letter.isdigit() for letter in one.value)]
    if numbered:
        values = list(dict.fromkeys(one.value for one in numbered))
        return Derived("; ".join(values), "read from the text", tuple(numbered))
    kind = cited[0].value if cited else ""
    if day is None:
        return Derived(kind, "the text gives no number", tuple(cited)) if kind else None
    tags = list(dict.fromkeys(tag for one in day.changed for tag in one.programmes))
    acts = list(dict.fromkeys(day.authorities[tag] for tag in tags if tag in day.authorities))
    if not acts or (not kind and not any(act.kind.value == "designate" for text in texts for act in text.account.acts)):
        return Derived(kind, "the text gives no number", tuple(cited)) if kind else None
    how = f"derived from the list: {day.edition} brought the programme {', '.join(tags)}; the text gives no number"
    return Derived("; ".join(acts), how, tuple(cited))
