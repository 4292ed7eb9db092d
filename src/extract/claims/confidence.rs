//! How likely a claim is right: that it is one, roughly here, and of this type.
//!
//! A logistic regression of four weights, fitted on the claims of twelve documents; how few that is, and how little it
//! tells apart, is in `assets/models/README.md`.

use crate::extract::searle;
use crate::model::{ClaimType, Illocution};

/// What the fit weighs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signs {
    pub kind: ClaimType,
    pub illocution: Illocution,
    /// Words of the claim.
    pub words: usize,
    /// The chances of the classes of `searle`.
    pub acts: [f32; 5],
}

/// Weights: bias; a type other than fact; the chance that `searle` gives to the claim's class; more than 40 words.
const WEIGHTS: [f32; 4] = [0.5, 0.57, 0.32, -0.37];

/// 0..=1.
pub(super) fn confidence(signs: &Signs) -> f32 {
    let x = [
        1.0,
        f32::from(u8::from(signs.kind != ClaimType::Fact)),
        agreement(signs),
        f32::from(u8::from(signs.words > 40)),
    ];
    let score: f32 = x.iter().zip(WEIGHTS).map(|(x, w)| x * w).sum();
    1.0 / (1.0 + (-score).exp())
}

/// How likely the learned model holds the class of the claim's type; a declaration is not among its classes.
fn agreement(signs: &Signs) -> f32 {
    let name = match signs.illocution {
        Illocution::Declaration => return 0.5,
        other => other.name(),
    };
    searle::CLASSES
        .iter()
        .zip(signs.acts)
        .find(|(class, _)| **class == name)
        .map_or(0.0, |(_, p)| p)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_raises_it_and_length_lowers_it() {
        let signs = |acts, words| Signs {
            kind: ClaimType::Demand,
            illocution: Illocution::Directive,
            words,
            acts,
        };
        let agreed = confidence(&signs([0.0, 0.0, 1.0, 0.0, 0.0], 10));
        let against = confidence(&signs([1.0, 0.0, 0.0, 0.0, 0.0], 10));
        let long = confidence(&signs([0.0, 0.0, 1.0, 0.0, 0.0], 60));
        assert!(agreed > against && agreed > long);
        assert!(
            [agreed, against, long]
                .iter()
                .all(|c| (0.0..=1.0).contains(c))
        );
    }
}
