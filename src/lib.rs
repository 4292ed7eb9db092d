//! `dictum`: read, search and cite what officials said, in a terminal.
//!
//! A library and a thin binary. The way of the data:
//!
//! ```text
//! paths, stdin ── load ──▶ Statement | Fault ── extract ──▶ quotes, claims ── store ──▶ Segment ─┐
//! query line ── query ──▶ Query ─────────────────────────────── search(&Snapshot, &Query) ◀───────┘
//!                                                                      │
//!                               view ◀── State ◀── update ◀── Results ◀┘──▶ cli print, export
//! ```
//!
//! | Module | What for |
//! |---|---|
//! | [`text`] | pure functions over text: spans, sentences, folding, wrapping, cleaning for a terminal |
//! | [`model`] | plain data: statements, quotes, claims, speakers, passages |
//! | [`load`] | bytes to statements or faults, one file per format |
//! | [`extract`] | a statement to its layout, quotes, speakers and claims |
//! | [`query`] | a line of query to a tree with byte spans |
//! | [`store`] | what is loaded: immutable segments and their word index |
//! | [`search`] | a query over a snapshot of the store |
//! | [`collection`] | passages picked by the reader, kept on disk |
//! | [`export`] | passages written out, one file per format |
//! | [`import`] | annotations read and found again in what is loaded |
//! | [`config`] | actions, key bindings, themes, settings |
//! | [`cli`] | one file per subcommand |
//! | [`tui`] | the browser |
//!
//! Each part uses only those above it in the table; a test reads the `use` lines and fails on a breach.
//!
//! Spans are bytes inside the program and Unicode code points in what it writes.
#![cfg_attr(test, allow(clippy::string_slice))]

pub mod cli;
pub mod collection;
pub mod config;
pub mod error;
pub mod export;
pub mod extract;
pub mod import;
pub mod load;
pub mod model;
pub mod query;
pub mod search;
pub mod store;
pub mod text;
pub mod tui;
