//! Countries: a mild voice either way, never the deciding one, since people move and lists know little.

use crate::facts::Facts;
use crate::judge::facts::{FactFinding, FactKind, Finding, Findings};
use crate::judge::weights::FactWeights;

/// Nationalities against nationalities, then any tie against any tie.
///
/// A nationality that the other side names only as a residence is an agreement of countries, and
/// then the nationalities are not called a conflict.
pub fn compare(ours: &Facts, theirs: &Facts, w: &FactWeights, found: &mut Findings) {
    let nationality = meet(&ours.nationalities, &theirs.nationalities);
    if let Some(at) = nationality {
        found.push(FactFinding::gains(FactKind::Nationality, Finding::Equal, at, w.nationality_equal));
    }
    // Any tie against any tie, but for nationality against nationality, which has spoken already.
    let (ours_first, theirs_first) = (ours.nationalities.len(), theirs.nationalities.len());
    let at = ties(ours).enumerate().find_map(|(i, a)| {
        let fits = |(j, b): (usize, &str)| &**a == b && (i >= ours_first || j >= theirs_first);
        ties(theirs).map(|tie| &**tie).enumerate().position(fits).map(|j| (i, j))
    });
    if let Some(at) = at {
        // Beside a shared nationality a shared residence says little more.
        found.push(FactFinding::gains(FactKind::Country, Finding::Equal, at, w.country_equal));
        return;
    }
    if nationality.is_some() {
        return;
    }
    if !ours.nationalities.is_empty() && !theirs.nationalities.is_empty() {
        found.push(FactFinding::loses(FactKind::Nationality, Finding::Conflict, (0, 0), w.nationality_conflict));
    } else if known(ours) && known(theirs) {
        found.push(FactFinding::loses(FactKind::Country, Finding::Conflict, (0, 0), w.country_conflict));
    }
}

fn known(facts: &Facts) -> bool {
    !facts.nationalities.is_empty() || !facts.countries.is_empty()
}

fn meet(ours: &[Box<str>], theirs: &[Box<str>]) -> Option<(usize, usize)> {
    ours.iter().enumerate().find_map(|(i, a)| theirs.iter().position(|b| !a.is_empty() && a == b).map(|j| (i, j)))
}

/// Every country of a party: nationalities first.
pub fn ties(facts: &Facts) -> impl Iterator<Item = &Box<str>> {
    facts.nationalities.iter().chain(&facts.countries)
}
