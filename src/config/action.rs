//! The one table of what the browser can do. Key bindings, the palette, the help, the hint line,
//! `dictum keys`, the manual page and the README are all made from it.
//!
//! Says what an action is called and where it works; must not know which key runs it (see
//! [`super::keys`]) nor how it is done (the browser's `update`).

use std::fmt;

/// Under which heading an action is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Getting about: rows, pages, panes, quotes, claims.
    Move,
    /// Finding and narrowing down.
    Search,
    /// Picking passages, with notes and tags.
    Mark,
    /// How things are drawn.
    View,
    /// Taking passages out of the program.
    Export,
    /// Finding out what can be done.
    Help,
    /// The program itself.
    App,
}

impl Group {
    /// All groups, in the order they are listed.
    pub const ALL: [Self; 7] = [
        Self::Move,
        Self::Search,
        Self::Mark,
        Self::View,
        Self::Export,
        Self::Help,
        Self::App,
    ];

    /// The heading.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Search => "Search",
            Self::Mark => "Mark",
            Self::View => "View",
            Self::Export => "Export",
            Self::Help => "Help",
            Self::App => "Program",
        }
    }
}

/// What has the focus when a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// The list of statements.
    List,
    /// The text being read.
    Reader,
    /// The quotes and claims of that text.
    Claims,
    /// Counts by speaker, type, source.
    Facets,
    /// The reader's collection of passages.
    Basket,
    /// A popup: help, palette, a report, a dialog.
    Popup,
    /// The concordance.
    Concordance,
}

impl Context {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::List,
        Self::Reader,
        Self::Claims,
        Self::Facets,
        Self::Basket,
        Self::Popup,
        Self::Concordance,
    ];

    /// The word for it in a message.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Reader => "reader",
            Self::Claims => "claims",
            Self::Facets => "facets",
            Self::Basket => "basket",
            Self::Popup => "popup",
            Self::Concordance => "concordance",
        }
    }
}

/// A set of [`Context`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Contexts(u8);

impl Contexts {
    /// The list of statements.
    pub const LIST: Self = Self::only(Context::List);
    /// The text being read.
    pub const READER: Self = Self::only(Context::Reader);
    /// The quotes and claims.
    pub const CLAIMS: Self = Self::only(Context::Claims);
    /// The facets.
    pub const FACETS: Self = Self::only(Context::Facets);
    /// The collection.
    pub const BASKET: Self = Self::only(Context::Basket);
    /// A popup.
    pub const POPUP: Self = Self::only(Context::Popup);
    /// The concordance.
    pub const CONCORDANCE: Self = Self::only(Context::Concordance);
    /// Wherever a statement or a passage of one is under the cursor.
    pub const PASSAGES: Self = Self::LIST
        .or(Self::READER)
        .or(Self::CLAIMS)
        .or(Self::BASKET);
    /// Every pane, but no popup.
    pub const PANES: Self = Self::PASSAGES.or(Self::FACETS);
    /// Every pane and popup.
    pub const EVERYWHERE: Self = Self::PANES.or(Self::POPUP).or(Self::CONCORDANCE);

    /// The set of one.
    #[must_use]
    pub const fn only(context: Context) -> Self {
        Self(1 << context as u8)
    }

    /// What is in either set.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True when `context` is in the set.
    #[must_use]
    pub const fn has(self, context: Context) -> bool {
        self.0 & Self::only(context).0 != 0
    }

    /// True when the two sets share a context.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// How an action stands in the hint line at the foot of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// One short word.
    pub label: &'static str,
    /// Lower is more important: where space is short, the highest goes first.
    pub order: u8,
    /// The action shown with it as one hint (`n/N hit`).
    pub pair: Option<Action>,
}

/// A hint of its own.
const fn hint(label: &'static str, order: u8) -> Option<Hint> {
    Some(Hint {
        label,
        order,
        pair: None,
    })
}

/// One hint for two actions that go opposite ways.
const fn both(label: &'static str, order: u8, pair: Action) -> Option<Hint> {
    Some(Hint {
        label,
        order,
        pair: Some(pair),
    })
}

/// Whether a number typed before the key repeats the action (`5j`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Repeat {
    Count,
    Once,
}

/// One row of the table.
struct Entry {
    name: &'static str,
    description: &'static str,
    group: Group,
    repeat: Repeat,
    contexts: Contexts,
    hint: Option<Hint>,
}

macro_rules! actions {
    ($($variant:ident $name:literal $group:ident $repeat:ident $contexts:expr, $hint:expr, $description:literal;)*) => {
        /// Something the reader can have the browser do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $(#[doc = $description] $variant,)*
        }

        impl Action {
            /// Every action, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            fn entry(self) -> &'static Entry {
                match self {
                    $(Self::$variant => {
                        static ENTRY: Entry = Entry {
                            name: $name,
                            description: $description,
                            group: Group::$group,
                            repeat: Repeat::$repeat,
                            contexts: $contexts,
                            hint: $hint,
                        };
                        &ENTRY
                    })*
                }
            }
        }
    };
}

use Contexts as In;

// In the order of the help. No plain letter destroys anything: what a key changes, `undo` brings back.
actions! {
    NextRow "next-row" Move Count In::EVERYWHERE, both("move", 30, Action::PreviousRow),
        "Go to the next row";
    PreviousRow "previous-row" Move Count In::EVERYWHERE, None,
        "Go to the previous row";
    HalfPageDown "half-page-down" Move Count In::EVERYWHERE, None,
        "Go half a page down";
    HalfPageUp "half-page-up" Move Count In::EVERYWHERE, None,
        "Go half a page up";
    PageDown "page-down" Move Count In::EVERYWHERE, None,
        "Go a page down";
    PageUp "page-up" Move Count In::EVERYWHERE, None,
        "Go a page up";
    Top "top" Move Once In::EVERYWHERE, None,
        "Go to the first row";
    Bottom "bottom" Move Once In::EVERYWHERE, None,
        "Go to the last row";
    PaneLeft "pane-left" Move Once In::PANES, None,
        "Go to the pane on the left";
    PaneRight "pane-right" Move Once In::PANES, None,
        "Go to the pane on the right";
    NextPane "next-pane" Move Once In::EVERYWHERE, hint("pane", 31),
        "Go to the next pane, or the next field of a dialog";
    PreviousPane "previous-pane" Move Once In::EVERYWHERE, None,
        "Go to the previous pane, or the previous field of a dialog";
    Pane1 "pane-1" Move Once In::PANES, None,
        "Go to pane 1, the statements";
    Pane2 "pane-2" Move Once In::PANES, None,
        "Go to pane 2, the text";
    Pane3 "pane-3" Move Once In::PANES, None,
        "Go to pane 3, its quotes and claims";
    Pane4 "pane-4" Move Once In::PANES, None,
        "Go to pane 4, the facets";
    Open "open" Move Once In::EVERYWHERE, hint("open", 15),
        "Open what is under the cursor, or jump to its place in the text";
    Back "back" Move Once In::EVERYWHERE, hint("back", 40),
        "Go one step back: close the popup, drop the selection, the filter, the zoom";
    NextQuote "next-quote" Move Count In::PASSAGES, both("quote", 22, Action::PreviousQuote),
        "Go to the next quote in the text";
    PreviousQuote "previous-quote" Move Count In::PASSAGES, None,
        "Go to the previous quote in the text";
    NextClaim "next-claim" Move Count In::PASSAGES, both("claim", 23, Action::PreviousClaim),
        "Go to the next claim in the text";
    PreviousClaim "previous-claim" Move Count In::PASSAGES, None,
        "Go to the previous claim in the text";

    Search "search" Search Once In::PANES, hint("search", 10),
        "Search all statements while typing";
    NextHit "next-hit" Search Count In::PANES, both("hit", 12, Action::PreviousHit),
        "Go to the next hit, also in the next statement";
    PreviousHit "previous-hit" Search Count In::PANES, None,
        "Go to the previous hit, also in the statement before";
    FuzzyJump "fuzzy-jump" Search Once In::PANES, hint("jump", 20),
        "Jump to a statement by a few letters of its title, speaker or source";
    FilterSpeaker "filter-speaker" Search Once In::PANES, None,
        "Show only statements of one speaker";
    FilterType "filter-type" Search Once In::PANES, None,
        "Show only statements of one type";
    SortMenu "sort-menu" Search Once In::PANES, hint("sort", 26),
        "Sort the statements by the next order: relevance, newest, oldest, title, source, speaker count";
    Concordance "concordance" Search Once In::PANES.or(In::CONCORDANCE), None,
        "Show every place of the query's words (else of the selection) below one another";
    LineSort "line-sort" Search Once In::CONCORDANCE, None,
        "In the concordance: sort by text, by the words left or right, by date, by speaker";
    Collocates "collocates" Search Once In::CONCORDANCE, None,
        "In the concordance: show the words that stand near, or go back to its lines";

    ToggleFold "toggle-fold" Search Once In::PANES, None,
        "List statements that are the same, or nearly so, as one, or each by itself";

    Mark "mark" Mark Once In::PANES, hint("mark", 14),
        "Mark what is under the cursor, or take the mark off";
    MarkAll "mark-all" Mark Once In::PASSAGES, None,
        "Mark every quote that matches the query (without one: of this statement), or unmark all";
    Select "select" Mark Once In::READER, hint("select", 17),
        "Select a stretch of text";
    SwapEnds "swap-ends" Mark Once In::READER, None,
        "Go to the other end of the selection";
    Tag "tag" Mark Once In::PASSAGES, hint("tag", 27),
        "Tag the passage";
    Note "note" Mark Once In::PASSAGES, hint("note", 28),
        "Write a note on the passage";
    Undo "undo" Mark Count In::PANES, None,
        "Undo the last mark, tag or note";
    Redo "redo" Mark Count In::PANES, None,
        "Redo what was undone";
    Basket "basket" Mark Once In::PANES, hint("basket", 24),
        "Show the passages collected so far, or go back to the text";

    Zoom "zoom" View Once In::PANES, hint("zoom", 35),
        "Give the whole screen to the pane in focus, or take it back";
    Measure "measure" View Once In::PANES, None,
        "Wrap the text at the next width: 60 columns, 80 columns, full";
    ToggleFacets "toggle-facets" View Once In::PANES, hint("facets", 25),
        "Show or hide the counts by speaker, type and source";
    ToggleDim "toggle-dim" View Once In::PANES, None,
        "Dim quotes and claims the program is not sure of, or show all alike";
    ToggleMouse "toggle-mouse" View Once In::EVERYWHERE, None,
        "Give the mouse to the browser, or back to the terminal for its own selection";
    Redraw "redraw" View Once In::EVERYWHERE, None,
        "Draw the screen afresh";

    Copy "copy" Export Once In::PASSAGES, hint("copy", 16),
        "Copy the passage with its source line";
    CopyCitation "copy-citation" Export Once In::PASSAGES, None,
        "Copy the citation only";
    Export "export" Export Once In::PANES, hint("export", 18),
        "Export passages: which, as what, and where to";

    Help "help" Help Once In::PANES, hint("help", 1),
        "Show what every key does here; type to filter";
    Palette "palette" Help Once In::PANES, hint("commands", 19),
        "Find any command by name and run it";
    Explain "explain" Help Once In::READER.or(In::CLAIMS), None,
        "Say why the place under the cursor was read so: layout, cue, source, speaker, type of claim";
    LoadReport "load-report" Help Once In::PANES, None,
        "Show what was skipped or guessed while loading, and why";

    Suspend "suspend" App Once In::EVERYWHERE, None,
        "Suspend the program; `fg` in the shell brings it back";
    Quit "quit" App Once In::EVERYWHERE, hint("quit", 34),
        "Quit; asks first when something is not saved";
}

impl Action {
    /// The action with this name, exactly as [`Action::name`] spells it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|a| a.name() == name)
    }

    /// Its name, in small letters and hyphens: what stands in the key table and the palette.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// What the reader gets, in one line.
    #[must_use]
    pub fn description(self) -> &'static str {
        self.entry().description
    }

    /// Its heading.
    #[must_use]
    pub fn group(self) -> Group {
        self.entry().group
    }

    /// True when a number typed before the key repeats it.
    #[must_use]
    pub fn takes_count(self) -> bool {
        self.entry().repeat == Repeat::Count
    }

    /// Where it works.
    #[must_use]
    pub fn contexts(self) -> Contexts {
        self.entry().contexts
    }

    /// True when it works in `context`.
    #[must_use]
    pub fn works_in(self, context: Context) -> bool {
        self.contexts().has(context)
    }

    /// How it stands in the hint line; `None` when it never does.
    #[must_use]
    pub fn hint(self) -> Option<Hint> {
        self.entry().hint
    }

    /// The hinted actions of `context`, most important first.
    #[must_use]
    pub fn hinted(context: Context) -> Vec<(Self, Hint)> {
        let mut hinted: Vec<(Self, Hint)> = Self::ALL
            .iter()
            .filter(|a| a.works_in(context))
            .filter_map(|a| a.hint().map(|hint| (*a, hint)))
            .collect();
        hinted.sort_by_key(|(_, hint)| hint.order);
        hinted
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_lead_back() {
        let mut seen = HashSet::new();
        for &action in Action::ALL {
            let name = action.name();
            assert!(seen.insert(name), "{name} twice");
            assert_eq!(Action::from_name(name), Some(action));
            assert!(
                name.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{name}"
            );
        }
        assert_eq!(Action::from_name("no-such-action"), None);
    }

    #[test]
    fn descriptions_fit_a_help_row_and_every_group_is_used() {
        for &action in Action::ALL {
            let words = action.description();
            assert!(words.len() <= 96 && !words.ends_with('.'), "{words}");
        }
        for group in Group::ALL {
            assert!(Action::ALL.iter().any(|a| a.group() == group), "{group:?}");
        }
    }

    #[test]
    fn hints_come_in_one_order_and_pairs_work_together() {
        for context in Context::ALL {
            let hinted = Action::hinted(context);
            assert!(hinted.windows(2).all(|w| w[0].1.order < w[1].1.order));
            for (action, hint) in hinted {
                assert!(!hint.label.contains(' '));
                if let Some(pair) = hint.pair {
                    assert_eq!(pair.contexts(), action.contexts());
                    assert_eq!(pair.hint(), None);
                }
            }
        }
        assert_eq!(Action::hinted(Context::List)[0].0, Action::Help);
    }

    #[test]
    fn everywhere_has_every_context_and_a_popup_is_no_pane() {
        assert!(Context::ALL.iter().all(|&c| Contexts::EVERYWHERE.has(c)));
        assert!(!Contexts::PANES.has(Context::Popup));
        assert!(!Contexts::LIST.overlaps(Contexts::READER));
    }
}
