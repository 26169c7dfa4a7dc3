//! Measures and checks on plain text, shared by the renderers.

use crate::DocumentError;
use crate::paper::{Block, Paper};

/// Approximate width in characters of a full-width type: half for Latin letters and digits.
pub(crate) fn width_em(text: &str) -> f64 {
    text.chars()
        .map(|character| {
            if character.is_ascii() || character == '·' {
                0.5
            } else {
                1.0
            }
        })
        .sum()
}

/// Lines `text` takes in a space of `em` full-width characters, at least one.
pub(crate) fn lines(text: &str, em: f64) -> usize {
    text.split('\n')
        .map(|line| lines_of_one(line, em.max(1.0)))
        .sum()
}

fn lines_of_one(line: &str, em: f64) -> usize {
    let mut count = 1;
    let mut used = 0.0;
    for character in line.chars() {
        let width = width_em(character.encode_utf8(&mut [0; 4]));
        if used + width > em {
            count += 1;
            used = 0.0;
        }
        used += width;
    }
    count
}

/// Refuses a paper with control characters: XML cannot carry them, and in print they would vanish without a word.
pub(crate) fn refuse_control_characters(paper: &Paper) -> Result<(), DocumentError> {
    let mut outcome = Ok(());
    each_text(paper, &mut |text| {
        if outcome.is_ok() {
            outcome = check(text);
        }
    });
    outcome
}

fn check(text: &str) -> Result<(), DocumentError> {
    let Some((at, found)) = text
        .char_indices()
        .find(|(_, character)| is_forbidden(*character))
    else {
        return Ok(());
    };
    let before: Vec<char> = text[..at].chars().rev().take(8).collect();
    let near = before
        .into_iter()
        .rev()
        .chain(text[at..].chars().take(9))
        .filter(|c| !is_forbidden(*c))
        .collect();
    Err(DocumentError::ControlCharacter {
        code: format!("U+{:04X}", u32::from(found)),
        near,
    })
}

/// Controls, reading-direction marks and non-characters. Line breaks and tabs are ordinary text.
fn is_forbidden(character: char) -> bool {
    match character {
        '\n' | '\t' | '\r' => false,
        '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFF}' => true,
        other => other.is_control() || u32::from(other) & 0xFFFE == 0xFFFE,
    }
}

/// Calls `visit` with every text of the paper.
fn each_text(paper: &Paper, visit: &mut dyn FnMut(&str)) {
    visit(&paper.title);
    paper
        .label
        .iter()
        .chain(&paper.foot)
        .for_each(|text| visit(text));
    if let Some(head) = &paper.head {
        visit(&head.issuer_line);
        visit(&head.number);
    }
    for block in &paper.blocks {
        each_text_of_block(block, visit);
    }
}

fn each_text_of_block(block: &Block, visit: &mut dyn FnMut(&str)) {
    match block {
        Block::Paragraph(paragraph) => {
            visit(&paragraph.lead);
            visit(&paragraph.text);
        }
        Block::Table(table) => {
            for cell in table.header.iter().chain(&table.rows).flatten() {
                visit(&cell.content.to_text());
            }
        }
        Block::Fields(fields) => {
            for field in fields {
                visit(&field.label);
                visit(&field.unit);
                field.value.iter().for_each(|value| visit(value));
            }
        }
        Block::Signatures { signers, .. } => {
            for signer in signers {
                visit(&signer.role);
                visit(&signer.name);
            }
        }
        Block::Space(_) | Block::PageBreak | Block::Code(_) => {}
    }
}
