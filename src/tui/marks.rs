//! Which mark stands on which byte of a text: quotes, claims and collected passages flattened to one
//! list of changes, worked out once when a text is opened.

use crate::model::{Extraction, QuoteKind, Span};

/// What is known of a stretch of text besides its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// It lies in a quote of this kind; the unmarked words of a mixed quote are a paraphrase.
    pub quote: Option<QuoteKind>,
    /// That quote is below the reader's threshold of confidence.
    pub unsure: bool,
    /// It lies in a claim.
    pub claim: bool,
    /// It lies in a passage of the collection.
    pub kept: bool,
}

/// Flattens overlapping spans into changes of mark by one sweep. Where quotes nest, the more exact
/// kind shows.
pub fn marks(
    body: &str,
    extraction: Option<&Extraction>,
    threshold: f32,
    kept: &[Span],
) -> Vec<(u32, Mark)> {
    let mut edges: Vec<(u32, i32, Layer)> = Vec::new();
    let mut lay = |span: Span, layer: Layer| {
        edges.push((span.start, 1, layer));
        edges.push((span.end, -1, layer));
    };
    for quote in extraction.iter().flat_map(|e| &e.quotes) {
        let unsure = quote.confidence < threshold;
        for content in &quote.content {
            if quote.kind == QuoteKind::Mixed {
                lay(*content, Layer::Quote(QuoteKind::Indirect, unsure));
                marked_parts(body, *content)
                    .for_each(|part| lay(part, Layer::Quote(QuoteKind::Mixed, unsure)));
            } else {
                lay(*content, Layer::Quote(quote.kind, unsure));
            }
        }
    }
    extraction
        .iter()
        .flat_map(|e| &e.claims)
        .for_each(|c| lay(c.span, Layer::Claim));
    kept.iter().for_each(|span| lay(*span, Layer::Kept));
    edges.sort_unstable_by_key(|(at, way, _)| (*at, *way));
    let mut open: Vec<Layer> = Vec::new();
    let mut marks = vec![(0, Mark::default())];
    for (at, way, layer) in edges {
        if way > 0 {
            open.push(layer);
        } else if let Some(n) = open.iter().position(|l| *l == layer) {
            open.swap_remove(n);
        }
        let mark = combined(&open);
        match marks.last_mut() {
            Some(last) if last.0 == at => last.1 = mark,
            Some(last) if last.1 == mark => {}
            _ => marks.push((at, mark)),
        }
    }
    marks
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layer {
    Quote(QuoteKind, bool),
    Claim,
    Kept,
}

fn combined(open: &[Layer]) -> Mark {
    let rank = |kind: QuoteKind| match kind {
        QuoteKind::Direct => 0,
        QuoteKind::Mixed => 1,
        QuoteKind::Scare => 2,
        QuoteKind::Indirect => 3,
    };
    let quotes = open.iter().filter_map(|l| {
        if let Layer::Quote(kind, unsure) = l {
            Some((*kind, *unsure))
        } else {
            None
        }
    });
    let quote = quotes.min_by_key(|(kind, unsure)| (rank(*kind), *unsure));
    Mark {
        quote: quote.map(|(kind, _)| kind),
        unsure: quote.is_some_and(|(_, unsure)| unsure),
        claim: open.contains(&Layer::Claim),
        kept: open.contains(&Layer::Kept),
    }
}

/// The stretches of a mixed quote that stand between quotation marks.
fn marked_parts(body: &str, content: Span) -> impl Iterator<Item = Span> {
    let text = content.of(body);
    let mut parts = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match open {
            Some((start, close)) if c == close => {
                parts.push(Span::new(content.begin() + start, content.begin() + at));
                open = None;
            }
            Some(_) => {}
            None => open = closing(c).map(|close| (at + c.len_utf8(), close)),
        }
    }
    // A quotation that goes on past the content is marked to its end.
    parts.extend(open.map(|(start, _)| Span::new(content.begin() + start, content.finish())));
    parts.into_iter()
}

fn closing(open: char) -> Option<char> {
    Some(match open {
        '"' => '"',
        '“' | '„' => '”',
        '«' => '»',
        '「' => '」',
        '『' => '』',
        _ => return None,
    })
}
