//! How likely a sentence holds a claim that can be verified: the check-worthiness of a claim, a sort key.
//!
//! A logistic regression over the features of `sentence`; what it was trained on, and how well it does, is in
//! `assets/models/README.md`. Must not decide what is a claim.

use super::document::Document;
use super::sentence::{Features, Scorer};
use super::weights::Weights;
use super::{Extractor, clauses};
use crate::model::Claim;
use std::iter::repeat;
use std::sync::LazyLock;

static MODEL: LazyLock<Option<Weights<'static>>> =
    LazyLock::new(|| Weights::new(include_bytes!("../../assets/models/worth.bin")));

/// So many claims are weighed together: their features are looked up in a row.
const CLAIMS_TOGETHER: usize = 64;

/// Weighs the claims of one text after another.
#[derive(Debug, Default)]
pub(super) struct Weigher {
    features: Features,
    scorer: Scorer,
}

impl Weigher {
    /// Fills in how likely the words of each claim hold what can be verified.
    pub(super) fn weigh(&mut self, doc: &Document<'_>, claims: &mut [Claim]) {
        for claims in claims.chunks_mut(CLAIMS_TOGETHER) {
            for claim in &*claims {
                let words = clauses::words_in(doc, claim.span);
                self.features.read(doc, &words, false);
                self.scorer.ask(self.features.hashes());
            }
            for (claim, worth) in claims.iter_mut().zip(worths(&mut self.scorer)) {
                claim.worth = worth;
            }
        }
    }
}

/// Of each sentence that was asked for: 0..=1; 0.5 where there is no model.
fn worths(scorer: &mut Scorer) -> impl Iterator<Item = f32> {
    let scores = MODEL.as_ref().map(|model| scorer.scores(model));
    let scores = scores.into_iter().flatten();
    let scores = scores.map(|[score]| score).chain(repeat(0.0));
    scores.map(|score: f32| 1.0 / (1.0 + (-score).exp()))
}

impl Extractor {
    /// How likely `sentence`, standing alone, holds a claim that can be verified: 0..=1.
    #[must_use]
    pub fn worth(&self, sentence: &str) -> f32 {
        let mut scorer = Scorer::default();
        scorer.ask(&self.sentence_features(sentence, false));
        worths(&mut scorer).next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon::Lexicon;
    use crate::extract::weights::MOST_ROWS;
    use crate::model::Statement;

    #[test]
    fn each_claim_has_the_worth_of_its_own_words() {
        // One with more features than go into one sum, between more than are weighed together.
        let many = "The council cut its spending by 3 percent. Nobody knows why. ";
        let words = ('b'..='i').flat_map(|a| ('l'..='t').map(move |b| format!("{a}a{b}o{a}ers, ")));
        let long = "It has ".to_owned() + &words.collect::<String>() + "and roads of its own. ";
        let body = many.repeat(40) + &long + &many.repeat(9);
        let extraction = Extractor::new().extract(&Statement::new("many", &body));
        let claims = extraction.claims;
        assert!(claims.len() > CLAIMS_TOGETHER, "{}", claims.len());
        let lexicon = Lexicon::bundled();
        let doc = Document::new(&body, None, &lexicon);
        let (mut features, mut longest) = (Features::default(), 0);
        for claim in &claims {
            features.read(&doc, &clauses::words_in(&doc, claim.span), false);
            longest = longest.max(features.hashes().len());
            let mut scorer = Scorer::default();
            scorer.ask(features.hashes());
            assert_eq!(worths(&mut scorer).next(), Some(claim.worth));
        }
        assert!(longest > MOST_ROWS, "{longest}");
        let [first, .., last] = claims.as_slice() else {
            panic!("no claims")
        };
        assert_ne!(first.worth, last.worth);
    }
}
