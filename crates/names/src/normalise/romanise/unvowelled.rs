//! Scripts that do not write their short vowels: what a letter says, and words with the vowels that speech needs.

/// What a letter of a script without vowels says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sound {
    Consonant(&'static str),
    Vowel(&'static str),
    Silent,
}

/// Consonants with a `vowel` where speech needs a vowel: after a consonant that no vowel precedes, when another follows,
/// and before a last one after a long vowel. With `full` before every last one (Hasan, but also Badar for Badr).
pub(super) fn consonants(sounds: &[Sound], full: bool, vowel: &str) -> String {
    let spoken: Vec<Sound> = sounds.iter().copied().filter(|sound| *sound != Sound::Silent).collect();
    let mut latin = String::with_capacity(spoken.len() * 2);
    let mut after_vowel = false;
    let mut after_long = false;
    for (at, sound) in spoken.iter().enumerate() {
        match *sound {
            Sound::Silent => {}
            Sound::Vowel(text) => {
                latin.push_str(text);
                after_vowel = true;
                after_long = true;
            }
            Sound::Consonant(text) => {
                latin.push_str(text);
                let next = spoken.get(at + 1);
                let cluster = matches!(next, Some(Sound::Consonant(_)));
                let needed = cluster && (!after_vowel || ((full || after_long) && at + 2 == spoken.len()));
                if needed {
                    latin.push_str(vowel);
                }
                after_vowel = needed;
                after_long = false;
            }
        }
    }
    latin
}
