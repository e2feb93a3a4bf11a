//! What can be said about something: the one rule for notes and evidence, whichever way they come in.

use std::path::Path;

use super::Result;
use crate::model::event::Annotation;
use crate::model::evidence::leads_somewhere;

/// A longer note is a document. In bytes.
pub(crate) const MOST_NOTE: usize = 64 * 1024;
/// Longer evidence points to nothing. In bytes.
pub(crate) const MOST_EVIDENCE: usize = 4 * 1024;

/// Why something cannot be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The note has no text.
    EmptyNote,
    /// The note is longer than `MOST_NOTE`.
    LongNote,
    /// This is no evidence: it is empty, or spans lines.
    NoEvidence(String),
    /// This evidence is longer than `MOST_EVIDENCE`.
    LongEvidence(String),
}

/// Takes a note and evidence as the learner wrote them.
///
/// # Errors
/// A text is empty or too long, or evidence holds control characters or spans lines.
pub fn remark(note: Option<&str>, evidence: &[String]) -> Result<Annotation> {
    let note = note.map(str::trim);
    let refused = match note {
        Some("") => Some(Refusal::EmptyNote),
        Some(note) if note.len() > MOST_NOTE => Some(Refusal::LongNote),
        _ => None,
    };
    let evidence: Vec<String> = evidence.iter().map(|text| text.trim().to_owned()).collect();
    let wrong = |text: &String| {
        if text.is_empty() || text.chars().any(char::is_control) {
            return Some(Refusal::NoEvidence(text.clone()));
        }
        (text.len() > MOST_EVIDENCE).then(|| Refusal::LongEvidence(text.clone()))
    };
    match refused.or_else(|| evidence.iter().find_map(wrong)) {
        Some(refusal) => Err(super::Refusal::Remark(refusal).into()),
        None => Ok(Annotation { note: note.map(str::to_owned), evidence }),
    }
}

/// The evidence that leads nowhere: perhaps a slip. The learner can mean it all the same.
pub fn slips(evidence: &[String]) -> impl Iterator<Item = &String> {
    evidence.iter().filter(|text| !leads_somewhere(text) && !Path::new(text).exists())
}
