//! Numbers, spans and texts as few bytes, and back. Must not know what they stand for; reading never
//! panics and never makes room for more than the bytes at hand can hold.

use crate::text::Span;

/// Bytes being written.
#[derive(Debug, Default)]
pub(super) struct Writer(pub Vec<u8>);

impl Writer {
    pub fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// Seven bits a byte, the lowest first; the last byte of a number has the high bit clear.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    pub fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    /// `to` as the way there from `from`: near numbers take a byte, forward or back.
    pub fn step(&mut self, from: u32, to: u32) {
        let way = to.wrapping_sub(from).cast_signed();
        self.number(u64::from(((way << 1) ^ (way >> 31)).cast_unsigned()));
    }

    /// A span by its way from `from` and its length. Any two numbers come back as they were.
    pub fn span(&mut self, from: u32, span: Span) {
        self.step(from, span.start);
        self.number(u64::from(span.end.wrapping_sub(span.start)));
    }

    /// Several, each from the end of the one before.
    pub fn spans(&mut self, mut from: u32, spans: &[Span]) {
        for span in spans {
            self.span(from, *span);
            from = span.end;
        }
    }

    /// The same behind their count.
    pub fn list(&mut self, from: u32, spans: &[Span]) {
        self.count(spans.len());
        self.spans(from, spans);
    }

    pub fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }
}

/// Bytes being read. Every answer is `None` past the end, or where what stands there was not written by
/// [`Writer`].
#[derive(Clone, Debug)]
pub(super) struct Reader<'b>(pub &'b [u8]);

impl<'b> Reader<'b> {
    #[inline]
    pub fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub fn bytes(&mut self, count: usize) -> Option<&'b [u8]> {
        let (these, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(these)
    }

    /// Most numbers take one byte: that way is short.
    #[inline]
    pub fn number(&mut self) -> Option<u64> {
        match self.byte()? {
            only @ 0..0x80 => Some(u64::from(only)),
            first => self.longer(first),
        }
    }

    fn longer(&mut self, first: u8) -> Option<u64> {
        let mut number = u64::from(first & 0x7f);
        let mut shift = 7;
        while shift < u64::BITS {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
            shift += 7;
        }
        None
    }

    /// Passes over so many, whatever they are.
    pub fn skip(&mut self, numbers: usize) -> Option<()> {
        if let Some(before) = numbers.checked_sub(1) {
            let bytes = self.0.iter();
            let mut ends = bytes.enumerate().filter(|(_, byte)| **byte < 0x80);
            let (last, _) = ends.nth(before)?;
            self.0 = self.0.get(last + 1..)?;
        }
        Some(())
    }

    #[inline]
    pub fn narrow(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// A count of things that take a byte each at least: no more than there are bytes.
    pub fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count <= self.0.len()).then_some(count)
    }

    /// A number below `end`.
    pub fn count_below(&mut self, end: usize) -> Option<usize> {
        let number = usize::try_from(self.number()?).ok()?;
        (number < end).then_some(number)
    }

    #[inline]
    pub fn step(&mut self, from: u32) -> Option<u32> {
        let way = self.narrow()?;
        let way = (way >> 1) ^ (way & 1).wrapping_neg();
        Some(from.wrapping_add(way))
    }

    #[inline]
    pub fn span(&mut self, from: u32) -> Option<Span> {
        let start = self.step(from)?;
        let end = start.wrapping_add(self.narrow()?);
        Some(Span { start, end })
    }

    /// So many, onto `out`.
    pub fn spans(&mut self, mut from: u32, count: usize, out: &mut Vec<Span>) -> Option<()> {
        for _ in 0..count {
            let span = self.span(from)?;
            from = span.end;
            out.push(span);
        }
        Some(())
    }

    /// As many as their count says.
    pub fn list(&mut self, from: u32) -> Option<Vec<Span>> {
        let count = self.count()?;
        let mut spans = Vec::with_capacity(count);
        self.spans(from, count, &mut spans)?;
        Some(spans)
    }

    pub fn text(&mut self) -> Option<&'b str> {
        let count = self.count()?;
        std::str::from_utf8(self.bytes(count)?).ok()
    }
}
