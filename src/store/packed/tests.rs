//! Packing loses nothing, and no bytes make unpacking panic.

use super::Packed;
use crate::extract::Extractor;
use crate::model::{
    Act, Attributed, Claim, ClaimType, Extraction, Facet, FoundDate, FoundNumber, Illocution,
    InQuote, Layout, Modality, Polarity, Quote, QuoteKind, Resolved, Span, Speaker, Stance,
    Statement, Verifiable,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

const BODY: &str =
    "“We will not\n yield,” Ms. Lee said on Monday. She urged Beijing to act on 3 million cases.";

fn span() -> impl Strategy<Value = Span> {
    prop_oneof![
        9 => (0..90u32, 0..40u32).prop_map(|(start, length)| Span { start, end: start + length }),
        1 => any::<(u32, u32)>().prop_map(|(start, end)| Span { start, end }),
    ]
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    vec(span(), 0..3)
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("yield".to_owned()),
        Just("Ms. Lee".to_owned()),
        "\\PC{0,6}"
    ]
}

fn speaker() -> impl Strategy<Value = Option<Speaker>> {
    use Resolved::{AsWritten, Description, Issuer, Pronoun, Turn};
    let how = select(vec![AsWritten, Pronoun, Description, Turn, Issuer]);
    let all = (words(), option::of(span()), how, option::of(words()));
    option::of(all.prop_map(|(name, mention, how, on_behalf_of)| Speaker {
        name,
        mention,
        how,
        on_behalf_of,
    }))
}

fn id() -> impl Strategy<Value = u32> {
    prop_oneof![9 => 0..5u32, 1 => any::<u32>()]
}

prop_compose! {
    fn quote()(
        (id, kind, act) in (id(), select(&QuoteKind::ALL), select(vec![Act::Speech, Act::Attitude])),
        (content, source, cue) in (spans(), spans(), spans()),
        (speaker, continues) in (speaker(), option::of(id())),
        confidence in -1e9..1e9f32,
    ) -> Quote {
        Quote { id, kind, act, content, source, cue, speaker, continues, confidence }
    }
}

fn number() -> impl Strategy<Value = FoundNumber> {
    let value = prop_oneof![
        Just(-0.0),
        Just(3_000_000.0),
        Just(9_007_199_254_740_993.0),
        Just(f64::INFINITY),
        any::<f64>().prop_filter("equal to itself", |v| !v.is_nan()),
    ];
    (span(), value, words()).prop_map(|(span, value, unit)| FoundNumber { span, value, unit })
}

fn date() -> impl Strategy<Value = FoundDate> {
    (span(), option::of(words())).prop_map(|(span, iso)| FoundDate { span, iso })
}

prop_compose! {
    fn claim()(
        (id, span, quote) in (id(), span(), option::of(id())),
        (kind, illocution) in (select(ClaimType::ALL), select(Illocution::ALL)),
        (attribution, in_quote) in (select(Attributed::ALL), select(InQuote::ALL)),
        (stance, polarity) in (select(Stance::ALL), select(Polarity::ALL)),
        (modality, verifiable) in (select(Modality::ALL), select(Verifiable::ALL)),
        (claimant, speaker, cue, target) in (spans(), speaker(), spans(), option::of(span())),
        (source_chain, facets) in (vec(words(), 0..3), vec(select(Facet::ALL), 0..4)),
        (numbers, dates, atoms) in (vec(number(), 0..3), vec(date(), 0..3), spans()),
        (normalized, topics) in (words(), vec(words(), 0..4)),
        (worth, confidence) in (0.0..1.0f32, 0.0..1.0f32),
    ) -> Claim {
        Claim {
            id, span, kind, illocution, claimant, speaker, source_chain, attribution, in_quote, cue,
            quote, target, stance, polarity, modality, verifiable, facets, numbers, dates, atoms,
            normalized, topics, worth, confidence,
        }
    }
}

fn extraction() -> impl Strategy<Value = Extraction> {
    let layout = select(vec![
        Layout::Narrative,
        Layout::Transcript,
        Layout::OneVoice,
    ]);
    let all = (layout, speaker(), vec(quote(), 0..5), vec(claim(), 0..6));
    all.prop_map(|(layout, issuer, quotes, claims)| Extraction {
        layout,
        issuer,
        quotes,
        claims,
    })
}

proptest! {
    #[test]
    fn what_was_packed_comes_back_equal(extraction in extraction()) {
        let packed = Packed::new(&extraction, BODY);
        let back = packed.unpack(BODY).unwrap();
        prop_assert_eq!(&back, &extraction);
        // A zero keeps its sign, which `==` does not see.
        prop_assert_eq!(format!("{back:?}"), format!("{extraction:?}"));
        prop_assert_eq!(Packed::of_bytes(packed.bytes().to_vec()), Some(packed));
    }

    #[test]
    fn columns_say_what_the_extraction_says(extraction in extraction()) {
        let packed = Packed::new(&extraction, BODY);
        let columns = packed.columns().unwrap();
        let named = |n: Option<usize>| columns.speaker(n).map(|s| (s.name, s.on_behalf_of, s.how));
        let of = |s: &Option<Speaker>| s.clone().map(|s| (s.name, s.on_behalf_of, s.how));
        let owned = |s: Option<(&str, Option<&str>, Resolved)>| {
            s.map(|(name, behalf, how)| (name.to_owned(), behalf.map(str::to_owned), how))
        };
        prop_assert_eq!(columns.quotes.len(), extraction.quotes.len());
        for (row, quote) in columns.quotes.iter().zip(&extraction.quotes) {
            prop_assert_eq!((row.kind, row.act), (quote.kind, quote.act));
            prop_assert_eq!(columns.content(row), &quote.content);
            prop_assert_eq!(columns.source(row), &quote.source);
            prop_assert_eq!(owned(named(row.speaker)), of(&quote.speaker));
        }
        prop_assert_eq!(columns.claims.len(), extraction.claims.len());
        for (row, claim) in columns.claims.iter().zip(&extraction.claims) {
            prop_assert_eq!(
                (row.kind, row.span, row.quote, row.target),
                (claim.kind, claim.span, claim.quote, claim.target)
            );
            prop_assert_eq!(columns.claimant(row), &claim.claimant);
            prop_assert_eq!(owned(named(row.speaker)), of(&claim.speaker));
        }
        let kinds = packed.kinds();
        prop_assert!(kinds.quotes().eq(extraction.quotes.iter().map(|q| q.kind)));
        prop_assert!(kinds.claims().eq(extraction.claims.iter().map(|c| c.kind)));
        prop_assert_eq!(kinds.attributed(), extraction.attributed().count());
        prop_assert_eq!(kinds.claimed(), extraction.claims.len());
        let voices = packed.voices().unwrap();
        prop_assert_eq!(&voices.speakers, &columns.speakers);
        let own = |n| columns.attributed().filter(|quote| quote.speaker == Some(n)).count();
        let counted = (0..columns.speakers.len()).map(|n| (n, own(n)));
        prop_assert!(voices.spoken().eq(counted.filter(|(_, quotes)| *quotes > 0)));
    }

    #[test]
    fn bytes_that_are_no_record_give_nothing_and_no_panic(
        extraction in extraction(),
        at in any::<prop::sample::Index>(),
        new in any::<u8>(),
        body in "\\PC{0,40}",
    ) {
        let packed = Packed::new(&extraction, BODY);
        let mut bytes = packed.bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] = new;
        if let Some(damaged) = Packed::of_bytes(bytes.clone()) {
            let _ = (damaged.unpack(BODY), damaged.kinds().claims().count());
        }
        bytes.truncate(at);
        let _ = Packed::of_bytes(bytes).and_then(|cut| cut.unpack(BODY));
        // With another text: something else, or nothing.
        let _ = packed.unpack(&body);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..60)) {
        if let Some(packed) = Packed::of_bytes(bytes.clone()) {
            let _ = packed.unpack(BODY);
        }
        let any = Packed(bytes.into());
        let _ = (any.kinds().quotes().count(), any.voices());
    }
}

#[test]
fn a_real_extraction_comes_back_and_is_small() {
    let statement = Statement::new("s", &BODY.repeat(40));
    let extraction = Extractor::new().extract(&statement);
    assert!(!extraction.quotes.is_empty() && !extraction.claims.is_empty());
    let packed = Packed::new(&extraction, &statement.body);
    assert_eq!(packed.unpack(&statement.body), Some(extraction));
    assert!(packed.bytes().len() < statement.body.len());
}
