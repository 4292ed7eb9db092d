//! The one door to the screen: only [`Shown`] text is drawn, in a style of the theme.

use crate::config::{Colour, Role, Style as ThemeStyle};
use crate::text::Shown;
use crate::tui::state::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

/// Draws into a buffer.
pub struct Painter<'b> {
    buffer: &'b mut Buffer,
    look: &'b Look,
}

impl<'b> Painter<'b> {
    /// A painter for one frame.
    pub fn new(buffer: &'b mut Buffer, look: &'b Look) -> Self {
        Self { buffer, look }
    }

    /// How things look.
    pub fn look(&self) -> &'b Look {
        self.look
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        style(self.look.theme.style(role))
    }

    /// Draws text from `x` to at most `right` (exclusive), cut with an ellipsis; gives the column
    /// after it.
    pub fn text(&mut self, x: u16, y: u16, right: u16, text: &Shown, style: Style) -> u16 {
        let room = usize::from(right.saturating_sub(x));
        let area = *self.buffer.area();
        if room == 0 || y >= area.bottom() || x >= area.right() {
            return x;
        }
        let cut = text.cut(room);
        let cut = if self.look.ascii { cut.to_ascii() } else { cut };
        if cut.as_str().bytes().all(|b| matches!(b, b' '..=b'~')) {
            return self.plain(x, y, cut.as_str(), style);
        }
        let (end, _) = self.buffer.set_stringn(x, y, cut.as_str(), room, style);
        end
    }

    /// Draws printable ASCII, a cell a byte: nearly all text is, and needs no search for clusters nor their widths, which
    /// took a fifth of the time of a frame.
    fn plain(&mut self, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let mut at = x;
        for byte in text.bytes() {
            let Some(cell) = self.buffer.cell_mut((at, y)) else {
                break;
            };
            cell.set_char(char::from(byte)).set_style(style);
            at += 1;
        }
        at
    }

    /// Draws untrusted text on one line, cleaned.
    pub fn line(&mut self, x: u16, y: u16, right: u16, text: &str, role: Role) -> u16 {
        let style = self.style(role);
        self.text(x, y, right, &Shown::line(text), style)
    }

    /// Draws text that ends at `right` (exclusive); gives the column where it begins.
    pub fn line_right(&mut self, left: u16, y: u16, right: u16, text: &str, role: Role) -> u16 {
        let shown = Shown::line(text).cut(usize::from(right.saturating_sub(left)));
        let x = right
            .saturating_sub(u16::try_from(shown.width()).unwrap_or(u16::MAX))
            .max(left);
        let style = self.style(role);
        self.text(x, y, right, &shown, style);
        x
    }

    /// Repeats a glyph over an area, one cell each.
    pub fn fill(&mut self, area: Rect, glyph: &str, role: Role) {
        let style = self.style(role);
        for y in area.y..area.bottom() {
            for x in area.x..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.set_symbol(glyph).set_style(style);
                }
            }
        }
    }

    /// Lays a style over what is drawn.
    pub fn wash(&mut self, area: Rect, role: Role) {
        let style = self.style(role);
        self.buffer.set_style(area, style);
    }

    /// Empties an area.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(*self.buffer.area());
        for y in area.y..area.bottom() {
            for x in area.x..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// A box with a title in its top line; gives the area inside.
    pub fn boxed(&mut self, area: Rect, title: &str) -> Rect {
        self.clear(area);
        let border = self.look.glyphs.border_focus;
        let (right, bottom) = (
            area.right().saturating_sub(1),
            area.bottom().saturating_sub(1),
        );
        self.fill(
            Rect { height: 1, ..area },
            border.horizontal,
            Role::BorderFocus,
        );
        self.fill(
            Rect {
                y: bottom,
                height: 1,
                ..area
            },
            border.horizontal,
            Role::BorderFocus,
        );
        self.fill(
            Rect { width: 1, ..area },
            border.vertical,
            Role::BorderFocus,
        );
        self.fill(
            Rect {
                x: right,
                width: 1,
                ..area
            },
            border.vertical,
            Role::BorderFocus,
        );
        for (x, y, corner) in [
            (area.x, area.y, border.top_left),
            (right, area.y, border.top_right),
            (area.x, bottom, border.bottom_left),
            (right, bottom, border.bottom_right),
        ] {
            self.fill(Rect::new(x, y, 1, 1), corner, Role::BorderFocus);
        }
        self.line(
            area.x + 2,
            area.y,
            right,
            &format!(" {title} "),
            Role::Title,
        );
        Rect {
            x: area.x + 2,
            y: area.y + 1,
            width: area.width.saturating_sub(4),
            height: area.height.saturating_sub(2),
        }
    }
}

/// A theme's style as ratatui's.
pub fn style(style: ThemeStyle) -> Style {
    let mut out = Style::default();
    if let Some(fg) = style.fg {
        out = out.fg(colour(fg));
    }
    if let Some(bg) = style.bg {
        out = out.bg(colour(bg));
    }
    let attributes = [
        (style.bold, Modifier::BOLD),
        (style.dim, Modifier::DIM),
        (style.italic, Modifier::ITALIC),
        (style.underline, Modifier::UNDERLINED),
        (style.reversed, Modifier::REVERSED),
    ];
    for (wanted, modifier) in attributes {
        if wanted {
            out = out.add_modifier(modifier);
        }
    }
    out
}

fn colour(colour: Colour) -> Color {
    match colour {
        Colour::Ansi(n) => match n {
            0 => Color::Black,
            1 => Color::Red,
            2 => Color::Green,
            3 => Color::Yellow,
            4 => Color::Blue,
            5 => Color::Magenta,
            6 => Color::Cyan,
            7 => Color::Gray,
            8 => Color::DarkGray,
            9 => Color::LightRed,
            10 => Color::LightGreen,
            11 => Color::LightYellow,
            12 => Color::LightBlue,
            13 => Color::LightMagenta,
            14 => Color::LightCyan,
            _ => Color::White,
        },
        Colour::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}
