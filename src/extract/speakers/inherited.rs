//! Speakers of quotations that name none: a paragraph re-opened by the same voice, a statement that a line announces.
//!
//! Looks at paragraphs and marks; must not give a speaker to marked words inside a sentence.

use super::issuer::{announced, issued};
use super::names::Names;
use crate::extract::document::Document;
use crate::model::{Quote, QuoteKind, Resolved, Speaker};

/// Gives direct quotes that open a paragraph and have no source the speaker whose words they go on with.
/// `quotes` are in order of the text.
pub fn inherit(doc: &Document<'_>, names: &Names, quotes: &mut [Quote]) {
    // The speaker under way, with the paragraph up to which it holds.
    let mut under_way: Option<(Speaker, usize)> = None;
    let mut seen = 0;
    // What the paragraph of the quote before announces.
    let mut here: Option<(usize, Option<(Speaker, usize)>)> = None;
    for quote in quotes {
        let Some(first) = quote.content.first().copied() else {
            continue;
        };
        let at = doc
            .paragraphs
            .partition_point(|p| p.span.begin() <= first.begin())
            .saturating_sub(1);
        for (index, paragraph) in doc.paragraphs.iter().enumerate().take(at).skip(seen) {
            let announces = paragraph.span.of(doc.text).trim_end().ends_with([':', '.']);
            if announces && let Some(speaker) = issued(doc, names, paragraph) {
                under_way = Some((speaker, index + 2));
            }
        }
        seen = seen.max(at);
        let Some(paragraph) = doc.paragraphs.get(at) else {
            continue;
        };
        let opens = first.begin() <= paragraph.span.begin() + 4;
        if here.as_ref().is_none_or(|(index, _)| *index != at) {
            here = Some((at, announced(doc, names, paragraph)));
        }
        // "X issued the following statement. “…”" in one paragraph.
        if quote.kind == QuoteKind::Direct
            && quote.source.is_empty()
            && quote.speaker.is_none()
            && !opens
            && let Some((_, Some((speaker, word)))) = &here
            && doc
                .word(*word)
                .is_some_and(|w| w.span.begin() < first.begin())
        {
            quote.speaker = Some(Speaker {
                how: Resolved::Description,
                ..speaker.clone()
            });
        }
        let bare = quote.kind == QuoteKind::Direct && quote.source.is_empty();
        if bare
            && opens
            && quote.speaker.is_none()
            && let Some((speaker, until)) = &under_way
            && at <= *until
        {
            quote.speaker = Some(Speaker {
                how: Resolved::Description,
                ..speaker.clone()
            });
        }
        // What follows goes on with this voice when its last mark is not closed, or nothing else stands beside it.
        let last = quote.content.last().copied().unwrap_or(first);
        let after = doc
            .outermost
            .partition_point(|r| r.inner.begin() <= last.begin());
        let region = after.checked_sub(1).and_then(|i| doc.outermost.get(i));
        let open = region.is_some_and(|r| r.close.is_none() && last.begin() <= r.inner.finish());
        if quote.kind == QuoteKind::Direct
            && let Some(speaker) = quote.speaker.clone()
        {
            let whole = opens && first.finish() + 4 >= paragraph.span.finish();
            under_way = (open || whole && bare).then_some((speaker, at + 1));
        }
    }
}
