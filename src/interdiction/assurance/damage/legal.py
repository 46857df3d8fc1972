"""Legal forms of organisations left out, written otherwise or added.

The table is its own and small on purpose: were it the core's, a form that the core does not know would go untested.
"""

from __future__ import annotations

from interdiction.assurance.damage.letters import Draws, Words

OTHERWISE = (
    ("limited liability company", "llc"),
    ("limited liability company", "ooo"),
    ("llc", "ooo"),
    ("llc", "l.l.c."),
    ("co ltd", "company limited"),
    ("ltd", "limited"),
    ("gmbh", "gesellschaft mit beschraenkter haftung"),
    ("sarl", "s.a.r.l."),
    ("joint stock company", "jsc"),
    ("open joint stock company", "ojsc"),
    ("public joint stock company", "pjsc"),
    ("jsc", "ao"),
    ("ojsc", "oao"),
    ("pjsc", "pao"),
    ("plc", "public limited company"),
    ("corp", "corporation"),
    ("inc", "incorporated"),
    ("co", "company"),
    ("sa", "s.a."),
    ("bv", "b.v."),
    ("fze", "free zone establishment"),
)
"""One form in two spellings, either of which may stand at the end of a name for the other."""
_FORMS = sorted({form for pair in OTHERWISE for form in pair if "." not in form}, key=lambda form: (-len(form), form))
_ADDED = ("ltd", "llc", "inc", "co ltd", "gmbh", "sa")


def left_out(words: Words, _: Draws) -> Words | None:
    """Leave the legal form at the end out; two words must remain."""
    form = _form_of(words)
    rest = words[: -len(form.split())] if form else words
    return rest if form and len(rest) > 1 else None


def otherwise(words: Words, chance: Draws) -> Words | None:
    """Write the legal form at the end in another way."""
    form = _form_of(words)
    if form is None or len(words) == len(form.split()):
        return None
    others = [b if a == form else a for a, b in OTHERWISE if form in {a, b}]
    return [*words[: -len(form.split())], *chance.choice(others).split()]


def added(words: Words, chance: Draws) -> Words | None:
    """Add a legal form to a name of two words or more that ends in none."""
    if _form_of(words) is not None or len(words) < 2:
        return None
    return [*words, *chance.choice(_ADDED).split()]


def _form_of(words: Words) -> str | None:
    text = " ".join(words)
    return next((form for form in _FORMS if text.endswith(f" {form}")), None)
