use crate::pair::{person, WEIGHTS};
use names::judge::explain::{lines, tokens};
use names::judge::json::Shown;
use names::judge::{judge, FactLine, Named, Prepared, Said};
use serde_json::Value;

#[test]
fn a_verdict_as_json_says_what_the_structs_say() {
    let ours = person("Kim \"Yong\" Chol\\Pak 'Ӗ'").born("1962-02-18").of("kp").bears("passport", "A\"1 2", "kp");
    let theirs = person("KIM, Yong\tChol").born("~1962").of("us").of("cn").bears("national_id", "A\"12", "");
    let (a, b) = (ours.prepared(), theirs.prepared());
    let (our_names, their_names): (Vec<&Prepared>, Vec<&Prepared>) = (a.iter().collect(), b.iter().collect());
    let (x, y) = (Named { names: &our_names, facts: &ours.facts }, Named { names: &their_names, facts: &theirs.facts });
    let judgement = judge(x, y, 0.7, &WEIGHTS.judge);
    let (our_name, their_name) = (ours.names[0].0.as_str(), theirs.names[0].0.as_str());
    let tokens = tokens(&a[0], &b[0], judgement.name.as_ref().unwrap(), &WEIGHTS.judge);
    let lines = lines(&judgement, (our_name, &ours.facts), (their_name, &theirs.facts));
    let shown = Shown {
        query: 7,
        party: 9,
        key: "ofac:\u{1}1",
        ours: our_name,
        theirs: their_name,
        judgement: &judgement,
        threshold: 0.7,
        tokens: &tokens,
        lines: &lines,
    };
    let mut text = b"before".to_vec();
    shown.write(&mut text).unwrap();
    let told: Value = serde_json::from_slice(text.strip_prefix(b"before").unwrap()).unwrap();
    let expected = serde_json::json!({
        "query": 7,
        "party": 9,
        "key": "ofac:\u{1}1",
        "name": their_name,
        "our_name": our_name,
        "score": f64::from(judgement.score) / 10_000.0,
        "name_score": f64::from(judgement.name_score) / 10_000.0,
        "threshold": 0.7,
        "standing": judgement.standing.word(),
        "band": judgement.band.word(),
        "basis": judgement.basis.word(),
        "weak_only": judgement.weak_only,
        "supporting": judgement.supporting(),
        "tokens": tokens.iter().map(|one| serde_json::json!({
            "kind": one.kind.word(), "ours": one.ours, "theirs": one.theirs,
            "similarity": one.similarity, "weight": one.weight, "contribution": one.contribution,
        })).collect::<Vec<Value>>(),
        "facts": lines.iter().map(|one| serde_json::json!({
            "kind": one.kind, "finding": one.finding, "ours": one.ours.to_string(), "theirs": one.theirs.to_string(),
            "effect": one.effect,
        })).collect::<Vec<Value>>(),
    });
    // Read from text too: reading a number may lose its last bit.
    assert_eq!(told, serde_json::from_str::<Value>(&expected.to_string()).unwrap());
    assert!(lines.iter().any(|line| line.kind == "identifier") && lines.iter().any(|line| line.kind == "birth_date"));
}

#[test]
fn every_number_is_written_as_the_shortest_that_reads_as_itself() {
    let judgement = {
        let nobody = person("");
        judge(
            Named { names: &[], facts: &nobody.facts },
            Named { names: &[], facts: &nobody.facts },
            0.7,
            &WEIGHTS.judge,
        )
    };
    let mut values: Vec<f64> = (0..=100_010).map(|value| f64::from(value) / 10_000.0).collect();
    values.extend([-0.0, 1.0 / 3.0, 1e-5, 0.000_05, 123_456.789, 4.2e9, 1e300, f64::MIN_POSITIVE]);
    values.extend((1..5000).map(|value| f64::from(value) * 0.000_123_4));
    for value in values.into_iter().flat_map(|value| [value, -value]) {
        let line = FactLine {
            kind: "name",
            finding: "exact",
            ours: Said::Text("\"".into()),
            theirs: Said::Text("".into()),
            effect: value,
        };
        let shown = Shown {
            query: 0,
            party: 0,
            key: "",
            ours: "",
            theirs: "\\",
            judgement: &judgement,
            threshold: 0.7,
            tokens: &[],
            lines: &[line],
        };
        let mut text = Vec::new();
        shown.write(&mut text).unwrap();
        let expected =
            format!(",\"ours\":\"\\\"\",\"theirs\":\"\",\"effect\":{}}}]}}", serde_json::to_string(&value).unwrap());
        assert!(text.ends_with(expected.as_bytes()), "{}", String::from_utf8_lossy(&text));
    }
}
