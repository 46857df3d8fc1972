//! Edits and sound keys, as the page defines them.

pub fn digits(text: &[u8]) -> Vec<u8> {
    text.iter().copied().filter(u8::is_ascii_digit).collect()
}

pub fn one_edit(a: &[u8], b: &[u8]) -> Option<usize> {
    if a == b {
        return Some(0);
    }
    if a.len().abs_diff(b.len()) > 1 || digits(a) != digits(b) {
        return None;
    }
    (osa(a, b) == 1).then_some(1)
}

/// The textbook table.
pub fn osa(a: &[u8], b: &[u8]) -> usize {
    let width = b.len() + 1;
    let mut table = vec![0; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let at = i * width + j;
            if i == 0 || j == 0 {
                table[at] = i + j;
                continue;
            }
            let replaced = table[at - width - 1] + usize::from(a[i - 1] != b[j - 1]);
            table[at] = replaced.min(table[at - width] + 1).min(table[at - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                table[at] = table[at].min(table[at - 2 * width - 2] + 1);
            }
        }
    }
    table[a.len() * width + b.len()]
}

/// By rewriting: vowels become `-`, groups capitals of their own, then what is left is read off.
pub fn sound(text: &str) -> Option<String> {
    if text.len() < 3 || text.len() > 64 || !text.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let letters: Vec<char> = text.chars().collect();
    let vowel = |at: usize| "aeiouy".contains(letters[at]);
    let glide = "iy".contains(letters[0]) && "aeou".contains(letters[1]);
    let groups = ["tsch", "sch", "tch", "dzh", "ch", "sh", "zh", "dj", "kh", "gh", "ph", "th", "dh", "ts", "tz"];
    let read_as = ["C", "S", "C", "J", "C", "S", "J", "j", "h", "g", "f", "t", "d", "c", "c"];
    let mut spelt = String::new();
    let mut at = 0;
    while at < letters.len() {
        let last = at + 1 == letters.len();
        if at == 0 && glide {
            spelt.push('y');
        } else if vowel(at) {
            spelt.push('-');
        } else if last && letters[at] == 'h' && vowel(at - 1) {
        } else if let Some(found) = groups.iter().position(|group| text[at..].starts_with(group)) {
            spelt.push_str(read_as[found]);
            at += groups[found].len() - 1;
        } else {
            let soft = !last && "eiy".contains(letters[at + 1]);
            match letters[at] {
                'c' if soft => spelt.push('s'),
                'c' | 'q' => spelt.push('k'),
                'w' => spelt.push('v'),
                'x' => spelt.push_str("ks"),
                other => spelt.push(other),
            }
        }
        at += 1;
    }
    let mut symbols: Vec<char> = spelt.chars().collect();
    symbols.dedup();
    let consonants: String = symbols.iter().filter(|symbol| **symbol != '-').collect();
    let skip = usize::from(glide);
    let first = letters[skip..].iter().find(|letter| "aeiouy".contains(**letter));
    let class = match first {
        Some('a') => 'a',
        Some('o' | 'u') => 'o',
        Some(_) => 'i',
        None => '.',
    };
    let front = match consonants.len() {
        0 | 1 => return None,
        _ if spelt.starts_with('-') => class.to_ascii_uppercase(),
        2 => class,
        _ => '.',
    };
    Some(format!("{front}{consonants}"))
}

/// The sound key with the consonants merged that systems of romanisation exchange.
pub fn family(text: &str) -> Option<String> {
    let key = sound(text)?;
    let (front, symbols) = key.split_at(1);
    let merged = symbols.replace('d', "t").replace('b', "p").replace('g', "k").replace('v', "f");
    let merged = merged.replace(['z', 'c'], "s").replace(['J', 'j', 'S'], "C");
    let mut left: Vec<char> = merged.chars().collect();
    left.dedup();
    let front = if symbols.len() > 2 { ".".to_owned() } else { front.to_lowercase() };
    (left.len() > 1).then(|| front + &left.iter().collect::<String>())
}
