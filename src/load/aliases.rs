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
    (Ours::HtmlBody, &["body_html", "content_html", "html"]),
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

/// The keys of one of ours.
pub fn keys_of(ours: Ours) -> &'static [&'static str] {
    ALIASES
        .iter()
        .find(|(o, _)| *o == ours)
        .map_or(&[], |(_, keys)| keys)
}
