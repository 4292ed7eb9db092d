//! The part-of-speech tags: those of the Penn Treebank, fewer where the difference does not matter here.

/// How many tags the model decides between: the first ones. The others belong to marks.
pub const LEARNED: usize = 27;

/// A part of speech.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Tag {
    /// Coordinating conjunction.
    Cc,
    /// Number.
    Cd,
    /// Determiner, before another too (`all the`).
    Dt,
    /// Existential `there`.
    Ex,
    /// Preposition, subordinating conjunction.
    In,
    /// Adjective, compared or not.
    Jj,
    /// Modal verb.
    Md,
    /// Noun, foreign words too.
    Nn,
    /// Noun, plural.
    Nns,
    /// Name.
    Nnp,
    /// Name, plural.
    Nnps,
    /// Possessive ending.
    Pos,
    /// Personal pronoun.
    Prp,
    /// Possessive pronoun.
    PrpS,
    /// Adverb, compared or not.
    Rb,
    /// Particle.
    Rp,
    /// `to`.
    To,
    /// Interjection.
    Uh,
    /// Verb, base form.
    Vb,
    /// Verb, past.
    Vbd,
    /// Verb, gerund or present participle.
    Vbg,
    /// Verb, past participle.
    Vbn,
    /// Verb, present, not third person singular.
    Vbp,
    /// Verb, present, third person singular.
    Vbz,
    /// Which-determiner.
    Wdt,
    /// Which-pronoun, `whose` too.
    Wp,
    /// Which-adverb.
    Wrb,
    /// Full stop, question and exclamation mark.
    Stop,
    /// Comma.
    Comma,
    /// Colon, semicolon.
    Colon,
    /// Dash, ellipsis.
    Dash,
    /// Quotation mark.
    Quote,
    /// Opening bracket.
    Open,
    /// Closing bracket.
    Close,
    /// Any other mark; what is outside the sentence.
    #[default]
    Mark,
}

/// All tags in order, with their names.
const NAMES: [(Tag, &str); 35] = [
    (Tag::Cc, "CC"),
    (Tag::Cd, "CD"),
    (Tag::Dt, "DT"),
    (Tag::Ex, "EX"),
    (Tag::In, "IN"),
    (Tag::Jj, "JJ"),
    (Tag::Md, "MD"),
    (Tag::Nn, "NN"),
    (Tag::Nns, "NNS"),
    (Tag::Nnp, "NNP"),
    (Tag::Nnps, "NNPS"),
    (Tag::Pos, "POS"),
    (Tag::Prp, "PRP"),
    (Tag::PrpS, "PRP$"),
    (Tag::Rb, "RB"),
    (Tag::Rp, "RP"),
    (Tag::To, "TO"),
    (Tag::Uh, "UH"),
    (Tag::Vb, "VB"),
    (Tag::Vbd, "VBD"),
    (Tag::Vbg, "VBG"),
    (Tag::Vbn, "VBN"),
    (Tag::Vbp, "VBP"),
    (Tag::Vbz, "VBZ"),
    (Tag::Wdt, "WDT"),
    (Tag::Wp, "WP"),
    (Tag::Wrb, "WRB"),
    (Tag::Stop, "."),
    (Tag::Comma, ","),
    (Tag::Colon, ":"),
    (Tag::Dash, "-"),
    (Tag::Quote, "\""),
    (Tag::Open, "("),
    (Tag::Close, ")"),
    (Tag::Mark, "SYM"),
];

impl Tag {
    /// How many there are.
    pub const COUNT: usize = NAMES.len();

    /// The tag of this number; [`Tag::Mark`] past the last.
    #[inline]
    #[must_use]
    pub fn from_index(index: usize) -> Self {
        NAMES.get(index).map_or(Tag::Mark, |(tag, _)| *tag)
    }

    /// Its name, as in the Penn Treebank where it has one.
    #[must_use]
    pub fn penn(self) -> &'static str {
        NAMES.get(self as usize).map_or("", |(_, name)| name)
    }

    /// The tag of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, n)| *n == name).map(|(tag, _)| *tag)
    }

    /// Any form of a verb, a modal verb aside.
    #[must_use]
    pub fn is_verb(self) -> bool {
        (Self::Vb as u8..=Self::Vbz as u8).contains(&(self as u8))
    }

    /// A verb that stands for itself: past or present, or a modal verb.
    #[must_use]
    pub fn is_finite(self) -> bool {
        matches!(self, Self::Vbd | Self::Vbp | Self::Vbz | Self::Md)
    }

    /// Any noun or name.
    #[must_use]
    pub fn is_noun(self) -> bool {
        matches!(self, Self::Nn | Self::Nns | Self::Nnp | Self::Nnps)
    }

    /// The tag of a mark as written.
    #[must_use]
    pub(super) fn of_mark(written: &str) -> Self {
        match written {
            "''" | "``" => return Self::Quote,
            _ => {}
        }
        match written.chars().next() {
            Some('.' | '?' | '!' | '。' | '？' | '！') => Self::Stop,
            Some(',' | '，' | '、') => Self::Comma,
            Some(':' | ';' | '：' | '；') => Self::Colon,
            Some('-' | '–' | '—' | '―' | '‐' | '‑' | '…') => Self::Dash,
            Some('"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' | '`' | '「' | '」') => {
                Self::Quote
            }
            Some('(' | '[' | '{') => Self::Open,
            Some(')' | ']' | '}') => Self::Close,
            _ => Self::Mark,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_the_order_of_the_tags() {
        for (index, (tag, name)) in NAMES.iter().enumerate() {
            assert_eq!(*tag as usize, index);
            assert_eq!(Tag::from_index(index), *tag);
            assert_eq!(Tag::named(name), Some(*tag));
        }
        assert_eq!(Tag::Wrb as usize + 1, LEARNED);
    }

    #[test]
    fn marks_have_the_tag_of_their_character() {
        for (mark, tag) in [
            ("”", Tag::Quote),
            ("''", Tag::Quote),
            ("—", Tag::Dash),
            ("$", Tag::Mark),
        ] {
            assert_eq!(Tag::of_mark(mark), tag, "{mark}");
        }
    }
}
