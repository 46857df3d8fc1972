//! The facts that could decide about a pair and are not known: absence never lowers, and a reviewer must see it.

use crate::facts::{Facts, Kind};
use crate::judge::explain::{FactLine, Said};
use crate::judge::{Effect, FactKind};

/// A line for the date of birth of people, and one for identifiers, where nothing could be compared.
///
/// `not_ours` has their value and `not_theirs` ours; `not_comparable` are numbers of different types or countries.
pub(super) fn add<'a>(lines: &mut Vec<FactLine<'a>>, spoken: &[Effect], ours: &'a Facts, theirs: &'a Facts) {
    let spoke = |kind: FactKind| spoken.iter().any(|effect| effect.fact.kind == kind);
    let mut add = |kind: FactKind, ours: Option<Said<'a>>, theirs: Option<Said<'a>>| {
        let finding = match (&ours, &theirs) {
            (None, None) => "neither",
            (None, Some(_)) => "not_ours",
            (Some(_), None) => "not_theirs",
            (Some(_), Some(_)) => "not_comparable",
        };
        let (ours, theirs) = (ours.unwrap_or(Said::NOTHING), theirs.unwrap_or(Said::NOTHING));
        lines.push(FactLine { kind: kind.word(), finding, ours, theirs, effect: 0.0 });
    };
    let person = |facts: &Facts| facts.kind == Some(Kind::Person) || !facts.births.is_empty();
    if (person(ours) || person(theirs)) && !spoke(FactKind::BirthDate) {
        let born = |facts: &'a Facts| facts.births.first().map(|birth| Said::Birth(*birth));
        add(FactKind::BirthDate, born(ours), born(theirs));
    }
    if !spoke(FactKind::Identifier) {
        let bears = |facts: &'a Facts| facts.identifiers.first().map(Said::Identifier);
        add(FactKind::Identifier, bears(ours), bears(theirs));
    }
}
