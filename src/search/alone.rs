//! Whether a statement can match a query as typed, told from its words alone, before anything is indexed: for a
//! filter of many statements of which most do not. Must not say no of one that would be found.

use crate::model::Statement;
use crate::query::{Node, Query};
use crate::text::words::for_words_until;
use std::ops::ControlFlow;

/// A word that must stand in the title or the body, and has not been met yet.
struct Wanted<'q> {
    folded: &'q str,
    /// It may be the beginning of a longer one.
    prefix: bool,
}

/// False where a word that the query asks for stands nowhere in the statement.
#[must_use]
pub fn may_match(query: &Query, statement: &Statement) -> bool {
    let mut wanted = Vec::new();
    if let Some(root) = &query.root {
        gather(root, &mut wanted);
    }
    // What is spelt like a word that is asked for with slips stands for that word wherever the query has it.
    let slips = query.texts().into_iter().filter(|text| text.fuzzy);
    for word in slips.flat_map(|text| &text.words) {
        wanted.retain(|w| w.folded != word.folded);
    }
    for text in [&*statement.title.value, &*statement.body] {
        if wanted.is_empty() {
            break;
        }
        for_words_until(text, |word, _| {
            wanted.retain(|w: &Wanted<'_>| {
                word != w.folded && !(w.prefix && word.starts_with(w.folded))
            });
            if wanted.is_empty() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
    }
    wanted.is_empty()
}

/// The words that must all stand there: not those of which one of several is enough, nor those for which
/// others spelt alike will do.
fn gather<'q>(node: &'q Node, wanted: &mut Vec<Wanted<'q>>) {
    match node {
        Node::And(nodes) => nodes.iter().for_each(|node| gather(node, wanted)),
        Node::Text(text) if !text.fuzzy => {
            let last = text.words.len().saturating_sub(1);
            let words = text.words.iter().enumerate();
            wanted.extend(words.map(|(at, word)| Wanted {
                folded: &word.folded,
                prefix: text.prefix && at == last,
            }));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;
    use crate::search::search;
    use crate::store::Store;
    use proptest::prelude::*;

    #[test]
    fn words_that_stand_nowhere_decide_and_others_do_not() {
        let mut statement = Statement::new("a", "China's U.S. envoy said “no” to Zoë.");
        statement.title.value = "Export controls".into();
        for (line, may) in [
            ("", true),
            ("export envoy", true),
            ("exp", true),
            ("exp ", false),
            ("\"envoy export\"", true),
            ("china us zoe", true),
            ("chinas ", false),
            ("envoy sanctions", false),
            ("envoy | sanctions", true),
            ("envoy -sanctions", true),
            ("~envoi", true),
            ("type:demand", true),
        ] {
            assert_eq!(may_match(&parse(line).unwrap(), &statement), may, "{line}");
        }
    }

    #[test]
    fn a_word_asked_for_with_slips_and_without_may_be_spelt_otherwise() {
        let query = parse("~envoi envoi ").unwrap();
        let query = Query {
            as_typed: true,
            ..query
        };
        let statement = Statement::new("a", "The envoy said no.");
        let store = Store::of(vec![statement.clone()]);
        let found = search(&store.snapshot(), &query, &|| false).unwrap().found;
        assert_eq!(found.len(), 1);
        assert!(may_match(&query, &statement));
    }

    proptest! {
        #[test]
        fn nothing_that_is_found_is_told_not_to_match(
            line in "(-?~?\"?[abé]{1,5}\"?[ |]){0,4}",
            body in "([abéA.'’-]{1,5} ){1,8}",
        ) {
            let Ok(query) = parse(&line) else { return Ok(()) };
            let query = Query { as_typed: true, ..query };
            let statement = Statement::new("a", &body);
            let store = Store::of(vec![statement.clone()]);
            let found = search(&store.snapshot(), &query, &|| false).unwrap().found;
            prop_assert!(found.is_empty() || may_match(&query, &statement));
        }
    }
}
