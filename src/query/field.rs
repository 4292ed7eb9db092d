//! The closed sets of words a query may use: fields, zones, orders.

/// A field that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Resolved speaker, or the source as written.
    Speaker,
    /// Issuer or outlet.
    Source,
    /// Title of the statement.
    Title,
    /// Claim type, quote kind or kind of document.
    Type,
    /// Whom a claim is about.
    Target,
    /// Keyword.
    Tag,
    /// Language.
    Lang,
    /// Place of the dateline.
    Place,
}

/// Names of the fields that take words, and the field each stands for.
pub const FIELDS: [(&str, Field); 8] = [
    ("speaker", Field::Speaker),
    ("source", Field::Source),
    ("title", Field::Title),
    ("type", Field::Type),
    ("target", Field::Target),
    ("tag", Field::Tag),
    ("lang", Field::Lang),
    ("place", Field::Place),
];

/// Names that are not word fields but may stand before a colon too.
pub const OTHERS: [&str; 4] = ["date", "in", "has", "sort"];

/// Where the words of a query must stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Zone {
    /// Title or body.
    #[default]
    Anywhere,
    /// Inside one quote.
    Quote,
    /// Inside one claim.
    Claim,
    /// In the title.
    Title,
    /// In the body.
    Body,
}

/// Names of the zones.
pub const ZONES: [(&str, Zone); 4] = [
    ("quote", Zone::Quote),
    ("claim", Zone::Claim),
    ("title", Zone::Title),
    ("body", Zone::Body),
];

/// What a statement may have at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Has {
    /// A quote (not a scare quote).
    Quote,
    /// A claim.
    Claim,
    /// A quote with a speaker.
    Speaker,
    /// A date.
    Date,
    /// An address.
    Url,
}

/// Names for `has:`.
pub const HAS: [(&str, Has); 5] = [
    ("quote", Has::Quote),
    ("claim", Has::Claim),
    ("speaker", Has::Speaker),
    ("date", Has::Date),
    ("url", Has::Url),
];

/// Order of the results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best match first; order of loading for an empty query.
    #[default]
    Relevance,
    /// Oldest first.
    Oldest,
    /// Newest first.
    Newest,
    /// By title.
    Title,
    /// By source.
    Source,
}

/// Names of the orders.
pub const SORTS: [(&str, Sort); 5] = [
    ("relevance", Sort::Relevance),
    ("date", Sort::Oldest),
    ("-date", Sort::Newest),
    ("title", Sort::Title),
    ("source", Sort::Source),
];

impl Sort {
    /// All orders, in the order a key cycles through them.
    pub const ALL: [Self; 5] = [
        Self::Relevance,
        Self::Newest,
        Self::Oldest,
        Self::Title,
        Self::Source,
    ];

    /// The order of this name, as after `sort:`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        SORTS
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, sort)| *sort)
    }

    /// What the screen says.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Relevance => "best match",
            Self::Oldest => "oldest first",
            Self::Newest => "newest first",
            Self::Title => "by title",
            Self::Source => "by source",
        }
    }
}
