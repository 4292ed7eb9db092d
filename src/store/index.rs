//! The word index of one segment: where each folded word stands, with positions, for bodies and
//! titles. Built once, never changed.
//!
//! The engine is `tantivy` in memory, one document a statement, one tantivy segment a segment of
//! ours, so that a document's number is the statement's position. Words are cut by `text::words`,
//! as the query's are. Must not know what a query is.

use crate::error::{Error, Result};
use crate::model::Statement;
use crate::text::words::for_each_word;
use tantivy::directory::RamDirectory;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Index, ReloadPolicy, Searcher, TantivyDocument, Term};

/// Bytes the builder may hold before it is finished; tantivy asks for a budget but a single-segment
/// writer never flushes early.
const BUILD_BUDGET: usize = 256 << 20;
const TOKENIZER: &str = "folded";

/// The two indexed fields. The same numbers in every segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields {
    /// Words of the body.
    pub body: Field,
    /// Words of the title.
    pub title: Field,
}

/// Word index of one segment.
pub struct WordIndex {
    searcher: Searcher,
    fields: Fields,
}

impl WordIndex {
    /// Indexes `statements`; document `n` is `statements[n]`.
    ///
    /// # Errors
    /// What the engine says, in practice only that memory ran out.
    pub fn build(statements: &[Statement]) -> Result<Self> {
        Self::try_build(statements).map_err(|e| Error::Index(e.to_string()))
    }

    fn try_build(statements: &[Statement]) -> tantivy::Result<Self> {
        let (schema, fields) = schema();
        let tokenizers = TokenizerManager::new();
        tokenizers.register(TOKENIZER, FoldedWords::default());
        let mut writer = Index::builder()
            .schema(schema)
            .tokenizers(tokenizers)
            .single_segment_index_writer::<TantivyDocument>(RamDirectory::create(), BUILD_BUDGET)?;
        for statement in statements {
            let mut document = TantivyDocument::new();
            document.add_text(fields.body, &statement.body);
            document.add_text(fields.title, &statement.title.value);
            writer.add_document(document)?;
        }
        let index = writer.finalize()?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self {
            searcher: reader.searcher(),
            fields,
        })
    }

    /// Reads postings and the vocabulary.
    #[must_use]
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The indexed fields.
    #[must_use]
    pub fn fields(&self) -> Fields {
        self.fields
    }

    /// Statements whose body or title holds the folded word, counted once a field.
    #[must_use]
    pub fn frequency(&self, word: &str) -> u64 {
        let count = |field| {
            self.searcher
                .doc_freq(&Term::from_field_text(field, word))
                .unwrap_or(0)
        };
        count(self.fields.body) + count(self.fields.title)
    }
}

impl std::fmt::Debug for WordIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WordIndex")
            .field("statements", &self.searcher.num_docs())
            .finish()
    }
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        body: builder.add_text_field("body", options.clone()),
        title: builder.add_text_field("title", options),
    };
    (builder.build(), fields)
}

/// Statistics over all segments, so that a score does not depend on how the input was cut.
#[derive(Debug)]
pub struct Statistics<'i>(pub Vec<&'i WordIndex>);

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.0
            .iter()
            .map(|index| index.searcher.total_num_tokens(field))
            .sum()
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.0.iter().map(|index| index.searcher.num_docs()).sum())
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.0
            .iter()
            .map(|index| index.searcher.doc_freq(term))
            .sum()
    }
}

/// Hands `text::words` to the engine.
#[derive(Clone, Default)]
struct FoldedWords {
    tokens: Vec<Token>,
}

struct FoldedStream<'t> {
    tokens: &'t mut Vec<Token>,
    len: usize,
    next: usize,
}

impl Tokenizer for FoldedWords {
    type TokenStream<'t> = FoldedStream<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> FoldedStream<'t> {
        let mut len = 0;
        let tokens = &mut self.tokens;
        for_each_word(text, |word, span| {
            // Tokens (and their strings) are kept from statement to statement and written over.
            if tokens.len() == len {
                tokens.push(Token::default());
            }
            if let Some(token) = tokens.get_mut(len) {
                token.reset();
                token.text.push_str(word);
                (token.offset_from, token.offset_to) = (span.begin(), span.finish());
                token.position = len;
                len += 1;
            }
        });
        FoldedStream {
            tokens,
            len,
            next: 0,
        }
    }
}

impl TokenStream for FoldedStream<'_> {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.len
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}
