//! Where everything stands on the screen: a pure function of the size and of what is shown, used by
//! `update` (how far is a page?) and by `view` alike.
//!
//! ```text
//! query line
//! ─ 1 Statements ─────┬─ 2 Reading ────────────┬─ 3 Quotes and claims ─
//! …                   │ …                      │ …
//! status line
//! hints
//! ```

use super::state::Pane;
use ratatui::layout::Rect;

/// Columns below which one pane is shown at a time.
const NARROW: u16 = 60;
/// Rows below which one pane is shown at a time.
const LOW: u16 = 14;
/// Columns from which three panes stand side by side.
const COLUMNS: u16 = 100;
/// Columns from which the facets stand beside them.
const WIDE: u16 = 160;
/// Columns of the facets.
const FACETS: u16 = 28;

/// The parts of the screen. A pane that is not shown has no area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// The query.
    pub query: Rect,
    /// Tabs naming the panes, when only one is shown.
    pub tabs: Option<Rect>,
    /// The panes shown, left to right and top to bottom; the first row of each is its title.
    pub panes: Vec<(Pane, Rect)>,
    /// Columns between panes, drawn as lines.
    pub lines: Vec<Rect>,
    /// What is going on.
    pub status: Rect,
    /// Which keys do what.
    pub hints: Rect,
    /// Nothing but a message fits.
    pub too_small: bool,
}

/// What decides the layout besides the size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The pane in focus.
    pub focus: Pane,
    /// Only that pane is wanted.
    pub zoom: bool,
    /// The facets are wanted (in a wide terminal they are there anyway).
    pub facets: bool,
}

impl Areas {
    /// Lays out a screen of this size.
    #[must_use]
    pub fn new(columns: u16, rows: u16, shown: Shown) -> Self {
        if columns < 20 || rows < 6 {
            return Self {
                too_small: true,
                ..Self::default()
            };
        }
        let line = |y: u16| Rect::new(0, y, columns, 1);
        let mut areas = Self {
            query: line(0),
            status: line(rows - 2),
            hints: line(rows - 1),
            ..Self::default()
        };
        let body = Rect::new(0, 1, columns, rows - 3);
        if columns < NARROW || rows < LOW {
            areas.tabs = Some(line(1));
            let below = Rect {
                y: 2,
                height: body.height - 1,
                ..body
            };
            areas.panes.push((shown.focus, below));
        } else if shown.zoom {
            areas.panes.push((shown.focus, body));
        } else if columns < COLUMNS {
            areas.stacked(body, shown);
        } else {
            areas.side_by_side(body, shown);
        }
        areas
    }

    /// List on the left; text above claims on the right.
    fn stacked(&mut self, body: Rect, shown: Shown) {
        let left = (body.width * 36 / 100).clamp(24, 40);
        let low = (body.height * 3 / 10).max(5);
        let (list, right) = self.split(body, left);
        let text = Rect {
            height: right.height - low,
            ..right
        };
        let under = Rect {
            y: right.y + text.height,
            height: low,
            ..right
        };
        self.panes.push((Pane::List, list));
        self.panes.push((Pane::Reader, text));
        self.panes.push((
            if shown.facets {
                Pane::Facets
            } else {
                Pane::Claims
            },
            under,
        ));
    }

    /// Facets (in a wide terminal), list, text, claims.
    fn side_by_side(&mut self, body: Rect, shown: Shown) {
        let wide = body.width >= WIDE;
        let mut rest = body;
        if wide {
            let (facets, right) = self.split(rest, FACETS);
            self.panes.push((Pane::Facets, facets));
            rest = right;
        }
        let side = if wide { 46 } else { 33 };
        let (list, rest) = self.split(rest, side);
        let (text, claims) = self.split(rest, rest.width - side - 1);
        let facets_here = shown.facets && !wide;
        self.panes.push((Pane::List, list));
        self.panes.push((Pane::Reader, text));
        self.panes.push((
            if facets_here {
                Pane::Facets
            } else {
                Pane::Claims
            },
            claims,
        ));
    }

    /// Cuts `area` into `left` columns, a line and the rest.
    fn split(&mut self, area: Rect, left: u16) -> (Rect, Rect) {
        let left = left.min(area.width.saturating_sub(2));
        let line = Rect {
            x: area.x + left,
            width: 1,
            ..area
        };
        self.lines.push(line);
        let right = Rect {
            x: line.x + 1,
            width: area.width - left - 1,
            ..area
        };
        (
            Rect {
                width: left,
                ..area
            },
            right,
        )
    }

    /// Area of a pane with its title row, when it is shown.
    #[must_use]
    pub fn pane(&self, pane: Pane) -> Option<Rect> {
        self.panes
            .iter()
            .find(|(p, _)| *p == pane)
            .map(|(_, area)| *area)
    }

    /// Area of a pane under its title row.
    #[must_use]
    pub fn body(&self, pane: Pane) -> Option<Rect> {
        self.pane(pane).map(under_title)
    }

    /// The pane that holds a cell.
    #[must_use]
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        let here = ratatui::layout::Position::new(column, row);
        self.panes
            .iter()
            .find(|(_, area)| area.contains(here))
            .map(|(pane, _)| *pane)
    }
}

/// A pane without its title row.
#[must_use]
pub fn under_title(area: Rect) -> Rect {
    Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    }
}

/// Where a popup of at most `columns` × `rows` stands: centred over the panes. The query above and
/// the status and the hints below are never covered: what a popup leads to is told there.
#[must_use]
pub fn popup(screen: (u16, u16), columns: u16, rows: u16) -> Rect {
    let width = columns.min(screen.0.saturating_sub(2));
    let room = screen.1.saturating_sub(3);
    let height = rows.min(room);
    Rect::new(
        (screen.0 - width) / 2,
        (1 + (room - height) / 2).min(screen.1 - height),
        width,
        height,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_popup_covered_the_line_that_tells_what_came_of_it() {
        for (columns, rows) in [(20, 6), (40, 12), (80, 24), (200, 60)] {
            let shown = Shown {
                focus: Pane::List,
                zoom: false,
                facets: false,
            };
            let areas = Areas::new(columns, rows, shown);
            let over = popup((columns, rows), 120, rows);
            assert!(over.height > 2 && over.bottom() <= rows);
            for line in [areas.query, areas.status, areas.hints] {
                assert!(!over.intersects(line), "{columns}x{rows}");
            }
        }
    }

    #[test]
    fn areas_never_overlap_and_fill_the_screen() {
        for (columns, rows) in [
            (20, 6),
            (40, 12),
            (59, 40),
            (60, 14),
            (80, 24),
            (120, 40),
            (200, 60),
            (500, 300),
        ] {
            for zoom in [false, true] {
                for facets in [false, true] {
                    let areas = Areas::new(
                        columns,
                        rows,
                        Shown {
                            focus: Pane::Reader,
                            zoom,
                            facets,
                        },
                    );
                    let mut all: Vec<Rect> = areas.panes.iter().map(|(_, r)| *r).collect();
                    all.extend([areas.query, areas.status, areas.hints]);
                    all.extend(areas.tabs);
                    let covered: u32 = all.iter().chain(&areas.lines).map(|r| r.area()).sum();
                    assert_eq!(
                        covered,
                        u32::from(columns) * u32::from(rows),
                        "{columns}x{rows}"
                    );
                    for (n, a) in all.iter().enumerate() {
                        assert!(
                            all[n + 1..].iter().all(|b| !a.intersects(*b)),
                            "{columns}x{rows}"
                        );
                    }
                }
            }
        }
        assert!(
            Areas::new(
                19,
                50,
                Shown {
                    focus: Pane::List,
                    zoom: false,
                    facets: false
                }
            )
            .too_small
        );
    }
}
