//! The weights of the package for tests: the plain part of YAML that our two files use, read into JSON.

use names::weights::Weights;
use std::fmt::Write;
use std::path::Path;

pub fn weights() -> Weights {
    Weights::from_json(json().as_bytes()).expect("the package's weights are sound")
}

pub fn json() -> String {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/interdiction/data");
    let read = |name: &str| std::fs::read_to_string(data.join(name)).expect("the package's data");
    let mut judge = mapping(&read("weights.yml"));
    let common = words(&read("common_words.yml"));
    let end = judge.rfind("}}").expect("the judge comes last");
    judge.insert_str(end, &format!(", \"common\": {common}"));
    judge
}

/// Nested `key: value` lines by indentation, comments dropped.
fn mapping(text: &str) -> String {
    let mut out = String::from("{");
    let mut depth = 0;
    let mut first = true;
    for line in text.lines() {
        let plain = line.split(" #").next().unwrap_or_default().trim_end();
        let (key, value) = match plain.trim_start().split_once(':') {
            Some((key, value)) if !key.starts_with('#') => (key, value.trim()),
            _ => continue,
        };
        let level = (plain.len() - plain.trim_start().len()) / 2;
        while depth > level {
            out.push('}');
            depth -= 1;
            first = false;
        }
        let comma = if first { "" } else { ", " };
        first = value.is_empty();
        depth += usize::from(first);
        let opened = if first { "{" } else { value };
        write!(out, "{comma}\"{key}\": {opened}").expect("a string takes all");
    }
    out.push_str(&"}".repeat(depth + 1));
    out
}

/// `key: >-` blocks of words as lists.
fn words(text: &str) -> String {
    let mut lists: Vec<(String, Vec<String>)> = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        if let Some(key) = line.strip_suffix(": >-") {
            lists.push((key.to_owned(), Vec::new()));
        } else if line.starts_with("  ") {
            let list = lists.last_mut().expect("words follow a key");
            list.1.extend(line.split_whitespace().map(|word| format!("\"{word}\"")));
        }
    }
    let lists: Vec<String> = lists.into_iter().map(|(key, list)| format!("\"{key}\": [{}]", list.join(","))).collect();
    format!("{{{}}}", lists.join(", "))
}
