//! Under which keys records keep what: the first that is not empty wins, in this order.

/// What a key fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ours {
    /// Id.
    Id,
    /// Headline.
    Title,
    /// Text.
    Body,
    /// Text in HTML, used when there is no plain one.
    HtmlBody,
    /// Date.
    Date,
    /// Issuer, outlet.
    Source,
    /// Byline, speaker.
    Author,
    /// Address.
    Url,
    /// Language.
    Lang,
    /// Place.
    Place,
    /// Kind of document.
    Kind,
    /// Keywords.
    Tags,
    /// Publication status: found, but never looked up by a key of the user's.
    Status,
    /// End of an embargo: as the status.
    Embargo,
}

impl Ours {
    /// Its name on the command line and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Title => "title",
            Self::Body => "body",
            Self::HtmlBody => "html",
            Self::Date => "date",
            Self::Source => "source",
            Self::Author => "author",
            Self::Url => "url",
            Self::Lang => "lang",
            Self::Place => "place",
            Self::Kind => "kind",
            Self::Tags => "tags",
            Self::Status => "status",
            Self::Embargo => "embargo",
        }
    }
}

/// What the user says about keys: these are tried before the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap {
    pairs: Vec<(Ours, String)>,
}

impl FieldMap {
    /// From `body=articleBody`, `date=meta.published.0`: ours, then a key, or a path of keys and
    /// positions (from 0) with dots between them.
    ///
    /// # Errors
    /// What is wrong with the first that is no such pair.
    pub fn parse<S: AsRef<str>>(pairs: &[S]) -> Result<Self, String> {
        let read = |pair: &S| {
            let pair = pair.as_ref();
            let (ours, key) = pair
                .split_once('=')
                .map(|(ours, key)| (ours.trim(), key.trim()))
                .filter(|(_, key)| !key.is_empty())
                .ok_or_else(|| format!("`{pair}` is no FIELD=KEY, as in body=articleBody"))?;
            let found = ALIASES.iter().find(|(o, _)| o.name() == ours);
            let names: Vec<&str> = ALIASES.iter().map(|(o, _)| o.name()).collect();
            found
                .map(|(o, _)| (*o, key.to_owned()))
                .ok_or_else(|| format!("no field `{ours}`: choose one of {}", names.join(", ")))
        };
        let pairs = pairs.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self { pairs })
    }

    /// The paths given for one of ours, in the order given.
    pub fn paths_of(&self, ours: Ours) -> impl Iterator<Item = &str> {
        let of_ours = self.pairs.iter().filter(move |(o, _)| *o == ours);
        of_ours.map(|(_, path)| path.as_str())
    }
}

/// The table.
pub const ALIASES: [(Ours, &[&str]); 12] = [
    (
        Ours::Id,
        &[
            "id",
            "_id",
            "guid",
            "uri",
            "@id",
            "doc_id",
            "article_id",
            "uuid",
        ],
    ),
    (
        Ours::Title,
        &[
            "title",
            "headline",
            "headlines",
            "name",
            "subject",
            "hedline",
        ],
    ),
    (
        Ours::Body,
        &[
            "text",
            "body",
            "content",
            "full_text",
            "fulltext",
            "article",
            "articleBody",
            "maintext",
            "body_text",
            "story",
            "bodies",
            "content_text",
        ],
    ),
    (
        Ours::HtmlBody,
        &["body_html", "body_xhtml", "content_html", "html"],
    ),
    (
        Ours::Date,
        &[
            "date",
            "published",
            "published_at",
            "publishedAt",
            "pub_date",
            "pubDate",
            "date_publish",
            "datePublished",
            "date_published",
            "versioncreated",
            "created_at",
            "timestamp",
            "time",
        ],
    ),
    (
        Ours::Source,
        &[
            "source",
            "publisher",
            "outlet",
            "site",
            "domain",
            "source_domain",
            "provider",
            "agency",
            "issuer",
        ],
    ),
    (
        Ours::Author,
        &["author", "authors", "byline", "by", "creator", "speaker"],
    ),
    (
        Ours::Url,
        &[
            "url",
            "link",
            "href",
            "canonical_url",
            "mainEntityOfPage",
            "sourceurl",
            "permalink",
            "external_url",
        ],
    ),
    (Ours::Lang, &["language", "lang", "inLanguage"]),
    (Ours::Place, &["location", "dateline", "located", "place"]),
    (Ours::Kind, &["type", "category", "section", "@type"]),
    (
        Ours::Tags,
        &["tags", "keywords", "topics", "subject", "categories"],
    ),
];

/// A key as it is compared when it stands nowhere exactly so: `Published At` is `published_at`.
pub fn folded(key: &str) -> String {
    let letters = key.chars().filter(|c| c.is_alphanumeric() || *c == '@');
    letters.flat_map(char::to_lowercase).collect()
}

/// The keys of one of ours.
pub fn keys_of(ours: Ours) -> &'static [&'static str] {
    ALIASES
        .iter()
        .find(|(o, _)| *o == ours)
        .map_or(&[], |(_, keys)| keys)
}
