//! Writes the seed corpora from the data in the repository: `seeds FOLDER`.

use std::fs;
use std::path::Path;

use pingyi_fuzz::{EDITS, known, text};

const ARCHIVES: [(&str, &[u8]); 4] = [
    (
        "mixed",
        include_bytes!("../../tests/oracle/fixtures/3.0-ed25519-mixed.bel"),
    ),
    (
        "single",
        include_bytes!("../../tests/oracle/fixtures/3.0-ed25519-single3.bel"),
    ),
    (
        "ring",
        include_bytes!("../../tests/oracle/fixtures/3.0-belenios-2048-pedersen2of3.bel"),
    ),
    (
        "known",
        include_bytes!("../../crates/ballot/tests/data/vectors-ed25519.bel"),
    ),
];
const RING: &str = include_str!("../../crates/ballot/tests/data/tool-pedersen-trustees.json");

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).expect("a folder");
    let folder = Path::new(&folder);
    let put = |target: &str, name: &str, bytes: &[u8]| {
        fs::create_dir_all(folder.join(target))?;
        fs::write(folder.join(target).join(name), bytes)
    };
    for (name, archive) in ARCHIVES {
        put("archive", name, archive)?;
    }
    let known = known();
    for (index, ballot) in known["ballots"]
        .as_array()
        .expect("ballots")
        .iter()
        .enumerate()
    {
        put(
            "ballot_json",
            &format!("known{index}"),
            text(&ballot["json"]).as_bytes(),
        )?;
    }
    put(
        "trustees",
        "known",
        text(&known["trustees_json"]).as_bytes(),
    )?;
    put("trustees", "ring", RING.trim_end().as_bytes())?;
    // no edit, and one of each kind
    for kind in 0..=8 {
        let edits = [EDITS, kind, 9, kind, 0, 9, 0, 13, 0, 7];
        let length = if kind == 8 { 3 } else { edits.len() };
        for target in ["archive", "ballot_json", "trustees", "channel"] {
            // only archives name a member first
            let skipped = usize::from(target != "archive");
            let mut edits = edits[..length].to_vec();
            edits.drain(2..2 + skipped);
            put(target, &format!("edit{kind}"), &edits)?;
        }
    }
    points(&known, &put)?;
    for code in known["credentials"].as_array().expect("credentials") {
        put(
            "credential",
            text(&code["uuid"]),
            text(&code["private"]).as_bytes(),
        )?;
        put(
            "credential",
            "scalar",
            text(&code["secret_exponent"]).as_bytes(),
        )?;
    }
    put(
        "credential",
        "uuid",
        text(&known["credentials"][0]["uuid"]).as_bytes(),
    )?;
    let old = &known["credential_2_0_format"]["private"];
    put("credential", "old", text(old).as_bytes())?;
    put(
        "credential",
        "fingerprint",
        text(&known["election_fingerprint"]).as_bytes(),
    )
}

/// Every known case of decoding, as text and as bytes, and elements of the other group.
fn points(
    known: &serde_json::Value,
    put: &impl Fn(&str, &str, &[u8]) -> std::io::Result<()>,
) -> std::io::Result<()> {
    for (index, case) in known["group"]["decoding"]
        .as_array()
        .expect("cases")
        .iter()
        .enumerate()
    {
        let element = text(&case["element"]);
        put("point", &format!("text{index}"), element.as_bytes())?;
        if let Ok(mut bytes) = hex::decode(element) {
            bytes.reverse();
            put("point", &format!("bytes{index}"), &bytes)?;
        }
    }
    let long = RING
        .split('"')
        .filter(|piece| piece.len() > 600 && !piece.contains('\\'));
    for (index, element) in long.enumerate() {
        put("point", &format!("ring{index}"), element.as_bytes())?;
    }
    Ok(())
}
