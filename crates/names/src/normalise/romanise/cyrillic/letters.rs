//! What each Cyrillic letter is in each scheme.

use super::super::{BELARUSIAN, BGN, BULGARIAN, ICAO, PRESS, SCHOLARLY, SERBIAN, UKRAINIAN};
use super::{is_vowel, Language};

#[expect(clippy::match_same_arms, reason = "one row a letter, as a table of a scheme has it")]
/// Letters that a language reads in its own way.
pub(super) fn local(c: char, scheme: u8, language: Language, before: Option<char>) -> Option<&'static str> {
    let starts = before.is_none();
    Some(match language {
        Language::Russian => return None,
        Language::Ukrainian => match (c, scheme) {
            // The press long wrote Ukrainian names from their Russian form: Sergei, Oleg.
            ('г', PRESS) => "g",
            ('и' | 'і', PRESS) => "i",
            ('г', _) => "h",
            ('и', _) => "y",
            ('і', _) => "i",
            ('ґ', _) => "g",
            ('є', BGN) => "ye",
            ('є', PRESS) => "e",
            ('є', SCHOLARLY) => "je",
            ('є', _) => {
                if starts {
                    "ye"
                } else {
                    "ie"
                }
            }
            ('ї', BGN) => "yi",
            ('ї', SCHOLARLY) => "ji",
            ('ї', _) => {
                if starts {
                    "yi"
                } else {
                    "i"
                }
            }
            ('е', _) => "e",
            ('й', UKRAINIAN) => {
                if starts {
                    "y"
                } else {
                    "i"
                }
            }
            ('ю', UKRAINIAN) => {
                if starts {
                    "yu"
                } else {
                    "iu"
                }
            }
            ('я', UKRAINIAN) => {
                if starts {
                    "ya"
                } else {
                    "ia"
                }
            }
            _ => return None,
        },
        Language::Belarusian => match (c, scheme) {
            ('г', PRESS) => "g",
            ('г', _) => "h",
            ('ґ', _) => "g",
            ('і', _) => "i",
            ('ў', BGN) => "w",
            ('ў', PRESS) => "v",
            ('ў', _) => "u",
            ('ё', BELARUSIAN) => {
                if starts {
                    "yo"
                } else {
                    "io"
                }
            }
            ('ю', BELARUSIAN) => {
                if starts {
                    "yu"
                } else {
                    "iu"
                }
            }
            ('я', BELARUSIAN) => {
                if starts {
                    "ya"
                } else {
                    "ia"
                }
            }
            ('е', BELARUSIAN) => {
                if starts {
                    "ye"
                } else {
                    "ie"
                }
            }
            _ => return None,
        },
        Language::Bulgarian => match (c, scheme) {
            ('ъ', BGN) => "u",
            ('ъ', _) => "a",
            ('щ', _) => "sht",
            ('х', BULGARIAN | PRESS) => "h",
            ('ь', BULGARIAN) => "y",
            ('е', _) => "e",
            _ => return None,
        },
        Language::Serbian => match (c, scheme) {
            ('ђ', SERBIAN) => "d",
            ('ђ', _) => "dj",
            ('ж', SERBIAN) => "z",
            ('ц', SERBIAN) => "c",
            ('ц', _) => "ts",
            ('ч' | 'ћ', SERBIAN) => "c",
            ('ч' | 'ћ', _) => "ch",
            ('ш', SERBIAN) => "s",
            ('х', _) => "h",
            ('ј', SERBIAN) => "j",
            ('ј', _) => "y",
            ('љ', SERBIAN) => "lj",
            ('љ', _) => "ly",
            ('њ', SERBIAN) => "nj",
            ('њ', _) => "ny",
            ('џ', SERBIAN) => "dz",
            ('џ', _) => "dj",
            ('ѓ', _) => "gj",
            ('ќ', _) => "kj",
            ('ѕ', _) => "dz",
            ('е', _) => "e",
            _ => return None,
        },
    })
}

/// Russian, and what the others share with it.
pub(super) fn shared(c: char, scheme: u8, before: Option<char>, after: Option<char>) -> Option<&'static str> {
    let opens = before.is_none_or(|before| is_vowel(before) || matches!(before, 'й' | 'ъ' | 'ь'));
    let passport = matches!(scheme, ICAO | UKRAINIAN | BELARUSIAN);
    Some(match c {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'ғ' => {
            if scheme == BGN {
                "gh"
            } else {
                "g"
            }
        }
        'д' => "d",
        'е' => {
            if scheme == BGN && opens {
                "ye"
            } else {
                "e"
            }
        }
        'ё' => match scheme {
            PRESS => "yo",
            BGN if opens => "ye",
            _ => "e",
        },
        'ж' => {
            if scheme == SCHOLARLY {
                "z"
            } else {
                "zh"
            }
        }
        'җ' | 'ҷ' => "j",
        'з' => "z",
        'и' | 'і' | 'ӣ' => "i",
        'й' => match scheme {
            PRESS if after.is_none() && before == Some('ы') => "",
            PRESS | ICAO => "i",
            SCHOLARLY => "j",
            _ => "y",
        },
        'к' => "k",
        'қ' => {
            if scheme == BGN {
                "q"
            } else {
                "k"
            }
        }
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'ң' => {
            if scheme == BGN {
                "ng"
            } else {
                "n"
            }
        }
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ү' | 'ұ' | 'ӯ' => "u",
        'ў' => {
            if scheme == BGN {
                "u"
            } else {
                "o"
            }
        }
        'ф' => "f",
        'х' => {
            if scheme == SCHOLARLY {
                "h"
            } else {
                "kh"
            }
        }
        'һ' | 'ҳ' => "h",
        'ц' => {
            if scheme == SCHOLARLY {
                "c"
            } else {
                "ts"
            }
        }
        'ч' => {
            if scheme == SCHOLARLY {
                "c"
            } else {
                "ch"
            }
        }
        'ш' => {
            if scheme == SCHOLARLY {
                "s"
            } else {
                "sh"
            }
        }
        'щ' => {
            if scheme == SCHOLARLY {
                "sc"
            } else {
                "shch"
            }
        }
        'ъ' => {
            if scheme == ICAO {
                "ie"
            } else {
                ""
            }
        }
        'ы' => "y",
        'ь' => "",
        'э' => "e",
        'ю' => {
            if scheme == SCHOLARLY {
                "ju"
            } else if passport {
                "iu"
            } else {
                "yu"
            }
        }
        'я' => match scheme {
            SCHOLARLY => "ja",
            // Мария, Татьяна: Maria, Tatiana.
            PRESS if matches!(before, Some('и' | 'ь')) => {
                if before == Some('и') {
                    "a"
                } else {
                    "ia"
                }
            }
            _ if passport => "ia",
            _ => "ya",
        },
        _ => return None,
    })
}
