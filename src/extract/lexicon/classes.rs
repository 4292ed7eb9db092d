//! The sets that the word lists sort words into: word classes, what may follow a reporting word, forms of a verb.
//!
//! Which word is in which is for the lists to say.

/// A set of word classes, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(u32);

impl Classes {
    /// No class.
    pub const NONE: Self = Self(0);
    pub const SUBJECT_PRONOUN: Self = Self(1);
    pub const PERSON_PRONOUN: Self = Self(1 << 1);
    pub const OBJECT_PRONOUN: Self = Self(1 << 2);
    pub const DETERMINER: Self = Self(1 << 3);
    pub const POSSESSIVE: Self = Self(1 << 4);
    pub const PREPOSITION: Self = Self(1 << 5);
    pub const CONJUNCTION: Self = Self(1 << 6);
    pub const SUBORDINATOR: Self = Self(1 << 7);
    pub const RELATIVE: Self = Self(1 << 8);
    pub const AUXILIARY: Self = Self(1 << 9);
    pub const BE: Self = Self(1 << 10);
    pub const HAVE: Self = Self(1 << 11);
    pub const DO: Self = Self(1 << 12);
    pub const MODAL: Self = Self(1 << 13);
    pub const NEGATION: Self = Self(1 << 14);
    pub const ADVERB: Self = Self(1 << 15);
    pub const WEEKDAY: Self = Self(1 << 16);
    pub const MONTH: Self = Self(1 << 17);
    pub const TIME: Self = Self(1 << 18);
    pub const TITLE: Self = Self(1 << 19);
    pub const OFFICE: Self = Self(1 << 20);
    pub const PERSON_NOUN: Self = Self(1 << 21);
    pub const COLLECTIVE: Self = Self(1 << 22);
    pub const PLURAL_SOURCE: Self = Self(1 << 23);

    pub const VERB: Self = Self(1 << 24);

    pub const NAMES: [(&'static str, Self); 25] = [
        ("subject-pronoun", Self::SUBJECT_PRONOUN),
        ("person-pronoun", Self::PERSON_PRONOUN),
        ("object-pronoun", Self::OBJECT_PRONOUN),
        ("determiner", Self::DETERMINER),
        ("possessive", Self::POSSESSIVE),
        ("preposition", Self::PREPOSITION),
        ("conjunction", Self::CONJUNCTION),
        ("subordinator", Self::SUBORDINATOR),
        ("relative", Self::RELATIVE),
        ("auxiliary", Self::AUXILIARY),
        ("be", Self::BE),
        ("have", Self::HAVE),
        ("do", Self::DO),
        ("modal", Self::MODAL),
        ("negation", Self::NEGATION),
        ("adverb", Self::ADVERB),
        ("weekday", Self::WEEKDAY),
        ("month", Self::MONTH),
        ("time", Self::TIME),
        ("title", Self::TITLE),
        ("office", Self::OFFICE),
        ("person-noun", Self::PERSON_NOUN),
        ("collective", Self::COLLECTIVE),
        ("plural-source", Self::PLURAL_SOURCE),
        ("verb", Self::VERB),
    ];

    /// The classes as bits.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// True when it shares a class with `other`.
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What may follow a reporting word, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frames(u16);

impl Frames {
    pub const CLAUSE: Self = Self(1);
    pub const THAT: Self = Self(1 << 1);
    pub const WH: Self = Self(1 << 2);
    pub const OBJECT: Self = Self(1 << 3);
    pub const OBJ_INF: Self = Self(1 << 4);
    pub const INF: Self = Self(1 << 5);
    pub const NP: Self = Self(1 << 6);
    pub const QUOTE: Self = Self(1 << 7);
    pub const AFTER: Self = Self(1 << 8);
    /// `to` and a verb after a noun.
    pub const TO: Self = Self(1 << 9);

    pub const NAMES: [(&'static str, Self); 10] = [
        ("clause", Self::CLAUSE),
        ("that", Self::THAT),
        ("wh", Self::WH),
        ("object", Self::OBJECT),
        ("obj-inf", Self::OBJ_INF),
        ("inf", Self::INF),
        ("np", Self::NP),
        ("quote", Self::QUOTE),
        ("after", Self::AFTER),
        ("to", Self::TO),
    ];

    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub fn bits(self) -> u16 {
        self.0
    }

    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Forms of a verb, one bit each: one written form may be several (`put`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forms(u8);

impl Forms {
    /// No form of a verb.
    pub const NONE: Self = Self(0);
    pub const BASE: Self = Self(1);
    pub const THIRD: Self = Self(1 << 1);
    pub const ING: Self = Self(1 << 2);
    pub const PAST: Self = Self(1 << 3);
    pub const PARTICIPLE: Self = Self(1 << 4);

    pub fn bits(self) -> u8 {
        self.0
    }

    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
