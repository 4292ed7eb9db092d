//! A line of query to a tree with byte spans, or an error with a caret.
//!
//! The same language in the browser and on the command line:
//!
//! | Typed | Finds |
//! |---|---|
//! | `corridor winter` | both words, any order, the last also as the beginning of a word |
//! | `"grain corridor"` | the phrase; `"a b"~5` both within five words of each other, in order |
//! | `-word` | without it; also before a phrase, a field or a group |
//! | `a \| b` | either; binds closer than the space, so `a \| b c` is (a or b) and c |
//! | `( … )` | a group |
//! | `~coridor` | the word or one spelt like it |
//! | `speaker:` `source:` `title:` `tag:` `lang:` `target:` `place:` | a field; values parted by commas are alternatives; `"…"` for one with spaces |
//! | `type:` | a claim type (`demand`), a quote kind (`direct`) or a kind of document (`remarks`) |
//! | `has:` | `quote`, `claim`, `speaker`, `date`, `url` |
//! | `in:` | where the words must stand: `quote`, `claim`, `title`, `body` |
//! | `date:` | `2026`, `2026-10`, `2026-10-01..2026-11-15`, `2026-10..`, `..2026` |
//! | `sort:` | `relevance`, `date`, `-date`, `title`, `source` |
//!
//! Smart case: a capital letter in a word asks for the word as typed; accents count when typed.
//! A phrase that is not closed runs to the end of the line, its last word a prefix, so that results
//! follow the typing. Must not know the store: it only reads the line.

mod date;
mod field;
mod parse;

pub use date::DateRange;
pub use field::{Field, Has, Sort, Zone};
pub use parse::{ParseError, parse, values_of};

use crate::text::Span;

/// A parsed line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What must hold; `None` for an empty line, which finds everything.
    pub root: Option<Node>,
    /// Where the words must stand.
    pub zone: Zone,
    /// The order asked for.
    pub sort: Option<Sort>,
    /// Statements that are the same are shown as one. No line says so: the user's choice.
    pub fold: bool,
    /// No word is read as another but where `~` asks for it, and nothing is advised: so that what is found in a
    /// statement does not depend on others. No line says so.
    pub as_typed: bool,
    /// A quotation mark or bracket that nothing closes: as it should be while the line is typed, a
    /// slip once it is whole.
    pub unclosed: Option<Span>,
    /// A field without a value (`type:`), which asks for nothing: the same.
    pub valueless: Option<Span>,
}

impl Query {
    /// The query that finds everything.
    #[must_use]
    pub fn everything() -> Self {
        Self {
            root: None,
            zone: Zone::Anywhere,
            sort: None,
            fold: false,
            as_typed: false,
            unclosed: None,
            valueless: None,
        }
    }

    /// The nodes that are none of other nodes, those that must not hold included, in order of the line.
    #[must_use]
    pub fn leaves(&self) -> Vec<&Node> {
        let mut out = Vec::new();
        if let Some(root) = &self.root {
            root.collect_leaves(&mut out);
        }
        out
    }

    /// The texts that must or may occur (not those that must not), in order of the line.
    #[must_use]
    pub fn texts(&self) -> Vec<&Text> {
        let mut out = Vec::new();
        if let Some(root) = &self.root {
            root.collect_texts(&mut out);
        }
        out
    }
}

/// One node of the tree. Spans are bytes of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// All of them.
    And(Vec<Node>),
    /// Any of them.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// Words.
    Text(Text),
    /// A field that holds any of these values (folded words of each), with the bytes of the term.
    Field {
        /// Which field.
        field: Field,
        /// Alternatives; each is the folded words that must all begin words of the field.
        values: Vec<Vec<String>>,
        /// Where it stands in the line.
        span: Span,
    },
    /// A date in the range.
    Date(DateRange, Span),
    /// Something is there at all.
    Has(Has, Span),
}

impl Node {
    fn collect_leaves<'q>(&'q self, out: &mut Vec<&'q Self>) {
        match self {
            Self::And(nodes) | Self::Or(nodes) => nodes.iter().for_each(|n| n.collect_leaves(out)),
            Self::Not(inner) => inner.collect_leaves(out),
            leaf => out.push(leaf),
        }
    }

    fn collect_texts<'q>(&'q self, out: &mut Vec<&'q Text>) {
        match self {
            Self::And(nodes) | Self::Or(nodes) => nodes.iter().for_each(|n| n.collect_texts(out)),
            Self::Text(text) => out.push(text),
            Self::Not(_) | Self::Field { .. } | Self::Date(..) | Self::Has(..) => {}
        }
    }
}

/// Words that must stand together: a single word, or a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// At least one.
    pub words: Vec<Word>,
    /// Words that may stand between the words of a phrase: 0 for an exact phrase.
    pub slop: usize,
    /// The last word may be the beginning of a longer one.
    pub prefix: bool,
    /// `~`: words spelt alike count even when the word itself occurs.
    pub fuzzy: bool,
    /// Where it stands in the line.
    pub span: Span,
}

/// One word of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Folded as the index folds.
    pub folded: String,
    /// As typed.
    pub typed: String,
    /// A capital was typed: the case must agree.
    pub case: bool,
    /// An accent was typed: accents must agree.
    pub accent: bool,
}
