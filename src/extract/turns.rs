//! The turns of a transcript: `MR. PRICE:`, `QUESTION:`, `Q:`; and the list of participants on top.
//!
//! Reads labels at the start of paragraphs. Must not decide the layout.

use super::document::Document;
use super::lexicon::Classes;
use super::speakers::people::Kinds;
use crate::text::Span;

/// One turn: its label and the paragraphs that belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The label without its colon.
    pub label: Span,
    /// What was said, paragraph by paragraph, without the label; may be empty.
    pub content: Vec<Span>,
    /// Index of the paragraph that holds the label.
    pub paragraph: usize,
}

impl Turn {
    /// Whether the label names a part in the exchange and no person: a question, an answer.
    pub fn anonymous(&self, text: &str) -> bool {
        let label = self.label.of(text).to_lowercase();
        let first = label
            .split_whitespace()
            .next()
            .unwrap_or("")
            .trim_matches(|c: char| !c.is_alphanumeric());
        ANONYMOUS.contains(&first)
    }

    /// Whether the label is in capitals and opens with a title ("SECRETARY BLINKEN", "MR PRICE"), which no heading
    /// does.
    pub fn titled(&self, doc: &Document<'_>) -> bool {
        let label = self.label.of(doc.text);
        let first = label.split_whitespace().next().unwrap_or("").to_lowercase();
        let title = doc
            .lexicon
            .get(&first)
            .is_some_and(|e| e.classes.any(Classes::TITLE))
            || doc.lexicon.people.kinds(&first).any(Kinds::COURTESY);
        title && is_upper(label) && label.split_whitespace().count() >= 2
    }
}

/// First words of labels that tell a part in the exchange and nobody's name. Who conducts it (`OPERATOR`,
/// `MODERATOR`) is one person throughout, whom the label names.
const ANONYMOUS: [&str; 30] = [
    "q",
    "a",
    "question",
    "questions",
    "questioner",
    "answer",
    "participant",
    "participants",
    "reporter",
    "reporters",
    "journalist",
    "unidentified",
    "unknown",
    "pregunta",
    "respuesta",
    "interlocutor",
    "interlocutora",
    "voz",
    "voice",
    "speaker",
    "inaudible",
    "press",
    "media",
    "audience",
    "staff",
    "guest",
    "interviewer",
    "attendee",
    "male",
    "female",
];

/// Labels of a form or of a picture, whose words nobody says: an advisory, a memorandum, a credit.
const FIELDS: [&str; 46] = [
    "what",
    "when",
    "where",
    "who",
    "why",
    "how",
    "note",
    "notes",
    "contact",
    "contacts",
    "date",
    "time",
    "location",
    "place",
    "re",
    "to",
    "from",
    "da",
    "fr",
    "subject",
    "cc",
    "background",
    "via",
    "tel",
    "phone",
    "fax",
    "email",
    "e-mail",
    "summary",
    "rsvp",
    "washington",
    "url",
    "source",
    "updated",
    "update",
    "icymi",
    "image",
    "images",
    "photo",
    "photos",
    "photograph",
    "picture",
    "credit",
    "caption",
    "graphic",
    "video",
];

/// Whether a source is the label of a form or of a picture ("Photo: Jane Roe."), which says nothing.
pub fn is_field(doc: &Document<'_>, source: Span) -> bool {
    let behind = doc.text.get(source.finish()..).unwrap_or_default();
    behind.trim_start().starts_with(':')
        && FIELDS.contains(&source.of(doc.text).to_lowercase().as_str())
}

/// The turns of the document, in order.
pub fn turns(doc: &Document<'_>) -> Vec<Turn> {
    let mut out: Vec<Turn> = Vec::new();
    for (index, paragraph) in doc.paragraphs.iter().enumerate() {
        match label(doc.text, paragraph.span) {
            Some((label, rest)) => out.push(Turn {
                label,
                content: Some(rest).filter(|r| !r.is_empty()).into_iter().collect(),
                paragraph: index,
            }),
            None => {
                if let Some(turn) = out.last_mut()
                    && !is_stage_direction(paragraph.span.of(doc.text))
                {
                    turn.content.push(paragraph.span);
                }
            }
        }
    }
    // A label met once, in mixed case, is more likely a heading ("Note: ...") than a turn.
    let lower = |t: &Turn| t.label.of(doc.text).to_lowercase();
    let mut counts: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for turn in &out {
        *counts.entry(lower(turn)).or_default() += 1;
    }
    let keep: Vec<bool> = out
        .iter()
        .map(|t| is_upper(t.label.of(doc.text)) || counts.get(&lower(t)).copied().unwrap_or(0) >= 2)
        .collect();
    if keep.iter().all(|k| *k) {
        return out;
    }
    let mut kept: Vec<Turn> = Vec::new();
    for (turn, keep) in out.into_iter().zip(keep) {
        if keep {
            kept.push(turn);
        } else if let Some(last) = kept.last_mut() {
            last.content.push(turn.label);
            last.content.extend(turn.content);
        }
    }
    kept
}

fn is_upper(label: &str) -> bool {
    label.chars().any(char::is_uppercase) && !label.chars().any(char::is_lowercase)
}

/// `(The briefing was concluded at 3:05 p.m.)`, `###`, `***`: nobody's words.
pub fn is_stage_direction(text: &str) -> bool {
    (text.starts_with('(') && text.trim_end_matches('.').ends_with(')') && text.len() < 200)
        || (text.starts_with('[') && text.ends_with(']') && text.len() < 200)
        || !text.chars().any(char::is_alphanumeric)
}

/// The label of a paragraph and what follows it.
fn label(text: &str, paragraph: Span) -> Option<(Span, Span)> {
    let part = paragraph.of(text);
    let end = part.char_indices().nth(90).map_or(part.len(), |(at, _)| at);
    let colon = part.get(..end)?.find(':')?;
    let raw = part.get(..colon)?;
    let rest_at = colon + 1;
    let name = raw.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | '\\'));
    let bare = name.split(['(', ',']).next().unwrap_or("").trim();
    if bare.is_empty()
        || name.len() > 80
        || bare.contains(['"', '“', '”', '.'])
            && bare.contains(". ")
            && bare.split(". ").any(|p| p.split(' ').count() > 4)
    {
        return None;
    }
    let words: Vec<&str> = bare.split_whitespace().collect();
    if words.len() > 6 {
        return None;
    }
    let upper = is_upper(bare);
    let field = words.first().map_or(String::new(), |w| w.to_lowercase());
    if words.len() <= 2 && FIELDS.contains(&field.as_str()) {
        return None;
    }
    let titled = words.iter().all(|w| {
        w.starts_with(char::is_uppercase)
            || matches!(
                *w,
                "of" | "the" | "de" | "van" | "von" | "al" | "del" | "la"
            )
    });
    let next = part.get(rest_at..).unwrap_or("");
    let blank_follows =
        next.is_empty() || next.starts_with(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
    if !blank_follows || !(upper || titled) || !bare.chars().any(char::is_alphabetic) {
        return None;
    }
    if upper && words.len() == 1 && bare.len() <= 3 && !matches!(bare, "Q" | "A") {
        return None;
    }
    let lead = raw.find(name)?;
    let label = Span::new(
        paragraph.begin() + lead,
        paragraph.begin() + lead + name.len(),
    );
    let stars = next.len() - next.trim_start_matches(['*', '_']).len();
    let rest = Span::new(paragraph.begin() + rest_at + stars, paragraph.finish()).trimmed(text);
    // "Main Line: (202) 224-3244".
    let said = rest.of(text);
    if !said.is_empty() && !said.chars().any(char::is_alphabetic) && !said.contains(['…', '—'])
    {
        return None;
    }
    Some((label, rest))
}
