//! A real pseudo-terminal with the program in it: type, look at the screen, send signals, judge
//! what was written.
//!
//! The screen is what a terminal would show (`vt100`), never what the program meant to draw. Must
//! not know what the browser looks like; only `tests/terminal.rs` and `benches/screen.rs` do.
#![allow(dead_code, reason = "no user of it uses all of it")]

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How often a waiting test looks again.
const GLANCE: Duration = Duration::from_millis(10);
/// A terminal program takes an escape followed at once by a key for one key with Alt.
const AFTER_ESCAPE: Duration = Duration::from_millis(80);
/// Parts of a frame follow each other within this.
const ONE_FRAME: Duration = Duration::from_millis(1);
/// How long a test waits for a quiet screen at most.
const PATIENCE: Duration = Duration::from_secs(20);

/// The binary under test: `DICTUM_BIN`, or the one cargo built for this test.
pub fn binary() -> PathBuf {
    let given = std::env::var_os("DICTUM_BIN");
    let path = given.unwrap_or_else(|| env!("CARGO_BIN_EXE_dictum").into());
    // It is started in another folder than the tests.
    fs::canonicalize(path).unwrap()
}

/// A home and a working folder of a test's own; sessions that share one share what was saved.
pub struct Place {
    root: TempDir,
}

impl Place {
    pub fn new() -> Self {
        let root = TempDir::new().unwrap();
        for folder in ["home", "data", "config", "cache", "state", "work"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        Self { root }
    }

    /// Where the program is started, and where it writes when told no folder.
    pub fn work(&self) -> PathBuf {
        self.root.path().join("work")
    }

    /// The text of every file the program keeps for the user, one after another.
    pub fn saved(&self) -> String {
        let mut out = String::new();
        for path in files_under(&self.root.path().join("data")) {
            out.push_str(&String::from_utf8_lossy(&fs::read(path).unwrap()));
        }
        out
    }

    /// Files of the working folder that end in `.extension`.
    pub fn written(&self, extension: &str) -> Vec<PathBuf> {
        let mut files = files_under(&self.work());
        files.retain(|path| path.extension().is_some_and(|e| e == extension));
        files
    }

    /// The variables the program is started with; nothing else of the tester's own reaches it.
    pub fn variables(&self) -> Vec<(String, OsString)> {
        let mut out = vec![
            ("TERM".to_owned(), "xterm-256color".into()),
            ("LANG".to_owned(), "C.UTF-8".into()),
            (
                "PATH".to_owned(),
                std::env::var_os("PATH").unwrap_or_default(),
            ),
        ];
        for (name, folder) in [
            ("HOME", "home"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
        ] {
            out.push((name.to_owned(), self.root.path().join(folder).into()));
        }
        out
    }
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                out.push(path);
            }
        }
    }
    out.sort();
    out
}

/// What the terminal has been sent so far.
struct Seen {
    parser: vt100::Parser,
    raw: Vec<u8>,
    /// When each part came, and how much had come before it.
    came: Vec<(Instant, usize)>,
}

impl Seen {
    /// When the frames of the parts from the `before`th on began and ended, but those that drew in row `but` alone.
    fn frames(&self, before: usize, but: Option<u16>) -> Vec<[Instant; 2]> {
        let ends = self.came.iter().skip(1).map(|(_, start)| *start);
        let parts = self.came.iter().zip(ends.chain([self.raw.len()]));
        let mut frames: Vec<([Instant; 2], BTreeSet<u16>)> = Vec::new();
        for ((at, start), end) in parts.skip(before) {
            let rows = rows_drawn(&self.raw[*start..end]);
            match frames.last_mut() {
                Some(([_, last], drawn)) if *at - *last < ONE_FRAME => {
                    *last = *at;
                    drawn.extend(rows);
                }
                _ => frames.push(([*at, *at], rows)),
            }
        }
        let beside = |rows: &BTreeSet<u16>| but.is_some_and(|but| rows.iter().eq([&but]));
        frames.retain(|(_, rows)| !beside(rows));
        frames.into_iter().map(|(times, _)| times).collect()
    }
}

/// How long a redraw took, from what asked for it.
#[derive(Clone, Copy, Debug)]
pub struct Redraw {
    /// To its first byte.
    pub first: Duration,
    /// To its last.
    pub last: Duration,
}

/// A running program in a terminal of its own. Dropping it ends the program.
pub struct Session {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    seen: Arc<Mutex<Seen>>,
    /// The line settings before the program started.
    modes: String,
    /// Kept open: the system resets the line settings once the last user of a terminal has gone,
    /// which would hide a program that forgot to.
    _slave: Box<dyn SlavePty + Send>,
}

impl Session {
    /// Starts the program in `place` with `args`, on a screen of `rows` by `cols` cells, with
    /// `env` over the usual variables.
    pub fn start(place: &Place, args: &[&str], rows: u16, cols: u16, env: &[(&str, &str)]) -> Self {
        let pair = native_pty_system().openpty(size(rows, cols)).unwrap();
        let mut command = CommandBuilder::new(binary());
        command.args(args);
        command.cwd(place.work());
        command.env_clear();
        for (name, value) in place.variables() {
            command.env(name, value);
        }
        for (name, value) in env {
            command.env(name, value);
        }
        let seen = Arc::new(Mutex::new(Seen {
            parser: vt100::Parser::new(cells(rows), cells(cols), 0),
            raw: Vec::new(),
            came: vec![(Instant::now(), 0)],
        }));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let modes = line_settings(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).unwrap();

        let shared = Arc::clone(&seen);
        // Ends when the terminal is closed, that is when the session is dropped.
        thread::spawn(move || {
            let mut buffer = [0_u8; 16 * 1024];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 {
                    break;
                }
                let now = Instant::now();
                let Ok(mut seen) = shared.lock() else { break };
                let before = seen.raw.len();
                seen.came.push((now, before));
                seen.raw.extend_from_slice(&buffer[..count]);
                seen.parser.process(&buffer[..count]);
            }
        });
        Self {
            child,
            writer,
            master: pair.master,
            seen,
            modes,
            _slave: pair.slave,
        }
    }

    /// Presses keys named as the key table names them, with a space between: `j ENTER C-d g g`.
    pub fn keys(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            self.send(&bytes_of_key(key));
            if key == "ESC" {
                thread::sleep(AFTER_ESCAPE);
            }
        }
    }

    /// Types text as it is.
    pub fn type_text(&mut self, text: &str) {
        self.send(text.as_bytes());
    }

    fn send(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).unwrap();
        self.writer.flush().unwrap();
    }

    /// What the screen shows, row by row, without blanks at the ends.
    pub fn screen(&self) -> String {
        let seen = self.seen();
        let screen = seen.parser.screen();
        let rows = screen.rows(0, screen.size().1.get());
        let trimmed: Vec<String> = rows.map(|row| row.trim_end().to_owned()).collect();
        trimmed.join("\n")
    }

    /// True while the program has the alternate screen.
    pub fn is_on_alternate_screen(&self) -> bool {
        self.seen().parser.screen().alternate_screen()
    }

    /// Every byte the program has written.
    pub fn raw(&self) -> Vec<u8> {
        self.seen().raw.clone()
    }

    /// Waits until one row of the screen holds `text`.
    pub fn wait_for(&self, text: &str, timeout: Duration) {
        let what = format!("`{text}` on the screen");
        self.wait_until(&what, timeout, |session| session.screen().contains(text));
    }

    /// Waits until no row of the screen holds `text`.
    pub fn wait_until_gone(&self, text: &str, timeout: Duration) {
        let what = format!("`{text}` gone from the screen");
        self.wait_until(&what, timeout, |session| !session.screen().contains(text));
    }

    /// Waits until `is_so`; fails with `what` and the screen.
    pub fn wait_until(&self, what: &str, timeout: Duration, is_so: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + timeout;
        while !is_so(self) {
            assert!(
                Instant::now() < deadline,
                "waited {timeout:?} for {what}; the screen is:\n{}",
                self.screen()
            );
            thread::sleep(GLANCE);
        }
    }

    /// Waits until nothing has been written for `quiet`.
    pub fn wait_for_no_change(&self, quiet: Duration) {
        self.wait_until("a quiet screen", PATIENCE, |session| {
            session.quiet() >= quiet
        });
    }

    /// How long nothing has been written.
    pub fn quiet(&self) -> Duration {
        let last = self.seen().came.last().copied();
        last.map_or(Duration::ZERO, |(last, _)| last.elapsed())
    }

    /// Does something and waits until nothing has been drawn for `quiet`; how long it took to draw, `None` when
    /// nothing was. What is drawn in row `but` alone (from 1) was not asked for: progress is told there.
    pub fn redraw(
        &mut self,
        ask: impl FnOnce(&mut Self),
        quiet: Duration,
        but: Option<u16>,
    ) -> Option<Redraw> {
        let before = self.seen().came.len();
        let begun = Instant::now();
        ask(self);
        // Asleep until it may have ended: looking all the while would take the time of what is timed.
        let mut end = begun + quiet;
        let frames = loop {
            thread::sleep(end.saturating_duration_since(Instant::now()));
            let frames = self.seen().frames(before, but);
            match frames.last() {
                Some([_, last]) if *last + quiet > end => end = *last + quiet,
                _ => break frames,
            }
        };
        let ([first, _], [_, last]) = (frames.first()?, frames.last()?);
        Some(Redraw {
            first: first.duration_since(begun),
            last: last.duration_since(begun),
        })
    }

    /// Gives the terminal another size, as dragging its window does.
    pub fn resize(&self, rows: u16, cols: u16) {
        let mut seen = self.seen();
        seen.parser.set_size(cells(rows), cells(cols));
        self.master.resize(size(rows, cols)).unwrap();
    }

    /// Sends a signal by its short name: `TERM`, `HUP`, `TSTP`, `CONT`.
    pub fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap();
        // By the shell: not every system has `kill` as a program.
        let line = format!("kill -s {name} {id}");
        let status = Command::new("sh").args(["-c", &line]).status().unwrap();
        assert!(status.success(), "{line}");
    }

    /// True until the program has ended.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits for the end; gives the exit code. A death by signal is a failure of the test.
    pub fn wait_exit(&mut self, timeout: Duration) -> u32 {
        let deadline = Instant::now() + timeout;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What was written last may still be on its way.
                thread::sleep(GLANCE);
                self.wait_for_no_change(Duration::from_millis(100));
                assert_eq!(
                    status.signal(),
                    None,
                    "killed; the screen is:\n{}",
                    self.screen()
                );
                return status.exit_code();
            }
            assert!(
                Instant::now() < deadline,
                "still running after {timeout:?}; the screen is:\n{}",
                self.screen()
            );
            thread::sleep(GLANCE);
        }
    }

    /// Fails unless the terminal is as it was before the program started, and nothing was written
    /// that may not be.
    pub fn assert_restored(&self) {
        let raw = self.raw();
        let left = modes_left(&raw);
        assert!(left.is_empty(), "left switched: {left:?}");
        let bad = forbidden(&raw);
        assert!(bad.is_empty(), "written to the terminal: {bad:?}");
        assert_eq!(
            line_settings(self.master.as_ref()),
            self.modes,
            "line settings"
        );
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // In a test that went well it has ended, and its number may be another program's by now.
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn size(rows: u16, cols: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

/// A terminal may say it has no rows; the judge needs one.
fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN)
}

/// Raw mode or not, echo, and what else the system keeps for a line, in a form to compare.
fn line_settings(master: &(dyn MasterPty + Send)) -> String {
    master.get_termios().map_or_else(String::new, |settings| {
        format!(
            "{:?} {:?} {:?}",
            settings.input_flags, settings.output_flags, settings.local_flags
        )
    })
}

fn bytes_of_key(key: &str) -> Vec<u8> {
    let named: &[u8] = match key {
        "ENTER" => b"\r",
        "ESC" => b"\x1b",
        "TAB" => b"\t",
        "S-TAB" => b"\x1b[Z",
        "SPACE" => b" ",
        "BACKSPACE" => b"\x7f",
        "UP" => b"\x1b[A",
        "DOWN" => b"\x1b[B",
        "RIGHT" => b"\x1b[C",
        "LEFT" => b"\x1b[D",
        "HOME" => b"\x1b[H",
        "END" => b"\x1b[F",
        "PGUP" => b"\x1b[5~",
        "PGDN" => b"\x1b[6~",
        "F1" => b"\x1bOP",
        _ => b"",
    };
    if !named.is_empty() {
        return named.to_vec();
    }
    if let Some(letter) = key.strip_prefix("C-") {
        return letter.bytes().map(|b| b & 0x1f).collect();
    }
    if let Some(letter) = key.strip_prefix("M-") {
        return [b"\x1b".as_slice(), letter.as_bytes()].concat();
    }
    assert_eq!(key.chars().count(), 1, "no key is called `{key}`");
    key.as_bytes().to_vec()
}

/// Rows, from 1, that printed characters were placed in; what stands before the first place is in none.
pub fn rows_drawn(raw: &[u8]) -> BTreeSet<u16> {
    let text = String::from_utf8_lossy(raw);
    let mut row: Option<u16> = None;
    let mut rows = BTreeSet::new();
    for part in text.split("\u{1b}[").skip(1) {
        let Some(end) = part.find(|c: char| ('@'..='~').contains(&c)) else {
            continue;
        };
        if part[end..].starts_with('H') {
            row = part[..end].split(';').next().and_then(|n| n.parse().ok());
        }
        if part.len() > end + 1 {
            rows.extend(row);
        }
    }
    rows
}

/// One piece of what was written.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// `ESC [ … final`, without the first two characters.
    Csi(String),
    /// `ESC ] …`, without its ends.
    Osc(String),
    /// `ESC` and one more character, or a string that only a terminal reads.
    Escape(char),
    /// A control character, of either set.
    Control(char),
    /// What is not UTF-8.
    Broken,
}

/// What is not plain text in `raw`, in order.
pub fn pieces(raw: &[u8]) -> Vec<Piece> {
    let text = String::from_utf8_lossy(raw);
    let mut out = Vec::new();
    if matches!(text, std::borrow::Cow::Owned(_)) {
        out.push(Piece::Broken);
    }
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\u{1b}' {
            if c.is_control() {
                out.push(Piece::Control(c));
            }
            continue;
        }
        match chars.next() {
            Some('[') => {
                let mut inside = String::new();
                for c in chars.by_ref() {
                    inside.push(c);
                    if ('@'..='~').contains(&c) {
                        break;
                    }
                }
                out.push(Piece::Csi(inside));
            }
            Some(']') => {
                let mut inside = String::new();
                while let Some(c) = chars.next() {
                    if c == '\u{7}' {
                        break;
                    }
                    if c == '\u{1b}' && chars.peek() == Some(&'\\') {
                        chars.next();
                        break;
                    }
                    inside.push(c);
                }
                out.push(Piece::Osc(inside));
            }
            // Which set of characters is meant: one more character follows.
            Some(c @ ('(' | ')')) => {
                chars.next();
                out.push(Piece::Escape(c));
            }
            Some(c) => out.push(Piece::Escape(c)),
            None => {}
        }
    }
    out
}

/// What no program that shows foreign text may write: any string command but the clipboard's
/// (OSC 52), controls of the second set, a bell, a full reset, bytes that are not UTF-8.
pub fn forbidden(raw: &[u8]) -> Vec<Piece> {
    let mut found = pieces(raw);
    found.retain(|piece| match piece {
        Piece::Csi(_) => false,
        Piece::Osc(inside) => !inside.starts_with("52;"),
        Piece::Escape(c) => !['7', '8', '=', '>', '(', ')', 'M'].contains(c),
        Piece::Control(c) => !['\u{8}', '\t', '\n', '\r'].contains(c),
        Piece::Broken => true,
    });
    found
}

/// Private modes that are not as a terminal starts with, and keyboard protocols left on.
pub fn modes_left(raw: &[u8]) -> Vec<String> {
    // As a terminal starts: the cursor is shown, lines wrap, all else is off.
    let mut modes: BTreeMap<String, bool> = BTreeMap::new();
    let mut keyboards = 0_i64;
    for piece in pieces(raw) {
        let Piece::Csi(inside) = piece else { continue };
        if let Some(list) = inside.strip_prefix('?') {
            let is_on = list.ends_with('h');
            if let Some(list) = list.strip_suffix(['h', 'l']) {
                for mode in list.split(';') {
                    modes.insert(mode.to_owned(), is_on);
                }
            }
        } else if inside.starts_with('>') && inside.ends_with('u') {
            keyboards += 1;
        } else if inside.starts_with('<') && inside.ends_with('u') {
            keyboards = (keyboards - 1).max(0);
        }
    }
    modes.retain(|mode, is_on| *is_on != ["25", "7"].contains(&mode.as_str()));
    let mut out: Vec<String> = modes
        .into_iter()
        .map(|(mode, is_on)| format!("?{mode} {}", if is_on { "on" } else { "off" }))
        .collect();
    if keyboards > 0 {
        out.push("keyboard protocol".to_owned());
    }
    out
}
