//! What makes a statement better than its words alone: that somebody says them there. Looks at what
//! was extracted from one statement, and at nothing else. What that is worth is told by `rank`.

use super::rank::{Boost, Counted};
use super::scan::{How, Scanner};
use super::vocabulary::Corrections;
use super::wanted::Wanted;
use crate::model::Span;
use crate::query::{Text, Word};
use crate::store::{Columns, Segment};
use crate::text::words::for_each_word;
use std::collections::BTreeSet;

/// Places of a text that are looked at, from the first on: more of them would say no more, and those
/// of a single letter are without end.
const PLACES: usize = 12;

/// What is said in one statement, and by whom.
struct Said {
    /// Contents of quotes, by their first byte.
    quotes: Vec<Span>,
    /// The same of claims.
    claims: Vec<Span>,
    /// Words of the names of those who are quoted or claim something, folded.
    named: BTreeSet<String>,
}

/// The boosts of every text of the scanner, in its order; `None` while the statement is not extracted.
#[must_use]
pub fn boosts(
    scanner: &Scanner<'_>,
    corrections: &Corrections,
    segment: &Segment,
    at: usize,
) -> Option<Vec<Boost>> {
    let said = Said::of(&segment.packed(at)?.columns()?);
    let doc = u32::try_from(at).ok()?;
    let texts = scanner.texts().iter().enumerate();
    let boost = |(number, wanted): (usize, &Wanted<'_>)| {
        let mut places = scanner.first_places(number, doc, PLACES);
        places.sort_unstable_by_key(|(span, _)| *span);
        Boost {
            quoted: inside(&said.quotes, &places),
            claimed: inside(&said.claims, &places),
            speaks: said.speaks(wanted.text, corrections),
        }
    };
    Some(texts.map(boost).collect())
}

impl Said {
    /// What nobody is said to have said is left out.
    fn of(columns: &Columns<'_>) -> Self {
        let quotes = || columns.attributed();
        let contents = quotes().flat_map(|quote| columns.content(quote));
        let mut contents: Vec<Span> = contents.copied().collect();
        let mut claims: Vec<Span> = columns.claims.iter().map(|claim| claim.span).collect();
        contents.sort_unstable();
        claims.sort_unstable();
        let by = quotes().map(|quote| quote.speaker);
        let by = by.chain(columns.claims.iter().map(|claim| claim.speaker));
        // In a transcript one speaks many times over.
        let by: BTreeSet<usize> = by.flatten().collect();
        let mut named = BTreeSet::new();
        for speaker in by.into_iter().filter_map(|n| columns.speaker(Some(n))) {
            for_each_word(speaker.name, |word, _| {
                named.insert(word.to_owned());
            });
        }
        Self {
            quotes: contents,
            claims,
            named,
        }
    }

    /// All words of the text stand in names of speakers: how the worst of them does.
    fn speaks(&self, text: &Text, corrections: &Corrections) -> Option<How> {
        let last = text.words.len().saturating_sub(1);
        let words = text.words.iter().enumerate();
        words
            .map(|(at, word)| self.names(word, text.prefix && at == last, corrections))
            .try_fold(How::Exact, |worst, how| how.map(|how| worst.max(how)))
    }

    fn names(&self, word: &Word, prefix: bool, corrections: &Corrections) -> Option<How> {
        let alike = corrections.get(&word.folded);
        let how = |name: &String| {
            if *name == word.folded {
                Some(How::Exact)
            } else if prefix && name.starts_with(&word.folded) {
                Some(How::Prefix)
            } else {
                alike
                    .filter(|alike| alike.contains(name))
                    .map(|_| How::Alike)
            }
        };
        self.named.iter().filter_map(how).min()
    }
}

/// The places that lie in one of the spans; both are in order, so that each is passed once.
fn inside(spans: &[Span], places: &[(Span, How)]) -> Counted {
    let mut counted = Counted::default();
    let mut spans = spans.iter().peekable();
    let mut reach = 0;
    for (place, how) in places {
        while let Some(span) = spans.next_if(|span| span.start <= place.start) {
            reach = reach.max(span.end);
        }
        if place.end <= reach {
            counted.add(*how, true, false);
        }
    }
    counted
}
