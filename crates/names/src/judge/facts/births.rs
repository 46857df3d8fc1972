//! Dates of birth with the precision they have: the best of all pairs speaks.

use crate::facts::Birth;
use crate::judge::facts::{FactFinding, FactKind, Finding};
use crate::judge::weights::FactWeights;
use std::fmt;

const KIND: FactKind = FactKind::BirthDate;
/// Days from which two dates count as two years apart: twice 365, so that leap years never make it later.
const TWO_YEARS: i64 = 730;
const TEN_YEARS: i64 = 3652;
const YEAR: f64 = 365.25;

/// The finding of the pair that agrees best, else conflicts least.
pub fn compare(ours: &[Birth], theirs: &[Birth], w: &FactWeights) -> Option<FactFinding> {
    let mut best: Option<FactFinding> = None;
    for (i, a) in ours.iter().enumerate() {
        for (j, b) in theirs.iter().enumerate() {
            let now = pair(*a, *b, (i, j), w);
            if best.as_ref().is_none_or(|was| (now.gain - now.loss) > (was.gain - was.loss)) {
                best = Some(now);
            }
        }
    }
    best
}

fn pair(a: Birth, b: Birth, at: (usize, usize), w: &FactWeights) -> FactFinding {
    let known = |birth: Birth| birth.first == birth.last && !birth.circa;
    let apart = distance(a, b);
    if known(a) && known(b) {
        if a.first == b.first {
            let mut finding = FactFinding::gains(KIND, Finding::Equal, at, w.birth_equal);
            finding.specific = true;
            return finding;
        }
        let (x, y) = (days_of(a.first), days_of(b.first));
        if x.0 == y.0 && (x.1, x.2) == (y.2, y.1) {
            return FactFinding::gains(KIND, Finding::Swapped, at, w.birth_swapped);
        }
        if one_digit(x, y) {
            return FactFinding::loses(KIND, Finding::Slip, at, w.birth_slip);
        }
        if x.0 == y.0 {
            return FactFinding::loses(KIND, Finding::SameYear, at, w.birth_same_year);
        }
        if apart < TWO_YEARS {
            return FactFinding::loses(KIND, Finding::Near, at, w.birth_near);
        }
        // Who knows only the year writes 1 January: such a day decides nothing while the years are near.
        if apart < TEN_YEARS && [x, y].iter().any(|(_, month, day)| (*month, *day) == (1, 1)) {
            return FactFinding::loses(KIND, Finding::Conflict, at, w.birth_vague);
        }
        let loss = if apart >= TEN_YEARS { w.birth_farther } else { w.birth_far };
        let mut finding = FactFinding::loses(KIND, Finding::Conflict, at, loss);
        finding.decisive = true;
        return finding;
    }
    if apart == 0 {
        let finding = if a.circa || b.circa { Finding::Circa } else { Finding::Within };
        let gain = if a.circa || b.circa { w.birth_circa } else { w.birth_within };
        return FactFinding::gains(KIND, finding, at, gain);
    }
    let allowed = if a.circa || b.circa { (w.circa_years * YEAR) as i64 } else { 0 };
    if apart <= allowed {
        return FactFinding::gains(KIND, Finding::Circa, at, w.birth_circa);
    }
    if apart < TWO_YEARS {
        return FactFinding::loses(KIND, Finding::Near, at, w.birth_near);
    }
    FactFinding::loses(KIND, Finding::Conflict, at, w.birth_vague)
}

/// Days between two intervals; 0 when they share a day.
fn distance(a: Birth, b: Birth) -> i64 {
    let (a_first, a_last) = (i64::from(a.first), i64::from(a.last));
    let (b_first, b_last) = (i64::from(b.first), i64::from(b.last));
    (b_first - a_last).max(a_first - b_last).max(0)
}

/// Year, month and day of a day counted from 1970-01-01 (proleptic Gregorian calendar).
pub fn days_of(day: i32) -> (i64, u32, u32) {
    let shifted = i64::from(day) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = (of_year - (153 * month_from_march + 2) / 5 + 1) as u32;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u32;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

fn one_digit(a: (i64, u32, u32), b: (i64, u32, u32)) -> bool {
    let number = |(year, month, day): (i64, u32, u32)| year.rem_euclid(10_000) * 10_000 + i64::from(month * 100 + day);
    let (mut a, mut b) = (number(a), number(b));
    let mut differ = 0;
    for _ in 0..8 {
        differ += u8::from(a % 10 != b % 10);
        (a, b) = (a / 10, b / 10);
    }
    differ == 1
}

/// Reads the text forms of the model: `1962-02-18`, `1962-02`, `1962`, `~1947`, `1946/1948`. `None` for anything else.
pub fn birth(text: &str) -> Option<Birth> {
    let text = text.trim();
    let (text, circa) = text.strip_prefix('~').map_or((text, false), |rest| (rest, true));
    let (head, tail) = text.split_once('/').map_or((text, text), |both| both);
    let (first, last) = (bounds(head)?.0, bounds(tail)?.1);
    (first <= last).then_some(Birth { first, last, circa })
}

/// The text form of the model, with the precision the date has.
pub fn birth_text(birth: Birth) -> String {
    let mut text = String::new();
    // A string refuses nothing.
    let _ = write_birth(birth, &mut text);
    text
}

/// Writes the text form of the model, with the precision the date has.
pub fn write_birth(birth: Birth, out: &mut dyn fmt::Write) -> fmt::Result {
    if birth.circa {
        out.write_str("~")?;
    }
    if birth.first == birth.last {
        return write_day(days_of(birth.first), 3, out);
    }
    let (first, last) = (days_of(birth.first), days_of(birth.last));
    let opens = first.2 == 1;
    let closes = days_of(birth.last.saturating_add(1)).2 == 1;
    if opens && closes && (first.0, first.1) == (last.0, last.1) {
        write_day(first, 2, out)
    } else if opens && closes && first.1 == 1 && last.1 == 12 {
        write_day(first, 1, out)?;
        if first.0 == last.0 {
            return Ok(());
        }
        out.write_str("/")?;
        write_day(last, 1, out)
    } else {
        write_day(first, 3, out)?;
        out.write_str("/")?;
        write_day(last, 3, out)
    }
}

/// Year, or year and month, or all three `parts`.
fn write_day((year, month, day): (i64, u32, u32), parts: usize, out: &mut dyn fmt::Write) -> fmt::Result {
    if !(0..=9999).contains(&year) {
        write!(out, "{year:04}")?;
        let rest = [month, day];
        return rest.iter().take(parts - 1).try_for_each(|part| write!(out, "-{part:02}"));
    }
    // By hand: most of what is shown of a fact is a date.
    let digit = |value: u32| b'0' + (value % 10) as u8;
    let year = year as u32;
    let text = [
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
    ];
    let length = [4, 7, 10][parts.clamp(1, 3) - 1];
    out.write_str(std::str::from_utf8(&text[..length]).unwrap_or_default())
}

/// First and last day of `1962`, `1962-02` or `1962-02-18`.
fn bounds(text: &str) -> Option<(i32, i32)> {
    let text = text.trim().as_bytes();
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
    };
    let year = number(text.get(..4)?).filter(|year| *year > 0)?;
    let month = match text.len() {
        4 => None,
        7 | 10 if text[4] == b'-' => Some(number(&text[5..7]).filter(|month| (1..=12).contains(month))?),
        _ => return None,
    };
    let Some(month) = month else {
        return Some((day_of(year, 1, 1), day_of(year, 12, 31)));
    };
    let most = month_days(year, month);
    if text.len() == 7 {
        return Some((day_of(year, month, 1), day_of(year, month, most)));
    }
    let day = number(&text[8..10]).filter(|day| text[7] == b'-' && (1..=most).contains(day))?;
    Some((day_of(year, month, day), day_of(year, month, day)))
}

fn month_days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day counted from 1970-01-01.
fn day_of(year: u32, month: u32, day: u32) -> i32 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let from_march = i64::from((month + 9) % 12);
    let of_year = (153 * from_march + 2) / 5 + i64::from(day) - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    days as i32
}
