//! Which of the three layouts a statement has, and why.
//!
//! Looks at turns, markers of a released statement, first-person words and attributions; must not alter them.

use super::attribution::Attribution;
use super::document::Document;
use super::turns::Turn;
use crate::model::{Act, Layout};
use crate::text::Span;

/// The layout and the reason for it, in a clause a reader can judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The layout.
    pub layout: Layout,
    /// Why.
    pub reason: &'static str,
    /// Where the issuer's own text begins, when a line says so ("issued the following statement:").
    pub(super) body_from: usize,
}

/// Words that say: what follows is somebody's text.
const RELEASED: [&str; 10] = [
    "attributable to",
    BEGIN,
    "text of the following statement",
    "the following is the text",
    "following joint statement",
    "full text of",
    "joint statement by",
    "the following statement was released",
    "text as prepared",
    "as prepared for delivery",
];

/// The one of them that stands at the head of a line.
const BEGIN: &str = "begin text";

/// What is done with "the following statement".
const RELEASES: [&str; 3] = ["issued", "released", "made"];

/// So often a text says "I" or "we" outside marks that it is no slip of a writer of news, however long it is: of
/// nine hundred reports of American papers three do, and those quote far more than they speak.
const COMES_BACK: usize = 12;

/// Chooses the layout; `signed` says that a line on top names whose text follows.
pub fn choose(
    doc: &Document<'_>,
    turns: &[Turn],
    attributions: &[Attribution],
    signed: bool,
) -> Choice {
    let titled = turns
        .iter()
        .filter(|t| !t.content.is_empty() && t.titled(doc))
        .count();
    let at_once = turns
        .first()
        .is_some_and(|t| t.paragraph < 8 && t.titled(doc));
    let said: usize = turns.iter().filter(|t| !t.content.is_empty()).count();
    let choice = |layout, reason| Choice {
        layout,
        reason,
        body_from: 0,
    };
    if said >= 3 && turns.len() * 12 >= doc.paragraphs.len()
        || said >= 2 && turns.len() * 3 >= doc.paragraphs.len()
        || at_once && titled >= 1
        || titled >= 2
    {
        return choice(
            Layout::Transcript,
            "paragraphs open with the names of who speaks",
        );
    }
    let released = |body_from| Choice {
        layout: Layout::OneVoice,
        reason: "a line on top says that the text is somebody's statement",
        body_from,
    };
    for (n, paragraph) in doc.paragraphs.iter().enumerate().take(12) {
        let line = paragraph.span.of(doc.text);
        // "issued the following statement:" and then marks: a quotation, found as such.
        let marks_follow = doc
            .paragraphs
            .get(n + 1)
            .and_then(|p| doc.word(p.words.start))
            .is_some_and(|w| w.quotation != 0);
        if let Some(body) = announced(line) {
            let body = doc.word_at(paragraph.span.begin() + body);
            if doc.word(body).is_some_and(|w| w.quotation == 0) {
                return released(body);
            }
        }
        let may_tell = || {
            line.ends_with(':')
                || (line.get(..BEGIN.len())).is_some_and(|head| head.eq_ignore_ascii_case(BEGIN))
                || (paragraph.words.clone()).any(|i| doc.reads_any(i, &["statement", "statements"]))
        };
        if line.len() > 600 || !may_tell() {
            continue;
        }
        let lower = line.to_lowercase();
        if marks_follow && lower.contains("following statement") && line.ends_with(':') {
            return choice(
                Layout::Narrative,
                "a line announces a statement that stands in quotation marks",
            );
        }
        if marks_follow {
            continue;
        }
        let issued = lower.ends_with("following statement:")
            || lower.ends_with(':')
                && lower.contains("the following statement")
                && RELEASES.iter().any(|v| lower.contains(v));
        if issued
            || RELEASED.iter().any(|r| lower.contains(r))
                && (line.ends_with(':')
                    || lower.starts_with(BEGIN)
                    || lower.contains("following statement"))
        {
            return released(paragraph.words.end);
        }
    }
    let (mut first_person, mut outside) = (0usize, 0usize);
    for (i, word) in doc.words.iter().enumerate() {
        if word.quotation == 0 && word.is_word() {
            outside += 1;
            let one = is_first_person(doc.written(i));
            first_person += usize::from(one);
        }
    }
    let quoted_speech = attributions
        .iter()
        .filter(|a| {
            a.act == Act::Speech
                && !a.cue.is_empty()
                && !a.source.is_empty()
                && is_quoted(doc, a.content.first().copied())
        })
        .count();
    // "We will go on, said Lee": a report whose marks are lost.
    let unmarked = attributions
        .iter()
        .filter(|a| {
            a.act == Act::Speech
                && !a.cue.is_empty()
                && names_somebody(doc, a.source.first().copied())
                && !is_quoted(doc, a.content.first().copied())
                && a.source.first().map(|s| s.start) > a.content.first().map(|c| c.start)
                && a.content.iter().any(|c| speaks_of_itself(doc, *c))
        })
        .count();
    if !signed && unmarked >= 1 && unmarked * 8 >= first_person {
        return choice(Layout::Narrative, "a writer reports what others said");
    }
    // A speech may quote much; a writer of news says "I" and "we" outside marks next to never.
    let own = quoted_speech * 6 <= first_person || first_person >= 20;
    // A long speech is mostly about the world: there it is enough that "we" comes back.
    let often = first_person >= 2 && first_person * 120 >= outside;
    let again = first_person >= COMES_BACK && first_person * 400 >= outside;
    if (often || again) && own {
        return choice(Layout::OneVoice, "the text speaks in the first person");
    }
    if signed && quoted_speech == 0 {
        return choice(
            Layout::OneVoice,
            "a line on top names whose text it is, and nobody is quoted",
        );
    }
    let reported = attributions
        .iter()
        .filter(|a| a.act == Act::Speech && !a.cue.is_empty() && a.confidence >= 0.6)
        .count();
    if reported == 0 && outside >= 40 && doc.outermost.iter().all(|r| r.inner.len() < 60) {
        return choice(
            Layout::OneVoice,
            "nobody is quoted or reported: the text is its issuer's",
        );
    }
    choice(Layout::Narrative, "a writer reports what others said")
}

/// Where a statement begins that is announced in its own paragraph: "released the following statement today in
/// response to …: We …". In bytes of the paragraph.
fn announced(line: &str) -> Option<usize> {
    let lower = line.to_ascii_lowercase();
    let said = lower
        .find("the following statement")
        .filter(|at| *at < 400)?;
    let lead = lower.get(..said)?;
    if !RELEASES.iter().any(|verb| lead.contains(verb)) {
        return None;
    }
    let colon = said + line.get(said..)?.find(": ").filter(|at| *at < 400)?;
    let body = line.get(colon + 1..)?;
    let begin = body.trim_start();
    begin
        .starts_with(char::is_uppercase)
        .then_some(colon + 1 + body.len() - begin.len())
}

/// "I" and "we", in every form.
fn is_first_person(written: &str) -> bool {
    matches!(
        written,
        "I" | "we"
            | "We"
            | "our"
            | "Our"
            | "us"
            | "my"
            | "My"
            | "I'm"
            | "I’m"
            | "I've"
            | "I’ve"
            | "we’re"
            | "we're"
            | "We’re"
            | "We're"
            | "we’ve"
            | "we've"
    )
}

fn speaks_of_itself(doc: &Document<'_>, span: Span) -> bool {
    super::clauses::words_in(doc, span).any(|i| is_first_person(doc.written(i)))
}

/// Whether a source is a name, not a pronoun of the first person or a thing.
fn names_somebody(doc: &Document<'_>, source: Option<Span>) -> bool {
    let Some(source) = source else { return false };
    let mut words = super::clauses::words_in(doc, source);
    words.clone().all(|i| !is_first_person(doc.written(i)))
        && words.any(|i| doc.word(i).is_some_and(|w| w.capital))
}

fn is_quoted(doc: &Document<'_>, span: Option<Span>) -> bool {
    span.is_some_and(|s| {
        doc.word(doc.word_at(s.begin()))
            .is_some_and(|w| w.quotation != 0)
    })
}
