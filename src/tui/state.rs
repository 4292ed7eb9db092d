//! Everything the browser knows. Plain data with small questions answered from it; changed by
//! `update` alone, read by `view`.

use super::concordance::Concordance;
use super::head::Head;
use super::input_line::InputLine;
use super::layout::{Areas, Shown as LayoutShown};
use super::message::Facets;
use super::popup::Popup;
use super::reader::Reader;
use super::scroll::Scroll;
use crate::collection::Collection;
use crate::config::{Action, Context, Glyphs, Key, KeyMap, Measure, Settings, Theme};
use crate::error::Fault;
use crate::export::Style;
use crate::model::{Extraction, Statement};
use crate::query::{ParseError, Query, Sort};
use crate::search::{Found, Results};
use crate::store::{DocNo, Snapshot};

/// A pane of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// Statements.
    #[default]
    List,
    /// The open text.
    Reader,
    /// Its quotes and claims.
    Claims,
    /// Counts of the results.
    Facets,
}

impl Pane {
    /// All panes in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::List, Self::Reader, Self::Claims, Self::Facets];

    /// Number on the screen and on the key.
    #[must_use]
    pub fn number(self) -> usize {
        Self::ALL
            .iter()
            .position(|p| *p == self)
            .map_or(0, |n| n + 1)
    }

    /// Its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::List => "Statements",
            Self::Reader => "Reading",
            Self::Claims => "Quotes and claims",
            Self::Facets => "Facets",
        }
    }

    /// What keys mean here.
    #[must_use]
    pub fn context(self) -> Context {
        match self {
            Self::List => Context::List,
            Self::Reader => Context::Reader,
            Self::Claims => Context::Claims,
            Self::Facets => Context::Facets,
        }
    }
}

/// How loading stands.
#[derive(Clone, Debug, Default)]
pub struct Loading {
    /// Files found.
    pub files: usize,
    /// Their bytes on disk.
    pub bytes: u64,
    /// Bytes read.
    pub read: u64,
    /// What was skipped or guessed.
    pub faults: Vec<Fault>,
    /// How many of those were skipped.
    pub skipped: usize,
    /// Nothing more will come.
    pub done: bool,
    /// The reader stopped it.
    pub stopped: bool,
}

/// The query line and its answer.
#[derive(Debug, Default)]
pub struct Searching {
    /// The line.
    pub line: InputLine,
    /// It is being typed.
    pub editing: bool,
    /// The line as it was before it was edited: `Esc` brings it back.
    pub before: String,
    /// The query that was last understood.
    pub query: Query,
    /// Why the line is not understood, when it is not.
    pub fault: Option<ParseError>,
    /// The search under way or last answered.
    pub ticket: u64,
    /// The last answer.
    pub results: Results,
    /// The search of `results`.
    pub answered: u64,
    /// Hits counted so far, and whether all are.
    pub hits: (usize, bool),
    /// How long the last answer took.
    pub took_ms: u128,
    /// More was loaded or extracted since the last search.
    pub stale: bool,
    /// Statements that were extracted when it was asked.
    pub extracted: usize,
    /// The order chosen by key; the query line's `sort:` goes before it.
    pub sort: Sort,
    /// Statements that are the same are listed as one.
    pub fold: bool,
    /// Counts of the results.
    pub facets: Facets,
}

/// What is told in the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// One line.
    pub text: String,
    /// It went wrong.
    pub failed: bool,
}

/// How things look: from settings and arguments, unchanged while the browser runs.
#[derive(Debug)]
pub struct Look {
    /// Styles.
    pub theme: Theme,
    /// Characters.
    pub glyphs: &'static Glyphs,
    /// ASCII only.
    pub ascii: bool,
    /// Keys.
    pub keys: KeyMap,
}

/// The state. See the module.
#[derive(Debug)]
pub struct State {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// How things look.
    pub look: Look,
    /// What is loaded.
    pub snapshot: Snapshot,
    /// How loading stands.
    pub loading: Loading,
    /// The query.
    pub search: Searching,
    /// Cursor in the results.
    pub list: Scroll,
    /// The open statement.
    pub reader: Option<Reader>,
    /// Cursor in its quotes and claims.
    pub items: Scroll,
    /// Cursor in the facets.
    pub facet: Scroll,
    /// The pane in focus.
    pub focus: Pane,
    /// It has the whole screen.
    pub zoom: bool,
    /// The facets were asked for.
    pub show_facets: bool,
    /// What stands over the panes.
    pub popup: Option<Popup>,
    /// The last question that a list asked.
    pub listed: u64,
    /// The concordance asked for last: one that was left is come back to.
    pub concordance: Option<Box<Concordance>>,
    /// The passages picked.
    pub collection: Collection,
    /// Cursor in the collection.
    pub basket: Scroll,
    /// How citations are written.
    pub style: Style,
    /// Keys pressed that begin a binding.
    pub pending: Vec<Key>,
    /// The number typed before a key.
    pub count: Option<usize>,
    /// Wrap width.
    pub measure: Measure,
    /// Quotes and claims below this confidence are dimmed; 0 when all are shown alike.
    pub threshold: f32,
    /// The threshold of the settings, to switch back to.
    pub chosen_threshold: f32,
    /// The mouse is ours.
    pub mouse: bool,
    /// What is told.
    pub notice: Option<Notice>,
    /// The last draw shows this state no longer.
    pub changed: bool,
    /// A key that makes the program panic, to test that the terminal is restored.
    pub panic_on: Option<char>,
}

impl State {
    /// The state before anything is loaded.
    #[must_use]
    pub fn new(size: (u16, u16), look: Look, settings: &Settings, collection: Collection) -> Self {
        let sort = crate::query::Sort::from_name(&settings.sort).unwrap_or_default();
        Self {
            size,
            look,
            snapshot: Snapshot::default(),
            loading: Loading::default(),
            search: Searching {
                sort,
                fold: settings.fold,
                stale: true,
                ..Searching::default()
            },
            list: Scroll::default(),
            reader: None,
            items: Scroll::default(),
            facet: Scroll::default(),
            focus: Pane::List,
            zoom: false,
            show_facets: false,
            popup: None,
            listed: 0,
            concordance: None,
            collection,
            basket: Scroll::default(),
            pending: Vec::new(),
            count: None,
            // That it is known was checked before the browser opened.
            style: Style::named(&settings.citation_style).unwrap_or_default(),
            measure: settings.measure,
            threshold: settings.confidence_threshold.get(),
            chosen_threshold: settings.confidence_threshold.get(),
            mouse: settings.mouse,
            notice: None,
            changed: true,
            panic_on: None,
        }
    }

    /// Where everything stands.
    #[must_use]
    pub fn areas(&self) -> Areas {
        let shown = LayoutShown {
            focus: self.focus,
            zoom: self.zoom,
            facets: self.show_facets,
        };
        Areas::new(self.size.0, self.size.1, shown)
    }

    /// Rows a pane shows under its title (at least 1).
    #[must_use]
    pub fn height(&self, pane: Pane) -> usize {
        let rows = self
            .areas()
            .body(pane)
            .map_or(1, |area| usize::from(area.height));
        match pane {
            Pane::Reader => rows.saturating_sub(self.head().rows()).max(1),
            _ => rows.max(1),
        }
    }

    /// The rows above the text in the reading pane.
    #[must_use]
    pub fn head(&self) -> Head {
        let area = self.areas().body(Pane::Reader).unwrap_or_default();
        self.open()
            .map_or_else(Head::default, |(_, statement, extraction)| {
                let width = usize::from(area.width.saturating_sub(GUTTER + 1));
                let separator = self.look.glyphs.separator;
                Head::new(
                    statement,
                    extraction,
                    width,
                    usize::from(area.height),
                    separator,
                )
            })
    }

    /// Statements the list shows at once.
    #[must_use]
    pub fn list_height(&self) -> usize {
        (self.height(Pane::List) / LIST_ROWS).max(1)
    }

    /// Cells a row of text may take.
    #[must_use]
    pub fn text_width(&self) -> usize {
        let area = self.areas().body(Pane::Reader).unwrap_or_default();
        let room = if area.width == 0 {
            self.size.0
        } else {
            area.width
        };
        let room = room.saturating_sub(GUTTER + 1);
        usize::from(self.measure.columns(room)).max(10)
    }

    /// What keys mean now.
    #[must_use]
    pub fn context(&self) -> Context {
        match &self.popup {
            Some(Popup::Basket) => Context::Basket,
            Some(Popup::Concordance) => Context::Concordance,
            Some(_) => Context::Popup,
            None => self.focus.context(),
        }
    }

    /// The results as listed.
    #[must_use]
    pub fn found(&self) -> &[Found] {
        &self.search.results.found
    }

    /// The statement under the cursor of the list.
    #[must_use]
    pub fn selected_doc(&self) -> Option<DocNo> {
        self.found().get(self.list.selected).map(|f| f.doc)
    }

    /// The open statement with what was extracted from it.
    #[must_use]
    pub fn open(&self) -> Option<(&Reader, &Statement, Option<&Extraction>)> {
        let reader = self.reader.as_ref()?;
        let statement = self.snapshot.statement(reader.doc)?;
        Some((reader, statement, reader.extraction.as_deref()))
    }

    /// The query as it is searched: the line's, in the order chosen.
    #[must_use]
    pub fn query(&self) -> Query {
        let mut query = self.search.query.clone();
        query.sort = query.sort.or(Some(self.search.sort));
        query.fold = self.search.fold;
        query
    }

    /// Tells something in the status line.
    pub fn tell(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            failed: false,
        });
    }

    /// Tells in the status line that something went wrong.
    pub fn complain(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            failed: true,
        });
    }

    /// The key that runs an action, for a message; its name when it has none.
    #[must_use]
    pub fn key_of(&self, action: Action) -> String {
        self.look
            .keys
            .hint_for(action)
            .unwrap_or_else(|| action.name().to_owned())
    }
}

/// Rows of one statement in the list.
pub const LIST_ROWS: usize = 2;
/// Cells left of the text: cursor, hit mark, quote mark.
pub const GUTTER: u16 = 4;
