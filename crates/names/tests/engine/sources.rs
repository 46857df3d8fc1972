//! Real names from the lists beside the repository, in many scripts, and what becomes of them on the way to us.

use std::path::{Path, PathBuf};

/// The real lists beside the repository; absent ones are said, not passed over.
pub fn data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if !folder.is_dir() {
        println!("skipped: the real lists are not beside this checkout ({})", folder.display());
        return None;
    }
    Some(folder)
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned()
}

/// One column of a comma-separated file with quotes.
pub fn column(path: &Path, wanted: usize) -> Vec<String> {
    let mut values = Vec::new();
    for line in read(path).lines() {
        let (mut field, mut at, mut quoted) = (String::new(), 0, false);
        for letter in line.chars().chain([',']) {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted => {
                    if at == wanted && !field.trim().is_empty() {
                        values.push(field.trim().to_owned());
                    }
                    field.clear();
                    at += 1;
                }
                other => field.push(other),
            }
        }
    }
    values
}

/// What stands between the tags of one name in the UN's file.
fn tagged(path: &Path, tag: &str) -> Vec<String> {
    let text = read(path);
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    let content = |piece: &str| Some(piece.split_once(&close)?.0.trim().to_owned());
    text.split(&open).skip(1).filter_map(content).filter(|name| !name.is_empty()).collect()
}

/// `count` of the values, evenly taken.
pub fn every(values: &[String], count: usize, offset: usize) -> impl Iterator<Item = &String> {
    values.iter().skip(offset).step_by((values.len() / count.max(1)).max(1)).take(count)
}

/// Names as they are listed: OFAC with its aliases, the UN with its original scripts, surnames and forenames in the
/// letters of their countries, and the same tokens in Latin, Arabic, Han, Hebrew, kana, Hangul and Cyrillic letters.
pub fn listed(data: &Path) -> Vec<String> {
    let mut names = column(&data.join("ofac/2023-12-28/sdn.csv"), 1);
    names.extend(column(&data.join("ofac/2023-12-28/alt.csv"), 3));
    let un = data.join("un/UN_2026-01-28.xml");
    for tag in ["NAME_ORIGINAL_SCRIPT", "ALIAS_NAME", "FIRST_NAME"] {
        names.extend(tagged(&un, tag));
    }
    names.extend(local(data));
    names
}

/// Names in scripts other than the Latin, a family name and a given name together.
pub fn local(data: &Path) -> Vec<String> {
    let families = column(&data.join("names/common-surnames-by-country.csv"), 4);
    let given = column(&data.join("names/common-forenames-by-country.csv"), 10);
    let of = |place: usize| (families.get(place), given.get(place * given.len() / families.len().max(1)));
    let pairs = (0..families.len()).filter_map(|place| match of(place) {
        (Some(family), Some(given)) => Some(format!("{given} {family}")),
        _ => None,
    });
    let mut names: Vec<String> = pairs.collect();
    for script in ["arabic", "chinese", "hebrew", "japanese", "korean", "russian"] {
        let table = read(&data.join(format!("labelled/transliteration/{script}.tsv")));
        let words = table.lines().filter_map(|line| Some(line.split('\t').nth(1)?.replace(' ', "")));
        let words: Vec<String> = words.collect();
        names.extend(words.chunks(2).map(|pair| pair.join(" ")));
    }
    names
}

/// Fourteen kinds of damage; the number says which.
pub fn damaged(name: &str, kind: usize) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let letters: Vec<char> = name.chars().collect();
    let middle = letters.len() / 2;
    let with = |at: usize, change: &str| {
        let (before, after) = (&letters[..at.min(letters.len())], letters.get(at + 1..).unwrap_or_default());
        before.iter().collect::<String>() + change + &after.iter().collect::<String>()
    };
    match kind % 14 {
        0 => name.replace([' ', '-'], ""),
        1 => words.iter().rev().skip(1).rev().copied().collect::<Vec<_>>().join(" "),
        2 => name.replacen(['a', 'A'], "e", 2),
        3 => words.iter().rev().copied().collect::<Vec<_>>().join(" "),
        4 => with(middle, ""),
        5 => with(middle, "x"),
        6 => with(middle, " "),
        7 => with(middle, "\u{0}\u{200b}"),
        8 => words.iter().map(|word| word.chars().take(1).collect::<String>() + ".").collect::<Vec<_>>().join(" "),
        9 => {
            let first = words.iter().take(1).filter_map(|word| word.chars().next()).map(|letter| format!("{letter}."));
            first.chain(words.iter().skip(1).map(|word| (*word).to_owned())).collect::<Vec<_>>().join(" ")
        }
        10 => words.iter().flat_map(|word| [*word, *word]).collect::<Vec<_>>().join(" "),
        11 => words.iter().step_by(2).copied().collect::<Vec<_>>().join(" "),
        12 => words.chunks(2).map(<[&str]>::concat).collect::<Vec<_>>().join(" "),
        _ => name.replace('o', "0").replace('i', "1").replace("kh", "h").replace("ee", "i").replace("ou", "u"),
    }
}

/// What is asked: innocents of many countries, labelled pairs, local names, listed names as they are and damaged.
pub fn asked(data: &Path, count: usize) -> Vec<String> {
    let listed = listed(data);
    let kinds = [
        listed.clone(),
        column(&data.join("labelled/innocent_global.csv"), 0),
        column(&data.join("labelled/innocent_us.csv"), 0),
        column(&data.join("labelled/un_persons_altered.csv"), 0),
        column(&data.join("labelled/name_pairs.csv"), 2),
        column(&data.join("labelled/alias_pairs.csv"), 1),
        column(&data.join("uk/UK_ConList_2018-04-13.csv"), 0),
        local(data),
    ];
    let each = count / 20;
    let mut sets: Vec<Vec<String>> = kinds.iter().map(|names| every(names, each, 3).cloned().collect()).collect();
    for kind in 0..14 {
        let of = every(&listed, each, 5 + kind).map(|name| damaged(name, kind));
        sets.push(of.collect());
    }
    // One of each kind after another, so that any beginning holds all of them.
    (0..each).flat_map(|at| sets.iter().filter_map(move |set| set.get(at).cloned())).collect()
}
