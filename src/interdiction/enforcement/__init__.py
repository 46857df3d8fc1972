"""From hits, measures and position to what must be done: pure rules, no input or output.

`load_policy` reads who the institution is and which hits a rule may confirm, `find` gives a hit its outcome,
`decide_payment` and `decide_customer` say what happens, `marginal` what a change of lists did. The rule table stands
in `data/dispositions.yml` and is printed in `docs/enforcement.md`.
"""

from interdiction.enforcement.bond import Bond
from interdiction.enforcement.consequence import decide_customer
from interdiction.enforcement.disposition import decide_payment
from interdiction.enforcement.marginal import Effect, Marginal, Under, marginal
from interdiction.enforcement.outcome import Finding, find, outcome
from interdiction.enforcement.policy import Institution, Policy, load_policy
from interdiction.enforcement.table import ConfirmedBy

__all__ = [
    "Bond",
    "ConfirmedBy",
    "Effect",
    "Finding",
    "Institution",
    "Marginal",
    "Policy",
    "Under",
    "decide_customer",
    "decide_payment",
    "find",
    "load_policy",
    "marginal",
    "outcome",
]
