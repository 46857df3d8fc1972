//! What normalising promises, one claim a test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use names::normalise::{analyse, Side};

fn show(text: &str) -> Vec<String> {
    analyse(text, Side::Query)
        .forms
        .iter()
        .map(|form| {
            form.tokens
                .iter()
                .map(|token| {
                    let class = match token.class {
                        names::normalise::TokenClass::Word => String::new(),
                        names::normalise::TokenClass::Initial => "?".into(),
                        names::normalise::TokenClass::Number => "#".into(),
                        names::normalise::TokenClass::Legal(id) => format!("@{id}"),
                        names::normalise::TokenClass::Stop => "~".into(),
                    };
                    format!("{}{class}", token.text)
                })
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

#[test]
fn show_some() {
    for text in [
        "KIM, Yong Chol", "Kim Yong-Chol", "SIS d.o.o.", "SIS DOO", "A.T.E. INTERNATIONAL LTD.", "IVANOV S.A.",
        "ACME TRADING, S.A. DE C.V.", "GHALI, Iyad Ag", "Huawei Technologies Co., Ltd.", "SPARTA IV", "SPARTA V", "Xi Jinping",
        "CH'ONGCH'AL CH'ONGGUK", "Müller & Söhne G.m.b.H.", "NUMBER ONE", "NO 1", "TRUST XV", "Abd ar-Rahman", "KIM, In Ryong",
        "LTD", "First Bank", "J. Smith", "PUSHKIN, A.S.", "Joint Stock Company Rosneft", "AO ROSNEFT", "Kim Se", "M/V OCEAN STAR",
    ] {
        println!("{text:40} {:?}", show(text));
    }
}
