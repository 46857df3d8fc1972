//! Names nobody bears, and lists and books made to be slow: an exact answer, or one that says it was cut.

use crate::oracle::bulk::Bulk;
use crate::oracle::Oracle;
use crate::world::{bytes_of, weights};
use names::index::Index;
use names::normalise::{analyse, Analysed, Side, MAX_TEXT};
use names::retrieve::{score_of, Scratch, Work};

fn read(texts: &[String], side: Side) -> Vec<Analysed> {
    texts.iter().map(|text| analyse(text, side)).collect()
}

/// Every answer is the defined one, and says so when a limit cut the name; what each query cost.
fn exact(listed: &[String], asked: &[String], tau: f64) -> Vec<Work> {
    let (list, queries) = (read(listed, Side::List), read(asked, Side::Query));
    let index = Index::from_bytes(&bytes_of(&list, &weights())).unwrap();
    let oracle = Oracle::new(&list, &weights());
    let bulk = Bulk::new(&list, &oracle);
    let (mut scratch, mut found) = (Scratch::new(), Vec::new());
    let mut all = Vec::new();
    for (query, text) in queries.iter().zip(asked) {
        let work = index.retrieve(query, score_of(tau), &mut scratch, &mut found);
        assert_eq!(work.truncated, query.truncated);
        found.sort_by_key(|candidate| candidate.name);
        let ours: Vec<(u32, u32)> = found.iter().map(|candidate| (candidate.name, candidate.score)).collect();
        let scores = (0..).zip(bulk.scores(query));
        let defined: Vec<(u32, u32)> = scores.filter(|(_, score)| *score >= score_of(tau)).collect();
        assert_eq!(ours, defined, "{} characters, {:?}...", text.len(), text.chars().take(40).collect::<String>());
        all.push(work);
    }
    all
}

fn ordinary() -> Vec<String> {
    let names = ["KIM Yong Chol", "Al-Haramain Foundation", "A.T.E. International Ltd.", "Vladimir Putin", "SPARTA IV"];
    names.map(str::to_owned).into()
}

/// Each is listed and asked for.
fn odd() -> Vec<String> {
    let mut names: Vec<String> =
        ["", " ", "a", "7", "ß", "한", "\u{0}", "\u{202e}", "\u{200b}", "\u{feff}", "ﷺ", "𝕂𝕚𝕞"]
            .map(str::to_owned)
            .into();
    for sign in
        ["a", "7", ".", "-", "'", "&", "😀", "\u{301}", "\u{200d}", "\u{202e}", "\u{0}", "한", "金", "ب", "ﷺ", "К"]
    {
        names.push(sign.repeat(2));
        names.push(sign.repeat(100_000));
        names.push(vec![sign; 1000].join(" "));
        names.push(format!("KIM{sign}Yong{sign}Chol"));
    }
    names.push("a b c d e f g h i j ".repeat(100));
    names.push((0..1000).map(|number| format!("name{number}")).collect::<Vec<_>>().join(" "));
    names.push("KIM Yong Chol ".repeat(400));
    names.push("e\u{301}\u{302}\u{303}".repeat(25_000));
    names.push("👨\u{200d}👩\u{200d}👧 Kim 🇰🇵".to_owned());
    names
}

#[test]
fn odd_names_are_answered_exactly_or_reported_as_cut() {
    let mut listed = ordinary();
    listed.extend(odd());
    exact(&listed, &listed, 0.5);
}

#[test]
fn a_name_over_a_limit_is_reported_and_still_found_as_itself() {
    let listed: Vec<String> = odd().into_iter().filter(|text| text.len() > MAX_TEXT).collect();
    let (list, queries) = (read(&listed, Side::List), read(&listed, Side::Query));
    let index = Index::from_bytes(&bytes_of(&list, &weights())).unwrap();
    let mut found = Vec::new();
    for (number, query) in queries.iter().enumerate() {
        assert!(query.truncated);
        index.retrieve(query, score_of(0.9), &mut Scratch::new(), &mut found);
        let itself = found.iter().any(|candidate| candidate.name as usize == number);
        assert_eq!(itself, !query.forms.is_empty(), "{:?}", listed[number].chars().take(20).collect::<String>());
    }
}

#[test]
fn what_cannot_be_seen_changes_no_answer() {
    let list = read(&ordinary(), Side::List);
    let index = Index::from_bytes(&bytes_of(&list, &weights())).unwrap();
    let (mut expected, mut found) = (Vec::new(), Vec::new());
    for name in ordinary() {
        index.retrieve(&analyse(&name, Side::Query), score_of(0.3), &mut Scratch::new(), &mut expected);
        for sign in ["\u{0}", "\u{1f}", "\u{ad}", "\u{200b}", "\u{200e}", "\u{202e}", "\u{2066}", "\u{feff}"] {
            let spelt = name.split("").collect::<Vec<_>>().join(sign);
            index.retrieve(&analyse(&spelt, Side::Query), score_of(0.3), &mut Scratch::new(), &mut found);
            assert_eq!(found, expected, "{name} with {}", sign.escape_unicode());
        }
    }
}

#[test]
fn letters_of_another_script_that_look_alike_hide_nobody() {
    let list = read(&ordinary(), Side::List);
    let index = Index::from_bytes(&bytes_of(&list, &weights())).unwrap();
    let mut found = Vec::new();
    for (spelt, name) in [("Vlаdimir Рutin", 3), ("VLΑDIMIR PUTΙN", 3), ("ЅРАRТА IV", 4), ("КIМ Yоng Сhоl", 0)]
    {
        index.retrieve(&analyse(spelt, Side::Query), score_of(0.9), &mut Scratch::new(), &mut found);
        assert_eq!(found.first().map(|candidate| candidate.name), Some(name), "{spelt}");
    }
}

/// Every word of `letters`^`length`.
fn words(letters: &str, length: u32) -> Vec<String> {
    let letters: Vec<char> = letters.chars().collect();
    let word = |mut number: usize| {
        let mut text = String::new();
        for _ in 0..length {
            text.push(letters[number % letters.len()]);
            number /= letters.len();
        }
        text
    };
    (0..letters.len().pow(length)).map(word).collect()
}

#[test]
fn lists_made_to_be_slow_are_answered_exactly() {
    // A bucket of deletions that everything falls into: each word is two edits from hundreds of others.
    let crowded = words("ab", 9);
    exact(&crowded, &crowded[200..204], 0.5);
    // One sound for all: the consonants are the same and only the vowels differ.
    let vowels = words("aeiou", 3);
    let alike: Vec<String> = vowels.iter().map(|v| format!("m{}h{}m{}d", &v[..1], &v[1..2], &v[2..])).collect();
    exact(&alike, &alike[..4], 0.5);
    // Nothing but initials, asked for by initials: no word to begin with.
    let initials: Vec<String> =
        words("abcdefgh", 3).iter().map(|word| word.split("").collect::<Vec<_>>().join(" ")).collect();
    exact(&initials, &["a. b. c.".to_owned(), "A B C D E F G H".to_owned(), "Adam B. C.".to_owned()], 0.5);
    // Joins without end: every neighbour of every token is a word of the other side.
    let joins: Vec<String> =
        (1..60).map(|count| "ab ba ".repeat(count % 15 + 1) + &"abba ".repeat(count / 4)).collect();
    exact(&joins, &joins[20..26], 0.5);
    // The most common word of the list again and again, and with one word that sets each apart.
    let common: Vec<String> = (0..800).map(|number| format!("mohamed ali mohamed {}", number % 40)).collect();
    exact(&common, &["mohamed".to_owned(), "ali mohamed".to_owned(), "mohamed ".repeat(31)], 0.3);
}
