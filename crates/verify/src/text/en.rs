//! English, with the format's own words.

use pingyi_ballot::archive::Stage;
use pingyi_ballot::ballot::{BallotFault, Place};
use pingyi_ballot::election::ElectionFault;
use pingyi_ballot::group::NotAnElement;
use pingyi_ballot::json::JsonFault;
use pingyi_ballot::tally::{CountFault, ShareFault};
use pingyi_ballot::trustee::TrusteeFault;
use pingyi_ballot::verify::{
    BallotReason, Checked, CredentialFault, Fault, ResultReason, ShareReason, TallyReason, Verdict,
};

use super::{Faults, Labels, Said, en_container};
use crate::clean::{cleaned, shown};

pub const LABELS: Labels = Labels {
    colon: ": ",
    election: "Election",
    uuid: "UUID",
    fingerprint: "Fingerprint",
    group: "Group",
    checked: "Checked:",
    result: "Result (votes):",
    head_short: "Archive hash (short)",
    head: "Archive hash",
    sha256: "SHA-256 of the whole file",
};

pub fn verdict(verdict: Verdict, stage: Stage, faults: Faults) -> String {
    match verdict {
        Verdict::Accepted => "Verdict: accepted. Ballots, tally and result all hold.".to_owned(),
        Verdict::NotFinished => {
            let stage = self::stage(stage);
            format!("Verdict: not finished ({stage}). Everything so far holds; no result yet.")
        }
        Verdict::Rejected => {
            let Faults { number, more } = faults;
            let some = if more { "at least " } else { "" };
            format!("Verdict: rejected. Do not use this count; faults found: {some}{number}.")
        }
    }
}

/// How far it has come.
const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Empty => "not begun",
        Stage::Setup => "voting",
        Stage::Closed => "closed",
        Stage::Tallied => "tallied",
        Stage::Decrypting => "opening",
        Stage::Finished => "result published",
    }
}

pub fn held(held: &Checked, bad: usize) -> String {
    match held {
        Checked::Trustees { owners } => format!("trustees: {owners} keys, all valid"),
        Checked::Credentials { count } => format!("credentials: {count}, well formed, no repeats"),
        Checked::Ballots { read, counted } if bad > 0 => {
            format!("ballots: {read}, of which {counted} could count; the faulty ones see above")
        }
        Checked::Ballots { read, counted } => {
            let replaced = read.saturating_sub(*counted);
            format!("ballots: {read}, {counted} counted, {replaced} replaced by a later one")
        }
        Checked::Tally => "tally: the sum of the counted ballots".to_owned(),
        Checked::Shares { count } => format!("decryption shares: {count}, all valid"),
        Checked::Result => "result: follows from tally and shares".to_owned(),
    }
}

pub fn fault(fault: &Fault) -> Said {
    let said = |element: String, wrong: String, advice: &str| Said {
        element,
        wrong,
        advice: advice.to_owned(),
    };
    match fault {
        Fault::Archive(error) => en_container::fault(error),
        Fault::Election(fault) => said("Election".to_owned(), election(fault), SETUP),
        Fault::Trustees(fault) => said("Trustees".to_owned(), trustees(fault), SETUP),
        Fault::ElectionKey => said(
            "Election".to_owned(),
            "Its key is not the product of the trustees' keys.".to_owned(),
            "Others may be able to open ballots; do not use this count, ask organiser and trustees.",
        ),
        Fault::Credentials(fault) => said("Credentials".to_owned(), credentials(fault), SETUP),
        Fault::Ballot {
            tracker,
            height,
            reason,
        } => said(
            format!("Ballot {tracker}, {}", event(*height)),
            ballot(reason),
            "It should not be in the box; do not use this count, find out where it came from.",
        ),
        Fault::Tally { height, reason } => said(
            format!("Encrypted tally, {}", event(*height)),
            tally(reason),
            "Ballots may be left out, added or changed; do not use this count, tally and open again.",
        ),
        Fault::Share {
            owner,
            height,
            reason,
        } => said(
            format!("Decryption share of trustee {owner}, {}", event(*height)),
            share(reason),
            "It would open wrong numbers; do not use this count, ask the trustee for the share again.",
        ),
        Fault::Result { height, reason } => said(
            format!("Result, {}", event(*height)),
            result(reason),
            "The numbers cannot be relied on; do not use this count, have it opened again.",
        ),
    }
}

const SETUP: &str =
    "The election was not set up properly; do not use this count, ask organiser and trustees.";

/// People count from 1; the format's height, which counts from 0, stands beside.
pub fn event(height: u64) -> String {
    format!("event {} (height {height})", height.saturating_add(1))
}

pub fn json(fault: &JsonFault) -> String {
    match fault {
        JsonFault::Shape { detail, .. } => format!("Malformed JSON: {}.", cleaned(detail)),
        JsonFault::NotCanonical => "The JSON is not in canonical form.".to_owned(),
    }
}

fn cell(row: usize, column: usize) -> String {
    format!("question {}, column {}", row + 1, column + 1)
}

fn election(fault: &ElectionFault) -> String {
    match fault {
        ElectionFault::Json(fault) => json(fault),
        ElectionFault::Version(version) => format!("Version {version} is not known."),
        ElectionFault::Group(name) => format!("Group “{}” is not known.", shown(name)),
        ElectionFault::Questions(number) => format!("{number} questions are not possible."),
        ElectionFault::Question(row) => {
            format!("Question {} has impossible answers or limits.", row + 1)
        }
    }
}

fn trustees(fault: &TrusteeFault) -> String {
    match fault {
        TrusteeFault::Json(fault) => json(fault),
        TrusteeFault::Number(number) => format!("{number} trustees are not possible."),
        TrusteeFault::Possession(owner) => {
            format!("Trustee {owner}: the proof of possession does not hold.")
        }
        TrusteeFault::Sizes(owner) => {
            format!("Group from trustee {owner} on: sizes or threshold do not fit.")
        }
        TrusteeFault::Certificate(owner) => {
            format!("Trustee {owner}: the certificate does not hold, or belongs elsewhere.")
        }
        TrusteeFault::Commitments(owner) => {
            format!("Trustee {owner}: the commitments do not hold.")
        }
        TrusteeFault::Signature(owner) => {
            format!("Trustee {owner}: a signature does not hold or is missing.")
        }
        TrusteeFault::Key(owner) => {
            format!("Trustee {owner}: the key does not follow from the commitments.")
        }
    }
}

fn credentials(fault: &CredentialFault) -> String {
    match fault {
        CredentialFault::Json(fault) => json(fault),
        CredentialFault::Element { entry, reason } => {
            let reason = match reason {
                NotAnElement::Spelling => "is not spelled as an element",
                NotAnElement::NotCanonical => "is a second spelling of an element",
                NotAnElement::NotAPoint => "is no element",
                NotAnElement::OutsideSubgroup => "is outside the subgroup",
            };
            format!("Entry {} {reason}.", entry + 1)
        }
        CredentialFault::Repeated { entry } => format!("Entry {} stands there twice.", entry + 1),
        CredentialFault::Weight { entry } => {
            format!(
                "Entry {} has a weight; every vote must count once.",
                entry + 1
            )
        }
        CredentialFault::BadWeight { entry } => {
            format!("Entry {} has an impossible weight.", entry + 1)
        }
    }
}

fn ballot(reason: &BallotReason) -> String {
    match reason {
        BallotReason::NotEligible => "Its credential is not on the list.".to_owned(),
        BallotReason::Repeated { first } => {
            format!(
                "It is a byte-for-byte copy of the ballot at {}.",
                event(*first)
            )
        }
        BallotReason::Itself(fault) => match fault {
            BallotFault::Json(fault) => json(fault),
            BallotFault::OtherElection => "It was made for another election.".to_owned(),
            BallotFault::OtherFingerprint => {
                "It was made for another text of the election.".to_owned()
            }
            BallotFault::Rows { found, expected } => {
                format!("It answers {found} questions of {expected}.")
            }
            BallotFault::Shape { row } => {
                format!(
                    "Question {}: numbers of choices or proofs do not fit.",
                    row + 1
                )
            }
            BallotFault::OutsideGroup(place) => {
                format!(
                    "An element is outside the subgroup: {}.",
                    self::place(*place)
                )
            }
            BallotFault::Proof(place) => {
                format!("A proof does not hold: {}.", self::place(*place))
            }
            BallotFault::SignedOther => "The signature is over other content.".to_owned(),
        },
    }
}

fn place(place: Place) -> String {
    match place {
        Place::Credential => "credential".to_owned(),
        Place::Choice { row, column } => format!("choice, {}", cell(row, column)),
        Place::Individual { row, column } => format!("individual proof, {}", cell(row, column)),
        Place::Overall { row } => format!("overall proof, question {}", row + 1),
        Place::Blank { row } => format!("blank proof, question {}", row + 1),
        Place::Signature => "signature".to_owned(),
    }
}

fn tally(reason: &TallyReason) -> String {
    match reason {
        TallyReason::Json(fault) => json(fault),
        TallyReason::Shape => "Its shape is not that of the election.".to_owned(),
        TallyReason::Differs { row, column } => {
            format!("Not the sum of the ballots: {}.", cell(*row, *column))
        }
        TallyReason::Ballots { found, expected } => {
            format!("It says {found} ballots; {expected} count.")
        }
        TallyReason::Weight { found, expected } => {
            format!("It says total weight {found}; it is {expected}.")
        }
    }
}

fn share(reason: &ShareReason) -> String {
    match reason {
        ShareReason::NoSuchOwner => "There is no trustee of this number.".to_owned(),
        ShareReason::Repeated => "A share of this trustee is there already.".to_owned(),
        ShareReason::Json(fault) => json(fault),
        ShareReason::Itself(ShareFault::Shape) => "Its shape is not that of the tally.".to_owned(),
        ShareReason::Itself(ShareFault::Proof { row, column }) => {
            format!("A proof does not hold: {}.", cell(*row, *column))
        }
    }
}

fn result(reason: &ResultReason) -> String {
    match reason {
        ResultReason::Json(fault) => json(fault),
        ResultReason::Count(CountFault::Missing(owner)) => {
            format!("The share of trustee {owner} is missing.")
        }
        ResultReason::Count(CountFault::TooFew {
            first,
            found,
            needed,
        }) => format!("Group from trustee {first} on: {found} shares, {needed} are needed."),
        ResultReason::Count(CountFault::TooLarge { row, column }) => {
            format!(
                "Opens to more than there are ballots: {}.",
                cell(*row, *column)
            )
        }
        ResultReason::Shape => "Its shape is not that of the election.".to_owned(),
        ResultReason::Differs {
            row,
            column,
            found,
            expected,
        } => {
            let cell = cell(*row, *column);
            format!("It says {found}, the tally opens to {expected}: {cell}.")
        }
    }
}
