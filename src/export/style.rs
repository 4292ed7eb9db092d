//! Citations by a style of the Citation Style Language. A style is read when the first citation asks for
//! it, so that a start without one costs nothing. Must not fill in what a style finds missing.

use crate::error::Error;

#[cfg(feature = "cite")]
pub use with_styles::Style;
#[cfg(not(feature = "cite"))]
pub use without_styles::Style;

/// The style of who names none.
pub const DEFAULT: &str = "chicago-notes";

fn unknown(name: &str, known: &str) -> Error {
    Error::Usage(format!("no citation style `{name}`: {known}"))
}

#[cfg(feature = "cite")]
mod with_styles {
    use super::{DEFAULT, unknown};
    use crate::error::{Error, Result};
    use hayagriva::archive::{ArchivedStyle, locales};
    use hayagriva::citationberg::json::Item;
    use hayagriva::citationberg::{self, IndependentStyle, Locale, StyleClass};
    use hayagriva::{
        BibliographyDriver, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest,
        ElemChildren,
    };
    use serde_json::{Map, Value};
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::{Arc, Mutex, OnceLock};

    /// Most bytes of a style file; the largest in use have some 300 kB.
    const MOST_BYTES: u64 = 4 << 20;

    /// A citation style; the default is Chicago's notes. Cheap to clone.
    #[derive(Clone)]
    pub struct Style(Arc<Source>);

    struct Source {
        archived: Option<ArchivedStyle>,
        parsed: OnceLock<Option<IndependentStyle>>,
        /// The item cited last and its citation: the passages of a statement mostly follow each other, and
        /// a citation takes some milliseconds.
        last: Mutex<Option<Cited>>,
    }

    struct Cited {
        item: Map<String, Value>,
        citation: Option<String>,
    }

    impl Default for Style {
        fn default() -> Self {
            static CHICAGO: OnceLock<Style> = OnceLock::new();
            CHICAGO
                .get_or_init(|| Self::archived(ArchivedStyle::ChicagoNotes))
                .clone()
        }
    }

    impl std::fmt::Debug for Style {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "Style({:?})", self.0.archived)
        }
    }

    impl Style {
        /// The style of this name, or in the file of this path when it ends in `.csl`.
        ///
        /// # Errors
        /// [`Error::Usage`] for a name that is not known, [`Error::Io`] and [`Error::BadFile`] for a
        /// file that cannot be read or is no style.
        pub fn named(name: &str) -> Result<Self> {
            if Path::new(name)
                .extension()
                .is_some_and(|e| e.eq_ignore_ascii_case("csl"))
            {
                return Self::in_file(Path::new(name));
            }
            if name == DEFAULT {
                return Ok(Self::default());
            }
            let found = ArchivedStyle::by_name(name)
                .filter(|style| matches!(style.get(), citationberg::Style::Independent(_)));
            found.map(Self::archived).ok_or_else(|| {
                let names = Self::names().join(", ");
                unknown(
                    name,
                    &format!("give the path of a .csl file, or one of {names}"),
                )
            })
        }

        /// The names of the styles that are built in, in order.
        #[must_use]
        pub fn names() -> Vec<&'static str> {
            let all = ArchivedStyle::all().iter();
            let mut names: Vec<&str> = all.filter_map(|s| s.names().first().copied()).collect();
            names.sort_unstable();
            names
        }

        fn archived(style: ArchivedStyle) -> Self {
            Self(Arc::new(Source {
                archived: Some(style),
                parsed: OnceLock::new(),
                last: Mutex::default(),
            }))
        }

        fn in_file(path: &Path) -> Result<Self> {
            let io = |source| Error::Io {
                what: "cannot read",
                path: path.to_owned(),
                source,
            };
            let bad = |what: String| Error::BadFile {
                path: path.to_owned(),
                place: "style".to_owned(),
                what,
                remedy: "give an independent CSL 1.0 style".to_owned(),
            };
            let about = path.metadata().map_err(io)?;
            if !about.is_file() || about.len() > MOST_BYTES {
                return Err(bad("no regular file of at most 4 MB".to_owned()));
            }
            let xml = std::fs::read_to_string(path).map_err(io)?;
            let style = IndependentStyle::from_xml(&xml).map_err(|e| bad(e.to_string()))?;
            Ok(Self(Arc::new(Source {
                archived: None,
                parsed: OnceLock::from(Some(style)),
                last: Mutex::default(),
            })))
        }

        fn parsed(&self) -> Option<&IndependentStyle> {
            let parsed = self.0.parsed.get_or_init(|| match self.0.archived?.get() {
                citationberg::Style::Independent(style) => Some(style),
                citationberg::Style::Dependent(_) => None,
            });
            parsed.as_ref()
        }

        /// The citation of this CSL item on one line, without the full stop at its end: as a first
        /// note where the style has notes, else as in the list of works. `None` when it has nothing to say.
        pub(in crate::export) fn cite(&self, item: &Map<String, Value>) -> Option<String> {
            let Ok(mut last) = self.0.last.lock() else {
                return self.made(item);
            };
            if let Some(cited) = last.as_ref().filter(|cited| cited.item == *item) {
                return cited.citation.clone();
            }
            let citation = self.made(item);
            *last = Some(Cited {
                item: item.clone(),
                citation: citation.clone(),
            });
            citation
        }

        fn made(&self, item: &Map<String, Value>) -> Option<String> {
            static LOCALES: OnceLock<Vec<Locale>> = OnceLock::new();
            let locales = LOCALES.get_or_init(locales);
            let style = self.parsed()?;
            let fields = item.iter().filter_map(|(key, value)| {
                Some((key.clone(), serde_json::from_value(value.clone()).ok()?))
            });
            let item = Item(fields.collect::<BTreeMap<_, _>>());
            // Not `standalone_citation`, which gives the short form of a later note.
            let mut driver = BibliographyDriver::new();
            let items = vec![CitationItem::with_entry(&item)];
            driver.citation(CitationRequest::new(items, style, None, locales, Some(1)));
            let done = driver.finish(BibliographyRequest::new(style, None, locales));
            let note = style.settings.class == StyleClass::Note;
            let listed = done.bibliography.and_then(|b| b.items.into_iter().next());
            let words = match listed {
                Some(listed) if !note => text(&listed.content),
                _ => text(&done.citations.first()?.citation),
            };
            let words = words.trim_end_matches(['.', ' ']).to_owned();
            (!words.is_empty()).then_some(words)
        }
    }

    fn text(children: &ElemChildren) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = children.write_buf(&mut out, BufWriteFormat::Plain);
        crate::text::single_spaced(&out)
    }
}

#[cfg(not(feature = "cite"))]
mod without_styles {
    use super::{DEFAULT, unknown};
    use crate::error::Result;
    use serde_json::{Map, Value};

    /// Stands for the plain sentence, which is all that this build can write.
    #[derive(Clone, Debug, Default)]
    pub struct Style;

    impl Style {
        /// The default alone.
        ///
        /// # Errors
        /// [`crate::error::Error::Usage`] for any other.
        pub fn named(name: &str) -> Result<Self> {
            if name == DEFAULT {
                return Ok(Self);
            }
            Err(unknown(
                name,
                "this dictum was built without citation styles",
            ))
        }

        /// None are built in.
        #[must_use]
        pub fn names() -> Vec<&'static str> {
            Vec::new()
        }

        pub(in crate::export) fn cite(&self, _: &Map<String, Value>) -> Option<String> {
            None
        }
    }
}
