//! The arguments. Their help texts are the manual page's and the completions' too.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Read, search and cite what officials said.
///
/// Without a command: opens the browser on the files and folders named, or on the bundled sample.
/// A path named like a command needs `./` before it.
#[derive(Debug, Parser)]
#[command(name = "dictum", version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    #[expect(missing_docs, reason = "its fields are documented")]
    pub browse: BrowseArgs,
    #[command(flatten)]
    #[expect(missing_docs, reason = "its fields are documented")]
    pub common: Common,
    #[command(subcommand)]
    #[expect(missing_docs, reason = "its variants are documented")]
    pub command: Option<Command>,
}

/// Flags of every command.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// When to write colours
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "auto",
        value_name = "WHEN"
    )]
    pub color: When,
    /// Settings file to use instead of the user's own
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Threads for searching and extracting [default: one a core]
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<usize>,
    /// Memory that what is loaded may take (`512M`, `4G`); what comes behind is not loaded, and that is said
    /// [default: half of the machine's]
    #[arg(
        long,
        global = true,
        env = "DICTUM_MAX_MEMORY",
        value_name = "SIZE",
        value_parser = crate::config::memory::parse_size
    )]
    pub max_memory: Option<u64>,
    /// Neither use nor keep what was extracted before
    #[arg(
        long,
        global = true,
        env = "DICTUM_NO_CACHE",
        value_parser = clap::builder::FalseyValueParser::new()
    )]
    pub no_cache: bool,
    /// Say nothing on standard error but errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say also what was guessed while loading
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Write what is said on standard error to this file too
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// Which key holds what, before the usual ones: `body=articleBody`, `date=meta.published`; may be
    /// given several times
    #[arg(long, global = true, value_name = "FIELD=KEY")]
    pub map: Vec<String>,
    /// Exit with 3 when a file or record had to be skipped
    #[arg(long, global = true)]
    pub strict: bool,
}

/// What `cache` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CacheTask {
    /// Print the folder
    Path,
    /// Print the folder, the number of archives kept there and their bytes
    Info,
    /// Delete what is kept
    Clear,
}

/// When to write colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the browser (what happens without a command)
    Browse(BrowseArgs),
    /// Find words; one hit a line: `id:offset: text`
    Search(SearchArgs),
    /// Show every place where words stand, with the words around them (a concordance)
    Kwic(KwicArgs),
    /// List quotes with speaker, cue and confidence
    Quotes(ItemArgs),
    /// List claims with claimant, type and confidence
    Claims(ItemArgs),
    /// Show one statement with its quotes marked
    Show(ShowArgs),
    /// Say why a place of a statement was read as it was
    Explain(ExplainArgs),
    /// Extract quotes and claims as JSON lines; reads JSON lines from standard input without a path
    Extract(ExtractArgs),
    /// Write passages to a file, with everything a citation needs
    Export(ExportArgs),
    /// Bring annotations made elsewhere into a collection, each found again in its statement
    Import(ImportArgs),
    /// Load only, and report every file and record that was skipped
    Check(CheckArgs),
    /// Count by speaker, claim type, source, month
    Facets(FacetArgs),
    /// Where extractions are kept between runs, how much there is, or delete them
    Cache {
        /// What to do
        #[arg(value_enum)]
        task: CacheTask,
    },
    /// List the keys of the browser
    Keys(KeysArgs),
    /// Print completions for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

impl BrowseArgs {
    /// The first flag of these that is given, which has no place before another command.
    #[must_use]
    pub fn given(&self) -> Option<&'static str> {
        let flags = [
            (!self.paths.is_empty(), "a path"),
            (self.query.is_some(), "--query"),
            (self.theme.is_some(), "--theme"),
            (self.ascii, "--ascii"),
            (self.fold, "--fold"),
            (self.no_mouse, "--no-mouse"),
            (self.basket.is_some(), "--basket"),
            (self.panic_on.is_some(), "--panic-on"),
        ];
        flags
            .into_iter()
            .find(|(given, _)| *given)
            .map(|(_, flag)| flag)
    }
}

/// Arguments of the browser.
#[derive(Clone, Debug, Default, Args)]
pub struct BrowseArgs {
    /// Files, folders, `-` for standard input; without any, the bundled sample
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Query to begin with
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    /// Theme: `default`, `mono`, or a file
    #[arg(long, value_name = "THEME")]
    pub theme: Option<String>,
    /// Draw with ASCII alone
    #[arg(long)]
    pub ascii: bool,
    /// Begin with statements that are the same, or nearly so, shown as one
    #[arg(long)]
    pub fold: bool,
    /// Leave the mouse to the terminal
    #[arg(long)]
    pub no_mouse: bool,
    /// Where marked passages are kept [default: the user's data folder]
    #[arg(long, value_name = "FILE")]
    pub basket: Option<PathBuf>,
    /// Panic when this key is pressed: tests that the terminal is restored
    #[arg(long, hide = true, value_name = "KEY")]
    pub panic_on: Option<char>,
}

/// A query and where to look.
#[derive(Clone, Debug, Args)]
pub struct Where {
    /// A query, unless it names an existing file or folder; then files, folders, `-`; without any,
    /// the bundled sample
    #[arg(value_name = "[QUERY] PATH")]
    pub words: Vec<String>,
    /// The query, when it could be taken for a path
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
}

/// What is the same.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct Folding {
    /// Take statements that are the same, or nearly so, as one; how many were folded is said
    #[arg(long)]
    pub fold: bool,
}

/// Arguments of `search`.
#[derive(Clone, Debug, Args)]
pub struct SearchArgs {
    /// What to find: see the query language in the README
    #[arg(allow_hyphen_values = true)]
    pub query: String,
    /// Files, folders, `-` for standard input; without any, the bundled sample
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// One JSON object a statement
    #[arg(long)]
    pub json: bool,
    /// Characters shown on either side of a hit
    #[arg(long, value_name = "N", default_value_t = 60)]
    pub context: usize,
    /// At most so many statements
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    #[command(flatten)]
    /// What is the same.
    pub folding: Folding,
    /// Print only how many statements match
    #[arg(long)]
    pub count: bool,
    /// Read JSON lines from standard input and print a JSON object for each that matches by itself, whatever the
    /// others: for inputs split over many processes. No ranking, no spelling corrected
    #[arg(long, conflicts_with_all = ["count", "ids", "limit", "paths", "context", "fold"])]
    pub filter: bool,
    /// Print only the ids of statements that match
    #[arg(long)]
    pub ids: bool,
    /// Where the words must stand: quote, claim, title or body
    #[arg(long = "in", value_name = "ZONE")]
    pub zone: Option<String>,
}

/// Arguments of `kwic`.
#[derive(Clone, Debug, Args)]
pub struct KwicArgs {
    /// The words, and what else must hold of their statements: see the query language in the README.
    /// A last word is taken whole
    #[arg(allow_hyphen_values = true)]
    pub query: String,
    /// Files, folders, `-` for standard input; without any, the bundled sample
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Order of the lines: text, left1 to left3, right1 to right3, date, speaker
    #[arg(long, value_name = "ORDER", default_value = "text")]
    pub sort: String,
    /// Words shown, and searched for collocates, on either side
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub window: usize,
    /// At most so many lines
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Print only how many lines there are
    #[arg(long)]
    pub count: bool,
    /// Count the words that stand near instead, the N that belong there most first
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "30")]
    pub collocates: Option<usize>,
    #[command(flatten)]
    /// What is the same.
    pub folding: Folding,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `quotes` and `claims`.
#[derive(Clone, Debug, Args)]
pub struct ItemArgs {
    #[command(flatten)]
    /// Query and paths.
    pub place: Where,
    /// One JSON object an item
    #[arg(long)]
    pub json: bool,
    /// Only those of this speaker
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Only those of this kind: direct, mixed, indirect; demand, threat, denial, …
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Only those of at least this confidence, 0 to 1
    #[arg(long, value_name = "X", default_value_t = 0.0, value_parser = confidence)]
    pub confidence: f32,
    #[command(flatten)]
    /// What is the same.
    pub folding: Folding,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

/// Arguments of `show`.
#[derive(Clone, Debug, Args)]
pub struct ShowArgs {
    /// Id of the statement, as `search` prints it
    pub id: String,
    /// Files, folders, `-` for standard input; without any, the bundled sample
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// As what
    #[arg(long, value_enum, default_value = "text")]
    pub format: ShowFormat,
    /// Columns of text
    #[arg(long, value_name = "N", default_value_t = 80)]
    pub width: usize,
}

/// How a statement is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// Wrapped, with the kind of quote in the margin.
    Text,
    /// Its quotes and claims as Markdown.
    Md,
    /// Everything, as `extract` prints it.
    Json,
}

/// Arguments of `explain`.
#[derive(Clone, Debug, Args)]
pub struct ExplainArgs {
    /// Files, folders, `-` for standard input; without any, the bundled sample
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The place: characters (Unicode code points) from the start of the text, counted from 0, as `search` prints it
    #[arg(long, value_name = "OFFSET")]
    pub at: usize,
    /// Id of the statement, when there are several
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// One JSON object
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `extract`.
#[derive(Clone, Debug, Args)]
pub struct ExtractArgs {
    /// Files or folders; without any (or with `-`) JSON lines with `id` and `text` are read from
    /// standard input, one line out for each line in
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    /// What is the same.
    pub folding: Folding,
    /// As what
    #[arg(long, value_enum, default_value = "jsonl")]
    pub format: ExtractFormat,
}

/// What `extract` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExtractFormat {
    /// One JSON object a statement.
    Jsonl,
}

/// Arguments of `export`.
#[derive(Clone, Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    /// Query and paths.
    pub place: Where,
    /// File to write; standard output without it
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// md, txt, json, jsonl, csv, tsv, html, report, docx, annotations, annotation-page, annotation-lines,
    /// csl, ris, biblatex, schema-org, qdpx or brat [default: by the file's name, else md]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Which passages
    #[arg(long, value_enum, default_value = "quotes")]
    pub what: What,
    /// Replace a file that is there; export also what is withheld, canceled or under embargo
    #[arg(long)]
    pub force: bool,
    /// Export a collection kept by the browser or an import, instead of searching; formats that carry whole
    /// texts want their paths too
    #[arg(long, value_name = "FILE")]
    pub basket: Option<PathBuf>,
    /// Only from the statements of this list, an id a line and in its order; `-` for standard input
    #[arg(long, value_name = "FILE")]
    pub ids: Option<PathBuf>,
    #[command(flatten)]
    /// What is the same.
    pub folding: Folding,
    /// Citation style: a name (chicago-notes, apa, mla, harvard-cite-them-right, …) or a .csl file
    #[arg(long, value_name = "STYLE")]
    pub style: Option<String>,
    /// Leave spreadsheet cells as they are, even those a spreadsheet would run
    #[arg(long)]
    pub raw_csv: bool,
    /// At most so many passages
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

/// Which passages are exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Quotes that match by themselves.
    Quotes,
    /// Claims that match by themselves.
    Claims,
    /// Places of the words.
    Hits,
}

/// Arguments of `import`.
#[derive(Clone, Debug, Args)]
pub struct ImportArgs {
    /// Web Annotations (JSON-LD, or one a line) or a Hypothesis export; `-` for standard input
    #[arg(value_name = "ANNOTATIONS")]
    pub annotations: PathBuf,
    /// Files or folders with the statements; without any, the bundled sample
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Collection to add to [default: the browser's own]
    #[arg(long, value_name = "FILE")]
    pub basket: Option<PathBuf>,
    /// Only say what would be found
    #[arg(long)]
    pub dry_run: bool,
    /// One JSON object an annotation
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `check`.
#[derive(Clone, Debug, Args)]
pub struct CheckArgs {
    /// Files, folders, `-` for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// One JSON object a report, and one at the end
    #[arg(long)]
    pub json: bool,
    /// Say also which key, element or header filled which field, and what was worked out
    #[arg(long)]
    pub explain: bool,
}

/// Arguments of `facets`.
#[derive(Clone, Debug, Args)]
pub struct FacetArgs {
    #[command(flatten)]
    /// Query and paths.
    pub place: Where,
    /// What to count by: speaker, type, quote, source, month, kind
    #[arg(
        long,
        value_name = "FIELDS",
        value_delimiter = ',',
        default_value = "speaker,type,source,month"
    )]
    pub by: Vec<String>,
    #[command(flatten)]
    /// What is the same.
    pub folding: Folding,
    /// One JSON object a value
    #[arg(long)]
    pub json: bool,
    /// At most so many values of each
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

/// Arguments of `keys`.
#[derive(Clone, Debug, Args)]
pub struct KeysArgs {
    /// As what
    #[arg(long, value_enum, default_value = "text")]
    pub format: KeysFormat,
    /// The same as `--format json`
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}

/// How keys are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum KeysFormat {
    /// Columns.
    Text,
    /// A Markdown table.
    Markdown,
    /// One JSON object a line.
    Json,
}

/// A probability, as a reader writes one.
fn confidence(written: &str) -> Result<f32, String> {
    let known = written.parse().ok();
    let known = known.filter(|x| (0.0..=1.0).contains(x));
    known.ok_or_else(|| "give a number from 0 to 1".to_owned())
}
