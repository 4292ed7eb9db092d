//! Drives the browser without threads or a terminal: keys in, screen out.

use dictum::collection::Collection;
use dictum::config::{Glyphs, Key, KeyMap, Settings, Theme};
use dictum::error::{Fault, Severity};
use dictum::extract::Extractor;
use dictum::load::{Event, Input, Options, load};
use dictum::model::Statement;
use dictum::search::{FacetBy, collocates, concordance, facets, search};
use dictum::store::Store;
use dictum::tui::concordance::NEAR;
use dictum::tui::message::{Effect, Facets, GatherJob, Gathered, Msg};
use dictum::tui::state::{Look, State};
use dictum::tui::update::update;
use dictum::tui::view::view;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use std::fmt::Write;
use std::ops::ControlFlow;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

/// Ids of the statements shown: a narrative, a one-voice statement, two news reports.
const SHOWN: [&str; 4] = [
    "00-mofcom-export-controls",
    "01-g7-taiwan-strait-2022-08-03",
    "02-wikinews-mahan-air-ban-2019-01-23",
    "18-wikinews-bolton-ousted-2019-09-12",
];

/// Loaded once for all tests.
static STATEMENTS: LazyLock<Vec<Statement>> = LazyLock::new(|| {
    let mut out = Vec::new();
    load(&[Input::Sample], &Options::default(), &mut |event| {
        if let Event::Statement(statement) = event
            && SHOWN.contains(&&*statement.id)
        {
            out.push(*statement);
        }
        ControlFlow::Continue(())
    });
    out
});

/// The statements that are shown where no others are asked for.
pub fn sample() -> Vec<Statement> {
    STATEMENTS.clone()
}

/// How it is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    Colour,
    Mono,
    Ascii,
}

pub struct Driver {
    pub state: State,
}

impl Driver {
    /// A browser with everything loaded and extracted.
    pub fn new(columns: u16, rows: u16, paint: Paint) -> Self {
        Self::on(columns, rows, paint, sample())
    }

    /// The same on these statements.
    pub fn on(columns: u16, rows: u16, paint: Paint, statements: Vec<Statement>) -> Self {
        let theme = Theme::load("default").unwrap();
        let look = Look {
            theme: if paint == Paint::Mono {
                theme.without_colour()
            } else {
                theme
            },
            glyphs: Glyphs::choose(paint == Paint::Ascii),
            ascii: paint == Paint::Ascii,
            keys: KeyMap::built_in().unwrap(),
        };
        let state = State::new(
            (columns, rows),
            look,
            &Settings::default(),
            Collection::default(),
        );
        let mut driver = Self { state };
        let store = Store::of(statements);
        let extractor = Extractor::new();
        for (_, segment) in store.snapshot().segments() {
            for at in 0..segment.statements().len() {
                segment.extract(at, &extractor);
            }
            driver.tell(Msg::Segment(Arc::clone(segment)));
        }
        driver.tell(Msg::Found {
            files: 5,
            bytes: 1000,
        });
        driver.tell(Msg::Read(1000));
        driver.tell(Msg::Fault(Fault {
            path: "archive/records.jsonl".into(),
            place: "line 7".into(),
            reason: "is not JSON: EOF while parsing a string (column 80)".into(),
            remedy: "the line is cut off".into(),
            severity: Severity::Skipped,
        }));
        driver.tell(Msg::Loaded);
        driver.tell(Msg::Extracted);
        driver.tell(Msg::Tick);
        driver
    }

    /// Keys as in the key table, parted by spaces; `"…"` types text.
    pub fn keys(&mut self, keys: &str) {
        for (n, part) in keys.split('"').enumerate() {
            if n % 2 == 1 {
                for c in part.chars() {
                    self.key(Key::plain(dictum::config::Code::Char(c)));
                }
            } else {
                for key in part.split_whitespace() {
                    self.key(key.parse().unwrap_or_else(|_| panic!("no key {key}")));
                }
            }
        }
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.tell(Msg::Resize { columns, rows });
    }

    fn key(&mut self, key: Key) {
        self.tell(Msg::Key(key));
    }

    /// Takes a message in and answers the searches it leads to.
    pub fn tell(&mut self, msg: Msg) {
        let mut effects = update(&mut self.state, msg);
        while let Some(effect) = effects.pop() {
            let listed = match &effect {
                Effect::Gather(job) => {
                    self.gather(job);
                    continue;
                }
                Effect::Filter(job) => job.answer(&|| false),
                Effect::Count(job) => job.answer(&|| false),
                _ => None,
            };
            if let Some(listed) = listed {
                effects.extend(update(&mut self.state, listed));
                continue;
            }
            let Effect::Search {
                ticket,
                query,
                snapshot,
            } = effect
            else {
                continue;
            };
            let results = search(&snapshot, &query, &|| false).unwrap();
            let docs = || results.found.iter().map(|f| f.doc);
            let counts = Facets {
                speakers: facets(&snapshot, docs(), FacetBy::Speaker, usize::MAX),
                types: facets(&snapshot, docs(), FacetBy::ClaimType, usize::MAX),
                sources: facets(&snapshot, docs(), FacetBy::Source, usize::MAX),
                months: facets(&snapshot, docs(), FacetBy::Month, usize::MAX),
            };
            let hits = docs()
                .map(|doc| results.hits(&snapshot, &query, doc).len())
                .sum();
            let took = Duration::from_millis(1);
            effects.extend(update(
                &mut self.state,
                Msg::Results {
                    ticket,
                    results,
                    took,
                },
            ));
            effects.extend(update(
                &mut self.state,
                Msg::Facets {
                    ticket,
                    facets: counts,
                },
            ));
            effects.extend(update(
                &mut self.state,
                Msg::HitCount {
                    ticket,
                    hits,
                    complete: true,
                },
            ));
        }
    }

    fn gather(&mut self, job: &GatherJob) {
        let ticket = job.ticket;
        let found = concordance(&job.snapshot, &job.query, job.sort, &|| false).unwrap();
        let mut docs: Vec<_> = found.lines.iter().map(|line| line.doc).collect();
        docs.sort_unstable();
        docs.dedup();
        let words = collocates(&job.snapshot, &found.lines, NEAR);
        let gathered = Gathered {
            lines: found.lines,
            statements: docs.len(),
            unread: 0,
        };
        update(&mut self.state, Msg::Gathered { ticket, gathered });
        if job.collocates {
            update(&mut self.state, Msg::Collocates { ticket, words });
        }
    }

    fn buffer(&self) -> Buffer {
        let (columns, rows) = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        view(&self.state, &mut buffer);
        buffer
    }

    /// The characters, row by row, without blanks at the ends.
    pub fn text(&self) -> String {
        let buffer = self.buffer();
        let rows = buffer.content.chunks(usize::from(self.state.size.0).max(1));
        let row = |cells: &[Cell]| cells.iter().map(Cell::symbol).collect::<String>();
        rows.map(|cells| row(cells).trim_end().to_owned())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// For each row the runs of cells whose style is not the terminal's own: `columns style`.
    pub fn styles(&self) -> String {
        let buffer = self.buffer();
        let mut out = String::new();
        for (y, cells) in buffer
            .content
            .chunks(usize::from(self.state.size.0).max(1))
            .enumerate()
        {
            let mut at = 0;
            let mut runs = Vec::new();
            for run in cells.chunk_by(|a, b| style(a) == style(b)) {
                let style = run.first().map(style).unwrap_or_default();
                if !style.is_empty() {
                    runs.push(format!("{at}-{} {style}", at + run.len() - 1));
                }
                at += run.len();
            }
            if !runs.is_empty() {
                writeln!(out, "{y:>2}: {}", runs.join(" | ")).unwrap();
            }
        }
        out
    }
}

fn style(cell: &Cell) -> String {
    let mut parts = Vec::new();
    if cell.fg != ratatui::style::Color::Reset {
        parts.push(cell.fg.to_string());
    }
    if cell.bg != ratatui::style::Color::Reset {
        parts.push(format!("on {}", cell.bg));
    }
    if !cell.modifier.is_empty() {
        parts.push(format!("{:?}", cell.modifier));
    }
    parts.join(" ")
}
