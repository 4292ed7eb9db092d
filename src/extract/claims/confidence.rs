//! How likely a claim is right: that it is one, roughly here, and of this type.
//!
//! A logistic regression of six weights, fitted on 380 claims of thirty annotated documents; how well it tells right
//! from wrong, by cross-validation over documents, is in `assets/models/README.md`. What the type is says next to nothing once
//! it is known whose words the claim is in.

use crate::model::Attributed;

/// What the fit weighs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signs {
    /// Whose words it is in.
    pub attribution: Attributed,
    /// How sure the quote is that it lies in.
    pub quote: Option<f32>,
    /// Words between white space.
    pub words: usize,
}

/// Weights: bias; the writer's or the issuer's own words; reported without marks, or with some; how sure the quote is;
/// more than 40 words; fewer than five.
const WEIGHTS: [f32; 6] = [-0.64, 1.27, -0.25, 1.81, -0.85, -0.3];
/// Stands for the sureness of a quote where there is none.
const NO_QUOTE: f32 = 0.8;

/// 0..=1.
pub(super) fn confidence(signs: &Signs) -> f32 {
    let is = |yes: bool| f32::from(u8::from(yes));
    let own = [Attributed::Narrator, Attributed::FirstPerson];
    let reported = [Attributed::Indirect, Attributed::Mixed];
    let x = [
        1.0,
        is(own.contains(&signs.attribution)),
        is(reported.contains(&signs.attribution)),
        signs.quote.unwrap_or(NO_QUOTE),
        is(signs.words > 40),
        is(signs.words < 5),
    ];
    let score: f32 = x.iter().zip(WEIGHTS).map(|(x, w)| x * w).sum();
    1.0 / (1.0 + (-score).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_words_and_a_sure_quote_raise_it_and_length_lowers_it() {
        let signs = |attribution, quote, words| {
            confidence(&Signs {
                attribution,
                quote,
                words,
            })
        };
        let own = signs(Attributed::FirstPerson, None, 12);
        let quoted = signs(Attributed::Direct, Some(0.95), 12);
        let reported = signs(Attributed::Indirect, Some(0.95), 12);
        let unsure = signs(Attributed::Indirect, Some(0.4), 12);
        assert!(own > quoted && quoted > reported && reported > unsure);
        assert!(quoted > signs(Attributed::Direct, Some(0.95), 60));
        assert!(quoted > signs(Attributed::Direct, Some(0.95), 3));
    }
}
